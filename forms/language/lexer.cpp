#include "forms/language/lexer.h"

#include <charconv>

namespace language {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool starts_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}
bool continues_name(char c) {
  return starts_name(c) || is_digit(c) || c == '-' || c == '.';
}
bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

class Lexer {
 public:
  Lexer(std::string_view source, std::vector<Lexeme>& out, std::vector<Problem>& problems)
      : in_(source), problems_(problems), out_(out) {}

  void run() {
    out_.clear();
    while (skip_space(), at_ < in_.size() && good_) next();
    add(Token::end, {}, in_.size());
  }

 private:
  void skip_space() {
    for (;;) {
      while (at_ < in_.size() && is_space(in_[at_])) ++at_;
      if (!pair_at(at_, '\xc2', '\xa0')) return;  // a no-break space pasted from a document
      at_ += 2;
    }
  }

  // Letter by letter: this is looked at for every token.
  bool pair_at(size_t at, char first, char second) const {
    return at + 1 < in_.size() && in_[at] == first && in_[at + 1] == second;
  }

  void add(Token token, std::string_view text, size_t offset, double number = 0) {
    out_.push_back({token, text, number, offset});
  }

  void refuse(std::string text) {
    problems_.push_back({at_, true, "syntax", std::move(text)});
    good_ = false;
  }

  // An operand has just ended, so a name or a star is an operator.
  bool after_operand() const {
    if (out_.empty()) return false;
    switch (out_.back().token) {
      case Token::number:
      case Token::text:
      case Token::name:
      case Token::question:
      case Token::close:
      case Token::square_close:
      case Token::dot:
      case Token::double_dot:
      case Token::star:
        return true;
      default:
        return false;
    }
  }

  void one(Token token, size_t length) {
    add(token, in_.substr(at_, length), at_);
    at_ += length;
  }

  void next() {
    char c = in_[at_];
    if (is_digit(c) || (c == '.' && at_ + 1 < in_.size() && is_digit(in_[at_ + 1]))) return number();
    if (c == '\'' || c == '"') return literal(c);
    if (pair_at(at_, '$', '{')) return question();
    if (starts_name(c)) return name();
    if (pair_at(at_, '/', '/')) return one(Token::double_slash, 2);
    if (pair_at(at_, '.', '.')) return one(Token::double_dot, 2);
    if (pair_at(at_, '!', '=') || pair_at(at_, '<', '=') || pair_at(at_, '>', '=')) return one(Token::op, 2);
    switch (c) {
      case '/':
        return one(Token::slash, 1);
      case '.':
        return one(Token::dot, 1);
      case '@':
        return one(Token::at, 1);
      case '(':
        return one(Token::open, 1);
      case ')':
        return one(Token::close, 1);
      case '[':
        return one(Token::square_open, 1);
      case ']':
        return one(Token::square_close, 1);
      case ',':
        return one(Token::comma, 1);
      case '=':
      case '<':
      case '>':
      case '+':
      case '-':
      case '|':
        return one(Token::op, 1);
      case '*':
        return one(after_operand() ? Token::op : Token::star, 1);
      default:
        break;
    }
    if (c == '&') return refuse("\"&\" does not stand in an expression; write \"and\"");
    if (c == '!') return refuse("\"!\" does not stand alone; write not(…), or != for \"is not\"");
    refuse(std::string("this character does not stand in an expression: ") + c);
  }

  void number() {
    size_t start = at_;
    while (at_ < in_.size() && is_digit(in_[at_])) ++at_;
    if (at_ < in_.size() && in_[at_] == '.' && in_.substr(at_, 2) != "..") {
      ++at_;
      while (at_ < in_.size() && is_digit(in_[at_])) ++at_;
    }
    exponent();
    double value = 0;
    std::string_view text = in_.substr(start, at_ - start);
    std::from_chars(text.data(), text.data() + text.size(), value);
    if (at_ < in_.size() && starts_name(in_[at_]) && operator_at(at_).empty())
      return refuse("a name may not begin with a digit");
    add(Token::number, text, start, value);
  }

  // 7.9e-12: not XPath's, but calculations written by machines hold it.
  void exponent() {
    if (at_ + 1 >= in_.size() || (in_[at_] != 'e' && in_[at_] != 'E')) return;
    size_t digits = at_ + 1;
    if (in_[digits] == '-' || in_[digits] == '+') ++digits;
    size_t end = digits;
    while (end < in_.size() && is_digit(in_[end])) ++end;
    if (end > digits) at_ = end;
  }

  // "or", "and", "div" or "mod" at that place, also where a digit follows at once: 1 div2.
  std::string_view operator_at(size_t at) const {
    for (std::string_view word : {"and", "div", "mod", "or"}) {
      if (in_[at] != word[0] || in_.substr(at, word.size()) != word) continue;
      size_t after = at + word.size();
      if (after >= in_.size() || !continues_name(in_[after]) || is_digit(in_[after])) return word;
    }
    return {};
  }

  void literal(char quote) {
    size_t start = at_;
    size_t close = in_.find(quote, at_ + 1);
    if (close == std::string_view::npos) return refuse("this text has no closing quote");
    add(Token::text, in_.substr(at_ + 1, close - at_ - 1), start);
    at_ = close + 1;
  }

  void question() {
    size_t start = at_;
    size_t close = in_.find('}', at_);
    if (close == std::string_view::npos) return refuse("${ has no closing }");
    std::string_view name = in_.substr(at_ + 2, close - at_ - 2);
    while (!name.empty() && is_space(name.front())) name.remove_prefix(1);
    while (!name.empty() && is_space(name.back())) name.remove_suffix(1);
    if (name.empty()) return refuse("${} names no question");
    add(Token::question, name, start);
    at_ = close + 1;
  }

  void name() {
    size_t start = at_;
    if (after_operand())
      if (std::string_view word = operator_at(at_); !word.empty()) {
        at_ += word.size();
        return add(Token::op, word, start);
      }
    while (at_ < in_.size() && continues_name(in_[at_])) ++at_;
    if (at_ + 1 < in_.size() && in_[at_] == ':' && (starts_name(in_[at_ + 1]) || in_[at_ + 1] == '*')) {
      ++at_;
      if (in_[at_] == '*')
        ++at_;
      else
        while (at_ < in_.size() && continues_name(in_[at_])) ++at_;
    }
    std::string_view text = in_.substr(start, at_ - start);
    size_t look = at_;
    while (look < in_.size() && is_space(in_[look])) ++look;
    if (pair_at(look, ':', ':')) {
      at_ = look + 2;
      return add(Token::axis, text, start);
    }
    add(Token::name, text, start);
  }

  std::string_view in_;
  std::vector<Problem>& problems_;
  std::vector<Lexeme>& out_;
  size_t at_ = 0;
  bool good_ = true;
};

}  // namespace

void lex(std::string_view source, std::vector<Lexeme>& out, std::vector<Problem>& problems) {
  Lexer(source, out, problems).run();
}

}  // namespace language
