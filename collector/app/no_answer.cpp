#include "collector/app/no_answer.h"

#include <algorithm>

namespace app {

using definition::DataType;
using engine::NodeId;

namespace {

struct Code {
  NoAnswer why;
  std::string_view number, name;
};
constexpr Code codes[] = {{NoAnswer::dont_know, "-98", "dk"},
                          {NoAnswer::refused, "-99", "ref"},
                          {NoAnswer::not_applicable, "-97", "na"}};

const Code& code_of(NoAnswer why) {
  return codes[static_cast<size_t>(why)];
}

// The value of the choice that says it, among the list's own; "" when there is none.
std::string named_choice(const definition::Survey& survey, const definition::Node& node, const Code& code) {
  if (node.list < 0 || static_cast<size_t>(node.list) >= survey.lists.size()) return {};
  const definition::ChoiceList& list = survey.lists[static_cast<size_t>(node.list)];
  int column = list.table.column("x_value");
  for (uint32_t row = 0; row < list.size(); ++row) {
    std::string_view coded = column < 0 ? std::string_view() : list.table.cell(row, column);
    if (coded == code.number || (coded.empty() && list.value(row) == code.name))
      return std::string(list.value(row));
  }
  return {};
}

}  // namespace

std::optional<std::string> no_answer_value(const engine::Session& session, NodeId node, NoAnswer why) {
  const definition::Node& definition = session.survey().nodes[session.definition_of(node)];
  if (!definition.type || session.read_only(node)) return std::nullopt;
  const Code& code = code_of(why);
  switch (definition.type->data) {
    case DataType::choice:
    case DataType::choices: {
      std::string value = named_choice(session.survey(), definition, code);
      if (value.empty()) return std::nullopt;
      for (const engine::Offer& offer : session.offers(node, session.language()))
        if (offer.value == value) return value;
      return std::nullopt;
    }
    case DataType::integer:
    case DataType::decimal: {
      if (!definition.constraint) return std::nullopt;
      using engine::Judgement;
      bool passes = session.judge(node, code.number) == Judgement::fine;
      bool special = session.judge(node, "-95") == Judgement::constraint_failed;
      return passes && special ? std::optional<std::string>(code.number) : std::nullopt;
    }
    default:
      return std::nullopt;
  }
}

std::vector<NoAnswer> no_answers(const engine::Session& session, NodeId node) {
  std::vector<NoAnswer> all;
  for (const Code& code : codes)
    if (no_answer_value(session, node, code.why)) all.push_back(code.why);
  return all;
}

std::optional<NoAnswer> no_answer_of(const engine::Session& session, NodeId node) {
  if (session.value(node).empty()) return std::nullopt;
  for (const Code& code : codes)
    if (no_answer_value(session, node, code.why) == session.value(node)) return code.why;
  return std::nullopt;
}

}  // namespace app
