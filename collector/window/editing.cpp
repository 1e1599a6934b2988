#include "collector/window/editing.h"

#include <algorithm>
#include <utility>

#include "forms/base/utf8.h"

namespace window {
namespace {

constexpr size_t most_undo = 400;
constexpr size_t bullet_size = 3;  // "•"

bool is_digit(uint32_t c) {
  return (c >= '0' && c <= '9') || (c >= 0x660 && c <= 0x669) || (c >= 0x6f0 && c <= 0x6f9);
}

// What a key means in a number or a date: on AZERTY the key of "&" is the key of 1, and what stands right of
// the digits (")" there, "°" with Shift) is the minus of other layouts. The "/" of a date is Shift and 7 on the
// Turkish keyboard: it stays itself.
uint32_t numeric_character(uint32_t c, int digit, bool degrees) {
  if (digit >= 0 && !is_digit(c) && c != '/') return static_cast<uint32_t>('0' + digit);
  return c == ')' || (c == 0xb0 && !degrees) || c == 0x2212 ? '-' : c;
}

// Direction overrides and embeddings, fillers and marks of byte order: seen by nobody, felt by everybody.
bool is_hidden(uint32_t c) {
  return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0xfeff || c == 0xfffc ||
         c == 0xad || c == 0x200b || c == 0x2060 || (c >= 0xfff9 && c <= 0xfffb) || (c >= 0x80 && c < 0xa0) ||
         c == 0x7f || (c >= 0xe000 && c <= 0xf8ff);
}

void record(Editing& e, Change change) {
  e.undo.push_back(std::move(change));
  if (e.undo.size() > most_undo) e.undo.erase(e.undo.begin());
  for (Change& c : e.redo) {
    wipe(c.before);
    wipe(c.after);
  }
  e.redo.clear();
}

void replace(Editing& e, size_t from, size_t to, const std::string& s) {
  record(e, {from, e.text.substr(from, to - from), s, e.caret, e.anchor});
  e.text.replace(from, to - from, s);
  e.caret = e.anchor = from + s.size();
  e.joins = false;
  ++e.version;
}

bool is_blank(const std::string& s) {
  return s == " " || s == "\n" || s == "\xc2\xa0";
}

// A character typed joins the step of the one before, until a word ends.
void type(Editing& e, const std::string& s) {
  bool plain = e.caret == e.anchor;
  bool joins = e.joins && plain && !e.undo.empty() &&
               e.undo.back().at + e.undo.back().after.size() == e.caret &&
               (!is_blank(s) || is_blank(e.undo.back().after.substr(e.undo.back().after.size() - 1)));
  if (!joins) {
    replace(e, e.from(), e.to(), s);
  } else {
    e.text.insert(e.caret, s);
    e.caret = e.anchor = e.caret + s.size();
    e.undo.back().after += s;
    ++e.version;
  }
  e.joins = true;
}

void step_back(Editing& e, std::vector<Change>& from, std::vector<Change>& to) {
  if (from.empty()) return;
  Change c = std::move(from.back());
  from.pop_back();
  size_t caret = e.caret;
  size_t anchor = e.anchor;
  e.text.replace(c.at, c.after.size(), c.before);
  e.caret = std::min(c.caret, e.text.size());
  e.anchor = std::min(c.anchor, e.text.size());
  to.push_back({c.at, std::move(c.after), std::move(c.before), caret, anchor});
  e.joins = false;
  ++e.version;
}

// Walking in what is shown, counted in the text: bullets stand for the characters of a password.
struct Walk {
  const Editing& e;
  const text::Passage& shown;
  bool password;
  size_t in(size_t index) const { return password ? bullet_index(e.text, index) : index; }
  size_t out(size_t index) const {
    return password ? index_of_bullet(e.text, index) : std::min(index, e.text.size());
  }
  size_t move(int d) const { return out(shown.move(in(e.caret), d)); }
  size_t word(size_t from, int d) const {
    return password ? (d < 0 ? 0 : e.text.size()) : out(shown.word(from, d));
  }
  bool rtl() const { return shown.right_to_left_at(in(e.caret)); }
};

// True: the key moved the caret.
bool moved(Editing& e, const Input& i, const Walk& walk, const EditRules& rules) {
  bool selected = e.caret != e.anchor;
  bool vertical = i.key == Key::up || i.key == Key::down;
  float kept = vertical ? e.kept_x : -1;
  switch (i.key) {
    case Key::left:
    case Key::right: {
      int d = i.key == Key::left ? -1 : 1;
      if (i.control)
        e.caret = walk.word(e.caret, walk.rtl() ? -d : d);
      else if (selected && !i.shift)  // to the end of what was selected, as seen
        e.caret = (d < 0) != walk.rtl() ? e.from() : e.to();
      else
        e.caret = walk.move(d);
      break;
    }
    case Key::up:
    case Key::down:
      if (!rules.multiline) return false;
      e.caret = walk.shown.line(e.caret, i.key == Key::up ? -1 : 1, kept);
      break;
    case Key::home:
      e.caret = i.control ? 0 : walk.out(walk.shown.line_edge(walk.in(e.caret), false));
      break;
    case Key::end:
      e.caret = i.control ? e.text.size() : walk.out(walk.shown.line_edge(walk.in(e.caret), true));
      break;
    default:
      return false;
  }
  e.kept_x = vertical ? kept : -1;
  if (!i.shift) e.anchor = e.caret;
  e.joins = false;
  return true;
}

void erase(Editing& e, const Input& i, const Walk& walk) {
  size_t from = e.from();
  size_t to = e.to();
  if (from == to && i.key == Key::backspace && from > 0)
    from = i.control       ? walk.word(from, -1)
           : walk.password ? walk.out(walk.shown.grapheme(walk.in(from), -1))
                           : walk.shown.erase_from(from);
  else if (from == to && i.key == Key::erase && to < e.text.size())
    to = i.control ? walk.word(to, 1) : walk.out(walk.shown.grapheme(walk.in(to), 1));
  if (from != to) replace(e, from, to, "");
}

}  // namespace

void wipe(std::string& s) {
  s.resize(s.capacity());  // what lies behind the end is overwritten too
  for (volatile char& c : s) c = 0;
  s.clear();
}

Editing::~Editing() {
  wipe(text);
  wipe(seen);
  for (auto* steps : {&undo, &redo})
    for (Change& c : *steps) {
      wipe(c.before);
      wipe(c.after);
    }
}

void Editing::set(const std::string& value) {
  wipe(text);
  text = value;
  caret = anchor = value.size();
  scroll_x = scroll_y = 0;
  caret_seen = false;
  kept_x = -1;
  undo.clear();
  redo.clear();
  joins = false;
}

void replace_selection(Editing& e, const std::string& s) {
  replace(e, e.from(), e.to(), s);
}

size_t bullet_index(const std::string& text, size_t index) {
  return base::length(std::string_view(text).substr(0, index)) * bullet_size;
}

size_t index_of_bullet(const std::string& text, size_t bullet_at) {
  size_t wanted = bullet_at / bullet_size;
  size_t at = 0;
  while (wanted > 0 && at < text.size()) {
    ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80) ++at;
    --wanted;
  }
  return at;
}

