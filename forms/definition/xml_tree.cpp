#include "forms/definition/xml_tree.h"

#include <pugixml.hpp>
#include <vector>

namespace definition {
namespace {

using language::NodeType;
using language::Tree;
using language::TreeName;

constexpr size_t largest = 64 << 20;
constexpr int deepest = 500;

// What prefixes mean, innermost last.
class Prefixes {
 public:
  size_t mark() const { return known_.size(); }
  void back_to(size_t mark) { known_.resize(mark); }
  void declare(pugi::xml_node element) {
    for (pugi::xml_attribute a : element.attributes()) {
      std::string_view name = a.name();
      if (name == "xmlns") known_.emplace_back("", a.value());
      if (name.substr(0, 6) == "xmlns:") known_.emplace_back(name.substr(6), a.value());
    }
  }
  TreeName name(std::string_view written, bool is_attribute) const {
    size_t colon = written.find(':');
    TreeName out;
    out.local = written.substr(colon == std::string_view::npos ? 0 : colon + 1);
    if (colon != std::string_view::npos) out.prefix = written.substr(0, colon);
    if (out.prefix == "xml") out.uri = "http://www.w3.org/XML/1998/namespace";
    if (is_attribute && out.prefix.empty()) return out;  // an attribute has no default namespace
    for (size_t i = known_.size(); i-- > 0 && out.uri.empty();)
      if (known_[i].first == out.prefix) {
        out.uri = known_[i].second;
        break;
      }
    return out;
  }

 private:
  std::vector<std::pair<std::string, std::string>> known_;
};

bool is_declaration(std::string_view attribute) {
  return attribute == "xmlns" || attribute.substr(0, 6) == "xmlns:";
}

class Builder {
 public:
  bool add(pugi::xml_node node, int depth) {
    if (depth > deepest) return false;
    switch (node.type()) {
      case pugi::node_element: {
        size_t mark = prefixes_.mark();
        prefixes_.declare(node);
        tree.open_element(prefixes_.name(node.name(), false));
        for (pugi::xml_attribute a : node.attributes())
          if (!is_declaration(a.name())) tree.add_attribute(prefixes_.name(a.name(), true), a.value());
        for (pugi::xml_node child : node.children())
          if (!add(child, depth + 1)) return false;
        tree.close_element();
        prefixes_.back_to(mark);
        return true;
      }
      case pugi::node_pcdata:
      case pugi::node_cdata:
        if (depth > 0) tree.add_text(node.value());
        return true;
      case pugi::node_comment:
        tree.add_other(NodeType::comment, "", node.value());
        return true;
      case pugi::node_pi:
        tree.add_other(NodeType::instruction, node.name(), node.value());
        return true;
      case pugi::node_doctype:
        tree.add_other(NodeType::doctype, "", node.value());
        return true;
      default:
        return true;
    }
  }
  Tree tree;

 private:
  Prefixes prefixes_;
};

}  // namespace

base::Result<Tree> read_xml_tree(base::ByteView bytes, const std::string& name) {
  if (bytes.size() > largest)
    return base::fail(base::Fault::full, name, "the document is larger than 64 MiB; split it");
  pugi::xml_document document;
  constexpr unsigned how = pugi::parse_default | pugi::parse_ws_pcdata | pugi::parse_comments |
                           pugi::parse_pi | pugi::parse_doctype;
  pugi::xml_parse_result result = document.load_buffer(bytes.data(), bytes.size(), how, pugi::encoding_utf8);
  if (!result || !document.document_element())
    return base::fail(base::Fault::invalid, name + ", byte " + std::to_string(result.offset),
                      std::string("this is no XML document: ") + result.description());
  Builder builder;
  for (pugi::xml_node child : document.children())
    if (!builder.add(child, 0))
      return base::fail(base::Fault::full, name, "elements stand more than 500 deep in each other");
  return std::move(builder.tree);
}

}  // namespace definition
