// barcode: read by a hand scanner, which types, or typed.
#include "forms/questions/typed.h"

namespace questions {

using namespace definition;

namespace {

Control control(const Node& node) {
  return with_width({.kind = ControlKind::text_entry, .barcode = true}, folded_appearance(node));
}

Result<std::string> accept(const Node&, std::string_view typed) {
  return typed_text(base::trim(typed));
}

}  // namespace

extern const QuestionType barcode_question;
const QuestionType barcode_question{
    .words = {"barcode"}, .data = DataType::text, .control = control, .accept = accept};

}  // namespace questions
