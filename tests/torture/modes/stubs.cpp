// stubs: what is left of withdrawn revisions, cut and forged. Every byte of a stub is changed in ten ways, and every
// length tried; then chains of which some links came as stubs: under a withdrawal that holds, under none, under a
// forged one, forged themselves, beside the whole. A stub closes its place only under a withdrawal that holds; all
// others are told as missing, and nothing else is. The control believes stubs and withdrawals as they come.
#include <algorithm>

#include "sync/record/merge.h"
#include "sync/seal/withdrawal.h"
#include "tests/torture/mutate.h"

namespace torture {
namespace {

enum class Fate : uint8_t {
  whole,
  whole_and_stub,        // the whole counts, whatever comes beside it
  withdrawn_by_card,     // stub and tombstone
  withdrawn_by_centre,   // … of a coordinator
  bare,                  // the stub, and no withdrawal
  another_card,          // … a tombstone signed by another record's card
  no_right,              // … a tombstone of somebody who is not a member
  forged_content,        // a stub with a changed byte
  forged_signer,         // a stub of the same place that a stranger signed
  missing,
};
constexpr size_t fates = 10;

bool is_there(Fate fate) {
  return fate <= Fate::withdrawn_by_centre;
}

struct Chain {
  explicit Chain(uint64_t seed)
      : random(seed),
        root(keys()),
        centre(keys()),
        device(keys()),
        stranger(keys()),
        epoch(seal::BoxKeys::from_seed(seal::Key::from(random))),
        project(base::ProjectId::from(random)) {
    std::vector<record::Statement> all = {say(root, record::StatementType::appoint, centre),
                                          say(centre, record::StatementType::enrol, device)};
    authority = record::Authority::from(project, root.sign.pub, all);
  }
  seal::DeviceKeys keys() { return seal::DeviceKeys::from(seal::Key::from(random)); }
  record::Statement say(const seal::DeviceKeys& by, record::StatementType type, const seal::DeviceKeys& about) {
    record::Statement s;
    s.project = project;
    s.sequence = 1;
    s.type = type;
    s.subject = about.id;
    s.subject_sign = about.sign.pub;
    s.subject_box = about.box.pub;
    (void)record::sign_statement(s, by);
    return s;
  }

