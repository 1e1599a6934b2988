// The list of towns: each with a name in every language and a position within its country.
#include <doctest/doctest.h>

#include <cstdlib>

#include "collector/app/places.h"
#include "forms/base/utf8.h"
#include "forms/questions/place_text.h"

TEST_CASE("places: hundreds of towns, each with a name and a position that can be an answer") {
  for (const char* language : {"en", "fr", "ar", "tr", "nl", "zgh", "xx"}) {
    const auto& towns = app::town_choices(language);
    CAPTURE(language);
    CHECK(towns.size() > 500);
    for (const app::ChoiceView& town : towns) {
      CHECK_FALSE(town.label.empty());
      CHECK_FALSE(town.second.empty());
      auto stored = questions::typed_point(town.value, 2);
      REQUIRE_MESSAGE(stored, town.value);
      auto point = questions::stored_points(*stored).front();
      bool within = point.latitude > 20 && point.latitude < 54 && point.longitude > -18 && point.longitude < 45;
      CHECK_MESSAGE(within, town.label);
    }
  }
}

TEST_CASE("places: a town is found as people write it") {
  auto found = [](const char* language, const char* wanted) {
    for (const app::ChoiceView& town : app::town_choices(language))
      if (base::contains_folded(town.label, wanted)) return town.value;
    return std::string("none");
  };
  CHECK(found("fr", "Fes") == "34.03, -5.00");
  CHECK(found("ar", "فاس") == "34.03, -5.00");
  CHECK(found("ar", "اسطنبول") == found("tr", "istanbul"));
  CHECK(found("nl", "Nijmegen") == "51.84, 5.85");
}
