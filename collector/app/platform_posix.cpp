#include <dlfcn.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstdlib>

#include "collector/app/platform.h"
#include "sync/seal/primitives.h"

namespace app {

namespace fs = std::filesystem;

uint64_t memory_bytes() {
  return static_cast<uint64_t>(sysconf(_SC_PHYS_PAGES)) * static_cast<uint64_t>(sysconf(_SC_PAGE_SIZE));
}

fs::path program_folder() {
  std::error_code error;
  fs::path program = fs::read_symlink("/proc/self/exe", error);
  return error ? fs::current_path() : program.parent_path();
}

fs::path questionnaires_folder() {
  std::error_code ignored;
  // Beside the program when installed; from build/<preset>/ and build/<preset>/tests in a checkout.
  for (const char* way : {"share/questionnaires", "../../forms/questionnaires",
                          "../../../forms/questionnaires", "../../../../forms/questionnaires"})
    if (fs::path folder = program_folder() / way; fs::is_directory(folder, ignored))
      return fs::weakly_canonical(folder, ignored);
  return {};
}

fs::path home_folder() {
  if (const char* home = std::getenv("HOME"); home && *home) return home;
  return "/";
}

fs::path default_workspace() {
  if (const char* data = std::getenv("XDG_DATA_HOME"); data && *data) return fs::path(data) / "rihla";
  if (const char* home = std::getenv("HOME"); home && *home) return fs::path(home) / ".local/share/rihla";
  return fs::current_path() / "rihla";
}

std::unique_ptr<base::Random> system_random() {
  RIHLA_CHECK(seal::start().has_value());
  return std::make_unique<seal::SystemRandom>();
}

[[gnu::noinline]] void forget_stack() {
  volatile uint8_t below[512 << 10];  // deeper than any call of ours goes
  for (volatile uint8_t& byte : below) byte = 0;
}

// What it needs of the system (PortAudio, Opus) is looked up only now: a program without sound starts as fast.
sound::System* sound_module() {
  static sound::System* const system = []() -> sound::System* {
    for (const char* way : {"lib/rihla-sound.so", "../lib/rihla-sound.so", "../../lib/rihla-sound.so"}) {
      void* module = dlopen((program_folder() / way).c_str(), RTLD_NOW | RTLD_LOCAL);
      if (!module) continue;
      if (void* made = dlsym(module, "rihla_sound")) return reinterpret_cast<sound::System* (*)()>(made)();
    }
    return nullptr;
  }();
  return system;
}

void no_core_dumps() {
  rlimit none{0, 0};
  (void)setrlimit(RLIMIT_CORE, &none);
  (void)prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

}  // namespace app
