// Merge: a large dataset kept up to date: what came in says which records to look at again, and nothing else
// is.
//
//   Merge merge;  merge.set_authority(authority);  for (…) merge.add(link);  merge.set_withdrawals(all);
//   for (const Merge::Work& work : merge.work()) {                  // only what changed
//     RecordView view = view_record(open_all(work.counted), authority);
//     merge.done(work, view);                                       // or merge.done(work, leaf, founder)
//   }
//   merge.fingerprint()
//
// Equal to view() of the same sets, whatever the order and however often something came. `basis` names
// everything a record's view depends on: an equal basis means an equal view, so that a view kept elsewhere
// can be used again. Cost: what changed; a new authority or a fork looks at every record's basis once more,
// and opens only those that differ. Memory: about 470 bytes a revision. One thread. Where memory runs out
// (std::bad_alloc) the same call can be made again; in done(), begin with a fresh Merge.
#pragma once

#include "sync/record/fingerprint.h"

namespace record {

class Merge {
 public:
  struct Work {
    RecordId record;
    base::Hash basis;
    std::vector<RevisionId> counted;  // to be opened; sorted. Empty: nothing of it counts now
  };

  void set_authority(const Authority& authority);
  void add(const Link& link);  // `is_stub` when it cannot be opened
  void add(const seal::Head& head) {
    chains_.add(head);
    judged_ = false;
  }
  void set_withdrawals(const std::vector<Withdrawal>& all);

  std::vector<Work> work();
  void done(const Work& work, const RecordView& view);
  void done(const Work& work, const base::Hash& leaf, const base::DeviceId& founder);
  void not_opened(const Work& work);  // no key here opens any of it: it has no view
  void look_again(
      const RecordId& record);      // with the next authority: a key may have come for what did not open
  void put_back(const Work& work);  // it was not looked at after all

  base::Hash fingerprint() { return leaves_.fingerprint(); }
  bool is_shown(const RecordId& record) const;      // it has a view, and is not withdrawn
  bool is_withdrawn(const RecordId& record) const;  // in view(): shredded here or not
  std::vector<RecordId> withdrawn() const;          // sorted
  std::vector<Withdrawal> asked_in_vain() const;    // requests of devices that did not found the record
  size_t records() const { return shown_; }
  size_t counted() const;                                   // revisions of shown records
  std::vector<RevisionId> counted(const RecordId& record);  // that a view of it is made of
  size_t set_aside();  // held, of members, and not counted: forked, or after their signer's end
  Chains& chains();    // judged
  bool may_be_stub(const RecordId& record) const;  // a withdrawal that its links can vouch for holds

 private:
  struct Counted {
    base::DeviceId device;
    uint64_t sequence = 0;
    RevisionId id;
    bool is_stub = false;
  };
  struct Record {
    std::vector<Counted> links;
    base::Hash basis;  // zeros: not looked at yet
    base::DeviceId founder;
    base::Hash leaf;
    bool has_view = false, is_hidden = false;
  };
  void judge();
  void place(const RecordId& id, Record& record);  // its leaf, as its view and its withdrawals say
  bool holds_for(const RecordId& id, const base::DeviceId& founder) const;
  base::DeviceId only_device(const Record& record) const;

  Authority authority_;
  Chains chains_;
  std::unordered_map<RecordId, Record, base::IdHash> records_;
  std::map<RecordId, std::vector<Withdrawal>> withdrawals_;
  std::set<RecordId> dirty_, unopened_;
  std::vector<Fork> forks_;
  Leaves leaves_;
  size_t shown_ = 0;
  bool judged_ = true, all_dirty_ = false;
};

}  // namespace record
