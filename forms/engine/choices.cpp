// Choices as they are offered now: lists through their filters and indexes, rosters through their answers.
#include <algorithm>

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

}  // namespace

int Session::State::list_named(std::string_view id) const {
  for (size_t i = 0; i < survey.lists.size(); ++i) {
    const std::string& name = survey.lists[i].name;
    if (name == id) return static_cast<int>(i);
    // instance('places') is the file places.csv.
    size_t dot = name.rfind('.');
    if (survey.lists[i].from_file && dot != std::string::npos && std::string_view(name).substr(0, dot) == id)
      return static_cast<int>(i);
  }
  return -1;
}

uint32_t Session::State::row_count(int list) const {
  return static_cast<uint32_t>(survey.lists[static_cast<size_t>(list)].choices.size());
}

// Columns are numbered name 0, label 1, then the further ones.
int Session::State::column_named(int list, std::string_view name) const {
  if (name == "name" || name == "value") return 0;
  if (name == "label") return 1;
  const ChoiceList& l = survey.lists[static_cast<size_t>(list)];
  auto at = std::find(l.columns.begin(), l.columns.end(), name);
  return at == l.columns.end() ? -1 : static_cast<int>(at - l.columns.begin()) + 2;
}

std::string_view Session::State::cell(int list, uint32_t row, int column) const {
  const definition::Choice& choice = survey.lists[static_cast<size_t>(list)].choices[row];
  if (column == 0) return choice.value;
  if (column == 1) {
    auto wanted = static_cast<size_t>(std::max(0, environment.language));
    if (wanted < choice.label.source.size() && !choice.label.source[wanted].empty())
      return choice.label.source[wanted];
    auto fallback = static_cast<size_t>(std::max(0, survey.default_language));
    return fallback < choice.label.source.size() ? std::string_view(choice.label.source[fallback])
                                                 : std::string_view();
  }
  auto further = static_cast<size_t>(column - 2);
  return further < choice.columns.size() ? std::string_view(choice.columns[further]) : std::string_view();
}

const std::unordered_multimap<std::string_view, uint32_t>& Session::State::index_of(int list,
                                                                                    int column) const {
  auto [at, fresh] = indexes.try_emplace({list, column});
  if (fresh)
    for (uint32_t row = 0; row < row_count(list); ++row) at->second.emplace(cell(list, row, column), row);
  return at->second;
}

std::vector<uint32_t> Session::State::offered_rows(NodeId id) const {
  const Node& node = node_of(id);
  std::vector<uint32_t> out;
  if (node.list < 0) return out;
  std::string column;
  std::string wanted;
  const language::Expression& filter = node.choice_filter.compiled;
  int indexed = -1;
  if (!filter.empty() && row_count(node.list) > 16 && language::indexable(filter, *this, id, column, wanted))
    indexed = column_named(node.list, column);
  if (indexed >= 0 && indexed != 1) {
    auto [first, last] = index_of(node.list, indexed).equal_range(wanted);
    for (; first != last; ++first) out.push_back(first->second);
    std::sort(out.begin(), out.end());
    std::erase_if(
        out, [&](uint32_t row) { return !language::evaluate_filter(filter, *this, id, node.list, row); });
    return out;
  }
  for (uint32_t row = 0; row < row_count(node.list); ++row)
    if (language::evaluate_filter(filter, *this, id, node.list, row)) out.push_back(row);
  return out;
}

// The answers of the roster's question in every instance of its repeat, blanks left out; equal ones are
// numbered. Multi-selects are words: a space inside a label must not part it, so it is a no-break space
// there.
std::vector<Session::State::RosterRow> Session::State::roster(NodeId id) const {
  const Node& node = node_of(id);
  std::vector<RosterRow> out;
  // From what holds the repeat on: a roster inside its own repeat offers every row.
  std::vector<NodeIndex> chain;
  bool outside = survey.repeats_around(node.roster).empty();
  for (NodeIndex at = node.roster; at != no_node; at = survey.nodes[at].parent) {
    if (outside) chain.push_back(at);
    outside |= survey.nodes[at].kind == definition::NodeKind::repeat;
  }
  NodeId common = id;
  while (common != 0 && std::find(chain.begin(), chain.end(), rows[common].definition) == chain.end())
    common = rows[common].parent;
  bool words = node.type && node.type->data != DataType::choice;
  const std::string gap = words ? "\xc2\xa0" : " ";
  std::vector<NodeId> open = {common};
  std::unordered_set<std::string> taken;
  while (!open.empty()) {
    NodeId at = open.back();
    open.pop_back();
    open.insert(open.end(), rows[at].children.rbegin(), rows[at].children.rend());
    if (rows[at].definition != node.roster) continue;
    std::string text(text_of(at));
    if (text.empty()) continue;
    if (node.choice_filter && !language::to_truth(language::evaluate(node.choice_filter.compiled, *this, at)))
      continue;
    std::string value;
    for (char c : text) value += words && (c == ' ' || c == '\n' || c == '\t') ? gap : std::string(1, c);
    std::string tried = value;
    for (int n = 2; !taken.insert(tried).second; ++n) tried = value + gap + "(" + std::to_string(n) + ")";
    out.push_back({at, tried});
  }
  return out;
}

