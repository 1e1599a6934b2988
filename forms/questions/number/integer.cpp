// integer: a whole number; with the appearance scale-A-B a row of buttons.
#include "forms/questions/typed.h"

namespace questions {

using namespace definition;

namespace {

Control control(const Node& node) {
  std::string words = folded_appearance(node);
  size_t at = words.find(" scale-");
  if (at == std::string::npos) {
    Control c{.kind = ControlKind::number_entry};
    c.grouped = has_word(words, "thousands-sep");
    c.counter = has_word(words, "counter");
    return with_width(c, words);
  }
  // "scale-0-10": its ends stand in the name; -98 and -99 can still be typed.
  double ends[2] = {0, 10};
  std::string_view text = std::string_view(words).substr(at + 7);
  size_t dash = text.find('-');
  if (dash != std::string_view::npos) {
    std::from_chars(text.data(), text.data() + dash, ends[0]);
    std::from_chars(text.data() + dash + 1, text.data() + text.size(), ends[1]);
  }
  return with_width(scale(ends[0], ends[1], 1, false), words);
}

Result<std::string> accept(const Node&, std::string_view typed) {
  return typed_number(typed, false);
}

}  // namespace

extern const QuestionType integer_question;
const QuestionType integer_question{
    .words = {"integer", "int"}, .data = DataType::integer, .control = control, .accept = accept};

}  // namespace questions
