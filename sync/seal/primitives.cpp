#include "sync/seal/primitives.h"

#include <sodium.h>

#include <cstring>

#include "sync/seal/crypto.h"

namespace seal {

Status start() {
  if (sodium_init() < 0)
    return base::fail(base::Fault::unsupported, "libsodium",
                      "The cryptographic library does not start on this machine.");
  return {};
}

void SystemRandom::fill(std::span<uint8_t> out) {
  randombytes_buf(out.data(), out.size());
}

namespace {

Hash blake(std::string_view personal, ByteView bytes, const uint8_t* key, size_t key_size) {
  RIHLA_CHECK(personal.size() <= crypto_generichash_blake2b_PERSONALBYTES);
  uint8_t person[crypto_generichash_blake2b_PERSONALBYTES] = {};
  std::memcpy(person, personal.data(), personal.size());
  uint8_t salt[crypto_generichash_blake2b_SALTBYTES] = {};
  Hash out;
  crypto_generichash_blake2b_salt_personal(out.bytes.data(), out.bytes.size(), bytes.data(), bytes.size(),
                                           key, key_size, salt, person);
  return out;
}

// 16 bytes of context, then the hash: a signature for one kind of thing never holds for another.
std::array<uint8_t, 48> message(std::string_view context, const Hash& hash) {
  RIHLA_CHECK(context.size() <= 16);
  std::array<uint8_t, 48> out{};
  std::copy(context.begin(), context.end(), out.begin());
  std::copy(hash.bytes.begin(), hash.bytes.end(), out.begin() + 16);
  return out;
}

}  // namespace

Hash hash(std::string_view personal, ByteView bytes) {
  return blake(personal, bytes, nullptr, 0);
}

Hash keyed_hash(std::string_view personal, const Key& key, ByteView bytes) {
  return blake(personal, bytes, key.view().data(), key.view().size());
}

base::DeviceId device_id_of(const PublicSign& key) {
  Hash h = hash("sv1.device-id", key.bytes);
  base::DeviceId id;
  std::copy_n(h.bytes.begin(), id.bytes.size(), id.bytes.begin());
  return id;
}

base::KeyId key_id_of(const PublicBox& key) {
  Hash h = hash("sv1.key-id", key.bytes);
  base::KeyId id;
  std::copy_n(h.bytes.begin(), id.bytes.size(), id.bytes.begin());
  return id;
}

bool verify(const PublicSign& key, std::string_view context, const Hash& hash, const Signature& signature) {
  auto m = message(context, hash);
  return crypto_sign_verify_detached(signature.bytes.data(), m.data(), m.size(), key.bytes.data()) == 0;
}

Signature sign(const SignKeys& keys, std::string_view context, const Hash& hash) {
  auto m = message(context, hash);
  Signature out;
  crypto_sign_detached(out.bytes.data(), nullptr, m.data(), m.size(), keys.secret.view().data());
  return out;
}

SignKeys SignKeys::from_seed(const Key& seed) {
  SignKeys keys;
  crypto_sign_seed_keypair(keys.pub.bytes.data(), keys.secret.bytes().data(), seed.view().data());
  return keys;
}

BoxKeys BoxKeys::from_seed(const Key& seed) {
  BoxKeys keys;
  crypto_box_seed_keypair(keys.pub.bytes.data(), keys.secret.bytes().data(), seed.view().data());
  return keys;
}

Nonce fresh_nonce() {
  Nonce nonce;
  randombytes_buf(nonce.data(), nonce.size());
  return nonce;
}

Key fresh_key() {
  Key key;
  randombytes_buf(key.bytes().data(), key.bytes().size());
  return key;
}

Key derive(const Key& key, uint64_t id, std::string_view context8) {
  RIHLA_CHECK(context8.size() == crypto_kdf_CONTEXTBYTES);
  Key out;
  crypto_kdf_derive_from_key(out.bytes().data(), out.bytes().size(), id, context8.data(), key.view().data());
  return out;
}

Bytes seal_to(const PublicBox& to, ByteView plain) {
  Bytes out(plain.size() + crypto_box_SEALBYTES);
  crypto_box_seal(out.data(), plain.data(), plain.size(), to.bytes.data());
  return out;
}

Result<Bytes> open_sealed(const BoxKeys& keys, ByteView box) {
  if (box.size() < crypto_box_SEALBYTES)
    return base::fail(base::Fault::corrupt, "sealed box", "It is too short to be one.");
  Bytes out(box.size() - crypto_box_SEALBYTES);
  if (crypto_box_seal_open(out.data(), box.data(), box.size(), keys.pub.bytes.data(),
                           keys.secret.view().data()) != 0)
    return base::fail(base::Fault::locked, "sealed box", "It was not sealed to this key.");
  return out;
}

namespace {

// `out` has room for the plain bytes and 16 more.
void encrypt_to(std::span<uint8_t> out, const Key& key, const Nonce& nonce, ByteView plain, ByteView bound) {
#ifdef RIHLA_SEALING_OFF
  // The control of the canary hunt: a test build whose files are readable, so that the hunt must find something.
  std::copy(plain.begin(), plain.end(), out.begin());
  (void)key, (void)nonce, (void)bound;
#else
  unsigned long long size = 0;
  crypto_aead_xchacha20poly1305_ietf_encrypt(out.data(), &size, plain.data(), plain.size(), bound.data(),
                                             bound.size(), nullptr, nonce.data(), key.view().data());
#endif
}

}  // namespace

Bytes encrypt(const Key& key, const Nonce& nonce, ByteView plain, ByteView bound) {
  Bytes out(plain.size() + crypto_aead_xchacha20poly1305_ietf_ABYTES);
  encrypt_to(out, key, nonce, plain, bound);
  return out;
}

namespace {

// `out` may lie where the cipher does.
Status decrypt_to(uint8_t* out, const Key& key, const Nonce& nonce, ByteView cipher, ByteView bound) {
#ifdef RIHLA_SEALING_OFF
  std::memmove(out, cipher.data(), cipher.size() - crypto_aead_xchacha20poly1305_ietf_ABYTES);
  (void)key, (void)nonce, (void)bound;
#else
  unsigned long long size = 0;
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(out, &size, nullptr, cipher.data(), cipher.size(), bound.data(),
                                                 bound.size(), nonce.data(), key.view().data()) != 0)
    return base::fail(base::Fault::corrupt, "sealed bytes", "They were changed, or do not belong here.");
#endif
  return {};
}

tl::unexpected<base::Error> short_row() {
  return base::fail(base::Fault::corrupt, "row", "It is too short to be a sealed row.");
}

Nonce nonce_of(ByteView row) {
  Nonce nonce;
  std::copy_n(row.begin(), nonce.size(), nonce.begin());
  return nonce;
}

}  // namespace

