// Bench: one screen built without a display, and keys pressed on it. Views made by hand for it.
#pragma once

#include <doctest/doctest.h>

#include <filesystem>

#include "collector/window/screen.h"

namespace support {

using namespace window;

inline constexpr float wide = 1280;
inline constexpr float high = 800;

struct Bench {
  std::unique_ptr<text::Shaper> shaper;
  std::unique_ptr<Kit> kit;
  Scratch scratch;
  app::Frame frame;
  app::Screen screen;
  app::Strings strings{"en"};

  explicit Bench(app::Screen what, bool coordinator = false, bool rtl = false) : screen(std::move(what)) {
    auto opened = text::Shaper::open(std::filesystem::path(RIHLA_BINARY) / "share/fonts");
    REQUIRE(opened);
    shaper = std::move(*opened);
    kit = std::make_unique<Kit>(*shaper, light);
    kit->size(wide, high, 1);
    kit->direction(rtl);
    frame.coordinator = coordinator;
    frame.project = "Essai";
    frame.profile = "amina";
    pass();
    pass();
  }
  Events pass(const Input* input = nullptr) {
    kit->begin(input);
    Events events = draw(*kit, strings, frame, screen, scratch);
    kit->end();
    return events;
  }
  Events press(Key key, bool shift = false, int digit = -1, bool control = false) {
    Input i;
    i.kind = Input::Kind::key;
    i.key = key;
    i.shift = shift;
    i.control = control;
    i.digit = digit;
    Events events = pass(&i);
    pass();
    return events;
  }
  Events character(uint32_t c) {
    Input i;
    i.kind = Input::Kind::character;
    i.character = c;
    Events events = pass(&i);
    pass();
    return events;
  }
  std::vector<Mark> marks() {  // what is drawn
    std::vector<Mark> out;
    kit->record(&out);
    pass();
    kit->record(nullptr);
    return out;
  }
  std::vector<std::string> walk() {  // from the first widget, by Tab, until it comes round
    kit->focus("");
    std::vector<std::string> seen;
    for (size_t n = 0; n <= kit->registry().size(); ++n) {
      press(Key::tab);
      if (!seen.empty() && kit->focus() == seen.front()) break;
      seen.push_back(kit->focus());
    }
    return seen;
  }
};

inline bool kit_focus_is(const Kit& kit, const std::string& id) {
  return kit.focus() == id;
}

inline app::QuestionView question(const std::string& id, definition::ControlKind kind, int choices = 0) {
  app::QuestionView q;
  q.id = id;
  q.label = "Question " + id;
  q.control.kind = kind;
  for (int n = 1; n <= choices; ++n)
    q.choices.push_back({"v" + std::to_string(n), "Choice " + std::to_string(n), "", false, 0});
  return q;
}

inline app::InterviewView interview(std::vector<app::QuestionView> questions) {
  app::InterviewView view;
  view.title = "Form";
  view.section = "Section";
  view.languages = {"English", "العربية"};
  view.language = "English";
  view.questions = std::move(questions);
  view.focus = view.questions.front().id;
  view.outline = {{"a", "First", 1, 2, 0, app::SectionState::partial, true},
                  {"b", "Second", 0, 2, 0, app::SectionState::untouched, false}};
  view.pages = 4;
  view.page = 1;
  view.can_go_back = true;
  return view;
}

inline app::InterviewView card_page() {
  app::InterviewView view = interview({question("card", definition::ControlKind::note)});
  view.consent = app::ConsentView{.title = "The card", .card = true, .code = "AAAA BBBB CCCC DDDD EE"};
  return view;
}

}  // namespace support
