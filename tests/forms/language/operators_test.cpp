// Operators, literals and conversions, as a table.
#include "tests/forms/language/world.h"

namespace {
struct Row {
  std::string source;
  std::string wanted;
};
}  // namespace

TEST_CASE("operators: each gives what XPath 1.0 and ODK say") {
  support::World world;
  const Row rows[] = {
      {"1 + 2 * 3", "7"},
      {"(1 + 2) * 3", "9"},
      {"7 - 2 - 1", "4"},
      {"8 div 4 div 2", "1"},
      {"7 mod 2", "1"},
      {"-7 mod 2", "-1"},
      {"7 mod -2", "1"},
      {"5.5 mod 2", "1.5"},
      {"1 mod 0", "NaN"},
      {"1 div 0", "Infinity"},
      {"-1 div 0", "-Infinity"},
      {"0 div 0", "NaN"},
      {"--3", "3"},
      {"-'19'", "-19"},
      {"- (8 * 5)", "-40"},
      {".5 + 1.", "1.5"},
      {"1 = 1 = 1", "true"},
      {"1 < 2 = 2 > 1", "true"},
      {"true() or false() and false()", "true"},
      {"not(true()) or 2 > 1", "true"},
      {"'a' = 'a'", "true"},
      {"'a' != 'a'", "false"},
      {"'' = ''", "true"},
      {"1 = '1'", "true"},
      {"1 = '1.0'", "true"},
      {"'1' = '1.0'", "false"},
      {"true() = 'x'", "true"},
      {"true() = ''", "false"},
      {"6.1 - 7.8 = -1.7", "true"},
      {"6.1 - 7.8 != -1.7", "false"},
      {"0.1 + 0.2", "0.30000000000000004"},
      {"1 div 3", "0.3333333333333333"},
      {"0.000001 div 10", "0.0000001"},
      {"0 * -1", "0"},
      {"'2026-11-24' < '2026-11-25'", "true"},
      {"'2026-11-24' = '2026-11-24T00:00:00.000+01:00'", "true"},
      {"date('2026-11-24') - date('2026-11-20')", "4"},
      {"'10' < '9'", "false"},
      {"'' < 10", "false"},
      {"'٣' + 1", "NaN"},
      {"'4,6' + 0", "NaN"},
      {"' 5 ' + 0", "5"},
      {"'1e3' + 0", "NaN"},
      {"'it''s'", ""},
  };
  for (const Row& row : rows) {
    if (row.wanted.empty()) {
      CHECK_MESSAGE(world.problem(row.source) == "syntax", row.source);
      continue;
    }
    CHECK_MESSAGE(world.text(row.source) == row.wanted, row.source);
  }
}

TEST_CASE("operators: a blank question is not zero") {
  support::World world;
  const Row rows[] = {
      {"${blank} < 10", "false"},  {"${blank} >= 0", "false"}, {"${blank} = ''", "true"},
      {"${blank} = 0", "false"},   {"${blank} + 1", "NaN"},    {"${blank} != 1", "true"},
      {"${blank} != ''", "false"}, {"string(${blank})", ""},
  };
  for (const Row& row : rows) CHECK_MESSAGE(world.text(row.source) == row.wanted, row.source);
}

TEST_CASE("operators: a set of nodes compares when one of its nodes does, with a truth as a whole") {
  support::World world;
  const Row rows[] = {
      {"/data/p/x = 20", "true"},          {"/data/p/x != 20", "true"},
      {"/data/p/x = 30", "false"},         {"/data/p/x > 15", "true"},
      {"15 > /data/p/x", "true"},          {"/data/p/x = /data/p/k/y * 10", "true"},
      {"/data/p[x = 99]/x = ''", "false"}, {"/data/p[x = 99]/x != ''", "false"},
      {"/data/p/x = true()", "true"},      {"/data/p[x = 99]/x = false()", "true"},
  };
  for (const Row& row : rows) CHECK_MESSAGE(world.text(row.source) == row.wanted, row.source);
}

TEST_CASE("problems: what cannot be meant is said, with a suggestion where one is near") {
  support::World world;
  const Row rows[] = {
      {"", "syntax"},
      {"1 +", "syntax"},
      {"(1", "syntax"},
      {"1)", "syntax"},
      {"'open", "syntax"},
      {"${a", "syntax"},
      {"${}", "syntax"},
      {"${a} && 1", "syntax"},
      {"${a} ! 1", "syntax"},
      {"#", "syntax"},
      {"/data/", "syntax"},
      {"1 2", "syntax"},
      {"${nope}", "unknown_name"},
      {"/data/nope", "unknown_name"},
      {"../nope", "unknown_name"},
      {"nope(1)", "unknown_function"},
      {"count()", "arity"},
      {"if(1, 2)", "arity"},
      {"instance('x')/root/item", "unknown_list"},
      {"jr:choice-name('fr', '${nope}')", "unknown_name"},
  };
  for (const Row& row : rows) CHECK_MESSAGE(world.problem(row.source) == row.wanted, row.source);
  auto said = [&](const char* source) { return language::compile(source, world, 0).problems.at(0); };
  CHECK(said("string-lenght('x')").text.find("did you mean \"string-length\"") != std::string::npos);
  CHECK(said("1 + ${word}").text.find("did you mean \"words\"") != std::string::npos);
  CHECK(said("1 + ${word}").offset == 4);
}

TEST_CASE("problems: nesting beyond reason is refused, not followed") {
  support::World world;
  for (int n : {1000, 100000}) {
    auto times = [n](const std::string& word) {
      std::string out;
      for (int i = 0; i < n; ++i) out += word;
      return out;
    };
    CHECK(world.problem(times("(") + "1" + times(")")) == "syntax");
    CHECK(world.problem(times("-") + "1") == "syntax");
    CHECK(world.problem(times("not(") + "1" + times(")")) == "syntax");
    CHECK(world.problem(times("/data[") + "1" + times("]")) == "syntax");
  }
}
