// Places: towns whose position is known, to choose from where nobody has coordinates.
//
//   for (const ChoiceView& town : town_choices("fr")) …      // label "Fès", second its region, value "34.03, -5"
//
// Morocco, Türkiye and the Netherlands, the largest first; positions to 0.01 degree. From assets/places/towns.csv
// (GeoNames, CC BY 4.0), which is part of the program. Made once a language, on first use.
#pragma once

#include <string_view>
#include <vector>

#include "collector/app/views_question.h"

namespace app {

const std::vector<ChoiceView>& town_choices(std::string_view language);

}  // namespace app
