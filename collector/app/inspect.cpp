#include "collector/app/inspect.h"

#include "collector/app/alarms.h"
#include "collector/app/central_file.h"

#include "sync/exchange/bundle.h"
#include "sync/record/enrolment.h"
#include "sync/record/view.h"
#include "sync/seal/head.h"
#include "sync/seal/package.h"
#include "sync/seal/withdrawal.h"

namespace app {
namespace {

using base::ByteView;
using base::Fault;

void header_lines(Lines& out, const seal::EnvelopeHeader& h) {
  out.emplace_back("project", h.project.hex());
  out.emplace_back("interview", h.record.hex());
  out.emplace_back("device", h.device.hex());
  out.emplace_back("number of this device", std::to_string(h.sequence));
  out.emplace_back("after", h.previous.hex());
}

base::Result<Lines> explain(ByteView bytes) {
  std::string_view magic = base::text_of(bytes.first(std::min<size_t>(4, bytes.size())));
  Lines out;
  if (magic == "SVR1") {
    if (bytes.size() == seal::stub_size) {
      auto stub = seal::parse_stub(bytes);
      if (!stub) return base::pass(stub.error());
      out.emplace_back("file", "what is left of a withdrawn interview (SVR1 stub)");
      header_lines(out, stub->header);
      return out;
    }
    auto e = seal::parse_envelope(bytes);
    if (!e) return base::pass(e.error());
    out.emplace_back("file", "a sealed interview revision (SVR1)");
    header_lines(out, e->header);
    out.emplace_back("revision", e->id.hex());
    out.emplace_back("sealed to", std::to_string(e->slot_count) + " key(s)");
    out.emplace_back("size", std::to_string(bytes.size()) + " bytes, padded");
  } else if (magic == "SVB1") {
    auto b = exchange::read_bundle(bytes);
    if (!b) return base::pass(b.error());
    out.emplace_back("file", "a bundle (SVB1)");
    out.emplace_back("project", b->project.hex());
    out.emplace_back("from", b->exporter.hex());
    out.emplace_back("number", std::to_string(b->number));
    out.emplace_back("signed", b->is_signed ? "yes" : "no: its number proves nothing");
    std::map<std::string, std::pair<int, size_t>> kinds;
    for (const exchange::Item& item : b->items) {
      auto& [count, size] = kinds[std::string(exchange::item_name(item.kind))];
      ++count;
      size += item.bytes.size();
    }
    for (const auto& [name, kind] : kinds)
      out.emplace_back(name, std::to_string(kind.first) + ", " + std::to_string(kind.second) + " bytes");
  } else if (magic == "SVK1") {
    if (bytes.size() != seal::profile_key_size)
      return base::fail(Fault::corrupt, "profile key", "It is cut short or has bytes left over.");
    base::Reader in(bytes);
    in.bytes(8);
    uint32_t passes = in.u32();
    uint32_t memory = in.u32();
    in.bytes(32);
    out = {{"file", "a profile's key, locked by its passphrase (SVK1)"},
           {"Argon2id", std::to_string(memory / 1024) + " MiB, " + std::to_string(passes) + " passes"},
           {"generation", std::to_string(in.u64())}};
  } else if (magic == "SVT1") {
    auto t = seal::parse_tombstone(bytes);
    if (!t) return base::pass(t.error());
    out = {{"file", "a withdrawal (SVT1)"},
           {"interview", t->record.hex()},
           {"by", t->authority == seal::TombstoneAuthority::card          ? "the respondent's card"
                  : t->authority == seal::TombstoneAuthority::coordinator ? "a coordinator"
                                                                          : "a device's request"}};
  } else if (magic == "SVS1") {
    auto s = record::decode_statement(bytes);
    if (!s) return base::pass(s.error());
    out = {{"file", "a statement (SVS1)"},
           {"says", std::string(record::statement_name(s->type))},
           {"signer", s->signer.hex()},
           {"number", std::to_string(s->sequence)}};
    if (!s->label.empty()) out.emplace_back("label", s->label);
    if (!s->text.empty()) out.emplace_back("about", s->text + " " + s->version);
  } else if (magic == "SVF1") {
    auto id = seal::package_id(bytes);
    if (!id) return base::pass(id.error());
    out = {{"file", "a form package, sealed to the project (SVF1)"},
           {"id", id->hex()},
           {"signer", base::to_hex(bytes.subspan(24, 16))},
           {"size", std::to_string(bytes.size()) + " bytes"}};
  } else if (magic == "SVE1") {
    auto e = record::parse_enrolment(bytes);
    if (!e) return base::pass(e.error());
    out = {{"file", "a request to be enrolled (SVE1)"},
           {"label", e->label},
           {"device", e->device.hex()},
           {"check", record::spoken(e->id)}};
  } else if (base::text_of(bytes.first(std::min<size_t>(15, bytes.size()))) == "SQLite format 3") {
    out = {{"file", "a vault or central file (SQLite)"},
           {"size", std::to_string(bytes.size()) + " bytes"},
           {"content", "sealed row by row; open it with its profile"}};
  } else {
    return base::fail(Fault::invalid, "file",
                      "This is not a file of Rihla's: none of our formats begins like it.");
  }
  return out;
}

}  // namespace

base::Result<Lines> inspect_file(const std::filesystem::path& file) {
  auto bytes = read_file(file, uint64_t{1} << 30);
  if (!bytes) return base::pass(bytes.error());
  auto lines = explain(*bytes);
  if (!lines)
    return base::fail(lines.error().fault, file.string() + ": " + lines.error().where, lines.error().detail);
  return lines;
}

namespace {

// What of a bundle proves itself, and whether it does.
class Proof {
 public:
  Proof(Profile& profile, Verified& out) : profile_(profile), out_(out) {}

