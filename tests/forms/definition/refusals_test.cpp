// What no server of this language takes, and what each of its rows of parameters, triggers and entities may say.
#include "tests/forms/definition/forms.h"

using support::contains;
using support::read_form;
using support::says;
using support::texts_of;

namespace {

const std::string choices = "list_name,name,label\nyn,y,Yes\nyn,n,No\nticks,1,One\nticks,10,Ten\nsp,a b,AB\n";

struct Case {
  std::string why, survey, wanted, part;
};

void check(const Case& c, const support::SheetTexts& further = {}) {
  CAPTURE(c.why);
  support::SheetTexts sheets = {{"survey", c.survey}, {"choices", choices}};
  sheets.insert(sheets.end(), further.begin(), further.end());
  auto read = read_form(sheets);
  CHECK_MESSAGE(says(read) == c.wanted, texts_of(read));
  CHECK_MESSAGE(contains(texts_of(read), c.part), texts_of(read));
}

}  // namespace

TEST_CASE("parameters: what a type does not take, or cannot mean, is refused with what it takes") {
  const std::string head = "type,name,label,parameters,appearance\n";
  const Case cases[] = {
      {"no value", head + "text,a,A,rows,\n", "survey!D2 bad_parameters\n", "key=value"},
      {"two values", head + "text,a,A,rows=3=4,\n", "survey!D2 bad_parameters\n", "key=value"},
      {"spaces are forgiven", head + "text,a,A,rows = 3,\n", "", ""},
      {"an unknown key", head + "text,a,A,row=3,\n", "survey!D2 unknown_parameter\n",
       "did you mean \"rows\"?"},
      {"keys in capitals", head + "range,a,A,Start=2 END=4,\n", "", ""},
      {"rows that are none", head + "text,a,A,rows=7.5,\n", "survey!D2 bad_parameter\n", "whole number"},
      {"a step of nothing", head + "range,a,A,step=0,\n", "survey!D2 bad_parameter\n", "must not be 0"},
      {"a step too long", head + "range,a,A,start=1 end=2 step=5,\n", "survey!D2 bad_parameter\n",
       "larger than the range"},
      {"ticks between steps", head + "range,a,A,step=2 tick_interval=3,\n", "survey!D2 bad_parameter\n",
       "multiple of step"},
      {"tenths are multiples of tenths", head + "range,a,A,start=-1 end=1 step=0.1 tick_interval=0.6,\n", "",
       ""},
      {"a placeholder outside", head + "range,a,A,start=3 end=7 placeholder=9,\n",
       "survey!D2 bad_parameter\n", "between start and end"},
      {"ticks on a picker", head + "range,a,A,placeholder=3,picker\n", "survey!D2 bad_parameter\n",
       "no-ticks"},
      {"labels of a list that is not there", head + "range,a,A,tick_labelset=tix,\n",
       "survey!D2 bad_parameter\n", "no such list"},
      {"labels of no numbers", head + "range,a,A,tick_labelset=yn,\n", "survey!D2 bad_parameter\n",
       "is no number"},
      {"labels at both ends", head + "range,a,A,tick_labelset=ticks,no-ticks\n", "", ""},
      {"a seed alone", head + "select_one yn,a,A,seed=3,\n", "survey!D2 bad_parameter\n", "randomize=true"},
      {"a seed of words", head + "select_one yn,a,A,randomize=true seed=x,\n",
       "survey!D2 bad_parameter\nsurvey!A2 unknown_name\n", "${name}"},
      {"pixels of words", head + "image,a,A,max-pixels=big,\n", "survey!D2 bad_parameter\n", "whole number"},
      {"an app without a dot", head + "image,a,A,app=camera,annotate\n", "survey!D2 bad_parameter\n",
       "org.example.camera"},
      {"a sound of another quality", head + "audio,a,A,quality=best,\n", "survey!D2 bad_parameter\n",
       "voice-only"},
      {"an accuracy of words", head + "geopoint,a,A,capture-accuracy=fine,\n", "survey!D2 bad_parameter\n",
       "a number"},
      {"an area drawn as one goes", head + "geoshape,a,A,incremental=no,\n", "survey!D2 bad_parameter\n",
       "incremental"},
      {"a geometry of nothing", head + "geopoint,a,A,reference-geometry=here,\n", "survey!D2 bad_parameter\n",
       "reference-geometry"},
      {"half of an audit's place", head + "audit,,,location-priority=balanced,\n",
       "survey!D2 bad_parameter\n", "all of location-priority"},
      {"an audit of another name", head + "audit,log,,,\n", "survey!B2 audit_name\n",
       "always called \"audit\""}};
  for (const Case& c : cases) check(c);
}

