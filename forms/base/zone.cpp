#include "forms/base/zone.h"

#include <date/tz.h>

namespace base {

Result<std::unique_ptr<ZoneClock>> ZoneClock::of(std::string_view zone, Clock& inner) {
  try {
    return std::unique_ptr<ZoneClock>(new ZoneClock(date::locate_zone(std::string(zone)), inner));
  } catch (const std::exception&) {
    return tl::unexpected(
        Error{Fault::missing, std::string(zone), "there is no such time zone on this machine"});
  }
}

int ZoneClock::offset_at(Instant at) const {
  std::chrono::sys_time<std::chrono::milliseconds> then{std::chrono::milliseconds(at.ms)};
  try {
    auto info = static_cast<const date::time_zone*>(zone_)->get_info(then);
    return static_cast<int>(std::chrono::duration_cast<std::chrono::minutes>(info.offset).count());
  } catch (const std::exception&) {
    return 0;
  }
}

std::string zone_data_version() {
  try {
    std::string version = date::get_tzdb().version;
    return version == "unknown" ? std::string() : version;
  } catch (const std::exception&) {
    return {};
  }
}

}  // namespace base
