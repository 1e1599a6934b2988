#include "collector/window/surface.h"

#include <GLFW/glfw3.h>
#include <imgui.h>
#include <imgui_impl_opengl2.h>
#include <imgui_impl_opengl3.h>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace window {
namespace {

// Of OpenGL 3.3, by number: the header may be older.
constexpr GLenum texture_swizzle_rgba = 0x8E46;
constexpr GLint red_8 = 0x8229;

// A pointer in older versions of ImGui, a number in newer ones.
ImTextureID as_id(unsigned texture) {
  return (ImTextureID)(uintptr_t)texture;
}

// A window that the screen has no room for is opened over the whole of it.
bool is_too_large(const SurfaceOptions& options) {
  GLFWmonitor* screen = glfwGetPrimaryMonitor();
  if (!screen) return false;
  int x = 0, y = 0, w = 0, h = 0;
  glfwGetMonitorWorkarea(screen, &x, &y, &w, &h);
  float across = 1;
  float down = 1;
  glfwGetMonitorContentScale(screen, &across, &down);
  return w > 0 && h > 0 &&
         (static_cast<float>(options.width) * across > static_cast<float>(w) ||
          static_cast<float>(options.height) * down > static_cast<float>(h));
}

}  // namespace

float scale_that_fits(float wished, int width, int height) {
  float most = std::min(static_cast<float>(width) / least_page.width, static_cast<float>(height) / least_page.height);
  // In steps: while a window is being resized not every pixel makes new letters.
  return std::min(wished, std::max(0.6f, std::floor(most * 20) / 20));
}

base::Result<std::unique_ptr<Surface>> Surface::open(const SurfaceOptions& options) {
  std::unique_ptr<Surface> out(new Surface());
  if (auto done = out->make(options); !done) return base::pass(done.error());
  return out;
}

base::Status Surface::make(const SurfaceOptions& options) {
  glfw_ = glfwInit() == GLFW_TRUE;
  if (!glfw_)
    return base::fail(base::Fault::unsupported, "display",
                      "There is no display to open a window on. Use rihla in the terminal instead.");
  for (int version : {3, 2}) {
    if (options.opengl != 0 && options.opengl != version) continue;
    glfwDefaultWindowHints();
    glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, version);
    glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, version == 3 ? 0 : 1);
    glfwWindowHint(GLFW_DEPTH_BITS, 0);
    glfwWindowHint(GLFW_STENCIL_BITS, 0);
    glfwWindowHint(options.visible ? GLFW_SCALE_TO_MONITOR : GLFW_VISIBLE, options.visible ? GLFW_TRUE : GLFW_FALSE);
    if (options.visible && is_too_large(options)) glfwWindowHint(GLFW_MAXIMIZED, GLFW_TRUE);
    window_ = glfwCreateWindow(options.width, options.height, "Rihla", nullptr, nullptr);
    gl3_ = version == 3;
    if (window_) break;
  }
  if (!window_)
    return base::fail(base::Fault::unsupported, "OpenGL",
                      "This machine's graphics cannot open the window. Use rihla in the terminal instead.");
  glfwMakeContextCurrent(window_);
  glfwSwapInterval(options.visible ? 1 : 0);
  hand.scale = screen_scale();
  hand.attach(window_);
  ImGui::CreateContext();
  imgui_ = true;
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  ImGui::GetStyle().AntiAliasedLinesUseTex = false;  // they would look into ImGui's own texture
  if (gl3_) {
    ImGui_ImplOpenGL3_Init("#version 130");
    ImGui_ImplOpenGL3_CreateDeviceObjects();
  } else {
    ImGui_ImplOpenGL2_Init();
    ImGui_ImplOpenGL2_CreateDeviceObjects();
  }
  io.Fonts->ClearTexData();
  return {};
}

Surface::~Surface() {
  if (imgui_) {
    forget_textures(true);
    if (texture_) glDeleteTextures(1, &texture_);
    if (gl3_)
      ImGui_ImplOpenGL3_Shutdown();
    else
      ImGui_ImplOpenGL2_Shutdown();
    ImGui::DestroyContext();
  }
  if (window_) glfwDestroyWindow(window_);
  if (glfw_) glfwTerminate();
}

float Surface::screen_scale() const {
  float x = 1;
  float y = 1;
  glfwGetWindowContentScale(window_, &x, &y);
  return x > 0 ? x : 1;
}

float Surface::scale_for(float wished) const {
  int w = 0;
  int h = 0;
  glfwGetFramebufferSize(window_, &w, &h);
  return w > 0 && h > 0 ? scale_that_fits(wished, w, h) : wished;
}

void Surface::fit(Kit& kit) const {
  int w = 0;
  int h = 0;
  glfwGetFramebufferSize(window_, &w, &h);
  kit.size(static_cast<float>(w) / hand.scale, static_cast<float>(h) / hand.scale, hand.scale);
}

