// Secondary instances of an XForm that is written: lists of choices, and the files beside it.
#include <algorithm>

#include "forms/base/utf8.h"
#include "forms/definition/reading.h"
#include "forms/definition/references.h"
#include "forms/definition/xform_out.h"

namespace definition {
namespace {

void add_text(pugi::xml_node parent, const std::string& name, std::string_view text) {
  pugi::xml_node child = parent.append_child(name.c_str());
  if (!text.empty()) child.append_child(pugi::node_pcdata).set_value(std::string(text).c_str());
}

bool ends_with(const std::string& text, std::string_view tail) {
  return text.size() > tail.size() &&
         base::lower(text).compare(text.size() - tail.size(), tail.size(), tail) == 0;
}

void write_tree(pugi::xml_node parent, const language::Tree& tree, uint32_t node) {
  using language::NodeType;
  switch (tree.type(node)) {
    case NodeType::element: {
      const language::TreeName& name = tree.name(node);
      pugi::xml_node made =
          parent.append_child((name.prefix.empty() ? name.local : name.prefix + ":" + name.local).c_str());
      std::string room;
      for (uint32_t a = tree.first_attribute(node); a != language::no_tree_node; a = tree.next_attribute(a))
        made.append_attribute((tree.name(a).prefix.empty() ? "" : tree.name(a).prefix + ":")
                                  .append(tree.name(a).local)
                                  .c_str())
            .set_value(std::string(tree.string_value(a, room)).c_str());
      for (uint32_t c = tree.first_child(node); c != language::no_tree_node; c = tree.next_sibling(c))
        write_tree(made, tree, c);
      return;
    }
    case NodeType::text: {
      std::string room;
      parent.append_child(pugi::node_pcdata).set_value(std::string(tree.string_value(node, room)).c_str());
      return;
    }
    case NodeType::document:
    case NodeType::attribute:
    case NodeType::comment:
    case NodeType::instruction:
    case NodeType::doctype:
      return;
  }
}

constexpr std::string_view other_mark = " or_other";

bool is_marked(const std::string& name, std::string_view mark) {
  return name.size() > mark.size() && name.compare(name.size() - mark.size(), mark.size(), mark) == 0;
}

// Columns an XForm's reader adds beside those of the document: labels by language.
std::string itext_column(const ChoiceList& list) {
  for (const auto& [form, columns] : list.media)
    if (form.rfind("itext ", 0) == 0) return form.substr(6);
  return {};
}

}  // namespace

// "yn or_other" is written as "yn" where nothing else asks for "yn".
std::string XFormOut::id_of(const ChoiceList& list) const {
  if (!is_marked(list.name, other_mark)) return list.id;
  std::string plain = list.name.substr(0, list.name.size() - other_mark.size());
  for (const Node& node : survey_.nodes)
    if (node.list >= 0 && survey_.lists[static_cast<size_t>(node.list)].name == plain)
      return plain + "_or_other";
  return plain;
}

const ChoiceList* XFormOut::list_named(const std::string& name) const {
  for (const ChoiceList& list : survey_.lists)
    if (list.name == name && !list.from_file) return &list;
  return nullptr;
}

bool XFormOut::needs_itext(const ChoiceList& list) const {
  if (survey_.from_xform) return !itext_column(list).empty();
  if (list.translated || !list.live_labels.empty()) return true;
  for (const auto& [form, columns] : list.media)
    for (int column : columns)
      for (uint32_t row = 0; column >= 0 && row < list.size(); ++row)
        if (!list.table.cell(row, column).empty()) return true;
  return false;
}

Text XFormOut::label_of(const ChoiceList& list, uint32_t row) const {
  if (const Text* live = list.live_label(row)) return *live;
  Text out;
  for (size_t i = 0; i < survey_.languages.size(); ++i)
    out.source.emplace_back(list.label(row, static_cast<int>(i)));
  return out;
}

MediaTexts XFormOut::media_of(const ChoiceList& list, uint32_t row) const {
  MediaTexts out;
  for (const auto& [form, columns] : list.media) {
    if (form.rfind("itext ", 0) == 0) continue;
    Text names;
    for (int column : columns)
      names.source.emplace_back(column < 0 ? std::string_view() : list.table.cell(row, column));
    if (!names.empty()) out[form] = std::move(names);
  }
  return out;
}

void XFormOut::choice_texts(const ChoiceList& list, const std::string& id) {
  if (!listed_.insert(id).second) return;
  for (uint32_t row = 0; row < list.size(); ++row)
    texts_.choice(id + "-" + std::to_string(row), label_of(list, row), media_of(list, row), -1);
}

void XFormOut::file_instance(pugi::xml_node lists, const std::string& id, const std::string& name) {
  pugi::xml_node instance = lists.append_child("instance");
  instance.append_attribute("id").set_value(id.c_str());
  std::string source = name == "last-saved"      ? "jr://instance/last-saved"
                       : ends_with(name, ".csv") ? "jr://file-csv/" + name
                                                 : "jr://file/" + name;
  instance.append_attribute("src").set_value(source.c_str());
}

void XFormOut::list_instance(pugi::xml_node lists, const ChoiceList& list, const std::string& id) {
  pugi::xml_node instance = lists.append_child("instance");
  instance.append_attribute("id").set_value(id.c_str());
  if (list.tree) {
    for (uint32_t c = list.tree->first_child(0); c != language::no_tree_node; c = list.tree->next_sibling(c))
      write_tree(instance, *list.tree, c);
    return;
  }
  pugi::xml_node root = instance.append_child("root");
  std::string ids = itext_column(list);
  bool itext = needs_itext(list);
  if (itext && !survey_.from_xform) choice_texts(list, id);
  for (uint32_t row = 0; row < list.size(); ++row) {
    pugi::xml_node item = root.append_child("item");
    if (survey_.from_xform) {
      const std::vector<std::string>& columns = list.table.columns();
      for (size_t c = 0; c < columns.size(); ++c)
        if (list.table.has(row, static_cast<int>(c)) && columns[c].find("::") == std::string::npos)
          add_text(item, columns[c], list.table.cell(row, static_cast<int>(c)));
      if (ids.empty()) continue;
      int column = list.table.column(ids);
      std::string text_id(list.table.cell(row, column));
      Text text = label_of(list, row);
      if (!text_id.empty() && !text.empty() && listed_.insert("text " + text_id).second)
        texts_.choice(text_id, text, {}, -1);
      continue;
    }
    if (itext) add_text(item, "itextId", id + "-" + std::to_string(row));
    add_text(item, "name", list.value(row));
    std::string label(list.label(row, survey_.default_language));
    if (!itext && !label.empty()) add_text(item, "label", label);
    for (int column : list.further) {
      const std::string& name = list.table.columns()[static_cast<size_t>(column)];
      std::string_view cell = list.table.cell(row, column);
      // The first row has every column, so that a filter may name one that is blank throughout.
      if ((!cell.empty() || row == 0) && is_xml_name(name)) add_text(item, name, cell);
    }
  }
}

bool XFormOut::has_last_saved() const {
  auto asks = [](const std::string& source) {
    for (const Reference& r : references_in(source))
      if (r.last_saved) return true;
    return false;
  };
  for (const Node& node : survey_.nodes)
    for (const Logic* logic : {&node.relevant, &node.constraint, &node.required, &node.read_only,
                               &node.calculation, &node.default_value, &node.choice_filter})
      if (asks(logic->source)) return true;
  return false;
}

void XFormOut::secondary_instances(pugi::xml_node lists) {
  std::set<std::string> written;
  // Files in the order in which the form names them, then the lists; one instance an id.
  for (bool files : {true, false})
    for (const ChoiceList& list : survey_.lists) {
      if (list.from_file != files || list.searched) continue;
      if (!survey_.from_xform) {
        if (is_marked(list.name, external) || is_marked(list.name, osm) || (list.missing && !files)) continue;
        // Replaced by the same list with "other" in it.
        const ChoiceList* other = files ? nullptr : list_named(list.name + std::string(other_mark));
        if (other && id_of(*other) == list.name) continue;
        // Of search() alone: its choices stand in the body.
        bool looked_up = false, plain = false;
        for (const Node& node : survey_.nodes) {
          if (files || !node.type || !node.type->takes_list) continue;
          size_t space = node.type_word.find(' ');
          if (space == std::string::npos || base::trim(node.type_word.substr(space)).rfind(list.name, 0) != 0)
            continue;
          (files_in(node.appearance, "search").empty() ? plain : looked_up) = true;
        }
        if (looked_up && !plain) continue;
      } else if (is_marked(list.name, " items") || list.name.find(" items ") != std::string::npos) {
        continue;  // written in the control itself
      }
      std::string id = id_of(list);
      if (!written.insert(id).second) continue;
      std::string name = list.name == "last-saved" || list.id == "__last-saved" ? "last-saved" : list.name;
      if (files)
        file_instance(lists, id, name);
      else
        list_instance(lists, list, id);
    }
  if (!survey_.from_xform && has_last_saved() && written.insert("__last-saved").second)
    file_instance(lists, "__last-saved", "last-saved");
}

}  // namespace definition
