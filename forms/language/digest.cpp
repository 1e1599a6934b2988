#include "forms/language/digest.h"

#include <nettle/base64.h>
#include <nettle/eddsa.h>
#include <nettle/md5.h>
#include <nettle/sha1.h>
#include <nettle/sha2.h>

#include <vector>

#include "forms/base/bytes.h"
#include "forms/base/utf8.h"

namespace language {
namespace {

template <class Context>
base::Bytes run(void (*begin)(Context*), void (*update)(Context*, size_t, const uint8_t*),
                void (*finish)(Context*, size_t, uint8_t*), size_t size, const std::string& text) {
  Context context;
  begin(&context);
  update(&context, text.size(), reinterpret_cast<const uint8_t*>(text.data()));
  base::Bytes out(size);
  finish(&context, size, out.data());
  return out;
}

base::Bytes digest_bytes(const std::string& text, const std::string& algorithm) {
  if (algorithm == "MD5") return run<md5_ctx>(md5_init, md5_update, md5_digest, MD5_DIGEST_SIZE, text);
  if (algorithm == "SHA-1") return run<sha1_ctx>(sha1_init, sha1_update, sha1_digest, SHA1_DIGEST_SIZE, text);
  if (algorithm == "SHA-256")
    return run<sha256_ctx>(sha256_init, sha256_update, sha256_digest, SHA256_DIGEST_SIZE, text);
  if (algorithm == "SHA-384")
    return run<sha384_ctx>(sha384_init, sha512_update, sha384_digest, SHA384_DIGEST_SIZE, text);
  if (algorithm == "SHA-512")
    return run<sha512_ctx>(sha512_init, sha512_update, sha512_digest, SHA512_DIGEST_SIZE, text);
  return {};
}

}  // namespace

std::string digest_text(const std::string& text, const std::string& algorithm, const std::string& encoding) {
  base::Bytes bytes = digest_bytes(text, algorithm);
  if (bytes.empty()) return {};
  if (encoding == "hex") return base::to_hex(bytes);
  if (encoding != "base64") return {};
  std::string out(BASE64_ENCODE_RAW_LENGTH(bytes.size()), '\0');
  base64_encode_raw(out.data(), bytes.size(), bytes.data());
  return out;
}

namespace {

bool decode(const std::string& encoded, std::vector<uint8_t>& out) {
  base64_decode_ctx context;
  base64_decode_init(&context);
  out.resize(BASE64_DECODE_LENGTH(encoded.size()) + 3);
  size_t size = out.size();
  bool good = base64_decode_update(&context, &size, out.data(), encoded.size(), encoded.data()) != 0 &&
              base64_decode_final(&context) != 0;
  out.resize(good ? size : 0);
  return good;
}

}  // namespace

std::string base64_text(const std::string& encoded) {
  std::vector<uint8_t> out;
  if (!decode(encoded, out)) return {};
  std::string text(out.begin(), out.end());
  return base::is_utf8(text) ? text : std::string();
}

std::string signed_text(const std::string& encoded, const std::string& public_key) {
  std::vector<uint8_t> bytes;
  std::vector<uint8_t> key;
  if (!decode(encoded, bytes) || !decode(public_key, key)) return {};
  if (key.size() != ED25519_KEY_SIZE || bytes.size() < ED25519_SIGNATURE_SIZE) return {};
  const uint8_t* message = bytes.data() + ED25519_SIGNATURE_SIZE;
  size_t size = bytes.size() - ED25519_SIGNATURE_SIZE;
  if (!ed25519_sha512_verify(key.data(), size, message, bytes.data())) return {};
  std::string text(message, message + size);
  return base::is_utf8(text) ? text : std::string();
}

}  // namespace language
