// XLSForm tables: what opens, what is said, and where.
#include <chrono>
#include "tests/forms/definition/forms.h"

using support::contains;
using support::read_form;
using support::says;
using support::side_file;
using support::texts_of;

TEST_CASE("xlsform: headers in every spelling mean the same form") {
  const char* headers[] = {
      "type,name,label::English (en),label::Français (fr),hint,relevant,constraint_message",
      "Type,Name,Label::English (en),LABEL::Français (fr),Hint,Relevance,Constraint Message",
      "command,tag,label:English (en),label : Français (fr),hint,bind::relevant,constraining message",
      "\" type \",value,caption::English (en),label:: Français (fr),hint,Relevant,constraint message"};
  for (const std::string header : headers) {
    CAPTURE(header);
    auto read = read_form({{"Survey", header + "\ninteger,age,Age,Âge,In years,,Too old\n"}});
    REQUIRE(read.survey);
    const definition::Survey& survey = *read.survey;
    CHECK(survey.languages == std::vector<std::string>{"English (en)", "Français (fr)"});
    const definition::Node& node = survey.nodes[1];
    CHECK(node.label.source == std::vector<std::string>{"Age", "Âge"});
    CHECK(node.hint.source == std::vector<std::string>{"In years", ""});
    CHECK(node.constraint_message.source[0] == "Too old");
    CHECK(survey.language_code(1) == "fr");
    CHECK(says(read).empty());
  }
}

TEST_CASE("xlsform: a text without a language is in the default language") {
  auto read = read_form({{"survey", "type,name,label,label::Français (fr)\nnote,a,Hello,Bonjour\n"},
                         {"settings", "default_language\nEnglish (en)\n"}});
  REQUIRE(read.survey);
  CHECK(read.survey->languages == std::vector<std::string>{"English (en)", "Français (fr)"});
  CHECK(read.survey->nodes[1].label.source == std::vector<std::string>{"Hello", "Bonjour"});
  auto by_name = read_form({{"survey", "type,name,label::Türkçe (tr),label::العربية (ar)\nnote,a,A,B\n"},
                            {"settings", "default_language\nالعربية\n"}});
  REQUIRE(by_name.survey);
  CHECK(by_name.survey->default_language == 1);
  CHECK(by_name.survey->is_right_to_left(1));
  CHECK_FALSE(by_name.survey->is_right_to_left(0));
}

