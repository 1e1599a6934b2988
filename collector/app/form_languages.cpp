#include "collector/app/form_languages.h"

#include <algorithm>

#include "collector/app/strings.h"

namespace app {

using definition::Node;
using definition::NodeKind;

namespace {

bool has(const definition::Text& text, int language) {
  return language >= 0 && static_cast<size_t>(language) < text.source.size() &&
         !text.source[static_cast<size_t>(language)].empty();
}

}  // namespace

bool has_questions_in(const definition::Survey& survey, int language) {
  if (language == survey.default_language) return true;
  return std::any_of(survey.nodes.begin(), survey.nodes.end(), [&](const Node& node) {
    return node.kind == NodeKind::question && has(node.label, language);
  });
}

int shown_language(const definition::Survey& survey, const definition::Text& text, int wanted) {
  if (has(text, wanted)) return wanted;
  if (has(text, survey.default_language)) return survey.default_language;
  for (int i = 0; i < static_cast<int>(text.source.size()); ++i)
    if (has(text, i)) return i;
  return -1;
}

int first_language(const definition::Survey& survey, const std::string& interface_language) {
  for (const std::string& wanted : {interface_language, catalogue_state(interface_language).fallback})
    if (int index = wanted.empty() ? -1 : survey.language_index(wanted); index >= 0 && has_questions_in(survey, index))
      return index;
  return survey.default_language;
}

std::string own_name(const std::string& language) {
  return language.substr(0, language.find(" ("));
}

}  // namespace app
