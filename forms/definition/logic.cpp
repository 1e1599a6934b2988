// The last stage: names are known, so logic is compiled, rosters are found, circles and gaps are told.
#include <algorithm>
#include <set>

#include "forms/base/utf8.h"
#include "forms/definition/reading.h"
#include "forms/definition/references.h"
#include "forms/definition/xform_reading.h"

namespace definition {
namespace {

bool is_yes(const std::string& text) {
  std::string low = base::lower(text);
  return low == "yes" || low == "true" || low == "true()" || low == "1" || low == "y";
}
bool is_no(const std::string& text) {
  std::string low = base::lower(text);
  return low == "no" || low == "false" || low == "false()" || low == "0" || low == "n";
}

void report(Reading& reading, const std::vector<language::Problem>& problems, const Place& place) {
  for (const language::Problem& problem : problems)
    reading.say(problem.is_error ? Severity::error : Severity::warning, place, problem.code, problem.text);
}

// Spreadsheets turn true and false into words of their own. Source: pyxform, BINDING_CONVERSIONS.
std::string truth_word(const std::string& source) {
  std::string low = base::lower(source);
  if (low == "yes" || low == "true") return "true()";
  if (low == "no" || low == "false") return "false()";
  return source;
}

// ${last-saved#name} is not yet kept: it is empty, as on the first interview of a device.
std::string without_last_saved(Reading& reading, std::string source, const Place& place) {
  constexpr std::string_view mark = "${last-saved#";
  size_t at = source.find(mark);
  if (at == std::string::npos) return source;
  reading.say(Severity::note, place, "not_yet_last_saved", "last-saved is not yet supported: it is empty");
  for (; at != std::string::npos; at = source.find(mark, at)) {
    size_t close = source.find('}', at);
    if (close == std::string::npos) break;
    source.replace(at, close - at + 1, "''");
  }
  return source;
}

// jr:itext(PATH/itextId) is the label, in the session's language, of the choice that PATH finds.
std::string with_labels(std::string source) {
  constexpr std::string_view call = "jr:itext(";
  constexpr std::string_view tail = "/itextId";
  for (size_t at = source.find(call); at != std::string::npos; at = source.find(call, at + 1)) {
    int depth = 1;
    size_t end = at + call.size();
    for (; end < source.size() && depth > 0; ++end)
      depth += source[end] == '(' ? 1 : source[end] == ')' ? -1 : 0;
    if (depth != 0) break;
    std::string inside = base::trim(source.substr(at + call.size(), end - 1 - at - call.size()));
    if (inside.size() <= tail.size() || inside.compare(inside.size() - tail.size(), tail.size(), tail) != 0)
      continue;
    inside.resize(inside.size() - tail.size());
    source.replace(at, end - at, "string(" + inside + "/label)");
  }
  return source;
}

std::string prepared(Reading& reading, const Logic& logic) {
  return with_labels(without_last_saved(reading, truth_word(logic.source), logic.place));
}

void compile_cell(Reading& reading, Logic& logic, NodeIndex context) {
  if (logic.source.empty()) return;
  language::Compiled compiled = language::compile(prepared(reading, logic), reading.survey, context);
  report(reading, compiled.problems, logic.place);
  logic.compiled = std::move(compiled.expression);
}

// A filter of a roster's rows by bare steps ("name != ''") is read from the repeat elsewhere; not yet here.
void compile_roster_filter(Reading& reading, Logic& filter, NodeIndex context) {
  size_t before = reading.diagnostics.size();
  compile_cell(reading, filter, context);
  if (filter.source.find("${") != std::string::npos) return;
  for (size_t i = before; i < reading.diagnostics.size(); ++i) {
    Diagnostic& d = reading.diagnostics[i];
    if (d.code != "unknown_name") continue;
    d.severity = Severity::warning;
    d.text += "; all answers are offered. A question is named as ${name}";
  }
}

// The interview's name and an entity's label are conveniences: a bare word in one, as templates leave it, refuses no
// form.
void compile_loose(Reading& reading, Logic& logic, NodeIndex context, const std::string& consequence) {
  size_t before = reading.diagnostics.size();
  compile_cell(reading, logic, context);
  if (logic.source.find("${") != std::string::npos) return;
  for (size_t i = before; i < reading.diagnostics.size(); ++i) {
    Diagnostic& d = reading.diagnostics[i];
    if (d.code != "unknown_name") continue;
    d.severity = Severity::warning;
    d.text += "; " + consequence + ": '" + logic.source + "'";
  }
}

// A filter over a column that is not there would leave no choice: all are offered, and it is said.
void compile_filter(Reading& reading, Logic& filter, const ChoiceList& list, NodeIndex context) {
  language::Compiled compiled =
      language::compile_filter(prepared(reading, filter), reading.survey, context, list.id);
  bool gone = false;
  for (language::Problem& problem : compiled.problems)
    if (problem.code == "unknown_column") {
      gone = true;
      problem.text += "; all choices are offered";
    }
  report(reading, compiled.problems, filter.place);
  if (!gone) filter.compiled = std::move(compiled.expression);
}

// The rows a select offers: of its list, through the filter, shuffled where it is asked.
void compile_choices(Reading& reading, Node& node, NodeIndex context) {
  const ChoiceList& list = reading.survey.lists[static_cast<size_t>(node.list)];
  if (list.missing) return;
  bool filtered = static_cast<bool>(node.choice_filter);
  std::string rows = "instance('" + list.id + "')/root/item";
  auto parameter = [&](const char* name) {
    auto at = node.parameters.find(name);
    return at == node.parameters.end() ? std::string() : at->second;
  };
  if (parameter("randomize") != "true") {
    if (filtered) node.choices = node.choice_filter.compiled;
    return;
  }
  if (filtered) rows += "[" + prepared(reading, node.choice_filter) + "]";
  std::string seed = parameter("seed");
  rows = "randomize(" + rows + (seed.empty() ? "" : ", " + seed) + ")";
  language::Compiled compiled = language::compile(rows, reading.survey, context);
  report(reading, compiled.problems, node.place);
  node.choices = std::move(compiled.expression);
}

// A count is read from what holds the repeat, and written as from beside it: "../n" is n there.
void compile_count(Reading& reading, Node& node) {
  Logic beside = node.repeat_count;
  for (size_t at = beside.source.find("../"); at != std::string::npos;
       at = beside.source.find("../", at + 1)) {
    char before = at == 0 ? ' ' : beside.source[at - 1];
    if (before != '/' && before != '.') beside.source.replace(at, 3, "./");
  }
  compile_cell(reading, beside, node.parent);
  node.repeat_count.compiled = std::move(beside.compiled);
}

void compile_flag(Reading& reading, Logic& logic, NodeIndex context) {
  if (is_no(logic.source)) return;
  if (is_yes(logic.source)) {
    logic.compiled = language::compile("true()", reading.survey, context).expression;
    return;
  }
  compile_cell(reading, logic, context);
}

// A default is an expression when it calls a function, counts or names a question; "Rabat (centre)" is text.
void compile_default(Reading& reading, Node& node, NodeIndex context) {
  Logic& logic = node.default_value;
  if (!is_dynamic_default(logic.source, reading.survey.data_of(context))) return;
  Logic plain{plain_logic(logic.source), logic.place, {}};
  language::Compiled compiled = language::compile(prepared(reading, plain), reading.survey, context);
  logic.compiled = std::move(compiled.expression);
  bool named = !references_in(logic.source).empty();
  if (!logic.compiled.empty() || named) {
    node.default_is_expression = true;
    report(reading, compiled.problems, logic.place);
    return;
  }
  // Not an expression here: other programs would evaluate it, and find nothing where it names nothing.
  bool lost = std::all_of(compiled.problems.begin(), compiled.problems.end(),
                          [](const language::Problem& p) { return !p.is_error || p.code == "unknown_name"; });
  node.default_is_expression = lost;
  for (const language::Problem& problem : compiled.problems)
    if (lost && problem.is_error)
      reading.say(Severity::warning, logic.place, problem.code, problem.text + "; the question begins empty");
}

// "Hello ${name}" in pieces; a name that is not there is told once for all languages.
// `place` gives the cell of the text in a language.
template <class PlaceOf>
void compile_text(Reading& reading, Text& text, NodeIndex context, PlaceOf place_of,
                  std::set<std::string>& told) {
  for (size_t i = 0; i < text.source.size(); ++i) {
    const std::string& source = text.source[i];
    if (source.find("${") == std::string::npos && source.find("instance(") == std::string::npos) continue;
    if (values_in_text(source).empty()) continue;
    text.pieces.resize(text.source.size());
    size_t at = 0;
    for (const Span& span : values_in_text(source)) {
      if (span.begin > at) text.pieces[i].push_back({source.substr(at, span.begin - at), {}});
      at = span.end;
      std::string value = source.substr(span.begin, span.end - span.begin);
      if (value.rfind("${last-saved#", 0) == 0) {
        if (told.insert(value).second) (void)without_last_saved(reading, value, place_of(i));
        text.pieces[i].push_back({"", {}});
        continue;
      }
      language::Compiled compiled = language::compile(plain_logic(value), reading.survey, context);
      if (compiled.expression.empty() && told.insert(value).second) {
        // What only looks like an expression is text; a question that is not there is a slip.
        bool meant = value.rfind("${", 0) == 0;
        for (language::Problem& problem : compiled.problems) problem.is_error = problem.is_error && meant;
        report(reading, compiled.problems, place_of(i));
      }
      text.pieces[i].push_back({compiled.expression.empty() ? value : "", std::move(compiled.expression)});
    }
    if (at < source.size()) text.pieces[i].push_back({source.substr(at), {}});
  }
}

// A file's name may hold values too: sound of ${language}.mp3.
void compile_media(Reading& reading, NodeIndex index, const std::string& form, Text& media) {
  std::set<std::string> told;
  const Node& node = reading.survey.nodes[index];
  compile_text(
      reading, media, index,
      [&](size_t language) {
        return reading.survey_columns->place(node.place.row, form, reading.survey.languages[language]);
      },
      told);
}

// Labels that hold values of the interview are few: only those are kept in pieces.
void compile_labels(Reading& reading, ChoiceList& list) {
  std::set<std::string> told;
  for (uint32_t row = 0; row < list.size(); ++row) {
    bool live = false;
    for (int column : list.label_columns)
      live = live || (column >= 0 && list.table.cell(row, column).find("${") != std::string_view::npos);
    for (const auto& [form, columns] : list.media)  // their names are known, or told
      for (size_t i = 0; i < columns.size(); ++i) {
        if (columns[i] < 0 || list.table.cell(row, columns[i]).find("${") == std::string_view::npos) continue;
        Text named;
        named.source.emplace_back(list.table.cell(row, columns[i]));
        Place place{list.from_file ? list.name : "choices", list.sheet_rows[row], form, 0};
        compile_text(
            reading, named, 0, [&](size_t) { return place; }, told);
      }
    if (!live) continue;
    Text text;
    for (size_t i = 0; i < list.label_columns.size(); ++i)
      text.source.emplace_back(list.label(row, static_cast<int>(i)));
    compile_text(
        reading, text, 0,
        [&](size_t) {
          return Place{list.from_file ? list.name : "choices", list.sheet_rows[row], "label", 0};
        },
        told);
    list.live_labels[row] = std::move(text);
  }
}

void find_roster(Reading& reading, NodeIndex index) {
  Survey& survey = reading.survey;
  Node& node = survey.nodes[index];
  size_t open = node.type_word.find("${");
  if (!node.type->takes_list || open == std::string::npos) return;
  size_t close = node.type_word.find('}', open);
  std::string name =
      base::trim(node.type_word.substr(open + 2, close == std::string::npos ? close : close - open - 2));
  std::span<const NodeIndex> found = survey.named(name);
  Place place = node.place;
  if (found.empty()) {
    std::string near = base::nearest(name, survey.all_names());
    reading.say(Severity::error, place, "unknown_name",
                "no question named \"" + name + "\" for the choices" +
                    (near.empty() ? "" : "; did you mean \"" + near + "\"?"));
    return;
  }
  node.roster = found.front();
  if (survey.repeats_around(node.roster).empty())
    reading.say(Severity::warning, place, "roster_not_repeated",
                "\"" + name + "\" is not in a repeat, so there is at most one choice");
}

}  // namespace

void compile_logic(Reading& reading) {
  Survey& survey = reading.survey;
  survey.name_identities();
  for (NodeIndex i = 1; i < survey.nodes.size(); ++i) {
    Node& node = survey.nodes[i];
    if (reading.diagnostics.size() > most_told && has_errors(reading.diagnostics)) {
      reading.say(Severity::note, node.place, "more",
                  "from this row on, expressions are not looked at: mend the faults above first");
      return;
    }
    if (node.type) find_roster(reading, i);
    compile_cell(reading, node.relevant, i);
    compile_cell(reading, node.constraint, i);
    // "." keeps what is there, as forms that are filled from outside write it.
    if (node.calculation.source != ".") compile_cell(reading, node.calculation, i);
    compile_flag(reading, node.required, i);
    compile_flag(reading, node.read_only, i);
    compile_default(reading, node, i);
    if (node.kind == NodeKind::repeat) compile_count(reading, node);
    if (!node.choice_filter.source.empty() && node.list >= 0) {
      const ChoiceList& list = survey.lists[static_cast<size_t>(node.list)];
      if (!list.missing) compile_filter(reading, node.choice_filter, list, i);
    }
    if (node.list >= 0) compile_choices(reading, node, i);
    // Asked of each row of the roster, so it is read from there.
    if (node.roster != no_node) compile_roster_filter(reading, node.choice_filter, node.roster);
    std::set<std::string> told;
    const std::pair<const char*, Text*> texts[] = {{"label", &node.label},
                                                   {"hint", &node.hint},
                                                   {"guidance_hint", &node.guidance},
                                                   {"constraint_message", &node.constraint_message},
                                                   {"required_message", &node.required_message}};
    for (auto& [form, media] : node.media) compile_media(reading, i, form, media);
    for (const auto& [column, text] : texts) {
      auto place_of = [&, name = column](size_t language) {
        return reading.survey_columns->place(node.place.row, name, survey.languages[language]);
      };
      compile_text(reading, *text, i, place_of, told);
    }
  }
  for (Action& action : survey.actions) compile_cell(reading, action.value, action.target);
  for (Entity& entity : survey.entities)
    for (Logic* logic : {&entity.id, &entity.create_if, &entity.update_if, &entity.label})
      compile_loose(reading, *logic, entity.holder, "the entity has none. A text stands in quotes");
  for (ChoiceList& list : survey.lists) compile_labels(reading, list);
  compile_loose(reading, survey.instance_name, 0, "interviews get no name. A text stands in quotes");
}

void compile_into(const Survey& survey, Logic& logic, NodeIndex context,
                  std::vector<Diagnostic>& diagnostics) {
  if (logic.source.empty()) return;
  language::Compiled compiled = language::compile(logic.source, survey, context);
  for (const language::Problem& problem : compiled.problems)
    diagnostics.push_back(
        {problem.is_error ? Severity::error : Severity::warning, logic.place, problem.code, problem.text});
  logic.compiled = std::move(compiled.expression);
}

void find_cycles(const Survey& survey, std::vector<Diagnostic>& diagnostics) {
  auto say = [&](Severity severity, Place place, std::string code, std::string text) {
    diagnostics.push_back({severity, std::move(place), std::move(code), std::move(text)});
  };
  // A node hangs on what its logic reads; what a repeat's count reads, its instances hang on.
  std::vector<std::vector<NodeIndex>> reads(survey.nodes.size());
  for (NodeIndex i = 1; i < survey.nodes.size(); ++i) {
    const Node& node = survey.nodes[i];
    for (const Logic* logic : {&node.calculation, &node.relevant, &node.repeat_count})
      for (const language::Dependency& d : logic->compiled.reads()) {
        bool own_count = logic == &node.repeat_count && d.node == i;
        // Through another instance there is no circle: a running total reads the row before.
        if (!own_count && d.node == i && d.shared < survey.layout->depth(survey.layout->scope(i))) continue;
        if (survey.nodes[d.node].kind == NodeKind::question || own_count) reads[i].push_back(d.node);
        // Collect refuses this, others open it: once hidden it stays hidden.
        for (NodeIndex at = survey.nodes[d.node].parent; at != no_node && node.kind != NodeKind::question;
             at = survey.nodes[at].parent)
          if (at == i && logic == &node.relevant)
            say(Severity::warning, node.relevant.place, "hides_itself",
                "\"" + node.name + "\" hides by an answer inside it (\"" + survey.nodes[d.node].name +
                    "\"): once hidden it stays so");
      }
  }
  enum class Mark : uint8_t { fresh, open, done };
  std::vector<Mark> marks(survey.nodes.size());  // fresh
  for (NodeIndex start = 1; start < survey.nodes.size(); ++start) {
    if (marks[start] != Mark::fresh) continue;
    std::vector<std::pair<NodeIndex, size_t>> way = {{start, 0}};
    marks[start] = Mark::open;
    while (!way.empty()) {
      auto [node, next] = way.back();
      if (next == reads[node].size()) {
        marks[node] = Mark::done;
        way.pop_back();
        continue;
      }
      ++way.back().second;
      NodeIndex to = reads[node][next];
      if (marks[to] == Mark::open) {
        std::string path;
        bool inside = false;
        for (const auto& [on_way, ignored] : way) {
          inside |= on_way == to;
          if (inside) path += survey.nodes[on_way].name + " → ";
        }
        const Node& closing = survey.nodes[node];
        say(Severity::error, closing.calculation ? closing.calculation.place : closing.relevant.place,
            "cycle", "these depend on each other in a circle: " + path + survey.nodes[to].name);
      } else if (marks[to] == Mark::fresh) {
        marks[to] = Mark::open;
        way.emplace_back(to, 0);
      }
    }
  }
}

void count_translations(Reading& reading) {
  const Survey& survey = reading.survey;
  if (survey.languages.size() < 2) return;
  for (size_t language = 0; language < survey.languages.size(); ++language) {
    size_t missing = 0;
    std::string places;
    auto note = [&](const std::string& name) {
      if (++missing <= 3) places += (places.empty() ? "" : ", ") + name;
    };
    auto look = [&](const Text& text, const std::string& name) {
      if (text.empty() || text.untranslated ||
          (language < text.source.size() && !text.source[language].empty()))
        return;
      note(name);
    };
    for (const Node& node : survey.nodes) {
      look(node.label, node.name);
      look(node.hint, node.name + " (hint)");
      look(node.constraint_message, node.name + " (constraint message)");
    }
    for (const ChoiceList& list : survey.lists) {
      if (list.from_file) continue;  // names of places have often one column only
      for (uint32_t row = 0; row < list.size(); ++row) {
        bool any = false;
        for (size_t i = 0; i < survey.languages.size(); ++i)
          any = any || !list.label(row, static_cast<int>(i)).empty();
        if (any && list.label(row, static_cast<int>(language)).empty())
          note(list.name + "/" + std::string(list.value(row)));
      }
    }
    // A language that is hardly there is a plan, not a gap: a note.
    if (missing > 0)
      reading.say(Severity::note, {}, "missing_translations",
                  survey.languages[language] + ": " + std::to_string(missing) +
                      " texts are missing, the default language is shown instead; the first: " + places);
  }
}

}  // namespace definition
