#include "forms/definition/xlsform_writer.h"

#include <algorithm>
#include <set>

#include "forms/base/utf8.h"
#include "forms/definition/reading.h"
#include "forms/definition/references.h"
#include "forms/definition/xlsform_out.h"

namespace definition {
namespace {

constexpr std::string_view other_mark = " or_other";

bool is_marked(const std::string& name, std::string_view mark) {
  return name.size() > mark.size() && name.compare(name.size() - mark.size(), mark.size(), mark) == 0;
}

class Writer {
 public:
  explicit Writer(const Survey& survey) : survey_(survey), named_{survey} {}

  WrittenXlsform run() {
    for (const char* column : {"type", "name"}) rows_.need(column);
    need_languages(rows_, "label");
    inside(0);
    external_rows(static_cast<uint32_t>(survey_.nodes.size()));
    out_.book.name = survey_.form_id + ".xlsx";
    out_.book.sheets.push_back(rows_.finish({"type", "name"}));
    lists("choices", "");
    lists("external_choices", external);
    lists("osm", osm);
    entities();
    settings();
    losses();
    return std::move(out_);
  }

 private:
  // Every language of the form has a column, in its order, so that it is read as it was.
  void need_languages(SheetOut& sheet, const std::string& column) {
    for (size_t i = 0; i < survey_.languages.size(); ++i) sheet.need(text_column(survey_, column, i));
  }

  void lose(std::string what) {
    if (std::find(out_.lost.begin(), out_.lost.end(), what) == out_.lost.end())
      out_.lost.push_back(std::move(what));
  }

  void inside(NodeIndex parent) {
    std::vector<int> around = parent == 0 ? std::vector<int>() : panels_of(parent);
    std::vector<int> open = around;
    auto close_to = [&](size_t depth) {
      for (; open.size() > depth; open.pop_back()) {
        rows_.row();
        rows_.put("type", "end_group");
      }
    };
    for (NodeIndex child : survey_.nodes[parent].children) {
      const Node& node = survey_.nodes[child];
      external_rows(child);
      if (survey_.from_xform && (is_own(child) || is_generated(node))) continue;
      if (is_made_other(child)) continue;
      std::vector<int> panels = panels_of(child);
      size_t same = 0;
      while (same < panels.size() && same < open.size() && panels[same] == open[same]) ++same;
      close_to(std::max(same, std::min(around.size(), panels.size())));
      for (size_t i = open.size(); i < panels.size(); ++i) open_panel(panels[i]), open.push_back(panels[i]);
      if (node.kind == NodeKind::question) {
        question(child);
        continue;
      }
      rows_.row();
      const char* kind = node.kind == NodeKind::repeat ? "repeat" : "group";
      rows_.put("type", std::string("begin_") + kind);
      common(child);
      if (survey_.from_xform) table_list(child);
      if (node.fixed_count && node.repeat_count.source.empty())
        lose("\"" + node.name + "\": that nobody may add or remove instances");
      inside(child);
      rows_.row();
      rows_.put("type", std::string("end_") + kind);
    }
    close_to(around.size());
  }

  std::vector<int> panels_of(NodeIndex node) const {
    std::vector<int> out;
    for (int at = survey_.nodes[node].panel; at >= 0; at = survey_.panels[static_cast<size_t>(at)].around)
      out.insert(out.begin(), at);
    return out;
  }

  void open_panel(int index) {
    const Panel& panel = survey_.panels[static_cast<size_t>(index)];
    rows_.row();
    rows_.put("type", "begin_group");
    rows_.put("name", "screen_" + std::to_string(index + 1));
    texts("label", panel.label);
    rows_.put("appearance", panel.appearance);
  }

  // Rows that a converter made of a table-list, by the names it gives them.
  static bool is_generated(const Node& node) {
    return node.name.rfind("reserved_name_for_field_list_labels_", 0) == 0 ||
           node.name.rfind("generated_table_list_label_", 0) == 0;
  }

