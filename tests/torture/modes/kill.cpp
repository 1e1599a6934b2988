// kill: SIGKILL at random moments of typing. A child types answers into a vault and says through a pipe when
// a write begins and when append() returned; the parent kills it, opens the vault again and compares. The
// control acknowledges before the write.
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "tests/support/folder.h"
#include "tests/torture/mode.h"
#include "tests/torture/typist.h"

namespace torture {
namespace {

struct Word {  // on the pipe: 'b' a write begins, 'a' answer n is acknowledged
  char what;
  int number;
};

void say(int pipe, char what, int n) {
  Word w{what, n};
  if (write(pipe, &w, sizeof w) != sizeof w) _exit(3);
}

// The child: types until it is killed.
[[noreturn]] void type(const std::filesystem::path& folder, int pipe, bool control) {
  auto vault = store::Vault::open(folder, passphrase, base::SystemClock().now());
  if (!vault) _exit(4);
  auto before = (*vault)->journal(draft_id());
  for (int n = before ? static_cast<int>(before->size()) : 0;; ++n) {
    if (control) say(pipe, 'a', n);  // the lie
    say(pipe, 'b', n);
    if (!(*vault)->append(draft_id(), {answer(n)})) _exit(5);
    if (!control) say(pipe, 'a', n);
  }
}

Tally run(const Options& options) {
  support::Folder folder;
  base::SeededRandom random(options.seed);
  Tally tally;
  {
    auto vault = store::Vault::create(folder.path() / "v", passphrase, seal::demo_cost, random);
    if (!vault || !(*vault)->begin_draft(draft_id(), {})) return tally;
  }
  int acknowledged = 0;
  int64_t inside = 0;
  for (; tally.trials < options.count; ++tally.trials) {
    int ends[2];
    if (pipe(ends) != 0) return tally;
    pid_t child = fork();
    if (child == 0) {
      close(ends[0]);
      type(folder.path() / "v", ends[1], options.control);
    }
    close(ends[1]);
    // Half of the kills are aimed: just after a write began, so that they land inside it.
    int after = 1 + static_cast<int>(random.below(30));
    bool aimed = random.below(2) == 0;
    bool in_write = false;
    Word w{};
    auto heard = [&] {
      if (w.what == 'b') in_write = true;
      if (w.what == 'a') {
        acknowledged = std::max(acknowledged, w.number + 1);
        in_write = options.control && in_write;
      }
    };
    for (int seen = 0; read(ends[0], &w, sizeof w) == static_cast<ssize_t>(sizeof w);) {
      heard();
      if (++seen >= 2 * after && (aimed ? w.what == 'b' : w.what == 'a')) break;
    }
    if (aimed && !options.control) {
      timespec pause{0, static_cast<long>(random.below(150000))};
      nanosleep(&pause, nullptr);  // where inside the write, not whether a test passes
    }
    kill(child, SIGKILL);
    while (read(ends[0], &w, sizeof w) == static_cast<ssize_t>(sizeof w)) heard();  // said before it died
    waitpid(child, nullptr, 0);
    close(ends[0]);
    if (in_write) ++inside;
    int there = typed_in(folder.path() / "v");
    if (there < acknowledged) {
      ++tally.lost;
      complain(options, tally.trials,
               std::to_string(acknowledged) + " acknowledged, " + std::to_string(there) + " there");
      acknowledged = std::max(there, 0);  // the count of the next trial must be true
    }
  }
  tally.more = std::to_string(inside) + " inside a write";
  if (!options.control && inside * 50 < tally.trials * 15)
    tally.void_because = "too few kills landed inside a write";
  return tally;
}

}  // namespace

extern const Mode kill_mode;
const Mode kill_mode{.name = "kill",
                     .help = "SIGKILL at random moments of typing",
                     .count = 50,
                     .long_count = 5000,
                     .control_count = 12,
                     .run = run};

}  // namespace torture