  base::SeededRandom random;
  seal::DeviceKeys root, centre, device, stranger;
  seal::BoxKeys epoch;
  base::ProjectId project;
  record::Authority authority;
};

struct Post {  // as it comes in
  enum class Kind : uint8_t { envelope, stub, tombstone } kind;
  Bytes bytes;
};

Bytes forged(const Chain& c, Bytes stub, bool by_stranger, base::Random& random) {
  if (!by_stranger) {  // anything behind what structure tells
    size_t at = 108 + random.below(stub.size() - 108);
    stub[at] = static_cast<uint8_t>(stub[at] ^ (1u << random.below(8)));
    return stub;
  }
  stub[230] ^= 1;  // another content, signed by somebody else
  auto parsed = seal::parse_stub(stub);
  auto signature = seal::sign(c.stranger.sign, "sv1.rev-sig", base::Hash{parsed->id.bytes});
  std::copy(signature.bytes.begin(), signature.bytes.end(), stub.end() - 64);
  return stub;
}

Bytes tombstone(const Chain& c, const base::RecordId& record, seal::TombstoneAuthority authority,
                const seal::SignKeys& keys) {
  seal::Tombstone t;
  t.authority = authority;
  t.project = c.project;
  t.record = record;
  if (authority != seal::TombstoneAuthority::card) t.statement.bytes[0] = 1;
  return seal::make_tombstone(t, keys);
}

void post(Chain& c, const Fate fate, const Bytes& envelope, const seal::SignKeys& card, std::vector<Post>& out) {
  auto e = seal::parse_envelope(envelope);
  Bytes stub = seal::stub_of(*e);
  const base::RecordId& record = e->header.record;
  using Kind = Post::Kind;
  using seal::TombstoneAuthority;
  if (fate == Fate::whole || fate == Fate::whole_and_stub) out.push_back({Kind::envelope, envelope});
  if (fate != Fate::whole && fate < Fate::forged_content) out.push_back({Kind::stub, stub});
  if (fate == Fate::forged_content || fate == Fate::forged_signer)
    out.push_back({Kind::stub, forged(c, stub, fate == Fate::forged_signer, c.random)});
  if (fate == Fate::withdrawn_by_card)
    out.push_back({Kind::tombstone, tombstone(c, record, TombstoneAuthority::card, card)});
  if (fate == Fate::withdrawn_by_centre)
    out.push_back({Kind::tombstone, tombstone(c, record, TombstoneAuthority::coordinator, c.centre.sign)});
  if (fate == Fate::another_card)
    out.push_back({Kind::tombstone, tombstone(c, record, TombstoneAuthority::card, c.stranger.sign)});
  if (fate == Fate::no_right)
    out.push_back({Kind::tombstone, tombstone(c, record, TombstoneAuthority::device_request, c.stranger.sign)});
}

struct Told {
  std::vector<bool> missing;  // by sequence
  uint64_t frontier = 0;
  int64_t forgeries = 0;  // taken for good
};

// As a centre reads what came.
Told read(const Chain& c, const std::vector<Post>& all, const record::RevisionId& last, size_t count, bool careless) {
  Told told;
  record::Merge merge;
  merge.set_authority(c.authority);
  std::vector<record::Withdrawal> withdrawals;
  auto add = [&](const seal::EnvelopeHeader& h, const record::RevisionId& id, bool stub) {
    merge.add({h.device, h.sequence, id, h.previous, h.record, stub});
  };
  for (const Post& one : all) {
    if (one.kind == Post::Kind::envelope) {
      if (auto e = seal::parse_envelope(one.bytes); e && seal::verify_envelope(*e, c.device.sign.pub))
        add(e->header, e->id, false);
    } else if (one.kind == Post::Kind::stub) {
      auto stub = seal::parse_stub(one.bytes);
      if (stub && (careless || seal::check_stub(*stub, c.device.sign.pub))) add(stub->header, stub->id, true);
    } else if (auto t = seal::parse_tombstone(one.bytes); t) {
      withdrawals.push_back(
          {t->record, t->authority == seal::TombstoneAuthority::card, seal::device_id_of(t->signer)});
    }
  }
  seal::Head head;
  head.device = c.device.id;
  head.sequence = count;
  head.revision = last;
  merge.add(head);
  merge.set_withdrawals(withdrawals);
  auto holds = [&](const base::RecordId& record) { return careless || merge.may_be_stub(record); };
  told.missing.assign(count + 1, false);
  for (const record::Gap& gap : merge.chains().gaps(holds))
    for (uint64_t n = gap.first; n <= std::min<uint64_t>(gap.last, count); ++n) told.missing[n] = true;
  for (const record::Frontier& f : merge.chains().frontiers(holds)) told.frontier = f.sequence;
  return told;
}

void attempt(const Options& options, int64_t trial, Tally& tally) {
  Chain c(options.seed * 1'000'003 + static_cast<uint64_t>(trial));
  size_t count = 3 + c.random.below(8);
  std::vector<Fate> fate(count + 1, Fate::whole);
  std::vector<Post> all;
  base::Hash previous;
  for (size_t n = 1; n <= count; ++n) {
    fate[n] = static_cast<Fate>(c.random.below(fates));
    seal::SignKeys card = seal::card_keys(c.project, seal::Card::from(c.random));
    seal::EnvelopeHeader h{c.project, seal::record_id_of(c.project, card.pub), c.device.id, n, previous, card.pub};
    Bytes envelope = *seal::seal_revision(base::view_of("content"), h, {c.epoch.pub}, c.device);
    previous.bytes = seal::parse_envelope(envelope)->id.bytes;
    post(c, fate[n], envelope, card, all);
  }
  for (size_t i = all.size(); i > 0; --i)  // some come twice
    if (c.random.below(4) == 0) all.push_back(all[c.random.below(all.size())]);
  for (size_t i = all.size(); i > 1; --i) std::swap(all[i - 1], all[c.random.below(i)]);
  Told told = read(c, all, {previous.bytes}, count, options.control);
  uint64_t frontier = 0;
  while (frontier < count && is_there(fate[frontier + 1])) ++frontier;
  for (size_t n = 1; n <= count; ++n) {
    if (told.missing[n] == !is_there(fate[n])) continue;
    bool is_forged = fate[n] == Fate::another_card || fate[n] == Fate::no_right ||
                     fate[n] == Fate::forged_content || fate[n] == Fate::forged_signer;
    ++(is_there(fate[n]) ? tally.false_alarms : is_forged ? tally.accepted : tally.lost);
    complain(options, trial, "number " + std::to_string(n) + " of fate " + std::to_string(static_cast<int>(fate[n])) +
                                 (told.missing[n] ? " is told as missing" : " is not told as missing"));
  }
  if (told.frontier > frontier) {
    ++tally.lost;
    complain(options, trial, "a receipt would cover " + std::to_string(told.frontier) + " of which only " +
                                 std::to_string(frontier) + " are there");
  }
  if (told.frontier < frontier) ++tally.false_alarms;
  ++tally.trials;
}

Tally run(const Options& options) {
  World world(options.seed);
  Sample sample = stub_sample(world);
  if (sample.read(sample.bytes) != "good") return proves_nothing("the unchanged stub is refused");
  Options share = options;
  share.count = options.control ? options.count / 2 : options.count;
  Tally tally = try_all(share, {mutations_of(sample)});
  int64_t chains = options.control ? options.count / 20 : options.count / 10;
  for (int64_t i = 0; i < chains; ++i) attempt(options, i, tally);
  tally.more += ", " + std::to_string(chains) + " chains";
  return tally;
}

}  // namespace

extern const Mode stubs_mode;
const Mode stubs_mode{.name = "stubs",
                      .help = "stubs cut and forged, under withdrawals that hold and that do not",
                      .count = 5'000,
                      .long_count = 1'000'000,
                      .control_count = 1'000,
                      .run = run};

}  // namespace torture
