// The few primitives everything sealed is built from; libsodium stays behind this folder.
//
//   seal::start();                                        // once, first thing in main(); safe to repeat
//   Hash id = hash("sv1.rev-id", bytes);                  // BLAKE2b-256, personalised
//   Signature s = sign(keys.secret, "sv1.rev-sig", id);   // 16-byte context and 32-byte hash: types never
//   mix
//
// Suite 1, never negotiated: Ed25519, X25519-XSalsa20-Poly1305 sealed boxes, XChaCha20-Poly1305-IETF,
// BLAKE2b-256, Argon2id13. Secrets live in Secret: locked where the system allows, wiped when dropped, never
// printed. Source: libsodium 1.0.18 documentation; layouts in the *.md pages beside this file.
#pragma once

#include <memory>
#include <string_view>

#include "forms/base/bytes.h"
#include "forms/base/ids.h"

namespace seal {

using base::Bytes;
using base::ByteView;
using base::Hash;
using base::Result;
using base::Status;

Status start();

class SystemRandom : public base::Random {  // libsodium's generator
 public:
  void fill(std::span<uint8_t> out) override;
};

template <size_t N>
class Secret;  // secret.h: N bytes in guarded memory, movable, wiped

struct PublicSign {
  std::array<uint8_t, 32> bytes{};
  auto operator<=>(const PublicSign&) const = default;
};
struct PublicBox {
  std::array<uint8_t, 32> bytes{};
  auto operator<=>(const PublicBox&) const = default;
};
struct Signature {
  std::array<uint8_t, 64> bytes{};
  auto operator<=>(const Signature&) const = default;
};

Hash hash(std::string_view personal, ByteView bytes);  // personal: at most 16 characters
base::DeviceId device_id_of(const PublicSign& key);    // H16("sv1.device-id")
base::KeyId key_id_of(const PublicBox& key);           // first 8 bytes of H("sv1.key-id")
bool verify(const PublicSign& key, std::string_view context, const Hash& hash, const Signature& signature);

}  // namespace seal
