#include "collector/command/stop.h"

#include <csignal>

namespace command {
namespace {

volatile std::sig_atomic_t was_asked = 0;

void ask(int) {
  was_asked = 1;
  std::signal(SIGINT, SIG_DFL);
}

}  // namespace

Stop::Stop() {
  was_asked = 0;
  std::signal(SIGINT, ask);
}

Stop::~Stop() {
  std::signal(SIGINT, SIG_DFL);
}

bool Stop::asked() const {
  return was_asked != 0;
}

}  // namespace command
