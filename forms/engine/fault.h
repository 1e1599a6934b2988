// Fault: a question whose logic met a bound, so that a form made by mistake or by malice cannot take the laptop.
//
//   for (const Fault& f : session.faults()) tell(survey.nodes[f.definition].name, f.why);
//
// Where a bound is met the result is blank and the interview goes on; nothing that was answered is lost. A
// constraint that cannot be worked out stands in nobody's way.
#pragma once

#include <cstddef>
#include <cstdint>

namespace engine {

struct Fault {
  enum class Why : uint8_t {
    too_long,            // one expression took more than World::most_steps, or one change more than below
    too_much_text,       // more than Scratch::most_text
    too_many_instances,  // a count, or repeats inside repeats, beyond what is below
    never_rests,         // rules that go on changing each other
    no_function,         // it calls what is not there
  };
  uint32_t node = 0;        // NodeId: where it was met
  uint32_t definition = 0;  // whose rule it is; of a count: the repeat
  Why why = Why::too_long;
  bool operator==(const Fault&) const = default;
};

namespace limits {
inline constexpr size_t instances = 10'000;       // of one repeat, by a count
inline constexpr size_t nodes = 1'000'000;        // of one interview: some 100 MB
inline constexpr uint64_t steps = 1'000'000'000;  // of one change: some seconds
inline constexpr size_t looks_a_node = 64;        // at one node's rules, on average, in one change
inline constexpr size_t faults = 100;             // told of
}  // namespace limits

}  // namespace engine
