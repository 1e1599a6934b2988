// The body of an XForm: which question each control asks, and the actions of model and body.
#include <algorithm>

#include "forms/base/utf8.h"
#include "forms/definition/xform_reading.h"

namespace definition {
namespace {

bool has_word(const std::string& words, std::string_view word) {
  size_t at = words.find(word);
  return at != std::string::npos && (at == 0 || words[at - 1] == ' ') &&
         (at + word.size() == words.size() || words[at + word.size()] == ' ');
}

// The question type an XLSForm would call it.
std::string word_of(const Node& node, std::string_view control, const std::string& mediatype) {
  if (control == "select1") return "select_one";
  if (control == "select") return "select_multiple";
  if (control == "rank") return "rank";
  if (control == "trigger") return "acknowledge";
  if (control == "range") return "range";
  if (control == "upload") {
    if (mediatype.rfind("image", 0) == 0) return "image";
    if (mediatype.rfind("audio", 0) == 0) return "audio";
    if (mediatype.rfind("video", 0) == 0) return "video";
    return mediatype.rfind("osm", 0) == 0 ? "osm" : "file";
  }
  switch (node.bound) {
    case DataType::integer:
      return "integer";
    case DataType::decimal:
      return "decimal";
    case DataType::date:
      return "date";
    case DataType::time:
      return "time";
    case DataType::date_time:
      return "datetime";
    case DataType::place:
      return "geopoint";
    case DataType::trace:
      return "geotrace";
    case DataType::shape:
      return "geoshape";
    default:
      break;
  }
  if (node.extra.contains("barcode")) return "barcode";
  bool fixed = node.read_only.source == "true()" && node.calculation.source.empty();
  return fixed && node.default_value.source.empty() ? "note" : "text";
}

// A node without a control: what fills it.
std::string word_of_hidden(const Node& node) {
  switch (node.capture) {
    case Capture::start:
      return "start";
    case Capture::end:
      return "end";
    case Capture::today:
      return "today";
    case Capture::device_id:
      return "deviceid";
    case Capture::username:
      return "username";
    case Capture::email:
      return "email";
    case Capture::phone_number:
      return "phonenumber";
    default:
      return "calculate";
  }
}

class Body {
 public:
  explicit Body(XFormReading& reading) : reading_(reading) {}

  void visit(pugi::xml_node node, const std::string& around, int panel) {
    for (pugi::xml_node c : node.children()) {
      if (c.type() != pugi::node_element) continue;
      std::string_view kind = local_name(c.name());
      if (kind == "group")
        group(c, around, panel);
      else if (kind == "repeat")
        repeat(c, around, panel);
      else if (kind == "input" || kind == "select1" || kind == "select" || kind == "upload" ||
               kind == "trigger" || kind == "range" || kind == "rank" || kind == "secret" ||
               kind == "textarea")
        control(c, kind, around, panel);
      else if (kind != "label" && kind != "hint" && kind != "setvalue" && kind != "setgeopoint" &&
               kind != "recordaudio")
        reading_.say(Severity::note, c, "unknown_control",
                     "<" + std::string(c.name()) + "> is not known here and is passed over");
    }
  }

 private:
  std::string path_of(pugi::xml_node c, const char* name, const std::string& around) {
    std::string written = attribute(c, name);
    if (written.empty() && has_attribute(c, "bind"))
      if (auto at = reading_.nodeset_of.find(attribute(c, "bind")); at != reading_.nodeset_of.end())
        written = at->second;
    return written.empty() ? std::string() : reading_.path_of(written, around);
  }

  // What a control and a group have in common.
  void dress(Node& node, pugi::xml_node c, int panel) {
    pugi::xml_node label = child(c, "label");
    pugi::xml_node hint = child(c, "hint");
    const XFormReading::Forms& hinted = text_in_forms(reading_, hint, node.hint);
    const XFormReading::Forms& labelled = text_in_forms(reading_, label, node.label);
    for (const auto& [form, text] : hinted)
      if (form == "guidance") node.guidance = text;
    for (const auto& [form, text] : labelled)
      if (form == "image" || form == "big-image" || form == "audio" || form == "video")
        node.media[form] = text;
    node.appearance = attribute(c, "appearance");
    node.panel = panel;
    if (node.place.row == 0) node.place = reading_.place(c);
    static const std::string_view known[] = {"ref",         "bind",      "appearance", "nodeset", "count",
                                             "noAddRemove", "start",     "end",        "step",    "rows",
                                             "query",       "mediatype", "accept"};
    for (pugi::xml_attribute a : c.attributes()) {
      std::string_view local = local_name(a.name());
      if (std::find(std::begin(known), std::end(known), local) == std::end(known))
        node.extra[std::string("body::") + a.name()] = base::trim(a.value());
    }
  }

