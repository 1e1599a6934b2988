#include "forms/language/aggregate.h"

#include <algorithm>
#include <cmath>

#include "forms/language/evaluator.h"

namespace language {
namespace {

uint64_t key_of(uint32_t frame, NodeIndex definition) {
  return static_cast<uint64_t>(frame) << 32 | definition;
}

}  // namespace

Aggregates::Share Aggregates::Share::of(const Instance& instance, uint32_t node) {
  if (instance.hidden(node)) return {};
  bool answered = !instance.blank(node);
  return {true, answered, answered ? instance.number(node) : NAN};
}

void Aggregates::count(Sums& sums, const Share& share, bool in) {
  if (!share.there) return;
  in ? ++sums.nodes : --sums.nodes;
  if (share.answered) in ? ++sums.answered : --sums.answered;
  if (std::isnan(share.number)) return;
  if (in) {
    sums.total.add(share.number);
    ++sums.numbers[share.number];
    return;
  }
  sums.total.take_out(share.number);
  auto at = sums.numbers.find(share.number);
  if (at != sums.numbers.end() && --at->second == 0) sums.numbers.erase(at);
}

const Aggregates::Sums& Aggregates::sums(const Direct& direct, uint32_t frame, Evaluator& evaluator) {
  auto [at, made] = kept_.try_emplace(key_of(frame, direct.target));
  if (!made) return at->second;
  const Instance& instance = *evaluator.world.instance;
  Sums& sums = at->second;
  auto add = [&](uint32_t node) {
    count(sums, Share::of(instance, node), true);
    return !evaluator.spent();
  };
  evaluator.each(direct, frame, 0, add);
  if (evaluator.spent()) {  // counted in part only: not to be kept
    static const Sums none;
    kept_.erase(at);
    return none;
  }
  std::vector<uint32_t>& scopes = watched_[direct.target];
  uint32_t scope = instance.frame(frame).scope;
  if (std::find(scopes.begin(), scopes.end(), scope) == scopes.end()) scopes.push_back(scope);
  return sums;
}

void Aggregates::changed(const Instance& instance, uint32_t node, const Share& before, const Share& after) {
  NodeIndex definition = instance.definition(node);
  for (uint32_t scope : watched_[definition]) {
    uint32_t frame = instance.frame_of(node);
    while (frame != no_frame && instance.frame(frame).scope != scope) frame = instance.frame(frame).parent;
    auto at = frame == no_frame ? kept_.end() : kept_.find(key_of(frame, definition));
    if (at == kept_.end()) continue;
    count(at->second, before, false);
    count(at->second, after, true);
  }
}

void Aggregates::clear() {
  kept_.clear();
}

}  // namespace language
