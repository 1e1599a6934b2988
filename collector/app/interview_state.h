// What interview.cpp and corrections.cpp share. Internal.
#pragma once

#include "collector/app/interview.h"

namespace app {

engine::Environment environment_of(const World& world, const Profile* profile, int language);
// Answers and instances of what is open now; of a refusal only what may be kept.
std::vector<record::Answer> answers_to_seal(const engine::Session& session, bool refused);

}  // namespace app
