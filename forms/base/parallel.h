// The same work for every number below `count`, on one more thread and, at the end, on this one.
//
//   std::vector<char> good(n);
//   base::in_parallel(n, [&](size_t i) { good[i] = verify(items[i]); });     // returns when all are done
//
//   base::Parallel checking(n, [&](size_t i) { good[i] = verify(items[i]); });
//   write(items);                                                            // meanwhile
//   checking.finish();                                                       // this thread takes its share of the rest
//
// Each number is done once, in no order. The work must write only to places of its own number (vector<char>, not
// vector<bool>); what it names must outlive it. Below 16 numbers, and where no thread is to be had, all of it is done
// at the end by this thread. Where memory ends in the work, no further number is begun and finish() throws that
// bad_alloc on this thread, as if it had done the work itself; the destructor lets it pass.
#pragma once

#include <atomic>
#include <cstddef>
#include <exception>
#include <functional>
#include <new>
#include <thread>
#include <utility>

namespace base {

class Parallel {
 public:
  Parallel(size_t count, std::function<void(size_t)> work) : count_(count), work_(std::move(work)) {
    if (count_ < 16) return;
    try {
      other_ = std::thread([this] { run(); });
    } catch (const std::exception&) {  // finish() does it alone
    }
  }
  ~Parallel() { end(); }
  Parallel(const Parallel&) = delete;
  Parallel& operator=(const Parallel&) = delete;

  // Returns when all is done; again: at once.
  void finish() {
    end();
    if (short_of_memory_.exchange(false)) throw std::bad_alloc();
  }

 private:
  void end() noexcept {
    run();
    if (other_.joinable()) other_.join();
  }
  void run() noexcept try {
    for (size_t i = next_++; i < count_; i = next_++) work_(i);
  } catch (const std::bad_alloc&) {
    next_ = count_;
    short_of_memory_ = true;
  }
  const size_t count_;
  const std::function<void(size_t)> work_;
  std::atomic<size_t> next_{0};
  std::atomic<bool> short_of_memory_{false};
  std::thread other_;
};

inline void in_parallel(size_t count, std::function<void(size_t)> work) {
  Parallel(count, std::move(work)).finish();
}

}  // namespace base
