// text: one line, or several with the appearance multiline; masked shows bullets.
#include "forms/questions/typed.h"

namespace questions {

using namespace definition;

namespace {

Control control(const Node& node) {
  std::string words = folded_appearance(node);
  Control c{.kind = ControlKind::text_entry};
  int rows = static_cast<int>(parameter(node, "rows", 0));
  c.multiline = has_word(words, "multiline") || has_word(words, "comment") || rows > 1;
  c.rows = rows > 30 ? 30 : rows < 0 ? 0 : rows;
  c.masked = has_word(words, "masked");
  c.url = has_word(words, "url");
  c.barcode = has_word(words, "barcode");
  if (has_word(words, "numbers")) {  // digits, kept as they are typed: a telephone number, a code
    c.kind = ControlKind::number_entry;
    c.multiline = false;
    c.grouped = has_word(words, "thousands-sep");
  }
  return with_width(c, words);
}

// With the appearance numbers only digits and their marks; a leading zero stays.
Result<std::string> accept(const Node& node, std::string_view typed) {
  if (!has_word(folded_appearance(node), "numbers")) return typed_text(typed);
  std::string digits = base::ascii_digits(base::trim(typed));
  std::string out;
  for (char c : digits) {
    if (c == ' ') continue;
    bool good = (c >= '0' && c <= '9') || c == '.' || c == ',' || c == '+' || c == '-';
    if (!good) return base::fail(base::Fault::invalid, "answer", "Type digits only.");
    out += c;
  }
  return out;
}

}  // namespace

extern const QuestionType text_question;
const QuestionType text_question{
    .words = {"text", "string"}, .data = DataType::text, .control = control, .accept = accept};

}  // namespace questions
