#include "sync/record/statement.h"

#include "forms/base/utf8.h"
#include "sync/seal/document.h"

namespace record {
namespace {

using base::Fault;

constexpr std::string_view context = "sv1.stmt-sig", personal = "sv1.stmt-id";
constexpr uint32_t most_parts = 4096;
constexpr size_t largest = size_t{1} << 20;
constexpr std::string_view names[] = {"appoint",      "enrol",        "revoke",        "epoch-open",
                                      "countersign",  "read-key",     "publish",       "receipt",
                                      "policy",       "send-back",    "withdraw-form", "migration",
                                      "clock-offset", "declare-lost", "epoch-close",   "epoch-destroyed",
                                      "rewrap",       "shredded",     "recovery",      "offer"};

}  // namespace

base::Bytes encode_statement(const Statement& s) {
  base::Writer out;
  out.tag("SVS1");
  out.u8(1);
  out.u8(static_cast<uint8_t>(s.type));
  out.zeros(2);
  out.bytes(s.project.bytes);
  out.bytes(s.signer.bytes);
  out.bytes(s.signer_key.bytes);
  out.u64(s.sequence);
  out.bytes(s.previous.bytes);
  out.u64(static_cast<uint64_t>(s.at.ms));
  out.u32(static_cast<uint32_t>(s.replaces.size()));
  for (const StatementId& id : s.replaces) out.bytes(id.bytes);
  out.bytes(s.subject.bytes);
  out.bytes(s.subject_sign.bytes);
  out.bytes(s.subject_box.bytes);
  for (const std::string* text : {&s.label, &s.role, &s.text, &s.version}) out.text32(*text);
  out.bytes(s.hash.bytes);
  out.bytes(s.package.bytes);
  out.u64(s.number);
  out.u32(static_cast<uint32_t>(s.slots.size()));
  for (const Slot& slot : s.slots) {
    out.bytes(slot.key.bytes);
    out.bytes(slot.sealed);
  }
  out.u32(static_cast<uint32_t>(s.frontiers.size()));
  for (const Frontier& f : s.frontiers) {
    out.bytes(f.device.bytes);
    out.u64(f.sequence);
    out.bytes(f.revision.bytes);
  }
  out.u32(static_cast<uint32_t>(s.content.size()));
  out.bytes(s.content);
  return out.take();
}

base::Result<Statement> decode_statement(base::ByteView signed_bytes) {
  auto refuse = [](const char* what, const char* sentence, Fault fault = Fault::corrupt) {
    return base::fail(fault, std::string("statement (") + what + ")", sentence);
  };
  auto cut = [&] { return refuse("length", "It is cut short or has bytes left over."); };
  if (signed_bytes.size() > largest) return refuse("length", "It is larger than any statement.");
  if (signed_bytes.size() < 8) return cut();
  base::Reader in(signed_bytes);
  if (!in.tag("SVS1")) return refuse("magic", "This is not a statement.");
  if (in.u8() != 1)
    return refuse("suite", "It was made by a newer version; update the program.", Fault::unsupported);
  Statement s;
  uint8_t type = in.u8();
  if (type < 1 || type > last_statement_type)
    return refuse("type", "It is of a kind this version does not know.", Fault::unsupported);
  s.type = static_cast<StatementType>(type);
  if (!in.zeros(2)) return refuse("reserved", "A byte that must be zero is not.");
  s.project.bytes = in.array<16>();
  s.signer.bytes = in.array<16>();
  s.signer_key.bytes = in.array<32>();
  s.sequence = in.u64();
  s.previous.bytes = in.array<32>();
  s.at.ms = static_cast<int64_t>(in.u64());
  bool is_bounded = true;  // each list, as far as it could be read
  auto list = [&] {
    uint32_t count = in.u32();
    is_bounded = is_bounded && count <= most_parts;
    return is_bounded && in.ok() ? count : 0;
  };
  for (uint32_t i = list(); i > 0 && in.ok(); --i) s.replaces.push_back({in.array<32>()});
  s.subject.bytes = in.array<16>();
  s.subject_sign.bytes = in.array<32>();
  s.subject_box.bytes = in.array<32>();
  for (std::string* text : {&s.label, &s.role, &s.text, &s.version}) *text = in.text32();
  s.hash.bytes = in.array<32>();
  s.package.bytes = in.array<32>();
  s.number = in.u64();
  for (uint32_t i = list(); i > 0 && in.ok(); --i) s.slots.push_back({{in.array<8>()}, in.array<80>()});
  for (uint32_t i = list(); i > 0 && in.ok(); --i) {
    Frontier f;
    f.device.bytes = in.array<16>();
    f.sequence = in.u64();
    f.revision.bytes = in.array<32>();
    s.frontiers.push_back(f);
  }
  base::ByteView content = in.bytes(in.u32());
  s.content.assign(content.begin(), content.end());
  if (!is_bounded) return refuse("lists", "One of its lists is longer than any.");
  if (!in.ok() || in.left() != 64) return cut();
  for (const std::string* text : {&s.label, &s.role, &s.text, &s.version})
    if (!base::is_utf8(*text)) return refuse("text", "A text in it is not UTF-8.");
  if (s.signer != seal::device_id_of(s.signer_key))
    return refuse("signer", "The signer's id does not belong to its key.");
  auto document = seal::open_document(context, personal, signed_bytes, s.signer_key);
  if (!document) return base::pass(document.error());
  s.id.bytes = document->id.bytes;
  return s;
}

std::string_view statement_name(StatementType type) {
  return names[static_cast<size_t>(type) - 1];
}

base::Bytes sign_statement(Statement& statement, const seal::DeviceKeys& keys) {
  statement.signer = keys.id;
  statement.signer_key = keys.sign.pub;
  base::Bytes body = encode_statement(statement);
  statement.id.bytes = seal::hash(personal, body).bytes;
  return seal::sign_document(context, personal, body, keys.sign);
}

}  // namespace record
