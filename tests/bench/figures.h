// Figures: a workload timed several times, printed as one JSON line with its median and the memory used.
//
//   figure("W3", "answer", 1000, [&] { session.set(first, other()); });
#pragma once

#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <functional>
#include <vector>

namespace bench {

inline double peak_rss_mb() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

inline double cpu_ms() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

inline double once_ms(const std::function<void()>& work) {
  auto from = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - from).count();
}

// At least 5 times, and for a third of a second; `prepare` is not timed.
inline double figure(
    const char* workload, const char* op, size_t n, const std::function<void()>& work,
    const std::function<void()>& prepare = [] {}) {
  std::vector<double> times, cpu;
  double sum = 0;
  while (times.size() < 5 || (sum < 333 && times.size() < 1000)) {
    prepare();
    double before = cpu_ms();
    times.push_back(once_ms(work));
    cpu.push_back(cpu_ms() - before);  // what others on the machine take is not in it
    sum += times.back();
  }
  std::sort(times.begin(), times.end());
  std::sort(cpu.begin(), cpu.end());
  double median = times[times.size() / 2];
  std::printf(
      "{\"workload\":\"%s\",\"op\":\"%s\",\"n\":%zu,\"median_ms\":%.4f,\"min_ms\":%.4f,\"max_ms\":%.4f,"
      "\"cpu_ms\":%.4f,\"times\":%zu,\"peak_rss_mb\":%.1f}\n",
      workload, op, n, median, times.front(), times.back(), cpu[cpu.size() / 2], times.size(), peak_rss_mb());
  std::fflush(stdout);
  return median;
}

// --size N: every workload that small; 0: as it is meant.
inline size_t size_of(int count, char** words) {
  for (int i = 1; i + 1 < count; ++i)
    if (std::strcmp(words[i], "--size") == 0) return static_cast<size_t>(std::atol(words[i + 1]));
  return 0;
}

// --only PART: that part of a bench alone; empty: all of it.
inline const char* part_of(int count, char** words) {
  for (int i = 1; i + 1 < count; ++i)
    if (std::strcmp(words[i], "--only") == 0) return words[i + 1];
  return "";
}

}  // namespace bench
