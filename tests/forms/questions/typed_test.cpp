// Every type of the table: what it takes, what it refuses, what it stores.
#include <doctest/doctest.h>

#include <map>
#include <set>

#include "forms/base/random.h"
#include "forms/base/utf8.h"
#include "forms/definition/survey.h"
#include "forms/questions/table.h"

using definition::ControlKind;
using definition::Node;
using definition::QuestionType;

namespace {

const QuestionType& type_of(const std::string& word) {
  for (const QuestionType* type : questions::table())
    for (std::string_view name : type->words)
      if (name == word) return *type;
  FAIL("no type " << word);
  return *questions::table().front();
}

Node node_of(const std::string& word, const std::string& appearance = "",
             std::map<std::string, std::string> parameters = {}) {
  Node node;
  node.name = "q";
  node.type = &type_of(word);
  node.appearance = appearance;
  node.parameters = std::move(parameters);
  return node;
}

// What is stored; "!" when it is refused.
std::string stored(const Node& node, std::string_view typed) {
  auto out = node.type->accept(node, typed);
  if (out) return *out;
  CHECK(out.error().fault == base::Fault::invalid);
  CHECK(out.error().detail.size() > 10);
  return "!";
}

struct Row {
  std::string type, typed, stored;
};

Node with_column(Node node, const char* column, const char* value) {
  node.extra[column] = value;
  return node;
}

}  // namespace

TEST_CASE("questions: the table names every type once, and each can be shown") {
  std::set<std::string_view> words;
  for (const QuestionType* type : questions::table()) {
    REQUIRE_FALSE(type->words.empty());
    CAPTURE(std::string(type->words.front()));
    for (std::string_view word : type->words) CHECK(words.insert(word).second);
    bool is_shown = type->control != nullptr;
    REQUIRE(is_shown);
    Node node = node_of(std::string(type->words.front()));
    ControlKind kind = type->control(node).kind;
    if (kind == ControlKind::not_yet) CHECK_FALSE(type->not_yet.empty());
    if (!type->not_yet.empty()) CHECK((kind == ControlKind::not_yet || kind == ControlKind::hidden));
    bool takes_answer =
        kind != ControlKind::hidden && kind != ControlKind::note && kind != ControlKind::not_yet;
    // A picture or a sound is not typed.
    CHECK((takes_answer && kind != ControlKind::media) == (type->accept != nullptr));
    if (type->takes_list) CHECK(takes_answer);
  }
  for (const char* word : {"text",
                           "integer",
                           "decimal",
                           "range",
                           "select_one",
                           "select_multiple",
                           "select_one_from_file",
                           "select_multiple_from_file",
                           "rank",
                           "note",
                           "date",
                           "time",
                           "datetime",
                           "geopoint",
                           "geotrace",
                           "geoshape",
                           "image",
                           "audio",
                           "video",
                           "file",
                           "barcode",
                           "acknowledge",
                           "calculate",
                           "hidden",
                           "start",
                           "end",
                           "today",
                           "deviceid",
                           "username",
                           "phonenumber",
                           "email",
                           "audit",
                           "background-audio",
                           "start-geopoint",
                           "osm"})
    CHECK_MESSAGE(words.count(word) == 1, word);
}

