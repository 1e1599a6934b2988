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

WorkedCase work_out(const record::RecordView& record, const definition::Survey& survey, int offset_minutes,
                    std::shared_ptr<const engine::Graph> graph) {
  std::vector<engine::SavedValue> values;
  std::vector<std::pair<const record::Cell*, engine::SavedInstance>> places;
  exports::Case one;
  values.reserve(record.cells.size());
  for (const record::Cell& cell : record.cells) {
    if (cell.key.question.rfind('@', 0) == 0 || cell.shown.tag == record::Tag::cleared) continue;
    definition::NodeIndex node = survey.by_identity(cell.key.question);
    if (cell.shown.tag == record::Tag::present) {
      if (node != definition::no_node) places.push_back({&cell, {{node, cell.key.instances}}});
    } else if (node == definition::no_node) {
      one.unknown.push_back({cell.key.question, cell.key.instances, record::display(cell.shown)});
    } else if (cell.origin != record::Origin::calculated) {
      bool is_captured = cell.origin == record::Origin::captured;
      values.push_back({{node, cell.key.instances},
                        record::display(cell.shown),
                        is_captured ? engine::Origin::captured : engine::Origin::given});
    }
  }
  // Outer instances before inner ones, each where it stood.
  auto order = [](const auto& place) {
    const record::Cell& cell = *place.first;
    return std::make_tuple(cell.key.instances.size(), cell.shown.text.size(), std::string_view(cell.shown.text));
  };
  std::stable_sort(places.begin(), places.end(),
                   [&](const auto& a, const auto& b) { return order(a) < order(b); });
  std::vector<engine::SavedInstance> instances;
  for (auto& [cell, instance] : places) instances.push_back(std::move(instance));
  auto clock = std::make_unique<base::ManualClock>(record.at, offset_minutes);
  auto random = std::make_unique<base::SeededRandom>(seed_of(record.id));
  engine::Environment environment;
  environment.clock = clock.get();
  environment.random = random.get();
  environment.language = survey.default_language;
  environment.graph = std::move(graph);
  engine::Session resumed = engine::Session::resume(survey, environment, instances, values);
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
  for (engine::NodeId node : session.answered()) {
    if (!session.relevant(node)) continue;
    engine::Path path = session.path(node);
    out.one.answers.push_back({path.node, std::move(path.instances), std::string(session.value(node)), ""});
    if (!record.refused && session.judge(node) == engine::Judgement::constraint_failed)
      out.one.needs_review = true;
  }
  out.code = code_of(survey, session);
  out.person = person_of(survey, session);
  return out;
}

}  // namespace app
