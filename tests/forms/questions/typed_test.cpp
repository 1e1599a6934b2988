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
    CHECK(takes_answer == (type->accept != nullptr));
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
                      {"decimal", "1.234,5", "!"},
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

TEST_CASE("questions: a range is its buttons when they are few, and refuses what lies outside") {
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
      CHECK((control.scale_max - control.scale_min) / control.scale_step <= 20);
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
  CHECK(control("text", "multiline").multiline);
  CHECK_FALSE(control("text", "multilines").multiline);
  CHECK(control("select_one", "minimal autocomplete").searchable);
  CHECK_FALSE(control("select_one", "horizontal").searchable);
  CHECK(control("integer", "scale-0-10").kind == ControlKind::scale);
  CHECK(control("integer", "scale-0-10").scale_max == 10);
  CHECK(control("integer", "scale-0-999999999").kind == ControlKind::number_entry);
  CHECK(control("integer", "scale-").kind == ControlKind::scale);
  CHECK(control("integer", "scale-9-1").kind == ControlKind::number_entry);
  CHECK(control("datetime", "").with_time);
}
