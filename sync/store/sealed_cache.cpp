#include "sync/store/sealed_cache.h"

#include <fstream>

namespace store {
namespace {

constexpr size_t flush_at = size_t{4} << 20;
constexpr uint32_t largest_row = 64u << 20;

Bytes bound(const base::RecordId& id, uint64_t offset) {
  base::Writer out;
  out.text32("cache");
  out.bytes(id.bytes);
  out.u64(offset);
  return out.take();
}

}  // namespace

SealedCache::SealedCache(fs::path file, const seal::Key& key) : file_(std::move(file)), key_(key.copy()) {
  load({});
}
SealedCache::~SealedCache() {
  flush();
}

// A row: record 16, size u32 of what is sealed, sealed row.
Bytes SealedCache::seal_row(const base::RecordId& id, ByteView row, uint64_t offset) const {
  Bytes sealed = seal::seal_row(key_, row, bound(id, offset));
  base::Writer out;
  out.bytes(id.bytes);
  out.u32(static_cast<uint32_t>(sealed.size()));
  out.bytes(sealed);
  return out.take();
}

void SealedCache::load(const std::function<void(const base::RecordId&, ByteView)>& use) {
  std::ifstream in(file_, std::ios::binary);
  uint64_t offset = 0;
  std::map<base::RecordId, Place> places;
  while (in) {
    Bytes head(20);
    in.read(reinterpret_cast<char*>(head.data()), 20);
    if (in.gcount() != 20) break;
    base::Reader reader(head);
    base::RecordId id{reader.array<16>()};
    uint32_t size = reader.u32();
    if (size > largest_row) break;
    Bytes sealed(size);
    in.read(reinterpret_cast<char*>(sealed.data()), static_cast<std::streamsize>(size));
    if (static_cast<uint64_t>(in.gcount()) != size) break;
    auto row = seal::open_row(key_, sealed, bound(id, offset));
    if (!row) break;  // torn, or of another key: from here on it is written anew
    places[id] = {offset, size};
    if (use && places_.count(id) && places_[id].offset == offset) use(id, *row);
    seal::wipe(std::span<uint8_t>(*row));
    offset += 20 + size;
  }
  if (use) return;
  places_ = std::move(places);
  written_ = offset;
  in.close();
  std::error_code ignored;
  if (fs::exists(file_, ignored) && fs::file_size(file_, ignored) != written_) {
    if (written_ == 0) (void)make_private_file(file_);
    fs::resize_file(file_, written_, ignored);
    if (ignored) fs::remove(file_, ignored), places_.clear(), written_ = 0;
  }
}

void SealedCache::each(const std::function<void(const base::RecordId&, ByteView)>& use) {
  flush();
  load(use);
}

void SealedCache::put(const base::RecordId& id, ByteView row) {
  Bytes sealed = seal_row(id, row, written_ + waiting_.size());
  places_[id] = {written_ + waiting_.size(), sealed.size() - 20};
  waiting_.insert(waiting_.end(), sealed.begin(), sealed.end());
  if (waiting_.size() >= flush_at) flush();
}

void SealedCache::flush() {
  if (waiting_.empty()) return;
  if (written_ == 0) (void)make_private_file(file_);
  std::ofstream out(file_, std::ios::binary | std::ios::app);
  out.write(reinterpret_cast<const char*>(waiting_.data()), static_cast<std::streamsize>(waiting_.size()));
  out.close();
  std::error_code wrong;
  uint64_t now = fs::file_size(file_, wrong);
  if (!wrong && now == written_ + waiting_.size()) {
    written_ = now;
  } else {  // no room for it: it is only a cache
    fs::remove(file_, wrong);
    places_.clear();
    written_ = 0;
  }
  waiting_.clear();
}

Bytes SealedCache::read(uint64_t offset, uint64_t size) {
  Bytes out(size);
  std::ifstream in(file_, std::ios::binary);
  in.seekg(static_cast<std::streamoff>(offset));
  in.read(reinterpret_cast<char*>(out.data()), static_cast<std::streamsize>(size));
  if (static_cast<uint64_t>(in.gcount()) != size) out.clear();
  return out;
}

Bytes SealedCache::get(const base::RecordId& id) {
  auto at = places_.find(id);
  if (at == places_.end()) return {};
  if (at->second.offset >= written_) flush();
  at = places_.find(id);
  if (at == places_.end()) return {};
  Bytes sealed = read(at->second.offset + 20, at->second.size);
  auto row = seal::open_row(key_, sealed, bound(id, at->second.offset));
  return row ? std::move(*row) : Bytes();
}

void SealedCache::rewrite_without(const std::function<bool(const base::RecordId&)>& gone,
                                  const seal::Key& new_key) {
  flush();
  std::map<base::RecordId, Bytes> kept;
  for (const auto& [id, place] : places_)
    if (!gone(id)) kept[id] = get(id);
  (void)destroy(file_);
  places_.clear();
  written_ = 0;
  key_ = new_key.copy();
  for (const auto& [id, row] : kept)
    if (!row.empty()) put(id, row);
  flush();
}

}  // namespace store
