// The body of an XForm that is written: groups, repeats, controls with their choices, and actions.
#include <algorithm>

#include "forms/base/utf8.h"
#include "forms/definition/reading.h"
#include "forms/definition/references.h"
#include "forms/definition/xform_out.h"

namespace definition {
namespace {

void set(pugi::xml_node node, const char* name, const std::string& value) {
  if (pugi::xml_attribute there = node.attribute(name))
    there.set_value(value.c_str());
  else
    node.append_attribute(name).set_value(value.c_str());
}

std::string_view kind_of(const Node& node) {
  return node.type ? node.type->words.front() : std::string_view();
}

std::string parameter(const Node& node, const char* name, const char* otherwise = "") {
  auto at = node.parameters.find(name);
  return at == node.parameters.end() ? otherwise : at->second;
}

// "select_one yn or_other" → "yn".
std::string list_of(const Node& node) {
  std::string word = node.type_word;
  for (std::string_view tail : {" or_other", " or specify other", " or other"})
    if (word.size() > tail.size() &&
        base::lower(word).compare(word.size() - tail.size(), tail.size(), tail) == 0)
      word.resize(word.size() - tail.size());
  return word.substr(word.rfind(' ') + 1);
}

void refs(pugi::xml_node itemset, const std::string& value, const std::string& label) {
  set(itemset.append_child("value"), "ref", value);
  set(itemset.append_child("label"), "ref", label);
}

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  for (size_t at = text.find(what); !what.empty() && at != std::string::npos;
       at = text.find(what, at + by.size()))
    text.replace(at, what.size(), by);
  return text;
}

}  // namespace

void XFormOut::controls(pugi::xml_node parent, int item) {
  // Groups of the screen alone, around the questions that stand in them.
  auto panels_of = [&](int child) {
    std::vector<int> out;
    NodeIndex node = items_.all[static_cast<size_t>(child)].node;
    for (int at = node == no_node ? -1 : survey_.nodes[node].panel; at >= 0;
         at = survey_.panels[static_cast<size_t>(at)].around)
      out.insert(out.begin(), at);
    return out;
  };
  std::vector<int> around = item == 0 ? std::vector<int>() : panels_of(item);
  std::vector<int> open = around;
  std::vector<pugi::xml_node> elements = {parent};
  for (int child : items_.all[static_cast<size_t>(item)].children) {
    const Item& one = items_.all[static_cast<size_t>(child)];
    bool shown =
        one.kind != Item::Kind::attribute && (one.kind != Item::Kind::question || !one.control.empty());
    if (one.node == no_node && one.kind == Item::Kind::group) shown = false;  // meta
    if (survey_.from_xform && one.kind == Item::Kind::group && survey_.nodes[one.node].type_word.empty())
      shown = false;
    if (!shown) {
      if (one.kind == Item::Kind::group && one.node != no_node) controls(elements.back(), child);
      continue;
    }
    std::vector<int> panels = panels_of(child);
    size_t same = 0;
    while (same < panels.size() && same < open.size() && panels[same] == open[same]) ++same;
    same = std::max(same, std::min(around.size(), panels.size()));
    while (open.size() > same) {
      open.pop_back();
      if (elements.size() > 1) elements.pop_back();
    }
    for (size_t i = open.size(); i < panels.size(); ++i) {
      const Panel& panel = survey_.panels[static_cast<size_t>(panels[i])];
      pugi::xml_node made = elements.back().append_child("group");
      if (!panel.appearance.empty()) set(made, "appearance", panel.appearance);
      if (!panel.label.empty()) {
        pugi::xml_node label = made.append_child("label");
        texts_.write(label, panel.label, static_cast<size_t>(survey_.default_language), 0);
      }
      open.push_back(panels[i]);
      elements.push_back(made);
    }
    if (one.kind == Item::Kind::group)
      group(elements.back(), child);
    else if (one.kind == Item::Kind::repeat)
      repeat(elements.back(), child);
    else
      question(elements.back(), child);
  }
}

void XFormOut::extras(pugi::xml_node control, int item, const Node& node) {
  for (const auto& [name, value] : node.extra) {
    if (name.rfind("body::", 0) == 0)
      set(control, name.c_str() + std::string_view("body::").size(), items_.resolve(value, item));
    if (name == "rows" || name == "autoplay" || name == "intent")
      set(control, name.c_str(), items_.resolve(value, item));
  }
}

void XFormOut::group(pugi::xml_node parent, int item) {
  const Item& one = items_.all[static_cast<size_t>(item)];
  const Node& node = survey_.nodes[one.node];
  pugi::xml_node made = parent.append_child("group");
  if (!one.appearance.empty()) set(made, "appearance", items_.resolve(one.appearance, item));
  extras(made, item, node);
  set(made, "ref", items_.path(item));
  texts_.label(made, item, one.label, node.media, false);
  if (survey_.from_xform) texts_.hint(made, item, node.hint, node.guidance);
  controls(made, item);
}

