// What holds now: constraints and requirements of an answer, and texts with their values in them.
#include "forms/engine/state.h"

namespace engine {

using definition::Node;
using definition::NodeKind;

// What nobody can answer stands in nobody's way: it has no screen (Collect judges only what it shows), or no way to
// answer it yet.
bool Session::State::is_asked(const Node& node) {
  return node.type && node.type->control && node.type->not_yet.empty() &&
         node.type->control(node).kind != definition::ControlKind::hidden;
}

Judgement Session::State::judge(NodeId id) const {
  const Node& node = node_of(id);
  if (node.kind != NodeKind::question || answers.hidden(id)) return Judgement::fine;
  if (answers.blank(id))
    return flags[id].required && is_asked(node) ? Judgement::required_missing : Judgement::fine;
  if (node.constraint.compiled.empty() || !is_asked(node)) return Judgement::fine;
  if (language::evaluate_condition(node.constraint.compiled, *this, {0, id})) return Judgement::fine;
  note_failure(id);
  return failed() == Failure::none ? Judgement::constraint_failed : Judgement::fine;
}

// As if it were answered so: the answer is there for as long as the question is asked.
Judgement Session::State::judge(NodeId id, std::string_view candidate) const {
  if (candidate == answers.stored(id)) return judge(id);
  auto& asked = const_cast<language::Instance&>(answers);
  std::string before(answers.stored(id));
  asked.set_text(id, candidate);
  Judgement judgement = judge(id);
  asked.set_text(id, before);
  return judgement;
}

std::string Session::State::render(const definition::Text& text, NodeId context, int language) const {
  auto has = [&](size_t i) { return i < text.source.size() && !text.source[i].empty(); };
  auto wanted = static_cast<size_t>(std::max(0, language));
  if (!has(wanted)) wanted = static_cast<size_t>(std::max(0, survey.default_language));
  for (size_t i = 0; !has(wanted) && i < text.source.size(); ++i) wanted = i;
  if (!has(wanted)) return {};
  if (wanted >= text.pieces.size() || text.pieces[wanted].empty()) return text.source[wanted];
  std::string out;
  std::string value;
  for (const definition::TextPiece& piece : text.pieces[wanted]) {
    if (piece.value.empty()) {
      out += piece.literal;
      continue;
    }
    language::evaluate_text(piece.value, *this, {0, context}, value);
    out += value;
    note_failure(context);
  }
  return out;
}

}  // namespace engine