TEST_CASE("xlsform: each fault is told with its sheet, row and column") {
  struct Case {
    std::string why;
    std::string survey;
    std::string wanted;  // place and code
    std::string part;    // of the sentence
    std::string choices = "list_name,name,label\nyn,y,Yes\nyn,n,No\n";
  };
  const Case cases[] = {
      {"a column nearly known", "type,name,label,relevent\nnote,a,A,\n", "survey!D1 unknown_column\n",
       "did you mean \"relevant\"?"},
      {"a column twice", "type,name,label,Label\nnote,a,A,\n", "survey!D1 duplicate_column\n", "keep one"},
      {"a column twice by another name", "type,name,label,relevant,relevance\nnote,a,A,,\n",
       "survey!E1 duplicate_column\n", "keep one"},
      {"a name twice", "type,name,label\nnote,a,A\nnote,a,B\n", "survey!B3 duplicate_name\n", "another name"},
      {"names that differ in capitals", "type,name,label\nnote,a,A\nnote,A,B\n", "survey!B3 similar_name\n",
       "capitals"},
      {"no name", "type,name,label\ntext,,A\n", "survey!B2 no_name\n", "no name"},
      {"a bad name", "type,name,label\ntext,my age,A\n", "survey!B2 bad_name\n", "my age"},
      {"no type", "type,name,label\n,a,A\n", "survey!A2 no_type\n", "passed over"},
      {"an unknown type", "type,name,label\nnote,a,A\nintger,b,B\n", "survey!A3 unknown_type\n",
       "did you mean \"integer\"?"},
      {"a group never closed", "type,name,label\nbegin_group,g,G\nnote,a,A\n", "survey!A2 not_closed\n",
       "end_group"},
      {"a repeat never closed", "type,name,label\nbegin repeat,r,R\nnote,a,A\n", "survey!A2 not_closed\n",
       "end_repeat"},
      {"an end too many", "type,name,label\nnote,a,A\nend_group,,\n", "survey!A3 not_open\n",
       "take this row out"},
      {"crossed", "type,name,label\nbegin_group,g,G\nnote,a,A\nend_repeat,,\n", "survey!A4 crossed\n",
       "row 2"},
      {"no list", "type,name,label\nselect_one,a,A\n", "survey!A2 no_list\n", "select_one LIST"},
      {"a list that is not there", "type,name,label\nselect_one ny,a,A\n", "survey!A2 missing_list\n",
       "no list \"ny\""},
      {"a name that is not there", "type,name,label,relevant\ninteger,age,A,\nnote,b,B,${agee} > 3\n",
       "survey!D3 unknown_name\n", "did you mean \"age\"?"},
      {"a name in a text", "type,name,label::English,hint::English\ninteger,age,A,\nnote,b,B,of ${agee}\n",
       "survey!D3 unknown_name\n", "agee"},
      {"a name in a choice", "type,name,label\nselect_one yn,a,A\n", "choices!3 unknown_name\n", "agee",
       "list_name,name,label\nyn,y,Yes\nyn,n,No ${agee}\n"},
      {"a broken expression", "type,name,label,constraint\ninteger,a,A,. > (3\n", "survey!D2 syntax\n", ""},
      {"an unknown function", "type,name,label,calculation\ncalculate,a,,summ(1)\n",
       "survey!D2 unknown_function\n", "did you mean \"sum\"?"},
      {"a circle", "type,name,label,calculation\ncalculate,a,,${b}\ncalculate,b,,${a}\n", "survey!D3 cycle\n",
       "a → b → a"},
      {"a choice twice", "type,name,label\nselect_one yn,a,A\n", "choices!B3 duplicate_choice\n",
       "allow_choice_duplicates", "list_name,name,label\nyn,y,Yes\nyn,y,No\n"},
      {"a choice without a name", "type,name,label\nselect_one yn,a,A\n", "choices!B3 no_choice_name\n", "yn",
       "list_name,name,label\nyn,y,Yes\nyn,,No\n"},
      {"a choice without a list", "type,name,label\nselect_one yn,a,A\n", "choices!A3 no_list_name\n",
       "list_name", "list_name,name,label\nyn,y,Yes\n,n,No\n"},
      {"a filter over no column", "type,name,label,choice_filter\nselect_one yn,a,A,region = 'x'\n",
       "survey!D2 unknown_column\n", "all choices are offered"},
      {"an empty calculation", "type,name,label,calculation\ncalculate,a,,\n", "survey!D2 no_calculation\n",
       "empty"},
      {"no label", "type,name,label\ninteger,a,\n", "survey!C2 no_label\n", "neither label nor hint"}};
  for (const Case& c : cases) {
    CAPTURE(c.why);
    auto read = read_form({{"survey", c.survey}, {"choices", c.choices}});
    CHECK(says(read) == c.wanted);
    CHECK_MESSAGE(contains(texts_of(read), c.part), texts_of(read));
    CHECK(static_cast<bool>(read.survey) != definition::has_errors(read.diagnostics));
  }
}

TEST_CASE("xlsform: all faults of a form are told at once, rows as the sheet counts them") {
  auto read = read_form({{"survey",
                          "type,name,label,relevant\n"
                          "intger,a,A,\n"
                          "\n"
                          "text,my name,B,\n"
                          "text,c,C,${nobody} = 1\n"
                          "begin_group,g,G,\n"},
                         {"choices", "list_name,name,label\nyn,y,Yes\nyn,y,Yes\n"}});
  CHECK_FALSE(read.survey);
  CHECK(says(read) ==
        "choices!B3 duplicate_choice\nsurvey!A2 unknown_type\nsurvey!B4 bad_name\nsurvey!A6 not_closed\n"
        "survey!D5 unknown_name\n");
}

TEST_CASE("xlsform: a workbook without a survey says which sheets it has") {
  auto read = read_form({{"Surveys", "type,name\n"}, {"choices", "list_name,name\n"}});
  CHECK_FALSE(read.survey);
  CHECK(contains(texts_of(read), "did you mean \"survey\"?"));
  CHECK(contains(texts_of(read), "it has: Surveys, choices"));
  CHECK_FALSE(read_form({}).survey);
  CHECK_FALSE(read_form({{"survey", ""}}).survey);
  CHECK(contains(texts_of(read_form({{"survey", "a,b\n1,2\n"}})), "no column \"type\""));
  // One sheet of any name is the survey.
  CHECK(read_form({{"Sheet1", "type,name,label\nnote,a,A\n"}}).survey);
}

