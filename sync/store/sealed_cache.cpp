#include "sync/store/sealed_cache.h"

#include "forms/base/parallel.h"

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
  try {
    load({});
  } catch (const std::bad_alloc&) {
    begin_anew();
  }
}
SealedCache::~SealedCache() {
  flush();
}

void SealedCache::begin_anew() noexcept {
  std::error_code ignored;
  reading_.close();
  fs::remove(file_, ignored);
  places_.clear();
  waiting_.clear();
  written_ = 0;
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
  const Fresh one{id, row};
  put(std::span<const Fresh>(&one, 1));
}

// A row is bound to its place, so the places are given first. One that found no memory is not there.
void SealedCache::put(std::span<const Fresh> rows) try {
  std::vector<uint64_t> offsets;
  uint64_t end = written_ + waiting_.size();
  for (const Fresh& fresh : rows) {
    offsets.push_back(end);
    end += 20 + seal::row_overhead + fresh.row.size();
  }
  std::vector<Bytes> sealed(rows.size());
  base::in_parallel(rows.size(), [&](size_t i) { sealed[i] = seal_row(rows[i].id, rows[i].row, offsets[i]); });
  for (size_t i = 0; i < rows.size(); ++i) {
    places_[rows[i].id] = {offsets[i], sealed[i].size() - 20};
    waiting_.insert(waiting_.end(), sealed[i].begin(), sealed[i].end());
  }
  if (waiting_.size() >= flush_at) flush();
} catch (const std::bad_alloc&) {
}

void SealedCache::flush() try {
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
    begin_anew();
  }
  waiting_.clear();
} catch (const std::bad_alloc&) {
  begin_anew();
}

Bytes SealedCache::read(const Place& place) {
  if (!reading_.is_open()) {
    reading_.rdbuf()->pubsetbuf(nullptr, 0);  // rows are read whole
    reading_.open(file_, std::ios::binary);
  }
  Bytes out(place.size);
  reading_.clear();
  reading_.seekg(static_cast<std::streamoff>(place.offset + 20));
  reading_.read(reinterpret_cast<char*>(out.data()), static_cast<std::streamsize>(place.size));
  if (static_cast<uint64_t>(reading_.gcount()) != place.size) out.clear();
  return out;
}

Bytes SealedCache::open_row(const base::RecordId& id, ByteView sealed, uint64_t offset) const {
  auto row = seal::open_row(key_, sealed, bound(id, offset));
  return row ? std::move(*row) : Bytes();
}

const SealedCache::Place* SealedCache::place_of(const base::RecordId& id) {
  auto at = places_.find(id);
  if (at != places_.end() && at->second.offset >= written_) {
    flush();
    at = places_.find(id);
  }
  return at == places_.end() ? nullptr : &at->second;
}

Bytes SealedCache::get(const base::RecordId& id) try {
  const Place* place = place_of(id);
  return place ? open_row(id, read(*place), place->offset) : Bytes();
} catch (const std::bad_alloc&) {
  return {};
}

void SealedCache::get(std::span<const base::RecordId> ids, const std::function<void(size_t, ByteView)>& use,
                      const std::function<void()>& meanwhile) {
  struct Found {
    uint64_t offset = 0;
    Bytes sealed;
  };
  std::vector<Found> found(ids.size());
  for (size_t i = 0; i < ids.size(); ++i)
    if (const Place* place = place_of(ids[i])) found[i] = {place->offset, read(*place)};
  base::Parallel opening(ids.size(), [&](size_t i) {
    Bytes row = found[i].sealed.empty() ? Bytes() : open_row(ids[i], found[i].sealed, found[i].offset);
    if (!row.empty()) use(i, row);
    seal::wipe(std::span<uint8_t>(row));
  });
  if (meanwhile) meanwhile();
}

void SealedCache::rewrite_without(const std::function<bool(const base::RecordId&)>& gone,
                                  const seal::Key& new_key) {
  flush();
  std::map<base::RecordId, Bytes> kept;
  try {
    for (const auto& [id, place] : places_)
      if (!gone(id)) kept[id] = get(id);
  } catch (const std::bad_alloc&) {  // whatever is kept: what is gone goes
  }
  reading_.close();
  (void)destroy(file_);
  places_.clear();
  written_ = 0;
  key_ = new_key.copy();
  for (const auto& [id, row] : kept)
    if (!row.empty()) put(id, row);
  flush();
}

}  // namespace store
