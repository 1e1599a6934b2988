#include "sync/record/enrolment.h"

#include "sync/seal/document.h"

namespace record {
namespace {

constexpr std::string_view context = "sv1.cert-sig", personal = "sv1.enrol-id";

}  // namespace

base::Bytes make_enrolment(const std::string& label, const seal::DeviceKeys& keys) {
  base::Writer out;
  out.tag("SVE1");
  out.u8(1);
  out.zeros(3);
  out.bytes(keys.sign.pub.bytes);
  out.bytes(keys.box.pub.bytes);
  out.text32(label);
  return seal::sign_document(context, personal, out.peek(), keys.sign);
}

base::Result<Enrolment> parse_enrolment(base::ByteView bytes) {
  base::Reader in(bytes);
  if (!in.tag("SVE1"))
    return base::fail(base::Fault::corrupt, "enrolment request", "This is not an enrolment request.");
  if (in.u8() != 1)
    return base::fail(base::Fault::unsupported, "enrolment request",
                      "It was made by a newer version; update the program.");
  in.zeros(3);
  Enrolment e;
  e.sign.bytes = in.array<32>();
  e.box.bytes = in.array<32>();
  e.label = in.text32();
  if (!in.ok() || in.left() != 64 || e.label.size() > 200)
    return base::fail(base::Fault::corrupt, "enrolment request", "It is cut short or has bytes left over.");
  auto document = seal::open_document(context, personal, bytes, e.sign);
  if (!document) return base::pass(document.error());
  e.device = seal::device_id_of(e.sign);
  e.id = document->id;
  return e;
}

}  // namespace record
