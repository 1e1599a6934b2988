// Small files written whole or not at all. The one POSIX file of sync/store.
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>

#include "sync/store/vault.h"

namespace store {

using base::Fault;

Status write_atomically(const std::filesystem::path& path, ByteView bytes) {
  std::filesystem::path part = path;
  part += ".part";
  auto refuse = [&](int code) -> Status {
    ::unlink(part.c_str());
    bool full = code == ENOSPC || code == EDQUOT || code == EFBIG;
    return base::fail(
        full ? Fault::full : Fault::locked, path.string(),
        full ? "The disk is full. Make room and try again; nothing was changed."
             : std::string("This file cannot be written: ") + std::strerror(code) + ". Nothing was changed.");
  };
  int file = ::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return refuse(errno);
  for (size_t done = 0; done < bytes.size();) {
    ssize_t n = ::write(file, bytes.data() + done, bytes.size() - done);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) {
      int code = errno;
      ::close(file);
      return refuse(code);
    }
    done += static_cast<size_t>(n);
  }
  if (::fsync(file) != 0 || ::close(file) != 0) return refuse(errno);
  if (::rename(part.c_str(), path.c_str()) != 0) return refuse(errno);
  int folder = ::open(path.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder >= 0) {
    (void)::fsync(folder);
    ::close(folder);
  }
  return {};
}

Result<Bytes> read_whole(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return base::fail(Fault::missing, path.string(), "This file is not there.");
  return Bytes(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
}

}  // namespace store
