// What Ctrl-C does while a command works.
#include "collector/command/stop.h"

#include <csignal>

#include <doctest/doctest.h>

TEST_CASE("stop: Ctrl-C asks a command to stop, and a second one would end the program") {
  command::Stop stop;
  CHECK_FALSE(stop.asked());
  std::raise(SIGINT);
  CHECK(stop.asked());
  bool is_systems = std::signal(SIGINT, SIG_DFL) == SIG_DFL;
  CHECK(is_systems);
}

TEST_CASE("stop: before and after a command Ctrl-C is as the system has it, and a new one was not asked") {
  { command::Stop stop; }
  bool is_systems = std::signal(SIGINT, SIG_DFL) == SIG_DFL;
  CHECK(is_systems);
  {
    command::Stop stop;
    std::raise(SIGINT);
  }
  command::Stop again;
  CHECK_FALSE(again.asked());
}
