// Theme: the colours of the window by meaning, never by place. Contrast of text is at least 4.5:1; a test
// holds it.
#pragma once

#include <cstdint>
#include <string_view>

namespace window {

using Colour = uint32_t;  // 0xAABBGGRR, as the draw list wants it
constexpr Colour rgb(uint32_t r, uint32_t g, uint32_t b, uint32_t a = 255) {
  return a << 24 | b << 16 | g << 8 | r;
}

struct Theme {
  Colour ground, side, card, ink, quiet, line, accent, soft, on_accent, good, warn, shadow, hover, veil;
  Colour faint;           // what is not there yet, or cannot be pressed: placeholders, disabled buttons
  bool outlined = false;  // cards have a line around them
};

constexpr Theme light{rgb(243, 245, 249), rgb(255, 255, 255), rgb(255, 255, 255), rgb(22, 30, 46),
                      rgb(88, 99, 119),   rgb(223, 228, 237), rgb(15, 118, 110),  rgb(230, 246, 243),
                      rgb(255, 255, 255), rgb(17, 128, 61),   rgb(180, 83, 9),    rgb(20, 40, 80, 5),
                      rgb(246, 248, 251), rgb(16, 24, 40, 130), rgb(88, 99, 119)};
constexpr Theme dark{rgb(15, 20, 28),    rgb(21, 28, 38),
                     rgb(26, 34, 46),    rgb(232, 238, 246),
                     rgb(156, 170, 189), rgb(46, 57, 74),
                     rgb(45, 190, 170),  rgb(20, 60, 60),
                     rgb(6, 26, 26),     rgb(74, 200, 120),
                     rgb(245, 170, 80),  rgb(0, 0, 0, 22),
                     rgb(32, 42, 57),    rgb(0, 0, 0, 150),
                     rgb(156, 170, 189),
                     true};
constexpr Theme contrast{rgb(0, 0, 0),       rgb(0, 0, 0),
                         rgb(0, 0, 0),       rgb(255, 255, 255),
                         rgb(255, 255, 255), rgb(255, 255, 255),
                         rgb(255, 221, 0),   rgb(40, 36, 0),
                         rgb(0, 0, 0),       rgb(0, 255, 120),
                         rgb(255, 190, 90),  rgb(0, 0, 0, 0),
                         rgb(35, 35, 35),    rgb(0, 0, 0, 190),
                         rgb(165, 165, 165),
                         true};

constexpr const Theme& theme_named(std::string_view name) {
  return name == "dark" ? dark : name == "contrast" ? contrast : light;
}

// WCAG 2.1 relative contrast of two opaque colours, 1 to 21.
double contrast_of(Colour a, Colour b);

}  // namespace window
