// A mode of torture: one file in modes/, found by CMake; the file is the registration.
//
//   static Tally run(const Options& options) { … }
//   extern const Mode kill_mode;                       // <file's stem>_mode, in namespace torture
//   const Mode kill_mode{.name = "kill", .help = "…", .count = 200, .long_count = 5000, .control_count = 12,
//                        .run = run};
//
// A run counts trials and the three things that must not happen. With `control` set, the mode plants the
// fault it is there to find (an acknowledgement before the write, a check that is skipped, …): the program
// passes only when that is caught, that is, when one of the three is not zero. Every choice comes from
// `seed`.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace torture {

struct Options {
  int64_t count = 0;
  uint64_t seed = 1;
  bool control = false;
};

struct Tally {
  int64_t trials = 0;
  int64_t lost = 0;          // something acknowledged is gone, damaged, or neither old nor new
  int64_t accepted = 0;      // something damaged or forged was taken for good
  int64_t false_alarms = 0;  // something whole was refused, or a refusal came without its own reason
  std::string more;          // further figures, for people: "48 inside a write"
  std::string void_because;  // not empty: the run proves nothing (too few kills inside a write, …)
  std::string skipped_because;  // not empty: this build cannot run it
};

struct Mode {
  std::string_view name, help;
  int64_t count = 0;          // without --count, among the tests
  int64_t long_count = 0;     // without --count, with RIHLA_LONG set: column C and more
  int64_t control_count = 0;  // trials in which the planted fault must show
  Tally (*run)(const Options& options) = nullptr;
};

inline Tally proves_nothing(std::string why) {
  Tally tally;
  tally.void_because = std::move(why);
  return tally;
}

// Prints what went wrong in one trial, at most a few times a run: the seed and the trial tell the rest.
void complain(const Options& options, int64_t trial, const std::string& what);

}  // namespace torture
