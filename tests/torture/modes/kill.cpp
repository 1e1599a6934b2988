// kill: SIGKILL at random moments of a session (session.h). A child works and says through a pipe what it begins and
// what was acknowledged; the parent kills it and compares. Most kills are aimed: a moment after something
// began, so that they land inside a write. The control acknowledges each step before it is taken.
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "tests/support/folder.h"
#include "tests/torture/mode.h"
#include "tests/torture/session.h"

namespace torture {
namespace {

struct Word {
  int64_t step, n;
};

[[noreturn]] void work(Session& session, int pipe) {
  bool held = session.hold([&](int64_t step, int64_t n) {
    Word w{step, n};
    if (write(pipe, &w, sizeof w) != sizeof w) _exit(3);
  });
  _exit(held ? 0 : 4);
}

Tally run(const Options& options) {
  base::SeededRandom random(options.seed);
  Tally tally;
  int64_t inside = 0;
  std::map<int64_t, int64_t> inside_of;
  for (; tally.trials < options.count; ++tally.trials) {
    support::Folder folder;
    Session session(folder.path() / "s", random.u64(), 60,
                    options.control ? Session::Honesty::lies : Session::Honesty::honest);
    int ends[2];
    if (pipe(ends) != 0) return tally;
    pid_t child = fork();
    if (child == 0) {
      close(ends[0]);
      work(session, ends[1]);
    }
    close(ends[1]);
    bool aimed = random.below(8) != 0;
    uint64_t after = 1 + random.below(120);
    Acknowledged acknowledged;
    Word last{};
    bool open = false;  // something began and was not acknowledged
    uint64_t heard = 0;
    auto listen = [&] {
      Word w{};
      if (read(ends[0], &w, sizeof w) != static_cast<ssize_t>(sizeof w)) return false;
      acknowledged.take(w.step, w.n);
      open = w.step == starts || (options.control && open);
      if (w.step == starts) last = w;
      ++heard;
      return true;
    };
    while (listen())
      if (heard >= after && open == aimed) break;
    if (aimed && !options.control) {
      timespec pause{0, static_cast<long>(random.below(random.below(2) == 0 ? 2'000 : 100'000))};
      nanosleep(&pause, nullptr);  // where inside the write, not whether a test passes
    }
    kill(child, SIGKILL);
    while (listen()) {  // said before it died
    }
    int code = 0;
    waitpid(child, &code, 0);
    close(ends[0]);
    if (WIFEXITED(code) && WEXITSTATUS(code) != 0) {
      tally.void_because = "the session itself failed";
      return tally;
    }
    if (open && WIFSIGNALED(code)) {
      ++inside;
      ++inside_of[last.n / 1'000'000];
    }
    std::string wrong = session.missing(folder.path() / "s", acknowledged);
    if (wrong.empty()) continue;
    ++tally.lost;
    complain(options, tally.trials, wrong);
  }
  tally.more = std::to_string(inside) + " inside a write";
  const char* names[] = {"",      "profile", "begin", "answer", "record",
                         "close", "finish",  "words", "import", "hand over",
                         "back up", "move", "restore", "attachment"};
  for (auto [step, count] : inside_of)
    tally.more += std::string(", ") + names[step] + " " + std::to_string(count);
  if (!options.control && inside * 2 < tally.trials)
    tally.void_because = "too few kills landed inside a write";
  return tally;
}

}  // namespace

extern const Mode kill_mode;
const Mode kill_mode{.name = "kill",
                     .help = "SIGKILL at random moments of typing, recording, finishing, importing",
                     .count = 120,
                     .long_count = 5000,
                     .control_count = 30,
                     .run = run};

}  // namespace torture
