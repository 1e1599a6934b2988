#include "collector/window/theme.h"

#include <doctest/doctest.h>

using window::Colour;
using window::Theme;

TEST_CASE("contrast is WCAG's: black on white 21, a colour on itself 1") {
  CHECK(window::contrast_of(window::rgb(0, 0, 0), window::rgb(255, 255, 255)) == doctest::Approx(21));
  CHECK(window::contrast_of(window::rgb(12, 90, 7), window::rgb(12, 90, 7)) == doctest::Approx(1));
  CHECK(window::contrast_of(window::rgb(118, 118, 118), window::rgb(255, 255, 255)) ==
        doctest::Approx(4.54).epsilon(0.01));
}

TEST_CASE("every text is read on every ground it stands on, at 4.5 to 1 or better") {
  for (const char* name : {"light", "dark", "contrast"}) {
    const Theme& t = window::theme_named(name);
    struct Pair {
      const char* what;
      Colour text, ground;
    };
    const Pair pairs[] = {
        {"ink on the ground", t.ink, t.ground},         {"ink on a card", t.ink, t.card},
        {"ink on the side bar", t.ink, t.side},         {"ink on what is chosen", t.ink, t.soft},
        {"ink under the mouse", t.ink, t.hover},        {"quiet on the ground", t.quiet, t.ground},
        {"quiet on a card", t.quiet, t.card},           {"quiet on the side bar", t.quiet, t.side},
        {"quiet on what is chosen", t.quiet, t.soft},   {"quiet under the mouse", t.quiet, t.hover},
        {"accent on the ground", t.accent, t.ground},   {"accent on a card", t.accent, t.card},
        {"accent on what is chosen", t.accent, t.soft}, {"accent under the mouse", t.accent, t.hover},
        {"a button's word", t.on_accent, t.accent},     {"a warning on a card", t.warn, t.card},
        {"a warning on the ground", t.warn, t.ground},  {"a warning on what is chosen", t.warn, t.soft},
        {"a warning under the mouse", t.warn, t.hover}};
    for (const Pair& pair : pairs) {
      CAPTURE(name);
      CAPTURE(pair.what);
      CHECK(window::contrast_of(pair.text, pair.ground) >= 4.5);
    }
  }
}
