// Seen: what a coordinator's first screen says of the centre, without opening anything: as it was last counted.
//
//   Seen seen = read_seen(profile);            // sealed in the vault, one setting
//   count_centre(profile, "fr", synced);       // counted anew, where something came or went since
//
// Counting looks at the dataset as any other screen does (centre.h): its cost is what changed since. What
// cannot be counted stays as it was.
#pragma once

#include <optional>

#include "collector/app/centre.h"

namespace app {

struct Seen {
  int64_t revisions = -1, shreds = -1;  // in the central file when it was counted; -1: never
  int interviews = 0, to_settle = 0;
  int64_t synced_ms = 0;  // 0: never
  int came = 0;           // interviews that sync brought
};

Seen read_seen(Profile& coordinator);
void keep_seen(Profile& coordinator, const Dataset& dataset);
// `synced`: a sync has just ended, at that time.
void count_centre(Profile& coordinator, std::string_view language, std::optional<base::Instant> synced = {});

}  // namespace app
