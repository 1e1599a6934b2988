// Handed cards: of which open interviews somebody has said that the withdrawal code stands on the respondent's card.
//
//   keep_handed(profile, draft, true);   if (!is_handed(profile, draft)) …
//
// One sealed setting of the vault; an id leaves it when its interview is finished. Cost: one setting.
#pragma once

#include "collector/app/profile.h"

namespace app {

bool is_handed(Profile& profile, const base::DraftId& draft);
base::Status keep_handed(Profile& profile, const base::DraftId& draft, bool handed);

}  // namespace app
