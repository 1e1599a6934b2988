#include "tests/torture/mutate.h"

#include <algorithm>

namespace torture {
namespace {

Bytes changed(const Mutation& m) {
  Bytes out = m.sample->bytes;
  if (m.how < 8)
    out[m.place] = static_cast<uint8_t>(out[m.place] ^ (1u << m.how));
  else if (m.how < 10)
    out[m.place] = m.how == 8 ? 0x00 : 0xff;
  else if (m.how == 10)
    out.resize(m.place);
  else
    out.resize(out.size() + m.place, 0x5a);
  return out;
}

const Codes expected(const Mutation& m) {
  if (m.how < 10) return m.sample->expected(m.place);
  return m.how == 10 ? m.sample->cut(m.place) : m.sample->longer;
}

std::string told(const Codes& codes) {
  std::string out;
  for (const std::string& code : codes) out += (out.empty() ? "" : " or ") + code;
  return out;
}

}  // namespace

std::vector<Mutation> mutations_of(const Sample& sample) {
  std::vector<Mutation> out;
  for (size_t place = 0; place < sample.bytes.size(); ++place)
    for (uint8_t how = 0; how < 10; ++how) {
      bool same = (how == 8 && sample.bytes[place] == 0) || (how == 9 && sample.bytes[place] == 0xff);
      if (!same) out.push_back({&sample, place, how});
    }
  if (!sample.cut) return out;
  for (size_t n = 0; n < sample.bytes.size(); ++n) out.push_back({&sample, n, 10});
  for (size_t more = 1; more <= 64; ++more) out.push_back({&sample, more, 11});
  return out;
}

Tally try_all(const Options& options, std::vector<std::vector<Mutation>> samples) {
  Tally tally;
  base::SeededRandom random(options.seed);
  // The smaller samples whole, as far as their share goes; of the larger ones as many as are left.
  std::sort(samples.begin(), samples.end(), [](const auto& a, const auto& b) { return a.size() < b.size(); });
  int64_t left = options.count;
  for (size_t i = 0; i < samples.size(); ++i) {
    const std::vector<Mutation>& all = samples[i];
    int64_t share =
        std::min<int64_t>(static_cast<int64_t>(all.size()), left / static_cast<int64_t>(samples.size() - i));
    bool every = share == static_cast<int64_t>(all.size());
    for (int64_t n = 0; n < share; ++n, ++tally.trials) {
      const Mutation& m = all[every ? static_cast<size_t>(n) : random.below(all.size())];
      Bytes bytes = changed(m);
      Codes right = expected(m);
      std::string code = options.control ? m.sample->careless(bytes) : m.sample->read(bytes);
      if (right.count(code) > 0) continue;
      ++(code.rfind("good", 0) == 0 ? tally.accepted : tally.false_alarms);
      complain(options, tally.trials,
               m.sample->name +
                   (m.how < 10    ? ", byte "
                    : m.how == 10 ? ", cut to "
                                  : ", longer by ") +
                   std::to_string(m.place) + ", change " + std::to_string(m.how) + ": " + code +
                   " instead of " + told(right));
    }
    left -= share;
    tally.more += (tally.more.empty() ? "" : ", ") + all.front().sample->name + " " + std::to_string(share) +
                  " of " + std::to_string(all.size());
  }
  return tally;
}

}  // namespace torture
