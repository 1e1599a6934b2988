#include "collector/app/respondent.h"

#include <doctest/doctest.h>

#include "collector/app/form_files.h"

namespace {

// What a simulated person says to the form's only question; "" when it is left.
std::string said(const std::string& type, const std::string& constraint, const std::string& parameters = "") {
  definition::Workbook book{"test", {}};
  book.sheets.push_back({"survey",
                         {{"type", "name", "label", "constraint", "required", "parameters"},
                          {type, "q", "Q", constraint, "yes", parameters}}});
  app::FormFile form = app::form_from_sheets(std::move(book), {});
  REQUIRE(form.read.survey);
  base::ManualClock clock(base::Instant{1795514640000}, 60);
  base::SeededRandom random(4);
  engine::Environment environment;
  environment.clock = &clock;
  environment.random = &random;
  engine::Session session = engine::Session::begin(*form.read.survey, environment);
  app::Respondent person(random, "en");
  auto typed = person.answer(session, session.children(0).front());
  CHECK(person.unmet().empty() == typed.has_value());
  return typed.value_or("");
}

}  // namespace

TEST_CASE("respondent: an answer meets the constraint and the range, whatever numbers stand in them") {
  CHECK(std::stol(said("integer", ". >= 18 and . < 120")) >= 18);
  CHECK_FALSE(said("integer",
                   ". < 99999999999999999999999999999999999999999999 and . > "
                   "-99999999999999999999999999999999 and . != 99999999999999999999999")
                  .empty());
  long year = std::stol(said("range", "", "start=1990 end=2026 step=1"));
  CHECK(year >= 1990);
  CHECK(year <= 2026);
  CHECK(said("text", "regex(., '^[A-Z]{2}[0-9]{3}$')").size() == 5);
  CHECK(said("text", ". = 'red' or . = 'green'").size() <= 5);
  CHECK(std::stol(said("text", ". > 40 and . < 45")) > 40);
}

TEST_CASE("respondent: what nobody can answer is left and listed, in bounded time") {
  CHECK(said("integer", ". > 5 and . < 5").empty());
  CHECK(said("text", "regex(., '(a{30}){30}')").empty());
  CHECK(said("date", ". > '2999-01-01'").empty());
}
