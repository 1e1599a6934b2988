// Choice lists: from the choices sheet, from side files, and the ones that are missing.
#include <algorithm>
#include <map>
#include <memory>
#include <set>

#include "forms/base/utf8.h"
#include "forms/definition/reading.h"

namespace definition {
namespace {

// The columns of a list's table: value, a label a language, media, then the further ones.
class ListTable {
 public:
  ListTable(const Reading& reading, const Columns& columns) : languages_(reading.survey.languages.size()) {
    list.value_column = list.table.add_column("name");
    auto fallback = static_cast<size_t>(reading.survey.default_language);
    for (const char* form : {"label", "image", "big-image", "audio", "video"}) {
      std::vector<int> of(languages_, -1);
      for (size_t i = 0; i < languages_; ++i) {
        size_t language = i == 0 ? fallback : i <= fallback ? i - 1 : i;  // the default language first
        bool plain = language == fallback && columns.index(form, "") >= 0;
        const std::string& name = reading.survey.languages[language];
        if (!plain && columns.index(form, name) < 0) continue;
        of[language] = list.table.add_column(language == fallback ? form : form + ("::" + name));
        int own = name.empty() ? -1 : columns.index(form, name);
        sources_.push_back(
            {own, plain ? columns.index(form, "") : -1, own >= 0 && std::string_view(form) == "label"});
      }
      bool any = std::any_of(of.begin(), of.end(), [](int column) { return column >= 0; });
      if (std::string_view(form) == "label")
        list.label_columns = of;
      else if (any)
        list.media[form] = of;
    }
    for (size_t i = 0; i < columns.all().size(); ++i) {
      const std::string& name = columns.all()[i].name;
      // A column with a blank in its name can be no element, and no expression could name it.
      if (columns.all()[i].known || name.empty() || name.find(' ') != std::string::npos) continue;
      list.further.push_back(list.table.add_column(name));
      sources_.push_back({static_cast<int>(i), -1, false});
    }
  }

  // Adds a row of the sheet; whether any label stands in it.
  bool add(std::string_view value, const std::vector<std::string>& row, int sheet_row) {
    std::vector<std::string> cells;
    cells.reserve(sources_.size() + 1);
    cells.emplace_back(value);
    auto cell = [&](int at) {
      return at >= 0 && static_cast<size_t>(at) < row.size()
                 ? base::nfc(base::trim(row[static_cast<size_t>(at)]))
                 : std::string();
    };
    for (const Source& source : sources_) {
      std::string text = cell(source.first);
      list.translated = list.translated || (source.in_language && !text.empty());
      cells.push_back(text.empty() && source.otherwise >= 0 ? cell(source.otherwise) : std::move(text));
    }
    std::vector<std::string_view> views(cells.begin(), cells.end());
    list.table.add_row(views);
    list.sheet_rows.push_back(sheet_row);
    return std::any_of(list.label_columns.begin(), list.label_columns.end(), [&](int column) {
      return column >= 0 && !cells[static_cast<size_t>(column)].empty();
    });
  }

  ChoiceList list;

