// What an XForm says in paths and nodesets, in the words of an XLSForm.
#include <algorithm>

#include "forms/base/utf8.h"
#include "forms/definition/references.h"
#include "forms/definition/xlsform_out.h"

namespace definition {
namespace {

bool in_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
         c == '.' || c == ':' || static_cast<unsigned char>(c) >= 0x80;
}

// The nearest repeat around a node; the form where there is none.
NodeIndex repeat_of(const Survey& survey, NodeIndex node) {
  std::vector<NodeIndex> around = survey.repeats_around(survey.nodes[node].parent);
  return around.empty() ? 0 : around.back();
}

}  // namespace

NodeIndex Named::at_path(const std::string& path, NodeIndex context) const {
  NodeIndex at = path[0] == '/' ? no_node : context;
  for (size_t from = path[0] == '/' ? 1 : 0; from <= path.size();) {
    size_t end = std::min(path.find('/', from), path.size());
    std::string step = path.substr(from, end - from);
    from = end + 1;
    if (step == ".") continue;
    if (step == "..") {
      if (at == no_node || at == 0) return no_node;
      at = survey.nodes[at].parent;
    } else if (at == no_node) {
      if (step != survey.nodes[0].name) return no_node;
      at = 0;
    } else {
      const auto& children = survey.nodes[at].children;
      auto found = std::find_if(children.begin(), children.end(),
                                [&](NodeIndex child) { return survey.nodes[child].name == step; });
      if (found == children.end()) return no_node;
      at = *found;
    }
  }
  return at == no_node || at == 0 || survey.named(survey.nodes[at].name).size() != 1 ? no_node : at;
}

std::string Named::logic(const std::string& source, NodeIndex context) const {
  std::string out;
  int brackets = 0;
  for (size_t i = 0; i < source.size();) {
    char c = source[i];
    if (c == '\'' || c == '"') {  // a text
      size_t close = std::min(source.find(c, i + 1), source.size() - 1);
      out += source.substr(i, close - i + 1);
      i = close + 1;
      continue;
    }
    brackets += (c == '[') - (c == ']');
    bool starts = c == '/' || (c == '.' && source.compare(i, 2, "..") == 0);
    bool free =
        out.empty() || (!in_name(out.back()) && out.back() != ')' && out.back() != ']' && out.back() != '/');
    if (!starts || !free || source.compare(i, 2, "//") == 0) {
      out += c;
      ++i;
      continue;
    }
    size_t end = i;
    while (end < source.size() && (in_name(source[end]) || source[end] == '/')) ++end;
    std::string path = source.substr(i, end - i);
    i = end;
    // Inside a predicate, "../x" is somewhere else; and a path that goes on with one means its instances.
    bool relative = path[0] != '/';
    bool picks = end < source.size() && source[end] == '[';
    NodeIndex node = (brackets > 0 && relative) || picks ? no_node : at_path(path, context);
    bool question = node != no_node && survey.nodes[node].kind != NodeKind::group;
    // An absolute path in its own repeat means every instance to sum(), which ${name} would not.
    NodeIndex shared = node == no_node ? 0 : repeat_of(survey, node);
    bool own = false;
    for (NodeIndex at = context; shared != 0 && at != no_node; at = survey.nodes[at].parent)
      own = own || at == shared;
    out += question && (relative || !own) ? "${" + survey.nodes[node].name + "}" : path;
  }
  return out;
}

std::string Named::text(const Text& text, size_t language) const {
  if (language >= text.pieces.size() || text.pieces[language].empty())
    return language < text.source.size() ? text.source[language] : std::string();
  std::string out;
  for (const TextPiece& piece : text.pieces[language]) {
    if (piece.value.empty()) {
      out += piece.literal;
      continue;
    }
    std::string value = logic(piece.value.print(), 0);
    // Labels show questions and what stands in lists; other expressions need a calculation of their own.
    out += is_reference(value) || value.rfind("instance(", 0) == 0 ? value : "{" + value + "}";
  }
  return out;
}

Itemset itemset_of(const std::string& nodeset) {
  Itemset out;
  std::string rest = base::trim(nodeset);
  constexpr std::string_view shuffle = "randomize(";
  if (rest.rfind(shuffle, 0) == 0 && rest.back() == ')') {
    out.randomized = true;
    rest = rest.substr(shuffle.size(), rest.size() - shuffle.size() - 1);
    int depth = 0;
    for (size_t i = 0; i < rest.size(); ++i) {
      depth += (rest[i] == '(' || rest[i] == '[') - (rest[i] == ')' || rest[i] == ']');
      if (depth != 0 || rest[i] != ',') continue;
      out.seed = base::trim(rest.substr(i + 1));
      rest = base::trim(rest.substr(0, i));
    }
  }
  constexpr std::string_view start = "instance(";
  if (rest.rfind(start, 0) != 0) return out;
  size_t close = rest.find(')');
  if (close == std::string::npos || close < start.size() + 2) return out;
  out.list = rest.substr(start.size() + 1, close - start.size() - 2);
  rest = base::trim(rest.substr(close + 1));
  size_t bracket = rest.find('[');
  std::string path = rest.substr(0, bracket);
  if (std::count(path.begin(), path.end(), '/') != 2) return out;
  while (bracket != std::string::npos && bracket < rest.size() && rest[bracket] == '[') {
    int depth = 0;
    size_t end = bracket;
    for (; end < rest.size(); ++end) {
      depth += (rest[end] == '[') - (rest[end] == ']');
      if (depth == 0) break;
    }
    std::string one = rest.substr(bracket + 1, end - bracket - 1);
    out.filter = out.filter.empty() ? one : "(" + out.filter + ") and (" + one + ")";
    bracket = end + 1;
  }
  out.known = bracket == std::string::npos || bracket >= rest.size();
  return out;
}

}  // namespace definition