TEST_CASE("rows: lists, names and groups that cannot be are refused") {
  const std::string head = "type,name,label,choice_filter,appearance,repeat_count\n";
  const Case cases[] = {
      {"a file of another kind", head + "select_one_from_file x.pdf,a,A,,,\n", "survey!A2 file_kind\n",
       ".geojson"},
      {"no external sheet", head + "select_one_external yn,a,A,name = 'y',,\n", "survey!A2 missing_list\n",
       "external_choices"},
      {"or_other through a filter", head + "select_one yn or_other,a,A,name = 'y',,\n",
       "survey!D2 filtered_other\n", "with a question of its own"},
      {"a choice with a space", head + "select_multiple sp,a,A,,,\n", "choices!6 spaced_choice\n", "a b"},
      {"one choice may have one", head + "select_one sp,a,A,,,\n", "", ""},
      {"two repeats of one name",
       head + "begin_group,g,G,,,\nbegin_repeat,r,R,,,\ntext,a,A,,,\nend_repeat,,,,,\nend_group,,,,,\n"
              "begin_repeat,r,R,,,\ntext,b,B,,,\nend_repeat,,,,,\n",
       "survey!B7 duplicate_repeat\n", "row 3"},
      {"a repeat called as the form", head + "begin_repeat,data,R,,,\ntext,a,A,,,\nend_repeat,,,,,\n",
       "survey!B2 root_name\n", "as the form itself"},
      {"a repeat called meta", head + "begin_repeat,meta,R,,,\ntext,a,A,,,\nend_repeat,,,,,\n",
       "survey!B2 reserved_name\n", "another name"},
      {"a count's own name",
       head + "integer,r_count,C,,,\nbegin_repeat,r,R,,,2\ntext,a,A,,,\nend_repeat,,,,,\n",
       "survey!B2 name_taken\n", "r_count"},
      {"a count by its name",
       head + "integer,r_count,C,,,\nbegin_repeat,r,R,,,${r_count}\ntext,a,A,,,\nend_repeat,,,,,\n", "", ""},
      {"a table of two lists",
       head + "begin_group,g,G,,table-list,\nselect_one yn,a,A,,,\nselect_one ticks,b,B,,,\nend_group,,,,,\n",
       "survey!A4 crossed_table\n", "from one list"},
      {"a reference to two",
       head + "begin_group,g,G,,,\ntext,a,A,,,\nend_group,,,,,\nbegin_group,h,H,,,\ntext,a,A,,,\nend_group,,,"
              ",,\nnote,n,of ${a},,,\n",
       "survey!C8 two_meanings\n", "row 3"},
      {"search and a plain select of one list",
       head + "select_one yn,a,A,,search('f'),\nselect_one yn,b,B,,,\n",
       "survey!E2 missing_file\nsurvey!A2 shared_search\n", "a list of its own"},
      {"one id of two sources", head + "csv-external,yn,,,,\nselect_one yn,a,A,,,\n",
       "survey!B2 missing_file\nchoices!2 two_sources\n", "rename one"},
      {"the old cascade", head + "cascading_select yn,a,A,,,\n", "survey!A2 old_cascade\n", "choice_filter"}};
  for (const Case& c : cases) check(c);
}

