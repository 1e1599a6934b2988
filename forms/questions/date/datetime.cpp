// datetime: a date and a time.
#include "forms/questions/typed.h"

namespace questions {

using namespace definition;

namespace {
Control control(const Node& node) {
  std::string words = folded_appearance(node);
  Control c{.kind = ControlKind::date_entry, .with_time = true};
  c.calendar = calendar_of(words);
  c.panel = !has_word(words, "no-calendar");
  return with_width(c, words);
}

Result<std::string> accept(const Node&, std::string_view typed) {
  std::string text = base::trim(typed);
  size_t gap = text.find_last_of(" T");
  if (gap == std::string::npos)
    return base::fail(base::Fault::invalid, "answer", "Type a date and a time: 24/11/2026 14:30.");
  auto day = typed_date(std::string_view(text).substr(0, gap));
  if (!day) return day;
  auto hour = typed_time(std::string_view(text).substr(gap + 1));
  if (!hour) return hour;
  return *day + "T" + *hour;
}
}  // namespace

extern const QuestionType datetime_question;
const QuestionType datetime_question{
    .words = {"datetime", "date time"}, .data = DataType::date_time, .control = control, .accept = accept};

}  // namespace questions
