#include "forms/definition/xform_writer.h"

#include <algorithm>
#include <set>

#include "forms/base/utf8.h"
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

std::string truth_word(const std::string& source) {
  std::string low = base::lower(source);
  if (low == "yes" || low == "true") return "true()";
  if (low == "no" || low == "false") return "false()";
  return source;
}

constexpr std::pair<const char*, const char*> standard_names[] = {
    {"xmlns", "http://www.w3.org/2002/xforms"},        {"xmlns:h", "http://www.w3.org/1999/xhtml"},
    {"xmlns:ev", "http://www.w3.org/2001/xml-events"}, {"xmlns:xsd", "http://www.w3.org/2001/XMLSchema"},
    {"xmlns:jr", "http://openrosa.org/javarosa"},      {"xmlns:orx", "http://openrosa.org/xforms"},
    {"xmlns:odk", "http://www.opendatakit.org/xforms"}};

}  // namespace

XFormOut::XFormOut(const Survey& survey) : survey_(survey), items_(survey), texts_(items_) {}

std::string XFormOut::run() {
  pugi::xml_document document;
  pugi::xml_node html = document.append_child("h:html");
  namespaces(html);
  pugi::xml_node head = html.append_child("h:head");
  head.append_child("h:title").append_child(pugi::node_pcdata).set_value(survey_.title.c_str());
  pugi::xml_node model = head.append_child("model");
  std::string version = setting(survey_, "xforms_version");
  if (version.empty() && !survey_.from_xform) version = "1.0.0";
  if (!version.empty()) set(model, "odk:xforms-version", version);
  if (!survey_.entities.empty()) {
    bool simple = survey_.entities.size() == 1 && survey_.repeats_around(survey_.entities[0].holder).empty();
    set(model, "entities:entities-version", simple ? "2024.1.0" : "2025.1.0");
  }
  // The body says which texts there are, so it comes first here and last in the file.
  pugi::xml_node body = html.append_child("h:body");
  if (std::string style = setting(survey_, "style"); !style.empty()) set(body, "class", style);
  controls(body, 0);
  pugi::xml_document rest;
  pugi::xml_node lists = rest.append_child("lists");
  secondary_instances(lists);
  pugi::xml_node binds = rest.append_child("binds");
  for (size_t i = 0; i < items_.all.size(); ++i) bind(binds, static_cast<int>(i));
  model_actions(binds);
  keep_asked_texts();
  submission(model);
  texts_.write_itext(model);
  primary_instance(model);
  for (pugi::xml_node one : lists.children()) model.append_copy(one);
  for (pugi::xml_node one : binds.children()) model.append_copy(one);
  std::string out;
  struct Writer : pugi::xml_writer {
    std::string* out = nullptr;
    void write(const void* data, size_t size) override { out->append(static_cast<const char*>(data), size); }
  } writer;
  writer.out = &out;
  document.save(writer, "  ", pugi::format_raw, pugi::encoding_utf8);
  return out;
}

void XFormOut::namespaces(pugi::xml_node html) {
  for (const auto& [name, uri] : standard_names) set(html, name, uri);
  std::string written = setting(survey_, "namespaces");
  if (!survey_.entities.empty()) written += " entities=http://www.opendatakit.org/xforms/entities";
  for (size_t at = 0; at < written.size();) {
    size_t end = std::min(written.find(' ', at), written.size());
    std::string word = written.substr(at, end - at);
    at = end + 1;
    size_t equals = word.find('=');
    if (equals == std::string::npos || equals == 0) continue;
    std::string uri = word.substr(equals + 1);
    std::erase_if(uri, [](char c) { return c == '"' || c == '\''; });
    std::string name = "xmlns:" + word.substr(0, equals);
    if (!html.attribute(name.c_str())) set(html, name.c_str(), uri);
  }
}

