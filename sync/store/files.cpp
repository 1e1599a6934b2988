#include "sync/store/files.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace store {
namespace {

using base::Fault;

tl::unexpected<base::Error> refuse(const fs::path& path, int code, const char* doing) {
  bool full = code == ENOSPC || code == EDQUOT || code == EFBIG;
  if (code == ENOMEM) return base::no_memory();
  if (code == ENOENT) return base::fail(Fault::missing, path.string(), "This file is not there.");
  return base::fail(full ? Fault::full : Fault::locked, path.string(),
                    full ? "The disk is full. Make room and try again; nothing was changed."
                         : std::string("This file cannot be ") + doing + ": " + std::strerror(code) +
                               ". Nothing was changed.");
}

// Closed when it goes out of scope.
struct Descriptor {
  int file = -1;
  ~Descriptor() {
    if (file >= 0) ::close(file);
  }
};

int write_all(int file, ByteView bytes) {
  for (size_t done = 0; done < bytes.size();) {
    ssize_t n = ::write(file, bytes.data() + done, bytes.size() - done);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return n == 0 ? ENOSPC : errno;
    done += static_cast<size_t>(n);
  }
  return 0;
}

// Whether `path`, renamed from `part`, is there for good; where it is not, the part still is.
Status put_in_place(int file, const fs::path& part, const fs::path& path) try {
  int code = ::fsync(file) != 0 ? errno : 0;
  if (::close(file) != 0 && code == 0) code = errno;
  if (code == 0 && ::rename(part.c_str(), path.c_str()) != 0) code = errno;
  if (code == 0) return sync_folder(path.parent_path());
  return refuse(path, code, "written");
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

}  // namespace

Status write_atomically(const fs::path& path, ByteView bytes) try {
  fs::path part = path;
  part += ".part";
  int file = ::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return refuse(path, errno == ENOENT ? ENOTDIR : errno, "written");
  if (int code = write_all(file, bytes); code != 0) {
    ::close(file);
    ::unlink(part.c_str());
    return refuse(path, code, "written");
  }
  auto done = put_in_place(file, part, path);
  if (!done) ::unlink(part.c_str());
  return done;
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Status each_piece(const fs::path& path, const std::function<Status(ByteView)>& use) try {
  Descriptor in{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  if (in.file < 0) return refuse(path, errno, "read");
  Bytes piece(64 << 10);
  for (;;) {
    ssize_t n = ::read(in.file, piece.data(), piece.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return refuse(path, errno, "read");
    if (n == 0) return {};
    if (auto done = use(ByteView(piece).first(static_cast<size_t>(n))); !done) return done;
  }
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Result<Bytes> read_whole(const fs::path& path, uint64_t most) try {
  Bytes out;
  auto done = each_piece(path, [&](ByteView piece) -> Status {
    if (out.size() + piece.size() > most)
      return base::fail(Fault::corrupt, path.string(), "This file is larger than any of its kind.");
    out.insert(out.end(), piece.begin(), piece.end());
    return {};
  });
  if (!done) return base::pass(done.error());
  return out;
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Result<Bytes> read_start(const fs::path& path, size_t most) try {
  Descriptor in{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  if (in.file < 0) return refuse(path, errno, "read");
  Bytes out(most);
  size_t got = 0;
  while (got < most) {
    ssize_t n = ::read(in.file, out.data() + got, most - got);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return refuse(path, errno, "read");
    if (n == 0) break;
    got += static_cast<size_t>(n);
  }
  out.resize(got);
  return out;
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

FileState state_of(const fs::path& path) {
  struct stat about {};
  if (::stat(path.c_str(), &about) != 0) return {};
  return {about.st_size, int64_t{about.st_mtim.tv_sec} * 1'000'000'000 + about.st_mtim.tv_nsec};
}

bool are_on_one_volume(const fs::path& a, const fs::path& b) {
  auto volume = [](fs::path path, dev_t& out) {
    struct stat about {};
    for (path = path.lexically_normal(); ::stat(path.c_str(), &about) != 0; path = path.parent_path())
      if (!path.has_parent_path() || path == path.parent_path()) return false;
    out = about.st_dev;
    return true;
  };
  dev_t one = 0, other = 0;
  return volume(a, one) && volume(b, other) && one == other;
}

Status make_private_folder(const fs::path& path) try {
  std::error_code error;
  if (fs::is_directory(path, error)) return {};
  if (path.has_parent_path() && path.parent_path() != path)
    if (auto done = make_private_folder(path.parent_path()); !done) return done;
  if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) return refuse(path, errno, "made");
  // Above our own folders there may be one that we may pass through and not read; the system's it is, and there.
  auto done = sync_folder(path.parent_path());
  return ::access(path.parent_path().c_str(), R_OK) == 0 ? done : Status();
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Status make_private_file(const fs::path& path) try {
  Descriptor file{::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)};
  if (file.file >= 0) return sync_folder(path.parent_path());  // SQLite syncs what is in it, and not its name
  if (errno == EEXIST) return {};
  return refuse(path, errno == ENOENT ? ENOTDIR : errno, "written");
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Status sync_folder(const fs::path& path) try {
  Descriptor folder{::open(path.empty() ? "." : path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  // Some file systems (FAT, shares) have nothing to sync in a folder and say so.
  if (folder.file < 0) return refuse(path, errno, "opened");
  if (::fsync(folder.file) != 0 && errno != EINVAL && errno != EROFS) return refuse(path, errno, "written");
  return {};
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Status destroy(const fs::path& path) try {
  Descriptor out{::open(path.c_str(), O_WRONLY | O_CLOEXEC)};
  if (out.file < 0 && errno == ENOENT) return {};
  struct stat about {};
  if (out.file >= 0 && ::fstat(out.file, &about) == 0) {
    Bytes zeros(static_cast<size_t>(std::min<off_t>(about.st_size, 1 << 16)), 0);
    for (off_t at = 0; at < about.st_size; at += static_cast<off_t>(zeros.size()))
      if (write_all(out.file, ByteView(zeros).first(static_cast<size_t>(std::min<off_t>(
                                  about.st_size - at, static_cast<off_t>(zeros.size()))))) != 0)
        break;
    (void)::fsync(out.file);
  }
  if (::unlink(path.c_str()) != 0 && errno != ENOENT) return refuse(path, errno, "removed");
  return sync_folder(path.parent_path());
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Result<std::vector<std::string>> names_in(const fs::path& folder) try {
  struct Listing {
    DIR* dir;
    ~Listing() {
      if (dir) ::closedir(dir);
    }
  } listing{::opendir(folder.c_str())};
  std::vector<std::string> out;
  if (!listing.dir && errno == ENOENT) return out;
  if (!listing.dir) return refuse(folder, errno, "read");
  errno = 0;
  while (const dirent* entry = ::readdir(listing.dir))
    if (std::string_view name = entry->d_name; name != "." && name != "..") out.emplace_back(name);
  if (errno != 0) return refuse(folder, errno, "read");
  std::sort(out.begin(), out.end());
  return out;
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Status remove_folder(const fs::path& path) try {
  auto names = names_in(path);
  if (!names) return base::pass(names.error());
  for (const std::string& name : *names) {
    fs::path file = path / name;
    struct stat about {};
    if (::lstat(file.c_str(), &about) == 0 && S_ISDIR(about.st_mode)) {
      if (auto done = remove_folder(file); !done) return done;
    } else if (::unlink(file.c_str()) != 0 && errno != ENOENT) {
      return refuse(file, errno, "removed");
    }
  }
  if (::rmdir(path.c_str()) != 0 && errno != ENOENT) return refuse(path, errno, "removed");
  return {};
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Result<std::unique_ptr<OpenFile>> OpenFile::open(const fs::path& path) try {
  Descriptor in{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  struct stat about {};
  if (in.file < 0 || ::fstat(in.file, &about) != 0) return refuse(path, errno, "read");
  std::unique_ptr<OpenFile> out(new OpenFile(-1, static_cast<uint64_t>(about.st_size), path));
  out->file_ = std::exchange(in.file, -1);
  return out;
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

OpenFile::~OpenFile() {
  if (file_ >= 0) ::close(file_);
}

Status OpenFile::read(uint64_t at, std::span<uint8_t> into) const try {
  for (size_t got = 0; got < into.size();) {
    ssize_t n = ::pread(file_, into.data() + got, into.size() - got, static_cast<off_t>(at + got));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return refuse(path_, errno, "read");
    if (n == 0) return base::fail(Fault::corrupt, path_.string(), "This file became shorter while it was read.");
    got += static_cast<size_t>(n);
  }
  return {};
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Result<std::unique_ptr<GrowingFile>> GrowingFile::create(const fs::path& path) try {
  int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0 && errno == EEXIST)
    return base::fail(Fault::conflict, path.string(), "There is already a file of this name.");
  if (file < 0) return refuse(path, errno == ENOENT ? ENOTDIR : errno, "written");
  std::unique_ptr<GrowingFile> out(new GrowingFile(file, path));
  // What is synced into a file is lost with its name, while that is not.
  if (auto done = sync_folder(path.parent_path()); !done) return base::pass(done.error());
  return out;
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

GrowingFile::~GrowingFile() {
  if (file_ >= 0) ::close(file_);
}

Status GrowingFile::append(ByteView bytes) try {
  if (int code = write_all(file_, bytes); code != 0) return refuse(path_, code, "written");
  return {};
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Status GrowingFile::sync() try {
  if (::fdatasync(file_) != 0) return refuse(path_, errno, "written");
  return {};
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Status GrowingFile::close_as(const fs::path& final_path) try {
  return put_in_place(std::exchange(file_, -1), path_, final_path);
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

}  // namespace store
