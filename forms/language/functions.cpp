#include <algorithm>

#include "forms/language/function.h"

namespace language {
namespace {

const std::vector<Function>& all() {
  static const std::vector<Function> table = [] {
    std::vector<Function> rows;
    for (std::span<const Function> family :
         {text_functions(), number_functions(), choice_functions(), date_functions(), node_functions(),
          list_functions(), place_functions()})
      rows.insert(rows.end(), family.begin(), family.end());
    std::sort(rows.begin(), rows.end(), [](const Function& a, const Function& b) { return a.name < b.name; });
    return rows;
  }();
  return table;
}

}  // namespace

const Function* find_function(std::string_view name) {
  auto at = std::lower_bound(all().begin(), all().end(), name,
                             [](const Function& f, std::string_view n) { return f.name < n; });
  return at != all().end() && at->name == name ? &*at : nullptr;
}

std::vector<std::string> function_names() {
  std::vector<std::string> names;
  for (const Function& function : all()) names.emplace_back(function.name);
  return names;
}

}  // namespace language
