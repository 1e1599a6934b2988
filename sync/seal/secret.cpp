#include "sync/seal/secret.h"

#include <sodium.h>

namespace seal {

uint8_t* guarded_allocate(size_t size) {
  RIHLA_CHECK(sodium_init() >= 0);
  auto* bytes = static_cast<uint8_t*>(sodium_malloc(size));
  RIHLA_CHECK(bytes != nullptr);
  return bytes;
}

void guarded_free(uint8_t* bytes) {
  sodium_free(bytes);
}

void wipe(std::span<uint8_t> bytes) {
  sodium_memzero(bytes.data(), bytes.size());
}
void wipe(std::string& text) {
  sodium_memzero(text.data(), text.size());
  text.clear();
}

}  // namespace seal
