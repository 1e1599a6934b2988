// Tree: an XML document that expressions walk: a secondary instance that is no plain table, or any document.
//
//   Tree tree;  uint32_t root = tree.open_element({"", "root"});  tree.add_text("1");  tree.close_element();
//   for (uint32_t n = tree.first_child(root); n != no_tree_node; n = tree.next_sibling(n)) …
//
// Nodes are numbered in document order; a node's attributes come right after it, then its children; `end` is
// the number after its last descendant, so axes are ranges. Node 0 is the document. Built once, then only
// read, from any thread. Source: XPath 1.0 §5 (data model); namespace nodes are left out, as engines do.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace language {

inline constexpr uint32_t no_tree_node = UINT32_MAX;

enum class NodeType : uint8_t { document, element, attribute, text, comment, instruction, doctype };

struct TreeName {
  std::string uri;    // "" where it has no namespace
  std::string local;  // of an instruction: its target
  std::string prefix = {};
};

class Tree {
 public:
  Tree();

  // Building, in document order; attributes before the element's content.
  uint32_t open_element(TreeName name);
  uint32_t add_attribute(TreeName name, std::string_view value);
  uint32_t add_text(std::string_view value);  // also CDATA: a node of its own
  uint32_t add_other(NodeType type, std::string name, std::string_view value);
  void close_element();

  uint32_t size() const { return static_cast<uint32_t>(nodes_.size()); }
  NodeType type(uint32_t node) const { return nodes_[node].type; }
  uint32_t parent(uint32_t node) const { return nodes_[node].parent; }  // no_tree_node above the document
  uint32_t end(uint32_t node) const { return nodes_[node].end; }
  const TreeName& name(uint32_t node) const { return names_[nodes_[node].name]; }
  uint32_t first_attribute(uint32_t node) const;
  uint32_t next_attribute(uint32_t attribute) const;
  uint32_t first_child(uint32_t node) const;
  uint32_t next_sibling(uint32_t node) const;
  uint32_t previous_sibling(uint32_t node) const;
  // Of an element or the document, its texts joined; `room` holds them where they are more than one.
  std::string_view string_value(uint32_t node, std::string& room) const;
  bool has_elements(uint32_t node) const;  // among its children

 private:
  struct Node {
    NodeType type = NodeType::document;
    uint32_t name = 0, parent = no_tree_node, end = 1;
    uint32_t offset = 0, length = 0;
  };
  uint32_t add(NodeType type, TreeName name, std::string_view value);
  std::string_view text(const Node& node) const {
    return std::string_view(text_).substr(node.offset, node.length);
  }

  std::vector<Node> nodes_;
  std::vector<TreeName> names_;
  std::unordered_map<std::string, uint32_t> name_of_;
  std::vector<uint32_t> open_;
  std::string text_;
};

}  // namespace language
