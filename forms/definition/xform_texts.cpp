// Texts of an XForm: itext in its languages and forms, labels that stand in the body, outputs in both.
#include <algorithm>

#include "forms/base/utf8.h"
#include "forms/definition/xform_reading.h"

namespace definition {
namespace {

// The text with each output written as {expression}, which compile_xform_texts takes apart again.
constexpr char open_mark = '\x01', close_mark = '\x02';

// What stands in the file without the marks: XML does not allow them, and a file may hold them all the same.
std::string words(const char* text) {
  std::string out = text;
  std::erase_if(out, [](char c) { return c == open_mark || c == close_mark; });
  return out;
}

bool is_text(pugi::xml_node node) {
  return node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata;
}

// Whether blanks that were left out may stand in what is said: between two elements, or at the ends of one inside.
bool lacks_blanks(pugi::xml_node node, bool inside) {
  bool after_text = !inside || *node.value() != '\0';
  for (pugi::xml_node c = node.first_child(); c; c = c.next_sibling()) {
    if (!is_text(c) && (!after_text || lacks_blanks(c, true))) return true;
    after_text = is_text(c);
  }
  return inside && !after_text && node.first_child();
}

std::string said_in(std::string_view text) {
  bool marked = text.find(open_mark) != text.npos || text.find(close_mark) != text.npos;
  return base::nfc(marked ? base::trim_view(words(text.data())) : base::trim_view(text));
}

void gather(pugi::xml_node node, std::string& out) {
  if (node.type() == pugi::node_element) out += words(node.value());
  for (pugi::xml_node c = node.first_child(); c; c = c.next_sibling()) {
    if (is_text(c)) {
      out += words(c.value());
    } else if (c.type() == pugi::node_element && local_name(c.name()) == "output") {
      std::string value = attribute(c, "value");
      if (value.empty()) value = attribute(c, "ref");
      out += open_mark + words(value.c_str()) + close_mark;
    } else {
      gather(c, out);
    }
  }
}

// Line breaks of the file are spaces at the ends only: inside they are meant.
std::string content(XFormReading& reading, pugi::xml_node node) {
  if (!node.first_child()) return said_in(node.value());
  std::string out;
  gather(lacks_blanks(node, false) ? reading.with_spaces(node) : node, out);
  return base::nfc(base::trim(out));
}

std::string_view id_of(std::string_view ref) {
  if (ref.rfind("jr:itext(", 0) != 0) return {};
  size_t open = ref.find_first_of("'\"");
  size_t close = open == std::string_view::npos ? open : ref.find(ref[open], open + 1);
  return close == std::string_view::npos ? std::string_view() : ref.substr(open + 1, close - open - 1);
}

// "Hello \1/data/name\2" to pieces; the source shows ${name} where a plain path leads to a question.
void compile_pieces(XFormReading& reading, Text& text, NodeIndex context, const Place& place) {
  for (size_t i = 0; i < text.source.size(); ++i) {
    std::string source = text.source[i];
    if (source.find(open_mark) == std::string::npos) continue;
    text.pieces.resize(text.source.size());
    std::string shown;
    size_t at = 0;
    while (at < source.size()) {
      size_t open = std::min(source.find(open_mark, at), source.size());
      if (open > at) {
        text.pieces[i].push_back({source.substr(at, open - at), {}});
        shown += source.substr(at, open - at);
      }
      if (open == source.size()) break;
      size_t close = std::min(source.find(close_mark, open), source.size());
      std::string expression = source.substr(open + 1, close - open - 1);
      Logic value{expression, place, {}};
      compile_into(reading.survey, value, context, reading.diagnostics);
      text.pieces[i].push_back({"", std::move(value.compiled)});
      NodeIndex named = reading.find(reading.path_of(expression, "/"));
      shown += named != no_node ? "${" + reading.survey.nodes[named].name + "}" : "{" + expression + "}";
      at = close + 1;
    }
    text.source[i] = shown;
  }
}

}  // namespace

void read_itext(XFormReading& reading) {
  Survey& survey = reading.survey;
  pugi::xml_node itext = child(reading.model, "itext");
  for (pugi::xml_node translation = itext.first_child(); translation;
       translation = translation.next_sibling()) {
    if (local_name(translation.name()) != "translation") continue;
    if (has_attribute(translation, "default") && attribute(translation, "default") != "false()")
      survey.default_language = static_cast<int>(survey.languages.size());
    survey.languages.push_back(attribute(translation, "lang"));
  }
  if (survey.languages.empty()) survey.languages.emplace_back("");
  size_t language = 0;
  for (pugi::xml_node translation = itext.first_child(); translation;
       translation = translation.next_sibling()) {
    if (local_name(translation.name()) != "translation") continue;
    for (pugi::xml_node text = translation.first_child(); text; text = text.next_sibling()) {
      if (local_name(text.name()) != "text") continue;
      XFormReading::Itext& itext_of_id = reading.texts[attribute_view(text, "id")];
      Text& plain = itext_of_id.plain;
      plain.source.resize(survey.languages.size());
      std::string brief;
      for (pugi::xml_node value = text.first_child(); value; value = value.next_sibling()) {
        if (local_name(value.name()) != "value") continue;
        std::string_view form = attribute_view(value, "form");
        if (form.empty() || form == "long") {
          std::string said = content(reading, value);
          if (said == "-" && survey.languages.size() > 1)
            said.clear();  // converters write so what has no translation
          if (plain.source[language].empty()) plain.source[language] = std::move(said);
          continue;
        }
        std::string said = content(reading, value);
        if (form == "short") brief = said;
        if (form != "guidance" && form != "short") said = said.substr(said.rfind('/') + 1);
        if (said == "-" && survey.languages.size() > 1)
          continue;  // converters write so what has no translation
        Text* of = itext_of_id.find(form);
        if (!of) {
          itext_of_id.forms.emplace_back(std::string(form), Text());
          of = &itext_of_id.forms.back().second;
        }
        of->source.resize(survey.languages.size());
        if (of->source[language].empty()) of->source[language] = std::move(said);
      }
      if (plain.source[language].empty()) plain.source[language] = brief;  // a short form alone is shown so
    }
    ++language;
  }
}

Text* XFormReading::Itext::find(std::string_view form) {
  if (form.empty()) return &plain;
  for (auto& [name, text] : forms)
    if (name == form) return &text;
  return nullptr;
}

XFormReading::Itext* XFormReading::itext_of(pugi::xml_node label) {
  if (!label) return nullptr;
  std::string_view id = id_of(attribute_view(label, "ref"));
  if (id.empty()) return nullptr;
  auto at = texts.find(id);
  if (at != texts.end()) return &at->second;
  say(Severity::warning, label, "unknown_itext", "no translation has the text \"" + std::string(id) + "\"",
      "ref");
  return nullptr;
}

Text text_of(XFormReading& reading, pugi::xml_node label) {
  Text room;
  return text_said(reading, label, room);
}

const XFormReading::Forms& text_in_forms(XFormReading& reading, pugi::xml_node label, Text& plain) {
  static const XFormReading::Forms none;
  if (XFormReading::Itext* itext = reading.itext_of(label)) {
    plain = itext->plain;
    return itext->forms;
  }
  if (id_of(attribute_view(label, "ref")).empty()) plain = text_of(reading, label);
  return none;
}

const Text& text_said(XFormReading& reading, pugi::xml_node label, Text& room) {
  room = {};
  if (!label) return room;
  std::string_view ref = attribute_view(label, "ref");
  if (!id_of(ref).empty()) {
    XFormReading::Itext* itext = reading.itext_of(label);
    return itext ? itext->plain : room;
  }
  std::string said =
      ref.empty() ? content(reading, label) : open_mark + words(std::string(ref).c_str()) + close_mark;
  if (said.empty()) return room;
  room.source.assign(reading.survey.languages.size(), "");
  room.source[static_cast<size_t>(reading.survey.default_language)] = std::move(said);
  room.untranslated = true;
  return room;
}

void compile_xform_texts(XFormReading& reading, NodeIndex index) {
  Node& node = reading.survey.nodes[index];
  for (Text* text :
       {&node.label, &node.hint, &node.guidance, &node.constraint_message, &node.required_message})
    compile_pieces(reading, *text, index, node.place);
  if (index != 0) return;
  for (auto& [id, itext] : reading.texts) {
    // By its id it may be asked for anywhere; what it shows beside the question it is for is told there.
    size_t before = reading.diagnostics.size();
    compile_pieces(reading, itext.plain, 0, node.place);
    reading.diagnostics.erase(reading.diagnostics.begin() + static_cast<std::ptrdiff_t>(before),
                              reading.diagnostics.end());
    reading.survey.itext.emplace(std::string(id), std::move(itext.plain));
  }
  reading.texts.clear();
  for (ChoiceList& list : reading.survey.lists)
    for (auto& [row, label] : list.live_labels) compile_pieces(reading, label, 0, node.place);
  for (Panel& panel : reading.survey.panels) compile_pieces(reading, panel.label, 0, node.place);
}

}  // namespace definition
