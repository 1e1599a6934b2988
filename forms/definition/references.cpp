#include "forms/definition/references.h"

#include <algorithm>

#include "forms/base/utf8.h"

namespace definition {
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

// How many bytes from `at` are a name, with at most one prefix.
size_t name_length(std::string_view text, size_t at) {
  if (at >= text.size() || !starts_name(text[at])) return 0;
  size_t end = at + 1;
  while (end < text.size() && continues_name(text[end])) ++end;
  if (end + 1 < text.size() && text[end] == ':' && starts_name(text[end + 1])) {
    ++end;
    while (end < text.size() && continues_name(text[end])) ++end;
  }
  return end - at;
}

constexpr std::string_view last_saved = "last-saved#";

// The reference that begins at `at`; none has no end.
Reference reference_at(std::string_view text, size_t at) {
  size_t close = text.find('}', at);
  if (close == std::string_view::npos) return {};
  Reference out{at, close + 1, base::trim(text.substr(at + 2, close - at - 2)), false};
  if (out.name.rfind(last_saved, 0) == 0) {
    out.last_saved = true;
    out.name.erase(0, last_saved.size());
  }
  bool good = !out.name.empty() && std::all_of(out.name.begin(), out.name.end(),
                                               [](char c) { return continues_name(c) || c == ':'; });
  return good ? out : Reference{};
}

// One token of a default, as far as it decides whether the default is an expression.
struct Token {
  enum class Kind { plain, math, live };
  Kind kind = Kind::plain;
  size_t length = 1;
};

// yyyy-mm-dd, hh:mm:ss, or both: their hyphens are no subtraction.
size_t date_length(std::string_view text, size_t at) {
  auto digits = [&](size_t from, size_t count) {
    for (size_t i = 0; i < count; ++i)
      if (from + i >= text.size() || !is_digit(text[from + i])) return false;
    return true;
  };
  auto is = [&](size_t i, char c) { return i < text.size() && text[i] == c; };
  size_t start = is(at, '-') ? at + 1 : at;
  size_t end = 0;
  if (digits(start, 4) && is(start + 4, '-') && digits(start + 5, 2) && is(start + 7, '-') &&
      digits(start + 8, 2))
    end = start + 10;
  size_t time = end == 0 ? at : is(end, 'T') ? end + 1 : 0;
  if ((end == 0 || time != 0) && digits(time, 2) && is(time + 2, ':') && digits(time + 3, 2) &&
      is(time + 5, ':') && digits(time + 6, 2)) {
    end = time + 8;
    if (is(end, 'Z'))
      ++end;
    else if ((is(end, '+') || is(end, '-')) && digits(end + 1, 2) && is(end + 3, ':') && digits(end + 4, 2))
      end += 6;
  }
  return end == 0 ? 0 : end - at;
}

Token token_at(std::string_view text, size_t at) {
  if (size_t date = date_length(text, at)) return {Token::Kind::plain, date};
  char c = text[at];
  size_t sign = c == '-' ? 1 : 0;
  size_t end = at + sign;
  while (end < text.size() && is_digit(text[end])) ++end;
  bool digits = end > at + sign;
  if (end < text.size() && text[end] == '.' &&
      (digits || (end + 1 < text.size() && is_digit(text[end + 1])))) {
    ++end;
    while (end < text.size() && is_digit(text[end])) ++end;
    digits = true;
  }
  if (digits) return {Token::Kind::plain, end - at};
  if (c == '*' || c == '+' || c == '-') return {Token::Kind::math, 1};
  for (std::string_view word : {" mod ", " div "})
    if (text.compare(at, word.size(), word) == 0) return {Token::Kind::math, word.size()};
  if (c == '|') return {Token::Kind::live, 1};
  if (c == '"' || c == '\'') {
    size_t close = text.find(c, at + 1);
    return {Token::Kind::plain, close == std::string_view::npos ? 1 : close - at + 1};
  }
  if (c == '$' && at + 1 < text.size() && text[at + 1] == '{')
    if (Reference found = reference_at(text, at); found.end > 0) return {Token::Kind::live, found.end - at};
  if (size_t length = name_length(text, at)) {
    size_t after = at + length;
    if (text.compare(after, 3, "://") == 0) return {Token::Kind::plain, length + 3};
    bool live = after < text.size() && (text[after] == '(' || text[after] == '[');
    return {live ? Token::Kind::live : Token::Kind::plain, length};
  }
  return {};
}

}  // namespace

std::vector<Reference> references_in(std::string_view text) {
  std::vector<Reference> out;
  for (size_t at = text.find("${"); at != std::string_view::npos; at = text.find("${", at + 1))
    if (Reference found = reference_at(text, at); found.end > 0) {
      at = found.end - 1;
      out.push_back(std::move(found));
    }
  return out;
}

bool is_reference(std::string_view text) {
  std::string plain = base::trim(text);
  if (plain.rfind("${", 0) != 0) return false;
  Reference found = reference_at(plain, 0);
  return found.end > 0 && found.end == plain.size();
}

size_t broken_reference(std::string_view text) {
  for (size_t at = text.find("${"); at != std::string_view::npos; at = text.find("${", at + 1)) {
    Reference found = reference_at(text, at);
    if (found.end == 0) return at;
    at = found.end - 1;
  }
  return std::string_view::npos;
}

bool is_xml_name(std::string_view text) {
  return !text.empty() && starts_name(text[0]) && std::all_of(text.begin(), text.end(), continues_name);
}

std::vector<Span> values_in_text(std::string_view text) {
  std::vector<Span> out;
  constexpr std::string_view call = "instance(";
  for (size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '$') {
      if (text.compare(at, 2, "${") != 0) continue;
      Reference found = reference_at(text, at);
      if (found.end == 0) continue;
      out.push_back({at, found.end});
      at = found.end - 1;
    } else if (text.compare(at, call.size(), call) == 0 && (at == 0 || !continues_name(text[at - 1]))) {
      // A path goes on until white space outside of its predicates.
      size_t end = text.find(')', at);
      if (end == std::string_view::npos || end + 1 >= text.size() || text[end + 1] != '/') continue;
      int depth = 0;
      for (++end; end < text.size(); ++end) {
        if (text[end] == '[') ++depth;
        if (text[end] == ']') --depth;
        bool ends = text[end] == ' ' || text[end] == '\n' || text[end] == '\t' || text[end] == '\r' ||
                    text[end] == ',' || text[end] == ';' || text[end] == '<';
        if (depth <= 0 && ends) break;
      }
      while (end > at && (text[end - 1] == '.' || text[end - 1] == '?' || text[end - 1] == '!')) --end;
      out.push_back({at, end});
      at = end - 1;
    }
  }
  return out;
}

bool is_dynamic_default(std::string_view text, DataType data) {
  bool hyphens = data == DataType::date || data == DataType::date_time || data == DataType::place ||
                 data == DataType::trace || data == DataType::shape;
  for (size_t at = 0; at < text.size();) {
    Token token = token_at(text, at);
    if (hyphens && token.kind == Token::Kind::math && text[at] == '-') return false;
    if (token.kind != Token::Kind::plain) return true;
    at += token.length;
  }
  return false;
}

}  // namespace definition
