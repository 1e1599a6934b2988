// CSV as people's programs write it.
#include <doctest/doctest.h>

#include "forms/base/random.h"
#include "forms/definition/workbook.h"

namespace {

using Rows = std::vector<std::vector<std::string>>;

Rows rows_of(std::string_view text) {
  auto sheet = definition::read_csv(base::view_of(text), "survey");
  REQUIRE(sheet);
  return sheet->rows;
}

}  // namespace

TEST_CASE("csv: line ends, quotes, marks and ragged rows are read as they are meant") {
  struct Case {
    std::string why;
    std::string text;
    Rows rows;
  };
  const Case cases[] = {
      {"nothing", "", {}},
      {"only a mark", "\xef\xbb\xbf", {}},
      {"LF", "a,b\nc,d\n", {{"a", "b"}, {"c", "d"}}},
      {"CRLF", "a,b\r\nc,d\r\n", {{"a", "b"}, {"c", "d"}}},
      {"CR", "a,b\rc,d\r", {{"a", "b"}, {"c", "d"}}},
      {"no last line end", "a,b\nc,d", {{"a", "b"}, {"c", "d"}}},
      {"a byte-order mark", "\xef\xbb\xbfname,label\n", {{"name", "label"}}},
      {"a mark further in stays", "a\xef\xbb\xbf,b", {{"a\xef\xbb\xbf", "b"}}},
      {"ragged", "a,b,c\nd\ne,f\n", {{"a", "b", "c"}, {"d"}, {"e", "f"}}},
      {"empty cells", ",,\n", {{"", "", ""}}},
      {"an empty line is a row without text", "a\n\nb\n", {{"a"}, {""}, {"b"}}},
      {"quotes", "\"a,b\",\"c\"\"d\",\"e\nf\",\"g\r\nh\"\n", {{"a,b", "c\"d", "e\nf", "g\r\nh"}}},
      {"an empty quoted last cell", "a,\"\"", {{"a", ""}}},
      {"only an empty quoted cell", "\"\"", {{""}}},
      {"a quote inside a word", "it\"s,b\n", {{"it\"s", "b"}}},
      {"text behind a closing quote", "\"a\"b,c\n", {{"ab", "c"}}},
      {"a quote never closed", "a,\"b\nc", {{"a", "b\nc"}}},
      {"spaces stay", " a , b\n", {{" a ", " b"}}},
      {"a comma at the end", "a,\n", {{"a", ""}}},
      {"other separators are text", "a;b\tc\n", {{"a;b\tc"}}},
      {"NUL is text", std::string("a\0b,c\n", 6), {{std::string("a\0b", 3), "c"}}},
      {"Arabic", "الاسم,العمر\n", {{"الاسم", "العمر"}}}};
  for (const Case& c : cases) {
    CAPTURE(c.why);
    CHECK(rows_of(c.text) == c.rows);
  }
}

TEST_CASE("csv: what is not UTF-8 is refused with what to do") {
  for (const char* text : {"name\nFran\xe7"
                           "ais\n",
                           "\xff\xfe"
                           "a",
                           "\xc0\xaf", "\xed\xa0\x80"}) {
    auto sheet = definition::read_csv(base::view_of(text), "lists/x.csv");
    REQUIRE_FALSE(sheet);
    CHECK(sheet.error().fault == base::Fault::corrupt);
    CHECK(sheet.error().where == "lists/x.csv");
    CHECK(sheet.error().detail.find("UTF-8") != std::string::npos);
  }
}

TEST_CASE("csv: more cells than a form can have are refused, not held") {
  std::string text(2'100'000, ',');
  auto sheet = definition::read_csv(base::view_of(text), "x");
  REQUIRE_FALSE(sheet);
  CHECK(sheet.error().fault == base::Fault::full);
  CHECK_FALSE(definition::read_csv(base::view_of(std::string(2'100'000, '\n')), "x"));
}

TEST_CASE("csv: what is written is read again as it was") {
  base::SeededRandom random(11);
  const std::string_view pieces[] = {"a", "\"", ",", "\n", "\r", "\r\n", " ", "é", "ب", "", "=1+1", "\t"};
  for (int round = 0; round < 400; ++round) {
    definition::Sheet sheet{"s", {}};
    size_t width = 1 + random.below(4);
    for (size_t r = 0; r < 1 + random.below(5); ++r) {
      std::vector<std::string> row(width);
      for (std::string& cell : row)
        for (size_t i = 0; i < random.below(5); ++i) cell += pieces[random.below(std::size(pieces))];
      sheet.rows.push_back(std::move(row));
    }
    CAPTURE(round);
    CHECK(rows_of(definition::write_csv(sheet)) == sheet.rows);
  }
}
