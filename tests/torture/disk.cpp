#include "tests/torture/disk.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <cerrno>
#include <cstdarg>
#include <cstring>
#include <map>

namespace torture {
namespace {

struct State {
  std::string folder;  // empty: nothing is watched
  Injection injection;
  int64_t calls = 0;
  bool struck = false, recording = false;
  std::vector<Op> ops;
  std::map<int, std::string> open;        // descriptors of watched files and folders
  std::map<int, uint64_t> open_file;      // which file a descriptor is of
  std::map<std::string, uint64_t> names;  // which file a name is of, while recording
  uint64_t next_file = 1;
};
// The C library's functions have no other place to find what was asked of them.
State& state() {
  static State* const one = new State;
  return *one;
}
thread_local bool inside = false;  // our own bookkeeping is not watched

struct Inside {
  Inside() { inside = true; }
  ~Inside() { inside = false; }
};

bool watched(const char* path) {
  const State& s = state();
  return !inside && !s.folder.empty() && path && std::strncmp(path, s.folder.c_str(), s.folder.size()) == 0;
}
bool watched(int file) {
  return !inside && !state().folder.empty() && state().open.count(file) > 0;
}

enum Needs : unsigned { room = 1, permission = 2, transfer = 4 };

// Whether this call fails, with errno set.
bool strikes(unsigned needs) {
  State& s = state();
  Trouble trouble = s.injection.trouble;
  bool can = trouble == Trouble::broken || (trouble == Trouble::full && (needs & room)) ||
             (trouble == Trouble::forbidden && (needs & permission));
  if (!can) return false;
  ++s.calls;
  if (s.injection.at == 0 || (s.injection.lasting ? s.calls < s.injection.at : s.calls != s.injection.at))
    return false;
  s.struck = true;
  errno = trouble == Trouble::full ? ENOSPC : trouble == Trouble::broken ? EIO : EACCES;
  return true;
}

// Of `count` bytes, how many are written: all, or half where a short write strikes.
size_t shortened(size_t count) {
  State& s = state();
  if (s.injection.trouble != Trouble::short_write || count < 2) return count;
  ++s.calls;
  if (s.injection.at == 0 || (s.injection.lasting ? s.calls < s.injection.at : s.calls != s.injection.at))
    return count;
  s.struck = true;
  return count / 2;
}

std::string below(const std::string& path) {
  const std::string& folder = state().folder;
  return path.size() > folder.size() ? path.substr(folder.size() + 1) : ".";
}

void note(Op op) {
  if (state().recording) state().ops.push_back(std::move(op));
}

void opened(int file, const char* path, bool created, bool truncated) {
  Inside now;
  State& s = state();
  s.open[file] = path;
  if (!s.recording) return;
  struct stat about {};
  if (::fstat(file, &about) == 0 && S_ISDIR(about.st_mode)) return;
  std::string name = below(path);
  auto [at, fresh] = s.names.try_emplace(name, s.next_file);
  if (fresh) ++s.next_file;
  s.open_file[file] = at->second;
  if (created) note({Op::Kind::create, name, "", at->second, 0, {}});
  if (truncated && !created) note({Op::Kind::truncate, name, "", at->second, 0, {}});
}

void wrote(int file, const void* bytes, size_t count, off_t offset) {
  Inside now;
  State& s = state();
  if (!s.recording || s.open_file.count(file) == 0) return;
  const auto* from = static_cast<const uint8_t*>(bytes);
  note(
      {Op::Kind::write, below(s.open[file]), "", s.open_file[file], offset, base::Bytes(from, from + count)});
}

void removed(const char* path) {
  Inside now;
  State& s = state();
  if (!s.recording) return;
  note({Op::Kind::unlink, below(path), "", 0, 0, {}});
  s.names.erase(below(path));
}

template <class F>
F* real(const char* name) {
  return reinterpret_cast<F*>(::dlsym(RTLD_NEXT, name));
}

}  // namespace

void Disk::watch(const std::filesystem::path& folder) {
  rest();
  state().folder = folder.string();
}
void Disk::arm(Injection injection) {
  state().injection = injection;
  state().calls = 0;
  state().struck = false;
}
int64_t Disk::calls() {
  return state().calls;
}
bool Disk::struck() {
  return state().struck;
}
void Disk::record(const std::filesystem::path& folder) {
  rest();
  state().folder = folder.string();
  state().recording = true;
}
void Disk::mark(int64_t kind, int64_t number) {
  Inside now;
  note({Op::Kind::mark, "", "", static_cast<uint64_t>(kind), number, {}});
}
std::vector<Op> Disk::recorded() {
  std::vector<Op> out = std::move(state().ops);
  rest();
  return out;
}
void Disk::rest() {
  Inside now;
  State& s = state();
  s = State{};
}

}  // namespace torture

