// Outline: a part of a picture brought out from it, as a picture to lay over: a thick edge in two tones, which
// shows on dark and on light, and a tint.
//
//   OutlinePicture lying = outline_of(*areas, 3, {.thick = 6, .edge = t.accent, .halo = t.card, .tint = t.accent});
//   kit.picture(where lying.left, lying.top … is, lying.picture);
//
// Pure. Cost: the part's bounding box, a few steps a pixel.
#pragma once

#include "collector/app/pictures/vector.h"
#include "collector/window/theme.h"

namespace window {

struct OutlineLook {
  int thick = 4;  // pixels of the picture
  Colour edge = 0, halo = 0, tint = 0;  // tint 0: none
};
// As large as the part's bounds. `n`: 1 for the first part.
app::Picture outline_of(const app::VectorPicture& of, size_t n, const OutlineLook& look);

}  // namespace window
