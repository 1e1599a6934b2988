#include <doctest/doctest.h>

#include <regex>

#include "collector/app/respondent.h"

TEST_CASE("pattern text: what is written matches the pattern") {
  const char* patterns[] = {"^[A-Z]{2}[0-9]{2}-[A-Z][0-9]{3}-[0-9]$", "[a-z]+@[a-z]+\\.(com|org)",
                            "(ab|cd)?x{2,4}", "\\d{5}", "(a(b|c)){3}"};
  base::SeededRandom random(7);
  for (const char* pattern : patterns) {
    for (int i = 0; i < 50; ++i) {
      auto text = app::text_for_pattern(pattern, random);
      REQUIRE(text);
      CHECK_MESSAGE(std::regex_match(*text, std::regex(pattern)), pattern, " gave ", *text);
    }
  }
}

TEST_CASE("pattern text: what it does not know is refused, not guessed") {
  base::SeededRandom random(7);
  for (const char* pattern : {"(?=a)b", "(a)\\1", "[^a]", "a{2", "(a", "*a", "a{999}"})
    CHECK_FALSE(app::text_for_pattern(pattern, random));
}

TEST_CASE("pattern text: a pattern that multiplies is given up at once, letters stay whole") {
  base::SeededRandom random(7);
  for (const char* pattern :
       {"((((((((a{64}){64}){64}){64}){64}){64}){64}){64})", "((((((((|){64}){64}){64}){64}){64}){64}){64})",
        "(((((((((((((((((((((((((((((((((((((a)))))))))))))))))))))))))))))))))))))", "[a-é]", "[z-a]",
        "(a|b{64}){60}", "(((a{0,64}){0,64}b){64}){64}"})
    CHECK_FALSE(app::text_for_pattern(pattern, random));
  CHECK(app::text_for_pattern("é{3}", random) == "ééé");
  CHECK(app::text_for_pattern("[ب]{2}", random) == "بب");
}
