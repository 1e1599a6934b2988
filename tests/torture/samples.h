// Samples: a sealed interview, a bundle of four of them, a key file, a stub, as a device of this project makes them; and
// what a reader of each must answer, wherever a byte of it was changed.
//
//   Sample s = envelope_sample(world);
//   s.read(bytes)                 // the code that the reader gives; "good" when it took them for good
//   s.expected(place)             // the codes it may give when the byte at `place` was changed
#pragma once

#include <functional>
#include <set>

#include "sync/seal/crypto.h"

namespace torture {

using base::Bytes;
using base::ByteView;
using Codes = std::set<std::string>;

struct World {
  explicit World(uint64_t seed);
  base::SeededRandom random;
  seal::DeviceKeys device;
  seal::BoxKeys epoch;
  base::ProjectId project;
  Bytes envelope(uint64_t sequence, size_t size);  // of a revision whose content is about so long
};

struct Sample {
  std::string name;
  Bytes bytes;
  std::function<std::string(ByteView)> read;
  std::function<std::string(ByteView)>
      careless;                           // the control: checks the structure, and no hash and no signature
  std::function<Codes(size_t)> expected;  // by the page's order of checks
  std::function<Codes(size_t)> cut;       // of its first n bytes
  Codes longer;                           // with bytes behind it
};

Sample envelope_sample(World& world);  // about 8 KiB
Sample bundle_sample(World& world);    // about 40 KiB
Sample key_sample(World& world);
Sample stub_sample(World& world);

// The same, changed and then made good again by the device itself: hashes and signatures hold.
Sample resigned_envelope(World& world);
Sample resigned_bundle(World& world);
Sample resigned_key(World& world);

std::string code_of(const base::Error& error);  // "bundle (hash)" → "hash"

}  // namespace torture
