// The central file's log: who did what, when: ids and counts, never an answer. Each line is signed and names the one
// before, so that a line that was changed, taken out or put in shows.
#include "sync/seal/document.h"
#include "sync/store/central_state.h"

namespace store {

namespace {

constexpr std::string_view context = "sv1.audit-sig", personal = "sv1.audit-id";

struct Line {
  LogLine line;
  base::Hash previous, id;
};

// "SVA…" is taken by attachments: a line is `SVL1`, number, time, the line before, kind, what, signature.
Bytes encode(const Line& l) {
  base::Writer out;
  out.tag("SVL1");
  out.u64(l.line.n);
  out.u64(static_cast<uint64_t>(l.line.at.ms));
  out.bytes(l.previous.bytes);
  out.text32(l.line.kind);
  out.text32(l.line.what);
  return out.take();
}

Result<Line> decode(ByteView bytes, const seal::PublicSign& signer) {
  auto document = seal::open_document(context, personal, bytes, signer);
  if (!document) return base::pass(document.error());
  base::Reader in(document->body);
  Line l;
  in.tag("SVL1");
  l.line.n = in.u64();
  l.line.at.ms = static_cast<int64_t>(in.u64());
  l.previous.bytes = in.array<32>();
  l.line.kind = in.text32();
  l.line.what = in.text32();
  l.id = document->id;
  if (!in.ok() || !in.at_end()) return base::fail(base::Fault::corrupt, "log", "A line of it is damaged.");
  return l;
}

}  // namespace

Status Central::log(const std::string& kind, const std::string& what, base::Instant at,
                    const seal::DeviceKeys& keys) try {
  Line l;
  Bytes before;
  auto done = state_->db->each("SELECT n, bytes FROM log ORDER BY n DESC LIMIT 1", {}, [&](Row& row) {
    l.line.n = static_cast<uint64_t>(row.number(0));
    before = row.blob(1);
  });
  if (!done) return done;
  if (before.size() > 64) l.previous = seal::hash(personal, ByteView(before).first(before.size() - 64));
  ++l.line.n;
  l.line.at = at;
  l.line.kind = kind;
  l.line.what = what;
  Bytes bytes = seal::sign_document(context, personal, encode(l), keys.sign);
  return state_->db->run("INSERT INTO log VALUES(?,?)", {static_cast<int64_t>(l.line.n), ByteView(bytes)});
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Result<std::vector<LogLine>> Central::log_lines(const seal::PublicSign& signer) try {
  std::vector<LogLine> out;
  base::Hash previous;
  auto done = state_->db->each("SELECT n, bytes FROM log ORDER BY n", {}, [&](Row& row) {
    ByteView bytes = row.view(1);
    auto l = decode(bytes, signer);
    auto n = static_cast<uint64_t>(row.number(0));
    if (!l) {
      out.push_back({n, {}, "", "", false});
    } else {
      l->line.holds = l->previous == previous && l->line.n == n && n == out.size() + 1;
      out.push_back(l->line);
    }
    previous = bytes.size() > 64 ? seal::hash(personal, bytes.first(bytes.size() - 64)) : base::Hash{};
  });
  if (!done) return base::pass(done.error());
  return out;
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

}  // namespace store
