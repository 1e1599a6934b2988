// Kept: what the centre confirmed and this laptop still has, sealed. A centre's disk may die with its backup on it:
// `rihla sync --again` then hands it over once more. Unreadable here, as it was since its window closed; a withdrawal
// shreds it as everything else.
//
//   drop_old(profile);                // what is older than the project's policy `keep_days`, 90 where it says nothing,
//                                     // and what a centre has deleted for a withdrawal
//   auto freed = prune(profile);      // all of it now, by a person's wish; what is not confirmed stays
//
// Days count by the largest time this laptop has ever seen; 0 is at the receipt.
#pragma once

#include "collector/app/profile.h"

namespace app {

inline constexpr int64_t kept_days = 90;
base::Status drop_old(Profile& profile);
base::Result<int64_t> prune(Profile& profile);  // how many interviews it dropped

}  // namespace app
