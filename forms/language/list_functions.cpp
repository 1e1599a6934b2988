// Functions on lists: looked up, and shuffled as the reference engines do.
#include <charconv>
#include <cmath>
#include <cstring>

#include "forms/language/digest.h"
#include "forms/language/function.h"
#include "forms/language/table.h"
#include "forms/language/tree.h"

namespace language {
namespace {

// The text of an item's child, or of its attribute where the name begins with @.
bool field_of(const Tree& tree, uint32_t item, Str name, std::string& out) {
  bool is_attribute = !name.empty() && name[0] == '@';
  uint32_t at = is_attribute ? tree.first_attribute(item) : tree.first_child(item);
  for (; at != no_tree_node; at = is_attribute ? tree.next_attribute(at) : tree.next_sibling(at)) {
    if (tree.name(at).local != name.substr(is_attribute)) continue;
    std::string room;
    out = tree.string_value(at, room);
    return true;
  }
  return false;
}

Str pulled_from_tree(const Call& call, const Tree& tree, uint32_t document) {
  std::string column(call.text(1));
  std::string key_column(call.text(2));
  std::string key(call.text(3));
  std::string found;
  uint32_t list = tree.first_child(document);
  while (list != no_tree_node && tree.type(list) != NodeType::element) list = tree.next_sibling(list);
  if (list == no_tree_node) return {};
  for (uint32_t item = tree.first_child(list); item != no_tree_node; item = tree.next_sibling(item)) {
    if (call.evaluator.spent()) return {};
    if (tree.type(item) != NodeType::element || !field_of(tree, item, key_column, found) || found != key)
      continue;
    return field_of(tree, item, column, found) ? call.keep(found) : Str();
  }
  return {};
}

// pulldata(list, column, key column, key): the first row whose key equals, as text.
Str pulldata(const Call& call) {
  Ref root;
  if (!call.world().document_named(call.text(0), root)) return {};
  if (const Tree* tree = call.world().documents[root.document].tree)
    return pulled_from_tree(call, *tree, root.node);
  const Table* table = call.world().documents[root.document].table;
  if (!table) return {};
  int column = table->column(call.text(1));
  int key = table->column(call.text(2));
  if (column < 0 || key < 0) return {};
  uint32_t row = table->equal(key, call.text(3)).row();
  return row == no_row ? Str() : table->cell(row, column);
}

// Inside-out Fisher–Yates over Park–Miller, as the reference does; a text seed is hashed.
void randomize(const Call& call, Nodes& out) {
  Lease list(call.evaluator.scratch);
  call.nodes(0, *list);
  int64_t state = 0;
  if (call.count() > 1) {
    Dyn seed = call.any(1);
    double n = call.evaluator.number_of(seed);
    std::string text(call.evaluator.text_of(seed));
    if (!std::isnan(n)) {
      state = std::fabs(n) < 9.2e18 ? static_cast<int64_t>(n) : (n > 0 ? INT64_MAX : INT64_MIN);
    } else if (!text.empty()) {
      std::string hex = digest_text(text, "SHA-256", "hex");
      uint64_t first = 0;
      std::from_chars(hex.data(), hex.data() + 16, first, 16);
      std::memcpy(&state, &first, sizeof state);
    }
  } else {
    state = static_cast<int64_t>(call.world().random->below(2147483646)) + 1;
  }
  constexpr int64_t modulus = 2147483647;
  state %= modulus;
  if (state <= 0) state += modulus - 1;
  size_t from = out.size();
  out.resize(from + list->size());
  for (size_t i = 0; i < list->size(); ++i) {
    state = state * 16807 % modulus;
    double unit = static_cast<double>(state - 1) / static_cast<double>(modulus - 1);
    auto j = static_cast<size_t>(unit * static_cast<double>(i + 1));
    if (j != i) out[from + i] = out[from + j];
    out[from + j] = (*list)[i];
  }
}

constexpr Function table[] = {
    text_row("pulldata", 4, 4, pulldata),
    nodes_row("randomize", 1, 2, randomize, fresh | takes_nodes),
};

}  // namespace

std::span<const Function> list_functions() {
  return table;
}

}  // namespace language
