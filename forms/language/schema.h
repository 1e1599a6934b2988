// Schema: what expressions may speak of: the tree of names a form declares, and its lists. definition::Survey
// is one; tests write small ones.
//
//   schema.named("age")  →  {7};   schema.parent(7)  →  2;   schema.table("places")->column("name")
//
// Nodes are numbered in document order, the root is 0, a node comes after what holds it. Immutable while
// expressions compiled against it live; read from any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace language {

class Table;

using NodeIndex = uint32_t;  // index into Survey::nodes; 0 is the root
inline constexpr NodeIndex no_node = UINT32_MAX;

class Schema {
 public:
  virtual ~Schema() = default;
  virtual size_t node_count() const = 0;
  virtual std::string_view name(NodeIndex node) const = 0;
  virtual NodeIndex parent(NodeIndex node) const = 0;  // no_node above the root
  virtual const std::vector<NodeIndex>& children(NodeIndex node) const = 0;
  virtual bool is_repeat(NodeIndex node) const = 0;
  virtual bool is_attribute(NodeIndex) const { return false; }  // reached by @name, not by name
  virtual std::span<const NodeIndex> named(std::string_view name) const = 0;
  virtual std::vector<std::string> all_names() const = 0;  // for "did you mean"
  // Lists, by instance('id'): their number, -1 where there is none; its table, none where it is a tree.
  virtual int list(std::string_view id) const = 0;
  virtual const Table* table(int list) const = 0;
};

}  // namespace language
