#include <optional>
#include <set>
#include <unordered_map>

#include "collector/export/table.h"

namespace exports {
namespace {

using definition::ChoiceList;
using definition::DataType;
using definition::no_node;
using definition::Node;
using definition::NodeIndex;
using definition::NodeKind;
using definition::Survey;

// The text in `language`, else in the default language, else in any.
std::string text_in(const Survey& survey, const definition::Text& text, int language) {
  auto at = [&](int index) -> std::string {
    auto i = static_cast<size_t>(index);
    return index >= 0 && i < text.source.size() ? text.source[i] : std::string();
  };
  std::string found = at(language);
  if (found.empty()) found = at(survey.default_language);
  for (size_t i = 0; found.empty() && i < text.source.size(); ++i) found = text.source[i];
  return found;
}

std::vector<std::string> words(const std::string& text) {
  std::vector<std::string> out;
  size_t at = 0;
  while (at < text.size()) {
    size_t end = text.find(' ', at);
    if (end == std::string::npos) end = text.size();
    if (end > at) out.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

bool is_asked(const Node& node) {
  return node.kind == NodeKind::question && node.type && node.type->data != DataType::none;
}

std::string named(std::string pattern, const std::string& name) {
  size_t at = pattern.find("{name}");
  return at == std::string::npos ? pattern + name : pattern.replace(at, 6, name);
}

std::string said(const std::map<std::string, std::string>& words, const std::string& code) {
  auto at = words.find(code);
  return at == words.end() ? "" : at->second;
}

// Where a question's values go: its table and first column, and for a multi-select a column a choice.
struct Slot {
  size_t table = 0, column = 0;
  std::map<std::string, size_t> options;
};

class Builder {
 public:
  Builder(const Survey& survey, const std::string& name, int language, const Words& words)
      : survey_(survey), language_(language), words_(words) {
    labels_.resize(survey.lists.size());
    slots_.resize(survey.nodes.size());
    open_table(0, name);
  }

  std::vector<Table> build(const EachCase& each) {
    each([this](const Case& one) { add(one); });
    for (Table& table : tables_)  // rows made before a column of unknown answers was met
      for (std::vector<Cell>& row : table.rows) row.resize(table.columns.size());
    return std::move(tables_);
  }

 private:
  size_t open_table(NodeIndex scope, const std::string& name) {
    size_t index = tables_.size();
    tables_.push_back(
        {free_table(name),
         scope == 0 ? survey_.title_in(language_) : text_in(survey_, survey_.nodes[scope].label, language_),
         {},
         {}});
    table_of_[scope] = index;
    auto key = [&](const char* column, const std::string& label, DataType data = DataType::text) {
      bool chosen = data == DataType::choice;
      tables_[index].columns.push_back(
          {unique(index, column, chosen), label, data, chosen, data == DataType::integer, no_node});
    };
    key("record", words_.record);
    if (scope == 0) {
      key("form_version", words_.form_version);
      key("state", words_.state, DataType::choice);
      key("interviewer", words_.interviewer);
      key("device", words_.device);
      key("finished", words_.finished);
      key("open_conflicts", words_.open_conflicts, DataType::integer);
      key("needs_review", words_.needs_review, DataType::integer);
      key("same_as", words_.same_as);
    } else {
      for (NodeIndex repeat : survey_.repeats_around(scope)) {
        tables_[index].columns.push_back(
            {unique(index, survey_.nodes[repeat].name + "_no"),
             named(words_.position, text_in(survey_, survey_.nodes[repeat].label, language_)),
             DataType::integer, false, true, no_node});
      }
    }
    add_columns(scope, index, name);
    return index;
  }

  void add_columns(NodeIndex from, size_t table, const std::string& name) {
    for (NodeIndex child : survey_.nodes[from].children) {
      const Node& node = survey_.nodes[child];
      if (node.kind == NodeKind::repeat)
        open_table(child, name + "-" + node.name);
      else if (node.kind == NodeKind::group)
        add_columns(child, table, name);
      else if (is_asked(node))
        add_question(child, node, table);
    }
  }

  void add_question(NodeIndex index, const Node& node, size_t table) {
    bool chosen = node.type->data == DataType::choice || node.type->data == DataType::choices ||
                  node.type->data == DataType::ranking;
    bool number = node.type->data == DataType::integer || node.type->data == DataType::decimal;
    std::vector<Column>& columns = tables_[table].columns;
    Slot slot{table, columns.size(), {}};
    std::string label = text_in(survey_, node.label, language_);
    columns.push_back({unique(table, node.name, chosen), label, node.type->data, chosen, number, index});
    if (node.type->data == DataType::choices && node.list >= 0) {
      const ChoiceList& list = survey_.lists[static_cast<size_t>(node.list)];
      if (!list.from_file && list.size() <= 64) {
        for (uint32_t row = 0; row < list.size(); ++row) {
          std::string value(list.value(row));
          slot.options[value] = columns.size();
          columns.push_back({unique(table, node.name + "/" + value),
                             label + " – " + survey_.choice_label(node.list, row, language_),
                             DataType::integer, false, true, index});
        }
      }
    }
    slots_[index] = std::move(slot);
  }

  // Two groups may hold questions of one name, and a question that of a key; the later one gets a number. The
  // columns that formats put beside a choice are taken with it.
  std::string unique(size_t table, const std::string& name, bool has_labels = false) {
    std::set<std::string>& taken = names_[table];
    auto is_free = [&](const std::string& tried) {
      return !taken.count(tried) &&
             (!has_labels || (!taken.count(tried + ".label") && !taken.count(tried + ".code")));
    };
    std::string tried = name;
    for (int n = 2; !is_free(tried); ++n) tried = name + "_" + std::to_string(n);
    taken.insert(tried);
    if (has_labels) taken.insert({tried + ".label", tried + ".code"});
    return tried;
  }

  std::string free_table(const std::string& name) {
    std::string tried = name;
    for (int n = 2; !table_names_.insert(tried).second; ++n) tried = name + "_" + std::to_string(n);
    return tried;
  }

  void add(const Case& one) {
    // Rows of this case: key "table|instance ids" → row number.
    std::map<std::pair<size_t, std::vector<base::InstanceId>>, size_t> rows;
    std::map<std::pair<NodeIndex, std::vector<base::InstanceId>>, int> counted;
    const size_t main_row = open_row(0, one);
    rows[{0, {}}] = main_row;
    std::vector<Cell>& main = tables_[0].rows.back();
    main[1].code = one.form_version;
    main[2] = {one.state, said(words_.states, one.state)};
    main[3].code = one.author;
    main[4].code = one.device;
    main[5].code = one.finished;
    main[6].code = std::to_string(one.conflicts);
    main[7].code = one.needs_review ? "1" : "0";
    main[8].code = one.same_as;
    std::map<std::vector<base::InstanceId>, int> position;
    for (const CaseInstance& instance : one.instances) {
      auto found = table_of_.find(instance.repeat);
      if (found == table_of_.end() || instance.instances.empty()) continue;
      std::vector<base::InstanceId> around(instance.instances.begin(), instance.instances.end() - 1);
      position[instance.instances] = ++counted[{instance.repeat, around}];
      size_t row = open_row(found->second, one);
      rows[{found->second, instance.instances}] = row;
      std::vector<base::InstanceId> chain;
      for (size_t depth = 0; depth < instance.instances.size(); ++depth) {
        chain.push_back(instance.instances[depth]);
        tables_[found->second].rows[row][1 + depth].code = std::to_string(position[chain]);
      }
    }
    for (const CaseAnswer& answer : one.answers) {
      if (answer.node >= slots_.size() || !slots_[answer.node]) continue;
      const Slot& slot = *slots_[answer.node];
      if (slot.table == 0 && answer.instances.empty()) {  // most of them
        fill(tables_[0].rows[main_row], slot, answer);
        continue;
      }
      auto row = rows.find({slot.table, answer.instances});
      if (row != rows.end()) fill(tables_[slot.table].rows[row->second], slot, answer);
    }
    for (const UnknownAnswer& answer : one.unknown) {
      Slot slot = unknown_slot(answer.question);
      auto row = rows.find({slot.table, answer.instances});
      if (row == rows.end()) row = rows.find({0, {}});  // its repeat is not there either
      std::vector<Cell>& cells = tables_[row->first.first].rows[row->second];
      if (row->first.first != slot.table) slot.column = unknown_slot(answer.question, 0).column;
      if (cells.size() <= slot.column) cells.resize(slot.column + 1);
      cells[slot.column].code += (cells[slot.column].code.empty() ? "" : "; ") + answer.text;
    }
  }

  // A column for what the form does not know, in the table of the repeats it stood in.
  Slot unknown_slot(const std::string& question, std::optional<size_t> wanted = std::nullopt) {
    size_t table = 0, longest = 0;
    for (const auto& [scope, index] : table_of_) {
      const std::string& repeat = survey_.nodes[scope].identity;
      if (scope == 0 || repeat.size() <= longest || question.rfind(repeat + "/", 0) != 0) continue;
      longest = repeat.size();
      table = index;
    }
    if (wanted) table = *wanted;
    auto [at, fresh] =
        unknown_.try_emplace({table, question}, Slot{table, tables_[table].columns.size(), {}});
    if (fresh) {
      std::string name =
          question.substr(question.rfind('/') == std::string::npos ? 0 : question.rfind('/') + 1);
      tables_[table].columns.push_back({unique(table, name), named(words_.unknown, name), DataType::text, false, false, no_node});
    }
    return at->second;
  }

  size_t open_row(size_t table, const Case& one) {
    Table& t = tables_[table];
    t.rows.emplace_back(t.columns.size());
    t.rows.back()[0].code = one.record.hex();
    return t.rows.size() - 1;
  }

  void fill(std::vector<Cell>& row, const Slot& slot, const CaseAnswer& answer) {
    const Node& node = survey_.nodes[answer.node];
    Cell& cell = row[slot.column];
    cell.code = answer.text;
    cell.label = answer.label;
    if (cell.label.empty() && tables_[slot.table].columns[slot.column].has_labels)
      cell.label = label_of(node, answer.text);
    if (slot.options.empty()) return;
    for (const auto& [value, column] : slot.options) row[column].code = answer.text.empty() ? "" : "0";
    for (const std::string& value : words(answer.text))
      if (auto option = slot.options.find(value); option != slot.options.end())
        row[option->second].code = "1";
  }

  std::string label_of(const Node& node, const std::string& text) {
    if (node.list < 0) return text;  // a roster's value is its label
    auto& known = labels_[static_cast<size_t>(node.list)];
    const ChoiceList& list = survey_.lists[static_cast<size_t>(node.list)];
    if (known.empty())
      for (uint32_t row = 0; row < list.size(); ++row)
        known.emplace(list.value(row), survey_.choice_label(node.list, row, language_));
    auto one = [&](const std::string& value) {
      auto at = known.find(value);
      return at == known.end() || at->second.empty() ? value : at->second;
    };
    if (node.type->data == DataType::choice) return one(text);
    std::string joined;
    for (const std::string& value : words(text)) joined += (joined.empty() ? "" : "; ") + one(value);
    return joined;
  }

  const Survey& survey_;
  int language_;
  const Words& words_;
  std::vector<Table> tables_;
  std::map<NodeIndex, size_t> table_of_;
  std::vector<std::optional<Slot>> slots_;  // by node
  std::map<std::pair<size_t, std::string>, Slot> unknown_;
  std::map<size_t, std::set<std::string>> names_;
  std::set<std::string> table_names_;
  std::vector<std::unordered_map<std::string, std::string>> labels_;
};

std::string_view type_name(DataType data) {
  switch (data) {
    case DataType::none:
      return "note";
    case DataType::text:
      return "text";
    case DataType::integer:
      return "integer";
    case DataType::decimal:
      return "decimal";
    case DataType::boolean:
      return "boolean";
    case DataType::date:
      return "date";
    case DataType::time:
      return "time";
    case DataType::date_time:
      return "date_time";
    case DataType::choice:
      return "select_one";
    case DataType::choices:
      return "select_multiple";
    case DataType::ranking:
      return "ranking";
    case DataType::place:
      return "place";
    case DataType::trace:
      return "trace";
    case DataType::shape:
      return "shape";
    case DataType::attachment:
      return "attachment";
  }
  return "text";
}

}  // namespace

std::vector<Table> tabulate(const Survey& survey, const std::string& name, const std::vector<Case>& cases,
                            int language, const Words& words) {
  return tabulate(
      survey, name,
      [&](const std::function<void(const Case&)>& use) {
        for (const Case& one : cases) use(one);
      },
      language, words);
}

std::vector<Table> tabulate(const Survey& survey, const std::string& name, const EachCase& each,
                            int language, const Words& words) {
  return Builder(survey, name, language, words).build(each);
}

std::vector<CodebookRow> codebook(const Survey& survey, const std::vector<Table>& tables, int language,
                                  const Words& words) {
  std::vector<CodebookRow> rows;
  for (const Table& table : tables) {
    for (const Column& column : table.columns) {
      std::string type(type_name(column.data));
      rows.push_back({table.name, column.name, type, said(words.types, type), column.label, "", ""});
      if (column.has_labels && column.node == no_node)
        for (const auto& [code, label] : words.states)
          rows.push_back({table.name, column.name, "", "", "", code, label});
      if (!column.has_labels || column.node == no_node) continue;
      const Node& node = survey.nodes[column.node];
      if (node.list < 0) continue;
      const ChoiceList& list = survey.lists[static_cast<size_t>(node.list)];
      for (uint32_t row = 0; row < list.size(); ++row)
        rows.push_back({table.name, column.name, "", "", "", std::string(list.value(row)),
                        survey.choice_label(node.list, row, language)});
    }
  }
  return rows;
}

}  // namespace exports
