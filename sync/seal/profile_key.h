// Profile key: the file that turns a passphrase into a profile's master key (SVK1, 352 bytes;
// PROFILE_KEY.md).
//
//   Result<NewProfile> made = make_profile_key(passphrase, cost_for(memory_bytes), random);   // write
//   made->file Result<Key> master = open_profile_key(file, passphrase);     // locked: wrong passphrase;
//   corrupt; unsupported
//
// Argon2id13: 256 MiB and 3 passes, less on small machines, never under the floor of 64 MiB and 4 passes but
// for projects flagged demo (8 MiB, 1 pass; said in the file). A file that asks for more than 1 GiB or 10
// passes is refused. Takes 0.5 to 2 seconds: call it off the window's thread.
#pragma once

#include "sync/seal/secret.h"

namespace seal {

struct ArgonCost {
  uint32_t passes = 3;
  uint32_t memory_kib = 256 * 1024;
};
ArgonCost cost_for(uint64_t memory_bytes);  // of the machine
inline constexpr ArgonCost floor_cost{4, 64 * 1024};
inline constexpr ArgonCost demo_cost{1, 8 * 1024};

struct NewProfile {
  Bytes file;
  Key master;
};
inline constexpr size_t profile_key_size = 352;

Result<NewProfile> make_profile_key(std::string_view passphrase, ArgonCost cost, base::Random& random);
Result<Key> open_profile_key(ByteView file, std::string_view passphrase);
Status check_profile_key(ByteView file);  // whole and of a version we know; says nothing of the passphrase
// The same master key under another passphrase, one generation later.
Result<Bytes> change_passphrase(ByteView file, std::string_view old_words, std::string_view new_words,
                                ArgonCost cost);

}  // namespace seal
