#include <dlfcn.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <vector>

#include "collector/app/devices.h"
#include "collector/app/platform.h"
#include "forms/base/utf8.h"
#include "sync/seal/primitives.h"
#include "sync/seal/secret.h"

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

// Source: freedesktop.org, xdg-user-dirs: lines such as XDG_DOCUMENTS_DIR="$HOME/Documents".
fs::path documents_folder() {
  const char* config = std::getenv("XDG_CONFIG_HOME");
  fs::path folder = config && *config ? fs::path(config) : home_folder() / ".config";
  std::ifstream in(folder / "user-dirs.dirs");
  for (std::string line; std::getline(in, line);) {
    constexpr std::string_view name = "XDG_DOCUMENTS_DIR=\"";
    size_t end = line.rfind('"');
    if (line.rfind(name, 0) != 0 || end <= name.size()) continue;
    std::string value = line.substr(name.size(), end - name.size());
    if (value.rfind("$HOME/", 0) == 0) return home_folder() / value.substr(6);
    if (value[0] == '/') return value;
  }
  return home_folder() / "Documents";
}

std::vector<fs::path> sticks() {
  std::vector<fs::path> out;
  for (const char* root : {"/media", "/run/media"}) {
    std::error_code error;
    for (fs::directory_iterator user(root, error), end; !error && user != end; user.increment(error)) {
      std::error_code inner;
      for (fs::directory_iterator at(user->path(), inner); !inner && at != end; at.increment(inner)) {
        std::error_code ignored;
        if (at->is_directory(ignored) && base::is_utf8(at->path().string())) out.push_back(at->path());
      }
    }
  }
  std::sort(out.begin(), out.end());
  return out;
}

fs::path default_workspace() {
  if (const char* data = std::getenv("XDG_DATA_HOME"); data && *data) return fs::path(data) / "rihla";
  if (const char* home = std::getenv("HOME"); home && *home) return fs::path(home) / ".local/share/rihla";
  return fs::current_path() / "rihla";
}

bool locks_memory() {
  return seal::secrets_are_locked();
}

std::unique_ptr<base::Random> system_random() {
  RIHLA_CHECK(seal::start().has_value());
  return std::make_unique<seal::SystemRandom>();
}

[[gnu::noinline]] void forget_stack() {
  volatile uint8_t below[512 << 10];  // deeper than any call of ours goes
  for (volatile uint8_t& byte : below) byte = 0;
}

void* module_function(const char* module, const char* function) {
  for (const char* way : {"lib/", "../lib/", "../../lib/"}) {
    std::string name = std::string(module) + ".so";
    if (void* found = dlopen((program_folder() / way / name).c_str(), RTLD_NOW | RTLD_LOCAL))
      return dlsym(found, function);
  }
  return nullptr;
}

// What it needs of the system (PortAudio, Opus) is looked up only now: a program without sound starts as fast.
sound::System* sound_module() {
  static sound::System* const system = []() -> sound::System* {
    void* made = module_function("rihla-sound", "rihla_sound");
    return made ? reinterpret_cast<sound::System* (*)()>(made)() : nullptr;
  }();
  return system;
}

namespace {

bool is_program(const char* name) {
  const char* path = std::getenv("PATH");
  std::string folders = path ? path : "/usr/bin:/bin";
  for (size_t at = 0; at <= folders.size();) {
    size_t end = std::min(folders.find(':', at), folders.size());
    if (access((folders.substr(at, end - at) + "/" + name).c_str(), X_OK) == 0) return true;
    at = end + 1;
  }
  return false;
}

// A program of the system with these bytes as its input, until it ends.
bool hand_to(std::vector<std::string> words, std::string_view bytes) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return false;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[0], 0);
  posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  pid_t id = -1;
  bool begun = posix_spawnp(&id, pointers[0], &actions, nullptr, pointers.data(), environ) == 0;
  posix_spawn_file_actions_destroy(&actions);
  close(ends[0]);
  while (begun && !bytes.empty()) {
    ssize_t n = write(ends[1], bytes.data(), bytes.size());
    if (n <= 0) break;
    bytes.remove_prefix(static_cast<size_t>(n));
  }
  close(ends[1]);
  int status = -1;
  return begun && waitpid(id, &status, 0) == id && WIFEXITED(status) && WEXITSTATUS(status) == 0 && bytes.empty();
}

}  // namespace

namespace {

fs::path part_path(const char* name) {
  for (const char* way : {"lib", "../lib", "../../lib"})
    if (fs::path path = program_folder() / way / name; access(path.c_str(), X_OK) == 0) return path;
  return {};
}

// What comes until the other end closes; false when it is too much or too late.
bool read_until_closed(int from, base::Bytes& out, size_t most, int seconds) {
  using Clock = std::chrono::steady_clock;
  Clock::time_point end = Clock::now() + std::chrono::seconds(seconds);
  while (true) {
    auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now()).count();
    pollfd one{from, POLLIN, 0};
    int ready = left > 0 ? poll(&one, 1, static_cast<int>(left)) : 0;
    if (ready < 0 && errno == EINTR) continue;
    if (ready <= 0) return false;
    size_t before = out.size();
    out.resize(before + (256 << 10));
    ssize_t n = read(from, out.data() + before, 256 << 10);
    out.resize(before + static_cast<size_t>(std::max<ssize_t>(n, 0)));
    if (n == 0) return true;
    if ((n < 0 && errno != EINTR) || out.size() > most) return false;
  }
}

}  // namespace

bool has_part(const char* name) {
  return !part_path(name).empty();
}

std::optional<base::Bytes> run_part(const char* name, base::ByteView input, size_t most, int seconds) {
  fs::path path = part_path(name);
  int in = path.empty() ? -1 : memfd_create(name, MFD_CLOEXEC);
  if (in < 0) return {};
  bool given = write(in, input.data(), input.size()) == static_cast<ssize_t>(input.size()) && lseek(in, 0, SEEK_SET) == 0;
  int ends[2] = {-1, -1};
  given = given && pipe2(ends, O_CLOEXEC) == 0;
  pid_t id = -1;
  if (given) {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in, 0);
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    std::string word = path.string();
    char* words[] = {word.data(), nullptr};
    given = posix_spawn(&id, word.c_str(), &actions, nullptr, words, environ) == 0;
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
  }
  close(in);
  base::Bytes out;
  bool done = given && read_until_closed(ends[0], out, most, seconds);
  if (ends[0] >= 0) close(ends[0]);
  if (!given) return {};
  if (!done) kill(id, SIGKILL);
  int status = -1;
  while (waitpid(id, &status, 0) < 0 && errno == EINTR) {
  }
  if (!done || !WIFEXITED(status) || WEXITSTATUS(status) != 0) return {};
  return out;
}

bool print_document(std::string_view pdf) {
  return is_program("lp") && hand_to({"lp", "-s", "-t", "Rihla"}, pdf);
}

bool has_voice() {
  return is_program("spd-say");
}

bool say_aloud(std::string_view text, const std::string& language) {
  if (!has_voice()) return false;
  hush();
  return hand_to({"spd-say", "-N", "Rihla", "-l", language, "-e"}, text);
}

void hush() {
  if (has_voice()) (void)hand_to({"spd-say", "-N", "Rihla", "-S"}, "");
}

void no_core_dumps() {
  rlimit none{0, 0};
  (void)setrlimit(RLIMIT_CORE, &none);
  (void)prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

}  // namespace app
