// Fingerprint: one hash of a dataset's answers, equal for equal datasets, to be read aloud (RECORD.md).
//
//   Leaves leaves;  leaves.set(record.id, leaf_of(record));  leaves.set(id, withdrawn_leaf(id));
//   spoken(leaves.fingerprint())      // "4821 0937 5562 1048 7730"
//
// It covers record ids, where answers belong, every candidate's value, and withdrawn ids; not times, authors,
// revision ids or calculated values. A tree over the first two bytes of the ids: a changed record costs its
// own leaf and two small nodes. values_line() writes exactly what a leaf covers as one JSON line, for a
// reader of one's own.
#pragma once

#include <optional>

#include "sync/record/view.h"

namespace record {

base::Hash leaf_of(const RecordView& record);
base::Hash withdrawn_leaf(const RecordId& record);

class Leaves {
 public:
  void set(const RecordId& record, const base::Hash& leaf);
  void erase(const RecordId& record);
  std::optional<base::Hash> find(const RecordId& record) const;
  size_t size() const { return size_; }
  base::Hash fingerprint();  // recomputes the nodes above what changed

 private:
  struct Bucket {
    std::vector<std::pair<RecordId, base::Hash>> leaves;  // sorted by id
    base::Hash hash;
    bool is_stale = false;
  };
  Bucket& bucket(const RecordId& record);
  std::vector<Bucket> buckets_;  // 65,536 once anything is set
  std::vector<base::Hash> branches_;
  std::vector<bool> stale_branches_;
  size_t size_ = 0;
};

base::Hash fingerprint(const View& view);
std::string values_line(const RecordView& record);
std::string withdrawn_line(const RecordId& record);
std::string values_lines(const View& view);

}  // namespace record
