// merge: revisions of six devices, every fourth a correction, merged as a coordinator's program does: links first, then
// record by record what they name is decoded, viewed and let go. Nothing is sealed here; W9 has that.
#include "sync/record/merge.h"
#include "tests/bench/figures.h"
#include "tests/bench/record_merging.h"

namespace {

using namespace record;

constexpr size_t devices = 6, questions = 40;

seal::DeviceKeys keys_of(base::SeededRandom& random) {
  return seal::DeviceKeys::from(seal::Key::from(random));
}

class Many {
 public:
  Many() {
    base::SeededRandom random(2);
    seal::DeviceKeys root = keys_of(random), coordinator = keys_of(random);
    std::vector<Statement> all;
    std::map<base::DeviceId, std::pair<uint64_t, base::Hash>> chains;
    auto say = [&](const seal::DeviceKeys& by, StatementType type, const seal::DeviceKeys& subject) {
      Statement s;
      s.type = type;
      auto& [sequence, previous] = chains[by.id];
      s.sequence = ++sequence;
      s.previous = previous;
      s.subject = subject.id;
      s.subject_sign = subject.sign.pub;
      s.subject_box = subject.box.pub;
      (void)sign_statement(s, by);
      previous.bytes = s.id.bytes;
      all.push_back(s);
    };
    say(root, StatementType::appoint, coordinator);
    for (size_t i = 0; i < devices; ++i) {
      seal::DeviceKeys device = keys_of(random);
      ids_.push_back(device.id);
      say(coordinator, StatementType::enrol, device);
    }
    authority_ = Authority::from({}, root.sign.pub, all);
    Revision whole, correction;
    whole.full = true;
    for (size_t q = 0; q < questions; ++q)
      whole.answers.push_back(
          {{"q" + std::to_string(10 + q), {}}, *make_value(Tag::integer, std::to_string(q)), Origin::given});
    correction.kind = RevisionKind::amend;
    correction.answers = {{{"q10", {}}, *make_value(Tag::integer, "44"), Origin::given}};
    whole_ = *encode_revision(whole);
    correction_ = *encode_revision(correction);
  }

  // The i-th link: of four in a row of one device, the last corrects the first.
  Link link(size_t i) const {
    size_t four = i / 4, place = i % 4;
    Link out;
    out.device = ids_[four % devices];
    out.sequence = four / devices * 4 + place + 1;
    out.id = id(i);
    if (out.sequence > 1) out.previous.bytes = id(place > 0 ? i - 1 : i - 4 * (devices - 1) - 1).bytes;
    out.record = record(place == 3 ? i - 3 : i);
    return out;
  }
  void merge(Merge& merge, size_t from, size_t to) const {
    if (from == 0) merge.set_authority(authority_);
    for (size_t i = from; i < to; ++i) merge.add(link(i));
    for (const Merge::Work& work : merge.work()) {
      std::vector<Revision> counted;
      for (const RevisionId& one : work.counted) {
        size_t i = 0;
        std::memcpy(&i, one.bytes.data() + 16, sizeof i);
        Link of = link(i);
        Revision r = *decode_revision(i % 4 == 3 ? correction_ : whole_);
        r.id = of.id;
        r.previous = of.previous;
        r.record = of.record;
        r.device = of.device;
        r.sequence = of.sequence;
        if (i % 4 == 3) r.parents = {id(i - 3)};
        counted.push_back(std::move(r));
      }
      merge.done(work, view_record(std::move(counted), authority_));
    }
  }

 private:
  static uint64_t spread(size_t i) { return (i + 1) * 0x9E3779B97F4A7C15u; }
  static RevisionId id(size_t i) {
    RevisionId out;
    uint64_t first = spread(i);
    std::memcpy(out.bytes.data(), &first, sizeof first);
    std::memcpy(out.bytes.data() + 16, &i, sizeof i);
    return out;
  }
  static RecordId record(size_t i) {
    RecordId out;
    uint64_t first = spread(i ^ 0x5555);
    std::memcpy(out.bytes.data(), &first, sizeof first);
    std::memcpy(out.bytes.data() + 8, &i, sizeof i);
    return out;
  }
  std::vector<base::DeviceId> ids_;
  Authority authority_;
  base::Bytes whole_, correction_;
};

void expect(Merge& merge, size_t n) {
  if (merge.records() != n / 4 * 3 + n % 4 || merge.set_aside() != 0) std::exit(1);
}

}  // namespace

void bench::merging(size_t n) {
  Many many;
  std::vector<size_t> sizes = n ? std::vector<size_t>{n} : std::vector<size_t>{10'000, 100'000};
  if (!n && std::getenv("RIHLA_LONG")) sizes.push_back(1'000'000);
  for (size_t size : sizes) {
    double before = peak_rss_mb();
    figure("merge", std::to_string(size).c_str(), size, [&] {
      Merge merge;
      many.merge(merge, 0, size);
      expect(merge, size);
    });
    std::printf("{\"workload\":\"merge\",\"op\":\"memory\",\"n\":%zu,\"bytes_a_revision\":%.0f}\n", size,
                (peak_rss_mb() - before) * 1024 * 1024 / static_cast<double>(size));
  }
  size_t large = n ? n : 100'000, more = n ? n / 4 * 4 : 1000, at = large;
  Merge merge;
  many.merge(merge, 0, large);
  figure("merge", "1000_more", more, [&] {
    many.merge(merge, at, at + more);
    at += more;
    expect(merge, at);
  });
}
