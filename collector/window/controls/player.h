// Player: one recording to be heard, on a question's page or in the list of an interview's recordings.
//
//   y += draw_player({kit, s, sound, events, q.id, q.media->name, q.media->marks, a.free_key(), a.active}, rect);
//
// Space plays and pauses, Backspace goes back three seconds, Up and Down change the speed, a digit goes to a mark; by
// the mouse the line too. Asks for Play, PlayAt, PlayFrom and their like with the recording's id.
#pragma once

#include "collector/window/screen.h"

namespace window {

struct Heard {
  Kit& kit;
  const app::Strings& s;
  const app::SoundView& sound;  // what is recorded or heard now, of any recording
  Events& events;
  std::string id, name;
  const std::vector<app::SoundMark>& marks;
  const Input* free;   // this pass's key, where it speaks to this recording
  bool keyed = false;  // … and whether it would: the keys are shown
};

float draw_player(const Heard& heard, Rect r);  // the height used

}  // namespace window
