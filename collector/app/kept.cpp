#include "collector/app/kept.h"

#include <algorithm>
#include <charconv>

namespace app {

namespace {

// Withdrawn without a card, at a coordinator's word: a centre that has deleted it said so. What the device kept for
// that centre goes too.
base::Status drop_withdrawn(Profile& profile) {
  auto finished = profile.vault().finished();
  if (!finished) return base::pass(finished.error());
  for (const store::Finished& f : *finished)
    if (f.delivery == store::Delivery::received && !f.withdrawn &&
        !profile.authority().shredded_by(f.record).empty())
      if (auto done = profile.vault().shred(f.record); !done) return done;
  return {};
}

}  // namespace

base::Status drop_old(Profile& profile) {
  if (auto done = drop_withdrawn(profile); !done) return done;
  int64_t days = kept_days;
  std::string said = profile.authority().policy("keep_days");
  (void)std::from_chars(said.data(), said.data() + said.size(), days);
  auto dropped = profile.vault().drop_kept(std::clamp<int64_t>(days, 0, 3650) * 24 * 3600 * 1000);
  return dropped ? base::Status() : base::Status(base::pass(dropped.error()));
}

base::Result<int64_t> prune(Profile& profile) {
  return profile.vault().drop_kept(0);
}

}  // namespace app