  void table_list(NodeIndex index) {
    const Node& node = survey_.nodes[index];
    bool made = false;
    for (NodeIndex child : node.children) {
      const Node& one = survey_.nodes[child];
      made = made || one.name.rfind("reserved_name_for_field_list_labels_", 0) == 0;
      if (one.name.rfind("generated_table_list_label_", 0) != 0) continue;
      texts("label", one.label);
      texts("hint", one.hint);
    }
    constexpr std::string_view list = "field-list";
    size_t at = node.appearance.find(list);
    std::string look = node.appearance;
    if (made && at != std::string::npos) rows_.put("appearance", look.replace(at, list.size(), "table-list"));
  }

  // What an XForm keeps of itself and XLSForm makes anew.
  bool is_own(NodeIndex index) {
    const Node& node = survey_.nodes[index];
    if (node.is_attribute) {
      lose("attributes of the instance, such as " + node.name);
      return true;
    }
    std::string name =
        node.name.substr(node.name.find(':') == std::string::npos ? 0 : node.name.find(':') + 1);
    if (name != "meta" || node.kind != NodeKind::group) return false;
    for (NodeIndex child : node.children) {
      const std::string& own = survey_.nodes[child].name;
      if (own == "audit")
        audit(survey_.nodes[child]);
      else if (own.find("instanceID") == std::string::npos && own.find("instanceName") == std::string::npos)
        lose("meta: " + own);
    }
    return true;
  }

  void audit(const Node& node) {
    rows_.row();
    rows_.put("type", "audit");
    std::string parameters;
    constexpr std::string_view start = "bind::odk:";
    for (const auto& [name, value] : node.extra)
      if (name.rfind(start, 0) == 0)
        parameters += (parameters.empty() ? "" : " ") + name.substr(start.size()) + "=" + value;
    rows_.put("parameters", parameters);
  }

  // The text that or_other makes beside its question.
  bool is_made_other(NodeIndex index) const {
    const Node& node = survey_.nodes[index];
    if (survey_.from_xform || node.name.size() < 7 || node.kind != NodeKind::question) return false;
    std::string asked = node.name.substr(0, node.name.size() - 6);
    if (node.name != asked + "_other" || node.relevant.source != "selected(../" + asked + ", 'other')")
      return false;
    for (NodeIndex sibling : survey_.nodes[node.parent].children) {
      const Node& other = survey_.nodes[sibling];
      if (other.name == asked && other.place.row == node.place.row && other.list >= 0 &&
          is_marked(survey_.lists[static_cast<size_t>(other.list)].name, other_mark))
        return true;
    }
    return false;
  }

  void external_rows(uint32_t before) {
    for (size_t i = 0; i < survey_.lists.size(); ++i) {
      const ChoiceList& list = survey_.lists[i];
      if (list.declared_before != before || !list.from_file) continue;
      size_t dot = list.name.rfind('.');
      rows_.row();
      rows_.put("type", base::lower(list.name.substr(dot)) == ".csv" ? "csv-external" : "xml-external");
      rows_.put("name", list.name.substr(0, dot));
    }
  }

  void texts(const char* column, const Text& text) {
    if (!survey_.from_xform) return put_text(rows_, survey_, column, text);
    Text named = text;
    for (size_t i = 0; i < named.source.size(); ++i) named.source[i] = named_.text(text, i);
    put_text(rows_, survey_, column, named);
  }

  std::string logic(const Logic& of, NodeIndex context) const {
    return survey_.from_xform ? named_.logic(of.source, context) : of.source;
  }

  // What groups, repeats and questions have in common.
  void common(NodeIndex index) {
    const Node& node = survey_.nodes[index];
    rows_.put("name", node.name);
    texts("label", node.label);
    texts("hint", node.hint);
    texts("guidance_hint", node.guidance);
    texts("constraint_message", node.constraint_message);
    texts("required_message", node.required_message);
    for (const auto& [form, media] : node.media) texts(form.c_str(), media);
    const std::pair<const char*, const Logic*> cells[] = {
        {"relevant", &node.relevant},       {"constraint", &node.constraint},
        {"required", &node.required},       {"read_only", &node.read_only},
        {"calculation", &node.calculation}, {"default", &node.default_value},
        {"trigger", &node.trigger},         {"choice_filter", &node.choice_filter}};
    for (const auto& [column, of] : cells) rows_.put(column, logic(*of, index));
    if (node.kind == NodeKind::repeat) rows_.put("repeat_count", logic(node.repeat_count, node.parent));
    rows_.put("appearance", node.appearance);
    std::string parameters;
    for (const auto& [key, value] : node.parameters)
      parameters += (parameters.empty() ? "" : " ") + key + "=" + value;
    rows_.put("parameters", parameters);
    for (const auto& [column, value] : node.extra)
      if (column != "osm_list") rows_.put(column, value);
  }

