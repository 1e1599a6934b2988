// Digests and base64 for expressions; nettle stays behind this file.
//
//   digest_text("abc", "SHA-256", "hex");   base64_text("aGk=")
//
// Algorithms: MD5, SHA-1, SHA-256, SHA-384, SHA-512; encodings: base64 (default), hex. "" for what is
// unknown.
#pragma once

#include <string>

namespace language {

std::string digest_text(const std::string& text, const std::string& algorithm, const std::string& encoding);
std::string base64_text(const std::string& encoded);  // decoded; "" when it is not base64 or not UTF-8
// Of base64 text: 64 bytes of an Ed25519 signature, then what it signs; "" where the key (base64) did not sign it.
std::string signed_text(const std::string& encoded, const std::string& public_key);

}  // namespace language
