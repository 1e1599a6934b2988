// Held: a real interview, practised on a form, with keys and a mouse and no display. `Held held(sheets)` writes the
// form; without sheets it is the one that asks a question of every control (tests/window/forms/controls).
#pragma once

#include <doctest/doctest.h>

#include <algorithm>

#include "collector/app/desk.h"
#include "collector/window/stage.h"
#include "tests/collector/window/bench.h"
#include "tests/support/folder.h"

namespace support {

struct Sheets {
  std::string survey, choices = "list_name,name,label::English (en)\nyn,yes,Yes\nyn,no,No\n";
  std::vector<std::pair<std::string, std::string>> files = {};  // what else lies beside them: name, bytes
};

// A person at a window: keys, a mouse, and what is seen.
struct Hands {
  std::unique_ptr<text::Shaper> shaper;
  std::unique_ptr<Kit> kit;
  std::unique_ptr<app::Desk> desk;
  std::unique_ptr<Stage> stage;

  void sit(std::unique_ptr<app::Desk> at) {
    stage.reset();
    auto opened = text::Shaper::open(std::filesystem::path(RIHLA_BINARY) / "share/fonts");
    REQUIRE(opened);
    shaper = std::move(*opened);
    kit = std::make_unique<Kit>(*shaper, light);
    kit->size(wide, high, 1);
    desk = std::move(at);
    stage = std::make_unique<Stage>(*desk, *kit, *shaper);
  }
  const app::InterviewView& view() { return std::get<app::InterviewView>(desk->screen()); }
  const app::QuestionView& question(const std::string& id) {
    auto& all = view().questions;
    auto at = std::find_if(all.begin(), all.end(), [&](const app::QuestionView& q) { return q.id == id; });
    REQUIRE_MESSAGE(at != all.end(), id);
    return *at;
  }
  std::string value(const std::string& id) { return question(id).value; }
  std::string notice() { return desk->frame().notice; }
  void go(const std::string& id) {
    stage->apply(app::JumpTo{id});
    stage->draw();
    stage->draw();
  }
  void key(Key which, bool alt = false, bool control = false, int digit = -1) {
    Input i;
    i.kind = Input::Kind::key;
    i.key = which;
    i.alt = alt;
    i.control = control;
    i.digit = digit;
    stage->pass(i);
  }
  void digit(int n) { key(Key::digit, false, false, n); }
  void letter(char upper, bool control = true) {
    Input i;
    i.kind = Input::Kind::key;
    i.key = Key::letter;
    i.letter = upper;
    i.control = control;
    stage->pass(i);
  }
  void type(const std::string& typed) {
    for (char c : typed) {
      bool digit = c >= '0' && c <= '9';
      Input down;  // a character comes after its key
      down.kind = Input::Kind::key;
      down.key = digit ? Key::digit : c == ' ' ? Key::space : Key::letter;
      down.digit = digit ? c - '0' : -1;
      stage->pass(down);
      Input i;
      i.kind = Input::Kind::character;
      i.character = static_cast<unsigned char>(c);
      stage->pass(i);
    }
  }
  const Widget* widget(const std::string& id) {
    stage->draw();
    for (const Widget& w : kit->registry())
      if (w.id == id) return &w;
    return nullptr;
  }
  void mouse(Input::Kind kind, float x, float y) {
    Input i;
    i.kind = Input::Kind::move;
    i.x = x;
    i.y = y;
    stage->pass(i);
    i.kind = kind;
    if (kind != Input::Kind::move) stage->pass(i);
  }
  void click(const std::string& id) {
    const Widget* w = widget(id);
    REQUIRE_MESSAGE(w, id);
    float x = w->place.x + w->place.w / 2;
    float y = w->place.y + w->place.h / 2;
    mouse(Input::Kind::press, x, y);
    mouse(Input::Kind::release, x, y);
  }
  std::vector<Mark> marks() {  // what is drawn
    std::vector<Mark> out;
    kit->record(&out);
    stage->draw();
    kit->record(nullptr);
    return out;
  }
  bool shows(const std::string& said) {  // whole, not cut
    auto all = marks();
    return std::any_of(all.begin(), all.end(), [&](const Mark& m) { return m.words == said && !m.cut; });
  }
};

// A real interview, practised on a form.
struct Held : Hands {
  Folder folder;
  base::ManualClock clock{*base::parse_instant("2026-11-24T09:00:00Z", 0), 60};
  base::SeededRandom random{5};

  ~Held() {
    stage.reset();
    desk.reset();
  }
  explicit Held(const Sheets& sheets, sound::System* sound = nullptr, const std::string& language = "en") {
    folder.write("forms/held/survey.csv", sheets.survey);
    folder.write("forms/held/choices.csv", sheets.choices);
    for (const auto& [name, bytes] : sheets.files) folder.write("forms/held/" + name, bytes);
    folder.write("forms/held/settings.csv", "form_title,form_id,version,default_language\nHeld,held,1,English (en)\n");
    begin(folder.path() / "forms", "held", sound, language);
  }
  explicit Held(const std::string& language = "en", sound::System* sound = nullptr) {
    begin(std::filesystem::path(RIHLA_SOURCE) / "tests/window/forms", "controls", sound, language);
  }

 private:
  void begin(const std::filesystem::path& forms, const std::string& form, sound::System* sound,
             const std::string& language) {
    sit(app::Desk::open(folder.path() / "work", {.clock = &clock,
                                                 .random = &random,
                                                 .lists = folder.path() / "lists",
                                                 .practice = forms,
                                                 .sound = [sound] { return sound; }}));
    desk->apply(app::ChangeInterface{language});
    desk->apply(app::Practise{});
    desk->apply(app::NewInterview{form});
    stage->draw();
    stage->draw();
  }
};

}  // namespace support