// ---- before the C library

using torture::Needs;
using namespace torture;

namespace {

int open_watched(int (*next)(const char*, int, ...), const char* path, int flags, mode_t mode) {
  if (!watched(path)) return next(path, flags, mode);
  bool there = [&] {
    Inside now;
    return ::access(path, F_OK) == 0;
  }();
  if (strikes((flags & O_CREAT) && !there ? permission | room : unsigned{permission})) return -1;
  int file = next(path, flags, mode);
  if (file >= 0) opened(file, path, (flags & O_CREAT) && !there, (flags & O_TRUNC) != 0);
  return file;
}

int synced(int (*next)(int), int file) {
  if (!watched(file)) return next(file);
  if (strikes(room | transfer)) return -1;
  int code = next(file);
  Inside now;
  State& s = state();
  if (code == 0 && s.recording) {
    if (s.open_file.count(file))
      note({Op::Kind::sync, below(s.open[file]), "", s.open_file[file], 0, {}});
    else
      note({Op::Kind::sync_folder, below(s.open[file]), "", 0, 0, {}});
  }
  return code;
}

int truncated(int (*next)(int, off_t), int file, off_t size) {
  if (!watched(file)) return next(file, size);
  if (strikes(room)) return -1;
  int code = next(file, size);
  Inside now;
  State& s = state();
  if (code == 0 && s.recording && s.open_file.count(file))
    note({Op::Kind::truncate, below(s.open[file]), "", s.open_file[file], size, {}});
  return code;
}

ssize_t written_at(ssize_t (*next)(int, const void*, size_t, off_t), int file, const void* bytes,
                   size_t count, off_t at) {
  if (!watched(file)) return next(file, bytes, count, at);
  if (strikes(room | transfer)) return -1;
  ssize_t n = next(file, bytes, shortened(count), at);
  if (n > 0) wrote(file, bytes, static_cast<size_t>(n), at);
  return n;
}

int gone(int (*next)(const char*), const char* path) {
  if (!watched(path)) return next(path);
  if (strikes(permission)) return -1;
  int code = next(path);
  if (code == 0) removed(path);
  return code;
}

}  // namespace