Result<Bytes> decrypt(const Key& key, const Nonce& nonce, ByteView cipher, ByteView bound) {
  constexpr size_t tag = crypto_aead_xchacha20poly1305_ietf_ABYTES;
  if (cipher.size() < tag) return base::fail(base::Fault::corrupt, "sealed bytes", "They are too short.");
  Bytes out(cipher.size() - tag);
  if (auto done = decrypt_to(out.data(), key, nonce, cipher, bound); !done) return base::pass(done.error());
  return out;
}

Bytes seal_row(const Key& key, ByteView plain, ByteView bound) {
  Nonce nonce = fresh_nonce();
  Bytes out(nonce.begin(), nonce.end());
  static_assert(row_overhead == sizeof(Nonce) + crypto_aead_xchacha20poly1305_ietf_ABYTES);
  out.resize(row_overhead + plain.size());
  encrypt_to(std::span<uint8_t>(out).subspan(nonce.size()), key, nonce, plain, bound);
  return out;
}

Result<ByteView> open_row_in_place(std::span<uint8_t> row, const Key& key, ByteView bound) {
  if (row.size() < row_overhead) return short_row();
  std::span<uint8_t> sealed = row.subspan(sizeof(Nonce));
  if (auto done = decrypt_to(sealed.data(), key, nonce_of(row), sealed, bound); !done)
    return base::pass(done.error());
  return sealed.first(row.size() - row_overhead);
}

Result<Bytes> open_row(const Key& key, ByteView row, ByteView bound) {
  if (row.size() < row_overhead) return short_row();
  return decrypt(key, nonce_of(row), row.subspan(sizeof(Nonce)), bound);
}

DeviceKeys DeviceKeys::from(const Key& master) {
  DeviceKeys keys{{},
                  SignKeys::from_seed(derive(master, 2, "SvDevSig")),
                  BoxKeys::from_seed(derive(master, 3, "SvDevBox")),
                  derive(master, 1, "SvDevLoc"),
                  derive(master, 4, "SvDevAud")};
  keys.id = device_id_of(keys.sign.pub);
  return keys;
}

}  // namespace seal
