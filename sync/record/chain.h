// Chains: what each signer has sealed, one after the other, and what of it is not here: gaps, tails, forks.
//
//   Chains chains;  chains.add(Link{…});  chains.add(head);  chains.judge(authority);
//   chains.counts(link)                                  // may it be seen in the dataset?
//   for (const Gap& gap : chains.gaps(authorised)) …     // device 7: 41–43; or its tail, 44–45
//
// A link counts when its signer is a member, it leads to a frontier its revocation names (if revoked), and
// lies before the first number at which two different links of that signer are known: held, named by a
// successor as the one before, or named by a signed head. What does not count stays, and counts when a
// revocation says which of the two histories is good: nothing is dropped, nothing is guessed.
// A set: any order, any repetition, the same answers. Cost: constant a link; judge() the revoked ones' links.
// Not thread-safe while adding.
#pragma once

#include <functional>
#include <unordered_map>
#include <unordered_set>

#include "sync/record/authority.h"
#include "sync/seal/head.h"

namespace record {

struct Link {
  base::DeviceId device;
  uint64_t sequence = 0;
  RevisionId id;
  base::Hash previous;
  RecordId record;
  bool is_stub = false;  // its payload is gone: whole only under a withdrawal that may be
};

struct Gap {
  base::DeviceId device;
  uint64_t first = 0, last = 0;
  bool is_tail = false;  // a signed head or another centre's receipt says so; nothing after it is here
};
struct Fork {
  base::DeviceId device;
  uint64_t at = 0;
};

class Chains {
 public:
  void add(const Link& link);
  void add(const seal::Head& head);
  void judge(const Authority& authority);

  bool counts(const base::DeviceId& device, uint64_t sequence, const RevisionId& id) const;
  bool counts(const Link& link) const { return counts(link.device, link.sequence, link.id); }
  std::vector<Fork> forks() const;  // not yet decided by a revocation
  // `authorised`: whether a record's withdrawal holds, so that its stubs are no gap.
  std::vector<Gap> gaps(const std::function<bool(const RecordId&)>& authorised) const;
  // Of each signer: contiguous from 1, before any fork or gap; what a receipt may name.
  std::vector<Frontier> frontiers(const std::function<bool(const RecordId&)>& authorised) const;
  // Of one signer: the last link of every unbroken run held, of both histories where it forked: for a revocation.
  std::vector<Frontier> runs(const base::DeviceId& device) const;
  // Signed last words to that epoch, by device.
  std::map<base::DeviceId, uint64_t> closed(const base::KeyId& epoch) const;
  size_t size() const { return size_; }
  bool knows(const base::DeviceId& device) const { return chains_.count(device) > 0; }

 private:
  using Short = std::array<uint8_t, 16>;  // first half of an id: enough to tell two apart
  struct Held {
    RevisionId id;
    Short previous{};
    RecordId record;
    bool is_stub = false;
  };
  struct Chain {
    std::unordered_map<uint64_t, Held> held;                 // the first link of each number
    std::unordered_map<uint64_t, std::vector<Held>> others;  // further ones: forks
    std::unordered_map<uint64_t, Short> named;               // by a successor or a head
    uint64_t fork = UINT64_MAX, top = 0, named_top = 0;
    std::map<base::KeyId, uint64_t> closed;
    // Of judge().
    bool is_member = false, is_revoked = false,
         is_misbegun = false;                           // its first link names another beginning
    std::unordered_set<RevisionId, base::IdHash> good;  // when revoked
    uint64_t end = UINT64_MAX;                          // the last good number, when revoked
    uint64_t said_top = 0;                              // by receipts
  };
  void see(Chain& chain, uint64_t sequence, const Short& id);
  static std::unordered_set<RevisionId, base::IdHash> ancestors(const Chain& chain,
                                                                const std::vector<Frontier>& tips);
  static bool counts(const Chain& chain, uint64_t sequence, const RevisionId& id);
  std::map<base::DeviceId, Chain> chains_;
  size_t size_ = 0;
};

}  // namespace record
