// Files: our own small ones, written whole or not at all, readable by this user alone.
//
//   write_atomically(folder / "profile.key", bytes);   // temporary file, fsync, rename, fsync of the folder
//   auto bytes = read_whole(path, 1 << 20);
//
// Errors name the path: full (the disk), locked (no permission, read-only, a broken disk), missing. Whatever
// happens, the file is the old one or the new one. The one file of sync/store that asks the operating system.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "forms/base/bytes.h"
#include "forms/base/memory.h"

namespace store {

namespace fs = std::filesystem;
using base::Bytes;
using base::ByteView;
using base::Result;
using base::Status;

Status write_atomically(const fs::path& path, ByteView bytes);
Result<Bytes> read_whole(const fs::path& path, uint64_t most = uint64_t{1} << 31);
Result<Bytes> read_start(const fs::path& path, size_t most);  // its first bytes
struct FileState {
  int64_t size = -1;    // -1: it is not there
  int64_t changed = 0;  // when it was last written, in nanoseconds
  bool operator==(const FileState&) const = default;
};
FileState state_of(const fs::path& path);
// Whether both lie on one volume; folders or files, and where one is not there yet the folder it would lie in.
bool are_on_one_volume(const fs::path& a, const fs::path& b);
Status each_piece(const fs::path& path, const std::function<Status(ByteView)>& use);  // 64 KiB at a time
Status make_private_folder(const fs::path& path);  // and those above it; 0700 for its owner alone
Status make_private_file(const fs::path& path);    // empty, 0600, when it is not there yet
Status sync_folder(const fs::path& path);          // what was renamed or removed in it stays so
Status destroy(const fs::path& path);              // overwritten with zeros, synced, removed; absent is fine

Result<std::vector<std::string>> names_in(
    const fs::path& folder);                 // sorted; a folder that is not there has none
Status remove_folder(const fs::path& path);  // and what is in it; absent is fine

// A file to be read anywhere in it.
class OpenFile {
 public:
  static Result<std::unique_ptr<OpenFile>> open(const fs::path& path);
  ~OpenFile();
  uint64_t size() const { return size_; }
  Status read(uint64_t at, std::span<uint8_t> into) const;  // all of it, or an error

 private:
  OpenFile(int file, uint64_t size, fs::path path) : file_(file), size_(size), path_(std::move(path)) {}
  int file_;
  uint64_t size_;
  fs::path path_;
};

// A file that grows at its end; each append is on disk when it returns.
class GrowingFile {
 public:
  static Result<std::unique_ptr<GrowingFile>> create(const fs::path& path);  // conflict when it is there
  ~GrowingFile();
  Status append(ByteView bytes);
  Status sync();
  Status close_as(const fs::path& final_path);  // synced, closed, renamed, folder synced

 private:
  GrowingFile(int file, fs::path path) : file_(file), path_(std::move(path)) {}
  int file_;
  fs::path path_;
};

}  // namespace store
