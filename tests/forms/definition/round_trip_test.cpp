// Written and read again, a form is the same: random forms, over XLSForm sheets and over XForm. The seed is fixed.
#include "forms/base/random.h"
#include "forms/definition/xform.h"
#include "forms/definition/xform_writer.h"
#include "forms/definition/xlsform_writer.h"
#include "tests/forms/definition/forms.h"

namespace {

using definition::Workbook;

// A form of every kind of row, of groups in repeats in groups, in one language or several.
class RandomForm {
 public:
  explicit RandomForm(uint64_t seed) : random_(seed) {}

  Workbook make() {
    const std::vector<std::vector<std::string>> worlds = {
        {""}, {"English (en)"}, {"English (en)", "Français (fr)"}, {"", "fr"}};
    languages_ = worlds[random_.below(worlds.size())];
    std::vector<std::string> header = {"type", "name"};
    for (const char* text : {"label", "hint", "constraint_message"})
      for (const std::string& language : languages_)
        header.push_back(text + (language.empty() ? "" : "::" + language));
    for (const char* column : {"relevant", "constraint", "required", "calculation", "default", "appearance",
                               "parameters", "choice_filter", "repeat_count", "trigger", "image", "x_role"})
      header.emplace_back(column);
    sheet_.rows = {header};
    rows(0);
    Workbook book{"random.xlsx", {sheet_}};
    definition::Sheet choices{"choices", {{"list_name", "name"}}};
    for (const std::string& language : languages_)
      choices.rows[0].push_back("label" + (language.empty() ? "" : "::" + language));
    choices.rows[0].emplace_back("part");
    for (const char* list : {"yn", "towns"})
      for (const char* value : {"a", "b", "c"}) {
        std::vector<std::string> row = {list, value};
        for (const std::string& language : languages_) row.push_back(std::string(value) + " " + language);
        row.emplace_back(random_.below(2) ? "north" : "");
        choices.rows.push_back(row);
      }
    book.sheets.push_back(choices);
    definition::Sheet settings{
        "settings", {{"form_title", "form_id", "version", "instance_name"}, {"Random", "rnd", "7", ""}}};
    if (!questions_.empty() && random_.below(2))
      settings.rows[1][3] = "concat('x', ${" + questions_[0] + "})";
    book.sheets.push_back(settings);
    return book;
  }

 private:
  std::string name() { return "n" + std::to_string(++names_); }
  bool often() { return random_.below(3) == 0; }

  void row(std::map<std::string, std::string> cells) {
    std::vector<std::string> out;
    for (const std::string& column : sheet_.rows[0]) out.push_back(cells[column]);
    sheet_.rows.push_back(out);
  }

  void say(std::map<std::string, std::string>& cells, const char* text) {
    for (const std::string& language : languages_)
      cells[text + (language.empty() ? "" : "::" + language)] =
          std::string(text) + " " + std::to_string(names_) + " <&> " + language +
          (often() && !questions_.empty() ? " ${" + questions_[random_.below(questions_.size())] + "}" : "");
  }

  std::string any() { return "${" + questions_[random_.below(questions_.size())] + "}"; }

  void rows(int depth) {
    for (size_t i = 0; i < 2 + random_.below(5); ++i) {
      std::map<std::string, std::string> cells;
      cells["name"] = name();
      say(cells, "label");
      if (often()) say(cells, "hint");
      if (often() && !questions_.empty())
        cells["relevant"] = any() + " != 'x' or count-selected(" + any() + ") > 1";
      if (depth < 3 && random_.below(4) == 0) {
        bool repeat = random_.below(2);
        cells["type"] = repeat ? "begin_repeat" : "begin_group";
        if (repeat && often())
          cells["repeat_count"] = questions_.empty() || often() ? "3" : "number(" + any() + ") + 1";
        if (!repeat && often()) cells["appearance"] = "field-list";
        row(cells);
        // Names inside are known from outside too: references cross the repeat's edge.
        rows(depth + 1);
        row({{"type", repeat ? "end_repeat" : "end_group"}});
        continue;
      }
      const std::vector<std::string> types = {"text",
                                              "integer",
                                              "decimal",
                                              "date",
                                              "note",
                                              "select_one yn",
                                              "select_multiple yn",
                                              "select_one yn or_other",
                                              "rank towns",
                                              "range",
                                              "geopoint",
                                              "image",
                                              "calculate",
                                              "dateTime",
                                              "acknowledge",
                                              "select_one towns"};
      std::string type = types[random_.below(types.size())];
      cells["type"] = type;
      if (type == "calculate")
        cells["calculation"] = questions_.empty() ? "1 + 1" : "coalesce(" + any() + ", 2) * 3";
      if (type == "range") cells["parameters"] = "start=0 end=8 step=2";
      if (type == "select_one towns" && often()) cells["choice_filter"] = "part = 'north' or name = 'b'";
      if (type == "select_one yn" && often()) cells["parameters"] = "randomize=true seed=3";
      if (type == "integer" && often()) {
        cells["constraint"] = ". >= 0 and . < 200";
        say(cells, "constraint_message");
      }
      if (type == "text" && often()) cells["default"] = often() ? "once(uuid())" : "plain text";
      if (type == "date" && !visible_.empty() && often()) {
        cells["trigger"] = "${" + visible_[random_.below(visible_.size())] + "}";
        cells["calculation"] = "today()";
      }
      if (often()) cells["required"] = "yes";
      if (often()) cells["x_role"] = "identity";
      if (type == "note" && often()) cells["image"] = "map.png";
      row(cells);
      if (type != "note") questions_.push_back(cells["name"]);
      if (type == "text" && cells["calculation"].empty()) visible_.push_back(cells["name"]);
    }
  }

