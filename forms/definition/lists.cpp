// Choice lists: from the choices sheet, from side files, and the ones that are missing.
#include <algorithm>
#include <map>
#include <set>

#include "forms/base/utf8.h"
#include "forms/definition/reading.h"

namespace definition {
namespace {

// Further columns: everything but the list, the value, the label and media.
std::vector<std::pair<std::string, size_t>> further(const Columns& columns) {
  std::vector<std::pair<std::string, size_t>> out;
  for (size_t i = 0; i < columns.all().size(); ++i)
    if (!columns.all()[i].known && !columns.all()[i].name.empty()) out.emplace_back(columns.all()[i].name, i);
  return out;
}

std::vector<std::string> cells(const std::vector<std::pair<std::string, size_t>>& columns,
                               const std::vector<std::string>& row) {
  std::vector<std::string> out;
  for (const auto& [name, index] : columns)
    out.push_back(index < row.size() ? base::nfc(base::trim(row[index])) : std::string());
  return out;
}

bool is_blank(const std::vector<std::string>& row) {
  return std::all_of(row.begin(), row.end(),
                     [](const std::string& cell) { return base::trim(cell).empty(); });
}

// "Other" in the languages of the form; English where we have no word.
std::string other_in(std::string_view code) {
  static const std::map<std::string_view, std::string_view> words = {
      {"fr", "Autre"}, {"ar", "أخرى"}, {"tr", "Diğer"}, {"nl", "Anders"}};
  auto at = words.find(code);
  return std::string(at == words.end() ? "Other" : at->second);
}

ChoiceList read_side_file(Reading& reading, const Sheet& sheet, const std::string& value_column,
                          const std::string& label_column, bool for_question) {
  std::vector<Diagnostic> ignored;  // a side file's headers are its own
  Columns columns(sheet, "choices", ignored);
  ChoiceList list;
  auto rest = further(columns);
  for (const auto& [name, index] : rest) list.columns.push_back(name);
  auto named = [&](const std::string& wanted) {
    for (const auto& [name, index] : rest)
      if (name == wanted) return static_cast<int>(index);
    return -1;
  };
  int value_at = value_column.empty() ? -1 : named(value_column);
  int label_at = label_column.empty() ? -1 : named(label_column);
  for (size_t r = 1; r < sheet.rows.size(); ++r) {
    const std::vector<std::string>& row = sheet.rows[r];
    if (is_blank(row)) continue;
    auto cell = [&](int at) {
      return at >= 0 && static_cast<size_t>(at) < row.size()
                 ? base::nfc(base::trim(row[static_cast<size_t>(at)]))
                 : std::string();
    };
    Choice choice;
    choice.row = static_cast<int>(r) + 1;
    choice.value = value_at >= 0 ? cell(value_at) : columns.text(row, "name");
    choice.label = reading.texts(columns, row, "label");
    if (label_at >= 0)
      choice.label.source[static_cast<size_t>(reading.survey.default_language)] = cell(label_at);
    choice.columns = cells(rest, row);
    // What expressions look up has columns of its own, and no choice needs a name.
    if (!choice.value.empty() || !for_question) list.choices.push_back(std::move(choice));
  }
  return list;
}

void read_lists(Reading& reading, const Sheet* sheet, const std::string& suffix) {
  if (!sheet) return;
  Columns columns(*sheet, "choices", reading.diagnostics);
  auto rest = further(columns);
  std::map<std::string, size_t> index;
  std::map<std::string, std::set<std::string>> seen;
  for (size_t r = 1; r < sheet->rows.size(); ++r) {
    const std::vector<std::string>& row = sheet->rows[r];
    if (is_blank(row)) continue;
    int number = static_cast<int>(r) + 1;
    std::string name = columns.text(row, "list_name");
    if (!name.empty()) name += suffix;
    Choice choice;
    choice.row = number;
    choice.value = columns.text(row, "name");
    if (name.empty()) {
      if (!choice.value.empty())
        reading.say(Severity::warning, columns.place(number, "list_name"), "no_list_name",
                    "this choice belongs to no list; write its list_name");
      continue;
    }
    if (choice.value.empty()) {
      reading.say(Severity::error, columns.place(number, "name"), "no_choice_name",
                  "this choice of the list \"" + name + "\" has no name");
      continue;
    }
    bool may_repeat =
        reading.allow_choice_duplicates || !suffix.empty();  // an external list may, as elsewhere
    if (!seen[name].insert(choice.value).second && !may_repeat) {
      reading.say(Severity::error, columns.place(number, "name"), "duplicate_choice",
                  "\"" + choice.value + "\" stands twice in the list \"" + name +
                      "\"; rename one, or set allow_choice_duplicates to yes in the settings");
      continue;
    }
    auto [at, fresh] = index.try_emplace(name, reading.survey.lists.size());
    if (fresh) {
      ChoiceList list;
      list.name = name;
      for (const auto& [column, i] : rest) list.columns.push_back(column);
      reading.survey.lists.push_back(std::move(list));
    }
    choice.label = reading.texts(columns, row, "label");
    if (choice.label.empty())
      reading.say(Severity::warning, columns.place(number, "label"), "no_choice_label",
                  "the choice \"" + choice.value + "\" of \"" + name + "\" has no label; its name is shown");
    choice.columns = cells(rest, row);
    reading.survey.lists[at->second].choices.push_back(std::move(choice));
  }
}

}  // namespace

void read_lists(Reading& reading) {
  read_lists(reading, reading.book.find("choices"), "");
  read_lists(reading, reading.book.find("external_choices"), std::string(external));
}

std::vector<std::string> files_in(std::string_view source, std::string_view function) {
  std::vector<std::string> out;
  std::string call = std::string(function) + "(";
  for (size_t at = source.find(call); at != std::string_view::npos; at = source.find(call, at + 1)) {
    size_t open = source.find_first_not_of(" \t\n", at + call.size());
    if (open == std::string_view::npos || (source[open] != '\'' && source[open] != '"')) continue;
    size_t close = source.find(source[open], open + 1);
    if (close == std::string_view::npos) break;
    std::string name = base::trim(source.substr(open + 1, close - open - 1));
    if (name.empty()) continue;
    std::string low = base::lower(name);
    bool whole = low.size() > 4 && low.compare(low.size() - 4, 4, ".csv") == 0;
    out.push_back(whole ? name : name + ".csv");
  }
  return out;
}

bool has_list(const Reading& reading, std::string_view name) {
  return std::any_of(reading.survey.lists.begin(), reading.survey.lists.end(),
                     [&](const ChoiceList& list) { return list.name == name && !list.from_file; });
}

int list_for(Reading& reading, const std::string& name, const Place& place) {
  for (size_t i = 0; i < reading.survey.lists.size(); ++i)
    if (reading.survey.lists[i].name == name && !reading.survey.lists[i].from_file)
      return static_cast<int>(i);
  std::vector<std::string> names;
  if (reading.diagnostics.size() < most_told)
    for (const ChoiceList& list : reading.survey.lists) names.push_back(list.name);
  std::string near = base::nearest(name, names);
  reading.say(Severity::warning, place, "missing_list",
              "there is no list \"" + name +
                  "\" in the choices sheet, or it is empty; the question takes free text" +
                  (near.empty() ? "" : "; did you mean \"" + near + "\"?"));
  ChoiceList list;
  list.name = name;
  list.missing = true;
  reading.survey.lists.push_back(std::move(list));
  return static_cast<int>(reading.survey.lists.size()) - 1;
}

int file_list_for(Reading& reading, const Node& node, const std::string& file, const Place& place,
                  bool for_question) {
  auto parameter = [&](const char* name) {
    auto at = node.parameters.find(name);
    return at == node.parameters.end() ? std::string() : at->second;
  };
  std::string key = base::lower(file) + "\n" + parameter("value") + "\n" + parameter("label");
  auto [known, fresh] = reading.file_lists.try_emplace(key, static_cast<int>(reading.survey.lists.size()));
  if (!fresh) return known->second;
  ChoiceList list;
  auto bytes = reading.files.find(base::lower(file));
  bool is_csv = file.size() > 4 && base::lower(file.substr(file.size() - 4)) == ".csv";
  std::string why;
  auto unread = reading.unread.find(base::lower(file));
  if (bytes == reading.files.end() && unread != reading.unread.end()) {
    why = "the file " + file + " is not read: " + unread->second;
  } else if (bytes == reading.files.end()) {
    why = "the file " + file + " is not beside the form";
  } else if (!is_csv) {
    why = "the file " + file + " is not a CSV file, and other kinds are not yet read";
  } else {
    auto sheet = read_csv(bytes->second, file);
    if (!sheet)
      why = sheet.error().detail;
    else
      list = read_side_file(reading, *sheet, parameter("value"), parameter("label"), for_question);
    if (why.empty() && list.choices.empty()) why = "the file " + file + " has no choices";
  }
  list.name = file;
  list.from_file = true;
  if (!why.empty()) {
    list.missing = true;
    reading.say(Severity::warning, place, "missing_file",
                why + (for_question ? "; the question takes free text until it is there"
                                    : "; what reads it finds nothing until it is there"));
  }
  reading.survey.lists.push_back(std::move(list));
  return static_cast<int>(reading.survey.lists.size()) - 1;
}

int with_other(Reading& reading, int list) {
  ChoiceList copy = reading.survey.lists[static_cast<size_t>(list)];
  copy.name += " or_other";
  for (size_t i = 0; i < reading.survey.lists.size(); ++i)
    if (reading.survey.lists[i].name == copy.name) return static_cast<int>(i);
  Choice other;
  other.value = "other";
  other.label.source.resize(reading.survey.languages.size());
  for (size_t i = 0; i < other.label.source.size(); ++i)
    other.label.source[i] = other_in(reading.survey.language_code(static_cast<int>(i)));
  other.columns.resize(copy.columns.size());
  bool there = std::any_of(copy.choices.begin(), copy.choices.end(),
                           [](const Choice& c) { return c.value == "other"; });
  if (!there) copy.choices.push_back(std::move(other));
  reading.survey.lists.push_back(std::move(copy));
  return static_cast<int>(reading.survey.lists.size()) - 1;
}

}  // namespace definition