TEST_CASE("questions: what people type is stored in one way, or refused with a sentence") {
  const Row rows[] = {{"integer", "12", "12"},
                      {"integer", " 12 ", "12"},
                      {"integer", "١٢", "12"},
                      {"integer", "۱۲", "12"},
                      {"integer", "+5", "5"},
                      {"integer", "-98", "-98"},
                      {"integer", "−98", "-98"},
                      {"integer", "007", "7"},
                      {"integer", "0", "0"},
                      {"integer", "-0", "0"},
                      {"integer", "12 500", "12500"},
                      {"integer", "12\u00a0500", "12500"},
                      {"integer", "12.5", "!"},
                      {"integer", "12,5", "!"},
                      {"integer", "1e3", "!"},
                      {"integer", "0x1f", "!"},
                      {"integer", "twelve", "!"},
                      {"integer", "-", "!"},
                      {"integer", "--5", "!"},
                      {"integer", "5-", "!"},
                      {"integer", "1234567890123456789012345678901", "!"},
                      {"integer", "\xff", "!"},
                      {"decimal", "12.5", "12.5"},
                      {"decimal", "12,5", "12.5"},
                      {"decimal", "١٢٫٥", "12.5"},
                      {"decimal", "12", "12"},
                      {"decimal", "12.50", "12.50"},
                      {"decimal", ".5", "0.5"},
                      {"decimal", "-.5", "-0.5"},
                      {"decimal", "5.", "5"},
                      {"decimal", "00.5", "0.5"},
                      {"decimal", "-0.0", "0.0"},
                      {"decimal", "1.2.3", "!"},
                      {"decimal", "1.234,5", "1234.5"},
                      {"decimal", ".", "!"},
                      {"decimal", "-.", "!"},
                      {"decimal", "nan", "!"},
                      {"decimal", "inf", "!"},
                      {"decimal", "1e5", "!"},
                      {"date", "24/11/2026", "2026-11-24"},
                      {"date", "24-11-2026", "2026-11-24"},
                      {"date", "24.11.2026", "2026-11-24"},
                      {"date", "24 11 2026", "2026-11-24"},
                      {"date", "2026-11-24", "2026-11-24"},
                      {"date", "2026-1-2", "2026-01-02"},
                      {"date", "1/2/2026", "2026-02-01"},
                      {"date", "٢٤/١١/٢٠٢٦", "2026-11-24"},
                      {"date", "29/02/2024", "2024-02-29"},
                      {"date", "29/02/2026", "!"},
                      {"date", "31/04/2026", "!"},
                      {"date", "11/24/2026", "!"},
                      {"date", "24/11/26", "!"},
                      {"date", "24/11", "!"},
                      {"date", "24/11/2026 x", "!"},
                      {"date", "24//11/2026", "!"},
                      {"date", "0/0/2026", "!"},
                      {"date", "99999/1/1", "!"},
                      {"date", "today", "!"},
                      {"time", "14:30", "14:30:00"},
                      {"time", "14.30", "14:30:00"},
                      {"time", "14h30", "14:30:00"},
                      {"time", "14H", "14:00:00"},
                      {"time", "9:05", "09:05:00"},
                      {"time", "14:30:59", "14:30:59"},
                      {"time", "١٤:٣٠", "14:30:00"},
                      {"time", "00:00", "00:00:00"},
                      {"time", "23:59:59", "23:59:59"},
                      {"time", "24:00", "!"},
                      {"time", "14:60", "!"},
                      {"time", "14:30:60", "!"},
                      {"time", "2:30 PM", "!"},
                      {"time", "14:3x", "!"},
                      {"time", "14", "!"},
                      {"time", "14:", "!"},
                      {"time", ":30", "!"},
                      {"time", "14:30:", "!"},
                      {"time", "14h30h", "!"},
                      {"time", "1430", "!"},
                      {"time", "-1:30", "!"},
                      {"datetime", "24/11/2026 14:30", "2026-11-24T14:30:00"},
                      {"datetime", "24 11 2026 14h30", "2026-11-24T14:30:00"},
                      {"datetime", "2026-11-24T14:30:15", "2026-11-24T14:30:15"},
                      {"datetime", "24/11/2026", "!"},
                      {"datetime", "14:30", "!"},
                      {"datetime", "24/11/2026 25:00", "!"},
                      {"text", "Fès", "Fès"},
                      {"text", "Fe\u0300s", "Fès"},
                      {"text", " two\nlines ", " two\nlines "},
                      {"text",
                       "a\x01"
                       "b\x7f",
                       "ab\x7f"},
                      {"text", "نعم", "نعم"},
                      {"text", "\xc3(", "!"},
                      {"select_one", "yes", "yes"},
                      {"select_multiple", "a b", "a b"},
                      {"select_one_from_file", "MA-01", "MA-01"},
                      {"rank", "b a", "b a"},
                      {"acknowledge", "OK", "OK"}};
  for (const Row& row : rows) {
    CAPTURE(row.type);
    CAPTURE(row.typed);
    CHECK(stored(node_of(row.type), row.typed) == row.stored);
  }
}

