#include "collector/app/trial.h"

#include <algorithm>

#include "collector/app/respondent.h"
#include "collector/app/strings.h"
#include "collector/app/walk.h"

namespace app {
namespace {

using engine::NodeId;

class Run {
 public:
  Run(const definition::Survey& survey, int language, uint64_t seed, int most)
      : random_(seed),
        session_(engine::Session::begin(survey, environment(language))),
        person_(random_, survey.languages.empty() ? "" : survey.languages[static_cast<size_t>(language)]),
        most_(most) {}

  Trial hold() {
    walk(0);
    for (int more = 0; more < 40 && add_one(); ++more) {
    }
    mend();
    const definition::Survey& survey = session_.survey();
    for (const engine::Finding& finding : session_.check())
      say(survey.nodes[session_.definition_of(finding.node)].identity,
          finding.judgement == engine::Judgement::required_missing
              ? "an answer is required, and none was found that holds"
              : "no answer was found that its rule takes");
    for (const std::string& identity : person_.unmet())
      say(identity, "no answer was found that its rule takes");
    for (const engine::Fault& fault : session_.faults())
      say(survey.nodes[fault.definition].identity, describe(fault, survey, "en"));
    return std::move(out_);
  }

 private:
  engine::Environment environment(int language) {
    engine::Environment out;
    out.clock = &clock_;
    out.random = &random_;
    out.language = language;
    return out;
  }

  void say(const std::string& question, const std::string& text) {
    bool told = std::any_of(out_.unmet.begin(), out_.unmet.end(),
                            [&](const TrialFinding& one) { return one.question == question; });
    if (!told) out_.unmet.push_back({question, text});
  }

  void give(NodeId node) {
    auto typed = person_.answer(session_, node);
    if (!typed) {
      ++out_.left;
      return;
    }
    const definition::Node& definition = session_.survey().nodes[session_.definition_of(node)];
    std::string text = *typed;
    if (definition.type->accept)
      if (auto stored = definition.type->accept(definition, text)) text = *stored;
    session_.set(node, text);
    clock_.advance_ms(7000);
    ++out_.answered;
  }

  // From a node to the end, or to where an instance ends.
  void walk(NodeId from) {
    NodeId node = next_question(session_, from);
    for (; node != engine::no_id && out_.answered < most_ && out_.shown < 4 * most_;
         node = next_question(session_, node)) {
      ++out_.shown;
      if (is_answerable(session_, node) && session_.value(node).empty()) give(node);
    }
    out_.ended = node == engine::no_id;
  }

  // A second instance of the first repeat that has one and may have more.
  bool add_one() {
    std::vector<NodeId> open = {0};
    while (!open.empty()) {
      NodeId node = open.back();
      open.pop_back();
      if (!session_.relevant(node)) continue;
      for (definition::NodeIndex child : session_.survey().nodes[session_.definition_of(node)].children)
        if (session_.survey().nodes[child].kind == definition::NodeKind::repeat &&
            session_.may_add(node, child) && session_.instances(node, child).size() < 2) {
          engine::Change change = session_.add(node, child);
          if (change.added.empty()) continue;
          walk(0);  // what is blank is answered, wherever the instance stands
          return out_.ended;
        }
      for (NodeId child : session_.children(node)) open.push_back(child);
    }
    return false;
  }

  // An answer that came later may make an earlier one wrong, or wanted.
  void mend() {
    for (int round = 0; round < 3; ++round) {
      std::vector<engine::Finding> findings = session_.check();
      if (findings.empty()) return;
      for (const engine::Finding& finding : findings)
        if (session_.exists(finding.node) && is_answerable(session_, finding.node)) give(finding.node);
      walk(0);
    }
  }

  base::ManualClock clock_{base::Instant{1772445600000}, 60};  // 2026-03-02T11:00+01:00
  base::SeededRandom random_;
  engine::Session session_;
  Respondent person_;
  int most_;
  Trial out_;
};

}  // namespace

Trial try_form(const definition::Survey& survey, int language, uint64_t seed, int most) {
  return Run(survey, language, seed, most).hold();
}

std::string describe(const engine::Fault& fault, const definition::Survey& survey,
                     const std::string& language) {
  const Strings strings(language);
  const Strings::Values values = {{"question", survey.nodes[fault.definition].name}};
  switch (fault.why) {
    case engine::Fault::Why::too_long:
      return strings.tr("fault.long.text", values);
    case engine::Fault::Why::too_much_text:
      return strings.tr("fault.text.text", values);
    case engine::Fault::Why::too_many_instances:
      return strings.tr("fault.instances.text", values);
    case engine::Fault::Why::never_rests:
      return strings.tr("fault.rest.text", values);
    case engine::Fault::Why::no_function:
      return strings.tr("fault.function.text", values);
  }
  return {};
}

}  // namespace app