// One byte a pixel where the graphics can read it as white with that much opacity; else four.
void Surface::make_texture(int width, int height) {
  if (texture_) glDeleteTextures(1, &texture_);
  glGenTextures(1, &texture_);
  glBindTexture(GL_TEXTURE_2D, texture_);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
  glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
  while (glGetError() != GL_NO_ERROR) {
  }
  grey_ = true;
  if (gl3_) {
    const GLint white_with_opacity[] = {GL_ONE, GL_ONE, GL_ONE, GL_RED};
    glTexImage2D(GL_TEXTURE_2D, 0, red_8, width, height, 0, GL_RED, GL_UNSIGNED_BYTE, nullptr);
    glTexParameteriv(GL_TEXTURE_2D, texture_swizzle_rgba, white_with_opacity);
  } else {
    glTexImage2D(GL_TEXTURE_2D, 0, GL_ALPHA8, width, height, 0, GL_ALPHA, GL_UNSIGNED_BYTE, nullptr);
  }
  if (glGetError() != GL_NO_ERROR) {
    grey_ = false;
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, width, height, 0, GL_RGBA, GL_UNSIGNED_BYTE, nullptr);
  }
  texture_width_ = width;
  texture_height_ = height;
  ImGuiIO& io = ImGui::GetIO();
  io.Fonts->SetTexID(as_id(texture_));
  float middle = static_cast<float>(text::Atlas::white) / 2;
  io.Fonts->TexUvWhitePixel = ImVec2(middle / static_cast<float>(width), middle / static_cast<float>(height));
}

void Surface::upload(text::Atlas& atlas) {
  std::vector<text::Dirty> dirty = atlas.take_dirty();
  if (dirty.empty()) return;
  GLint last = 0;
  glGetIntegerv(GL_TEXTURE_BINDING_2D, &last);
  glBindTexture(GL_TEXTURE_2D, texture_);
  glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
  auto row_of = [&](int x, int y) {
    return atlas.pixels().data() + static_cast<size_t>(y) * static_cast<size_t>(atlas.width()) +
           static_cast<size_t>(x);
  };
  std::vector<uint8_t> copy;
  for (const text::Dirty& d : dirty) {
    copy.resize(static_cast<size_t>(d.width) * static_cast<size_t>(d.height) * (grey_ ? 1 : 4));
    uint8_t* to = copy.data();
    for (int y = 0; y < d.height; ++y) {
      const uint8_t* from = row_of(d.x, d.y + y);
      if (grey_) {
        std::memcpy(to, from, static_cast<size_t>(d.width));
        to += d.width;
      } else {
        for (int x = 0; x < d.width; ++x) {
          to[0] = to[1] = to[2] = 255;
          to[3] = from[x];
          to += 4;
        }
      }
    }
    GLenum format = !grey_ ? GL_RGBA : gl3_ ? GL_RED : GL_ALPHA;
    glTexSubImage2D(GL_TEXTURE_2D, 0, d.x, d.y, d.width, d.height, format, GL_UNSIGNED_BYTE, copy.data());
  }
  glBindTexture(GL_TEXTURE_2D, static_cast<GLuint>(last));
}

uint64_t Surface::texture_of(const std::shared_ptr<const app::Picture>& picture) {
  for (const Shown& one : shown_)
    if (one.picture.lock() == picture) return one.texture;
  if (picture->width <= 0 || picture->height <= 0) return 0;
  GLint last = 0;
  glGetIntegerv(GL_TEXTURE_BINDING_2D, &last);
  Shown made{picture, 0};
  glGenTextures(1, &made.texture);
  glBindTexture(GL_TEXTURE_2D, made.texture);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
  glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
  glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, picture->width, picture->height, 0, GL_RGBA, GL_UNSIGNED_BYTE,
               picture->rgba.data());
  glBindTexture(GL_TEXTURE_2D, static_cast<GLuint>(last));
  shown_.push_back(made);
  return made.texture;
}

void Surface::forget_textures(bool all) {
  std::erase_if(shown_, [&](const Shown& one) {
    if (!all && !one.picture.expired()) return false;
    glDeleteTextures(1, &one.texture);
    return true;
  });
}

void Surface::draw(Kit& kit, text::Shaper& shaper, const std::function<void()>& screen) {
  text::Atlas& atlas = shaper.atlas();
  if (texture_width_ != atlas.width() || texture_height_ != atlas.height())
    make_texture(atlas.width(), atlas.height());
  int w = 0;
  int h = 0;
  glfwGetFramebufferSize(window_, &w, &h);
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = ImVec2(static_cast<float>(w), static_cast<float>(h));
  io.DeltaTime = 1.f / 60;
  forget_textures(false);
  kit.texture = [this](const std::shared_ptr<const app::Picture>& picture) { return texture_of(picture); };
  float u = 1 / static_cast<float>(texture_width_);
  float v = 1 / static_cast<float>(texture_height_);
  // Twice at least: the first learns heights and fills the atlas, the last is seen.
  for (int pass = 0, begun = -1; pass < 2 || (begun != atlas.restarts() && pass < 4); ++pass) {
    begun = atlas.restarts();
    if (gl3_)
      ImGui_ImplOpenGL3_NewFrame();
    else
      ImGui_ImplOpenGL2_NewFrame();
    ImGui::NewFrame();
    fit(kit);
    kit.target(ImGui::GetBackgroundDrawList(), 0, 0, u, v);
    screen();
    ImGui::Render();
  }
  kit.target(nullptr, 0, 0, 0, 0);
  upload(atlas);
  glViewport(0, 0, w, h);
  glClearColor(1, 1, 1, 1);
  glClear(GL_COLOR_BUFFER_BIT);
  if (gl3_)
    ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
  else
    ImGui_ImplOpenGL2_RenderDrawData(ImGui::GetDrawData());
}

void Surface::show() {
  glfwSwapBuffers(window_);
}

void Surface::finish() const {
  glFinish();
}

std::vector<uint8_t> Surface::pixels(int& width, int& height) const {
  glfwGetFramebufferSize(window_, &width, &height);
  std::vector<uint8_t> out(static_cast<size_t>(width) * static_cast<size_t>(height) * 4);
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  glReadPixels(0, 0, width, height, GL_RGBA, GL_UNSIGNED_BYTE, out.data());
  return out;
}

}  // namespace window
