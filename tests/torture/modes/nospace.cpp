// nospace: files may not grow past a random size. What was acknowledged before is there, and the refusal says
// that the disk is full. The control acknowledges what was refused.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "tests/support/folder.h"
#include "tests/torture/mode.h"
#include "tests/torture/typist.h"

namespace torture {
namespace {

// The child: types until the disk refuses; its exit code is what was refused (0: full), its word how many
// went.
[[noreturn]] void type(const std::filesystem::path& folder, int pipe, rlim_t most, bool control) {
  auto vault = store::Vault::open(folder, passphrase, base::SystemClock().now());
  if (!vault) _exit(4);
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit limit{most, most};
  setrlimit(RLIMIT_FSIZE, &limit);
  for (int n = 0;; ++n) {
    auto done = (*vault)->append(draft_id(), {answer(n)});
    if (done) continue;
    if (control) ++n;  // the lie
    if (write(pipe, &n, sizeof n) != sizeof n) _exit(3);
    _exit(done.error().fault == base::Fault::full ? 0 : 5);
  }
}

Tally run(const Options& options) {
  base::SeededRandom random(options.seed);
  Tally tally;
  for (; tally.trials < options.count; ++tally.trials) {
    support::Folder folder;
    {
      auto vault = store::Vault::create(folder.path() / "v", passphrase, seal::demo_cost, random);
      if (!vault || !(*vault)->begin_draft(draft_id(), {})) return tally;
    }
    int ends[2];
    if (pipe(ends) != 0) return tally;
    pid_t child = fork();
    if (child == 0) {
      close(ends[0]);
      type(folder.path() / "v", ends[1], 40000 + random.below(120000), options.control);
    }
    close(ends[1]);
    int acknowledged = 0;
    bool said =
        read(ends[0], &acknowledged, sizeof acknowledged) == static_cast<ssize_t>(sizeof acknowledged);
    close(ends[0]);
    int code = 0;
    waitpid(child, &code, 0);
    if (!said || !WIFEXITED(code) || WEXITSTATUS(code) != 0) {
      ++tally.false_alarms;
      complain(options, tally.trials, "the refusal did not say that the disk is full");
    }
    if (typed_in(folder.path() / "v") < acknowledged) {
      ++tally.lost;
      complain(options, tally.trials, "an acknowledged answer is gone");
    }
  }
  return tally;
}

}  // namespace

extern const Mode nospace_mode;
const Mode nospace_mode{.name = "nospace",
                        .help = "the disk is full, at any call",
                        .count = 40,
                        .long_count = 400,
                        .control_count = 8,
                        .run = run};

}  // namespace torture
