#include "forms/definition/xlsform.h"

#include <algorithm>

#include "forms/base/utf8.h"
#include "forms/definition/reading.h"
#include "forms/definition/references.h"
#include "forms/definition/xform_reading.h"

namespace definition {
namespace {

// A sheet whose name is nearly right is a slip of the hand.
void suggest_sheets(Reading& reading) {
  const std::vector<std::string> known = {"survey",   "choices",          "settings",
                                          "entities", "external_choices", "osm"};
  for (const Sheet& sheet : reading.book.sheets) {
    std::string name = base::lower(base::trim(sheet.name));
    if (name.empty() || name[0] == '_' || std::find(known.begin(), known.end(), name) != known.end())
      continue;
    std::string near = base::nearest(name, known);
    if (!near.empty() && !reading.book.find(near))
      reading.say(Severity::warning, {sheet.name, 0, "", 0}, "sheet_name",
                  "this sheet is not read; did you mean \"" + near + "\"?");
  }
}

// A workbook of one sheet, as CSV exports make them, is the survey.
const Sheet* find_survey(const Workbook& book) {
  const Sheet* sheet = book.find("survey");
  return sheet || book.sheets.size() != 1 ? sheet : &book.sheets[0];
}

const Sheet* survey_sheet(Reading& reading) {
  const Sheet* sheet = find_survey(reading.book);
  if (!sheet || sheet->rows.empty()) {
    std::string names;
    for (const Sheet& one : reading.book.sheets) names += (names.empty() ? "" : ", ") + one.name;
    reading.say(Severity::error, {}, "no_survey",
                "this workbook has no sheet \"survey\" with rows in it; it has: " +
                    (names.empty() ? "no sheets" : names));
    return nullptr;
  }
  return sheet;
}

}  // namespace

Text Reading::texts(const Columns& columns, const std::vector<std::string>& row,
                    std::string_view name) const {
  Text text;
  bool translated = false;
  for (const std::string& language : survey.languages) {
    text.source.push_back(language.empty() ? std::string() : columns.text(row, name, language));
    translated = translated || !text.source.back().empty();
  }
  // A column without a language is the default language's; alone it speaks to all.
  std::string plain = columns.text(row, name, "");
  if (plain.empty()) return text;
  text.untranslated = !translated;
  auto d = static_cast<size_t>(survey.default_language);
  if (text.source[d].empty()) text.source[d] = plain;
  return text;
}

namespace {

// Whether some row says a text both in a language and in none: then "none" is a language of its own.
bool speaks_without_language(const Sheet& sheet, const Columns& columns) {
  std::vector<std::pair<size_t, std::vector<size_t>>> pairs;
  const std::vector<Column>& all = columns.all();
  for (size_t i = 0; i < all.size(); ++i) {
    if (!all[i].known || !all[i].language.empty()) continue;
    std::vector<size_t> others;
    for (size_t j = 0; j < all.size(); ++j)
      if (all[j].name == all[i].name && !all[j].language.empty()) others.push_back(j);
    if (!others.empty()) pairs.emplace_back(i, std::move(others));
  }
  auto filled = [](const std::vector<std::string>& row, size_t at) {
    return at < row.size() && !base::trim(row[at]).empty();
  };
  for (size_t r = 1; r < sheet.rows.size(); ++r)
    for (const auto& [plain, others] : pairs)
      if (filled(sheet.rows[r], plain) && std::any_of(others.begin(), others.end(), [&, row = r](size_t at) {
            return filled(sheet.rows[row], at);
          }))
        return true;
  return false;
}

}  // namespace

void read_languages(Reading& reading, const Sheet& sheet, const Columns& survey, const Columns* choices) {
  std::vector<std::string>& languages = reading.survey.languages;
  languages = survey.languages();
  if (choices)
    for (const std::string& language : choices->languages())
      if (std::find(languages.begin(), languages.end(), language) == languages.end())
        languages.push_back(language);
  if (languages.empty()) languages.emplace_back("");
  if (languages.size() > most_languages) {
    reading.say(Severity::error, {"survey", 1, "", 0}, "too_many_languages",
                "this form names " + std::to_string(languages.size()) + " languages; at most 100 are read");
    languages.resize(most_languages);
  }
  auto wanted = reading.survey.settings.find("default_language");
  if (wanted == reading.survey.settings.end() || wanted->second.empty()) {
    const Sheet* listed = reading.book.find("choices");
    bool both = speaks_without_language(sheet, survey) ||
                (choices && listed && speaks_without_language(*listed, *choices));
    if (both) languages.insert(languages.begin(), std::string(no_language));
    return;
  }
  int index = reading.survey.language_index(wanted->second);
  if (index >= 0) {
    reading.survey.default_language = index;
  } else if (languages.size() == 1 && languages[0].empty()) {
    languages[0] = wanted->second;
  } else if (survey.has("label")) {  // the columns without a language are in it
    languages.insert(languages.begin(), wanted->second);
  } else {
    reading.say(
        Severity::warning, {"settings", 2, "default_language", 0}, "default_language",
        "no column is in the default language \"" + wanted->second + "\"; " + languages[0] + " is used");
  }
}

void read_settings(Reading& reading) {
  Survey& survey = reading.survey;
  survey.title = survey.form_id = reading.book.name.substr(0, reading.book.name.rfind('.'));
  std::string root = "data";
  if (const Sheet* sheet = reading.book.find("settings"); sheet && sheet->rows.size() > 1) {
    Columns columns(*sheet, "settings", reading.diagnostics);
    const std::vector<std::string>& row = sheet->rows[1];
    for (size_t i = 0; i < columns.all().size() && i < row.size(); ++i)
      if (std::string value = base::nfc(base::trim(row[i])); !value.empty())
        survey.settings[columns.all()[i].language.empty()
                            ? columns.all()[i].name
                            : columns.all()[i].name + "::" + columns.all()[i].language] = value;
    survey.instance_name = {columns.logic(row, "instance_name"), columns.place(2, "instance_name"), {}};
  }
  auto setting = [&](const char* name, std::string& target) {
    if (auto at = survey.settings.find(name); at != survey.settings.end()) target = at->second;
  };
  setting("form_id", survey.form_id);
  survey.title = survey.form_id;
  auto yes = [&](const char* name) {
    auto at = survey.settings.find(name);
    std::string low = at == survey.settings.end() ? std::string() : base::lower(at->second);
    return low == "yes" || low == "true" || low == "true()";
  };
  if (yes("omit_instanceID") && survey.settings.contains("public_key"))
    reading.say(
        Severity::error, {"settings", 2, "omit_instanceID", 0}, "no_instance_id",
        "instanceID cannot be left out where a public_key encrypts the interviews; take one of the two out");
  setting("form_title", survey.title);
  setting("version", survey.version);
  setting("name", root);
  std::string duplicates;
  setting("allow_choice_duplicates", duplicates);
  reading.allow_choice_duplicates = base::lower(duplicates) == "yes" || base::lower(duplicates) == "true";
  Node node;
  node.kind = NodeKind::group;
  node.name = root;
  survey.nodes.push_back(std::move(node));
}

ReadSurvey read_xlsform(const Workbook& book, const SideFiles& files, QuestionTypes types,
                        const std::map<std::string, std::string>& unread) {
  ReadSurvey out;
  auto survey = std::make_unique<Survey>();
  Reading reading{book, files, types, out.diagnostics, *survey, unread};
  suggest_sheets(reading);
  const Sheet* sheet = survey_sheet(reading);
  if (!sheet) return out;
  read_settings(reading);
  Columns columns(*sheet, "survey", out.diagnostics);
  if (!columns.has("type")) {
    reading.say(Severity::error, {sheet->name, 1, "", 0}, "no_type_column",
                "the first row names no column \"type\"; it must hold the column names");
    return out;
  }
  const Sheet* choices = book.find("choices");
  std::vector<Diagnostic> ignored;  // told again, once, when the lists are read
  std::unique_ptr<Columns> choice_columns =
      choices ? std::make_unique<Columns>(*choices, "choices", ignored) : nullptr;
  reading.survey_columns = &columns;
  read_languages(reading, *sheet, columns, choice_columns.get());
  read_lists(reading);
  read_rows(reading, *sheet, columns);
  if (survey->nodes.size() == 1 && survey->lists.empty() && !has_errors(out.diagnostics))
    reading.say(Severity::error, {sheet->name, 0, "", 0}, "no_questions", "this form has no questions");
  survey->index_names();
  read_entities(reading);
  take_triggers(reading);
  check_names(reading);
  check_instances(reading);
  compile_logic(reading);
  if (survey->layout) find_cycles(*survey, out.diagnostics);
  count_translations(reading);
  if (!has_errors(out.diagnostics)) out.survey = std::move(survey);
  return out;
}

std::set<std::string> side_files_of(const Workbook& book, QuestionTypes types) {
  std::set<std::string> out;
  const Sheet* sheet = find_survey(book);
  if (!sheet) return out;
  std::vector<Diagnostic> ignored;  // told when the form is read
  Columns columns(*sheet, "survey", ignored);
  for (size_t r = 1; r < sheet->rows.size(); ++r) {
    std::string type = columns.text(sheet->rows[r], "type");
    TypeWord word = type_of(type, types);
    for (const std::string& cell : sheet->rows[r])
      for (const char* function : {"pulldata", "search"})
        for (const std::string& file : files_in(plain_logic(cell), function)) out.insert(base::lower(file));
    if (base::lower(type) == "csv-external")
      out.insert(base::lower(columns.text(sheet->rows[r], "name")) + ".csv");
    if (word.type && takes_file(*word.type) && !word.argument.empty()) out.insert(base::lower(word.argument));
  }
  return out;
}

}  // namespace definition