TEST_CASE("triggers: a calculation is an action of the questions named") {
  const std::string head = "type,name,label,trigger,calculation\ntext,a,A,,\ntext,b,B,,\n";
  const Case cases[] = {
      {"two, and a comma too many", head + "dateTime,c,,\"${a}, ,${b},\",now()\n", "", ""},
      {"no comma", head + "dateTime,c,,${a}${b},now()\n", "survey!D4 bad_trigger\n", "comma"},
      {"no question", head + "dateTime,c,,${x},now()\n", "survey!D4 unknown_name\n", "\"x\""},
      {"one that nobody sees", head + "calculate,h,,,1\ndateTime,c,,${h},now()\n",
       "survey!D5 hidden_trigger\n", "nobody sees"},
      {"a place without one", head + "background-geopoint,p,,,\n", "survey!D4 no_trigger\n",
       "column trigger"},
      {"a place that is calculated", head + "background-geopoint,p,,${a},1\n", "survey!E4 calculated_place\n",
       "must be empty"}};
  for (const Case& c : cases) check(c);
  auto read = read_form({{"survey", head + "dateTime,c,,\"${a},${b}\",now()\n"}});
  REQUIRE(read.survey);
  REQUIRE(read.survey->actions.size() == 2);
  CHECK(read.survey->actions[1].trigger == 2);
  CHECK(read.survey->actions[1].target == 3);
  CHECK(read.survey->actions[1].value.source == "now()");
  CHECK(read.survey->nodes[3].calculation.source.empty());
}

TEST_CASE("entities: declared whole, saved to by name, in one container each") {
  const std::string survey = "type,name,label,save_to\ntext,q,Q,height\n";
  struct Row {
    std::string why, survey, entities, wanted;
  };
  const std::string apart =
      "type,name,label,save_to\nbegin_repeat,r,R,\ntext,a,A,\nend_repeat,,,\nbegin_repeat,s,S,\ntext,b,B,"
      "\nend_repeat,,,\n";
  const Row rows[] = {
      {"a new one", survey, "list_name,label\ntrees,${q}\n", ""},
      {"none declared", survey, "", "survey!D2 no_entities\n"},
      {"without a label", survey, "list_name,create_if\ntrees,true()\n", "entities!A2 no_entity_label\n"},
      {"changed without its id", survey, "list_name,label,update_if\ntrees,${q},true()\n",
       "entities!C2 no_entity_id\n"},
      {"a column more", survey, "list_name,label,what\ntrees,${q},x\n", "entities!C1 unknown_column\n"},
      {"a period in the name", survey, "list_name,label\ntr.ees,${q}\n", "entities!A2 bad_name\n"},
      {"twice", survey, "list_name,label\ntrees,${q}\ntrees,${q}\n", "entities!A3 duplicate_entity\n"},
      {"a reserved property", "type,name,label,save_to\ntext,q,Q,Label\n", "list_name,label\ntrees,${q}\n",
       "survey!D2 reserved_name\n"},
      {"two marks", "type,name,label,save_to\ntext,q,Q,a##b\n", "list_name,label\ntrees,${q}\n",
       "survey!D2 bad_save_to\n"},
      {"another list", "type,name,label,save_to\ntext,q,Q,treez#h\n", "list_name,label\ntrees,${q}\n",
       "survey!D2 unknown_entity\n"},
      {"answers of two repeats", apart, "list_name,label\ntrees,\"concat(${a}, ${b})\"\n",
       "entities!A2 entity_apart\n"},
      {"two where one can stand", "type,name,label\ntext,q,Q\n", "list_name,label\ntrees,${q}\nparks,${q}\n",
       "entities!A3 entity_taken\n"}};
  for (const Row& row : rows) {
    CAPTURE(row.why);
    support::SheetTexts sheets = {{"survey", row.survey}};
    if (!row.entities.empty()) sheets.emplace_back("entities", row.entities);
    auto read = read_form(sheets);
    CHECK_MESSAGE(says(read) == row.wanted, texts_of(read));
  }
  auto placed =
      read_form({{"survey",
                  "type,name,label,save_to\nbegin_repeat,r,R,\nbegin_group,g,G,\ntext,a,A,h\nend_group,,,\n"
                  "begin_group,k,K,\ntext,b,B,w\nend_group,,,\nend_repeat,,,\n"},
                 {"entities", "list_name,label\ntrees,'T'\n"}});
  REQUIRE_MESSAGE(placed.survey, texts_of(placed));
  CHECK(placed.survey->entities[0].holder == placed.survey->by_identity("r"));
}

