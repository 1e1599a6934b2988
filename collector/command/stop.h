// Stop: while it stands, Ctrl-C asks a command to stop at the next safe place; a second one ends the program.
//
//   Stop stop;
//   auto report = sync_with(profile, place, options, [&](const auto&) { return !stop.asked(); });
//
// One at a time; from the thread that runs the command. What was done before is kept, and Fault::cancelled says so.
#pragma once

namespace command {

class Stop {
 public:
  Stop();
  ~Stop();
  Stop(const Stop&) = delete;
  Stop& operator=(const Stop&) = delete;
  bool asked() const;
};

}  // namespace command
