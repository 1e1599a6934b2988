#include "collector/export/format.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "all_format.inc"

namespace exports {
namespace {

tl::unexpected<base::Error> refuse(const std::filesystem::path& path, int code) {
  std::string where = path.string();
  if (code == ENOSPC || code == EDQUOT || code == EFBIG)
    return base::fail(base::Fault::full, where,
                      "The disk is full. Make room and export again; nothing was left behind.");
  if (code == EACCES || code == EPERM || code == EROFS)
    return base::fail(base::Fault::locked, where, "This folder refuses writing. Choose another folder.");
  if (code == ENOENT || code == ENOTDIR)
    return base::fail(base::Fault::missing, where, "This folder does not exist. Make it, or choose another.");
  return base::fail(base::Fault::invalid, where,
                    std::string("The file could not be written: ") + std::strerror(code));
}

bool write_all(int file, base::ByteView bytes) {
  for (size_t done = 0; done < bytes.size();) {
    ssize_t n = ::write(file, bytes.data() + done, bytes.size() - done);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    done += static_cast<size_t>(n);
  }
  return true;
}

}  // namespace

std::span<const ExportFormat* const> formats() {
  return all_format;
}

const ExportFormat* find_format(std::string_view name) {
  for (const ExportFormat* format : formats())
    if (format->name == name) return format;
  return nullptr;
}

base::Status write_file(const std::filesystem::path& folder, const std::string& name, base::ByteView bytes) {
  std::filesystem::path target = folder / name;
  std::filesystem::path part = folder / (name + ".part");
  int file = ::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return refuse(target, errno);
  bool good = write_all(file, bytes) && ::fsync(file) == 0;
  int code = errno;
  good = ::close(file) == 0 && good;
  if (good && ::rename(part.c_str(), target.c_str()) != 0) {
    code = errno;
    good = false;
  }
  if (!good) {
    ::unlink(part.c_str());
    return refuse(target, code);
  }
  return {};
}

}  // namespace exports
