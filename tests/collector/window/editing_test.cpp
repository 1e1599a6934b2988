// Typing: what keys do to a text, without a window. The rows are scripts: keys in, text out.
#include <doctest/doctest.h>

#include <filesystem>

#include "collector/window/editing.h"
#include "collector/window/input_queue.h"
#include "forms/base/utf8.h"

using namespace window;

namespace {

struct Hands {
  std::unique_ptr<text::Shaper> shaper;
  Editing e;
  EditRules rules;
  std::string board;  // the clipboard
  Clipboard clipboard{[this] { return board; }, [this](const std::string& s) { board = s; }};

  Hands() {
    auto opened = text::Shaper::open(std::filesystem::path(RIHLA_BINARY) / "share/fonts");
    REQUIRE(opened);
    shaper = std::move(*opened);
  }
  Edited give(const Input& i) {
    std::string bullets;
    for (size_t n = base::length(e.text); n > 0; --n) bullets += "•";
    text::Passage p(*shaper, rules.password ? bullets : e.text,
                    {.size = 18, .wrap = rules.multiline ? 500.f : 0.f},
                    rules.multiline ? text::Passage::Lines::several : text::Passage::Lines::one);
    return edit(e, i, p, rules, clipboard);
  }
  Edited press(Key key, bool control = false, bool shift = false, char letter = 0) {
    Input i;
    i.kind = Input::Kind::key;
    i.key = key;
    i.control = control;
    i.shift = shift;
    i.letter = letter;
    return give(i);
  }
  void type(std::string_view s) {
    for (uint32_t c : base::code_points(s)) {
      Input i;
      i.kind = Input::Kind::character;
      i.character = c;
      give(i);
    }
  }
  // "<" and ">" Left and Right, "b" Backspace, "x" Delete, "H" Home, "E" End, "z" undo, "y" redo, "a" all,
  // "c" copy, "k" cut, "p" paste, "^" Up, "v" Down, "n" Enter; "S" before one holds Shift, "C" Control.
  void keys(const char* script) {
    bool shift = false;
    bool control = false;
    for (const char* k = script; *k; ++k) {
      if (*k == 'S' || *k == 'C') {
        (*k == 'S' ? shift : control) = true;
        continue;
      }
      auto letter = [&](char c) { press(Key::letter, true, shift, c); };
      switch (*k) {
        case '<':
          press(Key::left, control, shift);
          break;
        case '>':
          press(Key::right, control, shift);
          break;
        case '^':
          press(Key::up, control, shift);
          break;
        case 'v':
          press(Key::down, control, shift);
          break;
        case 'b':
          press(Key::backspace, control);
          break;
        case 'x':
          press(Key::erase, control);
          break;
        case 'H':
          press(Key::home, control, shift);
          break;
        case 'E':
          press(Key::end, control, shift);
          break;
        case 'n':
          press(Key::enter, control);
          break;
        case 'z':
          letter('Z');
          break;
        case 'y':
          letter('Y');
          break;
        case 'a':
          letter('A');
          break;
        case 'c':
          letter('C');
          break;
        case 'k':
          letter('X');
          break;
        case 'p':
          letter('V');
          break;
        default:
          FAIL("no such key in the script");
      }
      shift = control = false;
    }
  }
};

struct Row {
  const char* before;
  const char* keys;
  const char* after;
  size_t caret;
};

}  // namespace