TEST_CASE("xlsform: old and odd spellings of types open as what they are") {
  struct Case {
    std::string written, type;
  };
  const Case cases[] = {{"int", "integer"},
                        {"INTEGER", "integer"},
                        {" integer ", "integer"},
                        {"string", "text"},
                        {"q string", "text"},
                        {"select one yn", "select_one"},
                        {"select1 yn", "select_one"},
                        {"select all that apply from yn", "select_multiple"},
                        {"select_multiple  yn", "select_multiple"},
                        {"dateTime", "datetime"},
                        {"imei", "deviceid"},
                        {"uri:deviceid", "deviceid"},
                        {"trigger", "acknowledge"},
                        {"photo", "image"},
                        {"gps", "geopoint"},
                        {"percentage", "integer"},
                        {"osm building_tags", "osm"},
                        {"background-audio", "background-audio"}};
  for (const Case& c : cases) {
    CAPTURE(c.written);
    auto read = read_form({{"survey", "type,name,label\n" + c.written + ",a,A\n"},
                           {"choices", "list_name,name,label\nyn,y,Yes\n"}});
    REQUIRE_MESSAGE(read.survey, texts_of(read));
    CHECK(read.survey->nodes[1].type->words.front() == c.type);
  }
}

TEST_CASE("xlsform: what is not yet built is a note, and the form opens") {
  auto read = read_form({{"survey",
                          "type,name,label,media::image,calculation,relevant\n"
                          "geopoint,here,Where,map.png,,\n"
                          "note,d,D,,,${last-saved#here} = ''\n"}});
  REQUIRE_MESSAGE(read.survey, texts_of(read));
  std::string all = says(read, true);
  CHECK(all == "survey!F3 not_yet_last_saved\n");
  CHECK(read.survey->nodes[1].media.at("image").source[0] == "map.png");
}

TEST_CASE("xlsform: words of truth are truth in every column of logic") {
  auto read = read_form({{"survey",
                          "type,name,label,relevant,required,read_only,constraint,calculation\n"
                          "text,a,A,FALSE,TRUE,yes,True,\n"
                          "calculate,b,,TRUE,,,,true\n"}});
  REQUIRE_MESSAGE(read.survey, texts_of(read));
  CHECK(static_cast<bool>(read.survey->nodes[1].relevant));
  CHECK(static_cast<bool>(read.survey->nodes[1].required));
  CHECK(static_cast<bool>(read.survey->nodes[2].calculation));
}

TEST_CASE("xlsform: side files give choices by their columns; what is wrong with one is a warning") {
  const std::string survey =
      "type,name,label,parameters\n"
      "select_one_from_file towns.csv,a,A,value=code label=town\n"
      "select_multiple_from_file towns.csv,b,B,\n";
  auto read = read_form({{"survey", survey}},
                        side_file("towns.csv", "code,town,name,label\n1,Fès,f,Fes\n2,Rabat,r,R\n"));
  REQUIRE(read.survey);
  CHECK(says(read).empty());
  auto values = [&](size_t node) {
    std::string out;
    const definition::ChoiceList& list =
        read.survey->lists[static_cast<size_t>(read.survey->nodes[node].list)];
    for (uint32_t row = 0; row < list.size(); ++row)
      out += std::string(list.value(row)) + "=" + std::string(list.label(row, 0)) + " ";
    return out;
  };
  CHECK(values(1) == "1=Fès 2=Rabat ");
  CHECK(values(2) == "f=Fes r=R ");
  auto missing = read_form({{"survey", survey}});
  REQUIRE(missing.survey);
  CHECK(contains(says(missing), "survey!A2 missing_file"));
  auto broken = read_form({{"survey", survey}}, side_file("towns.csv", "\xff\xfe"));
  CHECK(contains(texts_of(broken), "UTF-8"));
  CHECK(definition::side_files_of(support::workbook({{"survey", survey + "csv-external,Lookup,,\n"}}),
                                  questions::table()) == std::set<std::string>{"towns.csv", "lookup.csv"});
}

