#include "collector/app/places.h"

#include <map>

#include "forms/definition/workbook.h"

namespace app {
namespace {

constexpr std::string_view towns_csv =
#include "towns.inc"
    ;

std::vector<ChoiceView> read_towns(std::string_view language) {
  std::vector<ChoiceView> out;
  auto sheet = definition::read_csv(base::view_of(towns_csv), "towns.csv");
  if (!sheet || sheet->rows.empty()) return out;
  int label = -1;
  int own = -1;
  int region = -1;
  int latitude = -1;
  int longitude = -1;
  const auto& heads = sheet->rows.front();
  std::string code = "(" + std::string(language) + ")";
  for (int i = 0; i < static_cast<int>(heads.size()); ++i) {
    const std::string& head = heads[static_cast<size_t>(i)];
    if (head == "label") label = i;
    if (head.find(code) != std::string::npos) own = i;
    if (head == "region") region = i;
    if (head == "latitude") latitude = i;
    if (head == "longitude") longitude = i;
  }
  if (own < 0) own = label;
  for (size_t n = 1; n < sheet->rows.size(); ++n) {
    auto cell = [&](int column) {
      const auto& cells = sheet->rows[n];
      return column >= 0 && static_cast<size_t>(column) < cells.size() ? cells[static_cast<size_t>(column)] : std::string();
    };
    out.push_back({cell(latitude) + ", " + cell(longitude), cell(own), cell(region)});
  }
  return out;
}

}  // namespace

const std::vector<ChoiceView>& town_choices(std::string_view language) {
  static std::map<std::string, std::vector<ChoiceView>, std::less<>> made;
  auto at = made.find(language);
  if (at == made.end()) at = made.emplace(std::string(language), read_towns(language)).first;
  return at->second;
}

}  // namespace app