  void question(NodeIndex index) {
    const Node& node = survey_.nodes[index];
    rows_.row();
    rows_.put("type", node.type_word);
    common(index);
    for (const Action& action : survey_.actions)
      if (action.target == index && action.trigger != no_node && action.kind == Action::Kind::set_value &&
          !node.trigger.source.empty())
        rows_.put("calculation", logic(action.value, index));
    if (survey_.from_xform) from_xform(index);
  }

  // Types, itemsets and actions in the words of an XLSForm.
  void from_xform(NodeIndex index) {
    const Node& node = survey_.nodes[index];
    std::string word = node.type_word.substr(0, node.type_word.find(' '));
    if (word == "calculate" && node.calculation.source.empty()) word = "hidden";
    if (node.capture == Capture::uuid) lose("\"" + node.name + "\": a number of its own for each interview");
    std::string parameters;
    for (const auto& [key, value] : node.parameters)
      if (key != "query") parameters += (parameters.empty() ? "" : " ") + key + "=" + value;
    if (node.type && node.type->takes_list) word = select(node, index, word, parameters);
    rows_.put("type", word);
    rows_.put("parameters", parameters);
    if (node.in_table_list || node.appearance == "list-nolabel") rows_.drop("appearance");
    bool asked = node.type && node.type->control && node.type->control(node).kind != ControlKind::hidden;
    if (asked && node.label.empty() && node.hint.empty() && node.media.empty() &&
        node.calculation.source.empty())
      rows_.put("label", node.name);  // what is shown without a label, and what XLSForm does not go without
    for (const Action& action : survey_.actions) {
      if (action.target != index) continue;
      bool first = (action.events & (first_load | new_repeat)) != 0 && (action.events & value_changed) == 0;
      std::string value = action.literal.empty() ? logic(action.value, index) : "'" + action.literal + "'";
      if (action.kind != Action::Kind::set_value || !action.where.source.empty())
        lose("\"" + node.name + "\": an action that is no calculation");
      else if (first)
        rows_.put("default", value);
      else if (action.trigger != no_node && node.calculation.source.empty()) {
        rows_.put("trigger", "${" + survey_.nodes[action.trigger].name + "}");
        rows_.put("calculation", value);
      } else
        lose("\"" + node.name + "\": an action beside its calculation");
    }
  }

  std::string select(const Node& node, NodeIndex index, const std::string& word, std::string& parameters) {
    if (node.roster != no_node) {
      Itemset taken = itemset_of(node.itemset.source);
      bool plain =
          node.itemset.source.find("[./" + survey_.nodes[node.roster].name + " != '']") != std::string::npos;
      if (node.itemset.source.find('[') != std::string::npos && !taken.known && !plain)
        lose("\"" + node.name + "\": which instances its choices come from: " + node.itemset.source);
      return word + " ${" + survey_.nodes[node.roster].name + "}";
    }
    if (node.list < 0) return word;
    const ChoiceList& list = survey_.lists[static_cast<size_t>(node.list)];
    std::string name = list_name(list);
    if (!node.itemset.source.empty()) {
      Itemset taken = itemset_of(node.itemset.source);
      if (!taken.known) lose("\"" + node.name + "\": how its choices are picked: " + node.itemset.source);
      rows_.put("choice_filter", named_.logic(taken.filter, index));
      if (taken.randomized) {
        parameters += (parameters.empty() ? "" : " ") + std::string("randomize=true");
        std::string seed = named_.logic(taken.seed, index);
        if (!seed.empty()) parameters += " seed=" + seed;
      }
    }
    if (!list.from_file) return word + " " + name;
    auto column = [&](int at) {
      return at < 0 ? std::string() : list.table.columns()[static_cast<size_t>(at)];
    };
    std::string value = column(node.value_column),
                label = node.label_columns.empty() ? "" : column(node.label_columns[0]);
    if (!value.empty() && value != "name")
      parameters += (parameters.empty() ? "" : " ") + std::string("value=") + value;
    if (!label.empty() && label != "label")
      parameters += (parameters.empty() ? "" : " ") + std::string("label=") + label;
    return word + "_from_file " + list.name;
  }

