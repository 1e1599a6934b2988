#include "sync/record/enrolment.h"

#include "forms/base/utf8.h"
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
  auto refuse = [](const char* what, const char* sentence, base::Fault fault = base::Fault::corrupt) {
    return base::fail(fault, std::string("enrolment request (") + what + ")", sentence);
  };
  base::Reader in(bytes);
  if (bytes.size() < 8) return refuse("length", "It is cut short.");
  if (!in.tag("SVE1")) return refuse("magic", "This is not an enrolment request.");
  if (in.u8() != 1)
    return refuse("suite", "It was made by a newer version; update the program.", base::Fault::unsupported);
  if (!in.zeros(3)) return refuse("reserved", "A byte that must be zero is not.");
  Enrolment e;
  e.sign.bytes = in.array<32>();
  e.box.bytes = in.array<32>();
  e.label = in.text32();
  if (!in.ok() || in.left() != 64) return refuse("length", "It is cut short or has bytes left over.");
  if (e.label.size() > 200 || !base::is_utf8(e.label)) return refuse("label", "Its label is not one of ours.");
  auto document = seal::open_document(context, personal, bytes, e.sign);
  if (!document) return base::pass(document.error());
  e.device = seal::device_id_of(e.sign);
  e.id = document->id;
  return e;
}

}  // namespace record
