// How much memory something takes at its peak, measured in a process of its own.
//
//   int64_t bytes = support::peak_of([&] { … return true; });    // -1: it returned false, or did not end well
//
// What the parent held before does not count; pages of files the system keeps do not either. AddressSanitizer keeps
// what is freed: there `peak_is_true` is false, and a bound says nothing.
#pragma once

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdint>
#include <functional>

namespace support {

#if defined(__SANITIZE_ADDRESS__)
inline constexpr bool peak_is_true = false;
#else
inline constexpr bool peak_is_true = true;
#endif

inline int64_t peak_of(const std::function<bool()>& act) {
  int ends[2];
  if (::pipe(ends) != 0) return -1;
  pid_t child = ::fork();
  if (child == 0) {
    rusage before{}, after{};
    ::getrusage(RUSAGE_SELF, &before);
    bool good = act();
    ::getrusage(RUSAGE_SELF, &after);
    int64_t bytes = good ? int64_t{after.ru_maxrss - before.ru_maxrss} * 1024 : -1;
    ::_exit(::write(ends[1], &bytes, sizeof bytes) == sizeof bytes ? 0 : 1);
  }
  ::close(ends[1]);
  int64_t bytes = -1;
  bool told = ::read(ends[0], &bytes, sizeof bytes) == sizeof bytes;
  ::close(ends[0]);
  ::waitpid(child, nullptr, 0);
  return told ? bytes : -1;
}

}  // namespace support
