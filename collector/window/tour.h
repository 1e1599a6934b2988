// Tour: every screen there is, reached by the same events a person makes. Pictures for translators and the
// documentation are taken on it, and the tests judge each stop.
//
//   tour(desk, scratch, {"amina", "salma", words}, [&](const std::string& name) { draw and look; });
//
// The desk stands on a demonstration project, locked. Interviews are begun and answered somehow; nothing is
// finished. Names are those of files: "interview-staff-07".
#pragma once

#include <functional>
#include <string>

#include "collector/app/desk.h"
#include "collector/window/screen.h"

namespace window {

struct Travellers {
  std::string fieldworker, coordinator, passphrase;  // a label left empty: without that part
  int pages = 200;                                   // of each form, at most
};

void tour(app::Desk& desk, Scratch& scratch, const Travellers& who,
          const std::function<void(const std::string&)>& stop);

// An interview reads in its own direction, everything else in the interface's.
bool reads_from_right(const app::Desk& desk);

}  // namespace window
