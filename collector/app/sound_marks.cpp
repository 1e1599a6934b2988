#include "collector/app/sound_marks.h"

#include <algorithm>

#include "forms/base/utf8.h"

namespace app {
namespace {

// "03:07" or "1:03:07" at the beginning: its milliseconds and its length; -1 where there is none.
std::pair<int64_t, size_t> clock_at(std::string_view line) {
  int64_t seconds = 0, part = 0;
  int parts = 0;
  size_t at = 0, digits = 0;
  for (; at <= line.size(); ++at) {
    char c = at < line.size() ? line[at] : ' ';
    if (c >= '0' && c <= '9') {
      part = part * 10 + (c - '0');
      if (++digits > 3) return {-1, 0};
      continue;
    }
    if (digits == 0 || (parts > 0 && (digits != 2 || part > 59))) return {-1, 0};
    seconds = seconds * 60 + part;
    ++parts;
    part = 0;
    digits = 0;
    if (c != ':') break;
  }
  if (parts < 2 || parts > 3 || (at < line.size() && line[at] != ' ')) return {-1, 0};
  return {seconds * 1000, at};
}

}  // namespace

std::string clock_text(int64_t ms) {
  auto two = [](int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  int64_t s = ms / 1000;
  return (s >= 3600 ? std::to_string(s / 3600) + ":" : "") + two(s / 60 % 60) + ":" + two(s % 60);
}

std::vector<SoundMark> marks_in(std::string_view note) {
  std::vector<SoundMark> out;
  for (size_t from = 0; from < note.size();) {
    size_t end = std::min(note.find('\n', from), note.size());
    std::string_view line = note.substr(from, end - from);
    from = end + 1;
    auto [ms, length] = clock_at(line);
    if (ms < 0) continue;
    out.push_back({ms, std::string(line.substr(0, length)), base::trim(line.substr(std::min(length, line.size())))});
  }
  std::stable_sort(out.begin(), out.end(), [](const SoundMark& a, const SoundMark& b) { return a.ms < b.ms; });
  return out;
}

}  // namespace app
