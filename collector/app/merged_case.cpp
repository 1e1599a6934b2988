// How a worked-out case lies in the sealed cache: the summary first, so that it can be read without the rest.
#include "collector/app/merged.h"

namespace app {
namespace {

constexpr uint32_t version = 1;

void put_ids(base::Writer& out, const std::vector<base::InstanceId>& ids) {
  out.u8(static_cast<uint8_t>(ids.size()));
  for (const base::InstanceId& id : ids) out.bytes(id.bytes);
}

std::vector<base::InstanceId> get_ids(base::Reader& in) {
  std::vector<base::InstanceId> out(in.u8());
  for (base::InstanceId& id : out) id.bytes = in.array<16>();
  return out;
}

bool read_summary(base::Reader& in, Summary& s) {
  if (in.u32() != version) return false;
  s.basis.bytes = in.array<32>();
  s.leaf.bytes = in.array<32>();
  s.founder.bytes = in.array<16>();
  s.form.bytes = in.array<32>();
  s.form_id = in.text32();
  s.code = in.text32();
  s.person = in.text32();
  s.conflicts = in.u32();
  s.unopened = in.u32();
  uint8_t flags = in.u8();
  s.refused = flags & 1;
  s.incomplete = flags & 2;
  s.needs_review = flags & 4;
  s.links.resize(std::min<size_t>(in.u32(), in.left()));
  for (auto& [other, value] : s.links) {
    other.bytes = in.array<16>();
    auto parsed = record::parse_value(in.bytes(in.u32()));
    if (!parsed) return false;
    value = *parsed;
  }
  return in.ok();
}

}  // namespace

base::Bytes pack_case(const Summary& s, const exports::Case& one) {
  base::Writer out;
  out.u32(version);
  out.bytes(s.basis.bytes);
  out.bytes(s.leaf.bytes);
  out.bytes(s.founder.bytes);
  out.bytes(s.form.bytes);
  for (const std::string* text : {&s.form_id, &s.code, &s.person}) out.text32(*text);
  out.u32(s.conflicts);
  out.u32(s.unopened);
  out.u8(static_cast<uint8_t>((s.refused ? 1 : 0) | (s.incomplete ? 2 : 0) | (s.needs_review ? 4 : 0)));
  out.u32(static_cast<uint32_t>(s.links.size()));
  for (const auto& [other, value] : s.links) {
    out.bytes(other.bytes);
    base::Bytes bytes = record::canonical(value);
    out.u32(static_cast<uint32_t>(bytes.size()));
    out.bytes(bytes);
  }
  out.bytes(one.record.bytes);
  for (const std::string* text : {&one.form_version, &one.author, &one.finished, &one.state})
    out.text32(*text);
  out.u32(static_cast<uint32_t>(one.answers.size()));
  for (const exports::CaseAnswer& a : one.answers) {
    out.u32(a.node);
    put_ids(out, a.instances);
    out.text32(a.text);
  }
  out.u32(static_cast<uint32_t>(one.instances.size()));
  for (const exports::CaseInstance& i : one.instances) {
    out.u32(i.repeat);
    put_ids(out, i.instances);
  }
  out.u32(static_cast<uint32_t>(one.unknown.size()));
  for (const exports::UnknownAnswer& u : one.unknown) {
    out.text32(u.question);
    put_ids(out, u.instances);
    out.text32(u.text);
  }
  return out.take();
}

bool unpack_summary(base::ByteView bytes, Summary& summary) {
  base::Reader in(bytes);
  return read_summary(in, summary);
}

bool unpack_case(base::ByteView bytes, exports::Case& one) {
  base::Reader in(bytes);
  Summary s;
  if (!read_summary(in, s)) return false;
  one.record.bytes = in.array<16>();
  for (std::string* text : {&one.form_version, &one.author, &one.finished, &one.state}) *text = in.text32();
  one.conflicts = static_cast<int>(s.conflicts);
  one.needs_review = s.needs_review;
  one.answers.resize(std::min<size_t>(in.u32(), in.left()));
  for (exports::CaseAnswer& a : one.answers) {
    a.node = in.u32();
    a.instances = get_ids(in);
    a.text = in.text32();
  }
  one.instances.resize(std::min<size_t>(in.u32(), in.left()));
  for (exports::CaseInstance& i : one.instances) {
    i.repeat = in.u32();
    i.instances = get_ids(in);
  }
  one.unknown.resize(std::min<size_t>(in.u32(), in.left()));
  for (exports::UnknownAnswer& u : one.unknown) {
    u.question = in.text32();
    u.instances = get_ids(in);
    u.text = in.text32();
  }
  return in.ok() && in.at_end();
}

}  // namespace app
