// flips: every byte of a bundle, an envelope and a key file changed in ten ways, every truncation, up to 64 bytes more.
// Each must be refused, with the code that the format page's order of checks comes to first. The control is a reader
// that checks the structure, and neither hash nor signature.
#include "tests/torture/mutate.h"

namespace torture {
namespace {

Tally run(const Options& options) {
  World world(options.seed);
  std::vector<Sample> samples = {bundle_sample(world), envelope_sample(world), key_sample(world)};
  std::vector<std::vector<Mutation>> all;
  for (const Sample& sample : samples) {
    if (sample.read(sample.bytes) != "good")
      return proves_nothing("the unchanged " + sample.name + " is refused");
    all.push_back(mutations_of(sample));
  }
  return try_all(options, std::move(all));
}

}  // namespace

extern const Mode flips_mode;
const Mode flips_mode{
    .name = "flips",
    .help = "every byte of a bundle, an envelope and a key file, ten changes each; every truncation",
    .count = 60'000,
    .long_count = 10'000'000,
    .control_count = 2'000,
    .run = run};

}  // namespace torture
