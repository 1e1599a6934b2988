#include "collector/window/stage.h"

#include "collector/window/tour.h"

namespace window {

Events Stage::draw(const Input* input) {
  kit_.direction(reads_from_right(desk_));
  kit_.begin(input);
  app::Strings strings(desk_.frame().language);
  Events events = window::draw(kit_, strings, desk_.frame(), desk_.screen(), scratch);
  kit_.end();
  return events;
}

void Stage::apply(const app::Event& event) {
  if (const auto* visit = std::get_if<app::Visit>(&event);
      visit && (visit->where == app::Go::lock || visit->where == app::Go::home))
    keep_pending();
  desk_.apply(event);
  bool locked = std::holds_alternative<app::UnlockView>(desk_.screen());
  if (locked && !locked_) {  // nothing stays
    kit_.forget_fields();
    shaper_.forget_all();
    Scratch nothing;
    nothing.seconds = scratch.seconds;
    std::swap(scratch, nothing);
    for (auto& [id, text] : nothing.pending) wipe(text);
    for (auto& [id, list] : nothing.controls.lists) wipe(list.search);
  }
  locked_ = locked;
}

void Stage::keep_pending() {
  std::map<std::string, std::string> pending;
  pending.swap(scratch.pending);
  for (auto& [id, typed] : pending) {
    desk_.apply(app::Answer{id.substr(6), typed});  // after "field."
    wipe(typed);
  }
}

void Stage::pass(const Input& input) {
  for (const app::Event& event : draw(&input)) apply(event);
  // Once more without input, so that the next key meets the new screen.
  draw();
}

}  // namespace window
