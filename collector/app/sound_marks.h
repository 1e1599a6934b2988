// Sound marks: the moments of a recording that somebody marked. They are lines of its note, each its clock and what
// was asked then, so that whoever exports the note reads them too.
//
//   note += clock_text(recorder.ms()) + "  " + question;
//   for (const SoundMark& mark : marks_in(note)) list(mark.clock, mark.words);      // in the order of time
//
// Lines that begin with no clock are a person's own words and no marks.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "collector/app/views_media.h"

namespace app {

std::string clock_text(int64_t ms);  // "03:07", "1:03:07"
std::vector<SoundMark> marks_in(std::string_view note);

}  // namespace app
