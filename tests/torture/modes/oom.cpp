// oom: in each scenario (scenarios.h) every single allocation fails once. Nothing may crash, leak or be lost; what fails
// says that memory is short, and trying again works. Trials run in a child, so that a crash is counted and not the end.
// The control takes every refusal for success.
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>

#include "tests/torture/memory.h"
#include "tests/torture/mode.h"
#include "tests/torture/scenarios.h"

namespace torture {
namespace {

struct Trial {
  const Scenario* scenario;
  int64_t at;
};

struct Word {  // from the child: of one trial
  int64_t trial = 0;
  bool struck = false, lost = false, alarm = false;
  char what[400] = {};
};

// What is wrong, and whether it is only that the reason was not told.
std::string attempt(const Trial& trial, uint64_t seed, bool control, bool& struck, bool& alarm) {
  int64_t before = Memory::live();
  {
    Place place(seed);
    if (auto ready = trial.scenario->prepare(place); !ready)
      return "it could not be prepared: " + base::describe(ready.error());
    base::Status done;
    std::string wrong;
    Memory::fail(trial.at);
    try {
      done = trial.scenario->act(place);
    } catch (const std::exception& error) {
      Memory::rest();
      wrong = std::string("an exception came out: ") + error.what();
    }
    Memory::rest();
    struck = Memory::struck();
    if (!wrong.empty()) return wrong;
    if (!done && !control) {
      alarm = done.error().fault != base::Fault::full || done.error().where.empty();
      if (alarm) return "the refusal does not say why: " + base::describe(done.error());
    }
    wrong = trial.scenario->check(place, done || control ? Now::after : Now::either);
    if (wrong.empty() && !done) {
      auto again = trial.scenario->act(place);
      wrong = again ? trial.scenario->check(place, Now::after)
                    : "with memory again it still fails: " + base::describe(again.error());
    }
    if (!wrong.empty()) return wrong;
  }
  int64_t left = Memory::live() - before;
  return left > 0 && trial.at > 1 && !control ? std::to_string(left) + " blocks leaked" : "";
}

int64_t allocations_in(const Scenario& scenario, uint64_t seed) {
  int64_t count = 0;
  for (int i = 0; i < 2; ++i) {  // twice: what is made once and kept is not of the scenario
    Place place(seed);
    if (!scenario.prepare(place)) return 0;
    Memory::fail(0);
    (void)scenario.act(place);
    Memory::rest();
    count = Memory::count();
  }
  return count;
}

// Runs trials from `from` on in a child; the first that was not finished: where it crashed, or the end.
size_t in_a_child(const Options& options, const std::vector<Trial>& trials, size_t from, Tally& tally,
                  int64_t& struck) {
  int ends[2];
  if (pipe(ends) != 0) return trials.size();
  pid_t child = fork();
  if (child == 0) {
    close(ends[0]);
    for (size_t i = from; i < trials.size(); ++i) {
      Word w;
      w.trial = static_cast<int64_t>(i);
      std::string wrong = attempt(trials[i], options.seed, options.control, w.struck, w.alarm);
      w.lost = !wrong.empty();
      wrong.copy(w.what, sizeof w.what - 1);
      if (write(ends[1], &w, sizeof w) != sizeof w) _exit(3);
    }
    _exit(0);
  }
  close(ends[1]);
  Word w;
  size_t next = from;
  while (read(ends[0], &w, sizeof w) == static_cast<ssize_t>(sizeof w)) {
    const Trial& trial = trials[static_cast<size_t>(w.trial)];
    next = static_cast<size_t>(w.trial) + 1;
    struck += w.struck;
    if (!w.lost) continue;
    ++(w.alarm ? tally.false_alarms : tally.lost);
    complain(options, w.trial,
             std::string(trial.scenario->name) + ", allocation " + std::to_string(trial.at) + ": " + w.what);
  }
  close(ends[0]);
  int code = 0;
  waitpid(child, &code, 0);
  if (next < trials.size()) {
    ++tally.lost;
    complain(options, static_cast<int64_t>(next),
             std::string(trials[next].scenario->name) + ", allocation " + std::to_string(trials[next].at) +
                 ": the program ended" +
                 (WIFSIGNALED(code) ? " by signal " + std::to_string(WTERMSIG(code)) : ""));
    ++next;
  }
  return next;
}

Tally run(const Options& options) {
  Tally tally;
#if defined(__SANITIZE_ADDRESS__)
  tally.skipped_because = "memory is AddressSanitizer's in this build; nothing can be made to fail";
  return tally;
#endif
  std::vector<Trial> trials;
  for (const Scenario& scenario : scenarios())
    for (int64_t at = 1, count = allocations_in(scenario, options.seed); at <= count; ++at)
      trials.push_back({&scenario, at});
  size_t whole = trials.size();
  base::SeededRandom random(options.seed);
  for (size_t i = trials.size(); i > 1; --i) std::swap(trials[i - 1], trials[random.below(i)]);
  trials.resize(std::min(trials.size(), static_cast<size_t>(std::max<int64_t>(0, options.count))));
  int64_t struck = 0;
  for (size_t at = 0; at < trials.size();) at = in_a_child(options, trials, at, tally, struck);
  tally.trials = static_cast<int64_t>(trials.size());
  tally.more = std::to_string(scenarios().size()) + " scenarios, " + std::to_string(struck) +
               " allocations struck of " + std::to_string(whole) + " there are";
  if (!options.control && struck * 2 < tally.trials) tally.void_because = "hardly any allocation was struck";
  return tally;
}

}  // namespace

extern const Mode oom_mode;
const Mode oom_mode{.name = "oom",
                    .help = "every allocation of sync/ fails once",
                    .count = 600,
                    .long_count = 1'000'000,
                    .control_count = 60,
                    .run = run};

}  // namespace torture
