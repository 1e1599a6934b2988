#include "collector/export/format.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
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

constexpr size_t longest_name = 200;

bool is_unfit(char c) {
  auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte == 0x7f || c == '/' || c == '\\' || c == ':';
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

bool is_plain_name(std::string_view name) {
  if (name.empty() || name[0] == '.' || name.size() > longest_name) return false;
  return std::none_of(name.begin(), name.end(), is_unfit);
}

std::string plain_name(std::string_view text) {
  std::string out(text);
  std::replace_if(out.begin(), out.end(), is_unfit, '-');
  if (out.empty() || out[0] == '.') out.insert(out.begin(), '-');
  size_t end = std::min(out.size(), longest_name - 20);  // room for a number and ".csv"
  while (end < out.size() && end > 0 && (static_cast<unsigned char>(out[end]) & 0xc0) == 0x80) --end;
  out.resize(end);
  return out;
}

base::Status write_files(const std::filesystem::path& folder, const std::vector<NewFile>& files) {
  std::vector<std::filesystem::path> parts;
  auto give_up = [&](const std::filesystem::path& target, int code) {
    for (const std::filesystem::path& part : parts) ::unlink(part.c_str());
    return refuse(target, code);
  };
  for (const NewFile& one : files) {
    std::filesystem::path target = folder / one.name;
    if (!is_plain_name(one.name)) {
      give_up(target, EINVAL);
      return base::fail(base::Fault::invalid, one.name, "This cannot be the name of a file in a folder.");
    }
    std::error_code ignored;
    if (std::filesystem::is_directory(target, ignored)) return give_up(target, EISDIR);
    std::filesystem::path part = folder / (one.name + ".part");
    int file = ::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file < 0) return give_up(target, errno);
    parts.push_back(std::move(part));
    bool good = write_all(file, base::view_of(one.bytes));
    base::Status made;
    if (one.pieces)
      made = one.pieces([&](std::string_view piece) -> base::Status {
        good = good && write_all(file, base::view_of(piece));
        return good ? base::Status() : base::Status(refuse(target, errno));
      });
    if (!made) {
      ::close(file);
      give_up(target, EIO);
      return made;
    }
    good = good && ::fsync(file) == 0;
    int code = errno;
    if (::close(file) != 0 && good) {
      code = errno;
      good = false;
    }
    if (!good) return give_up(target, code);
  }
  for (size_t i = 0; i < files.size(); ++i)
    if (::rename(parts[i].c_str(), (folder / files[i].name).c_str()) != 0) {
      int code = errno;
      return give_up(folder / files[i].name, code);
    }
  return {};
}

base::Status write_file(const std::filesystem::path& folder, const std::string& name, base::ByteView bytes) {
  return write_files(folder, {{name, std::string(base::text_of(bytes))}});
}

}  // namespace exports