  // A list's name in the choices sheet: no spaces in it.
  std::string list_name(const ChoiceList& list) const {
    std::string out = list.id;
    std::replace(out.begin(), out.end(), ' ', '_');
    return out;
  }

  void lists(const char* name, std::string_view mark) {
    SheetOut sheet(name);
    for (const char* column : {"list_name", "name"}) sheet.need(column);
    bool translated = false;
    for (const ChoiceList& list : survey_.lists) {
      bool outside = is_marked(list.name, external), tags = is_marked(list.name, osm);
      bool here = mark.empty() ? !outside && !tags : is_marked(list.name, mark);
      if (!here || list.from_file || list.missing || is_marked(list.name, other_mark)) continue;
      if (list.tree) {
        lose("instance('" + list.id + "'), which is no plain list");
        continue;
      }
      translated = translated || list.translated;
      std::string called =
          mark.empty() ? list_name(list) : list.name.substr(0, list.name.size() - mark.size());
      rows_of(sheet, list, called);
    }
    if (sheet.empty()) return;
    if (translated || survey_.from_xform) need_languages(sheet, "label");
    out_.book.sheets.push_back(sheet.finish({"list_name", "name"}));
  }

  void rows_of(SheetOut& sheet, const ChoiceList& list, const std::string& called) {
    // An XForm's question may take its values from another column than "name".
    int value = list.value_column;
    for (const Node& node : survey_.nodes)
      if (survey_.from_xform && node.list >= 0 && &survey_.lists[static_cast<size_t>(node.list)] == &list &&
          node.value_column >= 0)
        value = node.value_column;
    for (uint32_t row = 0; row < list.size(); ++row) {
      sheet.row();
      sheet.put("list_name", called);
      sheet.put("name", value < 0 ? std::string() : std::string(list.table.cell(row, value)));
      Text label;
      for (size_t i = 0; i < survey_.languages.size(); ++i)
        label.source.emplace_back(list.label(row, static_cast<int>(i)));
      if (const Text* live = list.live_label(row); live && survey_.from_xform)
        for (size_t i = 0; i < label.source.size(); ++i) label.source[i] = named_.text(*live, i);
      label.untranslated = survey_.from_xform ? survey_.languages.size() < 2 : !list.translated;
      put_text(sheet, survey_, "label", label);
      for (const auto& [form, columns] : list.media) {
        if (form.rfind("itext ", 0) == 0) continue;
        for (size_t i = 0; i < columns.size(); ++i)
          if (columns[i] >= 0)
            sheet.put(media_column(list, form, columns[i], i), std::string(list.table.cell(row, columns[i])));
      }
      for (int column : further(list, value))
        sheet.put(list.table.columns()[static_cast<size_t>(column)],
                  std::string(list.table.cell(row, column)));
    }
    if (!survey_.from_xform)
      for (int column : list.further) sheet.need(list.table.columns()[static_cast<size_t>(column)]);
  }

  // A picture for every language stands in the column without one.
  std::string media_column(const ChoiceList& list, const std::string& form, int column,
                           size_t language) const {
    bool alone = !list.translated && list.table.columns()[static_cast<size_t>(column)] == form;
    return alone ? form : text_column(survey_, form, language);
  }

