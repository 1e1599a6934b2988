// Alarms: what a coordinator must know of what did not come, in words that name people and days.
//
//   auto alarms = alarms_of(coordinator, "en");
//   alarms->missing    // "Berkane, device amina: 41–43 missing since 12 November 2026"
//   alarms->forks      // "device amina works from two copies since its 41st interview: …"
//   alarms->warnings   // the forks, and what is not lost but wants doing: a kit never tried, a word that is missing
#pragma once

#include "collector/app/profile.h"

namespace app {

struct Alarms {
  std::vector<std::string> missing, forks, warnings;
};
base::Result<Alarms> alarms_of(Profile& coordinator, std::string_view language = "en");

}  // namespace app
