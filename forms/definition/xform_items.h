// Items: the elements of an XForm's primary instance: a survey's nodes, and what an XForm needs besides: meta, the
// counts of repeats, the rows of a table-list. Internal to the XForm writer.
//
//   Items items(survey);   items.path(item)  →  "/data/person/name";
//   items.resolve("${age} > 3", context)  →  " ../age  > 3"
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "forms/definition/survey.h"

namespace definition {

using Attributes = std::vector<std::pair<std::string, std::string>>;

struct Item {
  enum class Kind { group, repeat, question, attribute };
  Kind kind = Kind::question;
  std::string name;
  NodeIndex node = no_node;  // of the survey; none for what is made here
  int parent = -1;
  std::vector<int> children;
  std::string control;  // "input", "select1" …; none: it is not asked
  std::string type;     // of its bind
  std::string value;    // what it holds from the start
  std::string appearance;
  Text label, hint;           // of what is made here, and of groups whose label moved
  Attributes bind, instance;  // beyond what its node says: bind already resolved
};

class Items {
 public:
  explicit Items(const Survey& survey);

  const Survey& survey;
  std::vector<Item> all;  // the form is 0; parents before children

  int of(NodeIndex node) const { return of_[node]; }
  std::string path(int item) const;
  int repeat_around(int item) const;  // the nearest that holds it; -1: none

  struct Asked {
    bool current = false;  // from inside a predicate over something else
    bool beside = false;   // towards the repeat as a set: choices from its answers
  };
  // The text with each ${name} a path, relative where both stand in one repeat. `context` -1: absolute all.
  std::string resolve(const std::string& source, int context, Asked asked) const;
  std::string resolve(const std::string& source, int context) const { return resolve(source, context, {}); }
  std::string path_from(int target, int context, Asked asked) const;  // " ../age "

 private:
  int add(int parent, Item item);
  void take(NodeIndex node, int parent);
  void take_children(NodeIndex node, int parent);
  void table_list(NodeIndex node, int item);
  void meta();
  void entity(const Entity& entity, int holder);
  int target_of(const std::string& name, int context) const;
  std::vector<int> ancestors(int item) const;

  std::vector<int> of_;
  std::vector<NodeIndex> audits_;
};

// How a question stands in an XForm.
struct Shape {
  std::string control, type;
  Attributes bind;  // preloads and the like
  std::string mediatype;
};
Shape shape_of(const Survey& survey, NodeIndex node);

bool is_yes(const Survey& survey, const char* setting);
std::string setting(const Survey& survey, const char* name);

}  // namespace definition
