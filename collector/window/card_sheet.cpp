#include "collector/window/card_sheet.h"

#include "collector/window/editing.h"

namespace window {

text::Sheet card_sheet(const app::Screen& screen, const std::string& project, const std::filesystem::path& fonts) {
  std::string code;
  const std::vector<app::CardWords>* words = nullptr;
  if (const auto* submit = std::get_if<app::SubmitView>(&screen)) {
    code = submit->card;
    words = &submit->card_words;
  }
  if (const auto* view = std::get_if<app::InterviewView>(&screen); view && view->consent) {
    code = view->consent->code;
    words = &view->consent->words;
  }
  text::Sheet sheet{fonts, {}};
  if (code.empty() || words->empty()) return sheet;
  // The code reads from left to right, at the side where the words begin.
  sheet.lines = {{"\u2066" + code + "\u2069", 24, true, words->front().right_to_left}, {project, 10.5f, false, words->front().right_to_left}};
  for (const app::CardWords& one : *words) {
    sheet.lines.push_back({one.title, 14, true, one.right_to_left});
    for (const std::string& line : one.lines) sheet.lines.push_back({line, 10.5f, false, one.right_to_left});
  }
  wipe(code);
  return sheet;
}

void wipe_card(text::Sheet& sheet) {
  if (!sheet.lines.empty()) wipe(sheet.lines.front().words);
}

}  // namespace window