TEST_CASE("questions: what is stored is taken again as it is") {
  base::SeededRandom random(3);
  const std::string_view pieces[] = {"1", "2", "0", "٣", ".", ",",  "-", "/",
                                     ":", " ", "T", "h", "é", "\n", "20"};
  int taken = 0;
  for (const QuestionType* type : questions::table()) {
    if (!type->accept) continue;
    Node node = node_of(std::string(type->words.front()));
    for (int round = 0; round < 2000; ++round) {
      std::string typed;
      for (size_t i = 0; i < 1 + random.below(12); ++i) typed += pieces[random.below(std::size(pieces))];
      auto once = type->accept(node, typed);
      if (!once || once->empty()) continue;
      ++taken;
      auto twice = type->accept(node, *once);
      REQUIRE_MESSAGE(twice, *once);
      CHECK(*twice == *once);
      CHECK(base::is_utf8(*once));
    }
  }
  CHECK(taken > 1000);
}

TEST_CASE("questions: a range is a scale while its steps can be counted, and refuses what lies outside") {
  auto range = [](const std::string& start, const std::string& end, const std::string& step) {
    return node_of("range", "", {{"start", start}, {"end", end}, {"step", step}});
  };
  auto kind = [](const Node& node) { return node.type->control(node).kind; };
  CHECK(kind(range("0", "10", "1")) == ControlKind::scale);
  CHECK(kind(range("10", "0", "-1")) == ControlKind::scale);
  CHECK(kind(range("0", "1", "0.1")) == ControlKind::scale);
  for (const Node& node : {range("0", "1000000000", "1"), range("0", "10", "0"), range("nan", "inf", "nan"),
                           range("5", "5", "1"), range("0", "10", "1e-9")}) {
    definition::Control control = node.type->control(node);
    if (control.kind == ControlKind::scale)
      CHECK((control.scale_max - control.scale_min) / control.scale_step <= 1e6);
    else
      CHECK(control.kind == ControlKind::number_entry);
  }
  Node node = range("-5", "5", "0.5");
  for (const auto& [typed, wanted] : std::map<std::string, std::string>{
           {"-5", "-5"}, {"5", "5"}, {"2.5", "2.5"}, {"5.1", "!"}, {"-6", "!"}, {"x", "!"}})
    CHECK(stored(node, typed) == wanted);
}

