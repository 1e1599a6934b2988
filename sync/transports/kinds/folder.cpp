// folder: a stick, a share, any directory. Files are written once: temporary name, fsync, link, fsync of the
// folder.
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "forms/base/memory.h"
#include "sync/transports/table.h"

namespace transports {
namespace {

namespace fs = std::filesystem;
using base::Fault;

constexpr size_t piece = 64 << 10;

base::Error io_error(const fs::path& path, int code) {
  if (code == ENOMEM) return base::no_memory().value();
  std::string where = path.string();
  if (code == ENOSPC || code == EDQUOT || code == EFBIG)
    return {Fault::full, where, "This place is full. Make room there and sync again; nothing is lost."};
  if (code == EACCES || code == EPERM || code == EROFS)
    return {
        Fault::locked, where,
        "This place refuses writing. Check that the stick is not write-protected, or choose another folder."};
  if (code == ENOENT || code == ENOTDIR || code == ENODEV)
    return {Fault::missing, where, "This folder is not there. Is the stick plugged in, the share connected?"};
  return {
      Fault::offline, where,
      std::string("This place does not answer: ") + std::strerror(code) + ". Try again; nothing is lost."};
}

class Folder : public exchange::Transport {
 public:
  explicit Folder(fs::path root) : root_(std::move(root)) {}
  std::string describe() const override { return root_.string(); }

  base::Result<std::vector<exchange::RemoteFile>> list(const std::string& folder) override try {
    if (auto good = check_name(folder); !good) return base::pass(good.error());
    if (auto there = root_is_there(); !there) return base::pass(there.error());
    std::vector<exchange::RemoteFile> out;
    std::error_code error;
    if (!fs::exists(root_ / folder, error)) return out;
    fs::recursive_directory_iterator at(root_ / folder, error);
    for (; !error && at != fs::recursive_directory_iterator(); at.increment(error)) {
      if (!at->is_regular_file(error) || at->is_symlink(error)) continue;
      std::string name = fs::relative(at->path(), root_, error).generic_string();
      if (error || !check_name(name) || at->path().extension() == ".part") continue;
      out.push_back({name, at->file_size(error)});
    }
    if (error) return base::pass(io_error(root_ / folder, error.value()));
    std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    return out;
  } catch (const std::bad_alloc&) {
    return base::no_memory();
  }

  base::Status get_to(const std::string& name, const exchange::Sink& sink,
                      const exchange::Progress& progress) override try {
    if (auto good = check_name(name); !good) return good;
    if (auto inside = stays_inside(name); !inside) return inside;
    Descriptor in{::open((root_ / name).c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)};
    if (in.file < 0) return base::pass(io_error(root_ / name, errno));
    std::error_code error;
    uint64_t size = fs::file_size(root_ / name, error), done = 0;
    base::Bytes part(piece);
    for (;;) {
      ssize_t n = ::read(in.file, part.data(), part.size());
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) return base::pass(io_error(root_ / name, errno));
      if (n == 0) return {};
      if (auto taken = sink(base::ByteView(part).first(static_cast<size_t>(n))); !taken) return taken;
      done += static_cast<uint64_t>(n);
      if (progress && !progress(done, size)) return base::fail(Fault::cancelled, name, "Stopped.");
    }
  } catch (const std::bad_alloc&) {
    return base::no_memory();
  }

