#include "sync/seal/secret.h"

#include <sodium.h>

#include <mutex>
#include <new>
#include <vector>

namespace seal {
namespace {

// Many secrets share one guarded and locked slab: four system calls a key would make each derived key dearer
// than what it seals. The guard pages stand around the slab; a slot is wiped when it is given back.
class Pool {
 public:
  static constexpr size_t slot = 64, slab = 16384;

  uint8_t* take() {
    std::lock_guard<std::mutex> lock(mutex_);
    if (free_.empty()) grow();
    uint8_t* bytes = free_.back();
    free_.pop_back();
    return bytes;
  }
  void give(uint8_t* bytes) {
    sodium_memzero(bytes, slot);
    std::lock_guard<std::mutex> lock(mutex_);
    free_.push_back(bytes);  // never allocates: grow() made room for every slot there is
  }
  bool is_locked() {
    std::lock_guard<std::mutex> lock(mutex_);
    return locked_;
  }

 private:
  void grow() {
    free_.reserve(slots_ + slab / slot);
    auto* bytes = static_cast<uint8_t*>(sodium_malloc(slab));
    if (!bytes) throw std::bad_alloc();
    // sodium_malloc() locks and does not tell; locking again does.
    locked_ = sodium_mlock(bytes, slab) == 0 && locked_;
    slots_ += slab / slot;
    for (size_t at = 0; at < slab; at += slot) free_.push_back(bytes + at);
  }

  std::mutex mutex_;
  std::vector<uint8_t*> free_;
  size_t slots_ = 0;
  bool locked_ = true;
};

// Never destroyed: secrets of static storage may be dropped after it would be.
Pool& pool() {
  static Pool* const one = [] {
    RIHLA_CHECK(sodium_init() >= 0);
    return new Pool;
  }();
  return *one;
}

}  // namespace

uint8_t* guarded_allocate(size_t size) {
  RIHLA_CHECK(size <= Pool::slot);
  return pool().take();
}

void guarded_free(uint8_t* bytes, size_t size) {
  RIHLA_CHECK(size <= Pool::slot);
  pool().give(bytes);
}

bool secrets_are_locked() {
  guarded_free(guarded_allocate(1), 1);
  return pool().is_locked();
}

void wipe(std::span<uint8_t> bytes) {
  sodium_memzero(bytes.data(), bytes.size());
}
void wipe(std::string& text) {
  sodium_memzero(text.data(), text.size());
  text.clear();
}

}  // namespace seal