TEST_CASE("questions: appearances change the screen, never the answer") {
  auto control = [](const std::string& word, const std::string& appearance) {
    Node node = node_of(word, appearance);
    return node.type->control(node);
  };
  using definition::ChoiceLook;
  using definition::DateParts;
  using definition::Drawing;
  using definition::ScaleLook;
  CHECK(control("text", "multiline").multiline);
  CHECK_FALSE(control("text", "multilines").multiline);
  CHECK(control("text", "Masked w3").masked);
  CHECK(control("text", "Masked w3").width == 3);
  CHECK(control("text", "w13").width == 0);
  CHECK(control("text", "numbers").kind == ControlKind::number_entry);
  CHECK(control("barcode", "hide-input new-front").barcode);
  CHECK(control("integer", "thousands-sep").grouped);
  CHECK(control("integer", "counter").counter);
  CHECK(control("decimal", "bearing").bearing);
  CHECK(control("integer", "scale-0-10").kind == ControlKind::scale);
  CHECK(control("integer", "scale-0-10").scale_max == 10);
  CHECK(control("integer", "scale-0-999999999").kind == ControlKind::number_entry);
  CHECK(control("integer", "scale-").kind == ControlKind::scale);
  CHECK(control("integer", "scale-9-1").kind == ControlKind::number_entry);
  CHECK(control("datetime", "").with_time);
  CHECK(control("date", "month-year").parts == DateParts::month);
  CHECK(control("date", "year no-calendar").parts == DateParts::year);
  CHECK_FALSE(control("date", "year no-calendar").panel);
  CHECK(control("date", "ethiopian").calendar == definition::Calendar::ethiopian);
  CHECK(control("range", "vertical").vertical);
  CHECK_FALSE(control("range", "no-ticks").ticks);
  CHECK(control("range", "rating").scale_look == ScaleLook::stars);
  CHECK(control("range", "picker").scale_look == ScaleLook::picker);
  CHECK(control("image", "signature").drawing == Drawing::signature);
  CHECK(control("image", "annotate").drawing == Drawing::annotate);
  CHECK(control("image", "draw").drawing == Drawing::draw);
  struct Choices {
    const char* appearance;
    ChoiceLook look;
    int columns;
    bool searchable, marks, advances;
  };
  const Choices rows[] = {
      {"", ChoiceLook::list, 0, false, true, false},
      {"minimal", ChoiceLook::minimal, 0, false, true, false},
      {"minimal autocomplete", ChoiceLook::search, 0, true, true, false},
      {"search('list')", ChoiceLook::search, 0, true, true, false},
      {"minimal search('list', 'matches', 'a', 'b')", ChoiceLook::search, 0, true, true, false},
      {"quick", ChoiceLook::list, 0, false, true, true},
      {"columns", ChoiceLook::columns, 0, false, true, false},
      {"columns-3 no-buttons", ChoiceLook::columns, 3, false, false, false},
      {"columns-99", ChoiceLook::columns, 10, false, true, false},
      {"columns-pack", ChoiceLook::pack, 0, false, true, false},
      {"quickcompact-2", ChoiceLook::columns, 2, false, true, true},
      {"horizontal", ChoiceLook::columns, 0, false, true, false},
      {"horizontal-compact", ChoiceLook::pack, 0, false, true, false},
      {"likert", ChoiceLook::likert, 0, false, true, false},
      {"label", ChoiceLook::heading, 0, false, true, false},
      {"list-nolabel", ChoiceLook::cells, 0, false, true, false},
      {"image-map", ChoiceLook::image_map, 0, false, true, false},
      {"map", ChoiceLook::map, 0, false, true, false},
      {"placement-map", ChoiceLook::list, 0, false, true, false},
      {"unknown-word ex:org.app", ChoiceLook::list, 0, false, true, false}};
  for (const char* word : {"select_one", "select_multiple", "rank"})
    for (const Choices& row : rows) {
      CAPTURE(row.appearance);
      definition::Control c = control(word, row.appearance);
      CHECK(c.look == row.look);
      CHECK(c.columns == row.columns);
      CHECK(c.searchable == row.searchable);
      CHECK(c.marks == row.marks);
      CHECK(c.advances == row.advances);
    }
  CHECK(control("select_one_from_file", "").searchable);
  for (const char* asked : {"maps", "placement-map", "w6 Placement-Map"}) CHECK(control("geopoint", asked).charted);
  for (const char* not_asked : {"", "map", "placement-maps"}) CHECK_FALSE(control("geopoint", not_asked).charted);
}

