#include "forms/definition/xform_texts_out.h"

#include <algorithm>

#include "forms/definition/references.h"

namespace definition {
namespace {

// Attribute values keep their spaces; pugixml writes line breaks as references.
void set(pugi::xml_node node, const char* name, const std::string& value) {
  node.append_attribute(name).set_value(value.c_str());
}

bool is_translated(const Text& text) {
  return !text.empty() && !text.untranslated;
}

bool speaks(const Text& text, size_t language) {
  return language < text.source.size() && !text.source[language].empty();
}

}  // namespace

std::string ItextOut::language_name(size_t language) const {
  return survey_.languages[language].empty() ? "default" : survey_.languages[language];
}

ItextOut::Content& ItextOut::content(const std::string& id, int context) {
  auto [at, fresh] = contents_.try_emplace(id);
  if (fresh) {
    order_.push_back(id);
    at->second.context = context;
  }
  return at->second;
}

void ItextOut::write(pugi::xml_node parent, const Text& text, size_t language, int context,
                     const std::string& before) {
  if (!before.empty()) parent.append_child(pugi::node_pcdata).set_value(before.c_str());
  if (!speaks(text, language)) return;
  auto literal = [&](const std::string& said) {
    if (!said.empty()) parent.append_child(pugi::node_pcdata).set_value(said.c_str());
  };
  auto value = [&](const std::string& expression) {
    set(parent.append_child("output"), "value", items_.resolve(expression, context));
  };
  const std::string& source = text.source[language];
  if (survey_.from_xform) {
    if (language >= text.pieces.size() || text.pieces[language].empty()) return literal(source);
    for (const TextPiece& piece : text.pieces[language])
      piece.value.empty() ? literal(piece.literal) : value(piece.value.print());
    return;
  }
  size_t at = 0;
  for (const Span& span : values_in_text(source)) {
    literal(source.substr(at, span.begin - at));
    value(source.substr(span.begin, span.end - span.begin));
    at = span.end;
  }
  literal(source.substr(at));
}

void ItextOut::label(pugi::xml_node parent, int item, const Text& text, const MediaTexts& media,
                     bool always) {
  if (text.empty() && media.empty()) {
    if (always) parent.append_child("label");
    return;
  }
  pugi::xml_node label = parent.append_child("label");
  if (!is_translated(text) && media.empty())
    return write(label, text, static_cast<size_t>(survey_.default_language), item);
  std::string id = items_.path(item) + ":label";
  set(label, "ref", "jr:itext('" + id + "')");
  Content& made = content(id, item);
  if (!text.empty()) made.forms[""] = text;
  for (const auto& [form, names] : media) made.forms[form] = names;
}

void ItextOut::hint(pugi::xml_node parent, int item, const Text& text, const Text& guidance) {
  if (text.empty() && guidance.empty()) return;
  pugi::xml_node hint = parent.append_child("hint");
  if (!is_translated(text) && guidance.empty())
    return write(hint, text, static_cast<size_t>(survey_.default_language), item);
  std::string id = items_.path(item) + ":hint";
  set(hint, "ref", "jr:itext('" + id + "')");
  Content& made = content(id, item);
  if (!text.empty()) made.forms[""] = text;
  if (!guidance.empty()) made.forms["guidance"] = guidance;
}

std::string ItextOut::message(int item, const Text& text, const char* name) {
  const std::string& plain = text.source[static_cast<size_t>(survey_.default_language)];
  if (!is_translated(text) && values_in_text(plain).empty()) return plain;
  std::string id = items_.path(item) + ":" + name;
  content(id, item).forms[""] = text;
  return "jr:itext('" + id + "')";
}

void ItextOut::choice(const std::string& id, const Text& text, const MediaTexts& media, int context) {
  Content& made = content(id, context);
  if (!text.empty()) made.forms[""] = text;
  for (const auto& [form, names] : media)
    if (!names.empty()) made.forms[form] = names;
}

void ItextOut::keep(const std::string& id, const Text& text) {
  if (!contents_.contains(id)) content(id, -1).forms[""] = text;
}

void ItextOut::write_itext(pugi::xml_node model) {
  bool named_languages = survey_.languages.size() > 1 || !survey_.languages[0].empty();
  if (order_.empty() && !(survey_.from_xform && named_languages)) return;
  size_t count = survey_.languages.size();
  auto standard = static_cast<size_t>(survey_.default_language);
  std::vector<bool> used(count, survey_.from_xform);
  used[standard] = used[standard] || count == 1;
  for (const auto& [id, made] : contents_)
    for (const auto& [form, text] : made.forms)
      for (size_t i = 0; i < count; ++i)
        if (speaks(text, i)) used[i] = true;
  // A language is the default where the form says so, or where it is the one without a name.
  std::string named = setting(survey_, "default_language");
  pugi::xml_node itext = model.append_child("itext");
  for (size_t i = 0; i < count; ++i) {
    if (!used[i]) continue;
    std::string name = language_name(i);
    pugi::xml_node translation = itext.append_child("translation");
    set(translation, "lang", name);
    bool is_default =
        survey_.from_xform ? i == standard : name == "default" || (!named.empty() && i == standard);
    if (is_default) set(translation, "default", "true()");
    for (const std::string& id : order_) {
      const Content& made = contents_.at(id);
      pugi::xml_node element = translation.append_child("text");
      set(element, "id", id);
      for (const auto& [form, text] : made.forms) {
        bool media = !form.empty() && form != "guidance" && form != "short";
        bool here = speaks(text, i);
        size_t from = here || !text.untranslated ? i : standard;  // what speaks to all speaks here too
        if (!speaks(text, from) && (media || survey_.from_xform)) continue;
        pugi::xml_node value = element.append_child("value");
        if (!form.empty()) set(value, "form", form);
        if (!speaks(text, from)) {
          value.append_child(pugi::node_pcdata).set_value("-");
          continue;
        }
        std::string folder = form == "image" || form == "big-image" ? "images" : form;
        write(value, text, from, made.context, media ? "jr://" + folder + "/" : "");
      }
    }
  }
}

}  // namespace definition
