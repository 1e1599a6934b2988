// Lists of an XForm: secondary instances, and the choices of its selects.
#include <algorithm>

#include "forms/base/utf8.h"
#include "forms/definition/geojson.h"
#include "forms/definition/reading.h"
#include "forms/definition/xform_reading.h"
#include "forms/definition/xml_tree.h"

namespace definition {
namespace {

bool is_leaf(pugi::xml_node node) {
  for (pugi::xml_node c : node.children())
    if (c.type() == pugi::node_element) return false;
  return true;
}

// root/item/columns, each item with texts only: a table.
bool is_table(pugi::xml_node root) {
  std::string_view item;
  for (pugi::xml_node i : root.children()) {
    if (i.type() != pugi::node_element) continue;
    if (item.empty()) item = i.name();
    if (item != i.name() || i.first_attribute() || is_leaf(i)) return false;
    for (pugi::xml_node cell : i.children())
      if (cell.type() == pugi::node_element && (!is_leaf(cell) || cell.first_attribute())) return false;
  }
  return true;
}

void fill_table(pugi::xml_node root, language::Table& table) {
  std::vector<std::string> cells;
  std::vector<std::string_view> views;
  for (pugi::xml_node item : root.children()) {
    if (item.type() != pugi::node_element) continue;
    std::vector<bool> there(table.columns().size());
    size_t guess = 0;
    for (pugi::xml_node cell : item.children()) {
      if (cell.type() != pugi::node_element) continue;
      std::string_view name = local_name(cell.name());
      int column = guess < table.columns().size() && table.columns()[guess] == name ? static_cast<int>(guess)
                                                                                    : table.column(name);
      if (column < 0) column = table.add_column(name);
      guess = static_cast<size_t>(column) + 1;
      auto at = static_cast<size_t>(column);
      cells.resize(std::max(cells.size(), at + 1));
      there.resize(std::max(there.size(), at + 1));
      cells[at] = own_text(cell);
      there[at] = true;
    }
    views.assign(table.columns().size(), std::string_view());
    for (size_t i = 0; i < there.size(); ++i)
      if (there[i]) views[i] = cells[i].empty() ? std::string_view("") : std::string_view(cells[i]);
    table.add_row(views);
  }
}

// "name" and "label" are what lists call them, whatever an itemset asks for later.
void name_columns(const XFormReading& reading, ChoiceList& list) {
  list.value_column = list.table.column("name");
  if (list.value_column < 0) list.value_column = list.table.column("value");
  list.label_columns.assign(reading.survey.languages.size(), list.table.column("label"));
  for (size_t i = 0; i < list.table.columns().size(); ++i)
    if (static_cast<int>(i) != list.value_column && list.table.columns()[i] != "label")
      list.further.push_back(static_cast<int>(i));
  list.sheet_rows.resize(list.size());
}

void read_external(XFormReading& reading, pugi::xml_node instance, ChoiceList& list, const std::string& src) {
  list.name = src.substr(src.rfind('/') + 1);
  list.from_file = true;
  if (src == "jr://instance/last-saved") {
    list.missing = true;  // a finished interview cannot be read again here, so there is none before
    reading.say(Severity::note, instance, "last_saved",
                "nothing is kept of the interview before: last-saved is empty");
    return;
  }
  auto bytes = reading.files.find(base::lower(list.name));
  if (bytes == reading.files.end()) {
    list.missing = true;
    reading.say(
        Severity::warning, instance, "missing_file",
        "the file " + list.name + " is not beside the form; what reads it finds nothing until it is there",
        "src");
    return;
  }
  std::string why = read_side_list(bytes->second, list.name, list);
  if (why.empty()) return;
  list.missing = true;
  reading.say(Severity::warning, instance, "missing_file", list.name + ": " + why, "src");
}

std::string call_argument(const std::string& source, const std::string& function) {
  size_t at = source.find(function + "(");
  if (at == std::string::npos) return {};
  size_t open = source.find_first_of("'\"", at);
  size_t close = open == std::string::npos ? open : source.find(source[open], open + 1);
  return close == std::string::npos ? std::string() : source.substr(open + 1, close - open - 1);
}

// jr:itext(itextId) and jr:itext('id'): the column of ids, "" where the label is plain.
std::string label_column_of(const std::string& ref, bool& translated) {
  size_t open = ref.find("jr:itext(");
  translated = open != std::string::npos;
  if (!translated) return ref;
  size_t close = ref.find(')', open);
  return base::trim(ref.substr(open + 9, close - open - 9));
}

}  // namespace

std::string read_side_list(base::ByteView bytes, const std::string& name, ChoiceList& list) {
  std::string low = base::lower(name);
  auto ends = [&](std::string_view tail) {
    return low.size() > tail.size() && low.compare(low.size() - tail.size(), tail.size(), tail) == 0;
  };
  if (ends(".geojson") || ends(".json")) {
    auto table = read_geojson(bytes, name);
    if (!table) return table.error().detail;
    list.table = std::move(*table);
  } else if (ends(".xml")) {
    pugi::xml_document document;
    if (!document.load_buffer(bytes.data(), bytes.size(), pugi::parse_default, pugi::encoding_utf8))
      return "the file is no XML";
    if (is_table(document.document_element()))
      fill_table(document.document_element(), list.table);
    else if (auto tree = read_xml_tree(bytes, name); tree)
      list.tree = std::make_shared<const language::Tree>(std::move(*tree));
  } else {
    auto sheet = read_csv(bytes, name);
    if (!sheet) return sheet.error().detail;
    if (sheet->rows.empty()) return {};
    for (const std::string& header : sheet->rows[0]) list.table.add_column(base::trim(header));
    for (size_t r = 1; r < sheet->rows.size(); ++r) {
      std::vector<std::string_view> cells;
      for (const std::string& cell : sheet->rows[r]) cells.push_back(cell);
      bool blank = std::all_of(cells.begin(), cells.end(), [](std::string_view c) { return c.empty(); });
      if (!blank) list.table.add_row(cells);
    }
  }
  list.sheet_rows.resize(list.size());
  return {};
}

void read_instances(XFormReading& reading) {
  bool first = true;
  for (pugi::xml_node instance : reading.model.children()) {
    if (local_name(instance.name()) != "instance") continue;
    if (std::exchange(first, false)) continue;  // the primary one
    ChoiceList list;
    list.id = list.name = attribute(instance, "id");
    std::string src = attribute(instance, "src");
    pugi::xml_node root;
    for (pugi::xml_node c : instance.children())
      if (c.type() == pugi::node_element && !root) root = c;
    if (!src.empty() && !root) {
      read_external(reading, instance, list, src);
    } else if (root && is_table(root)) {
      fill_table(root, list.table);
    } else if (root) {
      std::string xml;
      struct Writer : pugi::xml_writer {
        std::string* out = nullptr;
        void write(const void* data, size_t size) override {
          out->append(static_cast<const char*>(data), size);
        }
      } writer;
      writer.out = &xml;
      reading.with_spaces(root).print(writer, "", pugi::format_raw);
      if (auto tree = read_xml_tree({reinterpret_cast<const uint8_t*>(xml.data()), xml.size()}, list.id);
          tree)
        list.tree = std::make_shared<const language::Tree>(std::move(*tree));
    }
    name_columns(reading, list);
    reading.list_ids.insert({list.id, list.name});
    reading.survey.lists.push_back(std::move(list));
  }
}

int list_of_items(XFormReading& reading, pugi::xml_node control, NodeIndex node) {
  ChoiceList list;
  Survey& survey = reading.survey;
  list.id = list.name = survey.nodes[node].name + " items";
  for (int n = 2; !reading.list_ids.insert(list.id).second; ++n)
    list.id = list.name = survey.nodes[node].name + " items " + std::to_string(n);
  list.value_column = list.table.add_column("name");
  for (size_t i = 0; i < survey.languages.size(); ++i)
    list.label_columns.push_back(list.table.add_column(
        i == static_cast<size_t>(survey.default_language) ? "label" : "label::" + survey.languages[i]));
  std::vector<std::string_view> cells;
  for (pugi::xml_node item = control.first_child(); item; item = item.next_sibling()) {
    if (local_name(item.name()) != "item") continue;
    pugi::xml_node said = child(item, "label");
    Text room;
    const Text& label = text_said(reading, said, room);
    std::string value = own_text(child(item, "value"));
    cells.assign(1, value);
    for (size_t i = 0; i < survey.languages.size(); ++i)
      cells.push_back(i < label.source.size() ? std::string_view(label.source[i]) : std::string_view(""));
    list.table.add_row(cells);
    list.sheet_rows.push_back(0);
    // An output in a label.
    auto row = list.size() - 1;
    for (const std::string& source : label.source)
      if (source.find('\x01') != std::string::npos) list.live_labels[row] = label;
  }
  survey.lists.push_back(std::move(list));
  return static_cast<int>(survey.lists.size()) - 1;
}

void read_itemset(XFormReading& reading, pugi::xml_node itemset, NodeIndex index, const std::string& around) {
  Survey& survey = reading.survey;
  std::string nodeset = attribute(itemset, "nodeset");
  Place place = reading.place(itemset, "nodeset");
  std::string value_ref = attribute(child(itemset, "value"), "ref");
  bool translated = false;
  std::string label_ref = label_column_of(attribute(child(itemset, "label"), "ref"), translated);
  std::string id = call_argument(nodeset, "instance");
  Node& node = survey.nodes[index];
  node.itemset.source = nodeset;
  node.itemset.place = place;
  if (id.empty()) {  // instances of a repeat
    std::string path = nodeset;
    if (path.rfind("randomize(", 0) == 0) path = path.substr(10);
    size_t bracket = path.find_first_of("[,)");
    NodeIndex repeat = reading.find(reading.path_of(path.substr(0, bracket), around));
    if (repeat == no_node) {
      reading.say(Severity::error, itemset, "unknown_name", "nothing stands at " + nodeset, "nodeset");
      return;
    }
    auto inside = [&](const std::string& ref) {
      return reading.find(reading.path_of(ref, reading.path_of(path.substr(0, bracket), around)));
    };
    node.roster = inside(value_ref);
    node.roster_label = inside(label_ref);
    if (node.roster == no_node) node.roster = repeat;
    if (node.roster_label == no_node) node.roster_label = node.roster;
    return;
  }
  node.list = survey.list(id);
  if (node.list < 0) {
    reading.say(Severity::error, itemset, "unknown_list", "there is no instance \"" + id + "\"", "nodeset");
    return;
  }
  ChoiceList& list = survey.lists[static_cast<size_t>(node.list)];
  if (int column = list.table.column(value_ref); column >= 0) node.value_column = column;
  int label = list.table.column(label_ref);
  node.label_columns.assign(survey.languages.size(), label);
  if (!translated || label < 0) return;
  // A column a language, of the texts its ids stand for; made once a list.
  std::vector<int>& made = list.media["itext " + label_ref];
  if (made.empty())
    for (size_t i = 0; i < survey.languages.size(); ++i) {
      int column = list.table.add_column("label::" + survey.languages[i]);
      made.push_back(column);
      for (uint32_t row = 0; row < list.size(); ++row) {
        auto text = reading.texts.find(list.table.cell(row, label));
        if (text == reading.texts.end()) continue;
        const Text& plain = text->second.plain;
        if (i < plain.source.size()) list.table.set(row, column, plain.source[i]);
        if (i == 0)
          for (const std::string& source : plain.source)
            if (source.find('\x01') != std::string::npos) list.live_labels[row] = plain;
      }
    }
  node.label_columns = made;
  list.label_columns = made;
}

}  // namespace definition
