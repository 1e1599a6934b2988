// in_parallel: the same work for every number below `count`, on this thread and one more.
//
//   std::vector<char> good(n);   in_parallel(n, [&](size_t i) { good[i] = verify(items[i]); });
//
// Each number is done once, in no order; it returns when all are. The work must not throw and must write only to
// places of its own number (vector<char>, not vector<bool>). Below 16 it stays on this thread.
#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <thread>

namespace base {

inline void in_parallel(size_t count, const std::function<void(size_t)>& work) {
  std::atomic<size_t> next{0};
  auto run = [&] {
    for (size_t i = next++; i < count; i = next++) work(i);
  };
  if (count < 16) return run();
  std::thread other(run);
  run();
  other.join();
}

}  // namespace base
