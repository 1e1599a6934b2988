// Minors, with the study's own youth questionnaire: a guardian's permission and then the young person's own, and what
// either of them, or the refusal of a use, keeps from being held. Source: study.md, design.md §9.14.
#include <doctest/doctest.h>

#include "collector/app/interview.h"
#include "tests/collector/app/team.h"

using support::Team;

namespace {

struct Youth {
  Team team;
  std::unique_ptr<app::Interview> interview;

  Youth() {
    const std::string folder = std::string(RIHLA_SOURCE) + "/forms/questionnaires";
    auto form = app::read_form(folder + "/youth", {folder + "/lists"});
    REQUIRE_OK(form);
    REQUIRE(form->read.survey);
    REQUIRE_OK(app::publish(*team.salma, *form, {}));
    team.sync_all();
    for (const record::PublishedForm& published : team.amina->forms())
      if (published.form_id.find("youth") != std::string::npos) {
        auto begun = app::Interview::begin(*team.amina, published, 0);
        REQUIRE_OK(begun);
        interview = std::move(*begun);
      }
    REQUIRE(interview);
  }
  engine::NodeId node(const std::string& name) const {
    const definition::Survey& survey = interview->survey();
    for (definition::NodeIndex i = 0; i < survey.nodes.size(); ++i)
      if (survey.nodes[i].name == name) return interview->session().find({i, {}});
    return engine::no_id;
  }
  bool is_asked(const std::string& name) const { return interview->session().relevant(node(name)); }
  void say(const std::string& name, const std::string& value) {
    REQUIRE_MESSAGE(is_asked(name), name);
    REQUIRE_OK(interview->store(node(name), value));
  }
  // What the centre holds of it after everybody met.
  std::set<std::string> held() {
    auto record = interview->finish();
    REQUIRE_OK(record);
    team.sync_all();
    auto merged = team.salma->merged();
    REQUIRE_OK(merged);
    REQUIRE_OK((*merged)->update());
    auto view = (*merged)->view_of(*record);
    REQUIRE_OK(view);
    refused = view->refused;
    std::set<std::string> out;
    for (const record::Cell& cell : view->cells) {
      size_t slash = cell.key.question.rfind('/');
      out.insert(slash == std::string::npos ? cell.key.question : cell.key.question.substr(slash + 1));
    }
    return out;
  }
  bool refused = false;
};

}  // namespace

TEST_CASE("minors: one of 16 is asked after the guardian and then by herself; before both agreed nothing else is") {
  Youth y;
  y.say("age_years", "16");
  CHECK(y.is_asked("guardian_consent"));
  CHECK_FALSE(y.is_asked("consent_part"));  // the grown-ups' question
  CHECK_FALSE(y.is_asked("assent_part"));
  CHECK_FALSE(y.is_asked("resp_gender"));
  y.say("guardian_rel", "guardian");
  y.say("guardian_consent", "yes");
  CHECK(y.is_asked("assent_part"));
  CHECK_FALSE(y.is_asked("resp_gender"));
  y.say("assent_part", "yes");
  CHECK(y.is_asked("consent_audio"));
  CHECK(y.is_asked("resp_gender"));
  y.say("consent_audio", "yes");
  CHECK(y.is_asked("int_recording"));
  // Permission taken back takes everything after it along.
  y.say("guardian_consent", "no");
  CHECK_FALSE(y.is_asked("assent_part"));
  CHECK_FALSE(y.is_asked("resp_gender"));
}

TEST_CASE("minors: one of 18 is asked as a grown-up") {
  Youth y;
  y.say("age_years", "18");
  CHECK_FALSE(y.is_asked("guardian_consent"));
  CHECK_FALSE(y.is_asked("assent_part"));
  y.say("consent_part", "yes");
  CHECK(y.is_asked("resp_gender"));
}

TEST_CASE("minors: where the guardian says no, the refusal is kept and nothing else, the age neither") {
  Youth y;
  y.say("age_years", "16");
  y.say("guardian_rel", "guardian");
  y.say("guardian_consent", "no");
  std::set<std::string> held = y.held();
  CHECK(y.refused);
  CHECK(held.count("guardian_consent") == 1);
  for (const char* other : {"age_years", "guardian_rel", "case_code", "int_language", "assent_part", "consent_part"})
    CHECK_MESSAGE(held.count(other) == 0, other);
}

TEST_CASE("minors: where the young person says no, a guardian's yes does not outweigh it") {
  Youth y;
  y.say("age_years", "15");
  y.say("guardian_rel", "guardian");
  y.say("guardian_consent", "yes");
  y.say("assent_part", "no");
  CHECK_FALSE(y.is_asked("resp_gender"));
  std::set<std::string> held = y.held();
  CHECK(y.refused);
  CHECK(held.count("assent_part") == 1);
  for (const char* other : {"age_years", "guardian_rel", "resp_gender"})
    CHECK_MESSAGE(held.count(other) == 0, other);
}

TEST_CASE("minors: a use that was not agreed to cannot be held later: no recording, no place") {
  Youth y;
  y.say("age_years", "16");
  y.say("guardian_rel", "guardian");
  y.say("guardian_consent", "yes");
  y.say("assent_part", "yes");
  y.say("consent_audio", "no");
  y.say("consent_gps", "no");
  CHECK_FALSE(y.is_asked("int_recording"));
  CHECK_FALSE(y.is_asked("loc_gps"));
  for (const auto& [name, value] : {std::pair{"int_recording", "00000000000000000000000000000001/x.opus"},
                                    std::pair{"loc_gps", "33.97 -6.84 0 0"}}) {
    auto said = y.interview->store(y.node(name), value);
    REQUIRE_FALSE(said);
    CHECK(said.error().fault == base::Fault::locked);
  }
}