TEST_CASE("questions: numbers as they are written in each language") {
  const Row rows[] = {{"integer", "1 660", "1660"},
                      {"integer", "1.660.000", "1660000"},
                      {"integer", "1,660", "1660"},
                      {"integer", "1.66", "!"},
                      {"integer", "0,123", "!"},
                      {"integer", "12'500", "12500"},
                      {"integer", "١٬٦٦٠", "1660"},
                      {"integer", "٣٤", "34"},
                      {"integer", "۳۴", "34"},
                      {"integer", "1.23.45", "!"},
                      {"integer", "1 2", "12"},
                      {"integer", "\u221298", "-98"},
                      {"decimal", "166,65", "166.65"},
                      {"decimal", "1.234,5", "1234.5"},
                      {"decimal", "1,234.5", "1234.5"},
                      {"decimal", "1.234.567,5", "1234567.5"},
                      {"decimal", "1.234", "1.234"},
                      {"decimal", "1,2,3", "!"},
                      {"decimal", "١٢٫٥", "12.5"},
                      {"decimal", "١٢،٥", "12.5"},
                      {"decimal", "12.345.678", "12345678"},
                      {"decimal", "1.2345,6", "!"},
                      {"decimal", "12.5.", "!"},
                      {"decimal", "-0,5", "-0.5"}};
  for (const Row& row : rows) {
    CAPTURE(row.type);
    CAPTURE(row.typed);
    CHECK(stored(node_of(row.type), row.typed) == row.stored);
  }
  CHECK(stored(node_of("text", "numbers"), "0612 34 56 78") == "0612345678");
  CHECK(stored(node_of("text", "numbers"), "٠٦١٢") == "0612");
  CHECK(stored(node_of("text", "numbers"), "06a") == "!");
}

TEST_CASE("questions: dates whole or in part") {
  struct Part {
    const char *appearance, *typed, *stored;
  };
  const Part rows[] = {{"", "24112026", "2026-11-24"},
                       {"", "24.11.2026", "2026-11-24"},
                       {"", "24-11-2026", "2026-11-24"},
                       {"", "2026/11/24", "2026-11-24"},
                       {"", "٢٤/١١/٢٠٢٦", "2026-11-24"},
                       {"", "31/02/2026", "!"},
                       {"", "11/2026", "!"},
                       {"", "24/11/26", "!"},
                       {"", "24//11/2026", "!"},
                       {"", "24/11/2026/", "!"},
                       {"month-year", "11/2026", "2026-11-01"},
                       {"month-year", "2026-11", "2026-11-01"},
                       {"month-year", "112026", "2026-11-01"},
                       {"month-year", "24/11/2026", "2026-11-01"},
                       {"month-year", "13/2026", "!"},
                       {"month-year", "2026", "!"},
                       {"year", "2026", "2026-01-01"},
                       {"year", "٢٠٢٦", "2026-01-01"},
                       {"year", "26", "!"},
                       {"year", "24/11/2026", "2026-01-01"}};
  for (const Part& row : rows) {
    CAPTURE(row.appearance);
    CAPTURE(row.typed);
    CHECK(stored(node_of("date", row.appearance), row.typed) == row.stored);
  }
}

