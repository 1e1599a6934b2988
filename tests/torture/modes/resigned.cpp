// resigned: what flips does, by an enrolled insider, who makes hashes and signatures good again with the device's own
// key. Whoever holds the epoch's key must still refuse, and say why. The control is a reader that believes whatever is
// signed.
#include "tests/torture/mutate.h"

namespace torture {
namespace {

Tally run(const Options& options) {
  World world(options.seed);
  std::vector<Sample> samples = {resigned_envelope(world), resigned_bundle(world)};
  std::vector<std::vector<Mutation>> all;
  size_t sum = 0;
  for (const Sample& sample : samples) {
    if (sample.read(sample.bytes) != "good")
      return proves_nothing("the unchanged " + sample.name + " is refused");
    all.push_back(mutations_of(sample));
    sum += all.back().size();
  }
  Tally tally = try_all(options, std::move(all));
  // A key file costs Argon2 each time: its share is smaller, and changes that ask for more memory than the floor are
  // left to the long run.
  Sample key = resigned_key(world);
  std::vector<Mutation> of_key = mutations_of(key);
  bool everything = options.count >= static_cast<int64_t>(sum);
  if (!everything) std::erase_if(of_key, [](const Mutation& m) { return m.place >= 8 && m.place < 16; });
  Options share = options;
  share.count = everything ? options.count : options.count / 100;
  if (options.control || share.count == 0) return tally;
  Tally keys = try_all(share, {std::move(of_key)});
  tally.trials += keys.trials;
  tally.accepted += keys.accepted;
  tally.false_alarms += keys.false_alarms;
  tally.more += ", " + keys.more;
  return tally;
}

}  // namespace

extern const Mode resigned_mode;
const Mode resigned_mode{.name = "resigned",
                         .help = "the same by an enrolled insider, who signs again what they changed",
                         .count = 20'000,
                         .long_count = 10'000'000,
                         .control_count = 2'000,
                         .run = run};

}  // namespace torture
