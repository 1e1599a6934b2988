// The shaper: what it keeps is bounded, lines are even, bold is bold, and nothing stays after forget_all().
#include <doctest/doctest.h>

#include <filesystem>

#include "collector/text/shaper.h"

using namespace text;

namespace {

std::unique_ptr<Shaper> fonts() {
  auto shaper = Shaper::open(std::filesystem::path(RIHLA_BINARY) / "share/fonts");
  REQUIRE(shaper);
  return std::move(*shaper);
}

// How much ink a text has on the atlas.
long ink(Shaper& shaper, const char* s, bool bold) {
  long sum = 0;
  for (const Glyph& g : shaper.layout(s, {.size = 24, .bold = bold}).glyphs) {
    const Place& p = shaper.atlas().use(g.slot);
    for (int y = 0; y < p.height; ++y)
      for (int x = 0; x < p.width; ++x)
        sum += shaper.atlas().pixels()[static_cast<size_t>((p.y + y) * shaper.atlas().width() + p.x + x)];
  }
  return sum;
}

}  // namespace

TEST_CASE("shaper: what is kept is bounded, however many texts a long day shows") {
  auto shaper = fonts();
  for (int frame = 0; frame < 200; ++frame) {
    for (int n = 0; n < 100; ++n) shaper->layout("texte " + std::to_string(frame * 100 + n), {.size = 16});
    shaper->forget_unused();
    CHECK(shaper->paragraphs() <= Shaper::most_paragraphs + 200);
  }
  // Texts that are shown stay.
  const Paragraph* kept = &shaper->layout("toujours là", {.size = 16});
  for (int frame = 0; frame < 500; ++frame) {
    CHECK(&shaper->layout("toujours là", {.size = 16}) == kept);
    shaper->forget_unused();
  }
  CHECK(shaper->paragraphs() < 10);
}

