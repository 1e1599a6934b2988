// QuickLock: back after an idle lock by a short code instead of the passphrase. In memory only.
//
//   auto quick = QuickLock::arm(master, "4812");      // while unlocked; then every other copy of the key is wiped
//   auto master = quick->open(typed);                 // locked: wrong code; after the third nothing is left here
//
// The master key lies wrapped under a key made of the code and of 32 random bytes in locked memory; three wrong
// codes wipe those, and only the passphrase opens. It keeps out whoever sits down at the keyboard; it does not
// keep out whoever can read this process's memory, who needs no more than ten thousand tries: the passphrase
// does. Without Argon2: well under a millisecond. Faults: invalid (fewer than 4 characters), locked.
#pragma once

#include "sync/seal/crypto.h"

namespace seal {

class QuickLock {
 public:
  static constexpr int most_tries = 3;
  static Result<QuickLock> arm(const Key& master, std::string_view code);
  Result<Key> open(std::string_view code);
  int tries_left() const { return tries_; }

 private:
  QuickLock() = default;
  Key pepper_;
  Nonce nonce_{};
  Bytes wrapped_;
  int tries_ = most_tries;
};

}  // namespace seal