TEST_CASE("xlsform: a file for expressions is read as a list of that name") {
  auto read = read_form({{"survey",
                          "type,name,label,calculation\n"
                          "csv-external,prices,,\n"
                          "calculate,a,,instance('prices')/root/item[name = 'tea']/cost\n"}},
                        side_file("prices.csv", "name,label,cost\ntea,Tea,4\n"));
  REQUIRE_MESSAGE(read.survey, texts_of(read));
  REQUIRE(read.survey->lists.size() == 1);
  CHECK(read.survey->lists[0].size() == 1);
}

TEST_CASE("xlsform: pulldata and search bring the files they name, with all their rows") {
  const std::string survey =
      "type,name,label,calculation,appearance\n"
      "text,key,Key,,\n"
      "calculate,price,,\"pulldata('prices', 'cost', 'key', ${key})\",\n"
      "select_one fruits,a,A,,\"minimal search('Fruits', 'matches', 'x', 'y')\"\n";
  definition::SideFiles files = side_file("prices.csv", "key,cost\ntea,4\nmint,2\n");
  files.merge(side_file("fruits.csv", "code,called\n1,Fig\n2,Date\n"));
  const support::SheetTexts sheets = {{"survey", survey},
                                      {"choices", "list_name,name,label\nfruits,code,called\n"}};
  auto read = read_form(sheets, files);
  REQUIRE_MESSAGE(read.survey, texts_of(read));
  CHECK(says(read).empty());
  CHECK(contains(says(read, true), "survey!E4 not_yet_search"));
  const definition::ChoiceList& prices = read.survey->lists[1];
  CHECK(prices.name == "prices.csv");
  CHECK(prices.size() == 2);
  CHECK(prices.table.columns() == std::vector<std::string>{"key", "cost"});
  const auto& fruits = read.survey->lists[static_cast<size_t>(read.survey->nodes[3].list)];
  REQUIRE(fruits.size() == 2);
  CHECK(fruits.value(0) == "1");
  CHECK(fruits.label(0, 0) == "Fig");
  CHECK(definition::side_files_of(support::workbook(sheets), questions::table()) ==
        std::set<std::string>{"prices.csv", "fruits.csv"});
  CHECK(says(read_form(sheets)) == "survey!D3 missing_file\nsurvey!E4 missing_file\n");
}

TEST_CASE("xlsform: external choices are lists of their own") {
  auto read = read_form({{"survey",
                          "type,name,label,choice_filter\n"
                          "select_one towns,a,A,\n"
                          "select_one_external towns,b,B,part=${a}\n"},
                         {"choices", "list_name,name,label\ntowns,x,X\n"},
                         {"external_choices", "list_name,name,label,part\ntowns,p,P,x\ntowns,p,Q,y\n"}});
  REQUIRE_MESSAGE(read.survey, texts_of(read));
  CHECK(read.survey->lists[static_cast<size_t>(read.survey->nodes[1].list)].size() == 1);
  CHECK(read.survey->lists[static_cast<size_t>(read.survey->nodes[2].list)].size() == 2);
}

TEST_CASE("xlsform: a setting under its old and its new name is the new one") {
  for (const char* sheet :
       {"id_string,version,form_id\nold,1,new\n", "form_id,version,id_string\nnew,1,old\n"}) {
    auto read = read_form({{"survey", "type,name,label\nnote,a,A\n"}, {"settings", sheet}});
    REQUIRE(read.survey);
    CHECK(read.survey->form_id == "new");
    CHECK(contains(says(read), "duplicate_column"));
  }
}

TEST_CASE("xlsform: an interview's name that names nothing refuses no form, a wrong question does") {
  const support::SheetTexts survey = {{"survey", "type,name,label\nnote,a,A\n"}};
  auto with = [&](const std::string& name) {
    auto sheets = survey;
    sheets.emplace_back("settings", "instance_name\n" + name + "\n");
    return read_form(sheets);
  };
  CHECK(with("Household").survey);
  CHECK(says(with("Household")) == "settings!A2 unknown_name\n");
  CHECK_FALSE(with("${b}").survey);
}

TEST_CASE("xlsform: a roster's filter by a bare name opens with a warning, a wrong question does not") {
  const std::string start =
      "type,name,label,choice_filter\nbegin_repeat,pet,Pet,\ntext,kind,Kind,\nend_repeat,,,\n"
      "select_one ${kind},a,A,";
  CHECK(says(read_form({{"survey", start + "kind != ''\n"}})) == "survey!D5 unknown_name\n");
  CHECK(read_form({{"survey", start + "kind != ''\n"}}).survey);
  CHECK(says(read_form({{"survey", start + "${kind} != ''\n"}})).empty());
  CHECK_FALSE(read_form({{"survey", start + "${kynd} != ''\n"}}).survey);
}

