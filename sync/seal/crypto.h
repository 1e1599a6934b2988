// Crypto: sealing, opening and signing on top of primitives.h; what the formats of this folder are made of.
//
//   Bytes box = seal_to(member.box, secret.view());          // 48 bytes more; anyone can make it
//   Bytes row = encrypt(key, random_nonce, plain, bound);    // XChaCha20-Poly1305, bound: authenticated, in
//   clear
//
// Nonces, sealed boxes and content keys take libsodium's own randomness, never a demonstration's seed.
#pragma once

#include "sync/seal/secret.h"

namespace seal {

struct SignKeys {  // Ed25519
  PublicSign pub;
  Secret<64> secret;
  static SignKeys from_seed(const Key& seed);
};
struct BoxKeys {  // X25519
  PublicBox pub;
  Key secret;
  static BoxKeys from_seed(const Key& seed);
};

using Nonce = std::array<uint8_t, 24>;

Nonce fresh_nonce();
Key fresh_key();
Key derive(const Key& key, uint64_t id, std::string_view context8);  // crypto_kdf_derive_from_key
Hash keyed_hash(std::string_view personal, const Key& key, ByteView bytes);
Signature sign(const SignKeys& keys, std::string_view context, const Hash& hash);

Bytes seal_to(const PublicBox& to, ByteView plain);            // sealed box
Result<Bytes> open_sealed(const BoxKeys& keys, ByteView box);  // Fault::locked
Bytes encrypt(const Key& key, const Nonce& nonce, ByteView plain, ByteView bound);
Result<Bytes> decrypt(const Key& key, const Nonce& nonce, ByteView cipher, ByteView bound);  // Fault::corrupt

// A row of a local store: nonce ‖ ciphertext under one key, bound to where it stands.
inline constexpr size_t row_overhead = 40;  // nonce 24, tag 16
Bytes seal_row(const Key& key, ByteView plain, ByteView bound);
Result<Bytes> open_row(const Key& key, ByteView row, ByteView bound);
// Where it lies: what it held stands in the part of the row that is returned.
Result<ByteView> open_row_in_place(std::span<uint8_t> row, const Key& key, ByteView bound);

// Everything a device or a coordinator's machine signs and opens with; derived from its master key.
struct DeviceKeys {
  base::DeviceId id;
  SignKeys sign;
  BoxKeys box;
  Key rows;  // local rows
  Key audit;
  static DeviceKeys from(const Key& master);
};

}  // namespace seal
