#include "forms/base/utf8.h"

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <numeric>

namespace base {
namespace {

// Decodes one code point at `at` and moves past it; -1 (moving one byte) when it is not UTF-8.
int32_t next(std::string_view text, size_t& at) {
  utf8proc_int32_t code = -1;
  auto n = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + at,
                            static_cast<utf8proc_ssize_t>(text.size() - at), &code);
  if (n <= 0) {
    ++at;
    return -1;
  }
  at += static_cast<size_t>(n);
  return code;
}

std::string map(std::string_view text, utf8proc_option_t options) {
  utf8proc_uint8_t* out = nullptr;
  auto n = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                        static_cast<utf8proc_ssize_t>(text.size()), &out, options);
  if (n < 0) return std::string(text);
  std::string result(reinterpret_cast<const char*>(out), static_cast<size_t>(n));
  std::free(out);
  return result;
}

bool is_space(uint32_t c) {
  return c == ' ' || (c >= 9 && c <= 13) || c == 0xa0 || c == 0x202f || c == 0xfeff;
}

// Arabic letters that people type for one another; harakat and tatweel are dropped (0).
uint32_t fold_letter(uint32_t c) {
  if (c == 0x0640 || (c >= 0x064b && c <= 0x065f) || c == 0x0670) return 0;
  if (c == 0x0622 || c == 0x0623 || c == 0x0625 || c == 0x0671) return 0x0627;  // alef forms
  if (c == 0x0649 || c == 0x0626) return 0x064a;                                // alef maqsura, yeh hamza
  if (c == 0x0629) return 0x0647;                                               // teh marbuta
  if (c == 0x0624) return 0x0648;                                               // waw hamza
  if (c == 0x06af || c == 0x06a9 || c == 0x0763) return 0x0643;                 // gaf, keheh
  if (c == 0x0131) return 'i';                                                  // Turkish dotless i
  if (c == 0x2019 || c == 0x2018 || c == 0x02bc) return '\'';                   // as it is typed
  if (c >= 0x0660 && c <= 0x0669) return '0' + (c - 0x0660);
  if (c >= 0x06f0 && c <= 0x06f9) return '0' + (c - 0x06f0);
  return c;
}

}  // namespace

bool is_utf8(std::string_view text) {
  for (size_t at = 0; at < text.size();)
    if (next(text, at) < 0) return false;
  return true;
}

std::string nfc(std::string_view text) {
  // Nothing below U+0300 is changed; its first byte is below 0xcc.
  if (std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0xcc; }))
    return std::string(text);
  return map(text, static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
}

std::string_view trim_view(std::string_view text) {
  auto strip = [&](bool front) {
    size_t at = front ? 0 : text.size() - 1;
    while (!front && at > 0 && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80) --at;
    size_t end = at;
    int32_t c = next(text, end);
    bool whole = front || end == text.size();
    if (c < 0 || !whole || !is_space(static_cast<uint32_t>(c))) return false;
    text = front ? text.substr(end) : text.substr(0, at);
    return true;
  };
  while (!text.empty() && strip(true)) {
  }
  while (!text.empty() && strip(false)) {
  }
  return text;
}

std::string trim(std::string_view text) {
  return std::string(trim_view(text));
}

std::string collapse(std::string_view text) {
  std::string out;
  bool gap = false;
  for (uint32_t c : code_points(trim(text))) {
    if (is_space(c)) {
      gap = true;
      continue;
    }
    if (gap) out.push_back(' ');
    gap = false;
    append_utf8(out, c);
  }
  return out;
}

std::string lower(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    size_t start = at;
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      char plain = text[at++];
      out += plain >= 'A' && plain <= 'Z' ? static_cast<char>(plain - 'A' + 'a') : plain;
      continue;
    }
    int32_t c = next(text, at);
    if (c < 0)
      out += text.substr(start, at - start);
    else
      append_utf8(out, static_cast<uint32_t>(utf8proc_tolower(c)));
  }
  return out;
}

std::string search_fold(std::string_view text) {
  std::string stripped = map(text, static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE |
                                                                  UTF8PROC_COMPAT | UTF8PROC_CASEFOLD));
  std::string letters;
  for (uint32_t c : code_points(stripped))
    if (uint32_t folded = fold_letter(c)) append_utf8(letters, folded);
  return map(letters,
             static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_STRIPMARK));
}

bool contains_folded(std::string_view text, std::string_view wanted) {
  return search_fold(text).find(search_fold(wanted)) != std::string::npos;
}

void append_utf8(std::string& out, uint32_t code_point) {
  utf8proc_uint8_t raw[4];
  auto n = utf8proc_encode_char(static_cast<utf8proc_int32_t>(code_point), raw);
  out.append(reinterpret_cast<const char*>(raw), static_cast<size_t>(n));
}

std::vector<uint32_t> code_points(std::string_view text) {
  std::vector<uint32_t> out;
  out.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    int32_t c = next(text, at);
    out.push_back(c < 0 ? 0xfffd : static_cast<uint32_t>(c));
  }
  return out;
}

size_t length(std::string_view text) {
  size_t n = 0;
  for (size_t at = 0; at < text.size(); ++n) next(text, at);
  return n;
}

std::string ascii_digits(std::string_view text) {
  std::string out;
  for (uint32_t c : code_points(text)) {
    if (c >= 0x0660 && c <= 0x0669)
      out.push_back(static_cast<char>('0' + (c - 0x0660)));
    else if (c >= 0x06f0 && c <= 0x06f9)
      out.push_back(static_cast<char>('0' + (c - 0x06f0)));
    else if (c == 0x066b)
      out.push_back('.');
    else
      append_utf8(out, c);
  }
  return out;
}

size_t distance(std::string_view a, std::string_view b, size_t limit) {
  std::vector<uint32_t> x = code_points(a);
  std::vector<uint32_t> y = code_points(b);
  if (x.size() > y.size() + limit || y.size() > x.size() + limit) return limit + 1;
  while (!x.empty() && !y.empty() && x.back() == y.back()) {
    x.pop_back();
    y.pop_back();
  }
  auto differ = std::mismatch(x.begin(), x.end(), y.begin(), y.end());
  y.erase(y.begin(), differ.second);
  x.erase(x.begin(), differ.first);
  std::vector<size_t> row(y.size() + 1);
  std::iota(row.begin(), row.end(), size_t{0});
  for (size_t i = 1; i <= x.size(); ++i) {
    if (*std::min_element(row.begin(), row.end()) > limit) return limit + 1;
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= y.size(); ++j) {
      size_t above = row[j];
      row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (x[i - 1] == y[j - 1] ? 0 : 1)});
      diagonal = above;
    }
  }
  return std::min(row[y.size()], limit + 1);
}

std::string nearest(std::string_view wanted, const std::vector<std::string>& names) {
  std::string folded = lower(wanted);
  size_t best = std::max<size_t>(1, length(wanted) / 3) + 1;
  std::string answer;
  for (const std::string& name : names) {
    // Too short or too long to be near: a letter has 1 to 4 bytes.
    if (name.size() > 4 * (folded.size() + best) || folded.size() > 4 * (name.size() + best)) continue;
    size_t d = distance(folded, lower(name), best);
    if (d < best) {
      best = d;
      answer = name;
    }
  }
  return answer;
}

}  // namespace base
