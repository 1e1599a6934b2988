// Every screen of the demonstration in every language, both directions, every theme, the smallest window and
// the largest text: nothing cut, clipped, overlapping, missing or hard to read.
#include <doctest/doctest.h>

#include <filesystem>

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

Seen judge_all(const Look& look) {
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
