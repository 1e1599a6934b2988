// The clipboard: what this program copied does not stay there.
#include <doctest/doctest.h>

#include "collector/window/copied.h"

using window::Board;
using window::Copied;

TEST_CASE("copied: it is taken from the clipboard again, unless somebody has copied something else since") {
  std::string there;
  int written = 0;
  Board board{[&] { return there; }, [&](const std::string& text) {
                there = text;
                ++written;
              }};
  Copied copied;
  CHECK_FALSE(copied.any());
  copied.forget(board);  // nothing of ours: nothing is touched
  CHECK(written == 0);
  CHECK(copied.until() > 1e9);

  copied.put("MA12-S147-5", 100);
  there = "MA12-S147-5";
  CHECK(copied.until() == 100 + Copied::kept_s);
  copied.put("MA12-S150-1", 110);  // the time runs from the last
  there = "MA12-S150-1";
  CHECK(copied.until() == 110 + Copied::kept_s);
  copied.forget(board);
  CHECK(there.empty());
  CHECK_FALSE(copied.any());

  copied.put("MA12-S150-1", 200);
  there = "a letter to somebody";
  copied.forget(board);
  CHECK(there == "a letter to somebody");
  CHECK(written == 1);
  CHECK_FALSE(copied.any());
}