  base::SeededRandom random_;
  std::vector<std::string> languages_, questions_, visible_;
  definition::Sheet sheet_{"survey", {}};
  int names_ = 0;
};

definition::ReadSurvey read(const Workbook& book) {
  return definition::read_xlsform(book, {}, questions::table());
}

definition::ReadSurvey read(const std::string& xml) {
  return definition::read_xform(base::view_of(xml), "form.xml", {}, questions::table());
}

}  // namespace

TEST_CASE("round trip: sheets of a random form, written from the survey, are the same form") {
  int opened = 0;
  for (uint64_t seed = 1; seed <= 300; ++seed) {
    CAPTURE(seed);
    auto first = read(RandomForm(seed).make());
    if (!first.survey) continue;
    ++opened;
    definition::WrittenXlsform written = definition::write_xlsform(*first.survey);
    written.book.name = "random.xlsx";
    CHECK(written.lost.empty());
    auto second = read(written.book);
    REQUIRE_MESSAGE(second.survey, support::texts_of(second));
    CHECK(support::readable(*second.survey) == support::readable(*first.survey));
  }
  CHECK(opened > 200);
}

TEST_CASE("round trip: an XForm of a random form opens, and written again it is the same") {
  int opened = 0;
  for (uint64_t seed = 1; seed <= 300; ++seed) {
    CAPTURE(seed);
    auto first = read(RandomForm(seed).make());
    if (!first.survey) continue;
    ++opened;
    std::string xml = definition::write_xform(*first.survey);
    auto second = read(xml);
    REQUIRE_MESSAGE(second.survey, support::texts_of(second), xml);
    auto third = read(definition::write_xform(*second.survey));
    REQUIRE_MESSAGE(third.survey, support::texts_of(third));
    CHECK(support::readable(*third.survey) == support::readable(*second.survey));
    // Every question is there, under its name.
    for (const definition::Node& node : first.survey->nodes)
      if (node.kind == definition::NodeKind::question) CHECK_FALSE(second.survey->named(node.name).empty());
  }
  CHECK(opened > 200);
}

TEST_CASE("round trip: from XForm to sheets and back, questions keep their types, choices and logic") {
  auto first = support::read_form(
      {{"survey",
        "type,name,label::English (en),label::Français (fr),relevant,calculation,choice_filter,constraint\n"
        "integer,age,Age,Âge,,,,. < 120\n"
        "select_one region,region,Region,Région,${age} > 17,,,\n"
        "select_one town,town,Town of ${region},Ville,,,region = ${region},\n"
        "begin_repeat,child,Child,Enfant,,,,\n"
        "text,first,First name,Prénom,,,,\n"
        "calculate,greeting,,,,\"concat(${first}, ' of ', ${town})\",,\n"
        "end_repeat,,,,,,,\n"
        "calculate,children,,,,count(${child}),,\n"},
       {"choices",
        "list_name,name,label::English (en),label::Français "
        "(fr),region\nregion,n,North,Nord,\nregion,s,South,Sud,\n"
        "town,t1,Fez,Fès,n\ntown,t2,Agadir,Agadir,s\n"},
       {"settings", "form_id,default_language,version\nhh,English (en),3\n"}});
  REQUIRE_MESSAGE(first.survey, support::texts_of(first));
  auto xform = read(definition::write_xform(*first.survey));
  REQUIRE_MESSAGE(xform.survey, support::texts_of(xform));
  definition::WrittenXlsform sheets = definition::write_xlsform(*xform.survey);
  CHECK(sheets.lost.empty());
  auto again = read(sheets.book);
  REQUIRE_MESSAGE(again.survey, support::texts_of(again));
  CHECK(again.survey->form_id == "hh");
  CHECK(again.survey->version == "3");
  CHECK(again.survey->languages == first.survey->languages);
  for (const definition::Node& node : first.survey->nodes) {
    if (node.kind == definition::NodeKind::group) continue;
    CAPTURE(node.identity);
    definition::NodeIndex index = again.survey->by_identity(node.identity);
    REQUIRE(index != definition::no_node);
    const definition::Node& back = again.survey->nodes[index];
    CHECK(back.label.source == node.label.source);
    CHECK(back.type == node.type);
    auto plain = [](std::string text) {
      std::erase(text, ' ');
      return text;
    };
    CHECK(plain(back.relevant.source) == plain(node.relevant.source));
    CHECK(plain(back.constraint.source) == plain(node.constraint.source));
    CHECK(plain(back.calculation.source) == plain(node.calculation.source));
    CHECK(plain(back.choice_filter.source) == plain(node.choice_filter.source));
  }
}
