// The canonical bytes of a form: FORM.md. Order and spelling of columns, and the kind of file, leave no
// trace.
#include <algorithm>

#include "forms/definition/survey.h"

namespace definition {
namespace {

void put(base::Writer& out, const Text& text) {
  out.u32(static_cast<uint32_t>(text.source.size()));
  for (const std::string& one : text.source) out.text32(one);
}

void put(base::Writer& out, const std::map<std::string, std::string>& all) {
  out.u32(static_cast<uint32_t>(all.size()));
  for (const auto& [name, value] : all) {
    out.text32(name);
    out.text32(value);
  }
}

}  // namespace

base::Bytes canonical_bytes(const Survey& survey) {
  base::Writer out;
  out.tag("SVQ1");
  out.text32(survey.form_id);
  out.text32(survey.title);
  out.text32(survey.version);
  out.u32(static_cast<uint32_t>(survey.languages.size()));
  for (const std::string& language : survey.languages) out.text32(language);
  out.u32(static_cast<uint32_t>(survey.default_language));
  put(out, survey.settings);
  out.u32(static_cast<uint32_t>(survey.nodes.size()));
  for (const Node& node : survey.nodes) {
    out.u8(static_cast<uint8_t>(node.kind));
    out.text32(node.identity);
    out.text32(node.name);
    out.u32(node.parent);
    out.text32(node.type_word);
    out.u32(static_cast<uint32_t>(node.list));
    for (const Text* text :
         {&node.label, &node.hint, &node.guidance, &node.constraint_message, &node.required_message})
      put(out, *text);
    for (const Logic* logic :
         {&node.relevant, &node.constraint, &node.required, &node.read_only, &node.calculation,
          &node.default_value, &node.choice_filter, &node.repeat_count})
      out.text32(logic->source);
    out.text32(node.appearance);
    put(out, node.parameters);
    put(out, node.extra);
  }
  out.u32(static_cast<uint32_t>(survey.lists.size()));
  for (const ChoiceList& list : survey.lists) {
    out.text32(list.name);
    out.u8(list.from_file ? 1 : 0);
    // Columns by name, so that their order in the sheet does not matter.
    const language::Table& table = list.table;
    std::vector<int> order = list.further;
    auto name_of = [&](int column) -> const std::string& { return table.columns()[static_cast<size_t>(column)]; };
    std::sort(order.begin(), order.end(), [&](int a, int b) { return name_of(a) < name_of(b); });
    out.u32(static_cast<uint32_t>(order.size()));
    for (int i : order) out.text32(name_of(i));
    out.u32(list.size());
    for (uint32_t row = 0; row < list.size(); ++row) {
      out.text32(std::string(list.value(row)));
      out.u32(static_cast<uint32_t>(survey.languages.size()));
      for (size_t i = 0; i < survey.languages.size(); ++i)
        out.text32(std::string(list.label(row, static_cast<int>(i))));
      for (int i : order) out.text32(std::string(table.cell(row, i)));
    }
  }
  return out.take();
}

}  // namespace definition