  void bundle(const std::string& file, ByteView bytes) {
    const record::Member* from =
        bytes.size() < 40 ? nullptr : signer(*base::DeviceId::from_bytes(bytes.subspan(24, 16)));
    auto bundle = exchange::read_bundle(bytes, from ? &from->sign : nullptr);
    if (!bundle) return note(file, base::pass(bundle.error()));
    if (bundle->project != profile_.membership()->project)
      return note(file, base::fail(Fault::invalid, "bundle", "It belongs to another project."));
    if (bundle->is_signed) note(file, from ? base::Status() : stranger(bundle->exporter));
    for (const exchange::Item& one : bundle->items) item(file, one);
  }
  void revision(const std::string& where, ByteView bytes) {
    auto e = seal::parse_envelope(bytes);
    if (!e) return note(where, base::pass(e.error()));
    const record::Member* by = signer(e->header.device);
    note(where, by ? seal::verify_envelope(*e, by->sign) : stranger(e->header.device));
  }
  void statement(const std::string& where, ByteView bytes) {  // reading one checks its signature
    auto s = record::decode_statement(bytes);
    note(where, s ? base::Status() : base::Status(base::pass(s.error())));
  }
  void tombstone(const std::string& where, ByteView bytes) {
    auto t = seal::parse_tombstone(bytes);
    note(where, t ? base::Status() : base::Status(base::pass(t.error())));
  }

 private:
  const record::Member* signer(const base::DeviceId& id) const { return profile_.authority().member(id); }
  static base::Status stranger(const base::DeviceId& id) {
    return base::fail(Fault::locked, id.hex().substr(0, 8), "The device that signed it is not enrolled.");
  }
  void note(const std::string& where, const base::Status& good) {
    ++out_.checked;
    if (!good) out_.problems.push_back(where + ": " + base::describe(good.error()));
  }

  void item(const std::string& where, const exchange::Item& one) {
    using exchange::ItemKind;
    if (one.kind == ItemKind::revision) revision(where, one.bytes);
    if (one.kind == ItemKind::statement) statement(where, one.bytes);
    if (one.kind == ItemKind::tombstone) tombstone(where, one.bytes);
    if (one.kind == ItemKind::package) package(where, one.bytes);
    if (one.kind == ItemKind::stub) stub(where, one.bytes);
    if (one.kind == ItemKind::head) head(where, one.bytes);
  }
  void package(const std::string& where, ByteView bytes) {
    if (auto id = seal::package_id(bytes); !id) return note(where, base::pass(id.error()));
    auto device = *base::DeviceId::from_bytes(bytes.subspan(24, 16));
    const record::Member* by = signer(device);
    if (!by) return note(where, stranger(device));
    base::Status good = base::fail(Fault::locked, "package", "None of this profile's keys opens it.");
    for (const seal::Key& key : profile_.read_keys()) {
      auto whole = seal::open_package(bytes, key, by->sign);
      if (whole) return note(where, {});
      good = base::pass(whole.error());
    }
    note(where, good);
  }
  void stub(const std::string& where, ByteView bytes) {
    auto s = seal::parse_stub(bytes);
    if (!s) return note(where, base::pass(s.error()));
    const record::Member* by = signer(s->header.device);
    note(where, by ? seal::check_stub(*s, by->sign) : stranger(s->header.device));
  }
  void head(const std::string& where, ByteView bytes) {
    auto h = seal::parse_head(bytes);
    if (!h) return note(where, base::pass(h.error()));
    const record::Member* by = signer(h->device);
    note(where, by ? seal::verify_head(*h, by->sign) : stranger(h->device));
  }

  Profile& profile_;
  Verified& out_;
};

}  // namespace

base::Result<Verified> verify(Profile& profile, const std::vector<std::string>& bundles) {
  if (!profile.membership())
    return base::fail(Fault::missing, profile.label(), "This profile belongs to no project yet.");
  Verified out;
  Proof proof(profile, out);
  for (const std::string& file : bundles) {
    auto bytes = read_file(file, uint64_t{1} << 30);
    if (!bytes) return base::pass(bytes.error());
    int before = out.checked;
    proof.bundle(file, *bytes);
    if (out.checked == before)
      out.problems.push_back(file + ": it is not signed and holds nothing that proves itself");
  }
  if (!bundles.empty()) return out;
  if (!profile.central())
    return base::fail(Fault::locked, profile.label(),
                      "Only a coordinator's profile holds the central file; give bundles to check.");
  auto envelopes = profile.central()->envelopes();
  if (!envelopes) return base::pass(envelopes.error());
  for (const base::Bytes& bytes : *envelopes) proof.revision("central file", bytes);
  auto statements = profile.statements();
  auto tombstones = profile.central()->tombstones();
  if (!statements) return base::pass(statements.error());
  if (!tombstones) return base::pass(tombstones.error());
  for (const base::Bytes& bytes : *statements) proof.statement("central file", bytes);
  for (const base::Bytes& bytes : *tombstones) proof.tombstone("central file", bytes);
  auto log = log_of(profile);
  if (!log) return base::pass(log.error());
  out.checked += static_cast<int>(log->lines.size());
  if (!log->is_whole)
    out.problems.push_back("log: a line was changed, taken out or put in; what it says cannot be relied on");
  auto alarms = alarms_of(profile);
  if (!alarms) return base::pass(alarms.error());
  for (const std::string& line : alarms->missing) out.problems.push_back(line);
  for (const std::string& line : alarms->forks) out.problems.push_back(line);
  return out;
}

}  // namespace app
