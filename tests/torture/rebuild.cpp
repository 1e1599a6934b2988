// What a disk may hold after the power failed: a model of files and names, each with what was synced and what was not.
#include <algorithm>
#include <fstream>
#include <map>

#include "tests/torture/disk.h"

namespace torture {
namespace {

using base::Bytes;
namespace fs = std::filesystem;

constexpr size_t sector = 512;

struct File {
  Bytes synced;
  std::vector<const Op*> later;
};

void put(Bytes& content, int64_t offset, base::ByteView bytes) {
  auto end = static_cast<size_t>(offset) + bytes.size();
  if (content.size() < end) content.resize(end);
  std::copy(bytes.begin(), bytes.end(), content.begin() + static_cast<long>(offset));
}

void apply(Bytes& content, const Op& op) {
  if (op.kind == Op::Kind::truncate)
    content.resize(static_cast<size_t>(op.offset));
  else
    put(content, op.offset, op.bytes);
}

// Sector by sector, each there or not.
void tear(Bytes& content, const Op& op, base::Random& random) {
  if (op.kind == Op::Kind::truncate) return;
  for (size_t at = 0; at < op.bytes.size();) {
    size_t place = static_cast<size_t>(op.offset) + at;
    size_t end = std::min(op.bytes.size(), at + sector - place % sector);
    if (random.below(2) == 0)
      put(content, static_cast<int64_t>(place), base::ByteView(op.bytes).subspan(at, end - at));
    at = end;
  }
}

Bytes surviving(const File& file, base::Random& random) {
  Bytes out = file.synced;
  switch (random.below(4)) {
    case 0:  // nothing of what was not synced
      break;
    case 1:  // everything
      for (const Op* op : file.later) apply(out, *op);
      break;
    case 2: {  // up to some point, there torn
      size_t whole = random.below(file.later.size() + 1);
      for (size_t i = 0; i < whole; ++i) apply(out, *file.later[i]);
      if (whole < file.later.size()) tear(out, *file.later[whole], random);
      break;
    }
    default:  // anything
      for (const Op* op : file.later) {
        uint64_t fate = random.below(3);
        if (fate == 0) apply(out, *op);
        if (fate == 1) tear(out, *op, random);
      }
  }
  return out;
}

std::string folder_of(const std::string& path) {
  std::string parent = fs::path(path).parent_path().string();
  return parent.empty() ? "." : parent;
}

class Model {
 public:
  void take(const Op& op) {
    switch (op.kind) {
      case Op::Kind::write:
      case Op::Kind::truncate:
        files_[op.file].later.push_back(&op);
        break;
      case Op::Kind::sync: {
        File& file = files_[op.file];
        for (const Op* one : file.later) apply(file.synced, *one);
        file.later.clear();
        break;
      }
      case Op::Kind::create:
      case Op::Kind::link:
      case Op::Kind::rename:
      case Op::Kind::unlink:
        later_.push_back(&op);
        break;
      case Op::Kind::folder:
        folders_.push_back(op.path);
        break;
      case Op::Kind::sync_folder: {
        std::vector<const Op*> left;
        for (const Op* one : later_)
          if (folder_of(one->to.empty() ? one->path : one->to) == op.path)
            name(*one);
          else
            left.push_back(one);
        later_ = std::move(left);
        break;
      }
      case Op::Kind::mark:
        break;
    }
  }

  void write(const fs::path& elsewhere, base::Random& random) {
    uint64_t names = random.below(3);  // none of the later names, all of them, or some
    for (const Op* op : later_)
      if (names == 1 || (names == 2 && random.below(2) == 0)) name(*op);
    for (const std::string& folder : folders_) fs::create_directories(elsewhere / folder);
    for (const auto& [path, file] : names_) {
      Bytes content = surviving(files_[file], random);
      fs::create_directories((elsewhere / path).parent_path());
      std::ofstream(elsewhere / path, std::ios::binary)
          .write(reinterpret_cast<const char*>(content.data()), static_cast<std::streamsize>(content.size()));
    }
  }

 private:
  void name(const Op& op) {
    if (op.kind == Op::Kind::create) names_[op.path] = op.file;
    if (op.kind == Op::Kind::link) names_[op.to] = op.file;
    if (op.kind == Op::Kind::unlink) names_.erase(op.path);
    if (op.kind == Op::Kind::rename) {
      names_.erase(op.path);
      names_[op.to] = op.file;
    }
  }
  std::map<uint64_t, File> files_;
  std::map<std::string, uint64_t> names_;  // synced
  std::vector<const Op*> later_;           // not yet
  std::vector<std::string> folders_;
};

}  // namespace

void rebuild(const std::vector<Op>& ops, size_t upto, base::Random& random, const fs::path& elsewhere) {
  Model model;
  for (size_t i = 0; i < upto; ++i) model.take(ops[i]);
  model.write(elsewhere, random);
}

}  // namespace torture
