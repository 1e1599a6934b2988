// Scenario cases: a whole XForm, answers given to it, and what it shows.
#include <charconv>

#include "forms/definition/xform.h"
#include "forms/engine/session.h"
#include "forms/questions/table.h"
#include "tests/conformance/conform.h"

namespace conform {
namespace {

using definition::NodeKind;
using engine::no_id;
using engine::NodeId;
using engine::Session;

struct Found {
  NodeId node = no_id;                                   // the instance, the first where no place is said
  NodeId parent = no_id;                                 // what holds it
  definition::NodeIndex definition = definition::no_node;
};

// "/data/rep[2]/a"
Found find(const Session& session, std::string_view path) {
  Found at{0, no_id, 0};
  const definition::Survey& survey = session.survey();
  bool root = true;
  while (!path.empty() && at.definition != definition::no_node) {
    path.remove_prefix(path[0] == '/');
    size_t end = std::min(path.find('/'), path.size());
    std::string_view step = path.substr(0, end);
    path.remove_prefix(end);
    size_t place = 1;
    if (size_t bracket = step.find('['); bracket != std::string_view::npos) {
      std::from_chars(step.data() + bracket + 1, step.data() + step.size(), place);
      step = step.substr(0, bracket);
    }
    if (std::exchange(root, false)) continue;
    Found next;
    next.parent = at.node;
    if (at.node != no_id)
      for (definition::NodeIndex child : survey.nodes[at.definition].children)
        if (survey.nodes[child].name == step) next.definition = child;
    if (next.definition != definition::no_node) {
      std::vector<NodeId> all = session.instances(at.node, next.definition);
      if (place >= 1 && place <= all.size()) next.node = all[place - 1];
    }
    at = next;
  }
  return at;
}

// The cases speak of a trigger as true and false; forms store OK, or nothing.
bool is_trigger(const Session& session, NodeId node) {
  const definition::QuestionType* type = session.survey().nodes[session.definition_of(node)].type;
  return type && type->words.front() == "acknowledge";
}

void answer(Session& session, NodeId node, const std::string& value) {
  if (!is_trigger(session, node))
    session.set(node, value);
  else
    session.set(node, value == "true" ? "OK" : "");
}

std::string value_of(const Session& session, NodeId node) {
  std::string value = session.relevant(node) ? std::string(session.value(node)) : std::string();
  return is_trigger(session, node) ? (value.empty() ? "false" : "true") : value;
}

std::string label_of(const Session& session, NodeId node) {
  return session.text(session.survey().nodes[session.definition_of(node)].label, node, session.language());
}

Json read(const Session& session, const std::string& what, const std::string& path) {
  Found at = find(session, path);
  if (what == "count") {
    if (at.definition == definition::no_node || at.parent == no_id) return 0;
    return session.instances(at.parent, at.definition).size();
  }
  if (at.node == no_id) return what == "value" || what == "label" ? Json("") : Json(false);
  if (what == "value") return value_of(session, at.node);
  if (what == "relevant") return session.relevant(at.node);
  if (what == "readonly") return session.read_only(at.node);
  if (what == "label") return label_of(session, at.node);
  std::vector<engine::Offer> offers = session.offers(at.node, session.language());
  if (what == "choice_count") return offers.size();
  Json out = Json::array();
  for (const engine::Offer& offer : offers) out.push_back(offer.value);
  return out;
}

}  // namespace

Json scenario(const Json& asked) {
  Json out;
  std::string xml = text_or(asked, "form");
  base::ByteView bytes(reinterpret_cast<const uint8_t*>(xml.data()), xml.size());
  definition::ReadSurvey form = definition::read_xform(bytes, "form.xml", {}, questions::table());
  if (!form.survey) {
    for (const definition::Diagnostic& d : form.diagnostics)
      if (d.severity == definition::Severity::error) out["error"] = definition::describe(d);
    return out;
  }
  base::SystemClock clock;
  base::SeededRandom random(1);
  engine::Environment environment;
  environment.clock = &clock;
  environment.random = &random;
  environment.language = form.survey->default_language;
  Session session = Session::begin(*form.survey, environment);
  out["reads"] = Json::array();
  for (const Json& step : asked["steps"]) {
    std::string path = text_or(step, "path");
    std::string action = text_or(step, "do");
    if (std::string what = text_or(step, "read"); !what.empty()) {
      out["reads"].push_back(read(session, what, path));
    } else if (action == "answer") {
      Found at = find(session, path);
      const Json& value = step["value"];
      if (at.node != no_id) answer(session, at.node, value.is_string() ? value.get<std::string>() : value.dump());
    } else if (action == "add_repeat") {
      Found at = find(session, path);
      if (at.definition == definition::no_node || at.parent == no_id) continue;
      engine::Change change = session.add(at.parent, at.definition);
      bool after = path.back() == ']' && at.node != no_id && !change.added.empty();
      if (after) session.move(change.added.front(), static_cast<size_t>(session.position(at.node)));
    } else if (action == "remove_repeat") {
      if (Found at = find(session, path); at.node != no_id) session.remove(at.node);
    } else if (action == "language") {
      if (int index = form.survey->language_index(text_or(step, "value")); index >= 0) session.set_language(index);
    }
  }
  return out;
}

}  // namespace conform
