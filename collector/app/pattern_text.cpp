// A text for a simple regular expression: a small recursive-descent reader that writes as it reads. Bounded:
// a pattern from a stranger, "((((a{64}){64}){64}){64})" among them, costs at most `most_steps` atoms.
#include "collector/app/respondent.h"

namespace app {
namespace {

constexpr int deepest = 16;
constexpr size_t longest = 200;
constexpr int most_steps = 4000;

size_t letter_size(std::string_view text, size_t at) {  // in bytes, of one UTF-8 letter
  size_t size = 1;
  while (at + size < text.size() && (static_cast<unsigned char>(text[at + size]) & 0xc0) == 0x80) ++size;
  return size;
}

class Writer {
 public:
  Writer(std::string_view pattern, base::Random& random) : in_(pattern), random_(random) {}

  std::optional<std::string> run() {
    std::string out = alternatives(0);
    if (bad_ || at_ != in_.size() || out.size() > longest) return std::nullopt;
    return out;
  }

 private:
  bool more() const { return at_ < in_.size() && !bad_; }

  // One of a|b|c; all are read, one is kept.
  std::string alternatives(int depth) {
    if (depth > deepest) bad_ = true;
    if (bad_) return {};
    std::vector<std::string> all = {sequence(depth)};
    while (more() && in_[at_] == '|') {
      ++at_;
      all.push_back(sequence(depth));
    }
    return all[random_.below(all.size())];
  }

  std::string sequence(int depth) {
    std::string out;
    while (more() && in_[at_] != '|' && in_[at_] != ')') {
      size_t start = at_;
      std::string piece = atom(depth);
      size_t end = at_;
      int times = repetitions();
      size_t after = at_;
      if (times == 0) continue;
      out += piece;
      for (int i = 1; i < times && !bad_; ++i) {
        at_ = start;
        out += atom(depth);
        RIHLA_CHECK(bad_ || at_ == end);
      }
      at_ = after;
      if (out.size() > longest) bad_ = true;
    }
    return out;
  }

  std::string atom(int depth) {
    if (++steps_ > most_steps) bad_ = true;
    if (bad_) return {};
    size_t size = letter_size(in_, at_);
    if (size > 1) {
      at_ += size;
      return std::string(in_.substr(at_ - size, size));
    }
    char c = in_[at_++];
    if (c == '^' || c == '$') return {};
    if (c == '.') return {static_cast<char>('a' + random_.below(26))};
    if (c == '[') return one_of_class();
    if (c == '(') {
      if (in_.substr(at_, 2) == "?:") at_ += 2;
      if (more() && in_[at_] == '?') bad_ = true;
      std::string inside = alternatives(depth + 1);
      if (more() && in_[at_] == ')')
        ++at_;
      else
        bad_ = true;
      return inside;
    }
    if (c == '\\') return escaped();
    if (c == '*' || c == '+' || c == '?' || c == '{') bad_ = true;
    return {c};
  }

  std::string escaped() {
    if (!more()) {
      bad_ = true;
      return {};
    }
    char c = in_[at_++];
    if (c == 'd') return {static_cast<char>('0' + random_.below(10))};
    if (c == 'w') return {static_cast<char>('a' + random_.below(26))};
    if (c == 's') return {' '};
    if (c >= '1' && c <= '9') bad_ = true;  // a back-reference
    return {c};
  }

  std::string one_of_class() {
    std::vector<std::string> members;
    if (more() && in_[at_] == '^') bad_ = true;
    while (more() && in_[at_] != ']') {
      size_t size = letter_size(in_, at_);
      std::string first(in_.substr(at_, size));
      at_ += size;
      if (first == "\\" && more()) {
        char e = in_[at_++];
        for (char c : e == 'd' ? "0123456789" : e == 'w' ? "abcxyz" : std::string(1, e))
          members.emplace_back(1, c);
        continue;
      }
      bool range = at_ + 1 < in_.size() && in_[at_] == '-' && in_[at_ + 1] != ']';
      if (!range) {
        members.push_back(first);
        continue;
      }
      char last = in_[at_ + 1];
      if (size > 1 || static_cast<unsigned char>(last) >= 0x80 || last == '\\' || last < first[0])
        bad_ = true;
      at_ += 2;
      for (char c = first[0]; !bad_ && c <= last && c < 0x7f; ++c) members.emplace_back(1, c);
    }
    if (more())
      ++at_;
    else
      bad_ = true;
    if (members.empty()) {
      bad_ = true;
      return {};
    }
    return members[random_.below(members.size())];
  }

  int number() {
    int value = 0;
    while (more() && in_[at_] >= '0' && in_[at_] <= '9' && value < 1000)
      value = value * 10 + (in_[at_++] - '0');
    return value;
  }

  int repetitions() {
    if (!more()) return 1;
    int low = 1;
    int high = 1;
    switch (in_[at_]) {
      case '?':
        low = 0;
        break;
      case '*':
        low = 0, high = 3;
        break;
      case '+':
        high = 3;
        break;
      case '{': {
        ++at_;
        low = high = number();
        if (more() && in_[at_] == ',') {
          ++at_;
          high = more() && in_[at_] == '}' ? low + 3 : number();
        }
        if (!more() || in_[at_] != '}') {
          bad_ = true;
          return 1;
        }
        break;
      }
      default:
        return 1;
    }
    ++at_;
    if (high < low || high > 64) bad_ = true;
    return bad_ ? 1 : low + static_cast<int>(random_.below(static_cast<uint64_t>(high - low) + 1));
  }

  std::string_view in_;
  base::Random& random_;
  size_t at_ = 0;
  int steps_ = 0;
  bool bad_ = false;
};

}  // namespace

std::optional<std::string> text_for_pattern(std::string_view pattern, base::Random& random) {
  return Writer(pattern, random).run();
}

}  // namespace app
