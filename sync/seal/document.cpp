#include "sync/seal/document.h"

namespace seal {

Bytes sign_document(std::string_view context, std::string_view personal, ByteView body,
                    const SignKeys& keys) {
  Signature signature = sign(keys, context, hash(personal, body));
  Bytes out(body.begin(), body.end());
  out.insert(out.end(), signature.bytes.begin(), signature.bytes.end());
  return out;
}

Result<Document> open_document(std::string_view context, std::string_view personal, ByteView bytes,
                               const PublicSign& signer) {
  if (bytes.size() < 64)
    return base::fail(base::Fault::corrupt, "signed document (length)", "It is cut short.");
  Document d{bytes.first(bytes.size() - 64), {}};
  d.id = hash(personal, d.body);
  Signature signature{base::Reader(bytes.subspan(d.body.size())).array<64>()};
  if (!verify(signer, context, d.id, signature))
    return base::fail(base::Fault::corrupt, "signed document (signature)",
                      "The signature does not hold: it was changed or forged.");
  return d;
}

}  // namespace seal
