// References: ${name} and ${last-saved#name} in a cell, and the expressions that stand in a text.
//
//   for (const Reference& r : references_in("${a} + ${last-saved#b}"))  …      // "a", then "b" with last_saved
//   is_dynamic_default("random() * 6", DataType::integer)  →  true
//
// Pure text work: whether a name exists is for those who know the form. Source: pyxform 4.5, parsing/expression.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "forms/definition/question_type.h"

namespace definition {

struct Reference {
  size_t begin = 0, end = 0;  // bytes of the whole "${…}"
  std::string name;
  bool last_saved = false;
};

std::vector<Reference> references_in(std::string_view text);
bool is_reference(std::string_view text);  // one reference and nothing else
// Where a "${" begins that is no reference; npos: nowhere.
size_t broken_reference(std::string_view text);
bool is_xml_name(std::string_view text);  // NCName: what a node may be called in an XForm

// Values that a label shows: ${name}, and instance('list')/root/item[…]/label. In order, never one in another.
struct Span {
  size_t begin = 0, end = 0;
};
std::vector<Span> values_in_text(std::string_view text);

// A default that is evaluated rather than taken as it stands: it calls a function, names a question, or counts.
bool is_dynamic_default(std::string_view text, DataType data);

}  // namespace definition
