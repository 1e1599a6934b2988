// Opener: what a coordinator's keys open: envelopes from the central file to revisions.
//
//   auto opener = Opener::of(profile);                         // epoch secrets and the file's own keys, once
//   Opened one = opener->open(opening);                        // any thread
//   if (!one.keyslot.wrapped.empty()) slots.push_back(one.keyslot);   // central->put_keyslots(slots)
//
// The first time a revision is opened its content key is wrapped again under the central file's own key of that
// epoch, which is quicker the next time and survives the epoch's destruction (STATEMENT.md, "Epochs").
#pragma once

#include "collector/app/profile.h"

namespace app {

struct Opened {
  // Whole, what overflowed included. Nothing: no key here opens it, or it is not what it says, or what lies beside it
  // is not here yet.
  std::optional<record::Revision> revision;
  std::optional<std::vector<base::Hash>> attachments;  // that it names; nothing: it was not opened at all
  store::Keyslot keyslot;                              // new, to be kept; wrapped is empty: it was there
};

class Opener {
 public:
  static base::Result<Opener> of(Profile& coordinator);
  Opened open(const store::Opening& opening) const;
  // Wraps content keys of `from` under the keys of `to`; both are epochs' key ids. What survives a destruction.
  base::Result<store::Keyslot> rewrap(const store::Keyslot& slot, const base::KeyId& to) const;
  std::optional<store::Keyslot> keyslot_for(const store::Opening& opening, const base::KeyId& to) const;
  bool has(const base::KeyId& epoch) const { return vault_keys_.count(epoch) > 0; }

 private:
  bool put_back(record::Revision& revision, const base::ProjectId& project) const;
  std::filesystem::path media_;  // where the central file keeps attachments
  std::map<base::KeyId, seal::BoxKeys> epochs_;
  std::map<base::KeyId, seal::Key> vault_keys_;
};

}  // namespace app
