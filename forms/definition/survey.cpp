#include "forms/definition/survey.h"

#include <algorithm>

#include "forms/base/utf8.h"

namespace definition {

NodeIndex Survey::by_identity(std::string_view identity) const {
  auto at = identities.find(identity);
  return at == identities.end() ? no_node : at->second;
}

NodeIndex Survey::by_role(std::string_view x_role) const {
  for (NodeIndex i = 1; i < nodes.size(); ++i)
    if (auto at = nodes[i].extra.find("x_role"); at != nodes[i].extra.end() && at->second == x_role) return i;
  return no_node;
}

std::string_view Survey::language_code(int language) const {
  if (language < 0 || static_cast<size_t>(language) >= languages.size()) return "";
  std::string_view name = languages[static_cast<size_t>(language)];
  size_t open = name.rfind('(');
  size_t close = name.rfind(')');
  if (open != std::string_view::npos && close != std::string_view::npos && close > open)
    return name.substr(open + 1, close - open - 1);
  return name.size() <= 3 ? name : std::string_view();
}

std::string Survey::title_in(int language) const {
  if (language < 0 || static_cast<size_t>(language) >= languages.size()) return title;
  auto at = settings.find("form_title::" + languages[static_cast<size_t>(language)]);
  return at == settings.end() || at->second.empty() ? title : at->second;
}

int Survey::language_index(std::string_view name_or_code) const {
  for (size_t i = 0; i < languages.size(); ++i)
    if (languages[i] == name_or_code) return static_cast<int>(i);
  std::string wanted = base::lower(name_or_code);
  for (size_t i = 0; i < languages.size(); ++i)
    if (base::lower(language_code(static_cast<int>(i))) == wanted || base::lower(languages[i]) == wanted)
      return static_cast<int>(i);
  // "English" is "English (en)".
  for (size_t i = 0; i < languages.size(); ++i)
    if (size_t open = languages[i].rfind('('); open != std::string::npos && !wanted.empty())
      if (base::lower(base::trim(languages[i].substr(0, open))) == wanted) return static_cast<int>(i);
  return -1;
}

bool Survey::is_right_to_left(int language) const {
  std::string code = base::lower(language_code(language));
  for (std::string_view rtl : {"ar", "ary", "fa", "he", "ur", "ckb", "ps"})
    if (code == rtl) return true;
  // A language that names no code is judged by its own name.
  if (language < 0 || static_cast<size_t>(language) >= languages.size()) return false;
  for (uint32_t c : base::code_points(languages[static_cast<size_t>(language)]))
    if (c >= 0x590 && c <= 0x8ff) return true;
  return base::lower(languages[static_cast<size_t>(language)]) == "arabic";
}

std::vector<NodeIndex> Survey::repeats_around(NodeIndex node) const {
  std::vector<NodeIndex> out;
  for (NodeIndex at = node; at != no_node; at = nodes[at].parent)
    if (nodes[at].kind == NodeKind::repeat) out.push_back(at);
  std::reverse(out.begin(), out.end());
  return out;
}

void Survey::index_names() {
  by_name.clear();
  for (NodeIndex i = 1; i < nodes.size(); ++i) by_name[nodes[i].name].push_back(i);
  layout = std::make_shared<const language::Layout>(*this);
}

std::span<const NodeIndex> Survey::named(std::string_view name) const {
  auto at = by_name.find(name);
  return at == by_name.end() ? std::span<const NodeIndex>() : std::span<const NodeIndex>(at->second);
}

std::vector<std::string> Survey::all_names() const {
  std::vector<std::string> out;
  for (NodeIndex i = 1; i < nodes.size(); ++i) out.push_back(nodes[i].name);
  return out;
}

int Survey::list(std::string_view id) const {
  for (size_t i = 0; i < lists.size(); ++i)
    if (lists[i].id == id || lists[i].name == id) return static_cast<int>(i);
  return -1;
}

const language::Table* Survey::table(int list) const {
  const ChoiceList& of = lists[static_cast<size_t>(list)];
  return of.tree ? nullptr : &of.table;
}

Capture Survey::capture_of(NodeIndex node) const {
  if (nodes[node].capture != Capture::none) return nodes[node].capture;
  return nodes[node].type ? nodes[node].type->capture : Capture::none;
}

DataType Survey::data_of(NodeIndex node) const {
  const Node& of = nodes[node];
  if (of.bound != DataType::none) return of.bound;
  return of.type ? of.type->data : DataType::text;
}

// Repeats and own name; two groups may hold one name, so the group is added where it must be.
void Survey::name_identities() {
  identities.clear();
  for (NodeIndex i = 1; i < nodes.size(); ++i) {
    Node& node = nodes[i];
    std::string chain;
    for (NodeIndex repeat : repeats_around(node.parent)) chain += nodes[repeat].name + "/";
    std::string identity = chain + node.name;
    for (NodeIndex at = node.parent; !identities.try_emplace(identity, i).second; at = nodes[at].parent) {
      if (at == no_node || at == 0) {
        identity += "_" + std::to_string(i);
        identities.try_emplace(identity, i);
        break;
      }
      identity = chain + nodes[at].name + "." + identity.substr(chain.size());
    }
    node.identity = identity;
  }
}

std::string Survey::choice_label(int list, uint32_t row, int language) const {
  const ChoiceList& of = lists[static_cast<size_t>(list)];
  std::string_view label = of.label(row, language);
  if (label.empty()) label = of.label(row, default_language);
  for (size_t i = 0; i < languages.size() && label.empty(); ++i) label = of.label(row, static_cast<int>(i));
  return std::string(label.empty() ? of.value(row) : label);
}

}  // namespace definition
