#include "collector/window/aloud.h"

namespace window {

std::string words_aloud(const app::InterviewView& view) {
  std::string words;
  auto say = [&](const std::string& text, const char* end) {
    if (!text.empty()) words += text + end;
  };
  if (view.consent) say(view.consent->title, ".\n");
  for (const app::QuestionView& q : view.questions) {
    if (q.id != view.focus && view.questions.size() > 1 && !view.consent) continue;
    say(q.label, "\n");
    say(q.hint, "\n");
    for (const app::ChoiceView& choice : q.choices) say(choice.label, ".\n");
  }
  if (view.consent && view.consent->card && !view.consent->words.empty())
    for (const std::string& line : view.consent->words.front().lines) say(line, "\n");
  return words;
}

}  // namespace window
