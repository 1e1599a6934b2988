// rihla: the command line. Everything it does stands in collector/command.
#include <unistd.h>

#include <csignal>
#include <iostream>

#include "collector/app/platform.h"
#include "collector/command/command.h"
#include "collector/command/quiet_stream.h"

int main(int count, char** words) {
  std::signal(SIGPIPE,
              SIG_IGN);  // a closed pipe is a write error, not a death in the middle of a transaction
  app::no_core_dumps();
  (void)app::system_random();  // the cryptographic library starts once, here
  command::QuietInput input(STDIN_FILENO);
  command::QuietOutput output(STDOUT_FILENO);
  std::istream in(&input);
  std::ostream out(&output);
  command::Terminal terminal{in, out, std::cerr, false,
                             isatty(STDIN_FILENO) != 0 && isatty(STDERR_FILENO) != 0, [&input] { input.forget(); }};
  int code = command::run({words + 1, words + count}, terminal);
  out.flush();
  return code;
}
