// Aggregates: what sum(), count(), count-non-empty(), min() and max() over every instance of a question give,
// kept while answers change.
//
//   const Aggregates::Sums& s = aggregates.sums(direct, frame, evaluator);   s.total.value()
//   aggregates.changed(instance, node, before, after);                       // the engine, at every change
//
// Kept by question and by the frame that holds the repeats: the first call counts, later ones only read; a change
// costs O(log instances) at most. The same as counting again, to the last bit: the sum is exact (exact_sum.h).
#pragma once

#include <map>
#include <unordered_map>
#include <vector>

#include "forms/language/exact_sum.h"
#include "forms/language/instance.h"
#include "forms/language/program.h"

namespace language {

class Evaluator;

class Aggregates {
 public:
  explicit Aggregates(const Layout& layout) : watched_(layout.node_count()) {}

  struct Sums {
    size_t nodes = 0;     // relevant ones
    size_t answered = 0;  // not blank
    ExactSum total;
    std::map<double, size_t> numbers;  // how often each
    double least() const { return numbers.empty() ? NAN : numbers.begin()->first; }
    double most() const { return numbers.empty() ? NAN : numbers.rbegin()->first; }
  };
  const Sums& sums(const Direct& direct, uint32_t frame, Evaluator& evaluator);

  // What a node counted as, before and after a change.
  struct Share {
    bool there = false, answered = false;
    double number = NAN;
    static Share of(const Instance& instance, uint32_t node);
  };
  bool watches(NodeIndex definition) const { return !watched_[definition].empty(); }
  void changed(const Instance& instance, uint32_t node, const Share& before, const Share& after);
  void clear();

 private:
  static void count(Sums& sums, const Share& share, bool in);
  std::vector<std::vector<uint32_t>> watched_;  // by definition: scopes of the frames that keep its sums
  std::unordered_map<uint64_t, Sums> kept_;     // by frame and definition
};

}  // namespace language
