#include "sync/record/send_back.h"

#include "sync/record/codec.h"

namespace record {
namespace {

using base::Fault;

constexpr uint8_t version = 1;
constexpr uint32_t most = 10'000;

}  // namespace

base::Bytes seal_send_back(const SendBack& s, const seal::PublicBox& to) {
  base::Writer out;
  out.u8(version);
  out.bytes(s.record.bytes);
  out.bytes(s.withdrawal.bytes);
  out.u32(static_cast<uint32_t>(s.parents.size()));
  for (const RevisionId& id : s.parents) out.bytes(id.bytes);
  out.bytes(s.form.bytes);
  for (const std::string* text : {&s.form_id, &s.form_version, &s.name, &s.comment}) out.text32(*text);
  out.u32(s.hours);
  out.u32(static_cast<uint32_t>(s.questions.size()));
  for (const std::string& question : s.questions) out.text32(question);
  out.u32(static_cast<uint32_t>(s.answers.size()));
  for (const Answer& answer : s.answers) {
    put_key(out, answer.key);
    out.u8(static_cast<uint8_t>(answer.origin));
    put_value(out, answer.value);
  }
  base::Bytes plain = out.take();
  base::Bytes sealed = seal::seal_to(to, plain);
  seal::wipe(std::span<uint8_t>(plain));
  base::Bytes content(s.record.bytes.begin(), s.record.bytes.end());
  content.insert(content.end(), sealed.begin(), sealed.end());
  return content;
}

base::Result<SendBack> open_send_back(const RecordId& record, base::ByteView sealed,
                                      const seal::BoxKeys& keys) {
  auto plain = seal::open_sealed(keys, sealed);
  if (!plain)
    return base::fail(Fault::locked, "sent back", "This interview was sent back to another device.");
  base::Reader in(*plain);
  SendBack s;
  if (in.u8() != version)
    return base::fail(Fault::unsupported, "sent back", "It was made by a newer version; update the program.");
  s.record.bytes = in.array<16>();
  s.withdrawal.bytes = in.array<32>();
  uint32_t count = in.u32();
  for (uint32_t i = 0; i < count && in.ok() && count <= most; ++i) s.parents.push_back({in.array<32>()});
  s.form.bytes = in.array<32>();
  for (std::string* text : {&s.form_id, &s.form_version, &s.name, &s.comment}) *text = in.text32();
  s.hours = in.u32();
  count = in.u32();
  for (uint32_t i = 0; i < count && in.ok() && count <= most; ++i) s.questions.emplace_back(in.text32());
  count = in.u32();
  for (uint32_t i = 0; i < count && in.ok() && count <= most; ++i) {
    Answer answer;
    answer.key = get_key(in);
    answer.origin = get_origin(in);
    answer.value = get_value(in);
    s.answers.push_back(std::move(answer));
  }
  bool good = in.ok() && in.at_end() && s.record == record;
  seal::wipe(std::span<uint8_t>(*plain));
  if (!good) return base::fail(Fault::corrupt, "sent back", "What it holds is damaged.");
  return s;
}

}  // namespace record
