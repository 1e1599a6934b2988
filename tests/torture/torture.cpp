// torture: what happens to acknowledged answers when the program is killed or the disk is full.
//
//   torture kill --count 50 --seed 1             SIGKILL at random moments of typing and finishing
//   torture kill --count 12 --seed 1 --control   acknowledges before the write: the loss must be caught
//   torture nospace --count 40 --seed 1          files may not grow past a random size
//
// A child types answers into a vault and says through a pipe when a write begins and when append() returned;
// the parent kills it, opens the vault again and compares. Prints "trials, lost, accepted, false alarms";
// exits 1 when something acknowledged is lost (with --control: when nothing is).
#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "sync/store/vault.h"
#include "tests/support/folder.h"

namespace {

constexpr const char* words = "torture passphrase";

struct Word {  // on the pipe: 'b' a write begins, 'a' answer n is acknowledged, 'f' finished
  char what;
  int number;
};

record::Entry answer(int n) {
  record::Entry e;
  e.key.question = "q" + std::to_string(n % 40);
  e.value = *record::make_value(record::Tag::text, "answer " + std::to_string(n));
  e.at.ms = n;
  return e;
}

base::DraftId draft_id() {
  base::DraftId id;
  id.bytes[0] = 9;
  return id;
}

void say(int pipe, char what, int n) {
  Word w{what, n};
  if (write(pipe, &w, sizeof w) != sizeof w) _exit(3);
}

// The child: types until it is killed, or until the disk refuses.
[[noreturn]] void type(const std::filesystem::path& folder, int pipe, bool control, rlim_t most) {
  auto vault = store::Vault::open(folder, words, base::SystemClock().now());
  if (!vault) _exit(4);
  if (most) {
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit limit{most, most};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  auto before = (*vault)->journal(draft_id());
  int n = before ? static_cast<int>(before->size()) : 0;
  for (;; ++n) {
    if (control) say(pipe, 'a', n);  // the lie
    say(pipe, 'b', n);
    auto done = (*vault)->append(draft_id(), {answer(n)});
    if (!done) {
      say(pipe, done.error().fault == base::Fault::full ? 'f' : 'x', n);
      _exit(0);
    }
    if (!control) say(pipe, 'a', n);
  }
}

struct Result {
  int trials = 0, lost = 0, accepted = 0, alarms = 0, inside = 0;
};

// What the vault holds must be at least what was acknowledged, each as it was typed.
bool whole(const std::filesystem::path& folder, int acknowledged, Result& r) {
  auto vault = store::Vault::open(folder, words, base::SystemClock().now());
  if (!vault) {
    std::printf("does not open: %s\n", base::describe(vault.error()).c_str());
    return false;
  }
  auto journal = (*vault)->journal(draft_id());
  if (!journal) {
    std::printf("journal does not open: %s\n", base::describe(journal.error()).c_str());
    return false;
  }
  for (size_t i = 0; i < journal->size(); ++i)
    if ((*journal)[i].value.text != "answer " + std::to_string(i)) return false;
  r.accepted += acknowledged;
  return static_cast<int>(journal->size()) >= acknowledged;
}

int run_kill(int count, uint64_t seed, bool control) {
  support::Folder folder;
  base::SeededRandom random(seed);
  {
    auto vault = store::Vault::create(folder.path() / "v", words, seal::demo_cost, random);
    if (!vault || !(*vault)->begin_draft(draft_id(), {})) return 2;
  }
  Result r;
  int acknowledged = 0;
  for (; r.trials < count; ++r.trials) {
    int ends[2];
    if (pipe(ends) != 0) return 2;
    pid_t child = fork();
    if (child == 0) {
      close(ends[0]);
      type(folder.path() / "v", ends[1], control, 0);
    }
    close(ends[1]);
    // Half of the kills are aimed: just after a write began, so that they land inside it.
    int after = 1 + static_cast<int>(random.below(30));
    bool aimed = random.below(2) == 0;
    bool in_write = false;
    Word w{};
    for (int seen = 0; read(ends[0], &w, sizeof w) == static_cast<ssize_t>(sizeof w);) {
      if (w.what == 'b') in_write = true;
      if (w.what == 'a') {
        acknowledged = std::max(acknowledged, w.number + 1);
        in_write = control && in_write;
        if (!control) in_write = false;
      }
      if (++seen >= 2 * after && (aimed ? w.what == 'b' : w.what == 'a')) break;
    }
    if (control) {
      // The lie shows when the kill comes before the write that was acknowledged.
      kill(child, SIGKILL);
    } else {
      if (aimed) {
        timespec pause{0, static_cast<long>(random.below(150000))};
        nanosleep(&pause, nullptr);  // where inside the write, not whether a test passes
      }
      kill(child, SIGKILL);
    }
    // What it still said before it died counts too.
    while (read(ends[0], &w, sizeof w) == static_cast<ssize_t>(sizeof w)) {
      if (w.what == 'b') in_write = true;
      if (w.what == 'a') {
        acknowledged = std::max(acknowledged, w.number + 1);
        in_write = false;
      }
    }
    waitpid(child, nullptr, 0);
    close(ends[0]);
    if (in_write) ++r.inside;
    if (!whole(folder.path() / "v", acknowledged, r)) {
      ++r.lost;
      if (control) {
        // Begin anew: the count of the next trial must be true.
        auto vault = store::Vault::open(folder.path() / "v", words, base::SystemClock().now());
        auto journal = vault ? (*vault)->journal(draft_id())
                             : base::Result<std::vector<record::Entry>>(std::vector<record::Entry>{});
        acknowledged = journal ? static_cast<int>(journal->size()) : 0;
      }
    }
  }
  std::printf("kill: trials %d, lost %d, accepted %d, false alarms %d, inside a write %d\n", r.trials, r.lost,
              r.accepted, r.alarms, r.inside);
  bool aimed_enough = control || r.inside >= count * 15 / 50;
  if (!aimed_enough) std::printf("too few kills landed inside a write\n");
  bool good = control ? r.lost > 0 : r.lost == 0 && aimed_enough;
  std::printf("torture: result: %d passed, %d failed, 0 skipped\n", good, !good);
  return good ? 0 : 1;
}

int run_nospace(int count, uint64_t seed) {
  base::SeededRandom random(seed);
  Result r;
  for (; r.trials < count; ++r.trials) {
    support::Folder folder;
    {
      auto vault = store::Vault::create(folder.path() / "v", words, seal::demo_cost, random);
      if (!vault || !(*vault)->begin_draft(draft_id(), {})) return 2;
    }
    int ends[2];
    if (pipe(ends) != 0) return 2;
    pid_t child = fork();
    if (child == 0) {
      close(ends[0]);
      type(folder.path() / "v", ends[1], false,
           40000 + random.below(120000) + static_cast<uint64_t>(r.trials) * 1000);
    }
    close(ends[1]);
    int acknowledged = 0;
    bool said_full = false;
    Word w{};
    while (read(ends[0], &w, sizeof w) == static_cast<ssize_t>(sizeof w)) {
      if (w.what == 'a') acknowledged = w.number + 1;
      if (w.what == 'f') said_full = true;
    }
    close(ends[0]);
    waitpid(child, nullptr, 0);
    if (!said_full) ++r.alarms;
    if (!whole(folder.path() / "v", acknowledged, r)) ++r.lost;
  }
  bool good = r.lost == 0 && r.alarms == 0;
  std::printf("nospace: trials %d, lost %d, accepted %d, false alarms %d\n", r.trials, r.lost, r.accepted,
              r.alarms);
  std::printf("torture: result: %d passed, %d failed, 0 skipped\n", good, !good);
  return good ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (!seal::start()) return 2;
  std::string mode = argc > 1 ? argv[1] : "";
  int count = 50;
  uint64_t seed = 1;
  bool control = false;
  for (int i = 2; i < argc; ++i) {
    if (!std::strcmp(argv[i], "--control")) control = true;
    if (!std::strcmp(argv[i], "--count") && i + 1 < argc) count = std::atoi(argv[++i]);
    if (!std::strcmp(argv[i], "--seed") && i + 1 < argc) seed = std::strtoull(argv[++i], nullptr, 10);
  }
  if (mode == "kill") return run_kill(count, seed, control);
  if (mode == "nospace") return run_nospace(count, seed);
  std::fprintf(stderr, "torture kill|nospace --count N --seed S [--control]\n");
  return 2;
}
