#include "tests/fuzz/fuzz.h"

#include <cstdio>
#include <cstdlib>

#include "forms/base/random.h"
#include "forms/definition/lints.h"
#include "forms/engine/session.h"

namespace fuzz {
namespace {

using engine::NodeId;
using engine::Session;

void walk(const Session& session, NodeId node, std::vector<NodeId>& out) {
  for (NodeId child : session.children(node)) {
    if (out.size() > 200) return;
    out.push_back(child);
    walk(session, child, out);
  }
}

void answer(Session& session) {
  const char* const answers[] = {"1", "a", "2026-11-26", "", "-1.5", "a b", "34.02 -6.83 0 0"};
  size_t next = 0;
  std::vector<NodeId> nodes;
  walk(session, 0, nodes);
  for (NodeId node : nodes) {
    if (!session.exists(node)) continue;
    const definition::Node& node_definition = session.survey().nodes[session.definition_of(node)];
    if (node_definition.kind == definition::NodeKind::question) {
      session.set(node, answers[next++ % std::size(answers)]);
      (void)session.offers(node, session.language());
      (void)session.judge(node);
      (void)session.text(node_definition.label, node, session.language());
    }
    for (definition::NodeIndex child : node_definition.children)
      if (session.survey().nodes[child].kind == definition::NodeKind::repeat &&
          session.may_add(node, child)) {
        engine::Change change = session.add(node, child);
        if (!change.added.empty() && next % 3 == 0) session.remove(change.added[0]);
      }
  }
}

}  // namespace

void must(bool holds, const char* sentence) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", sentence);
  std::abort();
}

void look_at(const definition::ReadSurvey& read) {
  must((read.survey != nullptr) != definition::has_errors(read.diagnostics), "a form opens, or has errors");
  for (const definition::Diagnostic& one : read.diagnostics)
    must(!one.text.empty() && !one.code.empty() && !definition::describe(one).empty(),
         "what is said has words");
  if (!read.survey || read.survey->nodes.size() > 300) return;
  (void)definition::lint(*read.survey);
  must(!definition::canonical_bytes(*read.survey).empty(), "a form has bytes");
  base::ManualClock clock(base::Instant{1795514640000}, 60);
  base::SeededRandom random(3);
  engine::Environment environment;
  environment.clock = &clock;
  environment.random = &random;
  Session session = Session::begin(*read.survey, environment);
  answer(session);
  (void)session.check();
  (void)session.instance_name();
  for (size_t language = 0; language < read.survey->languages.size() && language < 3; ++language)
    session.set_language(static_cast<int>(language));
  std::vector<engine::SavedInstance> instances = session.saved_instances();
  std::vector<engine::SavedValue> values = session.saved_values();
  Session again = Session::resume(*read.survey, environment, instances, values);
  for (const engine::SavedValue& one : values)
    if (one.origin == engine::Origin::given && session.faults().empty()) {
      NodeId node = again.find(one.path);
      must(node != engine::no_id, "an answer that was saved has its place");
    }
}

std::vector<std::string> pieces(const uint8_t* data, size_t size) {
  std::vector<std::string> out(1);
  for (size_t i = 0; i < size; ++i)
    if (data[i] == '\f')
      out.emplace_back();
    else
      out.back() += static_cast<char>(data[i]);
  return out;
}

}  // namespace fuzz
