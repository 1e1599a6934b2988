// The model of an XForm: its primary instance to nodes, its binds to their logic.
#include <algorithm>

#include "forms/base/utf8.h"
#include "forms/definition/xform_reading.h"

namespace definition {
namespace {

constexpr int deepest = 100;

// What stands where in the body, so that questions are asked in its order.
void note_orders(XFormReading& reading, pugi::xml_node node, const std::string& around, int& next) {
  for (pugi::xml_node c : node.children()) {
    if (c.type() != pugi::node_element) continue;
    std::string_view kind = local_name(c.name());
    reading.has_actions |= kind == "setvalue" || kind == "setgeopoint" || kind == "recordaudio";
    if (kind == "label" || kind == "hint" || kind == "item" || kind == "itemset" || kind == "setvalue" ||
        kind == "setgeopoint" || kind == "recordaudio" || kind == "help")
      continue;
    std::string written = attribute(c, kind == "repeat" ? "nodeset" : "ref");
    if (written.empty() && has_attribute(c, "bind"))
      if (auto at = reading.nodeset_of.find(attribute(c, "bind")); at != reading.nodeset_of.end())
        written = at->second;
    std::string path = written.empty() ? around : reading.path_of(written, around);
    if (!written.empty()) {
      reading.orders.try_emplace(path, next++);
      if (kind == "repeat") reading.repeats.try_emplace(path, c);
    }
    note_orders(reading, c, path, next);
  }
}

Element element_of(XFormReading& reading, pugi::xml_node node, const std::string& above, int depth) {
  Element out;
  out.name = node.name();
  out.path = above + "/" + out.name;
  out.is_repeat = reading.repeats.contains(out.path);
  if (auto at = reading.orders.find(out.path); at != reading.orders.end()) out.order = at->second;
  for (pugi::xml_attribute a : node.attributes()) {
    std::string name = a.name();
    std::string_view local = local_name(name);
    bool meaning = name.rfind("xmlns", 0) == 0 || local == "template" || (depth == 0 && name != local);
    if (depth == 0 && (local == "id" || local == "version" || local == "prefix" || local == "delimiter"))
      meaning = true;
    if (!meaning) out.attributes.emplace_back(name, base::trim(a.value()));
  }
  std::unordered_map<std::string, size_t> seen;  // children by name
  for (pugi::xml_node c : node.children()) {
    if (c.type() != pugi::node_element) continue;
    if (depth >= deepest) {
      reading.say(Severity::error, c, "too_deep", "groups stand more than 100 deep in each other");
      break;
    }
    Element inner = element_of(reading, c, out.path, depth + 1);
    auto [known, fresh] = seen.try_emplace(inner.name, out.children.size());
    Element* same = fresh ? nullptr : &out.children[known->second];
    bool is_template = has_attribute(c, "template");
    if (fresh) {
      inner.has_template = is_template;
      if (inner.is_repeat && !is_template) inner.instances.push_back(inner);
      out.children.push_back(std::move(inner));
    } else if (inner.is_repeat) {
      if (is_template) {
        inner.instances = std::move(same->instances);
        inner.has_template = true;
        *same = std::move(inner);
      } else {
        same->instances.push_back(std::move(inner));
      }
    } else {
      reading.say(Severity::warning, c, "duplicate_name",
                  "\"" + inner.name + "\" stands twice in the same place; the first counts");
    }
  }
  if (out.children.empty()) out.text = own_text(node);
  return out;
}

size_t count_of(const Element& element) {
  size_t count = 1 + element.attributes.size();
  for (const Element& c : element.children) count += count_of(c);
  return count;
}

int first_order(const Element& element) {
  int first = element.order;
  for (const Element& c : element.children)
    if (int inner = first_order(c); inner >= 0 && (first < 0 || inner < first)) first = inner;
  return first;
}

// Siblings in the body's order; what the body does not show stays behind what it followed.
void sort_by_body(Element& element) {
  std::vector<std::pair<int, size_t>> keys;
  int last = -1;
  for (size_t i = 0; i < element.children.size(); ++i) {
    int order = first_order(element.children[i]);
    if (order >= 0) last = order;
    keys.emplace_back(last, i);
  }
  std::stable_sort(keys.begin(), keys.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<Element> sorted;
  sorted.reserve(element.children.size());
  for (const auto& [order, i] : keys) sorted.push_back(std::move(element.children[i]));
  element.children = std::move(sorted);
  for (Element& c : element.children) sort_by_body(c);
}

NodeIndex add_node(XFormReading& reading, const Element& element, NodeIndex parent) {
  Survey& survey = reading.survey;
  auto index = static_cast<NodeIndex>(survey.nodes.size());
  survey.nodes.emplace_back();
  Node& node = survey.nodes.back();
  node.name = element.name;
  node.parent = parent;
  node.kind = element.is_repeat                                ? NodeKind::repeat
              : !element.children.empty() || parent == no_node ? NodeKind::group
                                                               : NodeKind::question;
  if (node.kind == NodeKind::question) node.default_value.source = element.text;
  if (node.kind == NodeKind::repeat) node.starts_empty = element.instances.empty();
  if (parent != no_node) survey.nodes[parent].children.push_back(index);
  reading.by_path.emplace(element.path, index);
  for (const auto& [name, value] : element.attributes) {
    auto at = static_cast<NodeIndex>(survey.nodes.size());
    survey.nodes.emplace_back();
    Node& attribute_node = survey.nodes.back();
    attribute_node.name = "@" + name;
    attribute_node.parent = index;
    attribute_node.is_attribute = true;
    attribute_node.default_value.source = value;
    attribute_node.type = reading.type("calculate");
    survey.nodes[index].children.push_back(at);
    reading.by_path.emplace(element.path + "/@" + name, at);
  }
  for (const Element& c : element.children) add_node(reading, c, index);
  return index;
}

// Values that instances have from the start; blanks are what a new instance has anyway.
Seed seed_of(const XFormReading& reading, const Element& element) {
  Seed seed;
  seed.repeat = reading.find(element.path);
  std::vector<const Element*> open = {&element};
  while (!open.empty()) {
    const Element* at = open.back();
    open.pop_back();
    for (const Element& c : at->children) {
      if (c.is_repeat) {
        for (const Element& instance : c.instances) seed.inner.push_back(seed_of(reading, instance));
        continue;
      }
      NodeIndex node = reading.find(c.path);
      if (c.children.empty() && !c.text.empty() && node != no_node) seed.values.emplace_back(node, c.text);
      open.push_back(&c);
    }
  }
  return seed;
}

void plant_seeds(XFormReading& reading, const Element& element) {
  for (const Element& c : element.children) {
    if (c.is_repeat)
      for (const Element& instance : c.instances) reading.survey.seeds.push_back(seed_of(reading, instance));
    else
      plant_seeds(reading, c);
  }
}

DataType data_of(std::string_view bind_type) {
  const std::pair<std::string_view, DataType> types[] = {
      {"int", DataType::integer},    {"integer", DataType::integer},   {"decimal", DataType::decimal},
      {"date", DataType::date},      {"time", DataType::time},         {"dateTime", DataType::date_time},
      {"geopoint", DataType::place}, {"geotrace", DataType::trace},    {"geoshape", DataType::shape},
      {"boolean", DataType::text},   {"binary", DataType::attachment}, {"select1", DataType::choice},
      {"select", DataType::choices}, {"barcode", DataType::text},      {"string", DataType::text},
      {"rank", DataType::ranking}};
  for (const auto& [name, data] : types)
    if (name == local_name(bind_type)) return data;
  return DataType::none;
}

Capture preload_of(const std::string& preload, const std::string& parameters) {
  if (preload == "uid") return Capture::uuid;
  if (preload == "timestamp") return parameters == "end" ? Capture::end : Capture::start;
  if (preload == "date") return Capture::today;
  if (preload != "property") return Capture::none;
  if (parameters == "deviceid") return Capture::device_id;
  if (parameters == "username") return Capture::username;
  if (parameters == "email") return Capture::email;
  if (parameters == "phonenumber") return Capture::phone_number;
  return Capture::none;
}

void read_bind(XFormReading& reading, pugi::xml_node bind) {
  std::string path = reading.path_of(attribute(bind, "nodeset"));
  NodeIndex index = reading.find(path);
  if (index == no_node) {
    reading.say(Severity::warning, bind, "unknown_name",
                "the instance has nothing at " + (path.empty() ? "an empty path" : path) +
                    "; this bind is passed over",
                "nodeset");
    return;
  }
  Node& node = reading.survey.nodes[index];
  node.place = reading.place(bind);
  std::string preload, parameters;
  std::pair<std::string_view, std::string> messages[] = {{"constraintMsg", {}}, {"requiredMsg", {}}};
  for (pugi::xml_attribute a : bind.attributes()) {
    std::string_view name = local_name(a.name());
    auto put = [&](Logic& logic) {
      logic.source = base::trim(a.value());
      if (!logic.source.empty()) {
        logic.place = node.place;
        logic.place.column = name;
      }
    };
    if (name == "relevant")
      put(node.relevant);
    else if (name == "constraint")
      put(node.constraint);
    else if (name == "required")
      put(node.required);
    else if (name == "readonly")
      put(node.read_only);
    else if (name == "calculate")
      put(node.calculation);
    else if (name == "type")
      node.bound = data_of(base::trim(a.value()));
    else if (name == "preload")
      preload = base::trim(a.value());
    else if (name == "preloadParams")
      parameters = base::trim(a.value());
    else if (name == "constraintMsg")
      messages[0].second = base::trim(a.value());
    else if (name == "requiredMsg")
      messages[1].second = base::trim(a.value());
    else if (name != "nodeset" && name != "id")
      node.extra[std::string("bind::") + a.name()] = base::trim(a.value());
  }
  node.capture = preload_of(preload, parameters);
  if (!preload.empty() && node.capture == Capture::none)
    reading.say(Severity::note, bind, "not_yet_preload",
                "the preload \"" + preload + "\" is read and stays empty", "preload");
  for (const auto& [name, message] : messages) {
    Text* text = name == "constraintMsg" ? &node.constraint_message : &node.required_message;
    if (message.empty()) continue;
    if (message.rfind("jr:itext(", 0) == 0) {
      size_t open = message.find_first_of("'\"");
      size_t close = open == std::string::npos ? open : message.find(message[open], open + 1);
      std::string id =
          close == std::string::npos ? std::string() : message.substr(open + 1, close - open - 1);
      if (auto at = reading.texts.find(id); at != reading.texts.end()) *text = at->second.plain;
    } else {
      text->source.assign(reading.survey.languages.size(), "");
      text->source[static_cast<size_t>(reading.survey.default_language)] = message;
      text->untranslated = true;
    }
  }
}

}  // namespace

bool read_model(XFormReading& reading) {
  Survey& survey = reading.survey;
  pugi::xml_node primary;
  for (pugi::xml_node c : child(reading.model, "instance").children())
    if (c.type() == pugi::node_element && !primary) primary = c;
  if (!primary) {
    reading.say(Severity::error, reading.model, "no_instance",
                "the model has no instance with an element in it");
    return false;
  }
  survey.form_id = attribute(primary, "id");
  if (survey.form_id.empty()) survey.form_id = attribute(primary, "xmlns");
  if (survey.title.empty()) survey.title = survey.form_id;
  survey.version = attribute(primary, "version");
  for (pugi::xml_node bind : reading.model.children())
    if (local_name(bind.name()) == "bind" && has_attribute(bind, "id"))
      reading.nodeset_of[attribute(bind, "id")] = attribute(bind, "nodeset");
  survey.nodes.emplace_back();  // so that relative paths know the root's name
  survey.nodes.front().name = primary.name();
  int next = 0;
  note_orders(reading, reading.body, "/" + survey.nodes.front().name, next);
  survey.nodes.clear();
  Element root = element_of(reading, primary, "", 0);
  survey.nodes.reserve(count_of(root));
  sort_by_body(root);
  add_node(reading, root, no_node);
  plant_seeds(reading, root);
  if (survey.nodes.size() > 100'000) {
    reading.say(Severity::error, primary, "too_large", "a form has at most 100,000 questions");
    return false;
  }
  for (pugi::xml_node bind : reading.model.children())
    if (local_name(bind.name()) == "bind") read_bind(reading, bind);
  return true;
}

}  // namespace definition
