// Every screen of the demonstration in every language, both directions, every theme, the smallest window and
// the largest text: nothing cut, clipped, overlapping, missing or hard to read.
#include <doctest/doctest.h>

#include <filesystem>
#include <functional>
#include <set>

#include "collector/app/demo.h"
#include "collector/app/desk.h"
#include "collector/app/platform.h"
#include "collector/window/screen.h"
#include "collector/window/tour.h"
#include "tests/collector/window/judge.h"
#include "tests/support/folder.h"

using namespace window;

namespace {

const std::filesystem::path questionnaires = std::filesystem::path(RIHLA_SOURCE) / "forms/questionnaires";

struct Demonstration {
  support::Folder folder;
  base::ManualClock clock{*base::parse_instant("2026-11-24T09:00:00Z", 0), 60};
  base::SeededRandom random{3};
  Demonstration() {
    auto report = app::run_demo(folder.path(), {.devices = 2, .interviews = 8, .seed = 1}, questionnaires, {});
    REQUIRE(report);
  }
  // A copy each time: a tour begins interviews.
  std::filesystem::path copy() {
    std::filesystem::path to = folder.path() / ("copy" + std::to_string(++copies));
    std::filesystem::copy(folder.path() / "workspace", to, std::filesystem::copy_options::recursive);
    return to;
  }
  int copies = 0;
};

Demonstration& demonstration() {
  static Demonstration one;
  return one;
}

struct Look {
  std::string language;
  const Theme* theme = &light;
  float width = 1280, height = 800;
};

struct Seen {
  int screens = 0, texts = 0;
  std::vector<std::string> complaints;
};

Seen judge_all(const Look& look, const std::function<void(const std::string&, const app::Screen&, const std::vector<Mark>&)>& also = {}) {
  auto opened = text::Shaper::open(std::filesystem::path(RIHLA_BINARY) / "share/fonts");
  REQUIRE(opened);
  Kit kit(**opened, *look.theme);
  kit.size(look.width, look.height, 1);
  Scratch scratch;
  std::filesystem::path workspace = demonstration().copy();
  auto desk = app::Desk::open(
      workspace, {&demonstration().clock, &demonstration().random, questionnaires / "lists",
                  std::filesystem::path(RIHLA_SOURCE) / "tests/window/forms"});
  desk->apply(app::ChangeInterface{look.language});
  Seen seen;
  auto stop = [&](const std::string& name) {
    std::vector<Mark> marks;
    app::Strings strings(desk->frame().language);
    for (int pass = 0; pass < 3; ++pass) {  // heights are learned in the first
      kit.direction(reads_from_right(*desk));
      marks.clear();
      kit.record(&marks);
      kit.begin(nullptr);
      draw(kit, strings, desk->frame(), desk->screen(), scratch);
      kit.end();
    }
    kit.record(nullptr);
    ++seen.screens;
    for (const Mark& m : marks) seen.texts += m.kind == Mark::Kind::text;
    if (also && scratch.open == Open::nothing) also(name, desk->screen(), marks);
    for (const std::string& one : judge::complaints(marks, {0, 0, look.width, look.height}))
      seen.complaints.push_back(name + ": " + one);
  };
  tour(*desk, scratch, {"amina", "salma", std::string(app::demo_passphrase)}, stop);
  desk.reset();
  std::filesystem::remove_all(workspace);
  return seen;
}

void check(const Look& look) {
  CAPTURE(look.language);
  CAPTURE(look.width);
  Seen seen = judge_all(look);
  CHECK(seen.screens > 15);
  CHECK(seen.texts > 300);
  for (const std::string& one : seen.complaints) FAIL_CHECK(one);
}

}  // namespace

TEST_CASE("every key that a screen shows stands in its list on F1, and each screen shows its own") {
  // By how the tour names its stops: what must be seen there.
  const std::pair<const char*, std::vector<const char*>> own[] = {
      {"unlock", {"Enter", "F1"}},
      {"lock", {"Enter", "F1"}},
      {"home-coordinator", {"1", "2", "3", "F1", "F12"}},
      {"interview-twinlearn_staff-01", {"F1", "F5", "F9", "F12", "Esc", "Enter", "PgUp"}},
      {"submit-twinlearn_staff", {"Esc", "F1", "F12"}},
      {"settings", {"Esc", "F1", "F12"}},
      {"about", {"Esc", "F1", "F12"}},
      {"help-1", {"Esc", "↑  ↓", "F1", "F12"}},
      {"sync", {"F1", "F12"}},
      {"conflicts", {"F1", "F12"}},
      {"table", {"←  →", "↑  ↓", "PgUp  PgDn"}},
      {"editor", {"Ctrl ↑  ↓"}}};
  app::Strings strings("en");
  std::set<std::string> met;
  int consent = 0;
  judge_all({"en", &light, 1366, 768}, [&](const std::string& name, const app::Screen& screen, const std::vector<Mark>& marks) {
    CAPTURE(name);
    std::set<std::string> caps;
    for (const Mark& m : marks)
      if (m.cap) caps.insert(m.words);
    std::vector<std::string> listed = keys_listed(strings, screen);
    for (const std::string& cap : caps) {
      std::string key = cap.find_first_not_of("0123456789") == std::string::npos ? "1 … 9" : cap;
      bool there = std::find(listed.begin(), listed.end(), key) != listed.end();
      if (std::holds_alternative<app::HelpView>(screen)) there = true;  // its pages speak of keys of other screens
      CHECK_MESSAGE(there, cap);
    }
    for (const auto& [stop, keys] : own)
      if (name == stop) {
        met.insert(stop);
        for (const char* key : keys) CHECK_MESSAGE(caps.count(key) == 1, key);
      }
    const auto* view = std::get_if<app::InterviewView>(&screen);
    if (!view || !view->consent) return;
    ++consent;
    for (const char* key : {"F1", "F9", "F11", "F12", "Esc", "Enter", "PgUp"}) CHECK_MESSAGE(caps.count(key) == 1, key);
    if (view->consent->card && !view->consent->code.empty()) CHECK(caps.count("Ctrl P") == 1);
  });
  CHECK(consent > 3);
  for (const auto& [stop, keys] : own) CHECK_MESSAGE(met.count(stop) == 1, stop);
}

TEST_CASE("every screen in every language fits the usual window") {
  for (const std::string& language : app::interface_languages()) check({language});
}

TEST_CASE("every screen fits a small laptop's window, and the largest text on it") {
  for (const char* language : {"fr", "ar", "tr", "nl", "xx"}) {
    check({language, &light, 1366, 768});
    check({language, &light, 1366 / 1.3f, 768 / 1.3f});
  }
}

TEST_CASE("every theme can be read, on every screen, in both directions, on a small laptop with the largest text") {
  for (const Theme* theme : {&dark, &contrast})
    for (const char* language : {"fr", "ar"}) {
      check({language, theme});
      check({language, theme, 1366 / 1.3f, 768 / 1.3f});
    }
}
