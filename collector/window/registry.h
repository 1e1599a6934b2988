// Registry: what stands on screen, as lines of text, for tests that read it instead of pixels.
//
//   out << describe(desk.frame(), desk.screen(), kit, scale);
//
// One fact a line, its parts separated by tabs; a tab, a line feed and a backslash inside a part are written
// \t, \n and \\. What is typed into a passphrase field is never written.
//
//   screen    interview
//   frame     ar  practice(0/1)  notice is a problem(0/1)  notice
//   page      page, from 0  pages  grid(0/1)  last(0/1)  language, by index
//   question  id  kind  required(0/1)  choices  value  problem(0/1)  label  read only(0/1)  many lines(0/1)
//             the problem in words
//   choice    question id  number, from 1  value  label
//   asks      id of the question the keyboard speaks to
//   repeat    id of the repeat that another instance may be added to  instances
//   focus     widget id  what is typed in it
//   widget    id  x  y  w  h   (pixels, as seen)
#pragma once

#include <string>

#include "collector/app/views.h"
#include "collector/window/kit.h"

namespace window {

std::string describe(const app::Frame& frame, const app::Screen& screen, Kit& kit, float scale);

}  // namespace window