std::string cleaned_paste(const std::string& s, bool multiline) {
  std::string out;
  if (!base::is_utf8(s)) return out;
  uint32_t last = 0;
  for (uint32_t c : base::code_points(s)) {
    if (out.size() >= most_typed) break;
    if (c == '\n' && last == '\r') {  // one line end, not two
      last = c;
      continue;
    }
    last = c;
    if (c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029 || c == '\v' || c == '\f') c = '\n';
    if (is_hidden(c)) continue;
    if (c == '\t' || c == 0xa0 || c == 0x202f || (c == '\n' && !multiline)) c = ' ';
    if (c >= 0x20 || c == '\n') base::append_utf8(out, c);
  }
  out = base::nfc(out);
  if (!multiline) out = base::trim(out);
  return out;
}

Edited edit(Editing& e, const Input& i, const text::Passage& shown, const EditRules& rules,
            const Clipboard& clipboard) {
  Edited done;
  Walk walk{e, shown, rules.password};
  int digit = std::exchange(e.digit, -1);
  unsigned version = e.version;
  if (i.kind == Input::Kind::character) {
    if (i.character < 0x20 || i.character == 0x7f || is_hidden(i.character)) return done;
    done.consumed = true;
    if (rules.read_only || e.text.size() - (e.to() - e.from()) >= most_typed) return done;
    std::string s;
    base::append_utf8(s, rules.numeric ? numeric_character(i.character, digit, rules.degrees) : i.character);
    type(e, s);
    e.kept_x = -1;
    done.changed = true;
    return done;
  }
  if (i.kind != Input::Kind::key || i.alt) return done;
  done.consumed = true;
  if (moved(e, i, walk, rules)) return done;
  e.kept_x = -1;
  bool command = i.control && i.letter;
  if (i.key == Key::backspace || i.key == Key::erase) {
    if (!rules.read_only) erase(e, i, walk);
  } else if (i.key == Key::enter) {
    done.entered = !rules.multiline || i.control;
    if (!done.entered && !rules.read_only && e.text.size() < most_typed) replace(e, e.from(), e.to(), "\n");
  } else if (command && i.letter == 'A') {
    e.anchor = 0;
    e.caret = e.text.size();
    e.joins = false;
  } else if (command && (i.letter == 'C' || i.letter == 'X')) {
    bool allowed = !rules.password && !rules.sensitive;
    done.withheld = !allowed && e.from() != e.to();
    if (allowed && e.from() != e.to()) {
      if (clipboard.copy) clipboard.copy(e.text.substr(e.from(), e.to() - e.from()));
      if (i.letter == 'X' && !rules.read_only) replace(e, e.from(), e.to(), "");
    }
  } else if (command && i.letter == 'V') {
    std::string s =
        clipboard.paste && !rules.read_only ? cleaned_paste(clipboard.paste(), rules.multiline) : "";
    if (!s.empty() && e.text.size() + s.size() <= most_typed) replace(e, e.from(), e.to(), s);
    wipe(s);
  } else if (command && (i.letter == 'Z' || i.letter == 'Y')) {
    bool again = i.letter == 'Y' || i.shift;
    // Nothing was typed here since it was shown: the key is for whoever can take back what was answered.
    done.consumed = again || !e.undo.empty() || !e.redo.empty();
    if (!rules.read_only) again ? step_back(e, e.redo, e.undo) : step_back(e, e.undo, e.redo);
  } else {
    // A key that makes a character will come as one.
    if (i.key == Key::digit && !i.control) e.digit = i.digit;
    done.consumed = !i.control && (i.key == Key::space || i.key == Key::digit || i.key == Key::letter);
    return done;
  }
  done.changed = e.version != version;
  return done;
}

}  // namespace window