 private:
  struct Source {  // columns of the sheet
    int first = -1, otherwise = -1;
    bool in_language = false;  // a label in a language of its own
  };
  size_t languages_;
  std::vector<Source> sources_;  // of the table's columns after the value
};

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

// A file's columns as they are: expressions look at all of them by their own names.
ChoiceList read_side_file(Reading& reading, const Sheet& sheet, const std::string& value_column,
                          const std::string& label_column, bool for_question) {
  std::vector<Diagnostic> ignored;  // a side file's headers are its own
  Columns columns(sheet, "choices", ignored);
  ChoiceList list;
  list.label_columns.assign(reading.survey.languages.size(), -1);
  std::vector<size_t> sources;
  for (size_t i = 0; i < columns.all().size(); ++i) {
    const Column& column = columns.all()[i];
    std::string header = base::trim(column.header);
    if (header.empty() || list.table.column(header) >= 0) continue;
    int at = list.table.add_column(header);
    sources.push_back(i);
    if (value_column.empty() ? header == "name" : header == value_column) list.value_column = at;
    if (!column.known) list.further.push_back(at);
    if (column.name != "label" || !label_column.empty()) continue;
    for (size_t language = 0; language < reading.survey.languages.size(); ++language) {
      bool own = column.language == reading.survey.languages[language];
      bool plain = column.language.empty() && static_cast<int>(language) == reading.survey.default_language;
      if (own || (plain && list.label_columns[language] < 0)) list.label_columns[language] = at;
    }
  }
  if (int label = label_column.empty() ? -1 : list.table.column(label_column); label >= 0)
    list.label_columns.assign(reading.survey.languages.size(), label);
  std::vector<std::string> cells(sources.size());
  std::vector<std::string_view> views(sources.size());
  for (size_t r = 1; r < sheet.rows.size(); ++r) {
    const std::vector<std::string>& row = sheet.rows[r];
    if (is_blank(row)) continue;
    for (size_t i = 0; i < sources.size(); ++i) {
      cells[i] = sources[i] < row.size() ? base::nfc(base::trim(row[sources[i]])) : std::string();
      views[i] = cells[i];
    }
    // What expressions look up has columns of its own, and no choice needs a name.
    bool named = list.value_column >= 0 && !cells[static_cast<size_t>(list.value_column)].empty();
    if (!named && for_question) continue;
    list.table.add_row(views);
    list.sheet_rows.push_back(static_cast<int>(r) + 1);
  }
  return list;
}

void read_lists(Reading& reading, const Sheet* sheet, const std::string& suffix) {
  if (!sheet) return;
  Columns columns(*sheet, "choices", reading.diagnostics);
  bool filled = std::any_of(sheet->rows.begin() + (sheet->rows.empty() ? 0 : 1), sheet->rows.end(),
                            [](const auto& row) { return !is_blank(row); });
  for (const char* needed : {"list_name", "name"})
    if (filled && !columns.has(needed)) {
      reading.say(Severity::error, {sheet->name, 1, "", 0}, "no_choice_column",
                  std::string("this sheet has no column \"") + needed +
                      "\"; each choice needs its list_name, its name and a label");
      return;
    }
  for (const Column& column : columns.all())
    if (!column.known && column.name.find(' ') != std::string::npos)
      reading.say(Severity::warning, columns.place(1, column.name), "spaced_column",
                  "no expression can name this column, since a space stands in it; it is passed over");
  std::map<std::string, size_t> index;
  std::vector<std::unique_ptr<ListTable>> tables;
  std::map<std::string, std::set<std::string>> seen;
  for (size_t r = 1; r < sheet->rows.size(); ++r) {
    const std::vector<std::string>& row = sheet->rows[r];
    if (is_blank(row)) continue;
    int number = static_cast<int>(r) + 1;
    std::string name = columns.text(row, "list_name");
    if (!name.empty()) name += suffix;
    std::string value = columns.text(row, "name");
    if (name.empty()) {
      if (!value.empty())
        reading.say(Severity::warning, columns.place(number, "list_name"), "no_list_name",
                    "this choice belongs to no list; write its list_name");
      continue;
    }
    if (value.empty()) {
      reading.say(Severity::error, columns.place(number, "name"), "no_choice_name",
                  "this choice of the list \"" + name + "\" has no name");
      continue;
    }
    bool may_repeat =
        reading.allow_choice_duplicates || !suffix.empty();  // an external list may, as elsewhere
    if (!seen[name].insert(value).second && !may_repeat) {
      reading.say(Severity::error, columns.place(number, "name"), "duplicate_choice",
                  "\"" + value + "\" stands twice in the list \"" + name +
                      "\"; rename one, or set allow_choice_duplicates to yes in the settings");
      continue;
    }
    auto [at, fresh] = index.try_emplace(name, tables.size());
    if (fresh) {
      tables.push_back(std::make_unique<ListTable>(reading, columns));
      tables.back()->list.name = tables.back()->list.id = name;
    }
    if (!tables[at->second]->add(value, row, number))
      reading.say(Severity::warning, columns.place(number, "label"), "no_choice_label",
                  "the choice \"" + value + "\" of \"" + name + "\" has no label; its name is shown");
  }
  for (auto& table : tables) reading.survey.lists.push_back(std::move(table->list));
}

}  // namespace

void read_lists(Reading& reading) {
  read_lists(reading, reading.book.find("choices"), "");
  read_lists(reading, reading.book.find("external_choices"), std::string(external));
  read_lists(reading, reading.book.find("osm"), std::string(osm));
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

int list_for(Reading& reading, const std::string& name, bool outside, const Place& place) {
  // select_one_external L: L of the sheet external_choices.
  std::string wanted = outside ? name + std::string(external) : name;
  const std::vector<ChoiceList>& lists = reading.survey.lists;
  for (size_t i = 0; i < lists.size(); ++i)
    if (lists[i].name == wanted && !lists[i].from_file) return static_cast<int>(i);
  std::string sheet = outside ? "external_choices" : "choices";
  if (!reading.book.find(sheet)) {
    std::vector<std::string> sheets;
    for (const Sheet& one : reading.book.sheets) sheets.push_back(one.name);
    std::string near = base::nearest(sheet, sheets);
    reading.say(Severity::error, place, "missing_list",
                "the choices of \"" + name + "\" stand in a sheet \"" + sheet + "\", and there is none" +
                    (near.empty() ? "" : "; rename \"" + near + "\"?"));
    return -1;
  }
  std::vector<std::string> names;
  if (reading.diagnostics.size() < most_told)
    for (const ChoiceList& list : lists)
      if (bool ours = list.name.find(external) != std::string::npos; !list.from_file && ours == outside)
        names.push_back(list.name.substr(0, list.name.find(external)));
  std::string near = base::nearest(name, names);
  reading.say(Severity::error, place, "missing_list",
              "there is no list \"" + name + "\" in the sheet " + sheet + ", or it is empty" +
                  (near.empty() ? "" : "; did you mean \"" + near + "\"?"));
  return -1;
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
    why = read_side_list(bytes->second, file, list);
    bool geo = file.size() > 8 && base::lower(file.substr(file.size() - 8)) == ".geojson";
    auto column = [&](const char* name, const char* otherwise) {
      return list.table.column(parameter(name).empty() ? std::string(otherwise) : parameter(name));
    };
    list.value_column = column("value", geo ? "id" : "name");
    list.label_columns.assign(reading.survey.languages.size(), column("label", geo ? "title" : "label"));
    for (size_t i = 0; i < list.table.columns().size(); ++i) list.further.push_back(static_cast<int>(i));
    if (why.empty() && list.size() == 0 && !list.tree) why = "the file " + file + " has no choices";
  } else {
    auto sheet = read_csv(bytes->second, file);
    if (!sheet)
      why = sheet.error().detail;
    else
      list = read_side_file(reading, *sheet, parameter("value"), parameter("label"), for_question);
    if (why.empty() && list.size() == 0) why = "the file " + file + " has no choices";
  }
  list.name = file;
  list.id = file.substr(0, file.rfind('.'));
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
  copy.id = copy.name;
  if (copy.find("other") == language::no_row) {
    for (size_t i = 0; i < copy.label_columns.size(); ++i)  // said in every language of the form
      if (copy.label_columns[i] < 0)
        copy.label_columns[i] = copy.table.add_column("label::" + reading.survey.languages[i]);
    std::vector<std::string> cells(copy.table.columns().size());
    cells[static_cast<size_t>(copy.value_column)] = "other";
    for (size_t i = 0; i < copy.label_columns.size(); ++i)
      if (copy.label_columns[i] >= 0)
        cells[static_cast<size_t>(copy.label_columns[i])] =
            other_in(reading.survey.language_code(static_cast<int>(i)));
    std::vector<std::string_view> views(cells.begin(), cells.end());
    copy.table.add_row(views);
    copy.sheet_rows.push_back(0);
  }
  reading.survey.lists.push_back(std::move(copy));
  return static_cast<int>(reading.survey.lists.size()) - 1;
}

}  // namespace definition
