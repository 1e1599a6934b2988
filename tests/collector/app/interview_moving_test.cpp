// An open interview moves to a later version of its form, and no answer is lost on the way.
#include "collector/app/interview.h"
#include "tests/collector/app/campaign.h"

using namespace support;

namespace {

// Version 8: `age` is `years` now (x_id says so), `note` is gone, a language more, and one question is new.
const char* later =
    "type,name,label::English (en),label::العربية (ar),label::Français (fr),relevant,required,x_role,x_id\n"
    "start,start_time,,,,,,,\n"
    "select_one yn,consent,Do you agree?,هل توافقون؟,D'accord ?,,yes,consent,\n"
    "text,case_code,Code,الرمز,Code,${consent} = 'yes',yes,case_code,\n"
    "integer,years,How old are you?,كم عمركم؟,Quel âge ?,${consent} = 'yes',,,age\n"
    "select_multiple lang,langs,Languages,اللغات,Langues,${consent} = 'yes',,,\n"
    "begin_repeat,actor,Actor,طرف,Acteur,${consent} = 'yes',,,\n"
    "text,act_name,Name,الاسم,Nom,,,,\n"
    "end_repeat,,,,,,,,\n"
    "text,since,Since when?,منذ متى؟,Depuis quand ?,${consent} = 'yes',,,\n";

struct Moving {
  Campaign c;
  std::unique_ptr<app::Profile> device;
  base::DraftId draft;

  std::unique_ptr<app::Profile> open(const char* label) {
    auto profile = app::Profile::open(c.workspace(), label, words, c.world());
    REQUIRE(profile);
    return std::move(*profile);
  }
  void set(app::Interview& one, const std::string& question, const std::string& value) {
    auto index = one.survey().by_identity(question);
    REQUIRE(index != definition::no_node);
    REQUIRE(one.store(one.session().find({index, {}}), value));
  }
  Moving() {
    device = open("amina");
    REQUIRE(app::sync_with(*device, c.share(), {}, {}).outcome);
    auto begun = app::Interview::begin(*device, device->forms()[0], 2);
    REQUIRE_MESSAGE(begun, base::describe(begun.error()));
    app::Interview& one = **begun;
    draft = one.id();
    set(one, "consent", "yes");
    set(one, "case_code", "K1");
    set(one, "age", "34");
    set(one, "langs", "fr ar");
    set(one, "note", "told in confidence");
    REQUIRE(one.add_instance(0, one.survey().by_identity("actor")));
    engine::NodeId actor = one.session().instances(0, one.survey().by_identity("actor")).front();
    REQUIRE(one.store(one.session().children(actor).front(), "The club"));
    publish_later();
  }
  void publish_later() {
    c.folder().write("later/survey.csv", later);
    c.folder().write("later/choices.csv", choices_sheet);
    c.folder().write("later/settings.csv",
                     "form_title,form_id,version,default_language\nA visit,visit,8,English (en)\n");
    auto salma = open("salma");
    auto form = app::read_form(c.folder().path() / "later", {});
    REQUIRE(form);
    REQUIRE(form->read.survey);
    REQUIRE(app::publish(*salma, *form));
    REQUIRE(app::sync_with(*salma, c.share(), {}, {}).outcome);
    REQUIRE(app::sync_with(*device, c.share(), {}, {}).outcome);
  }
  const record::PublishedForm& newest() {
    static record::PublishedForm form;
    form = device->forms()[0];
    REQUIRE(form.version == "8");
    return form;
  }
};

std::string value(const app::Interview& one, const std::string& question) {
  auto index = one.survey().by_identity(question);
  return index == definition::no_node ? "(gone)"
                                      : std::string(one.session().value(one.session().find({index, {}})));
}

void check_moved(const app::Interview& one) {
  CHECK(value(one, "consent") == "yes");
  CHECK(value(one, "years") == "34");
  CHECK(value(one, "langs") == "ar fr");
  CHECK(value(one, "since") == "");
  CHECK(value(one, "note") == "(gone)");
  CHECK(value(one, "start_time") == "2025-11-23T13:13:20.000+01:00");
  auto actors = one.session().instances(0, one.survey().by_identity("actor"));
  REQUIRE(actors.size() == 2);
  CHECK(one.session().value(one.session().children(actors.front()).front()) == "The club");
  CHECK(one.survey().language_code(one.session().language()) == "fr");
}

}  // namespace

TEST_CASE("moving: answers go where their questions went, and what has no place is told") {
  Moving m;
  m.c.clock().advance_ms(60000);
  auto moved = app::Interview::move(*m.device, m.draft, m.newest());
  REQUIRE_MESSAGE(moved, base::describe(moved.error()));
  check_moved(*moved->interview);
  REQUIRE(moved->archived.size() == 1);
  CHECK(moved->archived[0].identity == "note");
  CHECK(moved->archived[0].text == "told in confidence");
}

TEST_CASE("moving: it is on disk, further answers follow, and moving again changes nothing") {
  Moving m;
  REQUIRE(app::Interview::move(*m.device, m.draft, m.newest()));
  auto again = app::Interview::move(*m.device, m.draft, m.newest());
  REQUIRE(again);
  CHECK(again->archived.empty());
  again->interview.reset();
  m.device.reset();
  m.device = m.open("amina");  // the program ended here
  auto opened = app::Interview::open(*m.device, m.draft);
  REQUIRE(opened);
  check_moved(**opened);
  m.set(**opened, "since", "2019");
  auto once_more = app::Interview::open(*m.device, m.draft);
  REQUIRE(once_more);
  CHECK(value(**once_more, "since") == "2019");
}

TEST_CASE("moving: what the later version has no question for is sealed with the rest, and exported") {
  Moving m;
  auto moved = app::Interview::move(*m.device, m.draft, m.newest());
  REQUIRE(moved);
  m.set(*moved->interview, "since", "2019");
  auto record = moved->interview->finish();
  REQUIRE_MESSAGE(record, base::describe(record.error()));
  auto kept = m.device->vault().readable(*record, m.c.clock().now());
  REQUIRE(kept);
  auto revision = record::decode_revision(*kept);
  REQUIRE(revision);
  std::map<std::string, std::string> said;
  for (const record::Answer& a : revision->answers) said[a.key.question] = record::display(a.value);
  CHECK(said.at("note") == "told in confidence");
  CHECK(said.at("years") == "34");
  CHECK(said.count("age") == 0);
  CHECK(said.at("since") == "2019");
  CHECK(revision->form_version == "8");
}

TEST_CASE("moving: another form is refused, and the interview stays as it is") {
  Moving m;
  record::PublishedForm other = m.newest();
  other.form_id = "another";
  CHECK_FALSE(app::Interview::move(*m.device, m.draft, other));
  auto opened = app::Interview::open(*m.device, m.draft);
  REQUIRE(opened);
  CHECK(value(**opened, "note") == "told in confidence");
}
