// Help: one page a task, offline, in the languages of the interface. assets/help/fr.md …, inside the program.
//
//   for (const HelpPage& page : help_pages("fr")) show(page.title);
//
// A page begins with "## id | Title"; lines that begin with "- " are points, the others paragraphs. `…` is a key,
// *…* is emphasis, {go.sync.button} the word the interface itself uses. A language without pages shows those of
// its fallback (Tamazight: French), and says so.
#pragma once

#include <string>
#include <vector>

#include "collector/app/strings.h"

namespace app {

struct HelpLine {
  std::string text;  // `…` and *…* as written; the words of the interface in their place
  bool point = false;
};
struct HelpPage {
  std::string id, title;
  std::vector<HelpLine> lines;
};

std::vector<HelpPage> help_pages(const Strings& strings);
std::string help_language(std::string_view language);  // the one whose pages are shown

}  // namespace app
