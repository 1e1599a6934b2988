// Zones by their IANA name ("Africa/Casablanca"), from the machine's time-zone data.
//
//   auto clock = ZoneClock::of("Africa/Casablanca", inner);   // Fault::missing: no such zone
//   clock->offset_at(instant)  →  60
//
// The inner clock says when it is; this one says what the wall shows there. Source: IANA time zone database,
// read by Howard Hinnant's date library, which appears only in zone.cpp. Thread-safe.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "forms/base/error.h"
#include "forms/base/time.h"

namespace base {

class ZoneClock : public Clock {
 public:
  static Result<std::unique_ptr<ZoneClock>> of(std::string_view zone, Clock& inner);  // borrows inner
  Instant now() override { return inner_->now(); }
  int offset_minutes() override { return offset_at(now()); }
  int offset_at(Instant at) const override;

 private:
  ZoneClock(const void* zone, Clock& inner) : zone_(zone), inner_(&inner) {}
  const void* zone_;  // the library's own, which lives as long as the program
  Clock* inner_;
};

std::string zone_data_version();  // "2025b"; "" when the machine does not say

}  // namespace base
