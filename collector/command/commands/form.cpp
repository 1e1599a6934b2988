// rihla form check|convert|show|diff|try|migrate: forms, before the field.
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "collector/app/form_files.h"
#include "collector/app/trial.h"
#include "collector/command/form_trial.h"
#include "forms/definition/difference.h"
#include "forms/definition/lints.h"

namespace command {
namespace {

using definition::Diagnostic;
using definition::Severity;
using Json = nlohmann::ordered_json;

struct Options {
  std::string form, target, language, answers;
  uint64_t seed = 1;
  std::vector<std::string> lists;
  bool quiet_notes = false, replace = false;
};

std::vector<std::filesystem::path> list_folders(const Options& options) {
  return {options.lists.begin(), options.lists.end()};
}

std::string_view word(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "error";
    case Severity::warning:
      return "warning";
    case Severity::note:
      return "note";
  }
  return "note";
}

Json to_json(const Diagnostic& d) {
  return {{"severity", word(d.severity)},
          {"sheet", d.place.sheet},
          {"row", d.place.row},
          {"column", d.place.column},
          {"address", definition::address(d.place)},
          {"code", d.code},
          {"text", d.text}};
}

int count(const std::vector<Diagnostic>& all, Severity severity) {
  return static_cast<int>(
      std::count_if(all.begin(), all.end(), [&](const Diagnostic& d) { return d.severity == severity; }));
}

// What a first look at the form already meets: logic beyond every bound.
void bounds_met(const definition::Survey& survey, std::vector<Diagnostic>& all) {
  base::SystemClock clock;
  base::SeededRandom random{1};
  engine::Environment environment;
  environment.clock = &clock;
  environment.random = &random;
  for (const engine::Fault& fault : engine::Session::begin(survey, environment).faults())
    all.push_back({Severity::warning, survey.nodes[fault.definition].place, "bound_met",
                   app::describe(fault, survey, "en")});
}

int check(const Options& options, Terminal& terminal) {
  auto form = app::read_form(options.form, list_folders(options));
  if (!form) return terminal.fail(form.error());
  std::vector<Diagnostic> all = form->read.diagnostics;
  if (form->read.survey)
    for (Diagnostic& d : definition::lint(*form->read.survey)) all.push_back(std::move(d));
  if (form->read.survey) bounds_met(*form->read.survey, all);
  for (const std::string& one : form->not_in_sheets)
    all.push_back({Severity::note, {}, "not_in_sheets", "an XLSForm cannot say " + one});
  bool opens = form->read.survey != nullptr;
  if (terminal.json) {
    Json object{{"form", options.form},
                {"opens", opens},
                {"milliseconds", form->milliseconds},
                {"diagnostics", Json::array()}};
    if (opens) {
      object["form_id"] = form->read.survey->form_id;
      object["version"] = form->read.survey->version;
      object["languages"] = form->read.survey->languages;
      object["nodes"] = form->read.survey->nodes.size() - 1;
    }
    for (const Diagnostic& d : all) object["diagnostics"].push_back(to_json(d));
    terminal.out << object.dump(-1, ' ', false, Json::error_handler_t::replace) << "\n";
    return opens ? 0 : 1;
  }
  for (const Diagnostic& d : all)
    if (d.severity != Severity::note || !options.quiet_notes)
      terminal.out << word(d.severity) << ": " << definition::describe(d) << "\n";
  terminal.out << options.form << ": " << (opens ? "opens" : "is refused") << "; "
               << count(all, Severity::error) << " errors, " << count(all, Severity::warning) << " warnings, "
               << count(all, Severity::note) << " notes\n";
  return opens ? 0 : 1;
}

bool is_xml(const std::string& path) {
  return path.size() > 4 && path.compare(path.size() - 4, 4, ".xml") == 0;
}

// Nothing that is there is written over unasked, and an ending is what it says.
base::Status may_write(const Options& options) {
  namespace fs = std::filesystem;
  fs::path target = options.target;
  std::string ending = target.filename().extension().string();
  if (!ending.empty() && ending != ".xlsx" && ending != ".xml" && !fs::is_directory(target))
    return base::fail(base::Fault::invalid, options.target,
                      "Forms are written as .xlsx, as .xml, or into a folder whose name has no ending.");
  bool is_folder = ending != ".xlsx" && ending != ".xml";
  if (!options.replace && fs::exists(is_folder ? target / "survey.csv" : target))
    return base::fail(base::Fault::conflict, options.target,
                      "There is a form already. Give another name, or --replace to write over it.");
  return {};
}

int convert(const Options& options, Terminal& terminal) {
  if (auto may = may_write(options); !may) return terminal.fail(may.error());
  auto form = app::read_form(options.form, list_folders(options));
  if (!form) return terminal.fail(form.error());
  if (auto done = app::write_form(*form, options.target); !done) return terminal.fail(done.error());
  auto again = app::read_form(options.target, list_folders(options));
  if (!again) return terminal.fail(again.error());
  bool crosses = is_xml(options.form) != is_xml(options.target);
  std::string renamed;
  if (!crosses && !is_xml(options.target) && form->read.survey && again->read.survey) {
    if (again->read.survey->form_id != form->read.survey->form_id) renamed = again->read.survey->form_id;
    // Side files stay where they are, and a form without a form_id is named by its file; the rest must be the same.
    again->files = form->files;
    again->book.name = form->book.name;
    again->read = app::form_from_sheets(again->book, form->files).read;
  }
  // Between sheets and XForm the words differ (paths for names), so the form must open; else it is the same.
  bool good = !form->read.survey ||
              (again->read.survey && (crosses || definition::canonical_bytes(*form->read.survey) ==
                                                     definition::canonical_bytes(*again->read.survey)));
  bool to_sheets = crosses && is_xml(options.form);
  if (terminal.json) {
    Json object{{"written", options.target}, {crosses ? "opens" : "reads_back_the_same", good}};
    if (to_sheets) object["lost"] = form->not_in_sheets;
    terminal.out << object.dump() << "\n";
  } else {
    terminal.out << "written: " << options.target
                 << (!good     ? ""
                     : crosses ? " (opens)"
                               : " (reads back as the same form)")
                 << "\n";
    if (!renamed.empty())
      terminal.out << "note: the settings give no form_id, so under this name it is \"" << renamed << "\"\n";
    for (const std::string& one : form->not_in_sheets)
      if (to_sheets) terminal.out << "note: an XLSForm cannot say " << one << "\n";
  }
  if (!good) {
    terminal.err << "rihla: error: " << options.target
                 << (crosses ? ": what was written does not open\n"
                             : ": what was written does not read back as the same form\n");
    for (const Diagnostic& d : again->read.diagnostics)
      if (d.severity == Severity::error) terminal.err << "rihla: " << definition::describe(d) << "\n";
  }
  return good ? 0 : 1;
}

std::string_view word(definition::Effect effect) {
  switch (effect) {
    case definition::Effect::none:
      return "no effect";
    case definition::Effect::shown:
      return "shown";
    case definition::Effect::judged:
      return "judged";
    case definition::Effect::added:
      return "added";
    case definition::Effect::recoded:
      return "recoded";
    case definition::Effect::archived:
      return "archived";
  }
  return "";
}

// Reads both forms, says which does not open.
base::Status open_both(const Options& options, base::Result<app::FormFile>& before,
                       base::Result<app::FormFile>& after) {
  before = app::read_form(options.form, list_folders(options));
  if (!before) return base::pass(before.error());
  after = app::read_form(options.target, list_folders(options));
  if (!after) return base::pass(after.error());
  for (const auto& [path, read] :
       {std::pair{options.form, &before->read}, std::pair{options.target, &after->read}})
    if (!read->survey)
      return base::fail(base::Fault::invalid, path, "This form does not open; `rihla form check` says why.");
  return {};
}

// What changed from one version to the next, and what it does to interviews begun before.
int diff(const Options& options, Terminal& terminal) {
  base::Result<app::FormFile> before, after;
  if (auto done = open_both(options, before, after); !done) return terminal.fail(done.error());
  definition::Difference found = definition::difference(*before->read.survey, *after->read.survey);
  auto archives = std::count_if(
      found.changes.begin(), found.changes.end(),
      [](const definition::Change& change) { return change.effect == definition::Effect::archived; });
  if (terminal.json) {
    Json object{{"changes", Json::array()}, {"archives", archives}};
    for (const definition::Change& change : found.changes)
      object["changes"].push_back({{"effect", word(change.effect)},
                                   {"question", change.identity},
                                   {"what", change.what},
                                   {"text", change.text},
                                   {"address", definition::address(change.place)}});
    terminal.out << object.dump(-1, ' ', false, Json::error_handler_t::replace) << "\n";
    return 0;
  }
  for (const definition::Change& change : found.changes)
    terminal.out << word(change.effect) << ": " << change.text << "\n";
  terminal.out << found.changes.size() << " changes";
  terminal.out << (archives == 0 ? "; every answer of an interview begun before keeps its place\n"
                                 : "; answers of " + std::to_string(archives) +
                                       " changes have no place any more and are kept as archived answers\n");
  return 0;
}

std::string text_in(const definition::Survey& survey, const definition::Text& text, int language) {
  auto i = static_cast<size_t>(language);
  if (i < text.source.size() && !text.source[i].empty()) return text.source[i];
  auto d = static_cast<size_t>(survey.default_language);
  return d < text.source.size() ? text.source[d] : std::string();
}

void outline(const definition::Survey& survey, definition::NodeIndex node, int depth, int language,
             Terminal& terminal) {
  for (definition::NodeIndex child : survey.nodes[node].children) {
    const definition::Node& n = survey.nodes[child];
    std::string kind = n.kind == definition::NodeKind::group    ? "group"
                       : n.kind == definition::NodeKind::repeat ? "repeat"
                                                                : n.type_word;
    terminal.out << std::string(static_cast<size_t>(depth) * 2, ' ') << n.name << "  [" << kind << "]  "
                 << text_in(survey, n.label, language);
    if (n.relevant) terminal.out << "  (if " << n.relevant.source << ")";
    terminal.out << "\n";
    outline(survey, child, depth + 1, language, terminal);
  }
}

Json outline_json(const definition::Survey& survey, int language) {
  Json nodes = Json::array();
  for (size_t i = 1; i < survey.nodes.size(); ++i) {
    const definition::Node& n = survey.nodes[i];
    nodes.push_back({{"name", n.name},
                     {"identity", n.identity},
                     {"type", n.type_word},
                     {"label", text_in(survey, n.label, language)},
                     {"relevant", n.relevant.source}});
  }
  return nodes;
}

int show(const Options& options, Terminal& terminal) {
  auto form = app::read_form(options.form, list_folders(options));
  if (!form) return terminal.fail(form.error());
  if (!form->read.survey) {
    for (const Diagnostic& d : form->read.diagnostics)
      terminal.err << word(d.severity) << ": " << definition::describe(d) << "\n";
    return 1;
  }
  const definition::Survey& survey = *form->read.survey;
  int language = options.language.empty() ? survey.default_language : survey.language_index(options.language);
  if (language < 0) {
    std::string names;
    for (const std::string& name : survey.languages) names += (names.empty() ? "" : ", ") + name;
    return terminal.fail(
        {base::Fault::missing, options.language, "This form has no such language; it has: " + names + "."});
  }
  if (terminal.json) {
    terminal.out << Json{{"form_id", survey.form_id},
                         {"title", survey.title},
                         {"version", survey.version},
                         {"languages", survey.languages},
                         {"nodes", outline_json(survey, language)}}
                        .dump(-1, ' ', false, Json::error_handler_t::replace)
                 << "\n";
    return 0;
  }
  terminal.out << survey.title << "  (" << survey.form_id << ", version " << survey.version << ")\n";
  outline(survey, 0, 1, language, terminal);
  return 0;
}

int migrate(const Options& options, Terminal& terminal) {
  base::Result<app::FormFile> before, after;
  if (auto done = open_both(options, before, after); !done) return terminal.fail(done.error());
  return migrate_answers(*before, *after, options.answers, terminal);
}

int tried(const Options& options, Terminal& terminal) {
  auto form = app::read_form(options.form, list_folders(options));
  if (!form) return terminal.fail(form.error());
  if (!form->read.survey)
    return terminal.fail(
        {base::Fault::invalid, options.form, "This form does not open; `rihla form check` says why."});
  return try_form(*form, options.language, options.seed, terminal);
}

void declare(CLI::App& app, Invocation& invocation) {
  auto options = std::make_shared<Options>();  // shared by the options and the action, both gone with the app
  app.require_subcommand(1);
  auto form = [options](CLI::App* sub) {
    sub->add_option("form", options->form,
                    "an .xlsx or XForm .xml file, or a folder with survey.csv, choices.csv, settings.csv")
        ->required();
    sub->add_option("--lists", options->lists, "a further folder of side files (admin1.csv …)");
  };
  CLI::App* check_app = app.add_subcommand(
      "check",
      "say what is wrong with a form, all at once, with sheet, row and column; exit 1 where it is refused");
  form(check_app);
  check_app->add_flag("--no-notes", options->quiet_notes, "leave out notes");
  CLI::App* convert_app = app.add_subcommand(
      "convert", "write a form as .xlsx, as a folder of CSV sheets, or as an XForm .xml, and read it back");
  form(convert_app);
  convert_app->add_option("target", options->target, "file.xlsx, file.xml, or a folder")->required();
  convert_app->add_flag("--replace", options->replace, "write over a form that is there");
  CLI::App* show_app = app.add_subcommand("show", "print a form's outline in one of its languages");
  form(show_app);
  show_app->add_option("--language", options->language, "a language of the form: fr, or its whole name");
  CLI::App* diff_app = app.add_subcommand(
      "diff",
      "say what changed between two versions of a form, and what it does to interviews begun with the first");
  form(diff_app);
  diff_app->add_option("after", options->target, "the later version")->required();
  CLI::App* migrate_app = app.add_subcommand(
      "migrate", "move the answers of an interview begun with one version to the next; none is left out");
  form(migrate_app);
  migrate_app->add_option("after", options->target, "the later version")->required();
  migrate_app->add_option("answers", options->answers, "JSON lines, as `rihla fill --script` takes them")
      ->required();
  CLI::App* try_app = app.add_subcommand(
      "try",
      "let a simulated respondent answer the form in each of its languages, and list what could not be met");
  form(try_app);
  try_app->add_option("--language", options->language, "only in this language");
  try_app->add_option("--seed", options->seed, "another respondent");
  invocation.action = [options, check_app, convert_app, diff_app, migrate_app, try_app](Terminal& terminal) {
    if (check_app->parsed()) return check(*options, terminal);
    if (migrate_app->parsed()) return migrate(*options, terminal);
    if (try_app->parsed()) return tried(*options, terminal);
    if (diff_app->parsed()) return diff(*options, terminal);
    if (convert_app->parsed()) return convert(*options, terminal);
    return show(*options, terminal);
  };
}

}  // namespace

extern const Command form_command;
const Command form_command{
    .name = "form", .summary = "check, convert, compare, show and try forms", .declare = declare};

}  // namespace command
