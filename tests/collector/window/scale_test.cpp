#include <doctest/doctest.h>

#include "collector/window/surface.h"

using namespace window;

// With the scale 2 on a small laptop everything stood on everything else.
TEST_CASE("scale: letters grow as far as the page keeps its room, whatever was wished for") {
  struct Case {
    float wished;
    int width, height;
    float fits;
  };
  for (const Case& c : {Case{1, 1366, 768, 1}, {1.3f, 1366, 768, 1.3f}, {2, 1366, 768, 1.3f}, {2, 2560, 1600, 2},
                        {2.6f, 2560, 1600, 2.4f}, {1, 1280, 800, 1}, {1, 800, 600, 0.75f}, {1, 100, 100, 0.6f}}) {
    CAPTURE(c.wished);
    CAPTURE(c.width);
    CHECK(scale_that_fits(c.wished, c.width, c.height) == doctest::Approx(c.fits));
  }
}
