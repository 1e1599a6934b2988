// Functions on nodes: places, names, what stands in another instance.
#include <algorithm>
#include <cmath>

#include "forms/language/function.h"
#include "forms/language/table.h"
#include "forms/language/tree.h"

namespace language {
namespace {

const Tree* tree_of(const Call& call, Ref ref) {
  if (ref.document == 0 && call.world().instance) return nullptr;
  return call.world().documents[ref.document].tree;
}

// 1-based among the siblings of its name.
double place_among_siblings(const Call& call, Ref ref) {
  if (ref.document == 0 && call.world().instance) {
    const Instance& instance = *call.world().instance;
    uint32_t node = ref.node & ~Ref::text_of;
    uint32_t frame = instance.frame_of(node);
    return instance.frame(frame).base == node ? instance.position(frame) : 1;
  }
  const Document& document = call.world().documents[ref.document];
  if (document.table) {
    auto width = static_cast<uint32_t>(document.table->columns().size()) + 1;
    bool item = ref.node >= 2 && (ref.node - 2) % width == 0;
    return item ? (ref.node - 2) / width + 1 : 1;
  }
  double place = 1;
  const Tree& tree = *document.tree;
  if (tree.type(ref.node) != NodeType::element) return place;
  for (uint32_t at = tree.first_child(tree.parent(ref.node)); at != ref.node; at = tree.next_sibling(at))
    place += tree.type(at) == NodeType::element && tree.name(at).local == tree.name(ref.node).local &&
             tree.name(at).uri == tree.name(ref.node).uri;
  return place;
}

double position(const Call& call) {
  if (!call.count()) return static_cast<double>(call.here.position);
  Ref ref;
  return call.first(0, ref) ? place_among_siblings(call, ref) : NAN;
}

double last(const Call& call) {
  return static_cast<double>(call.here.size);
}

void current(const Call& call, Nodes& out) {
  out.push_back(call.evaluator.current);
}

void instance(const Call& call, Nodes& out) {
  Ref root;
  if (call.world().document_named(call.text(0), root)) out.push_back(root);
}

// indexed-repeat(node, repeat, index, …): the node in that instance. A blank index or one below 1 is the first;
// an index that is not there, none.
void indexed_repeat(const Call& call, Nodes& out) {
  const Evaluator& e = call.evaluator;
  auto wanted_place = [&](size_t i) {
    Dyn given = call.any(i);
    if (given.type == Type::nodes && (*given.nodes)->empty()) return 0.0;  // there is no such number
    double index = call.evaluator.number_of(given);
    return std::isnan(index) || index < 1 ? 1.0 : std::floor(index);
  };
  const Item& target = e.program.items[call.at(0)];
  if (target.op == Op::path && e.program.paths[target.path].direct.known) {
    // In a form: straight down, through the instance that is named or through every one.
    const Direct& direct = e.program.paths[target.path].direct;
    const Instance& instance = *e.world.instance;
    std::vector<std::pair<NodeIndex, double>> places;
    for (size_t i = 1; i + 1 < call.count(); i += 2) {
      const Item& repeat = e.program.items[call.at(i)];
      if (repeat.op != Op::path || !e.program.paths[repeat.path].direct.known) continue;
      places.emplace_back(e.program.paths[repeat.path].direct.target, wanted_place(i + 1));
    }
    std::vector<uint32_t> frames = {e.anchor(direct, call.here)};
    for (NodeIndex repeat : direct.down) {
      std::vector<uint32_t> inner;
      auto named =
          std::find_if(places.begin(), places.end(), [&](const auto& p) { return p.first == repeat; });
      for (uint32_t frame : frames) {
        const auto& all = instance.instances(frame, repeat);
        if (named == places.end())
          inner.insert(inner.end(), all.begin(), all.end());
        else if (named->second >= 1 && named->second <= static_cast<double>(all.size()))
          inner.push_back(all[static_cast<size_t>(named->second) - 1]);
      }
      frames = std::move(inner);
    }
    for (uint32_t frame : frames)
      if (uint32_t node = instance.node(frame, direct.target); !instance.hidden(node))
        out.push_back({0, node});
    return;
  }
  // Anywhere: of the nodes of that path from the root, those under the wanted one of each repeat.
  call.nodes(0, out);
  for (size_t i = 1; i + 1 < call.count(); i += 2) {
    Lease repeats(call.evaluator.scratch);
    call.nodes(i, *repeats);
    double place = wanted_place(i + 1);
    std::erase_if(out, [&](const Ref& ref) {
      const Tree* tree = tree_of(call, ref);
      for (uint32_t at = ref.node; tree && at != no_tree_node; at = tree->parent(at))
        if (std::find(repeats->begin(), repeats->end(), Ref{ref.document, at}) != repeats->end())
          return place_among_siblings(call, {ref.document, at}) != place;
      return true;
    });
  }
}

bool named_node(const Call& call, Ref& ref) {
  if (!call.count()) {
    ref = call.here.node;
    return true;
  }
  return call.first(0, ref);
}

// Names: of the interview's nodes and of tables what the form calls them.
Str name_of(const Call& call, bool whole) {
  Ref ref;
  if (!named_node(call, ref)) return {};
  const Tree* tree = tree_of(call, ref);
  if (tree) {
    const TreeName& name = tree->name(ref.node);
    if (!whole || name.prefix.empty()) return name.local;
    return call.keep(name.prefix + ":" + name.local);
  }
  if (ref.document == 0) return {};
  const Table* table = call.world().documents[ref.document].table;
  if (!table || ref.node == 0) return {};
  auto width = static_cast<uint32_t>(table->columns().size()) + 1;
  if (ref.node == 1) return "root";
  uint32_t column = (ref.node - 2) % width;
  return column == 0 ? Str("item") : Str(table->columns()[column - 1]);
}

Str name(const Call& call) {
  return name_of(call, true);
}
Str local_name(const Call& call) {
  return name_of(call, false);
}
Str namespace_uri(const Call& call) {
  Ref ref;
  if (!named_node(call, ref)) return {};
  const Tree* tree = tree_of(call, ref);
  return tree ? Str(tree->name(ref.node).uri) : Str();
}

bool lang(const Call& call) {
  auto lower = [](Str text) {
    std::string out(text);
    for (char& c : out)
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
  };
  std::string wanted = lower(call.text(0));
  const Tree* tree = tree_of(call, call.here.node);
  if (!tree) return lower(call.world().language_code).rfind(wanted, 0) == 0;
  for (uint32_t at = call.here.node.node; at != no_tree_node; at = tree->parent(at))
    for (uint32_t a = tree->first_attribute(at); a != no_tree_node; a = tree->next_attribute(a)) {
      if (tree->name(a).local != "lang" || tree->name(a).prefix != "xml") continue;
      std::string room;
      std::string said = lower(tree->string_value(a, room));
      return said == wanted || said.rfind(wanted + "-", 0) == 0;
    }
  return false;
}

// id('a b'): the elements whose attribute id is one of the words.
void id(const Call& call, Nodes& out) {
  Ref root = call.world().document_root;
  const Tree* tree = tree_of(call, call.here.node);
  if (!tree) tree = tree_of(call, root);
  if (!tree) return;
  uint32_t document = tree_of(call, call.here.node) ? call.here.node.document : root.document;
  std::vector<std::string> wanted;
  spread(call, 0, [&](const Dyn& value) {
    Str text = call.evaluator.text_of(value);
    for (size_t at = 0; at < text.size();) {
      size_t from = text.find_first_not_of(" \t\r\n", at);
      if (from == Str::npos) break;
      at = std::min(text.find_first_of(" \t\r\n", from), text.size());
      wanted.emplace_back(text.substr(from, at - from));
    }
  });
  std::string room;
  for (uint32_t node = 0; node < tree->size(); ++node) {
    if (call.evaluator.spent()) return;
    if (tree->type(node) != NodeType::attribute || tree->name(node).local != "id") continue;
    if (!tree->name(node).uri.empty() && tree->name(node).prefix != "xml") continue;
    Str value = tree->string_value(node, room);
    if (std::find(wanted.begin(), wanted.end(), value) != wanted.end())
      out.push_back({document, tree->parent(node)});
  }
}

constexpr Function table[] = {
    number_row("position", 0, 1, position, takes_nodes),
    number_row("last", 0, 0, last),
    nodes_row("current", 0, 0, current),
    nodes_row("instance", 1, 1, instance),
    nodes_row("indexed-repeat", 3, 7, indexed_repeat, all_instances),
    text_row("name", 0, 1, name, takes_nodes),
    text_row("local-name", 0, 1, local_name, takes_nodes),
    text_row("namespace-uri", 0, 1, namespace_uri, takes_nodes),
    truth_row("lang", 1, 1, lang),
    nodes_row("id", 1, 1, id),
};

}  // namespace

std::span<const Function> node_functions() {
  return table;
}

}  // namespace language
