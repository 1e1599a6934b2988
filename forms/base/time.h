// Time without the machine's locale: instants in milliseconds, dates as year-month-day, ISO 8601 text.
//
//   Instant now = clock.now();  std::string text = format_iso(now, 60);   // "2026-11-24T11:05:00.000+01:00"
//   std::optional<Date> date = parse_date("2026-11-24");
//
// Offsets are minutes east of UTC. Zones come in with the clock (base/zone.h makes one from an IANA name).
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace base {

struct Instant {
  int64_t ms = 0;  // since 1970-01-01T00:00Z
  auto operator<=>(const Instant&) const = default;
};

struct Date {
  int32_t year = 1970;
  int32_t month = 1;
  int32_t day = 1;
  auto operator<=>(const Date&) const = default;
};

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() = 0;
  virtual int offset_minutes() = 0;          // of local time now, east positive
  virtual int offset_at(Instant) const = 0;  // of local time then: summer time, a zone that moved
};

class SystemClock : public Clock {
 public:
  Instant now() override;
  int offset_minutes() override { return offset_at(now()); }
  int offset_at(Instant at) const override;
};

class ManualClock : public Clock {  // tests and demonstrations
 public:
  explicit ManualClock(Instant start, int offset = 60) : now_(start), offset_(offset) {}
  Instant now() override { return now_; }
  int offset_minutes() override { return offset_; }
  int offset_at(Instant) const override { return offset_; }
  void advance_ms(int64_t ms) { now_.ms += ms; }
  void set(Instant now) { now_ = now; }

 private:
  Instant now_;
  int offset_;
};

int64_t days_from_civil(Date date);  // days since 1970-01-01
Date civil_from_days(int64_t days);
bool is_valid(Date date);
std::optional<Date> parse_date(std::string_view text);  // "2026-11-24", also the date part of a dateTime
std::optional<Instant> parse_instant(std::string_view text, int offset_when_absent);
// As it is written, without its offset: milliseconds of local time since 1970-01-01; the offset where one is
// given.
struct WrittenTime {
  int64_t local_ms = 0;
  std::optional<int> offset;
  bool has_time = false;
};
std::optional<WrittenTime> parse_written(std::string_view text);
// A local time as an instant, by the clock's zone; where the clocks skip, the later one.
Instant from_local(int64_t local_ms, const Clock& clock);
std::string format_date(Date date);
std::string format_iso(Instant at, int offset);  // with milliseconds and offset
Date local_date(Instant at, int offset);

}  // namespace base
