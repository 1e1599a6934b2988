#include "collector/window/stage.h"

#include "collector/app/platform.h"
#include "collector/window/tour.h"

namespace window {

bool stays_in_field(const app::Event& e) {
  return std::holds_alternative<app::Answer>(e) || std::holds_alternative<app::Find>(e) ||
         std::holds_alternative<app::Say>(e) || std::holds_alternative<app::Record>(e) ||
         std::holds_alternative<app::PauseRecording>(e) || std::holds_alternative<app::MarkRecording>(e) ||
         std::holds_alternative<app::EndRecording>(e) || std::holds_alternative<app::OfferBeside>(e);
}

Events Stage::draw(const Input* input) {
  kit_.direction(reads_from_right(desk_));
  kit_.begin(input);
  app::Strings strings(desk_.frame().language);
  Events events = window::draw(kit_, strings, desk_.frame(), desk_.screen(), scratch);
  kit_.end();
  return events;
}

void Stage::apply(const app::Event& event) {
  const auto* visit = std::get_if<app::Visit>(&event);
  bool hides = std::holds_alternative<app::Hide>(event);
  if (hides || (visit && visit->where != app::Go::back_to_interview))
    keep_place();
  else if (!stays_in_field(event))  // out of a menu, say: what was typed under it is judged, and sealed, before
    keep_pending();
  if (const auto* card = std::get_if<app::PrintCard>(&event); card && write_card) {
    app::PrintCard drawn = *card;
    write_card(drawn);
    desk_.apply(drawn);
    wipe(drawn.pdf);
  } else {
    desk_.apply(event);
  }
  bool locked = std::holds_alternative<app::UnlockView>(desk_.screen()) ||
                std::holds_alternative<app::LockView>(desk_.screen());
  if (locked && !locked_) {  // nothing stays
    kit_.forget_fields();
    shaper_.forget_all();
    Scratch nothing;
    nothing.seconds = scratch.seconds;
    std::swap(scratch, nothing);
    for (auto& [id, text] : nothing.pending) wipe(text);
    for (auto& [id, list] : nothing.controls.lists) wipe(list.search);
    wipe(nothing.note);
    app::forget_stack();
  }
  locked_ = locked;
}

// The caret is kept too: whoever comes back goes on where they were.
void Stage::keep_place() {
  keep_pending();
  const auto* view = std::get_if<app::InterviewView>(&desk_.screen());
  if (!view || kit_.focus() != "field." + view->focus) return;
  const Editing& field = kit_.editing(kit_.focus());
  if (field.caret < field.text.size()) desk_.apply(app::Caret{view->focus, static_cast<int>(field.caret)});
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
  if (input.kind == Input::Kind::key && input.key == Key::f11 && read_aloud)
    if (const auto* view = std::get_if<app::InterviewView>(&desk_.screen())) return read_aloud(*view);
  for (const app::Event& event : draw(&input)) apply(event);
  if (std::exchange(scratch.read_aloud, false) && read_aloud)
    if (const auto* view = std::get_if<app::InterviewView>(&desk_.screen())) read_aloud(*view);
  // Once more without input, so that the next key meets the new screen.
  draw();
}

}  // namespace window