TEST_CASE("loops: the rows inside stand once a choice, with its name and label in them") {
  auto read = read_form({{"survey",
                          "type,name,label::en,label::fr\nbegin_loop over kin,l,L,L\ninteger,age,Age of "
                          "%(label)s,Âge de %(label)s\nend_loop,,,\n"},
                         {"choices",
                          "list_name,name,label::en,label::fr\nkin,ma,Mother,Mère\nkin,pa,Father,Père\nkin,"
                          "none,None,Aucun\n"}});
  REQUIRE_MESSAGE(read.survey, texts_of(read));
  const definition::Survey& s = *read.survey;
  REQUIRE(s.nodes.size() == 6);
  CHECK(s.nodes[2].name == "ma");
  CHECK(s.nodes[2].label.source == std::vector<std::string>{"Mother", "Mère"});
  CHECK(s.nodes[5].name == "age");
  CHECK(s.nodes[5].label.source == std::vector<std::string>{"Age of Father", "Âge de Père"});
  CHECK(says(read_form(
            {{"survey", "type,name,label\nbegin_loop over kin,l,L\ninteger,age,A\nend_loop,,\n"}})) ==
        "survey!A2 missing_list\n");
  CHECK(says(read_form({{"survey", "type,name,label\nbegin_loop over yn,l,L\ninteger,age,A\n"},
                        {"choices", choices}})) == "survey!A2 not_closed\n");
}

TEST_CASE(
    "languages: texts without one stand beside others as a language of their own, alone they speak to all") {
  auto read = read_form(
      {{"survey", "type,name,label,label::fr,hint\nnote,a,Hello,Bonjour,In short\nnote,b,Bye,,\n"}});
  REQUIRE(read.survey);
  CHECK(read.survey->languages == std::vector<std::string>{"default", "fr"});
  CHECK(read.survey->nodes[1].label.source == std::vector<std::string>{"Hello", "Bonjour"});
  CHECK_FALSE(read.survey->nodes[1].label.untranslated);
  CHECK(read.survey->nodes[1].hint.untranslated);
  CHECK(read.survey->nodes[2].label.untranslated);
}

TEST_CASE(
    "defaults: what calls a function, counts or names a question is evaluated, other text is taken as it "
    "stands") {
  const std::pair<std::string, bool> cases[] = {{"foo", false},
                                                {"f-4", false},
                                                {"2022-03-14", false},
                                                {"7 - 4", true},
                                                {"3 mod 3", true},
                                                {"uuid()", true},
                                                {"${b}", true},
                                                {"https://x.org", false},
                                                {"(https://x.org)", false},
                                                {"go to http://a.b", false},
                                                {"./f - 4", true},
                                                {"not_func$", false},
                                                {"Rabat (centre)", false}};
  for (const auto& [text, live] : cases) {
    CAPTURE(text);
    auto read = read_form({{"survey", "type,name,label,default\ntext,a,A," + text + "\ntext,b,B,\n"}});
    REQUIRE_MESSAGE(read.survey, texts_of(read));
    CHECK(read.survey->nodes[1].default_is_expression == live);
  }
}