TEST_CASE("editing: scripts of keys") {
  const Row rows[] = {
      {"abc", "b", "ab", 2},
      {"abc", "<b", "ac", 1},
      {"abc", "Hx", "bc", 0},
      {"abc", "x", "abc", 3},
      {"abc", "Hb", "abc", 0},
      {"un deux trois", "Cb", "un deux ", 8},
      {"un deux trois", "HCx", " deux trois", 0},
      {"un deux trois", "C<C<", "un deux trois", 3},
      {"un deux trois", "HS>S>b", " deux trois", 0},
      {"un deux", "a<", "un deux", 0},
      {"un deux", "a>", "un deux", 7},
      {"un deux", "ab", "", 0},
      {"un deux", "SHck", "", 0},
      {"un deux", "SHkpp", "un deuxun deux", 14},
      {"un deux", "abz", "un deux", 7},
      {"un deux", "abzy", "", 0},
      {"un deux", "zzz", "un deux", 7},
      // Arabic: Right goes back in the text, Left goes on; Backspace takes what was typed last.
      {"سلام", "H<b", "لام", 0},
      {"سلام", ">b", "سلم", 4},
      {"سلام", "a>", "سلام", 0},
      {"سلام", "a<", "سلام", 8},
      {"سلام عليكم", "Cb", "سلام ", 9},
      {"دَّ", "b", "دَ", 4},
      {"دَّ", "Hx", "", 0},
      {"e\xCC\x81", "b", "", 0},
      {"\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7!", "<b", "!", 0},
  };
  Hands hands;
  for (const Row& row : rows) {
    CAPTURE(row.before);
    CAPTURE(row.keys);
    hands.e.set(row.before);
    hands.board.clear();
    hands.keys(row.keys);
    CHECK(hands.e.text == std::string(row.after));
    CHECK(hands.e.caret == row.caret);
  }
}

TEST_CASE("editing: marks of Arabic are taken back one by one") {
  Hands hands;
  hands.type("دَّ");
  hands.keys("b");
  CHECK(base::length(hands.e.text) == 2);
  hands.keys("b");
  CHECK(base::length(hands.e.text) == 1);
}

TEST_CASE("editing: typing is undone word by word and comes back") {
  Hands hands;
  hands.type("un deux trois");
  hands.keys("z");
  CHECK(hands.e.text == "un deux");
  hands.keys("z");
  CHECK(hands.e.text == "un");
  hands.keys("yy");
  CHECK(hands.e.text == "un deux trois");
  hands.keys("zz");
  hands.type("X");  // what was undone is gone now
  hands.keys("y");
  CHECK(hands.e.text == "unX");
  hands.e.set("");
  for (int n = 0; n < 600; ++n) {
    hands.type("ab ");
  }
  hands.keys("z");
  CHECK(hands.e.text.size() < 1800);
  CHECK(hands.e.undo.size() <= 400);
}

TEST_CASE("editing: several lines: Enter begins one, Ctrl+Enter goes on, Home and End keep to the line") {
  Hands hands;
  hands.rules.multiline = true;
  hands.type("un");
  CHECK_FALSE(hands.press(Key::enter).entered);
  hands.type("deux");
  CHECK(hands.e.text == "un\ndeux");
  CHECK(hands.press(Key::enter, true).entered);
  hands.keys("H");
  CHECK(hands.e.caret == 3);
  hands.keys("^");
  CHECK(hands.e.caret == 0);
  hands.keys("E");
  CHECK(hands.e.caret == 2);
  hands.keys("v");
  CHECK(hands.e.caret == 5);
  hands.keys("CH");
  CHECK(hands.e.caret == 0);
  hands.keys("CE");
  CHECK(hands.e.caret == 7);
  hands.keys("Hb");  // the line end itself
  CHECK(hands.e.text == "undeux");
  hands.rules.multiline = false;
  CHECK_FALSE(hands.press(Key::up).consumed);  // the page's own
}

TEST_CASE("editing: what is sensitive is neither copied nor cut, and that is said; it may be pasted into") {
  Hands hands;
  for (bool password : {false, true}) {
    hands.rules = {.password = password, .sensitive = !password};
    hands.e.set("MA12-S147");
    hands.board = "avant";
    hands.keys("a");
    CHECK(hands.press(Key::letter, true, false, 'C').withheld);
    CHECK(hands.press(Key::letter, true, false, 'X').withheld);
    CHECK(hands.board == "avant");
    CHECK(hands.e.text == "MA12-S147");
    hands.keys("p");
    CHECK(hands.e.text == "avant");
  }
}

