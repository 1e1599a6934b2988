#include "collector/app/verify.h"

#include "collector/app/alarms.h"
#include "collector/app/central_file.h"
#include "sync/exchange/bundle.h"
#include "sync/seal/head.h"
#include "sync/seal/package.h"
#include "sync/seal/withdrawal.h"

namespace app {

using base::ByteView;
using base::Fault;

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
  auto unwell = profile.central()->unwell_attachments();
  if (!unwell) return base::pass(unwell.error());
  for (const store::Central::Unwell& one : *unwell)
    out.problems.push_back("attachment " + one.hash.hex().substr(0, 12) + " of record " +
                           one.record.hex().substr(0, 12) +
                           (one.is_there ? ": its file is damaged; the next sync takes it from the backup, or asks "
                                           "for it again"
                                         : ": its file is not here; the next sync asks for it"));
  auto log = log_of(profile);
  if (!log) return base::pass(log.error());
  out.checked += static_cast<int>(log->lines.size());
  if (!log->is_whole)
    out.problems.push_back("log: a line was changed, taken out or put in; what it says cannot be relied on");
  auto alarms = alarms_of(profile);
  if (!alarms) return base::pass(alarms.error());
  for (const std::string& line : alarms->missing) out.problems.push_back(line);
  for (const std::string& line : alarms->forks) out.problems.push_back(line);
  out.is_backup_on_one_disk = is_backup_on_one_disk(profile);
  return out;
}

}  // namespace app