  void group(pugi::xml_node c, const std::string& around, int panel) {
    std::string path = path_of(c, "ref", around);
    NodeIndex index = path.empty() ? no_node : reading_.find(path);
    if (!path.empty() && index == no_node)
      reading_.say(Severity::warning, c, "unknown_name", "the instance has nothing at " + path, "ref");
    if (index != no_node) {
      Node& node = reading_.survey.nodes[index];
      dress(node, c, panel);
      node.type_word = node.kind == NodeKind::repeat ? "begin_repeat" : "begin_group";
      return visit(c, path, panel);
    }
    Panel made{text_of(reading_, child(c, "label")), attribute(c, "appearance"), panel};
    reading_.survey.panels.push_back(std::move(made));
    visit(c, around, static_cast<int>(reading_.survey.panels.size()) - 1);
  }

  void repeat(pugi::xml_node c, const std::string& around, int panel) {
    std::string path = path_of(c, "nodeset", around);
    NodeIndex index = reading_.find(path);
    if (index == no_node) {
      reading_.say(Severity::error, c, "unknown_name", "the instance has nothing at " + path, "nodeset");
      return;
    }
    Node& node = reading_.survey.nodes[index];
    node.type_word = "begin_repeat";
    if (node.appearance.empty()) node.appearance = attribute(c, "appearance");
    node.repeat_count = reading_.logic(c, "count");
    // Read from what holds the repeat, so a way up from the repeat itself is written out.
    if (node.repeat_count.source.rfind("..", 0) == 0)
      node.repeat_count.source = reading_.path_of(node.repeat_count.source, path);
    node.fixed_count = attribute(c, "noAddRemove") == "true()";
    if (child(c, "label") && node.label.empty()) node.label = text_of(reading_, child(c, "label"));
    if (node.place.row == 0) node.place = reading_.place(c);
    visit(c, path, panel);
  }

  void control(pugi::xml_node c, std::string_view kind, const std::string& around, int panel) {
    std::string path = path_of(c, "ref", around);
    NodeIndex index = reading_.find(path);
    if (index == no_node) {
      reading_.say(Severity::error, c, "unknown_name",
                   path.empty() ? "this control names no question" : "the instance has nothing at " + path,
                   "ref");
      return;
    }
    Node& node = reading_.survey.nodes[index];
    if (node.kind != NodeKind::question) {
      reading_.say(Severity::error, c, "not_a_question",
                   path + " holds other questions and cannot be answered", "ref");
      return;
    }
    dress(node, c, panel);
    if (kind == "secret" || kind == "textarea") kind = "input";
    node.type_word = word_of(node, kind, attribute(c, "mediatype"));
    node.type = reading_.type(node.type_word);
    for (const char* name : {"start", "end", "step", "rows", "query"})
      if (has_attribute(c, name)) node.parameters[name] = attribute(c, name);
    if (node.type && !node.type->not_yet.empty())
      reading_.say(Severity::note, c, "not_yet_type",
                   "\"" + node.type_word + "\": " + std::string(node.type->not_yet));
    if (!node.type->takes_list) return;
    if (pugi::xml_node itemset = child(c, "itemset"))
      read_itemset(reading_, itemset, index, path);
    else if (child(c, "item"))
      node.list = list_of_items(reading_, c, index);
    else
      node.list = list_of_items(reading_, c, index);  // no choices at all: what is typed counts
    Node& again = reading_.survey.nodes[index];
    if (again.list >= 0) {
      ChoiceList& list = reading_.survey.lists[static_cast<size_t>(again.list)];
      list.missing |= list.size() == 0 && !list.tree;
      again.type_word += " " + list.id;
    }
  }

