// Carets, words and lines in both directions, over one layout a paragraph.
#include <doctest/doctest.h>

#include <filesystem>
#include <set>

#include "collector/text/passage.h"
#include "forms/base/utf8.h"

using namespace text;

namespace {

std::unique_ptr<Shaper> fonts() {
  auto shaper = Shaper::open(std::filesystem::path(RIHLA_BINARY) / "share/fonts");
  REQUIRE(shaper);
  return std::move(*shaper);
}

const char* mixed[] = {"Commune d'Aït Melloul (45%)",
                       "abc سلام def",
                       "جماعة أيت ملول (Aït Melloul) سنة 2016.",
                       "في 12/03/2016 قال: « oui » ثم ذهب",
                       "ⵜⴰⵎⴰⵣⵉⵖⵜ و العربية",
                       "İstanbul'da ığdır çocuğu",
                       "مَدْرَسَةٌ",
                       "e\xCC\x81te\xCC\x81 fini"};

}  // namespace

TEST_CASE("passage: every caret position is found again by pointing at it, in mixed directions") {
  auto shaper = fonts();
  int positions = 0;
  for (const char* s : mixed)
    for (float wrap : {0.f, 140.f}) {
      std::string text = s;
      CAPTURE(text);
      CAPTURE(wrap);
      Passage p(*shaper, text, {.size = 20, .wrap = wrap}, Passage::Lines::several);
      for (size_t i = 0; i < text.size(); i = p.grapheme(i, 1)) {
        CAPTURE(i);
        Box caret = p.caret(i);
        // A little inside the character that follows, on its side.
        bool rtl_run = p.caret(p.grapheme(i, 1)).x < caret.x;
        size_t hit = p.hit(caret.x + (rtl_run ? -0.5f : 0.5f), caret.y + caret.height / 2);
        // At the seam of two directions two indices share a place.
        auto at = [&](const Box& b) { return std::abs(b.x - caret.x) < 0.01f && b.y == caret.y; };
        bool same_place = hit == i || at(p.caret(hit)) || at(p.second_caret(hit));
        CHECK(same_place);
        ++positions;
      }
    }
  CHECK(positions > 250);
}

TEST_CASE(
    "passage: right, again and again, passes every grapheme once and ends at the other side; left comes "
    "back") {
  auto shaper = fonts();
  for (const char* s : mixed) {
    CAPTURE(s);
    std::string text = s;
    Passage p(*shaper, text, {.size = 20}, Passage::Lines::one);
    size_t start = p.right_to_left ? text.size() : 0;
    size_t goal = p.right_to_left ? 0 : text.size();
    std::set<size_t> seen = {start};
    std::vector<size_t> path = {start};
    for (size_t at = start; at != goal && path.size() < 200;) {
      size_t next = p.move(at, 1);
      CHECK(next != at);
      CHECK(p.caret(next).x >= p.caret(at).x - 0.01f);
      path.push_back(at = next);
      seen.insert(at);
    }
    CHECK(path.back() == goal);
    for (size_t at = goal, n = 0; at != start && n < 200; ++n) at = p.move(at, -1), seen.insert(at);
    std::set<size_t> every;
    for (size_t i = 0; i < text.size(); i = p.grapheme(i, 1)) every.insert(i);
    // At the seam of two directions one of two places is passed over each way.
    for (size_t i : every) {
      CAPTURE(i);
      bool reached = seen.count(i) > 0;
      for (size_t other : seen) reached = reached || std::abs(p.caret(i).x - p.second_caret(other).x) < 0.01f;
      CHECK(reached);
    }
  }
}

TEST_CASE(
    "passage: a backspace takes a haraka before its letter; Delete and arrows take the grapheme whole") {
  auto shaper = fonts();
  std::string text = "دَّ";  // dal, shadda, fatha
  Passage p(*shaper, text, {.size = 20}, Passage::Lines::one);
  CHECK(p.grapheme(0, 1) == text.size());
  CHECK(p.erase_from(text.size()) == text.size() - 2);
  CHECK(p.erase_from(2) == 0);
  std::string accent = "ae\xCC\x81";  // e and a combining accent: one sign
  Passage q(*shaper, accent, {.size = 20}, Passage::Lines::one);
  CHECK(q.erase_from(accent.size()) == 1);
  std::string family = "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7";  // two people and a joiner
  Passage f(*shaper, family, {.size = 20}, Passage::Lines::one);
  CHECK(f.erase_from(family.size()) == 0);
  CHECK(f.grapheme(0, 1) == family.size());
}