TEST_CASE("questions: a place is read from coordinates and from links of maps, and rounded") {
  const std::pair<const char*, const char*> rows[] = {
      {"33.97159, -6.84981", "33.97 -6.85 0 0"},
      {"33,97159 -6,84981", "33.97 -6.85 0 0"},
      {"33,97159, -6,84981", "33.97 -6.85 0 0"},
      {"33.97159 -6.84981 75 12", "33.97 -6.85 75 12"},
      {"33.97159 -6.84981 75", "33.97 -6.85 75 0"},
      {"33\u00b058'17.7\"N 6\u00b050'59.3\"W", "33.97 -6.85 0 0"},
      {"33\u00b0 58\u2032 17.7\u2033 N, 6\u00b0 50\u2032 59.3\u2033 W", "33.97 -6.85 0 0"},
      {"33 58 17.7 N 6 50 59.3 W", "33.97 -6.85 0 0"},
      {"33 58.3 N, 6 51 W", "33.97 -6.85 0 0"},
      {"33 75 N 6 51 W", "!"},
      {"N 33.97159 W 6.84981", "33.97 -6.85 0 0"},
      {"33.97159 N 6.84981 O", "!"},
      {"6.84981 W, 33.97159 N", "33.97 -6.85 0 0"},
      {"41.0082 K 28.9784 D", "41.01 28.98 0 0"},
      {"lat: 33.97159 lon: -6.84981", "33.97 -6.85 0 0"},
      {"(33.97159, -6.84981)", "33.97 -6.85 0 0"},
      {"٣٣.٩٧١٥٩، -٦.٨٤٩٨١", "33.97 -6.85 0 0"},
      {"-0.001 0.001", "0 0 0 0"},
      {"https://www.google.com/maps/@33.9715,-6.8498,15z", "33.97 -6.85 0 0"},
      {"https://www.google.com/maps/place/Rabat/@33.9,-6.9,12z/"
       "data=!3m1!4b1!4m6!3m5!1s0xda7!8m2!3d33.9715904!4d-6.8498129!16z",
       "33.97 -6.85 0 0"},
      {"https://maps.google.com/?q=33.9715,-6.8498", "33.97 -6.85 0 0"},
      {"https://www.google.com/maps/search/?api=1&query=33.9715%2C-6.8498", "33.97 -6.85 0 0"},
      {"https://www.google.com/maps/search/33.9715,+-6.8498", "33.97 -6.85 0 0"},
      {"https://www.openstreetmap.org/#map=15/33.97159/-6.84981", "33.97 -6.85 0 0"},
      {"https://www.openstreetmap.org/?mlat=41.0082&mlon=28.9784#map=12/41.1/28.8", "41.01 28.98 0 0"},
      {"https://maps.apple.com/?ll=33.9715,-6.8498&q=Rabat", "33.97 -6.85 0 0"},
      {"https://www.bing.com/maps?cp=33.9715~-6.8498&lvl=12", "33.97 -6.85 0 0"},
      {"https://yandex.com/maps/?pt=28.9784,41.0082&z=12", "41.01 28.98 0 0"},
      {"geo:33.9715,-6.8498?z=12", "33.97 -6.85 0 0"},
      {"https://maps.app.goo.gl/AbCdEf123", "!"},
      {"https://www.google.com/maps/place/Rabat/somewhere/without/numbers/at/all", "!"},
      {"91, 0", "!"},
      {"0, 181", "!"},
      {"33.97", "!"},
      {"Rabat", "!"},
      {"33.97 N 6.85 N", "!"},
      {"1 2 3 4 5", "!"},
      {"33\u00b075' N 6\u00b0 W", "!"}};
  for (const auto& [typed, wanted] : rows) {
    CAPTURE(typed);
    CHECK(stored(node_of("geopoint"), typed) == wanted);
  }
  CHECK(stored(with_column(node_of("geopoint"), "x_decimals", "5"), "33.971594, -6.849812") ==
        "33.97159 -6.84981 0 0");
  CHECK(stored(with_column(node_of("geopoint"), "x_decimals", "0"), "33.971594, -6.849812") == "34 -7 0 0");
}

TEST_CASE("questions: lines and areas, point by point") {
  CHECK(stored(node_of("geotrace"), "33.1 -6.1; 33.2, -6.2") == "33.1 -6.1 0 0; 33.2 -6.2 0 0");
  CHECK(stored(node_of("geotrace"), "33.1 -6.1\n33.2 -6.2\n") == "33.1 -6.1 0 0; 33.2 -6.2 0 0");
  CHECK(stored(node_of("geotrace"), "33.1 -6.1") == "!");
  CHECK(stored(node_of("geotrace"), "33.1 -6.1; here") == "!");
  std::string area = "1 1 0 0; 1 2 0 0; 2 2 0 0; 1 1 0 0";
  CHECK(stored(node_of("geoshape"), "1 1; 1 2; 2 2") == area);
  CHECK(stored(node_of("geoshape"), area) == area);
  CHECK(stored(node_of("geoshape"), "1 1; 1 2") == "!");
}
