#include "sync/record/revision.h"

#include <algorithm>

#include "sync/record/codec.h"
#include "sync/record/packed.h"
#include "sync/seal/secret.h"
#include "sync/seal/withdrawal.h"

namespace record {
namespace {

using base::Fault;

// Tags ascend; the top bit says that a reader who does not know it must refuse (REVISION.md).
enum Field : uint16_t {
  record_id = 0x8001,
  device_id,
  sequence,
  kind,
  form_hash,
  form_id,
  form_version,
  parents,
  at,
  author,
  flags,
  answers,
  attachments,
  overflow,
  reason = 0x0020,
  journal = 0x0021,
  founding = 0x0022,
};
constexpr size_t most_parents = 16;
constexpr uint32_t most_attachments = 4096;
constexpr size_t largest_journal = 256 << 10;
constexpr size_t largest_revision = (size_t{1} << 20) - 1;

class Fields {
 public:
  template <class F>
  void add(uint16_t tag, F&& write) {
    base::Writer part;
    write(part);
    parts_.emplace_back(tag, part.take());
  }
  base::Bytes take() {
    std::sort(parts_.begin(), parts_.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    base::Writer out;
    for (const auto& [tag, bytes] : parts_) {
      out.u16(tag);
      out.u32(static_cast<uint32_t>(bytes.size()));
      out.bytes(bytes);
    }
    return out.take();
  }

 private:
  std::vector<std::pair<uint16_t, base::Bytes>> parts_;
};

void put_answers(base::Writer& w, std::vector<Answer> sorted) {
  std::sort(sorted.begin(), sorted.end(), [](const Answer& a, const Answer& b) { return a.key < b.key; });
  w.u32(static_cast<uint32_t>(sorted.size()));
  for (const Answer& answer : sorted) {
    put_key(w, answer.key);
    w.u8(static_cast<uint8_t>(answer.origin));
    put_value(w, answer.value);
  }
}

bool get_answers(base::Reader& part, std::vector<Answer>& out) {
  constexpr size_t smallest = 11;  // bytes of an answer
  uint32_t count = part.u32();
  out.reserve(std::min<size_t>(count, part.left() / smallest));
  for (uint32_t i = 0; i < count && part.ok(); ++i) {
    Answer answer;
    answer.key = get_key(part);
    answer.origin = get_origin(part);
    answer.value = get_value(part);
    if (!out.empty() && !(out.back().key < answer.key)) return false;
    out.push_back(std::move(answer));
  }
  return part.ok();
}

bool get_attachments(base::Reader& part, std::vector<seal::AttachmentRef>& out) {
  uint32_t count = part.u32();
  if (count == 0 || count > most_attachments) return false;
  for (uint32_t i = 0; i < count && part.ok(); ++i) {
    seal::AttachmentRef ref;
    ref.id.bytes = part.array<16>();
    ref.key = part.array<32>();
    ref.size = part.u64();
    ref.hash.bytes = part.array<32>();
    if ((!out.empty() && !(out.back().id < ref.id)) || ref.size > seal::largest_attachment) return false;
    out.push_back(ref);
  }
  return part.ok();
}

}  // namespace

bool proves_founder(const Revision& r) {
  if (r.proof != Proof::unchecked) return r.proof == Proof::holds;
  return seal::is_founder(r.withdrawal, r.record, r.device, r.founding);
}

base::Result<base::Bytes> encode_revision(const Revision& r) {
  if (r.parents.size() > most_parents)
    return base::fail(Fault::full, "revision", "It has more than 16 parents; settle its conflicts first.");
  if (r.attachments.size() > most_attachments)
    return base::fail(Fault::full, "revision", "It has more than 4,096 attachments; remove some.");
  base::Bytes out = encode_whole(r);
  if (out.size() > largest_revision || r.journal.size() > largest_journal)
    return base::fail(Fault::full, "revision",
                      "These answers together are longer than 1 MiB; correct fewer of them at once.");
  return out;
}

base::Result<base::Bytes> take_overflow(Revision& r) {
  Fields out;
  bool any = false;
  if (r.journal.size() > largest_journal) {
    out.add(journal, [&](base::Writer& w) { w.bytes(r.journal); });
    r.journal.clear();
    any = true;
  }
  // The reference to what overflows takes its own room: 110 bytes.
  if (encode_whole(r).size() + 128 > largest_revision) {
    out.add(answers, [&](base::Writer& w) { put_answers(w, r.answers); });
    r.answers.clear();
    any = true;
  }
  if (encode_whole(r).size() + 128 > largest_revision)
    return base::fail(Fault::full, "revision", "Its reason or its attachments are longer than any revision.");
  base::Bytes bytes = any ? out.take() : base::Bytes();
  if (bytes.size() > largest_overflow)
    return base::fail(Fault::full, "revision", "Its answers are longer than 64 MiB; shorten some.");
  return bytes;
}

base::Status put_back(Revision& r, base::ByteView bytes) {
  auto damaged = [] {
    return base::fail(Fault::corrupt, "revision (overflow)",
                      "What belongs beside this interview is damaged.");
  };
  base::Reader in(bytes);
  uint16_t before = 0;
  if (in.at_end()) return damaged();
  while (in.ok() && !in.at_end()) {
    uint16_t tag = in.u16();
    base::ByteView part = in.bytes(in.u32());
    base::Reader inner(part);
    if (!in.ok() || tag <= before) return damaged();
    before = tag;
    if (tag == journal && r.journal.empty())
      r.journal.assign(part.begin(), part.end());
    else if (tag != answers || !r.answers.empty() || !get_answers(inner, r.answers) || !inner.at_end())
      return damaged();
  }
  return in.ok() ? base::Status() : damaged();
}

base::Bytes encode_whole(const Revision& r) {
  Fields f;
  f.add(record_id, [&](base::Writer& w) { w.bytes(r.record.bytes); });
  f.add(device_id, [&](base::Writer& w) { w.bytes(r.device.bytes); });
  f.add(sequence, [&](base::Writer& w) { w.u64(r.sequence); });
  f.add(kind, [&](base::Writer& w) { w.u8(static_cast<uint8_t>(r.kind)); });
  f.add(form_hash, [&](base::Writer& w) { w.bytes(r.form.bytes); });
  f.add(form_id, [&](base::Writer& w) { w.bytes(base::view_of(r.form_id)); });
  f.add(form_version, [&](base::Writer& w) { w.bytes(base::view_of(r.form_version)); });
  f.add(parents, [&](base::Writer& w) {
    std::vector<RevisionId> sorted = r.parents;
    std::sort(sorted.begin(), sorted.end());
    for (const RevisionId& id : sorted) w.bytes(id.bytes);
  });
  f.add(at, [&](base::Writer& w) { w.u64(static_cast<uint64_t>(r.at.ms)); });
  f.add(author, [&](base::Writer& w) { w.bytes(base::view_of(r.author)); });
  f.add(flags, [&](base::Writer& w) { w.u8(static_cast<uint8_t>((r.full ? 1 : 0) | (r.refused ? 2 : 0))); });
  f.add(answers, [&](base::Writer& w) { put_answers(w, r.answers); });
  if (!r.attachments.empty())
    f.add(attachments, [&](base::Writer& w) {
      std::vector<seal::AttachmentRef> sorted = r.attachments;
      std::sort(sorted.begin(), sorted.end());
      w.u32(static_cast<uint32_t>(sorted.size()));
      for (const seal::AttachmentRef& ref : sorted) {
        w.bytes(ref.id.bytes);
        w.bytes(ref.key);
        w.u64(ref.size);
        w.bytes(ref.hash.bytes);
      }
    });
  if (!r.overflow.is_zero()) f.add(overflow, [&](base::Writer& w) { w.bytes(r.overflow.bytes); });
  if (!r.reason.empty()) f.add(reason, [&](base::Writer& w) { w.bytes(base::view_of(r.reason)); });
  if (!(r.founding == seal::Signature{}))
    f.add(founding, [&](base::Writer& w) { w.bytes(r.founding.bytes); });
  if (!r.journal.empty()) f.add(journal, [&](base::Writer& w) { w.bytes(r.journal); });
  return f.take();
}

base::Result<Revision> decode_revision(base::ByteView plain) {
  if (is_packed(plain)) {
    auto inside = unpack_content(plain);
    if (!inside) return base::pass(inside.error());
    auto revision = decode_revision(*inside);
    seal::wipe(std::span<uint8_t>(*inside));
    return revision;
  }
  auto damaged = [](const char* what) {
    return base::fail(Fault::corrupt, std::string("revision (") + what + ")",
                      "What it holds is not a revision.");
  };
  base::Reader in(plain);
  Revision r;
  uint16_t before = 0;
  uint32_t seen = 0;
  bool first = true;
  while (in.ok() && !in.at_end()) {
    uint16_t tag = in.u16();
    base::ByteView bytes = in.bytes(in.u32());
    if (!in.ok()) return damaged("length");
    if (!first && tag <= before) return damaged("order");
    first = false;
    before = tag;
    base::Reader part(bytes);
    switch (tag) {
      case record_id:
        r.record.bytes = part.array<16>();
        break;
      case device_id:
        r.device.bytes = part.array<16>();
        break;
      case sequence:
        r.sequence = part.u64();
        break;
      case kind: {
        uint8_t k = part.u8();
        if (k < 1 || k > 4) return damaged("kind");
        r.kind = static_cast<RevisionKind>(k);
        break;
      }
      case form_hash:
        r.form.bytes = part.array<32>();
        break;
      case form_id:
        r.form_id = base::text_of(part.bytes(part.left()));
        break;
      case form_version:
        r.form_version = base::text_of(part.bytes(part.left()));
        break;
      case parents:
        if (bytes.size() % 32 != 0 || bytes.size() / 32 > most_parents) return damaged("parents");
        while (!part.at_end()) r.parents.push_back({part.array<32>()});
        break;
      case at:
        r.at.ms = static_cast<int64_t>(part.u64());
        break;
      case author:
        r.author = base::text_of(part.bytes(part.left()));
        break;
      case flags: {
        uint8_t f = part.u8();
        if (f > 3) return damaged("flags");
        r.full = f & 1;
        r.refused = f & 2;
        break;
      }
      case answers:
        if (!get_answers(part, r.answers)) return damaged("answers");
        break;
      case attachments:
        if (!get_attachments(part, r.attachments)) return damaged("attachments");
        break;
      case overflow: {
        r.overflow.bytes = part.array<16>();
        auto named = [&](const seal::AttachmentRef& ref) { return ref.id == r.overflow; };
        if (std::none_of(r.attachments.begin(), r.attachments.end(), named)) return damaged("overflow");
        break;
      }
      case reason:
        r.reason = base::text_of(part.bytes(part.left()));
        break;
      case journal: {
        base::ByteView all = part.bytes(part.left());
        r.journal.assign(all.begin(), all.end());
        break;
      }
      case founding:
        r.founding.bytes = part.array<64>();
        break;
      default:
        if (tag & 0x8000)
          return base::fail(Fault::unsupported, "revision (unsupported)",
                            "It was made by a newer version; update the program.");
        part.bytes(part.left());
    }
    if (!part.ok() || !part.at_end()) return damaged("field");
    if (tag >= record_id && tag <= answers) ++seen;
  }
  if (!in.ok() || seen != 12) return damaged("fields");
  return r;
}

base::Status agrees(const Revision& r, const seal::EnvelopeHeader& header) {
  if (r.record == header.record && r.device == header.device && r.sequence == header.sequence) return {};
  return base::fail(Fault::corrupt, "revision (inner)",
                    "What is sealed inside is not what stands on the outside.");
}

}  // namespace record
