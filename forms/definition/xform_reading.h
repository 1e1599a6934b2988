// XFormReading: an XForm while it is being read; the stages of read_xform share it. Internal to
// forms/definition.
#pragma once

#include <map>
#include <pugixml.hpp>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "forms/definition/xform.h"

namespace definition {

// Prefixes vary from form to form, so names are compared without them.
std::string_view local_name(std::string_view name);
bool is_named(std::string_view name, std::string_view local);  // the same as comparing its local name
std::string attribute(pugi::xml_node node, std::string_view local);  // trimmed; "" when absent
std::string_view attribute_view(pugi::xml_node node,
                                std::string_view local);  // the same, while the document lives
bool has_attribute(pugi::xml_node node, std::string_view local);
pugi::xml_node child(pugi::xml_node node, std::string_view local);
std::string own_text(pugi::xml_node node);  // trimmed, normalised; not that of its children

struct Element {  // of the primary instance, before it is a node
  std::string name, path, text;
  std::vector<std::pair<std::string, std::string>> attributes;
  std::vector<Element> children;
  std::vector<Element> instances;  // of a repeat: what is there from the start, with its values
  bool is_repeat = false, has_template = false;
  int order = -1;  // in the body
};

struct XFormReading {
  // An element's first text is its value, and blanks between elements are left out: that is most of a file.
  pugi::xml_document document;
  // The file once more with every blank, made when one may matter: between two outputs, in a tree of data.
  struct Spaced {
    pugi::xml_document document;
    std::unordered_map<std::ptrdiff_t, pugi::xml_node> by_place = {};
  } spaced;
  std::string_view source;  // for line numbers
  const SideFiles& files;
  QuestionTypes types;
  std::vector<Diagnostic>& diagnostics;
  Survey& survey;

  pugi::xml_node model, body;
  bool has_actions = false;                                      // in the body
  std::unordered_map<std::string, int> orders = {};              // by path: where it stands in the body
  std::unordered_map<std::string, pugi::xml_node> repeats = {};  // by path: the body's repeat
  std::unordered_map<std::string, NodeIndex> by_path = {};
  using Forms = std::vector<std::pair<std::string, Text>>;  // "short", "guidance", "image" …
  struct Itext {
    Text plain;
    Forms forms;
    Text* find(std::string_view form);                // "" is the plain one; none where there is no such form
  };
  std::unordered_map<std::string_view, Itext> texts = {};  // by id, views into the document
  Itext* itext_of(pugi::xml_node label);               // what a label's ref names; none where it names none
  std::map<std::string, std::string> nodeset_of = {};  // bind id → nodeset
  std::unordered_set<std::string> list_ids = {};
  std::vector<size_t> line_ends = {};  // of the source, made when a line is first asked for

  pugi::xml_node with_spaces(pugi::xml_node node);  // the same element in the reading with every blank
  Place place(pugi::xml_node node, std::string column = {});
  void say(Severity severity, pugi::xml_node node, std::string code, std::string text,
           std::string column = {});
  const QuestionType* type(std::string_view word) const;
  // A path of a control or bind as "/data/a/b"; relative ones begin at `around`.
  std::string path_of(const std::string& written, const std::string& around = {}) const;
  NodeIndex find(const std::string& path) const;
  Logic logic(pugi::xml_node node, std::string_view name);
};

void read_itext(XFormReading& reading);  // xform_texts.cpp
Text text_of(XFormReading& reading, pugi::xml_node label);
const XFormReading::Forms& text_in_forms(XFormReading& reading, pugi::xml_node label, Text& plain);
const Text& text_said(XFormReading& reading, pugi::xml_node label,
                      Text& room);  // no copy of what itext holds
void compile_xform_texts(XFormReading& reading, NodeIndex index);
void read_instances(XFormReading& reading);  // xform_lists.cpp: secondary ones
int list_of_items(XFormReading& reading, pugi::xml_node control, NodeIndex node);
void read_itemset(XFormReading& reading, pugi::xml_node itemset, NodeIndex index, const std::string& around);
bool read_model(XFormReading& reading);    // xform_model.cpp: the primary instance and its binds
void read_body(XFormReading& reading);     // xform_body.cpp
void read_actions(XFormReading& reading);  // xform_body.cpp

// Compiles a cell and tells what is wrong; logic.cpp.
void compile_into(const Survey& survey, Logic& logic, NodeIndex context,
                  std::vector<Diagnostic>& diagnostics);
// Circles among calculations and conditions; logic.cpp.
void find_cycles(const Survey& survey, std::vector<Diagnostic>& diagnostics);

}  // namespace definition