TEST_CASE("editing: a password is walked by its bullets, whatever its letters") {
  Hands hands;
  hands.rules.password = true;
  hands.e.set("aéع€");
  hands.keys("<");
  CHECK(hands.e.caret == 5);
  hands.keys("<<");
  CHECK(hands.e.caret == 1);
  hands.keys("b");
  CHECK(hands.e.text == "éع€");
  hands.keys(">x");
  CHECK(hands.e.text == "é€");
  hands.keys("ECb");
  CHECK(hands.e.text.empty());
}

TEST_CASE("editing: read only: selected and copied, not changed") {
  Hands hands;
  hands.rules.read_only = true;
  hands.e.set("fixe");
  hands.type("x");
  hands.keys("bakzp");
  CHECK(hands.e.text == "fixe");
  CHECK(hands.board == "fixe");
}

TEST_CASE("a paste is cleaned") {
  struct Paste {
    const char* in;
    bool multiline;
    const char* out;
  };
  const Paste rows[] = {
      {"a\r\nb\rc\n", true, "a\nb\nc\n"},
      {"a\r\nb", false, "a b"},
      {"  code\t42\n", false, "code 42"},
      {"a\xC2\xA0"
       "b\xE2\x80\xAF"
       "c",
       false, "a b c"},
      {"x\xE2\x80\xAEgpj.exe", false, "xgpj.exe"},                    // right-to-left override
      {"\xEF\xBB\xBFun\xE2\x80\x8B\xC2\xAD deux", false, "un deux"},  // byte order mark, fillers
      {"e\xCC\x81", false, "é"},
      {"\x01\x02z\x7F", false, "z"},
      {"می\xE2\x80\x8Cخواهم", false, "می\xE2\x80\x8Cخواهم"},  // a joiner that spelling needs stays
      {"a\xE2\x80\xA8"
       "b",
       true, "a\nb"},
      {"\xFF\xFE", true, ""},
      {"", true, ""}};
  for (const Paste& row : rows) {
    CAPTURE(row.in);
    CHECK(cleaned_paste(row.in, row.multiline) == row.out);
  }
  CHECK(cleaned_paste(std::string(300'000, 'a'), true).size() <= most_typed);
}

TEST_CASE("a text has an end: more is not taken, and nothing before it is lost") {
  Hands hands;
  hands.e.set(std::string(most_typed, 'a'));
  hands.type("b");
  CHECK(hands.e.text.size() == most_typed);
  hands.board = "ccc";
  hands.keys("p");
  CHECK(hands.e.text.size() == most_typed);
}

TEST_CASE("wiped memory holds nothing of the text, behind its end neither") {
  std::string s = "une réponse assez longue pour le tas";
  s.resize(5);
  const char* at = s.data();
  size_t room = s.capacity();
  wipe(s);
  CHECK(s.empty());
  CHECK(s.capacity() >= room);
  for (size_t i = 0; i < room; ++i) CHECK(at[i] == 0);
}

TEST_CASE("queue: at 200 characters a second and frames of 100 ms every key arrives, in order") {
  // Twenty characters fall between two frames, with keys among them; moves of the mouse too.
  Hands hands;
  InputQueue queue;
  std::string expected;
  auto key = [&](Key k, bool control = false) {
    Input i;
    i.kind = Input::Kind::key;
    i.key = k;
    i.control = control;
    queue.push(i);
  };
  size_t most = 0;
  for (int frame = 0; frame < 100; ++frame) {
    for (int n = 0; n < 20; ++n) {
      uint32_t c = n % 7 == 0 ? 0x633 : 'a' + static_cast<uint32_t>((frame + n) % 26);
      key(Key::letter);
      Input i;
      i.kind = Input::Kind::character;
      i.character = c;
      queue.push(i);
      base::append_utf8(expected, c);
      if (n % 5 == 4) {  // a slip, taken back
        i.character = 'Z';
        queue.push(i);
        key(Key::backspace);
      }
      Input move;
      move.kind = Input::Kind::move;
      move.x = static_cast<float>(n);
      queue.push(move);
      queue.push(move);
    }
    most = std::max(most, queue.size());
    while (auto i = queue.pop())
      if (i->kind != Input::Kind::move) hands.give(*i);
  }
  CHECK(hands.e.text == expected);
  CHECK(most < 20 * 5);  // neighbouring moves became one
}
