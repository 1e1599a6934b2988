// Frames that come and go: instances of repeats, and how answers are addressed.
#include <algorithm>
#include <cmath>
#include <cstring>

#include "forms/engine/state.h"

namespace engine {
namespace {

using definition::Node;
using definition::NodeKind;

uint64_t first_bytes(const InstanceId& id) {
  uint64_t out = 0;
  std::memcpy(&out, id.bytes.data(), sizeof out);
  return out;
}

}  // namespace

Session::State::State(const definition::Survey& survey_, Environment environment_)
    : survey(survey_),
      environment(std::move(environment_)),
      held_graph(environment.graph ? environment.graph : graph_of(survey_)),
      graph(*held_graph),
      answers(*survey_.layout, language::Zone::of(*environment.clock)),
      kept_sums(*survey_.layout) {
  instance = &answers;
  aggregates = &kept_sums;
  set_clock(*environment.clock);
  random = environment.random;
  form_version = survey.version;
  for (const definition::ChoiceList& list : survey.lists)
    documents.push_back({list.tree ? nullptr : &list.table, list.tree.get()});
  speak(environment.language);
}

bool Session::State::exists(NodeId node) const {
  if (node >= answers.node_count()) return false;
  for (uint32_t f = answers.frame_of(node); f != language::no_frame; f = answers.frame(f).parent)
    if (!answers.frame(f).exists) return false;
  return true;
}

uint32_t Session::State::add_frame(NodeIndex repeat, uint32_t parent, const InstanceId& id, size_t place) {
  uint32_t frame = answers.add_frame(survey.layout->scope(repeat), parent, place);
  flags.resize(answers.node_count());
  shown_.resize(answers.node_count(), 0);
  ids.resize(frame + 1);
  ids[frame] = id;
  if (parent == language::no_frame) return frame;
  frame_by_id.emplace(first_bytes(id), frame);
  // What stands in a hidden place is hidden from the start.
  if (NodeId root = answers.frame(frame).base; answers.hidden(answers.parent(root)))
    for (size_t slot = 0; slot < survey.layout->scopes()[answers.frame(frame).scope].nodes.size(); ++slot)
      answers.hide(root + static_cast<NodeId>(slot), true);
  if (kept_sums.watches(repeat)) {
    NodeId root = answers.frame(frame).base;
    kept_sums.changed(answers, root, {}, language::Aggregates::Share::of(answers, root));
  }
  for (NodeIndex node : survey.layout->scopes()[answers.frame(frame).scope].nodes)
    if (node != repeat && kept_sums.watches(node)) {
      NodeId at = answers.node(frame, node);
      kept_sums.changed(answers, at, {}, language::Aggregates::Share::of(answers, at));
    }
  return frame;
}

void Session::State::add_first_instances(uint32_t frame) {
  for (NodeIndex repeat : survey.layout->scopes()[answers.frame(frame).scope].inner) {
    const Node& node = survey.nodes[repeat];
    if (node.repeat_count || node.starts_empty || !answers.instances(frame, repeat).empty()) continue;
    add_first_instances(add_frame(repeat, frame, InstanceId::from(*environment.random)));
  }
}

// What a form's own instance holds is all there is: a blank in it is not filled from the template.
void Session::State::plant(const definition::Seed& seed, uint32_t parent, std::vector<uint32_t>& planted) {
  uint32_t frame = add_frame(seed.repeat, parent, InstanceId::from(*environment.random));
  for (const auto& [node, text] : seed.values) put(answers.node(frame, node), text, Origin::given);
  planted.push_back(frame);
  for (const definition::Seed& inner : seed.inner) plant(inner, frame, planted);
  add_first_instances(frame);
}

void Session::State::grow(NodeIndex repeat, uint32_t parent, size_t place, Change& change) {
  uint32_t frame = add_frame(repeat, parent, InstanceId::from(*environment.random), place);
  change.added.push_back(answers.frame(frame).base);
  add_first_instances(frame);
  each_below(frame, [&](uint32_t inside) { start_values(inside); });
  mark_all(frame);
  each_below(frame, [&](uint32_t inside) { act(definition::new_repeat, inside, change); });
}

void Session::State::take_away(uint32_t frame, Change& change) {
  each_below(frame, [&](uint32_t inside) {
    const auto& nodes = survey.layout->scopes()[answers.frame(inside).scope].nodes;
    for (NodeIndex node : nodes)
      if (kept_sums.watches(node)) {
        NodeId at = answers.node(inside, node);
        kept_sums.changed(answers, at, language::Aggregates::Share::of(answers, at), {});
      }
  });
  answers.detach(frame);
  change.removed.push_back(answers.frame(frame).base);
}

bool Session::State::would_be_relevant(NodeIndex repeat, uint32_t parent) {
  auto [at, fresh] = ghosts.try_emplace({parent, repeat}, 0);
  if (fresh) {
    at->second = add_frame(repeat, parent, {});
    Change ignored;
    take_away(at->second, ignored);  // out of every sum again
  }
  return language::evaluate_condition(survey.nodes[repeat].relevant.compiled, *this,
                                      {0, answers.frame(at->second).base});
}

void Session::State::apply_count(NodeId holder, Change& change) {
  if (answers.hidden(holder)) return;  // hidden answers are kept as they are
  uint32_t parent = answers.frame_of(holder);
  for (NodeIndex repeat : node_of(holder).children) {
    const Node& node = survey.nodes[repeat];
    if (node.kind != NodeKind::repeat || !node.repeat_count) continue;
    double wanted = language::evaluate_number(node.repeat_count.compiled, *this, {0, holder});
    if (std::isnan(wanted)) continue;  // nobody has said yet, or took it back: what is there stays
    size_t count =
        wanted < 0 ? 0 : static_cast<size_t>(std::min(wanted, static_cast<double>(limits::instances)));
    if (wanted > static_cast<double>(limits::instances))
      fault(holder, repeat, Fault::Why::too_many_instances);
    size_t have = answers.instances(parent, repeat).size();
    if (have == count) continue;
    auto& kept = spare[{parent, repeat}];
    for (; have > count; --have) {
      uint32_t last = answers.instances(parent, repeat).back();
      take_away(last, change);
      kept.push_back(last);
    }
    for (; have < count; ++have) {
      if (kept.empty()) {
        if (answers.node_count() > limits::nodes) {
          fault(holder, repeat, Fault::Why::too_many_instances);
          break;
        }
        grow(repeat, parent, SIZE_MAX, change);
        continue;
      }
      uint32_t back = kept.back();
      kept.pop_back();
      answers.attach(back);
      each_below(back, [&](uint32_t inside) {
        for (NodeIndex inner : survey.layout->scopes()[answers.frame(inside).scope].nodes)
          if (kept_sums.watches(inner)) {
            NodeId at = answers.node(inside, inner);
            kept_sums.changed(answers, at, {}, language::Aggregates::Share::of(answers, at));
          }
      });
      mark_all(back);
      change.added.push_back(answers.frame(back).base);
    }
    touch_repeat(repeat, parent);
  }
}

NodeId Session::State::find(const Path& path) const {
  uint32_t frame = 0;
  if (path.instances.size() != survey.repeats_around(path.node).size()) return no_id;
  for (const InstanceId& id : path.instances) {
    uint32_t found = language::no_frame;
    auto [first, last] = frame_by_id.equal_range(first_bytes(id));
    for (; first != last; ++first) {
      const language::Frame& f = answers.frame(first->second);
      if (f.parent == frame && f.exists && ids[first->second] == id) found = first->second;
    }
    if (found == language::no_frame) return no_id;
    frame = found;
  }
  if (answers.frame(frame).scope != survey.layout->scope(path.node)) return no_id;
  return answers.node(frame, path.node);
}

Path Session::State::path(NodeId node) const {
  Path out{definition(node), {}};
  for (uint32_t f = answers.frame_of(node); answers.frame(f).parent != language::no_frame;
       f = answers.frame(f).parent)
    out.instances.push_back(ids[f]);
  std::reverse(out.instances.begin(), out.instances.end());
  return out;
}

}  // namespace engine
