// Between the engine's words (ODK text, nodes) and the record's (tagged values, identities).
#include <algorithm>

#include "collector/app/interview.h"

namespace app {

using definition::DataType;
using definition::Node;
using record::Tag;

namespace {

Tag tag_of(const Node& node) {
  auto role = node.extra.find("x_role");
  bool consent = role != node.extra.end() && role->second.rfind("consent", 0) == 0;
  switch (node.type ? node.type->data : DataType::text) {
    case DataType::integer:
      return Tag::integer;
    case DataType::decimal:
      return Tag::decimal;
    case DataType::boolean:
      return Tag::boolean;
    case DataType::date:
      return Tag::date;
    case DataType::time:
      return Tag::time;
    case DataType::date_time:
      return Tag::date_time;
    case DataType::choice:
      return consent ? Tag::consent : Tag::choice;
    case DataType::choices:
      return Tag::choices;
    case DataType::ranking:
      return Tag::ranking;
    case DataType::place:
    case DataType::trace:
    case DataType::shape:
      return Tag::place;
    case DataType::attachment:
      return Tag::attachment;
    case DataType::none:
    case DataType::text:
      return Tag::text;
  }
  return Tag::text;
}

}  // namespace

record::Tag kind_of_value(const definition::Survey& survey, definition::NodeIndex node) {
  return survey.nodes[node].kind == definition::NodeKind::repeat ? Tag::present : tag_of(survey.nodes[node]);
}

base::Result<record::Value> record_value(const definition::Survey& survey, definition::NodeIndex node,
                                         std::string_view text) {
  if (text.empty()) return record::Value{};
  auto value = record::make_value(tag_of(survey.nodes[node]), text);
  if (!value)
    value = record::make_value(Tag::text, text);  // a calculation that gives words where a number stands
  return value;
}

record::Key record_key(const definition::Survey& survey, const engine::Path& path) {
  return {survey.nodes[path.node].identity, path.instances};
}

std::optional<engine::Path> engine_path(const definition::Survey& survey, const record::Key& key) {
  definition::NodeIndex node = survey.by_identity(key.question);
  if (node == definition::no_node) return std::nullopt;
  return engine::Path{node, key.instances};
}

record::Origin record_origin(engine::Origin origin) {
  switch (origin) {
    case engine::Origin::given:
      return record::Origin::given;
    case engine::Origin::captured:
      return record::Origin::captured;
    case engine::Origin::calculated:
      return record::Origin::calculated;
  }
  return record::Origin::given;
}

definition::Draft draft_of(const engine::Session& session) {
  definition::Draft out;
  for (const engine::SavedInstance& one : session.saved_instances())
    out.instances.push_back({one.path.node, one.path.instances});
  for (const engine::SavedValue& one : session.saved_values())
    out.answers.push_back(
        {one.path.node, one.path.instances, one.text, one.origin != engine::Origin::calculated});
  return out;
}

engine::Session resume_session(const definition::Survey& survey, engine::Environment environment,
                               const std::vector<record::Answer>& answers,
                               const std::vector<record::Answer>& instances) {
  std::vector<engine::SavedInstance> saved_instances;
  for (const record::Answer& instance : instances)
    if (auto path = engine_path(survey, instance.key)) saved_instances.push_back({*path});
  std::vector<engine::SavedValue> values;
  values.reserve(answers.size());
  for (const record::Answer& answer : answers) {
    auto path = engine_path(survey, answer.key);
    if (!path || answer.origin == record::Origin::calculated) continue;
    values.push_back(
        {*path, record::display(answer.value),
         answer.origin == record::Origin::captured ? engine::Origin::captured : engine::Origin::given});
  }
  return engine::Session::resume(survey, std::move(environment), saved_instances, values);
}

}  // namespace app