void Session::State::pick(NodeId id) {
  const Node& node = node_of(id);
  if (node.roster == no_node || !node.type) return;
  rows[id].picked.clear();
  if (rows[id].value.empty()) return;
  std::vector<RosterRow> offered = roster(id);
  std::vector<std::string> said = {rows[id].value};
  if (node.type->data != DataType::choice) said = words(rows[id].value);
  for (const std::string& one : said) {
    auto at =
        std::find_if(offered.begin(), offered.end(), [&](const RosterRow& r) { return r.value == one; });
    rows[id].picked.push_back(at == offered.end() ? no_id : at->source);
  }
}

// An answer from a roster names rows, not words: it follows a row whose label changes (a name put right,
// another language), and goes with the row.
void Session::State::drop_stale_picks(NodeId id, Change& change) {
  NodeRow& row = rows[id];
  bool one = node_of(id).type->data == DataType::choice;
  std::vector<std::string> said = one ? std::vector<std::string>{row.value} : words(row.value);
  std::vector<RosterRow> offered = roster(id);
  std::string kept;
  std::vector<NodeId> still;
  for (size_t i = 0; i < said.size() && i < row.picked.size(); ++i) {
    auto at = std::find_if(offered.begin(), offered.end(), [&](const RosterRow& r) {
      return row.picked[i] == no_id ? r.value == said[i] : r.source == row.picked[i];
    });
    bool typed = row.picked[i] == no_id && offered.empty();  // where nothing was offered
    if (at == offered.end() && !typed) continue;
    kept += (kept.empty() ? "" : " ") + (typed ? said[i] : at->value);
    still.push_back(typed ? no_id : at->source);
  }
  row.picked = std::move(still);
  if (put(id, kept, Origin::given)) change.changed.push_back(id);
}

bool Session::State::offers_anything(NodeId id) const {
  const Node& node = node_of(id);
  return node.roster != no_node ? !roster(id).empty() : !offered_rows(id).empty();
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
  const std::string& value = rows[id].value;
  if (restoring || value.empty() || !node.type || !node.type->takes_list || !chain_open(id)) return;
  if (node.list >= 0 && survey.lists[static_cast<size_t>(node.list)].missing) return;
  if (node.roster != no_node) return drop_stale_picks(id, change);
  std::vector<std::string> offered;
  for (uint32_t row : offered_rows(id))
    offered.push_back(survey.lists[static_cast<size_t>(node.list)].choices[row].value);
  auto is_offered = [&](const std::string& one) {
    return std::find(offered.begin(), offered.end(), one) != offered.end();
  };
  if (is_offered(value)) return;
  if (offered.empty() && index_of(node.list, 0).count(value) == 0) return;  // typed
  std::string kept;
  if (node.type->data != DataType::choice)
    for (const std::string& word : words(value))
      if (is_offered(word)) kept += (kept.empty() ? "" : " ") + word;
  if (put(id, kept, Origin::given)) change.changed.push_back(id);
}

std::string Session::State::choice_label(uint32_t question, NodeIndex definition,
                                         std::string_view value) const {
  const Node& node = survey.nodes[definition];
  if (node.roster != no_node) return std::string(value);
  if (node.list < 0) return {};
  const auto& index = index_of(node.list, 0);
  auto at = index.find(value);
  if (at == index.end()) return {};
  std::string label = render(survey.lists[static_cast<size_t>(node.list)].choices[at->second].label, question,
                             environment.language);
  return label.empty() ? std::string(value) : label;
}

}  // namespace engine
