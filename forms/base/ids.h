// Ids are types: a record id cannot be handed where a device id is wanted.
//
//   RecordId id = RecordId::from(random);  std::string name = to_hex(id.bytes);
#pragma once

#include <algorithm>
#include <array>
#include <compare>
#include <cstdint>
#include <cstring>
#include <functional>
#include <string>

#include "forms/base/bytes.h"
#include "forms/base/random.h"

namespace base {

template <class Tag, size_t N>
struct Id {
  std::array<uint8_t, N> bytes{};
  auto operator<=>(const Id&) const = default;
  bool is_zero() const {
    return std::all_of(bytes.begin(), bytes.end(), [](uint8_t b) { return b == 0; });
  }
  std::string hex() const { return to_hex(bytes); }
  static Id from(Random& random) {
    Id id;
    random.fill(id.bytes);
    return id;
  }
  static Result<Id> from_bytes(ByteView view) {
    Id id;
    if (view.size() != N)
      return fail(Fault::invalid, "id", "An id of " + std::to_string(N) + " bytes is needed.");
    std::copy(view.begin(), view.end(), id.bytes.begin());
    return id;
  }
  static Result<Id> from_hex(std::string_view text) {
    auto raw = base::from_hex(text);
    if (!raw) return pass(raw.error());
    return from_bytes(*raw);
  }
};

using ProjectId = Id<struct ProjectTag, 16>;
using RecordId = Id<struct RecordTag, 16>;      // one interview
using DeviceId = Id<struct DeviceTag, 16>;      // H16 of a signing key; coordinators' machines have one too
using InstanceId = Id<struct InstanceTag, 16>;  // one instance of a repeat, random
using DraftId = Id<struct DraftTag, 16>;
using AttachmentId = Id<struct AttachmentTag, 16>;  // a recording, a picture, a file; random
using Hash = Id<struct HashTag, 32>;
using RevisionId = Id<struct RevisionTag, 32>;
using StatementId = Id<struct StatementTag, 32>;
using FormHash = Id<struct FormTag, 32>;  // over the canonical compiled bytes of a form
using KeyId = Id<struct KeyTag, 8>;

struct IdHash {
  template <class Tag, size_t N>
  size_t operator()(const Id<Tag, N>& id) const {
    size_t h = 0;
    std::memcpy(&h, id.bytes.data(), std::min(sizeof h, N));
    return h;
  }
};

}  // namespace base