void XFormOut::repeat(pugi::xml_node parent, int item) {
  const Node& node = survey_.nodes[items_.all[static_cast<size_t>(item)].node];
  pugi::xml_node around = parent.append_child("group");
  set(around, "ref", items_.path(item));
  texts_.label(around, item, node.label, node.media, !survey_.from_xform);
  if (survey_.from_xform) texts_.hint(around, item, node.hint, node.guidance);
  pugi::xml_node made = around.append_child("repeat");
  set(made, "nodeset", items_.path(item));
  if (!node.appearance.empty())
    set(survey_.from_xform ? around : made, "appearance", items_.resolve(node.appearance, item));
  if (!node.repeat_count.source.empty()) {
    std::string count = items_.resolve(node.repeat_count.source, item);
    if (!survey_.from_xform && !is_reference(node.repeat_count.source))
      for (int sibling :
           items_.all[static_cast<size_t>(items_.all[static_cast<size_t>(item)].parent)].children) {
        const Item& other = items_.all[static_cast<size_t>(sibling)];
        if (other.node == no_node && other.name == node.name + "_count")
          count = items_.path_from(sibling, item, {});
      }
    set(made, "jr:count", count);
  }
  if (node.fixed_count) set(made, "jr:noAddRemove", "true()");
  extras(survey_.from_xform ? around : made, item, node);
  controls(made, item);
  nested_actions(made, item);
}

void XFormOut::question(pugi::xml_node parent, int item) {
  const Item& one = items_.all[static_cast<size_t>(item)];
  pugi::xml_node made = parent.append_child(one.control.c_str());
  if (!one.appearance.empty()) set(made, "appearance", items_.resolve(one.appearance, item));
  if (one.node == no_node) {  // made for a table-list
    set(made, "ref", items_.path(item));
    texts_.label(made, item, one.label, {}, true);
    texts_.hint(made, item, one.hint, {});
    if (!one.instance.empty()) {
      const Node& shown = survey_.nodes[static_cast<NodeIndex>(std::stoul(one.instance.front().second))];
      itemset(made, item, shown);
    }
    return;
  }
  const Node& node = survey_.nodes[one.node];
  Shape shape = shape_of(survey_, one.node);
  if (!shape.mediatype.empty()) set(made, "mediatype", shape.mediatype);
  parameters(made, item, node);
  extras(made, item, node);
  set(made, "ref", items_.path(item));
  bool hinted = !node.hint.empty() || !node.guidance.empty();
  texts_.label(made, item, node.label, node.media, hinted || survey_.from_xform == false);
  texts_.hint(made, item, node.hint, node.guidance);
  if (node.type && node.type->takes_list) itemset(made, item, node);
  if (one.control == "range" && !parameter(node, "tick_labelset").empty())
    if (const ChoiceList* list = list_named(parameter(node, "tick_labelset"))) {
      pugi::xml_node labels = made.append_child("itemset");
      set(labels, "nodeset", "instance('" + id_of(*list) + "')/root/item");
      refs(labels, "name", needs_itext(*list) ? "jr:itext(itextId)" : "label");
    }
  geometry_itemset(made, item, node);
  if (kind_of(node) == "osm") tags(made, node);
  nested_actions(made, item);
}

void XFormOut::parameters(pugi::xml_node control, int item, const Node& node) {
  auto put = [&](const char* name, const char* attribute) {
    if (std::string value = parameter(node, name); !value.empty())
      set(control, attribute, items_.resolve(value, item));
  };
  if (survey_.from_xform) {
    for (const char* name : {"start", "end", "step", "rows", "query"}) put(name, name);
    return;
  }
  std::string_view kind = kind_of(node);
  if (kind == "text") put("rows", "rows");
  if (kind == "range") {
    set(control, "start", parameter(node, "start", "1"));
    set(control, "end", parameter(node, "end", "10"));
    set(control, "step", parameter(node, "step", "1"));
    put("tick_interval", "odk:tick-interval");
    put("placeholder", "odk:placeholder");
  }
  if (kind == "image" && (node.appearance.empty() || node.appearance == "annotate")) put("app", "intent");
  if (kind == "geopoint") {
    put("capture-accuracy", "accuracyThreshold");
    put("warning-accuracy", "unacceptableAccuracyThreshold");
  }
  if (kind == "geotrace" || kind == "geoshape") put("incremental", "incremental");
  if (base::lower(node.type_word).rfind("select_one_external", 0) == 0) {
    std::string query = "instance('" + list_of(node) + "')/root/item";
    if (!node.choice_filter.source.empty())
      query += "[" + items_.resolve(node.choice_filter.source, item, {.current = true}) + "]";
    set(control, "query", query);
  }
}