void XFormOut::submission(pugi::xml_node model) {
  const std::pair<const char*, const char*> keys[] = {{"submission_url", "action"},
                                                      {"public_key", "base64RsaPublicKey"},
                                                      {"auto_send", "orx:auto-send"},
                                                      {"auto_delete", "orx:auto-delete"}};
  pugi::xml_node out;
  auto element = [&] {
    if (!out) out = model.append_child("submission");
    return out;
  };
  for (const auto& [name, attribute] : keys) {
    std::string value = setting(survey_, name);
    if (value.empty()) continue;
    set(element(), attribute, value);
    if (std::string_view(attribute) == "action") set(element(), "method", "post");
  }
  if (is_yes(survey_, "client_editable")) set(element(), "odk:client-editable", "true");
}

void XFormOut::primary_instance(pugi::xml_node model) {
  pugi::xml_node root = model.append_child("instance").append_child(survey_.nodes[0].name.c_str());
  for (const auto& [name, value] : survey_.settings)
    if (name.rfind("attribute::", 0) == 0)
      set(root, name.c_str() + std::string_view("attribute::").size(), value);
  set(root, "id", survey_.form_id);
  if (std::string name = setting(survey_, "instance_xmlns"); !name.empty()) set(root, "xmlns", name);
  if (!survey_.version.empty()) set(root, "version", survey_.version);
  if (std::string prefix = setting(survey_, "prefix"); !prefix.empty()) set(root, "odk:prefix", prefix);
  if (std::string delimiter = setting(survey_, "delimiter"); !delimiter.empty())
    set(root, "odk:delimiter", delimiter);
  fill(root, 0, Filling::both, nullptr);
}

// The element of an item and what is in it. A repeat stands there as a template and as its first instances.
void XFormOut::fill(pugi::xml_node element, int item, Filling filling, const Seed* seed) {
  for (int child : items_.all[static_cast<size_t>(item)].children) {
    const Item& one = items_.all[static_cast<size_t>(child)];
    if (one.kind == Item::Kind::attribute) {
      set(element, one.name.c_str(), one.value);
      continue;
    }
    if (one.kind == Item::Kind::repeat) {
      if (filling == Filling::both) {
        pugi::xml_node made = element.append_child(one.name.c_str());
        set(made, "jr:template", "");
        fill_repeat(made, child, Filling::both, nullptr);
      }
      instances(element, child, seed);
      continue;
    }
    pugi::xml_node made = element.append_child(one.name.c_str());
    if (one.kind == Item::Kind::question) question_value(made, one, seed);
    fill(made, child, filling, seed);
  }
}

void XFormOut::fill_repeat(pugi::xml_node element, int item, Filling filling, const Seed* seed) {
  dress(element, items_.all[static_cast<size_t>(item)]);
  fill(element, item, filling, seed);
}

void XFormOut::dress(pugi::xml_node element, const Item& item) {
  if (item.node == no_node || survey_.from_xform) return;
  const Node& node = survey_.nodes[item.node];
  for (const auto& [name, value] : node.extra) {
    if (name.rfind("instance::", 0) == 0)
      set(element, name.c_str() + std::string_view("instance::").size(),
          items_.resolve(value, items_.of(item.node)));
    if (name == "compact_tag") set(element, "odk:tag", value);
  }
}

void XFormOut::question_value(pugi::xml_node element, const Item& item, const Seed* seed) {
  dress(element, item);
  std::string value = item.value;
  if (seed && item.node != no_node)
    for (const auto& [node, seeded] : seed->values)
      if (node == item.node) value = seeded;
  if (!value.empty()) element.append_child(pugi::node_pcdata).set_value(value.c_str());
}

void XFormOut::instances(pugi::xml_node parent, int item, const Seed* seed) {
  const Item& one = items_.all[static_cast<size_t>(item)];
  const std::vector<Seed>& seeds = seed ? seed->inner : survey_.seeds;
  bool any = false;
  for (const Seed& own : seeds) {
    if (own.repeat != one.node) continue;
    any = true;
    fill_repeat(parent.append_child(one.name.c_str()), item, Filling::plain, &own);
  }
  bool empty = one.node != no_node && survey_.nodes[one.node].starts_empty;
  if (!any && !empty) fill_repeat(parent.append_child(one.name.c_str()), item, Filling::plain, nullptr);
}

