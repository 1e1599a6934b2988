#include "forms/definition/xform.h"

#include <algorithm>

#include "forms/base/utf8.h"
#include "forms/definition/xform_reading.h"

namespace definition {
namespace {

constexpr size_t largest = 64 << 20;

// The model and the body of an h:html, wherever prefixes put them.
bool find_parts(XFormReading& reading) {
  pugi::xml_node html = reading.document.document_element();
  reading.model = child(child(html, "head"), "model");
  reading.body = child(html, "body");
  if (reading.model && reading.body) return true;
  reading.say(Severity::error, html, "no_xform",
              "this XML is no XForm: an XForm has h:head with a model in it, and h:body");
  return false;
}

void read_settings(XFormReading& reading) {
  Survey& survey = reading.survey;
  pugi::xml_node html = reading.document.document_element();
  std::string title = base::nfc(base::trim(child(child(html, "head"), "title").text().get()));
  if (!title.empty()) survey.title = title;
  pugi::xml_node submission = child(reading.model, "submission");
  const std::pair<const char*, const char*> keys[] = {{"action", "submission_url"},
                                                      {"base64RsaPublicKey", "public_key"},
                                                      {"auto-send", "auto_send"},
                                                      {"auto-delete", "auto_delete"},
                                                      {"client-editable", "client_editable"}};
  for (const auto& [attribute_name, setting] : keys)
    if (std::string value = attribute(submission, attribute_name); !value.empty())
      survey.settings[setting] = value;
  if (std::string style = attribute(reading.body, "class"); !style.empty()) survey.settings["style"] = style;
  if (std::string version = attribute(reading.model, "xforms-version"); !version.empty())
    survey.settings["xforms_version"] = version;
}

}  // namespace

std::string_view local_name(std::string_view name) {
  for (size_t i = 0; i < name.size(); ++i)
    if (name[i] == ':') return name.substr(i + 1);
  return name;
}

bool is_named(std::string_view name, std::string_view local) {
  if (name.size() < local.size() || name.substr(name.size() - local.size()) != local) return false;
  return name.size() == local.size() || name[name.size() - local.size() - 1] == ':';
}

std::string_view attribute_view(pugi::xml_node node, std::string_view local) {
  for (pugi::xml_attribute a = node.first_attribute(); a; a = a.next_attribute()) {
    if (!is_named(a.name(), local)) continue;
    std::string_view value = a.value();
    auto space = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
    while (!value.empty() && space(value.front())) value.remove_prefix(1);
    while (!value.empty() && space(value.back())) value.remove_suffix(1);
    return value;
  }
  return {};
}

std::string attribute(pugi::xml_node node, std::string_view local) {
  return std::string(attribute_view(node, local));
}

bool has_attribute(pugi::xml_node node, std::string_view local) {
  for (pugi::xml_attribute a = node.first_attribute(); a; a = a.next_attribute())
    if (is_named(a.name(), local)) return true;
  return false;
}

pugi::xml_node child(pugi::xml_node node, std::string_view local) {
  for (pugi::xml_node c = node.first_child(); c; c = c.next_sibling())
    if (c.type() == pugi::node_element && is_named(c.name(), local)) return c;
  return {};
}

std::string own_text(pugi::xml_node node) {
  std::string out = node.value();  // what stands before the first child
  for (pugi::xml_node c = node.first_child(); c; c = c.next_sibling())
    if (c.type() == pugi::node_pcdata || c.type() == pugi::node_cdata) out += c.value();
  return base::nfc(base::trim(out));
}

pugi::xml_node XFormReading::with_spaces(pugi::xml_node node) {
  if (spaced.by_place.empty()) {
    spaced.document.load_buffer(source.data(), source.size(), pugi::parse_default | pugi::parse_ws_pcdata,
                                pugi::encoding_utf8);
    pugi::xml_node at = spaced.document.first_child();
    while (at) {  // each element, in the order of the file
      spaced.by_place.emplace(at.offset_debug(), at);
      pugi::xml_node next = at.first_child();
      for (; !next && at; at = at.parent()) next = at.next_sibling();
      at = next;
    }
  }
  auto found = spaced.by_place.find(node.offset_debug());
  return found == spaced.by_place.end() ? node : found->second;
}

Place XFormReading::place(pugi::xml_node node, std::string column) {
  if (line_ends.empty()) {
    for (size_t at = source.find('\n'); at != std::string_view::npos; at = source.find('\n', at + 1))
      line_ends.push_back(at);
    line_ends.push_back(source.size());
  }
  std::ptrdiff_t offset = node.offset_debug();
  Place out;
  out.sheet = local_name(node.name());
  if (offset >= 0)
    out.row =
        static_cast<int>(std::lower_bound(line_ends.begin(), line_ends.end(), static_cast<size_t>(offset)) -
                         line_ends.begin()) +
        1;
  out.column = std::move(column);
  return out;
}

void XFormReading::say(Severity severity, pugi::xml_node node, std::string code, std::string text,
                       std::string column) {
  diagnostics.push_back({severity, place(node, std::move(column)), std::move(code), std::move(text)});
}

const QuestionType* XFormReading::type(std::string_view word) const {
  for (const QuestionType* one : types)
    if (one->words.front() == word) return one;
  return nullptr;
}

std::string XFormReading::path_of(const std::string& written, const std::string& around) const {
  std::string path = written;
  std::erase_if(path, [](char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; });
  if (path.empty() || path[0] == '/') return path;
  std::string base = around.empty() ? "/" + survey.nodes.front().name : around;
  size_t at = 0;
  while (at < path.size()) {
    size_t end = std::min(path.find('/', at), path.size());
    std::string step = path.substr(at, end - at);
    at = end + 1;
    if (step == "..")
      base = base.substr(0, base.rfind('/'));
    else if (step != "." && !step.empty())
      base += "/" + step;
  }
  return base;
}

NodeIndex XFormReading::find(const std::string& path) const {
  auto at = by_path.find(path);
  return at == by_path.end() ? no_node : at->second;
}

Logic XFormReading::logic(pugi::xml_node node, std::string_view name) {
  std::string written = attribute(node, name);
  if (written.empty()) return {};
  return {std::move(written), place(node, std::string(name)), {}};
}

bool looks_like_xml(base::ByteView bytes) {
  size_t at = 0;
  if (bytes.size() >= 3 && bytes[0] == 0xef && bytes[1] == 0xbb && bytes[2] == 0xbf) at = 3;
  while (at < bytes.size() &&
         (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t'))
    ++at;
  return at < bytes.size() && bytes[at] == '<';
}

ReadSurvey read_xform(base::ByteView bytes, const std::string& name, const SideFiles& files,
                      QuestionTypes types) {
  ReadSurvey out;
  auto survey = std::make_unique<Survey>();
  std::string_view source(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  XFormReading reading{{}, {}, source, files, types, out.diagnostics, *survey, {}, {}};
  if (bytes.size() > largest) {
    out.diagnostics.push_back({Severity::error, {}, "too_large", "the form is larger than 64 MiB"});
    return out;
  }
  pugi::xml_parse_result parsed = reading.document.load_buffer(
      bytes.data(), bytes.size(),
      pugi::parse_default | pugi::parse_ws_pcdata_single | pugi::parse_embed_pcdata, pugi::encoding_utf8);
  if (!parsed) {
    Place place;
    place.sheet = name;
    place.row = static_cast<int>(
        std::count(source.begin(),
                   source.begin() + std::min<std::ptrdiff_t>(parsed.offset, std::ssize(source)), '\n') +
        1);
    out.diagnostics.push_back(
        {Severity::error, place, "no_xml", std::string("this is no XML document: ") + parsed.description()});
    return out;
  }
  survey->title = survey->form_id = name.substr(0, name.rfind('.'));
  survey->from_xform = true;
  if (!find_parts(reading)) return out;
  read_itext(reading);
  if (!read_model(reading)) return out;
  read_settings(reading);
  read_instances(reading);
  read_body(reading);
  survey->index_names();
  survey->name_identities();
  read_actions(reading);
  for (NodeIndex i = 0; i < survey->nodes.size(); ++i) {
    Node& node = survey->nodes[i];
    for (Logic* logic :
         {&node.relevant, &node.constraint, &node.required, &node.read_only, &node.calculation})
      compile_into(*survey, *logic, i, out.diagnostics);
    if (node.kind == NodeKind::repeat) compile_into(*survey, node.repeat_count, node.parent, out.diagnostics);
    compile_xform_texts(reading, i);
  }
  compile_into(*survey, survey->instance_name, 0, out.diagnostics);
  if (survey->layout) find_cycles(*survey, out.diagnostics);
  if (!has_errors(out.diagnostics)) out.survey = std::move(survey);
  return out;
}

std::set<std::string> side_files_of_xform(base::ByteView bytes) {
  std::set<std::string> out;
  pugi::xml_document document;
  if (!document.load_buffer(bytes.data(), bytes.size(), pugi::parse_default, pugi::encoding_utf8)) return out;
  pugi::xml_node model = child(child(document.document_element(), "head"), "model");
  for (pugi::xml_node instance : model.children())
    if (std::string src = attribute(instance, "src");
        local_name(instance.name()) == "instance" && !src.empty())
      out.insert(base::lower(src.substr(src.rfind('/') + 1)));
  return out;
}

}  // namespace definition