void XFormOut::itemset(pugi::xml_node control, int item, const Node& node) {
  if (std::string_view(control.name()) == "input") return;  // select_one_external asks by its query
  const ChoiceList* list = node.list < 0 ? nullptr : &survey_.lists[static_cast<size_t>(node.list)];
  if (survey_.from_xform) {
    if (node.itemset.source.empty()) {
      if (list) inline_items(control, *list, items_.path(item));
      return;
    }
    pugi::xml_node made = control.append_child("itemset");
    set(made, "nodeset", node.itemset.source);
    if (!list) {
      auto name = [&](NodeIndex of) { return of == no_node ? std::string("name") : survey_.nodes[of].name; };
      return refs(made, name(node.roster), name(node.roster_label));
    }
    auto column = [&](int at, const char* otherwise) {
      return at < 0 ? std::string(otherwise) : list->table.columns()[static_cast<size_t>(at)];
    };
    int value = node.value_column >= 0 ? node.value_column : list->value_column;
    int label = node.label_columns.empty() ? -1 : node.label_columns[0];
    std::string shown = column(label, "label");
    for (const auto& [form, columns] : list->media)
      if (form.rfind("itext ", 0) == 0 && columns == node.label_columns)
        shown = "jr:itext(" + form.substr(6) + ")";
    return refs(made, column(value, "name"), shown);
  }
  if (node.type_word.find("${") != std::string::npos) return roster_itemset(control, item, node);
  if (!files_in(plain_logic(node.appearance), "search").empty()) {
    if (const ChoiceList* own = list_named(list_of(node))) inline_items(control, *own, own->name);
    return;
  }
  if (!list) return;
  std::string nodeset = "instance('" + id_of(*list) + "')/root/item";
  if (!node.choice_filter.source.empty())
    nodeset += "[" + items_.resolve(node.choice_filter.source, item, {.current = true}) + "]";
  if (parameter(node, "randomize") == "true") {
    nodeset = "randomize(" + nodeset;
    if (std::string seed = parameter(node, "seed"); !seed.empty())
      nodeset += ", " + base::trim(items_.resolve(seed, item));
    nodeset += ")";
  }
  bool geo = list->from_file && base::lower(list->name).find(".geojson") != std::string::npos;
  pugi::xml_node made = control.append_child("itemset");
  set(made, "nodeset", nodeset);
  refs(made, parameter(node, "value", geo ? "id" : "name"),
       !list->from_file && needs_itext(*list) ? "jr:itext(itextId)"
                                              : parameter(node, "label", geo ? "title" : "label"));
}

// select_one ${name}: what was answered in each instance of a repeat.
void XFormOut::roster_itemset(pugi::xml_node control, int item, const Node& node) {
  std::string reference = node.type_word.substr(node.type_word.find("${"));
  reference = reference.substr(0, reference.find('}') + 1);
  std::string path = base::trim(items_.resolve(reference, item, {.beside = true}));
  std::string repeat = path.substr(0, path.rfind('/')), name = path.substr(path.rfind('/') + 1);
  std::string filter = "./" + name + " != ''";
  if (!node.choice_filter.source.empty()) {
    filter = items_.resolve(node.choice_filter.source, item, {.current = true, .beside = true});
    filter = replaced(replaced(filter, "current()/" + repeat, "."), repeat, ".");
  }
  std::string nodeset = repeat + "[" + filter + "]";
  if (parameter(node, "randomize") == "true") {
    std::string seed = parameter(node, "seed");
    nodeset =
        "randomize(" + nodeset + (seed.empty() ? "" : ", " + base::trim(items_.resolve(seed, item))) + ")";
  }
  pugi::xml_node made = control.append_child("itemset");
  set(made, "nodeset", nodeset);
  refs(made, name, name);
}

// Places that a map shows beside the one that is asked.
void XFormOut::geometry_itemset(pugi::xml_node control, int item, const Node& node) {
  std::string wanted = parameter(node, "reference-geometry");
  if (wanted.empty()) return;
  pugi::xml_node made = control.append_child("itemset");
  std::string filter = items_.resolve(node.choice_filter.source, item, {.current = true});
  if (is_reference(wanted)) {
    std::string repeat = base::trim(items_.resolve(wanted, item));
    set(made, "nodeset", repeat + "[" + (filter.empty() ? "./geometry != ''" : filter) + "]");
    return refs(made, "geometry", "geometry");
  }
  const ChoiceList* list = list_named(wanted);
  set(made, "nodeset", "instance('" + wanted + "')/root/item" + (filter.empty() ? "" : "[" + filter + "]"));
  refs(made, "name", list && needs_itext(*list) ? "jr:itext(itextId)" : "label");
}

