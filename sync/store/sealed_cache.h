// SealedCache: what was worked out once from opened records, kept sealed beside the central file so that it need not
// be worked out again. It can be thrown away at any time: whatever is wrong with it, it begins anew and empty.
//
//   SealedCache cache(folder / "cache.svc", key);  cache.each([&](id, ByteView row) { … });
//   cache.put(rows);  cache.flush();   auto row = cache.get(record);
//
// One file of sealed rows, appended; the last row of an id holds. erase() leaves nothing of that row behind: the rest
// is written anew under another key, the first having been forgotten by the caller (new_key). Rows are bound to the
// id and to their place in the file. Rows for which there is no memory are not there either; each() and the get() of
// many let std::bad_alloc through. Not safe against a power cut, on purpose: a torn end is passed over.
// One caller at a time; rows are sealed and opened on two threads. Cost of opening: reading and opening every row once.
#pragma once

#include <fstream>
#include <functional>
#include <map>
#include <memory>
#include <span>

#include "sync/seal/crypto.h"
#include "sync/store/files.h"

namespace store {

class SealedCache {
 public:
  SealedCache(fs::path file, const seal::Key& key);
  ~SealedCache();
  void each(const std::function<void(const base::RecordId&, ByteView)>& use);  // rows that hold
  Bytes get(const base::RecordId& id);  // empty: none, or it does not open
  // Many at once. `use` is told the number of the id and its row, on two threads and in no order; not called for a
  // row that is not there or does not open. `meanwhile` is done on this thread while the other works.
  void get(std::span<const base::RecordId> ids, const std::function<void(size_t, ByteView)>& use,
           const std::function<void()>& meanwhile = nullptr);
  struct Fresh {
    base::RecordId id;
    ByteView row;
  };
  void put(std::span<const Fresh> rows);
  void put(const base::RecordId& id, ByteView row);
  void flush();  // to the file; nothing is promised about a power cut
  size_t size() const { return places_.size(); }
  // Without these rows, under another key; the file that held them is overwritten first.
  void rewrite_without(const std::function<bool(const base::RecordId&)>& gone, const seal::Key& new_key);

 private:
  struct Place {
    uint64_t offset = 0, size = 0;
  };
  void begin_anew() noexcept;
  void load(const std::function<void(const base::RecordId&, ByteView)>& use);
  Bytes seal_row(const base::RecordId& id, ByteView row, uint64_t offset) const;
  Bytes read(const Place& place);
  Bytes open_row(const base::RecordId& id, ByteView sealed, uint64_t offset) const;
  const Place* place_of(const base::RecordId& id);
  fs::path file_;
  seal::Key key_;
  std::map<base::RecordId, Place> places_;
  std::ifstream reading_;  // kept open between one row and the next
  uint64_t written_ = 0;
  Bytes waiting_;
};

}  // namespace store