TEST_CASE("xlsform: a calculation of itself alone keeps what is there, and is no circle") {
  CHECK(read_form({{"survey", "type,name,label,calculation\ncalculate,a,,.\nnote,b,B,\n"}}).survey);
  CHECK_FALSE(read_form({{"survey", "type,name,label,calculation\ncalculate,a,,${a} + 1\n"}}).survey);
}

TEST_CASE("xlsform: or_other adds the choice and the question, rosters find their repeat") {
  auto read = read_form({{"survey",
                          "type,name,label::English (en),label::Français (fr)\n"
                          "select_one yn or_other,a,A,A\n"
                          "begin_repeat,person,P,P\ntext,first,F,F\nend_repeat,,,\n"
                          "select_one ${first},head,Head,Chef\n"},
                         {"choices", "list_name,name,label::English (en)\nyn,y,Yes\n"}});
  REQUIRE_MESSAGE(read.survey, texts_of(read));
  const definition::Survey& s = *read.survey;
  CHECK(s.by_identity("a_other") != definition::no_node);
  const definition::ChoiceList& with_other = s.lists[static_cast<size_t>(s.nodes[s.by_identity("a")].list)];
  CHECK(with_other.label(with_other.size() - 1, 0) == "Other");
  CHECK(with_other.label(with_other.size() - 1, 1) == "Autre");
  CHECK(s.nodes[s.by_identity("head")].roster == s.by_identity("person/first"));
  CHECK_FALSE(read_form({{"survey", "type,name,label\nselect_one ${gone},a,A\n"}}).survey);
}

TEST_CASE("xlsform: a form beyond reason is refused soon, with a sentence") {
  auto started = [] { return std::chrono::steady_clock::now(); };
  struct Case {
    std::string why, survey, code;
  };
  std::string deep = "type,name,label\n";
  for (int i = 0; i < 5000; ++i) deep += "begin_group,g" + std::to_string(i) + ",G\n";
  std::string wide = "type,name";
  for (int i = 0; i < 3000; ++i) wide += ",label::L" + std::to_string(i);
  wide += "\n";
  for (int i = 0; i < 300; ++i) wide += "note,n" + std::to_string(i) + ",x\n";
  std::string wrong = "type,name,label,relevant\n";
  for (int i = 0; i < 8000; ++i)
    wrong +=
        "text,question_number_" + std::to_string(i) + ",A,${question_numbre_" + std::to_string(i) + "} = 1\n";
  std::string lists = "type,name,label\nfoo,x,X\n";
  for (int i = 0; i < 8000; ++i) {
    std::string n = std::to_string(i);
    lists.append("select_one list_number_").append(n).append(",q").append(n).append(",A\n");
  }
  const Case cases[] = {{"deep", deep, "too_large"},
                        {"wide", wide, "too_many_languages"},
                        {"wrong", wrong, "more"},
                        {"lists", lists, "unknown_type"}};
  for (const Case& c : cases) {
    CAPTURE(c.why);
    auto from = started();
    auto read = read_form({{"survey", c.survey}});
    MESSAGE(c.why, ": ", std::chrono::duration<double, std::milli>(started() - from).count(), " ms");
    CHECK_FALSE(read.survey);
    CHECK(contains(says(read, true), c.code));
  }
}

TEST_CASE("xlsform: a file named inside a loop is one more list while the loop's own is gone through") {
  auto read =
      read_form({{"survey",
                  "type,name,label\nbegin_loop over yn,l,L\nselect_one_from_file a.csv,a,A %(label)s\n"
                  "select_one_from_file b.csv,b,B\nselect_one_from_file c.csv,c,C\nend_loop,,\n"},
                 {"choices", "list_name,name,label\nyn,y,Yes\nyn,n,No\n"}},
                support::side_file("a.csv", "name,label\n1,One\n"));
  REQUIRE_MESSAGE(read.survey, support::texts_of(read));
  CHECK(read.survey->nodes[3].label.source[0] == "A Yes");
  CHECK(read.survey->lists.size() == 4);
}