void XFormOut::inline_items(pugi::xml_node control, const ChoiceList& list, const std::string& id) {
  bool itext = survey_.from_xform ? survey_.languages.size() > 1 : needs_itext(list);
  for (uint32_t row = 0; row < list.size(); ++row) {
    pugi::xml_node item = control.append_child("item");
    pugi::xml_node label = item.append_child("label");
    Text text = label_of(list, row);
    std::string text_id =
        id + (survey_.from_xform ? "/" + std::to_string(row) + ":label" : "-" + std::to_string(row));
    if (itext) {
      set(label, "ref", "jr:itext('" + text_id + "')");
      texts_.choice(text_id, text, media_of(list, row), -1);
    } else {
      texts_.write(label, text, static_cast<size_t>(survey_.default_language), -1);
    }
    std::string value(list.value(row));
    item.append_child("value").append_child(pugi::node_pcdata).set_value(value.c_str());
  }
}

void XFormOut::tags(pugi::xml_node control, const Node& node) {
  auto wanted = node.extra.find("osm_list");
  if (wanted == node.extra.end()) return;
  const ChoiceList* list = list_named(wanted->second + std::string(osm));
  for (uint32_t row = 0; list && row < list->size(); ++row) {
    pugi::xml_node tag = control.append_child("tag");
    set(tag, "key", std::string(list->value(row)));
    texts_.write(tag.append_child("label"), label_of(*list, row),
                 static_cast<size_t>(survey_.default_language), -1);
  }
}

void XFormOut::action(pugi::xml_node parent, const Action& one, int context) {
  const char* names[] = {"setvalue", "odk:setgeopoint", "odk:recordaudio"};
  pugi::xml_node made = parent.append_child(names[static_cast<size_t>(one.kind)]);
  std::string events;
  const std::pair<unsigned, const char*> all[] = {{first_load, "odk-instance-first-load"},
                                                  {load, "odk-instance-load"},
                                                  {new_repeat, "odk-new-repeat"},
                                                  {value_changed, "xforms-value-changed"}};
  for (const auto& [event, name] : all)
    if (one.events & event) events += (events.empty() ? "" : " ") + std::string(name);
  set(made, "event", events);
  set(made, "ref", one.where.source.empty() ? items_.path(items_.of(one.target)) : one.where.source);
  if (!one.value.source.empty()) set(made, "value", items_.resolve(one.value.source, context));
  if (!one.literal.empty()) made.append_child(pugi::node_pcdata).set_value(one.literal.c_str());
  if (one.kind == Action::Kind::record_audio)
    if (std::string quality = parameter(survey_.nodes[one.target], "quality"); !quality.empty())
      set(made, "odk:quality", quality);
}

// A default that is an expression, and the id of a new entity: values set once.
void XFormOut::default_action(pugi::xml_node parent, int item, const char* event) {
  const Item& one = items_.all[static_cast<size_t>(item)];
  bool entity_id =
      one.node == no_node && one.kind == Item::Kind::attribute && one.name == "id" &&
      std::none_of(one.bind.begin(), one.bind.end(), [](const auto& a) { return a.first == "calculate"; });
  bool live = one.node != no_node && survey_.nodes[one.node].default_is_expression;
  if (!entity_id && !live) return;
  pugi::xml_node made = parent.append_child("setvalue");
  set(made, "event", event);
  set(made, "ref", items_.path(item));
  set(made, "value",
      entity_id ? "uuid()" : items_.resolve(survey_.nodes[one.node].default_value.source, item));
}

void XFormOut::model_actions(pugi::xml_node model) {
  for (size_t i = 0; i < items_.all.size(); ++i)
    default_action(model, static_cast<int>(i), "odk-instance-first-load");
  for (const Action& one : survey_.actions)
    if (one.trigger == no_node && one.target != no_node) action(model, one, items_.of(one.target));
}

void XFormOut::nested_actions(pugi::xml_node parent, int item) {
  const Item& one = items_.all[static_cast<size_t>(item)];
  if (one.kind == Item::Kind::repeat)
    for (size_t i = 0; i < items_.all.size(); ++i)
      if (items_.repeat_around(static_cast<int>(i)) == item)
        default_action(parent, static_cast<int>(i), "odk-new-repeat");
  for (const Action& two : survey_.actions)
    if (two.trigger == one.node && one.node != no_node && two.target != no_node) action(parent, two, item);
}

}  // namespace definition
