#include "collector/command/form_trial.h"

#include <nlohmann/json.hpp>

#include <fstream>

#include "collector/app/terminal_interview.h"
#include "collector/app/trial.h"
#include "forms/definition/difference.h"

namespace command {
namespace {

using Json = nlohmann::ordered_json;
using engine::NodeId;
using engine::Session;

std::string dump(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

struct Bench {  // what a session borrows
  base::SystemClock clock;
  base::SeededRandom random{1};
  engine::Environment environment() {
    engine::Environment out;
    out.clock = &clock;
    out.random = &random;
    return out;
  }
};

// Repeats on the way that are named by positions that do not exist yet are added, as fill's script would.
base::Status play(Session& session, std::istream& in) {
  int number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    std::string place = "line " + std::to_string(number);
    if (line.empty()) continue;
    Json json = Json::parse(line, nullptr, false);
    if (!json.is_object()) return base::fail(base::Fault::invalid, place, "This is not a JSON object.");
    if (json.contains("add") && json["add"].is_string()) {
      std::string wanted = json["add"].get<std::string>();
      size_t slash = wanted.rfind('/');
      NodeId parent = slash == std::string::npos ? 0 : app::find_address(session, wanted.substr(0, slash));
      std::string name = slash == std::string::npos ? wanted : wanted.substr(slash + 1);
      bool added = false;
      if (parent != engine::no_id)
        for (definition::NodeIndex child : session.survey().nodes[session.definition_of(parent)].children)
          if (session.survey().nodes[child].name == name &&
              session.survey().nodes[child].kind == definition::NodeKind::repeat)
            added = !session.add(parent, child).added.empty();
      if (!added)
        return base::fail(base::Fault::missing, place + ", " + wanted,
                          "The first form has no such repeat to add to.");
      continue;
    }
    if (!json.contains("question") || !json["question"].is_string() || !json.contains("answer") ||
        !json["answer"].is_string())
      continue;  // finish
    std::string question = json["question"].get<std::string>();
    NodeId node = app::find_address(session, question);
    if (node == engine::no_id)
      return base::fail(base::Fault::missing, place + ", " + question,
                        "The first form has no such question, or its instance is not added yet.");
    session.set(node, json["answer"].get<std::string>());
  }
  return {};
}

Session session_of(const definition::Survey& survey, const definition::Draft& draft, Bench& bench) {
  std::vector<engine::SavedInstance> instances;
  for (const definition::DraftInstance& one : draft.instances)
    instances.push_back({{one.repeat, one.instances}});
  std::vector<engine::SavedValue> values;
  for (const definition::DraftAnswer& one : draft.answers)
    values.push_back({{one.node, one.instances},
                      one.text,
                      one.given ? engine::Origin::given : engine::Origin::calculated});
  return Session::resume(survey, bench.environment(), instances, values);
}

}  // namespace

int try_form(const app::FormFile& form, const std::string& language, uint64_t seed, Terminal& terminal) {
  const definition::Survey& survey = *form.read.survey;
  std::vector<int> spoken;
  if (!language.empty()) {
    int one = survey.language_index(language);
    if (one < 0)
      return terminal.fail(
          {base::Fault::missing, language, "This form has no such language; `rihla form check` lists them."});
    spoken.push_back(one);
  } else {
    for (size_t i = 0; i < std::max<size_t>(1, survey.languages.size()); ++i)
      spoken.push_back(static_cast<int>(i));
  }
  size_t unmet = 0;
  Json object{{"form_id", survey.form_id}, {"interviews", Json::array()}};
  for (int one : spoken) {
    app::Trial trial = app::try_form(survey, one, seed);
    std::string name = survey.languages.empty() ? "" : survey.languages[static_cast<size_t>(one)];
    unmet += trial.unmet.size();
    if (terminal.json) {
      Json told{{"language", name},
                {"answered", trial.answered},
                {"left", trial.left},
                {"ended", trial.ended},
                {"unmet", Json::array()}};
      for (const app::TrialFinding& f : trial.unmet)
        told["unmet"].push_back({{"question", f.question}, {"text", f.text}});
      object["interviews"].push_back(std::move(told));
      continue;
    }
    terminal.out << (name.empty() ? "the form" : name) << ": " << trial.answered << " answered, "
                 << trial.left << " left blank, " << (trial.ended ? "to its end" : "stopped before its end")
                 << "\n";
    for (const app::TrialFinding& f : trial.unmet)
      terminal.out << "  not met: " << f.question << ": " << f.text << "\n";
  }
  if (terminal.json) terminal.out << dump(object) << "\n";
  return unmet == 0 ? 0 : 1;
}

int migrate_answers(const app::FormFile& before, const app::FormFile& after, const std::string& answers,
                    Terminal& terminal) {
  std::ifstream in(answers);
  if (!in)
    return terminal.fail({base::Fault::missing, answers, "This file is not there, or cannot be read."});
  Bench bench;
  Session old = Session::begin(*before.read.survey, bench.environment());
  if (auto done = play(old, in); !done) return terminal.fail(done.error());
  definition::Difference found = definition::difference(*before.read.survey, *after.read.survey);
  definition::Migrated moved =
      definition::migrate(found, *before.read.survey, *after.read.survey, app::draft_of(old));
  Session session = session_of(*after.read.survey, moved.draft, bench);
  for (const definition::DraftInstance& one : moved.draft.instances)
    if (NodeId node = session.find({one.repeat, one.instances});
        node != engine::no_id && session.position(node) > 1) {
      std::string address = app::address_of(session, node);
      terminal.out << dump({{"add", address.substr(0, address.rfind('['))}}) << "\n";
    }
  for (const definition::DraftAnswer& one : moved.draft.answers) {
    if (!one.given) continue;
    NodeId node = session.find({one.node, one.instances});
    if (node == engine::no_id) continue;  // its instance is archived with it
    terminal.out << dump({{"question", app::address_of(session, node)}, {"answer", one.text}}) << "\n";
  }
  for (const definition::ArchivedAnswer& one : moved.archived)
    terminal.out << dump({{"archived", one.identity}, {"answer", one.text}, {"why", one.why}}) << "\n";
  return 0;
}

}  // namespace command
