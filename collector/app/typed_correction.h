// Typed correction: what somebody types into a finished interview and has not been sealed yet. A correction has no
// journal that each key could go to; this is one sealed setting of the vault, so that a machine that goes out loses
// nothing.
//
//   keep_typed(profile, {record, "age_years", "34"});       // with each key
//   forget_typed(profile, record, "age_years");             // it is sealed
//   if (auto typed = typed_correction(profile)) …           // the interview is opened again
//
// Only of the interview that can still be read here: whatever is older is forgotten when it is asked for.
#pragma once

#include "collector/app/profile.h"

namespace app {

struct TypedCorrection {
  base::RecordId record;
  std::string question, typed;
};

base::Status keep_typed(Profile& profile, const TypedCorrection& typed);
base::Status forget_typed(Profile& profile, const base::RecordId& record, const std::string& question);
std::optional<TypedCorrection> typed_correction(Profile& profile);

}  // namespace app
