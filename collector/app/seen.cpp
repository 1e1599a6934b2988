#include "collector/app/seen.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace app {

namespace {

constexpr const char* setting = "centre.seen";

void write_seen(Profile& coordinator, const Seen& seen) {
  std::string out;
  for (int64_t one : {seen.revisions, seen.shreds, int64_t{seen.interviews}, int64_t{seen.to_settle},
                      seen.synced_ms, int64_t{seen.came}})
    out += std::to_string(one) + " ";
  // It is counted again the next time if this is not kept.
  if (out != coordinator.vault().setting(setting)) (void)coordinator.vault().set_setting(setting, out);
}

void mark(Profile& coordinator, Seen& seen) {
  if (auto revisions = coordinator.central()->revisions(); revisions) seen.revisions = *revisions;
  seen.shreds = coordinator.central()->shreds();
}

}  // namespace

Seen read_seen(Profile& coordinator) {
  const std::string kept = coordinator.vault().setting(setting);
  std::array<int64_t, 6> numbers{};
  const char* at = kept.data();
  const char* end = at + kept.size();
  for (int64_t& one : numbers) {
    auto read = std::from_chars(at, end, one);
    if (read.ec != std::errc() || read.ptr == end) return {};
    at = read.ptr + 1;  // the blank
  }
  return {numbers[0],
          numbers[1],
          static_cast<int>(numbers[2]),
          static_cast<int>(numbers[3]),
          numbers[4],
          static_cast<int>(numbers[5])};
}

void keep_seen(Profile& coordinator, const Dataset& dataset) {
  if (!coordinator.central()) return;
  Seen seen = read_seen(coordinator);
  seen.interviews = static_cast<int>(dataset.records);
  seen.to_settle = static_cast<int>(dataset.conflicts.size());
  mark(coordinator, seen);
  write_seen(coordinator, seen);
}

void count_centre(Profile& coordinator, std::string_view language, std::optional<base::Instant> synced) {
  if (!coordinator.is_coordinator() || !coordinator.central()) return;
  Seen before = read_seen(coordinator);
  Seen now = before;
  mark(coordinator, now);
  if (now.revisions != before.revisions || now.shreds != before.shreds) {
    auto dataset = Centre::look(coordinator, language);
    if (dataset) {
      now.interviews = static_cast<int>(dataset->records);
      now.to_settle = static_cast<int>(dataset->conflicts.size());
    } else {
      now = before;  // counted the next time
    }
  }
  if (synced) {
    now.synced_ms = synced->ms;
    now.came = std::max(0, now.interviews - before.interviews);
  }
  write_seen(coordinator, now);
}

}  // namespace app
