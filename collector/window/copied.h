// Copied: what this program put on the system's clipboard, and when it is taken from there again: half a minute
// later, at locking, at the end; never what somebody else has copied since.
//
//   copied.put(text, now);  …  if (now >= copied.until()) copied.forget(board);
//
// Times are seconds of any clock that only goes on. The text is wiped with it.
#pragma once

#include <functional>
#include <string>

namespace window {

struct Board {  // the system's clipboard
  std::function<std::string()> read;
  std::function<void(const std::string&)> write;
};

class Copied {
 public:
  static constexpr double kept_s = 30;
  ~Copied();
  void put(const std::string& text, double now);
  bool any() const { return !text_.empty(); }
  double until() const { return until_; }  // far off when there is nothing
  void forget(const Board& board);

 private:
  std::string text_;
  double until_ = 1e300;
};

}  // namespace window
