// ${name} to paths, as pyxform writes them.
#include <algorithm>

#include "forms/base/utf8.h"
#include "forms/definition/references.h"
#include "forms/definition/xform_items.h"

namespace definition {
namespace {

// In predicates of a path over a list, the context is a row of the list.
bool in_predicate(const std::string& source, const Reference& reference) {
  if (source.find("instance(") == std::string::npos) return false;
  int depth = 0;
  for (size_t i = 0; i < reference.begin; ++i) depth += (source[i] == '[') - (source[i] == ']');
  return depth > 0;
}

// Inside indexed-repeat(…) what is looked up and the repeats are named as wholes; the indexes are not.
bool is_whole_argument(const std::string& source, const Reference& reference) {
  constexpr std::string_view call = "indexed-repeat(";
  for (size_t at = source.find(call); at != std::string::npos; at = source.find(call, at + 1)) {
    int depth = 1, argument = 0;
    for (size_t i = at + call.size(); i < source.size() && depth > 0; ++i) {
      if (i == reference.begin) return argument == 0 || argument % 2 == 1;
      if (source.compare(i, 2, "${") == 0) {
        i = source.find('}', i);
        if (i == std::string::npos) return false;
        continue;
      }
      depth += (source[i] == '(') - (source[i] == ')');
      argument += depth == 1 && source[i] == ',';
    }
  }
  return false;
}

}  // namespace

std::string Items::path(int item) const {
  std::string out;
  for (int at = item; at >= 0; at = all[static_cast<size_t>(at)].parent) {
    const Item& one = all[static_cast<size_t>(at)];
    out = "/" + std::string(one.kind == Item::Kind::attribute ? "@" : "") + one.name + out;
  }
  return out;
}

int Items::repeat_around(int item) const {
  for (int at = all[static_cast<size_t>(item)].parent; at >= 0; at = all[static_cast<size_t>(at)].parent)
    if (all[static_cast<size_t>(at)].kind == Item::Kind::repeat) return at;
  return -1;
}

// What holds it, the nearest first.
std::vector<int> Items::ancestors(int item) const {
  std::vector<int> out;
  for (int at = all[static_cast<size_t>(item)].parent; at >= 0; at = all[static_cast<size_t>(at)].parent)
    out.push_back(at);
  return out;
}

int Items::target_of(const std::string& name, int context) const {
  std::vector<int> around = context < 0 ? std::vector<int>() : ancestors(context);
  int best = -1;
  size_t nearest = SIZE_MAX;
  for (NodeIndex node : survey.named(name)) {
    int item = of_[node];
    if (item < 0) continue;
    std::vector<int> theirs = ancestors(item);
    size_t steps = 0;
    while (steps < around.size() && std::find(theirs.begin(), theirs.end(), around[steps]) == theirs.end())
      ++steps;
    if (best < 0 || steps < nearest) {
      best = item;
      nearest = steps;
    }
  }
  return best;
}

std::string Items::path_from(int target, int context, Asked asked) const {
  std::string absolute = " " + path(target) + " ";
  if (context < 0) return absolute;
  const Item& to = all[static_cast<size_t>(target)];
  const Item& from = all[static_cast<size_t>(context)];
  if (to.parent == context || from.parent == target) return absolute;
  std::vector<int> theirs = ancestors(target), ours = ancestors(context);
  size_t up = 0;
  while (up < ours.size() && std::find(theirs.begin(), theirs.end(), ours[up]) == theirs.end()) ++up;
  if (up == ours.size()) return absolute;
  int common = ours[up];
  int shared = common;  // the nearest repeat that holds both
  while (shared >= 0 && all[static_cast<size_t>(shared)].kind != Item::Kind::repeat)
    shared = all[static_cast<size_t>(shared)].parent;
  if (shared < 0) return absolute;
  size_t steps = up + 1;
  if (asked.beside && shared == repeat_around(target) &&
      (repeat_around(shared) < 0 || repeat_around(context) != shared)) {
    // The repeat itself is named, so that a predicate can choose among its instances.
    common = all[static_cast<size_t>(shared)].parent;
    steps = static_cast<size_t>(std::find(ours.begin(), ours.end(), common) - ours.begin()) + 1;
  }
  std::string out = asked.current ? " current()" : " ";
  for (size_t i = 0; i < steps; ++i) out += (i > 0 || asked.current ? "/.." : "..");
  return out + path(target).substr(path(common).size()) + " ";
}

std::string Items::resolve(const std::string& source, int context, Asked asked) const {
  std::vector<Reference> found = references_in(source);
  if (found.empty()) return source;
  std::string out;
  size_t at = 0;
  for (const Reference& reference : found) {
    out += source.substr(at, reference.begin - at);
    at = reference.end;
    int target = target_of(reference.name, context);
    if (target < 0) {
      out += source.substr(reference.begin, reference.end - reference.begin);
      continue;
    }
    if (reference.last_saved) {
      out += " instance('__last-saved')" + path(target) + " ";
      continue;
    }
    bool whole = is_whole_argument(source, reference);
    Asked own = asked;
    own.current = own.current || in_predicate(source, reference);
    out += path_from(target, whole ? -1 : context, own);
  }
  return out + source.substr(at);
}

}  // namespace definition
