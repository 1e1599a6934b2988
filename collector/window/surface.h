// Surface: the window on the screen and what is drawn in it: GLFW, Dear ImGui's draw list, OpenGL 3 or 2.
//
//   auto surface = Surface::open({.width = 1280, .height = 800});
//   surface->hand.queue …;   surface->draw(kit, shaper, [&] { screen(kit); });   surface->show();
//
// The glyph atlas is the only texture but for pictures; shapes take its white corner, so a page is one batch. OpenGL 3 is
// tried first, then 2.1: both show the same pixels. Sizes in pixels. One at a time, on the main thread.
// Errors: unsupported, with a sentence, where there is no display or no OpenGL.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "collector/window/hand.h"
#include "collector/window/kit.h"
#include "forms/base/error.h"

struct GLFWwindow;

namespace window {

// Letters as large as are wished for, as long as a page has room: never so large that less than the smallest page on
// which everything stands without overlapping (`least_page`) is left of a window of so many pixels.
struct PageSize {
  float width = 1050, height = 590;
};
inline constexpr PageSize least_page;
float scale_that_fits(float wished, int width, int height);

struct SurfaceOptions {
  int width = 1280, height = 800;  // pixels, on a screen that enlarges nothing
  bool visible = true;
  int opengl = 0;  // 0: the best there is; 2, 3: only that one, for tests
};

class Surface {
 public:
  static base::Result<std::unique_ptr<Surface>> open(const SurfaceOptions& options);
  ~Surface();

  GLFWwindow* handle() const { return window_; }
  int opengl() const { return gl3_ ? 3 : 2; }
  float screen_scale() const;                // what the screen asks for
  float scale_for(float wished) const;       // what of it the window has room for
  void fit(Kit& kit) const;    // tells the kit the size of the window
  // What `screen` draws, in the back buffer. Again when the atlas had to begin anew meanwhile.
  void draw(Kit& kit, text::Shaper& shaper, const std::function<void()>& screen);
  void show();                                                 // swaps
  std::vector<uint8_t> pixels(int& width, int& height) const;  // RGBA, bottom row first
  void finish() const;                                         // until the graphics have drawn everything

  Hand hand;

 private:
  Surface() = default;
  base::Status make(const SurfaceOptions& options);
  void make_texture(int width, int height);
  void upload(text::Atlas& atlas);
  uint64_t texture_of(const std::shared_ptr<const app::Picture>& picture);
  void forget_textures(bool all);
  GLFWwindow* window_ = nullptr;
  bool glfw_ = false, gl3_ = true, imgui_ = false, grey_ = false;
  unsigned texture_ = 0;
  struct Shown {  // a picture that has a texture; it goes when nobody else holds the picture
    std::weak_ptr<const app::Picture> picture;
    unsigned texture = 0;
  };
  std::vector<Shown> shown_;
  int texture_width_ = 0, texture_height_ = 0;
};

}  // namespace window