TEST_CASE("shaper: sizes without end do not grow it, and large texts are let go") {
  auto shaper = fonts();
  for (int n = 0; n < 300; ++n) {
    shaper->layout("Taille", {.size = 10 + static_cast<float>(n) / 8});
    shaper->forget_unused();
  }
  CHECK(shaper->atlas().slots() < 20'000);
  std::string large(Shaper::longest, 'a');
  for (int n = 0; n < 260; ++n) {
    large[0] = static_cast<char>('a' + n % 26);
    large[1] = static_cast<char>('a' + n / 26 % 26);
    shaper->layout(large, {.size = 12, .cut = true});
    shaper->forget_unused();
  }
  CHECK(shaper->paragraphs() < 240);
}

TEST_CASE("shaper: a text beyond reason is cut at a character") {
  auto shaper = fonts();
  std::string endless;
  while (endless.size() < Shaper::longest + 100) endless += "ع";
  const Paragraph& p = shaper->layout(endless, {.size = 12, .wrap = 800});
  CHECK(p.size() <= Shaper::longest);
  CHECK(p.size() % 2 == 0);
}

TEST_CASE("shaper: lines have one height whatever scripts stand in them") {
  auto shaper = fonts();
  float latin = shaper->layout("Deux lignes\nde texte", {.size = 20}).height;
  for (const char* s : {"سطران\nمن النص", "Une ligne\nو سطر", "ⵢⴰⵏ ⵓⵙⴰⵟⵓⵔ\nⵜⴰⵎⴰⵣⵉⵖⵜ", "≈ ✓ ∑\nsuite"})
    CHECK(shaper->layout(s, {.size = 20}).height == doctest::Approx(latin));
  CHECK(latin == doctest::Approx(2 * 20 * 1.5f).epsilon(0.02));
  CHECK(shaper->layout("a\nb", {.size = 20, .line = 50}).height == doctest::Approx(100).epsilon(0.01));
}

TEST_CASE("shaper: bold is darker in every script, where its font has no bold too") {
  auto shaper = fonts();
  for (const char* s : {"Ménage", "أسرة", "ⵜⴰⵎⴰⵣⵉⵖⵜ", "≈∑"}) {
    CAPTURE(s);
    long plain = ink(*shaper, s, false);
    CHECK(plain > 0);
    CHECK(static_cast<double>(ink(*shaper, s, true)) > 1.1 * static_cast<double>(plain));
  }
}

TEST_CASE("shaper: digits and signs alone stand as the interface reads") {
  auto shaper = fonts();
  for (const char* s : {"", "2016", "(45 %)", "…"}) {
    CAPTURE(s);
    CHECK_FALSE(shaper->layout(s, {.size = 16}).right_to_left);
    CHECK(shaper->layout(s, {.size = 16, .rtl = true}).right_to_left);
  }
  CHECK_FALSE(shaper->layout("oui", {.size = 16, .rtl = true}).right_to_left);
  CHECK(shaper->layout("نعم", {.size = 16}).right_to_left);
}

TEST_CASE("shaper: a wrapped paragraph stands at the side where it begins, whatever the interface") {
  auto shaper = fonts();
  for (bool rtl : {false, true}) {
    CHECK(shaper->layout("oui", {.size = 20, .wrap = 400, .rtl = rtl}).left == doctest::Approx(0));
    const Paragraph& arabic = shaper->layout("نعم", {.size = 20, .wrap = 400, .rtl = rtl});
    CHECK(arabic.left + arabic.width == doctest::Approx(400).epsilon(0.01));
    const Paragraph& number = shaper->layout("2016", {.size = 20, .wrap = 400, .rtl = rtl});
    CHECK((number.left > 200) == rtl);
  }
}

TEST_CASE("shaper: after forget_all nothing is kept, and texts look as before") {
  auto shaper = fonts();
  long before = ink(*shaper, "Réponse", false);
  shaper->forget_all();
  CHECK(shaper->paragraphs() == 0);
  CHECK(shaper->atlas().slots() == 0);
  CHECK(ink(*shaper, "Réponse", false) == before);
}

TEST_CASE("shaper: a folder without fonts gets a sentence") {
  auto none = Shaper::open("/nowhere/at/all");
  REQUIRE_FALSE(none);
  CHECK(none.error().fault == base::Fault::missing);
  CHECK(none.error().where == "/nowhere/at/all");
}

namespace {

struct Direction {
  const char* text;
  bool rtl;     // the window
  bool screen;  // words of a screen, or of a field
  bool from_right;
};

// What stands further left, of two characters that occur once.
bool left_of(Shaper& shaper, const std::string& text, const Style& style, const char* one, const char* other) {
  const Paragraph& p = shaper.layout(text, style);
  return p.caret(text.find(one)).x < p.caret(text.find(other)).x;
}

}  // namespace

// A line of the Arabic interface that began with a Latin word was laid out from left to right.
TEST_CASE("shaper: words of a screen take the window's direction, those of a field their first letter's") {
  auto shaper = fonts();
  const Direction table[] = {
      {"F12 يقفل فوراً في أي وقت.", true, true, true},
      {"F12 يقفل فوراً في أي وقت.", true, false, false},
      {"F12 verrouille aussitôt.", true, true, false},
      {"Pango، GLFW، SQLite؛ خطوط Noto", true, true, true},
      {"يقفل F12", true, true, true},
      {"F12 يقفل", false, true, false},
      {"يقفل F12", false, true, true},
      {"\u2068العربية\u2069 · \u2068Français\u2069", false, true, false},  // joined parts: the window's
      {"\u2068MA12-S147-5\u2069  ·  \u2068الجمعة\u2069", true, true, true},
  };
  for (const Direction& one : table) {
    CAPTURE(one.text);
    CAPTURE(one.rtl);
    Style style{.size = 16, .rtl = one.rtl, .screen = one.screen};
    CHECK(shaper->layout(one.text, style).right_to_left == one.from_right);
  }
  // In an Arabic line the code comes first, at the right, and the day after it.
  std::string contact = "\u2068MA12-S147-5\u2069  ·  \u2068الجمعة 27 نونبر\u2069";
  CHECK(left_of(*shaper, contact, {.size = 16, .rtl = true, .screen = true}, "ا", "M"));
  CHECK(shaper->layout(contact, {.size = 16, .rtl = true, .screen = true}).missing == 0);
}

TEST_CASE("shaper: a code is not broken at its hyphens") {
  auto shaper = fonts();
  std::string text = "مثال على الرمز MA12-Y147-2 كما على البطاقة";
  for (float wrap = 120; wrap < 400; wrap += 7) {
    const Paragraph& p = shaper->layout(text, {.size = 16, .wrap = wrap, .rtl = true, .screen = true});
    CAPTURE(wrap);
    CHECK(p.line_of(text.find("MA12")) == p.line_of(text.find("-2 ")));
  }
}

TEST_CASE("shaper: a title of at most two lines ends in …") {
  auto shaper = fonts();
  std::string long_title;
  for (int n = 0; n < 12; ++n) long_title += "partenariat municipal ";
  Style style{.size = 16, .wrap = 200, .cut = true, .most_lines = 2};
  CHECK(shaper->layout(long_title, style).lines == 2);
  CHECK(shaper->layout("court", style).lines == 1);
}
