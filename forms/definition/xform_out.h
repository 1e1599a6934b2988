// XFormOut: an XForm while it is being written; its stages share it. Internal to the XForm writer: xform_writer.cpp
// has the head, the instance and the binds, xform_lists_out.cpp the secondary instances, xform_body_out.cpp the
// controls and actions.
#pragma once

#include <pugixml.hpp>
#include <set>
#include <string>

#include "forms/definition/xform_items.h"
#include "forms/definition/xform_texts_out.h"

namespace definition {

class XFormOut {
 public:
  explicit XFormOut(const Survey& survey);
  std::string run();

 private:
  // How repeats are shown: by a template and instances, or, inside an instance, by instances alone.
  enum class Filling { both, plain };

  void namespaces(pugi::xml_node html);
  void submission(pugi::xml_node model);
  void primary_instance(pugi::xml_node model);
  void fill(pugi::xml_node element, int item, Filling filling, const Seed* seed);
  void fill_repeat(pugi::xml_node element, int item, Filling filling, const Seed* seed);
  void instances(pugi::xml_node parent, int item, const Seed* seed);
  void question_value(pugi::xml_node element, const Item& item, const Seed* seed);
  void dress(pugi::xml_node element, const Item& item);
  void bind(pugi::xml_node model, int index);
  void no_app_message(int index, const Node& node, Attributes& out);
  void keep_asked_texts();

  // xform_lists_out.cpp
  void secondary_instances(pugi::xml_node lists);
  void list_instance(pugi::xml_node lists, const ChoiceList& list, const std::string& id);
  void file_instance(pugi::xml_node lists, const std::string& id, const std::string& name);
  std::string id_of(const ChoiceList& list) const;
  bool needs_itext(const ChoiceList& list) const;
  bool has_last_saved() const;
  Text label_of(const ChoiceList& list, uint32_t row) const;
  MediaTexts media_of(const ChoiceList& list, uint32_t row) const;
  void choice_texts(const ChoiceList& list, const std::string& id);

  // xform_body_out.cpp
  void controls(pugi::xml_node parent, int item);
  void group(pugi::xml_node parent, int item);
  void repeat(pugi::xml_node parent, int item);
  void question(pugi::xml_node parent, int item);
  void parameters(pugi::xml_node control, int item, const Node& node);
  void itemset(pugi::xml_node control, int item, const Node& node);
  void roster_itemset(pugi::xml_node control, int item, const Node& node);
  void geometry_itemset(pugi::xml_node control, int item, const Node& node);
  void inline_items(pugi::xml_node control, const ChoiceList& list, const std::string& id);
  void tags(pugi::xml_node control, const Node& node);
  void extras(pugi::xml_node control, int item, const Node& node);
  void model_actions(pugi::xml_node model);
  void nested_actions(pugi::xml_node parent, int item);
  void action(pugi::xml_node parent, const Action& action, int context);
  void default_action(pugi::xml_node parent, int item, const char* event);
  const ChoiceList* list_named(const std::string& name) const;

  const Survey& survey_;
  Items items_;
  ItextOut texts_;
  std::set<std::string> asked_;   // ids of texts that expressions name
  std::set<std::string> listed_;  // ids of choices whose texts are written
};

}  // namespace definition
