// Sat: a person who has unlocked their profile, at a window, in the campaign of the product's tests.
//
//   Sat amina("amina");   amina.begin();   amina.type("34");   amina.key(Key::f12);
#pragma once

#include "tests/collector/app/campaign.h"
#include "tests/collector/window/held.h"

namespace support {

struct Sat : Hands {
  Campaign campaign;
  sound::System* sound = nullptr;

  explicit Sat(const std::string& person = "amina", const char* survey = survey_sheet, sound::System* system = nullptr)
      : campaign(survey), sound(system) {
    unlock(person);
  }
  ~Sat() {
    stage.reset();
    desk.reset();
  }
  // A new start of the program: what the one before had in memory is gone, as after a kill.
  void unlock(const std::string& person = "amina") {
    stage.reset();
    desk.reset();
    sit(app::Desk::open(campaign.workspace(), {.clock = &campaign.clock(),
                                               .random = &random,
                                               .lists = campaign.folder().path() / "lists",
                                               .sound = [this] { return sound; },
                                               .documents = campaign.documents()}));
    desk->apply(app::Unlock{person, words});
    desk->wait();
    REQUIRE_MESSAGE(std::holds_alternative<app::HomeView>(desk->screen()), notice());
    settle();
  }
  void settle() {
    desk->wait();
    stage->draw();
    stage->draw();
  }
  void apply(const app::Event& event) {
    stage->apply(event);
    settle();
  }
  void begin() {
    apply(app::NewInterview{"visit"});
    REQUIRE_MESSAGE(std::holds_alternative<app::InterviewView>(desk->screen()), notice());
    apply(app::ToggleChoice{"consent", "yes"});
    apply(app::Answer{"case_code", "MA15"});
    apply(app::Answer{"age", "34"});
  }
  // Finished, and opened again to be corrected, at the age.
  void correct() {
    begin();
    apply(app::Visit{app::Go::submit});
    apply(app::Finish{});
    REQUIRE_MESSAGE(!desk->frame().notice_is_problem, notice());
    REQUIRE(std::holds_alternative<app::HomeView>(desk->screen()));
    reopen();
  }
  void reopen() {
    apply(app::Visit{app::Go::home});
    std::string id;
    for (const app::InterviewCard& one : std::get<app::HomeView>(desk->screen()).interviews)
      if (one.name == "MA15") id = one.id;
    REQUIRE_MESSAGE(!id.empty(), std::get<app::HomeView>(desk->screen()).interviews.size());
    apply(app::OpenInterview{id});
    CAPTURE(notice());
    REQUIRE(std::holds_alternative<app::InterviewView>(desk->screen()));
  }
  const app::QuestionView& at(const std::string& id) {
    go(id);
    return question(id);
  }

 private:
  base::SeededRandom random{11};
};

}  // namespace support