  base::Status put_from(const std::string& name, const exchange::Source& source,
                        const exchange::Progress& progress) override try {
    if (auto good = check_name(name); !good) return good;
    if (auto there = root_is_there(); !there) return there;
    fs::path target = root_ / name;
    std::error_code error;
    fs::create_directories(target.parent_path(), error);
    if (error) return base::pass(io_error(target.parent_path(), error.value()));
    if (auto inside = stays_inside(name); !inside) return inside;
    if (fs::exists(target, error)) return same(name, source);
    fs::path part = target;
    part += "." + std::to_string(::getpid()) + ".part";
    auto written = write(part, source, progress);
    if (!written) {
      ::unlink(part.c_str());
      return written;
    }
    // Write once: whoever was first keeps the name. FAT has no hard links: there, look and rename.
    int linked = ::link(part.c_str(), target.c_str());
    int code = errno;
    if (linked != 0 && code != EEXIST && !fs::exists(target, error)) {
      linked = ::rename(part.c_str(), target.c_str());
      code = errno;
    }
    ::unlink(part.c_str());
    if (linked != 0 && code == EEXIST) return same(name, source);
    if (linked != 0) return base::pass(io_error(target, code));
    int folder = ::open(target.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder >= 0) {
      (void)::fsync(folder);
      ::close(folder);
    }
    return {};
  } catch (const std::bad_alloc&) {
    return base::no_memory();
  }

 private:
  struct Descriptor {  // closed when it goes out of scope
    int file = -1;
    ~Descriptor() {
      if (file >= 0) ::close(file);
    }
  };

  base::Status root_is_there() const {
    std::error_code error;
    if (fs::is_directory(root_, error)) return {};
    return base::pass(io_error(root_, error ? error.value() : ENOENT));
  }

  // A link on the stick must not lead elsewhere on this laptop.
  base::Status stays_inside(const std::string& name) const {
    std::error_code error;
    fs::path folder = fs::weakly_canonical((root_ / name).parent_path(), error);
    if (error) return base::pass(io_error(root_ / name, error.value()));
    std::string inside = fs::weakly_canonical(root_, error).string();
    if (error) return base::pass(io_error(root_ / name, error.value()));
    if (folder.string().rfind(inside, 0) == 0) return {};
    return base::fail(Fault::locked, name, "A link at this place leads out of it; it is not followed.");
  }

  base::Status same(const std::string& name, const exchange::Source& source) {
    Comparing comparing(source);
    auto there = get_to(name, [&](base::ByteView part) { return comparing.take(part); }, {});
    if (!there) return there;
    if (comparing.is_same()) return {};
    return base::fail(Fault::conflict, name,
                      "There is another file of this name at that place; it is not overwritten.");
  }

  static base::Status write(const fs::path& part, const exchange::Source& source,
                            const exchange::Progress& progress) {
    Descriptor out{::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644)};
    if (out.file < 0) return base::pass(io_error(part, errno));
    base::Bytes bytes(piece);
    for (uint64_t done = 0; done < source.size;) {
      auto next = std::span(bytes).first(static_cast<size_t>(std::min<uint64_t>(piece, source.size - done)));
      if (auto read = source.read(done, next); !read) return read;
      for (size_t at = 0; at < next.size();) {
        ssize_t n = ::write(out.file, next.data() + at, next.size() - at);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return base::pass(io_error(part, n == 0 ? ENOSPC : errno));
        at += static_cast<size_t>(n);
      }
      done += next.size();
      if (progress && !progress(done, source.size))
        return base::fail(Fault::cancelled, part.string(), "Stopped.");
    }
    bool good = ::fsync(out.file) == 0;
    int code = errno;
    if (::close(std::exchange(out.file, -1)) != 0 || !good) return base::pass(io_error(part, good ? errno : code));
    return {};
  }

  fs::path root_;
};

bool takes(std::string_view address) {
  return !address.empty() && address.find("://") == std::string_view::npos;
}

base::Result<std::unique_ptr<exchange::Transport>> open(const std::string& address,
                                                        const exchange::TransportOptions&) {
  std::error_code error;
  fs::path root = fs::absolute(address, error);
  if (!fs::is_directory(root, error)) return base::pass(io_error(root, ENOENT));
  return std::unique_ptr<exchange::Transport>(std::make_unique<Folder>(root));
}

}  // namespace

extern const exchange::TransportKind folder_transport;
const exchange::TransportKind folder_transport{
    .name = "folder", .help = "a folder, a stick or a share", .takes = takes, .open = open};

}  // namespace transports
