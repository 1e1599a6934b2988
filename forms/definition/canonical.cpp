// The canonical bytes of a form: FORM.md. Order and spelling of columns, and the kind of file, leave no
// trace.
#include <algorithm>

#include "forms/definition/survey.h"

namespace definition {
namespace {

void put(base::Writer& out, const Text& text) {
  out.u32(static_cast<uint32_t>(text.source.size()));
  for (const std::string& one : text.source) out.text32(one);
}

void put(base::Writer& out, const std::map<std::string, std::string>& all) {
  out.u32(static_cast<uint32_t>(all.size()));
  for (const auto& [name, value] : all) {
    out.text32(name);
    out.text32(value);
  }
}

// What few forms hold, as lines of name and value; a form without any has none.
class Facts {
 public:
  explicit Facts(const Survey& survey) : survey_(survey) {
    for (const Node& node : survey.nodes) of_node(node);
    for (size_t i = 0; i < survey.lists.size(); ++i) of_list("list " + std::to_string(i), survey.lists[i]);
    for (size_t i = 0; i < survey.actions.size(); ++i)
      of_action("action " + std::to_string(i), survey.actions[i]);
    for (size_t i = 0; i < survey.entities.size(); ++i) {
      const Entity& one = survey.entities[i];
      std::string name = "entity " + std::to_string(i) + " ";
      say(name + "list", one.list);
      say(name + "holder", survey.nodes[one.holder].identity);
      say(name + "id", one.id.source);
      say(name + "create_if", one.create_if.source);
      say(name + "update_if", one.update_if.source);
      say(name + "label", one.label.source);
    }
    for (size_t i = 0; i < survey.seeds.size(); ++i) of_seed("seed " + std::to_string(i), survey.seeds[i]);
  }
  std::map<std::string, std::string> all;

 private:
  void say(const std::string& name, const std::string& value) {
    if (!value.empty()) all[name] = value;
  }
  void flag(const std::string& name, bool value) { say(name, value ? "yes" : ""); }
  void texts(const std::string& name, const Text& text) {
    for (size_t i = 0; i < text.source.size(); ++i) say(name + " " + std::to_string(i), text.source[i]);
  }

  void of_node(const Node& node) {
    std::string name = "node " + node.identity + " ";
    for (const auto& [form, media] : node.media) texts(name + form, media);
    say(name + "trigger", node.trigger.source);
    say(name + "itemset", node.itemset.source);
    if (node.bound != DataType::none) say(name + "bound", std::to_string(static_cast<int>(node.bound)));
    if (node.capture != Capture::none) say(name + "capture", std::to_string(static_cast<int>(node.capture)));
    flag(name + "expression", node.default_is_expression);
    flag(name + "attribute", node.is_attribute);
    flag(name + "fixed", node.fixed_count);
    flag(name + "empty", node.starts_empty);
    // Groups of the screen alone, by what they say: the innermost first.
    std::string around;
    for (int at = node.panel; at >= 0; at = survey_.panels[static_cast<size_t>(at)].around) {
      const Panel& panel = survey_.panels[static_cast<size_t>(at)];
      around += "(" + panel.appearance;
      for (const std::string& said : panel.label.source) around += " " + said;
      around += ")";
    }
    say(name + "panel", around);
  }

  void of_list(const std::string& name, const ChoiceList& list) {
    for (const auto& [form, columns] : list.media) {
      if (form.rfind("itext ", 0) == 0) continue;
      for (size_t i = 0; i < columns.size(); ++i)
        for (uint32_t row = 0; columns[i] >= 0 && row < list.size(); ++row)
          say(name + " " + form + " " + std::to_string(i) + " " + std::to_string(row),
              std::string(list.table.cell(row, columns[i])));
    }
  }

  void of_action(const std::string& name, const Action& action) {
    auto identity = [&](NodeIndex node) {
      return node == no_node ? std::string() : survey_.nodes[node].identity;
    };
    say(name + " does",
        std::to_string(static_cast<int>(action.kind)) + " at " + std::to_string(action.events));
    say(name + " target", identity(action.target));
    say(name + " trigger", identity(action.trigger));
    say(name + " where", action.where.source);
    say(name + " value", action.value.source);
    say(name + " literal", action.literal);
  }

  void of_seed(const std::string& name, const Seed& seed) {
    say(name + " of", survey_.nodes[seed.repeat].identity);
    for (const auto& [node, value] : seed.values) say(name + " " + survey_.nodes[node].identity, value);
    for (size_t i = 0; i < seed.inner.size(); ++i) of_seed(name + "." + std::to_string(i), seed.inner[i]);
  }

  const Survey& survey_;
};

}  // namespace

base::Bytes canonical_bytes(const Survey& survey) {
  base::Writer out;
  out.tag("SVQ1");
  out.text32(survey.form_id);
  out.text32(survey.title);
  out.text32(survey.version);
  out.u32(static_cast<uint32_t>(survey.languages.size()));
  for (const std::string& language : survey.languages) out.text32(language);
  out.u32(static_cast<uint32_t>(survey.default_language));
  put(out, survey.settings);
  out.u32(static_cast<uint32_t>(survey.nodes.size()));
  for (const Node& node : survey.nodes) {
    out.u8(static_cast<uint8_t>(node.kind));
    out.text32(node.identity);
    out.text32(node.name);
    out.u32(node.parent);
    out.text32(node.type_word);
    out.u32(static_cast<uint32_t>(node.list));
    for (const Text* text :
         {&node.label, &node.hint, &node.guidance, &node.constraint_message, &node.required_message})
      put(out, *text);
    for (const Logic* logic :
         {&node.relevant, &node.constraint, &node.required, &node.read_only, &node.calculation,
          &node.default_value, &node.choice_filter, &node.repeat_count})
      out.text32(logic->source);
    out.text32(node.appearance);
    put(out, node.parameters);
    put(out, node.extra);
  }
  out.u32(static_cast<uint32_t>(survey.lists.size()));
  for (const ChoiceList& list : survey.lists) {
    out.text32(list.name);
    out.u8(list.from_file ? 1 : 0);
    // Columns by name, so that their order in the sheet does not matter.
    const language::Table& table = list.table;
    std::vector<int> order = list.further;
    auto name_of = [&](int column) -> const std::string& {
      return table.columns()[static_cast<size_t>(column)];
    };
    std::sort(order.begin(), order.end(), [&](int a, int b) { return name_of(a) < name_of(b); });
    out.u32(static_cast<uint32_t>(order.size()));
    for (int i : order) out.text32(name_of(i));
    out.u32(list.size());
    for (uint32_t row = 0; row < list.size(); ++row) {
      out.text32(std::string(list.value(row)));
      out.u32(static_cast<uint32_t>(survey.languages.size()));
      for (size_t i = 0; i < survey.languages.size(); ++i)
        out.text32(std::string(list.label(row, static_cast<int>(i))));
      for (int i : order) out.text32(std::string(table.cell(row, i)));
    }
  }
  put(out, Facts(survey).all);
  return out.take();
}

}  // namespace definition
