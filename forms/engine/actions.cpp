// Values that are there from the start, and what a form does by itself at its events.
// Source: https://getodk.github.io/xforms-spec/#preload-attributes and #actions.
#include "forms/base/bytes.h"
#include "forms/engine/state.h"

namespace engine {
namespace {

using definition::Action;
using definition::Capture;
using definition::Node;
using definition::NodeKind;

constexpr int deepest_trigger = 32;  // actions that set off actions

std::string new_uuid(base::Random& random) {
  uint8_t raw[16];
  random.fill(raw);
  raw[6] = static_cast<uint8_t>((raw[6] & 0x0f) | 0x40);
  raw[8] = static_cast<uint8_t>((raw[8] & 0x3f) | 0x80);
  std::string hex = base::to_hex(raw);
  return hex.substr(0, 8) + "-" + hex.substr(8, 4) + "-" + hex.substr(12, 4) + "-" + hex.substr(16, 4) + "-" +
         hex.substr(20);
}

}  // namespace

void Session::State::capture(NodeId node, Capture what) {
  base::Instant now = environment.clock->now();
  int offset = environment.clock->offset_at(now);
  switch (what) {
    case Capture::start:
    case Capture::end:
      put(node, base::format_iso(now, offset), Origin::captured);
      return;
    case Capture::today:
      put(node, base::format_date(base::local_date(now, offset)), Origin::captured);
      return;
    case Capture::device_id:
      put(node, environment.device_id, Origin::captured);
      return;
    case Capture::username:
      put(node, environment.username, Origin::captured);
      return;
    case Capture::email:
      put(node, environment.email, Origin::captured);
      return;
    case Capture::phone_number:
      put(node, environment.phone_number, Origin::captured);
      return;
    case Capture::uuid:
      put(node, "uuid:" + new_uuid(*environment.random), Origin::captured);
      return;
    case Capture::none:
    case Capture::audit:
      return;
  }
}

void Session::State::start_values(uint32_t frame, bool defaults) {
  const auto& nodes = survey.layout->scopes()[answers.frame(frame).scope].nodes;
  for (NodeIndex definition : nodes) {
    const Node& node = survey.nodes[definition];
    if (node.kind != NodeKind::question) continue;
    NodeId id = answers.node(frame, definition);
    if (!answers.stored(id).empty()) continue;
    Capture what = survey.capture_of(definition);
    if (what != Capture::none && what != Capture::end) capture(id, what);
    if (defaults && what == Capture::none && !node.default_value.source.empty() &&
        node.default_value.compiled.empty())
      store(id, {false, 0, node.default_value.source}, Origin::given);
  }
}

void Session::State::act(unsigned event, uint32_t frame, Change& change) {
  uint32_t scope = answers.frame(frame).scope;
  // A default that is calculated is such an action, on the first load and in each new instance.
  if (event != definition::load)
    for (NodeIndex definition : survey.layout->scopes()[scope].nodes) {
      const Node& node = survey.nodes[definition];
      if (node.default_value.compiled.empty()) continue;
      NodeId id = answers.node(frame, definition);
      if (!answers.stored(id).empty()) continue;
      bool fresh = node.default_value.compiled.is_volatile();
      carry_out({.events = event, .target = definition, .value = node.default_value}, id, change);
      flags[id].origin = fresh ? Origin::captured : Origin::given;
    }
  for (const Action& action : survey.actions) {
    if ((action.events & event) == 0 || action.target == definition::no_node) continue;
    if (survey.layout->scope(action.target) != scope) continue;
    carry_out(action, answers.node(frame, action.target), change);
  }
}

void Session::State::act_on(NodeId trigger, Change& change) {
  if (trigger_depth_ >= deepest_trigger) return fault(trigger, definition(trigger), Fault::Why::never_rests);
  ++trigger_depth_;
  NodeIndex own = definition(trigger);
  const language::Layout& layout = *survey.layout;
  for (const Action& action : survey.actions) {
    if ((action.events & definition::value_changed) == 0 || action.trigger != own) continue;
    if (action.target == definition::no_node) continue;
    if (!action.where.compiled.empty()) {
      std::vector<Ref> named;
      language::evaluate_nodes(action.where.compiled, *this, {0, trigger}, named);
      for (const Ref& ref : named)
        if (ref.document == 0) carry_out(action, ref.node, change);
      continue;
    }
    // The instances of the target nearest to the trigger.
    uint32_t common = layout.common_scope(layout.scope(own), layout.scope(action.target));
    uint32_t frame = answers.frame_of(trigger);
    while (answers.frame(frame).scope != common) frame = answers.frame(frame).parent;
    std::vector<uint32_t> targets;
    each_below(frame, [&](uint32_t at) {
      if (answers.frame(at).scope == layout.scope(action.target)) targets.push_back(at);
    });
    for (uint32_t at : targets) carry_out(action, answers.node(at, action.target), change);
  }
  --trigger_depth_;
}

void Session::State::carry_out(const Action& action, NodeId target, Change& change) {
  if (action.kind != Action::Kind::set_value) return;  // a place or a sound: the window's, when it can
  settle(change);
  std::string before(answers.stored(target));
  if (action.value.compiled.empty()) {
    put(target, action.literal, Origin::captured);
  } else {
    language::Outcome made;
    language::evaluate_answer(action.value.compiled, *this, {0, target}, made);
    store(target, made, Origin::captured);
  }
  if (answers.stored(target) == before) return;
  show(target, change);
  settle(change);
  act_on(target, change);
}

}  // namespace engine