void XFormOut::bind(pugi::xml_node model, int index) {
  const Item& item = items_.all[static_cast<size_t>(index)];
  Attributes out;
  auto add = [&](const char* name, const std::string& value) {
    if (!value.empty()) out.emplace_back(name, value);
  };
  if (!item.type.empty()) add("type", item.type);
  for (const auto& [name, value] : item.bind)
    add(name.c_str(), name == "calculate" ? items_.resolve(value, index) : value);
  if (item.node != no_node && item.node != 0) {
    const Node& node = survey_.nodes[item.node];
    auto logic = [&](const char* name, const Logic& of) {
      add(name, items_.resolve(truth_word(of.source), index));
    };
    logic("relevant", node.relevant);
    logic("constraint", node.constraint);
    logic("required", node.required);
    bool note = !survey_.from_xform && node.type && node.type->words.front() == "note";
    if (note && node.read_only.source.empty())
      add("readonly", "true()");
    else
      logic("readonly", node.read_only);
    logic("calculate", node.calculation);
    for (const auto& [name, text] : {std::pair{"jr:constraintMsg", &node.constraint_message},
                                     std::pair{"jr:requiredMsg", &node.required_message}})
      if (!text->empty()) add(name, texts_.message(index, *text, name));
    no_app_message(index, node, out);
    for (const auto& [name, value] : node.extra) {
      if (name == "save_to") add("entities:saveto", value.substr(value.find('#') + 1));
      if (name.rfind("bind::", 0) != 0) continue;
      std::string own = name.substr(std::string_view("bind::").size());
      std::erase_if(out, [&](const auto& one) { return one.first == own; });
      add(own.c_str(), items_.resolve(value, index));
    }
  }
  if (out.empty()) return;
  pugi::xml_node bind = model.append_child("bind");
  set(bind, "nodeset", items_.path(index));
  for (const auto& [name, value] : out) set(bind, name.c_str(), value);
}

void XFormOut::no_app_message(int index, const Node& node, Attributes& out) {
  Text text;
  text.source.assign(survey_.languages.size(), "");
  bool translated = false;
  for (size_t i = 0; i < survey_.languages.size(); ++i)
    if (auto at = node.extra.find("no_app_error_string::" + survey_.languages[i]); at != node.extra.end()) {
      text.source[i] = at->second;
      translated = true;
    }
  auto plain = node.extra.find("no_app_error_string");
  if (plain == node.extra.end() && !translated) return;
  auto standard = static_cast<size_t>(survey_.default_language);
  if (plain != node.extra.end() && text.source[standard].empty()) text.source[standard] = plain->second;
  text.untranslated = !translated;
  out.emplace_back("jr:noAppErrorString", texts_.message(index, text, "jr:noAppErrorString"));
}

// Texts that an expression names, jr:itext('id').
void XFormOut::keep_asked_texts() {
  auto look = [&](const std::string& source) {
    constexpr std::string_view call = "jr:itext(";
    for (size_t at = source.find(call); at != std::string::npos; at = source.find(call, at + 1)) {
      size_t open = at + call.size();
      if (open >= source.size()) return;
      if (source[open] != '\'' && source[open] != '"') {
        for (const auto& [id, text] : survey_.itext) asked_.insert(id);  // any of them
        return;
      }
      size_t close = source.find(source[open], open + 1);
      if (close != std::string::npos) asked_.insert(source.substr(open + 1, close - open - 1));
    }
  };
  for (const Node& node : survey_.nodes)
    for (const Logic* logic :
         {&node.relevant, &node.constraint, &node.required, &node.read_only, &node.calculation})
      look(logic->source);
  for (const Action& action : survey_.actions) look(action.value.source);
  for (const std::string& id : asked_)
    if (auto at = survey_.itext.find(id); at != survey_.itext.end()) texts_.keep(id, at->second);
}

std::string write_xform(const Survey& survey) {
  return XFormOut(survey).run();
}

}  // namespace definition
