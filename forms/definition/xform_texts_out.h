// ItextOut: the texts of an XForm that is being written: plain ones go into the element that shows them, translated
// ones and media under an id into itext. Internal to the XForm writer.
#pragma once

#include <map>
#include <pugixml.hpp>
#include <string>
#include <unordered_map>
#include <vector>

#include "forms/definition/xform_items.h"

namespace definition {

using MediaTexts = std::map<std::string, Text>;

class ItextOut {
 public:
  explicit ItextOut(const Items& items) : items_(items), survey_(items.survey) {}

  // <label>, in words or as a reference; none where there is nothing to show and `always` does not ask for it.
  void label(pugi::xml_node parent, int item, const Text& text, const MediaTexts& media, bool always);
  void hint(pugi::xml_node parent, int item, const Text& text, const Text& guidance);
  // The attribute of a bind: the message, or jr:itext('…').
  std::string message(int item, const Text& text, const char* name);
  // What a choice is called, under the id of its row.
  void choice(const std::string& id, const Text& text, const MediaTexts& media, int context);
  // The text itself, its values as <output>.
  void write(pugi::xml_node parent, const Text& text, size_t language, int context,
             const std::string& before = {});
  void write_itext(pugi::xml_node model);
  // Texts that expressions ask for by their id.
  void keep(const std::string& id, const Text& text);

 private:
  struct Content {
    int context = -1;
    std::map<std::string, Text> forms;  // "" the text itself; "guidance", "image" …
  };
  Content& content(const std::string& id, int context);
  std::string language_name(size_t language) const;

  const Items& items_;
  const Survey& survey_;
  std::vector<std::string> order_;
  std::unordered_map<std::string, Content> contents_;
};

}  // namespace definition
