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
  auto refuse = [](const char* what, const char* sentence, Fault fault = Fault::corrupt) {
    return base::fail(fault, std::string("sent back (") + what + ")", sentence);
  };
  auto plain = seal::open_sealed(keys, sealed);
  if (!plain) return refuse("box", "This interview was sent back to another device.", Fault::locked);
  struct Wiped {  // whatever is wrong with it
    base::Bytes& bytes;
    ~Wiped() { seal::wipe(std::span<uint8_t>(bytes)); }
  } wiped{*plain};
  base::Reader in(*plain);
  SendBack s;
  if (in.u8() != version)
    return refuse("version", "It was made by a newer version; update the program.", Fault::unsupported);
  s.record.bytes = in.array<16>();
  s.withdrawal.bytes = in.array<32>();
  auto list = [&] {
    uint32_t count = in.u32();
    if (count > most) in.refuse();
    return in.ok() ? count : 0;
  };
  for (uint32_t i = list(); i > 0 && in.ok(); --i) s.parents.push_back({in.array<32>()});
  s.form.bytes = in.array<32>();
  for (std::string* text : {&s.form_id, &s.form_version, &s.name, &s.comment}) *text = in.text32();
  s.hours = in.u32();
  for (uint32_t i = list(); i > 0 && in.ok(); --i) s.questions.emplace_back(in.text32());
  uint32_t answers = list();
  if (!in.ok()) return refuse("length", "It is cut short, or a list in it is longer than any.");
  for (uint32_t i = answers; i > 0 && in.ok(); --i) {
    Answer answer;
    answer.key = get_key(in);
    answer.origin = get_origin(in);
    answer.value = get_value(in);
    s.answers.push_back(std::move(answer));
  }
  if (!in.ok()) return refuse("answers", "An answer in it is damaged.");
  if (!in.at_end()) return refuse("length", "It has bytes left over.");
  if (s.record != record) return refuse("record", "It is about another interview than it says.");
  return s;
}

}  // namespace record