  std::vector<int> further(const ChoiceList& list, int value) const {
    if (!survey_.from_xform) return list.further;
    std::vector<int> out;
    for (size_t i = 0; i < list.table.columns().size(); ++i) {
      const std::string& name = list.table.columns()[i];
      if (static_cast<int>(i) != value && name != "name" && name != "label" && name != "itextId" &&
          name.find("::") == std::string::npos)
        out.push_back(static_cast<int>(i));
    }
    return out;
  }

  void entities() {
    if (survey_.entities.empty()) return;
    SheetOut sheet("entities");
    for (const Entity& entity : survey_.entities) {
      sheet.row();
      sheet.put("list_name", entity.list);
      for (const auto& [column, logic] :
           {std::pair{"entity_id", &entity.id}, std::pair{"create_if", &entity.create_if},
            std::pair{"update_if", &entity.update_if}, std::pair{"label", &entity.label}})
        sheet.put(column, logic->source);
    }
    out_.book.sheets.push_back(sheet.finish({"list_name", "label", "entity_id", "create_if", "update_if"}));
  }

  void settings() {
    SheetOut sheet("settings");
    sheet.row();
    if (survey_.from_xform) {
      sheet.put("form_title", survey_.title);
      sheet.put("form_id", survey_.form_id);
      sheet.put("version", survey_.version);
      if (survey_.nodes[0].name != "data") sheet.put("name", survey_.nodes[0].name);
      const std::string& standard = survey_.languages[static_cast<size_t>(survey_.default_language)];
      if (survey_.languages.size() > 1 || !standard.empty()) sheet.put("default_language", standard);
      sheet.put("instance_name", named_.logic(survey_.instance_name.source, 0));
    }
    for (const auto& [key, value] : survey_.settings)
      if (key != "xforms_version") sheet.put(key, value);
    Sheet made = sheet.finish({"form_title", "form_id", "version"});
    if (!made.rows.empty() && !made.rows[0].empty()) out_.book.sheets.push_back(std::move(made));
  }

  void losses() {
    if (!survey_.seeds.empty() &&
        std::any_of(survey_.seeds.begin(), survey_.seeds.end(),
                    [](const Seed& seed) { return !seed.values.empty() || !seed.inner.empty(); }))
      lose("answers that instances of a repeat have from the start");
    for (const Node& node : survey_.nodes)
      if (node.kind == NodeKind::repeat && node.starts_empty && node.repeat_count.source.empty())
        lose("\"" + node.name + "\": that it begins without an instance");
  }

  const Survey& survey_;
  Named named_;
  SheetOut rows_{"survey"};
  WrittenXlsform out_;
};

}  // namespace

Sheet SheetOut::finish(const std::vector<std::string>& order) const {
  std::vector<std::string> columns;
  auto take = [&](const std::string& column) {
    if (std::find(columns.begin(), columns.end(), column) == columns.end()) columns.push_back(column);
  };
  std::set<std::string> used;
  for (const auto& row : rows_)
    for (const auto& [column, value] : row) used.insert(column);
  for (const std::string& column : order)
    if (used.contains(column) || std::find(needed_.begin(), needed_.end(), column) != needed_.end())
      take(column);
  for (const std::string& column : needed_) take(column);
  for (const std::string& column : used) take(column);
  Sheet out{name_, {columns}};
  for (const auto& row : rows_) {
    std::vector<std::string> cells;
    for (const std::string& column : columns) {
      auto at = row.find(column);
      cells.push_back(at == row.end() ? std::string() : at->second);
    }
    out.rows.push_back(std::move(cells));
  }
  return out;
}

std::string text_column(const Survey& survey, const std::string& column, size_t language) {
  const std::string& name = survey.languages[language];
  bool nameless = name.empty() || (name == no_language && !survey.settings.contains("default_language"));
  return nameless ? column : column + "::" + name;
}

void put_text(SheetOut& out, const Survey& survey, const std::string& column, const Text& text) {
  for (size_t i = 0; i < text.source.size(); ++i)
    out.put(text.untranslated ? column : text_column(survey, column, i), text.source[i]);
}

WrittenXlsform write_xlsform(const Survey& survey) {
  return Writer(survey).run();
}

}  // namespace definition