extern "C" {

#define MODE_OF(flags)                             \
  mode_t mode = 0;                                 \
  if ((flags)&O_CREAT) {                           \
    va_list more;                                  \
    va_start(more, flags);                         \
    mode = static_cast<mode_t>(va_arg(more, int)); \
    va_end(more);                                  \
  }

int open(const char* path, int flags, ...) {
  MODE_OF(flags)
  static auto* const next = real<int(const char*, int, ...)>("open");
  return open_watched(next, path, flags, mode);
}
int open64(const char* path, int flags, ...) {
  MODE_OF(flags)
  static auto* const next = real<int(const char*, int, ...)>("open64");
  return open_watched(next, path, flags, mode);
}

ssize_t write(int file, const void* bytes, size_t count) {
  static auto* const next = real<ssize_t(int, const void*, size_t)>("write");
  if (!watched(file)) return next(file, bytes, count);
  if (strikes(room | transfer)) return -1;
  off_t at = ::lseek(file, 0, SEEK_CUR);
  ssize_t n = next(file, bytes, shortened(count));
  if (n > 0) wrote(file, bytes, static_cast<size_t>(n), at);
  return n;
}
ssize_t pwrite(int file, const void* bytes, size_t count, off_t at) {
  static auto* const next = real<ssize_t(int, const void*, size_t, off_t)>("pwrite");
  return written_at(next, file, bytes, count, at);
}
ssize_t pwrite64(int file, const void* bytes, size_t count, off64_t at) {
  static auto* const next = real<ssize_t(int, const void*, size_t, off_t)>("pwrite64");
  return written_at(next, file, bytes, count, at);
}

ssize_t read(int file, void* bytes, size_t count) {
  static auto* const next = real<ssize_t(int, void*, size_t)>("read");
  if (watched(file) && strikes(transfer)) return -1;
  return next(file, bytes, count);
}
ssize_t pread(int file, void* bytes, size_t count, off_t at) {
  static auto* const next = real<ssize_t(int, void*, size_t, off_t)>("pread");
  if (watched(file) && strikes(transfer)) return -1;
  return next(file, bytes, count, at);
}
ssize_t pread64(int file, void* bytes, size_t count, off64_t at) {
  static auto* const next = real<ssize_t(int, void*, size_t, off_t)>("pread64");
  if (watched(file) && strikes(transfer)) return -1;
  return next(file, bytes, count, at);
}

int fsync(int file) {
  static auto* const next = real<int(int)>("fsync");
  return synced(next, file);
}
int fdatasync(int file) {
  static auto* const next = real<int(int)>("fdatasync");
  return synced(next, file);
}
int ftruncate(int file, off_t size) noexcept {
  static auto* const next = real<int(int, off_t)>("ftruncate");
  return truncated(next, file, size);
}
int ftruncate64(int file, off64_t size) noexcept {
  static auto* const next = real<int(int, off_t)>("ftruncate64");
  return truncated(next, file, size);
}

int unlink(const char* path) noexcept {
  static auto* const next = real<int(const char*)>("unlink");
  return gone(next, path);
}
int remove(const char* path) noexcept {
  static auto* const next = real<int(const char*)>("remove");
  return gone(next, path);
}
int rmdir(const char* path) noexcept {
  static auto* const next = real<int(const char*)>("rmdir");
  return gone(next, path);
}
int rename(const char* from, const char* to) noexcept {
  static auto* const next = real<int(const char*, const char*)>("rename");
  if (!watched(from)) return next(from, to);
  if (strikes(permission | room)) return -1;
  int code = next(from, to);
  Inside now;
  State& s = state();
  if (code == 0 && s.recording) {
    note({Op::Kind::rename, below(from), below(to), s.names[below(from)], 0, {}});
    if (auto at = s.names.find(below(from)); at != s.names.end()) {
      s.names[below(to)] = at->second;
      s.names.erase(below(from));
    }
  }
  return code;
}
int link(const char* from, const char* to) noexcept {
  static auto* const next = real<int(const char*, const char*)>("link");
  if (!watched(from)) return next(from, to);
  if (strikes(permission | room)) return -1;
  int code = next(from, to);
  Inside now;
  State& s = state();
  if (code == 0 && s.recording) {
    s.names[below(to)] = s.names[below(from)];
    note({Op::Kind::link, below(from), below(to), s.names[below(from)], 0, {}});
  }
  return code;
}
int mkdir(const char* path, mode_t mode) noexcept {
  static auto* const next = real<int(const char*, mode_t)>("mkdir");
  if (!watched(path)) return next(path, mode);
  if (strikes(permission | room)) return -1;
  int code = next(path, mode);
  Inside now;
  if (code == 0 && state().recording) note({Op::Kind::folder, below(path), "", 0, 0, {}});
  return code;
}
int close(int file) {
  static auto* const next = real<int(int)>("close");
  if (watched(file)) {
    Inside now;
    state().open.erase(file);
    state().open_file.erase(file);
  }
  return next(file);
}

}  // extern "C"
