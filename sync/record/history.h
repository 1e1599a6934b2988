// History: the counted revisions of one record, each once, and who knew of whom. Internal to sync/record.
//
//   History history(std::move(revisions), authority);   history.knew(newer, older)   history.may(i)
//
// A revision knew its parents, what they knew, and every earlier revision of the same signer (unless that
// signer's chain has several good ends: then only its parents say what it knew). Answers are brought under
// the newest form the migrations lead to. Positions are in an order in which the older come first. Cost: the
// revisions times their signers.
#pragma once

#include "sync/record/view.h"

namespace record {

class History {
 public:
  History(std::vector<Revision> revisions, const Authority& authority);

  const std::vector<Revision>& all() const { return all_; }
  std::vector<Revision>& all() { return all_; }
  bool knew(size_t newer, size_t older) const {
    return newer != older && known_[newer * lanes_ + lane_[older]] > place_[older];
  }
  bool may(size_t i) const { return may_[i]; }                // supersede what it knew, and be shown
  bool outranks(size_t i) const { return outranks_[i]; }      // a coordinator's or reviewer's
  bool lacks_parent(size_t i) const { return lacks_[i]; }     // an ancestor is not held
  const base::DeviceId& founder() const { return founder_; }  // zeros: unknown
  const Revision& first() const { return all_[first_]; }      // the founding one, or the earliest held
  bool is_incomplete() const { return !has_founding_; }
  std::vector<RevisionId> heads() const;  // sorted

 private:
  void order(const Authority& authority);
  void find_founder(const Authority& authority);
  std::vector<Revision> all_;
  size_t lanes_ = 0, first_ = 0;
  bool has_founding_ = false;
  std::vector<uint32_t> lane_, place_;  // whose revision it is, and the how manieth of theirs
  std::vector<uint32_t> known_;         // a row a revision: how many of each lane it knew
  std::vector<bool> may_, outranks_, lacks_;
  base::DeviceId founder_;
};

}  // namespace record
