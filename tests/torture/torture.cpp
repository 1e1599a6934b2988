// torture: what happens to acknowledged answers when programs die, disks fail and people forge.
//
//   torture                              lists the modes
//   torture MODE --count N --seed S      N trials, then the mode's control, whose planted fault must be caught
//   torture MODE --control               the control alone
//
// Prints "MODE: trials N, lost N, accepted N, false alarms N"; exits 1 when one of the last three is not
// zero, or when the control is not caught. Each mode is a file in modes/.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "all_mode.inc"
#include "sync/seal/primitives.h"

namespace torture {
namespace {

int complaints = 0;

bool report(const Mode& mode, const Options& options, const Tally& tally) {
  if (!tally.skipped_because.empty()) {
    std::printf("SKIPPED: %s: %s\n", std::string(mode.name).c_str(), tally.skipped_because.c_str());
    return true;
  }
  std::printf("%s%s: trials %lld, lost %lld, accepted %lld, false alarms %lld%s%s\n",
              std::string(mode.name).c_str(), options.control ? " (control)" : "",
              static_cast<long long>(tally.trials), static_cast<long long>(tally.lost),
              static_cast<long long>(tally.accepted), static_cast<long long>(tally.false_alarms),
              tally.more.empty() ? "" : "; ", tally.more.c_str());
  bool clean = tally.lost == 0 && tally.accepted == 0 && tally.false_alarms == 0;
  if (tally.trials == 0) std::printf("%s: nothing was tried\n", std::string(mode.name).c_str());
  if (!tally.void_because.empty())
    std::printf("%s: proves nothing: %s\n", std::string(mode.name).c_str(), tally.void_because.c_str());
  if (options.control)
    std::printf("%s (control): %s\n", std::string(mode.name).c_str(), clean ? "NOT CAUGHT" : "caught");
  std::fflush(stdout);
  return tally.trials > 0 && tally.void_because.empty() && (options.control ? !clean : clean);
}

int list() {
  std::printf("torture MODE [--count N] [--seed S] [--control]\n");
  for (const Mode* mode : all_mode)
    std::printf("  %-10s %s\n", std::string(mode->name).c_str(), std::string(mode->help).c_str());
  return 2;
}

}  // namespace

void complain(const Options& options, int64_t trial, const std::string& what) {
  if (options.control || ++complaints > 20) return;
  std::printf("  seed %llu, trial %lld: %s\n", static_cast<unsigned long long>(options.seed),
              static_cast<long long>(trial), what.c_str());
}

}  // namespace torture

int main(int count, char** words) {
  using namespace torture;
  if (!seal::start()) return 2;
  // The trials' files lie in memory where the system has a place for that; TMPDIR says otherwise.
  std::error_code none;
  if (!std::getenv("TMPDIR") && std::filesystem::is_directory("/dev/shm", none))
    setenv("TMPDIR", "/dev/shm", 0);
  const Mode* mode = nullptr;
  for (const Mode* one : all_mode)
    if (count > 1 && one->name == words[1]) mode = one;
  if (!mode) return list();
  Options options{std::getenv("RIHLA_LONG") ? mode->long_count : mode->count, 1, false};
  for (int i = 2; i < count; ++i) {
    bool more = i + 1 < count;
    if (!std::strcmp(words[i], "--control"))
      options.control = true;
    else if (more && !std::strcmp(words[i], "--count"))
      options.count = std::atoll(words[++i]);
    else if (more && !std::strcmp(words[i], "--seed"))
      options.seed = std::strtoull(words[++i], nullptr, 10);
    else
      return list();
  }
  int passed = 0;
  int failed = 0;
  if (!options.control) ++(report(*mode, options, mode->run(options)) ? passed : failed);
  Options control{options.control ? options.count : mode->control_count, options.seed, true};
  ++(report(*mode, control, mode->run(control)) ? passed : failed);
  std::printf("torture: result: %d passed, %d failed, 0 skipped\n", passed, failed);
  return failed == 0 ? 0 : 1;
}
