// Choices as they are offered now: lists through their filters, rosters through their answers.
#include <algorithm>
#include <unordered_set>

#include "forms/base/utf8.h"
#include "forms/engine/state.h"

namespace engine {
namespace {

using definition::ChoiceList;
using definition::DataType;
using definition::no_node;
using definition::Node;

std::vector<std::string> words(std::string_view text) {
  std::vector<std::string> out;
  size_t at = 0;
  while (at < text.size()) {
    size_t end = std::min(text.find(' ', at), text.size());
    if (end > at) out.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

// Rows of a table document, as expressions number them: a row every so many nodes.
uint32_t row_of(const ChoiceList& list, Ref ref) {
  return (ref.node - 2) / (static_cast<uint32_t>(list.table.columns().size()) + 1);
}

}  // namespace

bool Session::State::document_named(std::string_view id, Ref& out) const {
  int list = survey.list(id);
  if (list < 0) return false;
  out = {static_cast<uint32_t>(list) + 1, 0};
  return true;
}

void Session::State::speak(int language) {
  environment.language = language;
  language_index = std::max(0, language);
  language_code = survey.language_code(language);
  for (size_t i = 0; i < survey.lists.size(); ++i) {
    const ChoiceList& list = survey.lists[i];
    language::Document& document = documents[i + 1];
    document.label = document.label_now = list.table.column("label");
    auto at = static_cast<size_t>(language_index);
    if (document.label >= 0 && at < list.label_columns.size() && list.label_columns[at] >= 0)
      document.label_now = list.label_columns[at];
  }
}

void Session::State::offered(NodeId id, std::vector<Ref>& out) const {
  const Node& node = node_of(id);
  out.clear();
  if (node.choices.empty()) {
    if (node.list < 0) return;
    const language::Table& table = survey.lists[static_cast<size_t>(node.list)].table;
    const auto width = static_cast<uint32_t>(table.columns().size()) + 1;
    out.reserve(table.row_count());
    for (uint32_t row = 0; row < table.row_count(); ++row)
      out.push_back({static_cast<uint32_t>(node.list) + 1, 2 + row * width});
    return;
  }
  if (!node.choices.is_volatile()) return language::evaluate_nodes(node.choices, *this, {0, id}, out);
  // Shuffled without a seed: in one order for the whole interview.
  base::SeededRandom fixed(environment.shuffle * 2654435761u + id + 1);
  auto& self = const_cast<State&>(*this);
  base::Random* before = std::exchange(self.random, &fixed);
  language::evaluate_nodes(node.choices, *this, {0, id}, out);
  self.random = before;
}

std::string_view Session::State::value_of(const Node& node, uint32_t row) const {
  const ChoiceList& list = survey.lists[static_cast<size_t>(node.list)];
  return node.value_column < 0 ? list.value(row) : list.table.cell(row, node.value_column);
}

std::string Session::State::label_of(const Node& node, uint32_t row, NodeId context, int language) const {
  const ChoiceList& list = survey.lists[static_cast<size_t>(node.list)];
  if (const definition::Text* live = list.live_label(row)) return render(*live, context, language);
  if (node.label_columns.empty()) return survey.choice_label(node.list, row, language);
  std::string_view label;
  for (int wanted : {language, survey.default_language, 0}) {
    auto at = static_cast<size_t>(std::max(0, wanted));
    if (label.empty() && at < node.label_columns.size() && node.label_columns[at] >= 0)
      label = list.table.cell(row, node.label_columns[at]);
  }
  return std::string(label.empty() ? value_of(node, row) : label);
}

// The answers of the roster's question in every instance of its repeat, blanks left out; equal ones are
// numbered. Multi-selects are words: a space inside a label must not part it, so it is a no-break space
// there.
std::vector<Session::State::RosterRow> Session::State::roster(NodeId id) const {
  const Node& node = node_of(id);
  std::vector<RosterRow> out;
  std::vector<NodeId> sources;
  if (!node.choices.empty()) {  // an XForm says which instances
    std::vector<Ref> rows;
    offered(id, rows);
    for (const Ref& row : rows)
      if (row.document == 0 &&
          survey.layout->scope(definition(row.node)) == survey.layout->scope(node.roster))
        sources.push_back(answers.node(answers.frame_of(row.node), node.roster));
  } else {
    // From what holds the repeat on: a roster inside its own repeat offers every row.
    const language::Layout& layout = *survey.layout;
    uint32_t scope = layout.scope(node.roster);
    uint32_t common = layout.common_scope(layout.scope(definition(id)), layout.scopes()[scope].parent);
    uint32_t frame = answers.frame_of(id);
    while (answers.frame(frame).scope != common) frame = answers.frame(frame).parent;
    each_below(frame, [&](uint32_t at) {
      if (answers.frame(at).scope == scope) sources.push_back(answers.node(at, node.roster));
    });
  }
  bool several = node.type && node.type->data != DataType::choice;
  const std::string gap = several ? "\xc2\xa0" : " ";
  std::unordered_set<std::string> taken;
  for (NodeId at : sources) {
    std::string_view text = answers.text(at);
    if (text.empty()) continue;
    if (node.choice_filter && !language::evaluate_truth(node.choice_filter.compiled, *this, {0, at}))
      continue;
    std::string value;
    for (char c : text) value += several && (c == ' ' || c == '\n' || c == '\t') ? gap : std::string(1, c);
    std::string tried = value;
    for (int n = 2; !taken.insert(tried).second; ++n) tried = value + gap + "(" + std::to_string(n) + ")";
    std::string label = tried;
    if (node.roster_label != no_node && node.roster_label != node.roster)
      if (NodeId shown = answers.node(answers.frame_of(at), node.roster_label); !answers.text(shown).empty())
        label = std::string(answers.text(shown));
    out.push_back({at, tried, label});
  }
  return out;
}

void Session::State::pick(NodeId id) {
  const Node& node = node_of(id);
  if (node.roster == no_node || !node.type) return;
  picked.erase(id);
  std::string value(answers.stored(id));
  if (value.empty()) return;
  std::vector<RosterRow> rows = roster(id);
  std::vector<std::string> said = {value};
  if (node.type->data != DataType::choice) said = words(value);
  for (const std::string& one : said) {
    auto at = std::find_if(rows.begin(), rows.end(), [&](const RosterRow& r) { return r.value == one; });
    picked[id].push_back(at == rows.end() ? no_id : at->source);
  }
}

// An answer from a roster names rows, not words: it follows a row whose label changes (a name put right,
// another language), and goes with the row.
void Session::State::drop_stale_picks(NodeId id, Change& change) {
  std::string value(answers.stored(id));
  bool one = node_of(id).type->data == DataType::choice;
  std::vector<std::string> said = one ? std::vector<std::string>{value} : words(value);
  std::vector<RosterRow> rows = roster(id);
  std::vector<NodeId>& mine = picked[id];
  std::string kept;
  std::vector<NodeId> still;
  for (size_t i = 0; i < said.size() && i < mine.size(); ++i) {
    auto at = std::find_if(rows.begin(), rows.end(), [&](const RosterRow& r) {
      return mine[i] == no_id ? r.value == said[i] : r.source == mine[i];
    });
    bool typed = mine[i] == no_id && rows.empty();  // where nothing was offered
    if (at == rows.end() && !typed) continue;
    kept += (kept.empty() ? "" : " ") + (typed ? said[i] : at->value);
    still.push_back(typed ? no_id : at->source);
  }
  mine = std::move(still);
  if (put(id, kept, Origin::given)) show(id, change);
}

bool Session::State::offers_anything(NodeId id) const {
  if (node_of(id).roster != no_node) return !roster(id).empty();
  std::vector<Ref> rows;
  offered(id, rows);
  return !rows.empty();
}

bool Session::State::takes_free_text(NodeId id) const {
  const Node& node = node_of(id);
  if (!node.type || !node.type->takes_list) return false;
  if (node.list >= 0 && survey.lists[static_cast<size_t>(node.list)].missing) return true;
  return !offers_anything(id);
}

// A chosen value that is no longer offered goes at once; what was typed where nothing was offered stays.
void Session::State::drop_stale(NodeId id, Change& change) {
  const Node& node = node_of(id);
  if (restoring || answers.blank(id) || !node.type || !node.type->takes_list || answers.hidden(id)) return;
  if (node.roster != no_node) return drop_stale_picks(id, change);
  const ChoiceList& list = survey.lists[static_cast<size_t>(node.list)];
  if (list.missing) return;
  std::string value(answers.stored(id));
  bool plain = node.choices.empty() && node.value_column < 0;  // every row is offered: one look
  if (plain && list.find(value) != language::no_row) return;
  std::vector<Ref> rows;
  offered(id, rows);
  auto is_offered = [&](std::string_view one) {
    return std::any_of(rows.begin(), rows.end(),
                       [&](const Ref& row) { return value_of(node, row_of(list, row)) == one; });
  };
  if (is_offered(value)) return;
  if (rows.empty() && node.value_column < 0 && list.find(value) == language::no_row) return;  // typed
  std::string kept;
  if (node.type->data != DataType::choice)
    for (const std::string& word : words(value))
      if (is_offered(word)) kept += (kept.empty() ? "" : " ") + word;
  if (put(id, kept, Origin::given)) show(id, change);
}

std::string Session::State::choice_label(Ref question, NodeIndex definition, std::string_view value) const {
  const Node& node = survey.nodes[definition];
  if (node.roster != no_node) return std::string(value);
  if (node.list < 0) return {};
  const ChoiceList& list = survey.lists[static_cast<size_t>(node.list)];
  uint32_t row = node.value_column < 0 ? list.find(value) : list.table.equal(node.value_column, value).row();
  return row == language::no_row ? std::string() : label_of(node, row, question.node, environment.language);
}

std::string Session::State::itext(std::string_view id) const {
  auto at = survey.itext.find(std::string(id));
  return at == survey.itext.end() ? std::string() : render(at->second, 0, environment.language);
}

std::string Session::State::property(std::string_view name) const {
  if (name == "deviceid") return environment.device_id;
  if (name == "username") return environment.username;
  if (name == "email") return environment.email;
  if (name == "phonenumber") return environment.phone_number;
  return {};
}

}  // namespace engine
