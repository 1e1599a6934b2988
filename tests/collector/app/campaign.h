// A small campaign for tests of the product: two coordinators, one device, a form, and a folder to sync by.
#pragma once

#include <doctest/doctest.h>

#include "collector/app/desk.h"
#include "collector/app/project.h"
#include "collector/app/publishing.h"
#include "collector/app/replicas.h"
#include "tests/support/folder.h"

namespace support {

inline constexpr const char* words = "a passphrase for tests";

inline const char* survey_sheet =
    "type,name,label::English (en),label::العربية (ar),label::Français (fr),relevant,constraint,"
    "constraint_message::English (en),constraint_message::العربية (ar),constraint_message::Français (fr),"
    "required,x_role\n"
    "start,start_time,,,,,,,,,,\n"
    "select_one yn,consent,Do you agree?,هل توافقون؟,Êtes-vous d'accord ?,,,,,,yes,consent\n"
    "text,case_code,Code,الرمز,Code,${consent} = 'yes',,,,,yes,case_code\n"
    "integer,age,How old are you?,كم عمركم؟,Quel âge avez-vous ?,${consent} = 'yes',. >= 18 and . < 120,"
    "Eighteen or more.,ثمانية عشر أو أكثر.,Dix-huit ans ou plus.,,\n"
    "select_multiple lang,langs,Languages,اللغات,Langues,${consent} = 'yes',,,,,,\n"
    "begin_repeat,actor,Actor,طرف,Acteur,${consent} = 'yes',,,,,,\n"
    "text,act_name,Name,الاسم,Nom,,,,,,,\n"
    "end_repeat,,,,,,,,,,,\n"
    "text,note,Anything else?,شيء آخر؟,Autre chose ?,${consent} = 'yes',,,,,,\n";
inline const char* choices_sheet =
    "list_name,name,label::English (en),label::العربية (ar),label::Français (fr)\n"
    "yn,yes,Yes,نعم,Oui\nyn,no,No,لا,Non\n"
    "lang,fr,French,الفرنسية,Français\nlang,ar,Arabic,العربية,Arabe\n";
inline const char* settings_sheet =
    "form_title,form_id,version,default_language\nA visit,visit,7,English (en)\n";

class Campaign {
 public:
  explicit Campaign(const char* survey = survey_sheet) {
    std::filesystem::create_directories(share());
    folder_.write("form/survey.csv", survey);
    folder_.write("form/choices.csv", choices_sheet);
    folder_.write("form/settings.csv", settings_sheet);
    auto project =
        app::new_project(workspace(), {"Twinning", false, {{"salma", words}, {"joost", words}}}, world());
    REQUIRE(project);
    auto form = app::read_form(folder_.path() / "form", {});
    REQUIRE(form);
    REQUIRE(form->read.survey);
    REQUIRE(app::publish(*project->coordinators[0], *form));
    auto device = app::Profile::create(workspace(), "amina", words, world());
    REQUIRE(device);
    auto admission = app::enrol(*project->coordinators[0], app::enrolment_request(**device));
    REQUIRE(admission);
    REQUIRE(app::join_project(**device, *admission));
    // The second coordinator has opened the epoch too when founding; it hears of the rest by the share.
    for (auto& coordinator : project->coordinators)
      REQUIRE(app::sync_with(*coordinator, share(), {}, {}).outcome);
  }
  std::filesystem::path workspace() const { return folder_.path() / "workspace"; }
  std::string share() const { return (folder_.path() / "share").string(); }
  std::filesystem::path documents() const { return folder_.path() / "documents"; }
  const Folder& folder() const { return folder_; }
  base::ManualClock& clock() { return clock_; }
  app::World world() { return {&clock_, &random_, seal::cost_for(0)}; }

  std::unique_ptr<app::Desk> desk() {
    return app::Desk::open(workspace(), {.clock = &clock_,
                                         .random = &random_,
                                         .lists = folder_.path() / "lists",
                                         .documents = documents()});
  }
  // A desk at which that person has unlocked.
  std::unique_ptr<app::Desk> desk_of(const std::string& person, const std::string& language = "en") {
    auto out = desk();
    out->apply(app::ChangeInterface{language});
    out->apply(app::Unlock{person, words});
    out->wait();
    REQUIRE(std::holds_alternative<app::HomeView>(out->screen()));
    return out;
  }
  void sync(app::Desk& desk) {
    desk.apply(app::Visit{app::Go::sync});
    desk.apply(app::ChoosePlace{share()});
    desk.apply(app::StartSync{});
    desk.wait();
    const auto& view = std::get<app::SyncView>(desk.screen());
    REQUIRE(view.done);
    CHECK(view.problems.empty());
  }

 private:
  Folder folder_;
  base::ManualClock clock_{base::Instant{1763900000000}};
  base::SeededRandom random_{7};
};

template <class View>
const View& screen(const app::Desk& desk) {
  REQUIRE(std::holds_alternative<View>(desk.screen()));
  return std::get<View>(desk.screen());
}

inline const app::QuestionView& question(const app::Desk& desk) {
  const auto& view = screen<app::InterviewView>(desk);
  REQUIRE(!view.questions.empty());
  return view.questions.front();
}

}  // namespace support
