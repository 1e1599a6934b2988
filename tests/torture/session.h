// A session: a fieldworker and a centre at work, every step drawn from a seed, so that whoever knows the seed and what
// was acknowledged can tell what must be there after the session was cut off anywhere.
//
//   Session session(folder, seed);
//   session.hold(say);                             // says `starts` before each step and its kind when it returned
//   session.missing(folder, acknowledged)          // empty: everything acknowledged is there, whole, and no ghosts
//
// Steps: a profile made, drafts begun, answers typed one by one and several at once, attachments recorded, interviews
// finished, the passphrase changed, bundles put on a stick, and imported at the centre with their attachments; the
// central file backed up, moved, and restored.
#pragma once

#include <functional>
#include <map>
#include <set>

#include "tests/torture/centre.h"

namespace torture {

enum Step : int64_t { starts, created, begun, answered, recorded, kept, finished, words, imported, handed, backed, moved,
                     restored, stored };

struct Acknowledged {
  std::map<int64_t, std::set<int64_t>> of;  // by step
  void take(int64_t step, int64_t n) { of[step].insert(n); }
  bool has(int64_t step, int64_t n) const {
    auto at = of.find(step);
    return at != of.end() && at->second.count(n) > 0;
  }
};

class Session {
 public:
  using Say = std::function<void(int64_t step, int64_t n)>;
  enum class Honesty : uint8_t { honest, lies };  // lies: acknowledges each step before it is taken
  Session(std::filesystem::path folder, uint64_t seed, int steps = 40, Honesty honesty = Honesty::honest);

  bool hold(const Say& say);
  const std::string& why() const { return why_; }  // it could not be held
  std::string missing(const std::filesystem::path& folder, const Acknowledged& acknowledged) const;

 private:
  std::filesystem::path folder_;
  uint64_t seed_;
  int steps_;
  Honesty honesty_;
  std::string why_;
};

}  // namespace torture
