#include "forms/definition/xform_items.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "forms/base/utf8.h"
#include "forms/definition/references.h"

namespace definition {
namespace {

std::string_view kind_of(const Node& node) {
  return node.type ? node.type->words.front() : std::string_view();
}

bool has_word(const std::string& words, std::string_view word) {
  size_t at = words.find(word);
  return at != std::string::npos && (at == 0 || words[at - 1] == ' ') &&
         (at + word.size() == words.size() || words[at + word.size()] == ' ');
}

bool is_whole(const std::string& text) {
  double value = 0;
  auto [at, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error != std::errc() || value == std::floor(value);
}

std::string_view bind_type(DataType data) {
  switch (data) {
    case DataType::integer:
      return "int";
    case DataType::decimal:
      return "decimal";
    case DataType::boolean:
      return "boolean";
    case DataType::date:
      return "date";
    case DataType::time:
      return "time";
    case DataType::date_time:
      return "dateTime";
    case DataType::ranking:
      return "odk:rank";
    case DataType::place:
      return "geopoint";
    case DataType::trace:
      return "geotrace";
    case DataType::shape:
      return "geoshape";
    case DataType::attachment:
      return "binary";
    case DataType::none:
    case DataType::text:
    case DataType::choice:
    case DataType::choices:
      return "string";
  }
  return "string";
}

// By the type's first word: control, bind type, media type, preload and its parameters.
struct Row {
  std::string_view word, control, type, mediatype = {}, preload = {}, parameters = {};
};
constexpr Row shapes[] = {{"text", "input", "string"},
                          {"integer", "input", "int"},
                          {"decimal", "input", "decimal"},
                          {"range", "range", "int"},
                          {"note", "input", "string"},
                          {"date", "input", "date"},
                          {"time", "input", "time"},
                          {"datetime", "input", "dateTime"},
                          {"geopoint", "input", "geopoint"},
                          {"geotrace", "input", "geotrace"},
                          {"geoshape", "input", "geoshape"},
                          {"barcode", "input", "barcode"},
                          {"select_one", "select1", "string"},
                          {"select_one_from_file", "select1", "string"},
                          {"select_multiple", "select", "string"},
                          {"select_multiple_from_file", "select", "string"},
                          {"rank", "odk:rank", "odk:rank"},
                          {"acknowledge", "trigger", "string"},
                          {"image", "upload", "binary", "image/*"},
                          {"audio", "upload", "binary", "audio/*"},
                          {"video", "upload", "binary", "video/*"},
                          {"file", "upload", "binary", "application/*"},
                          {"osm", "upload", "binary", "osm/*"},
                          {"calculate", "", "string"},
                          {"audit", "", "binary"},
                          {"background-audio", "", "binary"},
                          {"start-geopoint", "", "geopoint"},
                          {"background-geopoint", "", "geopoint"},
                          {"start", "", "dateTime", "", "timestamp", "start"},
                          {"end", "", "dateTime", "", "timestamp", "end"},
                          {"today", "", "date", "", "date", "today"},
                          {"deviceid", "", "string", "", "property", "deviceid"},
                          {"username", "", "string", "", "property", "username"},
                          {"email", "", "string", "", "property", "email"},
                          {"phonenumber", "", "string", "", "property", "phonenumber"},
                          {"simserial", "", "string", "", "property", "simserial"},
                          {"subscriberid", "", "string", "", "property", "subscriberid"}};

std::string parameter(const Node& node, const char* name) {
  auto at = node.parameters.find(name);
  return at == node.parameters.end() ? std::string() : at->second;
}

void add_parameters(const Node& node, Shape& shape) {
  auto bind = [&](const char* parameter_name, const char* attribute) {
    if (std::string value = parameter(node, parameter_name); !value.empty())
      shape.bind.emplace_back(attribute, value);
  };
  std::string_view kind = kind_of(node);
  if (kind == "image") bind("max-pixels", "orx:max-pixels");
  if (kind == "audio") bind("quality", "odk:quality");
  if (kind == "geopoint" || kind == "geotrace" || kind == "geoshape")
    bind("allow-mock-accuracy", "odk:allow-mock-accuracy");
  if (kind == "audit")
    for (const char* key : {"track-changes", "track-changes-reasons", "identify-user", "location-priority",
                            "location-min-interval", "location-max-age"})
      bind(key, (std::string("odk:") + key).c_str());
  if (kind != "range") return;
  for (const char* key : {"start", "end", "step", "tick_interval", "placeholder"})
    if (!is_whole(parameter(node, key))) shape.type = "decimal";
}

// What a preload of an XForm asks for.
void add_capture(const Node& node, Shape& shape) {
  static constexpr std::pair<Capture, Row> captures[] = {
      {Capture::start, {"", "", "", "", "timestamp", "start"}},
      {Capture::end, {"", "", "", "", "timestamp", "end"}},
      {Capture::today, {"", "", "", "", "date", "today"}},
      {Capture::device_id, {"", "", "", "", "property", "deviceid"}},
      {Capture::username, {"", "", "", "", "property", "username"}},
      {Capture::email, {"", "", "", "", "property", "email"}},
      {Capture::phone_number, {"", "", "", "", "property", "phonenumber"}},
      {Capture::uuid, {"", "", "", "", "uid", ""}}};
  for (const auto& [capture, row] : captures) {
    if (node.capture != capture) continue;
    shape.bind = {{"jr:preload", std::string(row.preload)}};
    if (!row.parameters.empty()) shape.bind.emplace_back("jr:preloadParams", std::string(row.parameters));
  }
}

}  // namespace

bool is_yes(const Survey& survey, const char* name) {
  std::string low = base::lower(setting(survey, name));
  return low == "yes" || low == "true" || low == "true()";
}

std::string setting(const Survey& survey, const char* name) {
  auto at = survey.settings.find(name);
  return at == survey.settings.end() ? std::string() : at->second;
}

Shape shape_of(const Survey& survey, NodeIndex index) {
  const Node& node = survey.nodes[index];
  Shape out;
  for (const Row& row : shapes) {
    if (row.word != kind_of(node)) continue;
    out.control = row.control;
    out.type = row.type;
    out.mediatype = row.mediatype;
    if (!row.preload.empty())
      out.bind = {{"jr:preload", std::string(row.preload)},
                  {"jr:preloadParams", std::string(row.parameters)}};
  }
  if (base::lower(node.type_word).rfind("select_one_external", 0) == 0) out.control = "input";
  if (survey.from_xform) {  // it says its own
    out.bind.clear();
    add_capture(node, out);
    out.type = node.bound == DataType::none      ? ""
               : node.bound == DataType::choice  ? "select1"
               : node.bound == DataType::choices ? "select"
                                                 : bind_type(node.bound);
    if (kind_of(node) == "barcode") out.type = "barcode";
    return out;
  }
  if (node.bound != DataType::none && kind_of(node) != "range") out.type = bind_type(node.bound);
  add_parameters(node, out);
  return out;
}

Items::Items(const Survey& of) : survey(of), of_(of.nodes.size(), -1) {
  Item root;
  root.kind = Item::Kind::group;
  root.name = survey.nodes[0].name;
  root.node = 0;
  add(-1, std::move(root));
  of_[0] = 0;
  take_children(0, 0);
  if (survey.from_xform) return;
  for (const Entity& one : survey.entities)
    if (one.holder != 0) entity(one, of_[one.holder]);
  meta();
}

int Items::add(int parent, Item item) {
  item.parent = parent;
  all.push_back(std::move(item));
  int index = static_cast<int>(all.size()) - 1;
  if (parent >= 0) all[static_cast<size_t>(parent)].children.push_back(index);
  return index;
}

void Items::take_children(NodeIndex node, int parent) {
  for (NodeIndex child : survey.nodes[node].children) take(child, parent);
}

void Items::take(NodeIndex index, int parent) {
  const Node& node = survey.nodes[index];
  Item item;
  item.name = node.name;
  item.node = index;
  item.appearance = node.appearance;
  item.label = node.label;
  item.hint = node.hint;
  if (node.kind == NodeKind::question) {
    if (!survey.from_xform && kind_of(node) == "audit") return audits_.push_back(index);
    Shape shape = shape_of(survey, index);
    item.kind = node.is_attribute ? Item::Kind::attribute : Item::Kind::question;
    if (node.is_attribute) item.name.erase(0, 1);
    bool filled = node.calculation || !node.calculation.source.empty() || !node.trigger.source.empty();
    bool said = !node.label.empty() || !node.hint.empty();
    item.control = survey.from_xform || said || !filled ? shape.control : "";
    if (node.is_attribute) item.control.clear();
    item.type = shape.type;
    item.bind = std::move(shape.bind);
    if (!node.default_is_expression) item.value = node.default_value.source;
    bool picture = kind_of(node) == "image" && !survey.from_xform && !item.value.empty();
    if (picture && item.value.rfind("jr://", 0) != 0) item.value = "jr://images/" + item.value;
    of_[index] = add(parent, std::move(item));
    for (NodeIndex attribute : node.children) take(attribute, of_[index]);
    return;
  }
  item.kind = node.kind == NodeKind::repeat ? Item::Kind::repeat : Item::Kind::group;
  // A count that is an expression is calculated beside the repeat.
  bool counted = node.kind == NodeKind::repeat && !node.repeat_count.source.empty();
  if (counted && !survey.from_xform && !is_reference(node.repeat_count.source)) {
    Item count;
    count.name = node.name + "_count";
    count.type = "string";
    int made = add(parent, std::move(count));
    all[static_cast<size_t>(made)].bind = {{"readonly", "true()"}, {"calculate", node.repeat_count.source}};
  }
  int made = of_[index] = add(parent, std::move(item));
  if (!survey.from_xform && node.kind == NodeKind::group && has_word(node.appearance, "table-list"))
    return table_list(index, made);
  take_children(index, made);
}

// A field-list whose selects stand under one row of labels.
void Items::table_list(NodeIndex index, int item) {
  const Node& node = survey.nodes[index];
  std::string look = "field-list";
  for (size_t at = 0; at < node.appearance.size();) {
    size_t end = std::min(node.appearance.find(' ', at), node.appearance.size());
    std::string word = node.appearance.substr(at, end - at);
    if (!word.empty() && word != "table-list") look += " " + word;
    at = end + 1;
  }
  all[static_cast<size_t>(item)].appearance = look;
  std::string row = std::to_string(node.place.row);
  if (!node.label.empty() || !node.hint.empty()) {
    Item note;
    note.name = "generated_table_list_label_" + row;
    note.control = "input";
    note.type = "string";
    note.bind = {{"readonly", "true()"}};
    note.label = node.label;
    note.hint = node.hint;
    all[static_cast<size_t>(item)].label = {};
    all[static_cast<size_t>(item)].hint = {};
    add(item, std::move(note));
  }
  bool headed = false;
  for (NodeIndex child : node.children) {
    const Node& asked = survey.nodes[child];
    bool select = asked.kind == NodeKind::question && asked.type && asked.type->takes_list;
    if (select && !headed) {
      Item header;
      header.name = "reserved_name_for_field_list_labels_" + std::to_string(asked.place.row);
      header.control = shape_of(survey, child).control;
      header.type = "string";
      header.appearance = "label";
      header.label.source.assign(survey.languages.size(), "");
      header.label.source[static_cast<size_t>(survey.default_language)] = " ";
      header.label.untranslated = true;
      header.node = no_node;
      int made = add(item, std::move(header));
      all[static_cast<size_t>(made)].instance.emplace_back("",
                                                           std::to_string(child));  // whose choices it shows
      headed = true;
    }
    take(child, item);
    if (select) all[static_cast<size_t>(of_[child])].appearance = "list-nolabel";
  }
}

void Items::meta() {
  std::vector<Item> inside;
  for (NodeIndex audit : audits_) {
    Item item;
    item.name = "audit";
    item.node = audit;
    Shape shape = shape_of(survey, audit);
    item.type = shape.type;
    item.bind = std::move(shape.bind);
    inside.push_back(std::move(item));
  }
  if (!is_yes(survey, "omit_instanceID")) {
    Item id;
    id.name = "instanceID";
    id.type = "string";
    std::string preload = setting(survey, "instance_id");
    id.bind = {{"readonly", "true()"}, {"jr:preload", preload.empty() ? "uid" : preload}};
    inside.push_back(std::move(id));
  }
  if (!survey.instance_name.source.empty()) {
    Item name;
    name.name = "instanceName";
    name.type = "string";
    name.bind = {{"calculate", survey.instance_name.source}};
    inside.push_back(std::move(name));
  }
  bool own = std::any_of(survey.entities.begin(), survey.entities.end(),
                         [](const Entity& one) { return one.holder == 0; });
  if (inside.empty() && !own) return;
  Item group;
  group.kind = Item::Kind::group;
  group.name = "meta";
  int made = -1;
  if (!inside.empty()) {
    made = add(0, std::move(group));
    for (Item& item : inside) {
      NodeIndex node = item.node;
      int index = add(made, std::move(item));
      if (node != no_node) of_[node] = index;
    }
  }
  for (const Entity& one : survey.entities)
    if (one.holder == 0) entity(one, 0);
}

void Items::entity(const Entity& one, int holder) {
  int meta = -1;
  for (int child : all[static_cast<size_t>(holder)].children)
    if (all[static_cast<size_t>(child)].name == "meta" && all[static_cast<size_t>(child)].node == no_node)
      meta = child;
  if (meta < 0) {
    Item group;
    group.kind = Item::Kind::group;
    group.name = "meta";
    meta = add(holder, std::move(group));
  }
  Item element;
  element.kind = Item::Kind::group;
  element.name = "entity";
  int made = add(meta, std::move(element));
  auto attribute = [&](const char* name, const std::string& value, const std::string& calculate, bool bound) {
    Item item;
    item.kind = Item::Kind::attribute;
    item.name = name;
    item.value = value;
    if (bound) {
      item.type = "string";
      if (!calculate.empty()) item.bind.emplace_back("calculate", calculate);
      item.bind.emplace_back("readonly", "true()");
    }
    add(made, std::move(item));
  };
  const std::string& id = one.id.source;
  attribute("dataset", one.list, "", false);
  if (id.empty() || !one.create_if.source.empty())
    attribute("create", "1", one.create_if.source, !one.create_if.source.empty());
  if (!id.empty()) attribute("update", "1", one.update_if.source, !one.update_if.source.empty());
  attribute("id", "", id, true);
  std::string row = "instance('" + one.list + "')/root/item[name=" + id + "]/__";
  if (!id.empty())
    for (const auto& [name, column] :
         {std::pair{"baseVersion", "version"}, std::pair{"trunkVersion", "trunkVersion"},
          std::pair{"branchId", "branchId"}})
      attribute(name, "", row + column, true);
  if (one.label.source.empty()) return;
  Item label;
  label.name = "label";
  label.type = "string";
  label.bind = {{"calculate", one.label.source}, {"readonly", "true()"}};
  add(made, std::move(label));
}

}  // namespace definition