TEST_CASE("passage: words by their ends and beginnings, in Arabic too") {
  auto shaper = fonts();
  std::string text = "من أين يأتي الماء؟";
  Passage p(*shaper, text, {.size = 20}, Passage::Lines::one);
  std::vector<std::string> words;
  for (size_t at = 0; at < text.size();) {
    size_t end = p.word(at, 1);
    size_t begin = p.word(end, -1);
    words.push_back(text.substr(begin, end - begin));
    at = end;
    if (words.size() > 9) break;
  }
  REQUIRE(words.size() >= 4);
  CHECK(words[0] == "من");
  CHECK(words[1] == "أين");
  CHECK(words[2] == "يأتي");
  CHECK(words[3] == "الماء");
}

TEST_CASE("passage: several paragraphs are walked as one text, each in its own direction") {
  auto shaper = fonts();
  std::string text = "Première ligne\nالسطر الثاني\n\nfin";
  Passage p(*shaper, text, {.size = 18, .wrap = 400}, Passage::Lines::several);
  size_t second = text.find('\n') + 1;
  size_t third = text.find('\n', second) + 1;
  CHECK(p.move(second - 1, 1) == second);   // over the end of a line, rightwards
  CHECK(p.move(second, 1) == second - 1);   // at the right edge of Arabic: back
  CHECK(p.move(third - 1, -1) == third);    // at its left end: on
  CHECK(p.erase_from(third) == third - 1);  // the line end itself
  CHECK(p.right_to_left_at(third));         // an empty line goes on as the one before
  CHECK_FALSE(p.right_to_left_at(text.size()));
  CHECK(p.caret(second).y > p.caret(0).y);
  float kept = -1;
  size_t up = p.line(text.size(), -1, kept);
  CHECK(up == third);
  CHECK(p.line(0, -1, kept) == 0);
  CHECK(p.line(text.size(), 1, kept) == text.size());
  CHECK(p.paragraph_edge(second + 2, false) == second);
  CHECK(p.paragraph_edge(second + 2, true) == third - 1);
  CHECK(p.selection(0, text.size()).size() >= 4);
  CHECK(p.selection(3, 3).empty());
}

TEST_CASE("passage: up and down keep to the column, over shorter lines") {
  auto shaper = fonts();
  std::string text = "une ligne assez longue\ncourte\nune autre ligne longue";
  Passage p(*shaper, text, {.size = 18, .wrap = 500}, Passage::Lines::several);
  float kept = -1;
  size_t at = 18;
  float x = p.caret(at).x;
  at = p.line(at, 1, kept);
  CHECK(at == text.find("\nune"));  // the end of the short one
  at = p.line(at, 1, kept);
  CHECK(std::abs(p.caret(at).x - x) < 10);
}

TEST_CASE("passage: one layout a paragraph: a key in a long text lays out one of them") {
  auto shaper = fonts();
  std::string text;
  for (int n = 0; n < 60; ++n) text += "Paragraphe numéro " + std::to_string(n) + " : quelques mots.\n";
  Passage before(*shaper, text, {.size = 18, .wrap = 600}, Passage::Lines::several);
  size_t known = shaper->paragraphs();
  text.insert(text.size() / 2, "x");
  Passage after(*shaper, text, {.size = 18, .wrap = 600}, Passage::Lines::several);
  CHECK(shaper->paragraphs() == known + 1);
}

TEST_CASE("passage: a paragraph beyond all measure is laid out in pieces and walked as one") {
  auto shaper = fonts();
  std::string text;
  for (int n = 0; text.size() < 3 * Shaper::longest; ++n) text += "سطر بلا نهاية " + std::to_string(n) + " ";
  Passage p(*shaper, text, {.size = 18, .wrap = 600}, Passage::Lines::several);
  CHECK(shaper->paragraphs() >= 4);
  size_t count = 0;
  for (size_t at = text.size(); at > 0; ++count) {
    size_t before = p.grapheme(at, -1);
    REQUIRE(before < at);
    if (count % 97 == 0) CHECK(p.grapheme(before, 1) == at);
    at = before;
  }
  CHECK(count == base::length(text));
}
