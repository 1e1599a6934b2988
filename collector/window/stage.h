// Stage: the desk, the kit and the screens together, without a window: what one input does, and what is
// drawn. The loop, the benches and tests without a display are its clients.
//
//   Stage stage(*desk, kit, shaper);
//   stage.pass(input);      // the input to the screen, its events to the desk, and a pass without input
//   stage.draw();           // one pass to whatever the kit's target is
//
// When the desk is locked nothing of an interview stays in the kit, the shaper or the scratch. Borrows all
// three.
#pragma once

#include <functional>

#include "collector/app/desk.h"
#include "collector/window/screen.h"

namespace window {

// Whoever asks for this goes on typing where they are.
bool stays_in_field(const app::Event& event);

class Stage {
 public:
  Stage(app::Desk& desk, Kit& kit, text::Shaper& shaper) : desk_(desk), kit_(kit), shaper_(shaper) {}
  void pass(const Input& input);
  Events draw(const Input* input = nullptr);
  void apply(const app::Event& event);
  void keep_place();    // before leaving or locking: what is typed, and where the caret stands
  void keep_pending();  // what is typed and not yet an answer becomes one: before locking, leaving, ending
  app::Desk& desk() { return desk_; }
  Kit& kit() { return kit_; }
  Scratch scratch;
  // What the system does for the window; none: nothing happens.
  std::function<void(app::PrintCard&)> write_card;           // draws the card's sheet into the event
  std::function<void(const app::InterviewView&)> read_aloud;  // the question; again: silence

 private:
  app::Desk& desk_;
  Kit& kit_;
  text::Shaper& shaper_;
  bool locked_ = true;
};

}  // namespace window
