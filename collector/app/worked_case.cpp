#include "collector/app/worked_case.h"

#include <algorithm>

#include "forms/base/utf8.h"

namespace app {
namespace {

uint64_t seed_of(const base::RecordId& id) {
  return base::Reader(id.bytes).u64();
}

std::string code_of(const definition::Survey& survey, const engine::Session& session) {
  definition::NodeIndex node = survey.by_role("case_code");
  if (node == definition::no_node) return {};
  engine::NodeId at = session.find({node, {}});
  return at == engine::no_id ? std::string() : std::string(session.value(at));
}

// Who was interviewed, where the form says which questions tell: x_role `person`.
std::string person_of(const definition::Survey& survey, const engine::Session& session) {
  std::string out;
  for (definition::NodeIndex i = 0; i < survey.nodes.size(); ++i) {
    auto role = survey.nodes[i].extra.find("x_role");
    if (role == survey.nodes[i].extra.end() || role->second != "person") continue;
    engine::NodeId at = session.find({i, {}});
    std::string said =
        at == engine::no_id ? "" : base::search_fold(base::collapse(std::string(session.value(at))));
    if (said.empty()) return {};
    out += (out.empty() ? "" : "\n") + said;
  }
  return out;
}

}  // namespace

int language_of(const definition::Survey& survey, std::string_view wanted) {
  int language = wanted.empty() ? -1 : survey.language_index(wanted);
  return language < 0 ? survey.default_language : language;
}

WorkedCase work_out(const record::RecordView& record, const definition::Survey& survey, int offset_minutes) {
  std::vector<record::Answer> answers;
  std::vector<record::Answer> instances;
  exports::Case one;
  answers.reserve(record.cells.size());
  for (const record::Cell& cell : record.cells) {
    if (cell.key.question.rfind('@', 0) == 0) continue;
    if (cell.shown.tag == record::Tag::present)
      instances.push_back({cell.key, cell.shown, cell.origin});
    else if (cell.shown.tag == record::Tag::cleared)
      continue;
    else if (survey.by_identity(cell.key.question) == definition::no_node)
      one.unknown.push_back({cell.key.question, cell.key.instances, record::display(cell.shown)});
    else
      answers.push_back({cell.key, cell.shown, cell.origin});
  }
  std::stable_sort(instances.begin(), instances.end(), [](const record::Answer& a, const record::Answer& b) {
    if (a.key.instances.size() != b.key.instances.size())
      return a.key.instances.size() < b.key.instances.size();
    return std::make_pair(a.value.text.size(), a.value.text) <
           std::make_pair(b.value.text.size(), b.value.text);
  });
  auto clock = std::make_unique<base::ManualClock>(record.at, offset_minutes);
  auto random = std::make_unique<base::SeededRandom>(seed_of(record.id));
  engine::Environment environment;
  environment.clock = clock.get();
  environment.random = random.get();
  environment.language = survey.default_language;
  engine::Session resumed = resume_session(survey, environment, answers, instances);
  WorkedCase out{std::move(clock), std::move(random), std::move(one), "", "", std::move(resumed)};
  const engine::Session& session = out.session;
  out.one.record = record.id;
  out.one.form_version = record.form_version;
  out.one.author = record.author;
  out.one.finished = base::format_iso(record.at, offset_minutes);
  out.one.state = record.refused ? "refused" : "finished";
  out.one.conflicts = static_cast<int>(record.conflicts());
  for (const engine::SavedInstance& instance : session.saved_instances())
    out.one.instances.push_back({instance.path.node, instance.path.instances});
  out.one.answers.reserve(record.cells.size());
  for (engine::SavedValue& value : session.saved_values()) {
    engine::NodeId node = session.find(value.path);
    if (!session.relevant(node)) continue;
    out.one.answers.push_back({value.path.node, std::move(value.path.instances), std::move(value.text), ""});
    if (!record.refused && session.judge(node) == engine::Judgement::constraint_failed)
      out.one.needs_review = true;
  }
  out.code = code_of(survey, session);
  out.person = person_of(survey, session);
  return out;
}

}  // namespace app