  XFormReading& reading_;
};

unsigned events_of(const std::string& names) {
  unsigned events = 0;
  if (has_word(names, "odk-instance-first-load")) events |= first_load;
  if (has_word(names, "xforms-ready")) events |= first_load;  // its old name
  if (has_word(names, "odk-instance-load")) events |= load;
  if (has_word(names, "odk-new-repeat")) events |= new_repeat;
  if (has_word(names, "xforms-value-changed")) events |= value_changed;
  return events;
}

void read_action(XFormReading& reading, pugi::xml_node c, const std::string& around) {
  std::string_view kind = local_name(c.name());
  Action action;
  action.kind = kind == "setvalue"      ? Action::Kind::set_value
                : kind == "setgeopoint" ? Action::Kind::set_place
                                        : Action::Kind::record_audio;
  action.events = events_of(attribute(c, "event"));
  std::string written = attribute(c, "ref");
  if (written.empty() && has_attribute(c, "bind"))
    if (auto at = reading.nodeset_of.find(attribute(c, "bind")); at != reading.nodeset_of.end())
      written = at->second;
  std::string plain;  // the path without what picks instances
  int depth = 0;
  for (char letter : written) {
    depth += letter == '[';
    if (depth == 0) plain += letter;
    depth -= letter == ']';
  }
  action.target = reading.find(reading.path_of(plain, around));
  if (plain != written && action.target != no_node) {
    action.where = {written, reading.place(c, "ref"), {}};
    compile_into(reading.survey, action.where, around.empty() ? 0 : reading.find(around),
                 reading.diagnostics);
  }
  if (action.target == no_node) {
    reading.say(Severity::error, c, "unknown_name", "the instance has nothing at " + written, "ref");
    return;
  }
  if (action.events == 0)
    reading.say(Severity::warning, c, "unknown_event",
                "nothing here sets off \"" + attribute(c, "event") + "\"", "event");
  if (!around.empty()) action.trigger = reading.find(around);
  action.value = reading.logic(c, "value");
  if (action.kind == Action::Kind::set_value) {
    if (action.value.source.empty()) action.literal = base::trim(c.text().get());
    compile_into(reading.survey, action.value, action.target, reading.diagnostics);
  } else {
    reading.say(Severity::note, c, "not_yet_action",
                "<" + std::string(c.name()) + "> is read; only a phone carries it out");
  }
  reading.survey.actions.push_back(std::move(action));
}

void find_actions(XFormReading& reading, pugi::xml_node node, const std::string& around) {
  for (pugi::xml_node c : node.children()) {
    if (c.type() != pugi::node_element) continue;
    std::string_view kind = local_name(c.name());
    if (kind == "setvalue" || kind == "setgeopoint" || kind == "recordaudio") {
      read_action(reading, c, around);
      continue;
    }
    std::string written = attribute(c, kind == "repeat" ? "nodeset" : "ref");
    bool control = kind != "label" && kind != "hint" && kind != "item" && kind != "itemset";
    if (control) find_actions(reading, c, written.empty() ? around : reading.path_of(written, around));
  }
}

}  // namespace

void read_body(XFormReading& reading) {
  for (Node& node : reading.survey.nodes) {  // a barcode's bind has a type of its own
    if (node.kind != NodeKind::question || node.is_attribute) continue;
    node.type_word = word_of_hidden(node);
    node.type = reading.type(node.type_word);
  }
  Body(reading).visit(reading.body, "/" + reading.survey.nodes.front().name, -1);
  // The interview's name.
  NodeIndex name = reading.find("/" + reading.survey.nodes.front().name + "/meta/instanceName");
  if (name == no_node)
    name = reading.find("/" + reading.survey.nodes.front().name + "/orx:meta/orx:instanceName");
  if (name != no_node) reading.survey.instance_name = reading.survey.nodes[name].calculation;
}

void read_actions(XFormReading& reading) {
  for (pugi::xml_node c : reading.model.children()) {
    std::string_view kind = local_name(c.name());
    if (kind == "setvalue" || kind == "setgeopoint" || kind == "recordaudio") read_action(reading, c, {});
  }
  if (reading.has_actions) find_actions(reading, reading.body, {});
  // The rows a select offers, now that every name is known.
  Survey& survey = reading.survey;
  for (NodeIndex i = 0; i < survey.nodes.size(); ++i) {
    Node& node = survey.nodes[i];
    if (node.list < 0 && node.roster == no_node) continue;
    Logic rows = node.itemset;
    if (rows.source.empty()) continue;  // every row of its own items
    compile_into(survey, rows, i, reading.diagnostics);
    node.choices = rows.compiled;
  }
}

}  // namespace definition
