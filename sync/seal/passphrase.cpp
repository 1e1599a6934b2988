#include "sync/seal/passphrase.h"

#include <algorithm>
#include <cmath>

#include "forms/base/utf8.h"
#include "sync/seal/secret.h"

namespace seal {
namespace {

// On the same keys of QWERTY, AZERTY and Turkish Q: no a, q, w, z, m, i.
constexpr std::string_view consonants = "bcdfghjklnprstvx";  // 16
constexpr std::string_view vowels = "eouy";                  // 4

constexpr std::u32string_view rows[] = {U"abcdefghijklmnopqrstuvwxyz",
                                        U"0123456789",
                                        U"qwertyuiop",
                                        U"asdfghjkl",
                                        U"zxcvbnm",
                                        U"azertyuiop",
                                        U"qsdfghjklm",
                                        U"wxcvbn",
                                        U"ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
                                        U"ضصثقفغعهخحجد",
                                        U"شسيبلاتنمكط"};

using Signs = std::vector<uint32_t>;

// How many signs from `at` on follow one another in a row, forwards or backwards.
size_t run_length(const Signs& signs, size_t at) {
  size_t longest = 1;
  for (std::u32string_view row : rows) {
    size_t place = row.find(static_cast<char32_t>(signs[at]));
    if (place == std::u32string_view::npos) continue;
    for (int step : {1, -1}) {
      size_t n = 1;
      auto next = [&] { return static_cast<long>(place) + step * static_cast<long>(n); };
      while (at + n < signs.size() && next() >= 0 && next() < static_cast<long>(row.size()) &&
             row[static_cast<size_t>(next())] == static_cast<char32_t>(signs[at + n]))
        ++n;
      longest = std::max(longest, n);
    }
  }
  return longest;
}

size_t repeat_length(const Signs& signs, size_t at) {
  size_t n = 1;
  while (at + n < signs.size() && signs[at + n] == signs[at]) ++n;
  return n;
}

bool is_digit(uint32_t c) {
  return c >= '0' && c <= '9';
}
bool is_letter(uint32_t c) {
  return (c >= 'a' && c <= 'z') || c > 0x7f;
}

class Estimate {
 public:
  Estimate(std::string_view text, const std::vector<std::string>& known) {
    std::string plain = base::search_fold(base::ascii_digits(text));
    for (const std::string& word : known) {
      std::string folded = base::search_fold(word);
      for (size_t at; folded.size() > 2 && (at = plain.find(folded)) != std::string::npos;) {
        plain.replace(at, folded.size(), "\x01");  // one sign that costs two bits
        weaken(Weakness::known_word, static_cast<double>(folded.size()));
      }
    }
    signs_ = base::code_points(plain);
    wipe(plain);
    walk();
    wipe({reinterpret_cast<uint8_t*>(signs_.data()), signs_.size() * sizeof(uint32_t)});
  }
  double bits = 0;
  Weakness because = Weakness::none;

 private:
  void weaken(Weakness why, double lost) {
    if (lost <= worst_) return;
    worst_ = lost;
    because = why;
  }
  void walk() {
    size_t words = 0;
    for (size_t at = 0; at < signs_.size();) {
      size_t run = run_length(signs_, at);
      size_t repeat = repeat_length(signs_, at);
      if (repeat >= 3) {
        bits += 6 + std::log2(static_cast<double>(repeat));
        weaken(Weakness::repeats, 4.0 * static_cast<double>(repeat) - 6);
        at += repeat;
      } else if (run >= 4) {
        bits += 6 + std::log2(static_cast<double>(run));
        weaken(Weakness::sequence, 4.0 * static_cast<double>(run) - 6);
        at += run;
      } else if (is_letter(signs_[at])) {
        at = word(at);
        ++words;
      } else if (is_digit(signs_[at])) {
        at = digits(at);
      } else {
        bits += signs_[at] == ' ' || signs_[at] == 1 ? 1 : 5;
        ++at;
      }
    }
    if (words <= 1 && because == Weakness::none) because = bits < 60 ? Weakness::one_word : Weakness::none;
  }
  // A word of any language is one of some ten thousand, a longer one rarer; what is no word is as many letters.
  size_t word(size_t at) {
    size_t n = 0;
    while (at + n < signs_.size() && is_letter(signs_[at + n]) && !(n > 0 && run_length(signs_, at + n) >= 4))
      ++n;
    bits += std::min(4.7 * static_cast<double>(n), 11.5 + 0.7 * static_cast<double>(n));
    return at + n;
  }
  size_t digits(size_t at) {
    size_t n = 0;
    while (at + n < signs_.size() && is_digit(signs_[at + n])) ++n;
    bool year = n == 4 && (signs_[at] == '1' || signs_[at] == '2') &&
                (signs_[at + 1] == '9' || signs_[at + 1] == '0');
    bits += year ? 7 : 3.3 * static_cast<double>(n);
    return at + n;
  }
  Signs signs_;
  double worst_ = 0;
};

}  // namespace

std::string suggest_passphrase(base::Random& random) {
  std::string out;
  for (int word = 0; word < 5; ++word) {
    if (word > 0) out += ' ';
    for (int sign = 0; sign < 5; ++sign) {
      std::string_view from = sign % 2 == 0 ? consonants : vowels;
      out += from[random.below(from.size())];
    }
  }
  return out;
}

PassphraseAdvice advise(std::string_view passphrase, const std::vector<std::string>& known) {
  PassphraseAdvice out;
  Estimate estimate(passphrase, known);
  out.bits = estimate.bits;
  out.because = estimate.because;
  if (base::length(passphrase) < 8) {
    out.verdict = Strength::too_short;
    out.because = Weakness::few_signs;
  } else {
    out.verdict = out.bits < 35 ? Strength::weak : out.bits < 60 ? Strength::fair : Strength::strong;
  }
  return out;
}

}  // namespace seal
