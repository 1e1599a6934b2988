// date: day, month, year by keyboard, or a month or year alone; stored as ISO 8601.
#include "forms/questions/typed.h"

namespace questions {

using namespace definition;

namespace {

Control control(const Node& node) {
  std::string words = folded_appearance(node);
  Control c{.kind = ControlKind::date_entry};
  c.calendar = calendar_of(words);
  c.panel = !has_word(words, "no-calendar");
  if (has_word(words, "month-year")) c.parts = DateParts::month;
  if (has_word(words, "year")) c.parts = DateParts::year;
  return with_width(c, words);
}

Result<std::string> accept(const Node& node, std::string_view typed) {
  return typed_date(typed, control(node).parts);
}

}  // namespace

extern const QuestionType date_question;
const QuestionType date_question{
    .words = {"date"}, .data = DataType::date, .control = control, .accept = accept};

}  // namespace questions
