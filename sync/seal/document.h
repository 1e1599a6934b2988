// Document: bytes with a signature after them; statements and enrolment requests are such documents.
//
//   Bytes signed_bytes = sign_document("sv1.stmt-sig", "sv1.stmt-id", body, keys);
//   Result<Document> d = open_document("sv1.stmt-sig", "sv1.stmt-id", signed_bytes, signer);
//
// The id is the hash of the body; the signature is over context and id. 64 bytes more than the body.
#pragma once

#include "sync/seal/crypto.h"

namespace seal {

struct Document {
  ByteView body;  // of the given bytes
  Hash id;
};

Bytes sign_document(std::string_view context, std::string_view personal, ByteView body, const SignKeys& keys);
Result<Document> open_document(std::string_view context, std::string_view personal, ByteView bytes,
                               const PublicSign& signer);

}  // namespace seal
