#include "collector/window/loop.h"

#include <GLFW/glfw3.h>
#include <imgui.h>
#include <imgui_impl_opengl2.h>
#include <imgui_impl_opengl3.h>

#include <cstdio>
#include <deque>
#include <fstream>

#include "collector/app/desk.h"
#include "collector/app/platform.h"
#include "collector/window/picture.h"
#include "collector/window/registry.h"
#include "collector/window/screen.h"
#include "forms/base/utf8.h"

namespace window {
namespace {

// ImGui 1.86 has no input queue of its own: this one keeps every key and character in order.
struct Hand {
  std::deque<Input> queue;
  float scale = 1;
  double x = 0, y = 0, pressed_at = -10;
  bool resized = true;
};

Hand& hand_of(GLFWwindow* w) {
  return *static_cast<Hand*>(glfwGetWindowUserPointer(w));
}

Input with_mods(Input::Kind kind, int mods) {
  Input i;
  i.kind = kind;
  i.shift = mods & GLFW_MOD_SHIFT;
  i.control = (mods & GLFW_MOD_CONTROL) || (mods & GLFW_MOD_SUPER);
  i.alt = (mods & GLFW_MOD_ALT) && !(mods & GLFW_MOD_CONTROL);
  return i;
}

void on_key(GLFWwindow* w, int key, int scancode, int action, int mods) {
  if (action == GLFW_RELEASE) return;
  Input i = with_mods(Input::Kind::key, mods);
  switch (key) {
    case GLFW_KEY_ENTER:
    case GLFW_KEY_KP_ENTER:
      i.key = Key::enter;
      break;
    case GLFW_KEY_ESCAPE:
      i.key = Key::escape;
      break;
    case GLFW_KEY_TAB:
      i.key = Key::tab;
      break;
    case GLFW_KEY_SPACE:
      i.key = Key::space;
      break;
    case GLFW_KEY_LEFT:
      i.key = Key::left;
      break;
    case GLFW_KEY_RIGHT:
      i.key = Key::right;
      break;
    case GLFW_KEY_UP:
      i.key = Key::up;
      break;
    case GLFW_KEY_DOWN:
      i.key = Key::down;
      break;
    case GLFW_KEY_HOME:
      i.key = Key::home;
      break;
    case GLFW_KEY_END:
      i.key = Key::end;
      break;
    case GLFW_KEY_PAGE_UP:
      i.key = Key::page_up;
      break;
    case GLFW_KEY_PAGE_DOWN:
      i.key = Key::page_down;
      break;
    case GLFW_KEY_BACKSPACE:
      i.key = Key::backspace;
      break;
    case GLFW_KEY_DELETE:
      i.key = Key::erase;
      break;
    default:
      break;
  }
  if (key >= GLFW_KEY_F1 && key <= GLFW_KEY_F12)
    i.key = static_cast<Key>(static_cast<int>(Key::f1) + key - GLFW_KEY_F1);
  // The physical row: on AZERTY the key of "&" is the key of 1.
  if (key >= GLFW_KEY_0 && key <= GLFW_KEY_9) {
    i.key = Key::digit;
    i.digit = key - GLFW_KEY_0;
  } else if (key >= GLFW_KEY_KP_0 && key <= GLFW_KEY_KP_9) {
    i.key = Key::digit;
    i.digit = key - GLFW_KEY_KP_0;
  } else if (key >= GLFW_KEY_A && key <= GLFW_KEY_Z) {
    i.key = Key::letter;
    const char* name = glfwGetKeyName(key, scancode);
    bool latin = name && name[0] && !name[1] &&
                 ((name[0] >= 'a' && name[0] <= 'z') || (name[0] >= 'A' && name[0] <= 'Z'));
    i.letter = latin ? static_cast<char>(name[0] & ~0x20) : static_cast<char>(key);
  }
  hand_of(w).queue.push_back(i);
}

void on_character(GLFWwindow* w, unsigned c) {
  Input i;
  i.kind = Input::Kind::character;
  i.character = c;
  hand_of(w).queue.push_back(i);
}

void on_mouse(GLFWwindow* w, int button, int action, int mods) {
  if (button != GLFW_MOUSE_BUTTON_LEFT) return;
  Hand& hand = hand_of(w);
  Input i = with_mods(action == GLFW_PRESS ? Input::Kind::press : Input::Kind::release, mods);
  i.x = static_cast<float>(hand.x) / hand.scale;
  i.y = static_cast<float>(hand.y) / hand.scale;
  if (action == GLFW_PRESS) {
    i.clicks = glfwGetTime() - hand.pressed_at < 0.35 ? 2 : 1;
    hand.pressed_at = glfwGetTime();
  }
  hand.queue.push_back(i);
}

void on_move(GLFWwindow* w, double x, double y) {
  Hand& hand = hand_of(w);
  hand.x = x;
  hand.y = y;
  Input i;
  i.kind = Input::Kind::move;
  i.x = static_cast<float>(x) / hand.scale;
  i.y = static_cast<float>(y) / hand.scale;
  if (!hand.queue.empty() && hand.queue.back().kind == Input::Kind::move)
    hand.queue.back() = i;
  else
    hand.queue.push_back(i);
}

void on_scroll(GLFWwindow* w, double, double y) {
  Input i;
  i.kind = Input::Kind::scroll;
  i.y = static_cast<float>(y);
  hand_of(w).queue.push_back(i);
}

class Window {
 public:
  explicit Window(const WindowOptions& options) : options_(options) {}
  ~Window() {
    if (imgui_) {
      if (gl3_)
        ImGui_ImplOpenGL3_Shutdown();
      else
        ImGui_ImplOpenGL2_Shutdown();
      ImGui::DestroyContext();
    }
    if (window_) glfwDestroyWindow(window_);
    if (glfw_) glfwTerminate();
  }

  int run() {
    if (auto done = open(); !done) {
      std::fprintf(stderr, "rihla-collector: error: %s: %s\n", done.error().where.c_str(),
                   done.error().detail.c_str());
      return 10 + static_cast<int>(done.error().fault);
    }
    if (!options_.language.empty()) desk_->apply(app::ChangeInterface{options_.language});
    if (!options_.profile.empty()) desk_->apply(app::Unlock{options_.profile, options_.passphrase});
    if (!options_.shots.empty()) return shots();
    frame();
    while (!glfwWindowShouldClose(window_)) {
      // No event, no frame; but a task's bar moves.
      bool busy = desk_->busy();
      busy ? glfwWaitEventsTimeout(0.05) : glfwWaitEvents();
      bool changed = desk_->poll() || busy;
      changed |= !hand_.queue.empty() || std::exchange(hand_.resized, false);
      while (!hand_.queue.empty()) {
        Input input = hand_.queue.front();
        hand_.queue.pop_front();
        pass(input);
      }
      if (changed) frame();
    }
    return 0;
  }

 private:
  base::Status open() {
    auto shaper = text::Shaper::open(options_.fonts);
    if (!shaper) return base::pass(shaper.error());
    shaper_ = std::move(*shaper);
    glfw_ = glfwInit() == GLFW_TRUE;
    if (!glfw_)
      return base::fail(base::Fault::unsupported, "display",
                        "There is no display to open a window on. Use rihla in the terminal instead.");
    for (int version : {3, 2}) {
      glfwDefaultWindowHints();
      glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, version);
      glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, version == 3 ? 0 : 1);
      if (!options_.shots.empty()) glfwWindowHint(GLFW_VISIBLE, GLFW_FALSE);
      window_ = glfwCreateWindow(options_.width, options_.height, "Rihla", nullptr, nullptr);
      gl3_ = version == 3;
      if (window_) break;
    }
    if (!window_)
      return base::fail(base::Fault::unsupported, "OpenGL",
                        "This machine's graphics cannot open the window. Use rihla in the terminal instead.");
    glfwMakeContextCurrent(window_);
    glfwSwapInterval(options_.shots.empty() ? 1 : 0);
    float sx = 1;
    float sy = 1;
    glfwGetWindowContentScale(window_, &sx, &sy);
    hand_.scale = options_.scale > 0 ? options_.scale : sx;
    glfwSetWindowUserPointer(window_, &hand_);
    glfwSetKeyCallback(window_, on_key);
    glfwSetCharCallback(window_, on_character);
    glfwSetMouseButtonCallback(window_, on_mouse);
    glfwSetCursorPosCallback(window_, on_move);
    glfwSetScrollCallback(window_, on_scroll);
    glfwSetFramebufferSizeCallback(window_, [](GLFWwindow* w, int, int) { hand_of(w).resized = true; });
    glfwSetWindowRefreshCallback(window_, [](GLFWwindow* w) { hand_of(w).resized = true; });
    ImGui::CreateContext();
    imgui_ = true;
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.LogFilename = nullptr;
    io.Fonts->TexDesiredWidth = 2048;
    text::Atlas& atlas = shaper_->atlas();
    int rect = io.Fonts->AddCustomRectRegular(atlas.width(), atlas.height());
    io.Fonts->Build();
    const ImFontAtlasCustomRect* place = io.Fonts->GetCustomRectByIndex(rect);
    place_x_ = place->X;
    place_y_ = place->Y;
    if (gl3_) {
      ImGui_ImplOpenGL3_Init("#version 130");
      ImGui_ImplOpenGL3_CreateFontsTexture();
    } else {
      ImGui_ImplOpenGL2_Init();
      ImGui_ImplOpenGL2_CreateFontsTexture();
    }
    texture_width_ = static_cast<float>(io.Fonts->TexWidth);
    texture_height_ = static_cast<float>(io.Fonts->TexHeight);
    kit_ = std::make_unique<Kit>(*shaper_, theme_named(options_.theme));
    kit_->paste = [this] {
      const char* text = glfwGetClipboardString(window_);
      return std::string(text ? text : "");
    };
    kit_->copy = [this](const std::string& text) { glfwSetClipboardString(window_, text.c_str()); };
    app::Surroundings around{&clock_, random_.get(), options_.lists, [] { glfwPostEmptyEvent(); }};
    desk_ = app::Desk::open(options_.workspace, around);
    return {};
  }

  void prepare() {
    int w = 0;
    int h = 0;
    glfwGetFramebufferSize(window_, &w, &h);
    kit_->size(static_cast<float>(w) / hand_.scale, static_cast<float>(h) / hand_.scale, hand_.scale);
    // An interview reads in its own direction, everything else in the interface's.
    bool rtl = desk_->frame().right_to_left;
    if (const auto* interview = std::get_if<app::InterviewView>(&desk_->screen()))
      rtl = interview->right_to_left;
    kit_->direction(rtl);
  }

  Events draw_now(const Input* input) {
    scratch_.seconds = static_cast<float>(glfwGetTime());
    kit_->begin(input);
    app::Strings strings(desk_->frame().language);
    Events events = draw(*kit_, strings, desk_->frame(), desk_->screen(), scratch_);
    kit_->end();
    return events;
  }

  void pass(const Input& input) {
    prepare();
    for (const app::Event& event : draw_now(&input)) {
      desk_->apply(event);
      if (std::holds_alternative<app::UnlockView>(desk_->screen()))
        shaper_->forget_all();  // locked: nothing stays
    }
    // Drawn again without input, so that the next key meets the new screen.
    prepare();
    kit_->target(nullptr, 0, 0, 0, 0);
    draw_now(nullptr);
  }

  void upload() {
    text::Atlas& atlas = shaper_->atlas();
    std::vector<text::Dirty> dirty = atlas.take_dirty();
    if (dirty.empty()) return;
    GLint last = 0;
    glGetIntegerv(GL_TEXTURE_BINDING_2D, &last);
    glBindTexture(GL_TEXTURE_2D,
                  static_cast<GLuint>(reinterpret_cast<intptr_t>(ImGui::GetIO().Fonts->TexID)));
    glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
    glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
    std::vector<uint32_t> rgba;
    for (const text::Dirty& d : dirty) {
      rgba.assign(static_cast<size_t>(d.width) * static_cast<size_t>(d.height), 0x00ffffff);
      for (int y = 0; y < d.height; ++y)
        for (int x = 0; x < d.width; ++x)
          rgba[static_cast<size_t>(y * d.width + x)] |=
              static_cast<uint32_t>(atlas.pixels()[static_cast<size_t>((d.y + y) * atlas.width() + d.x + x)])
              << 24;
      glTexSubImage2D(GL_TEXTURE_2D, 0, place_x_ + d.x, place_y_ + d.y, d.width, d.height, GL_RGBA,
                      GL_UNSIGNED_BYTE, rgba.data());
    }
    glBindTexture(GL_TEXTURE_2D, static_cast<GLuint>(last));
  }

  void frame() {
    // Twice: the first learns heights and fills the atlas, the second is seen.
    for (int i = 0; i < 2; ++i) {
      prepare();
      int w = 0;
      int h = 0;
      glfwGetFramebufferSize(window_, &w, &h);
      ImGuiIO& io = ImGui::GetIO();
      io.DisplaySize = ImVec2(static_cast<float>(w), static_cast<float>(h));
      io.DeltaTime = 1.f / 60;
      if (gl3_)
        ImGui_ImplOpenGL3_NewFrame();
      else
        ImGui_ImplOpenGL2_NewFrame();
      ImGui::NewFrame();
      kit_->target(ImGui::GetBackgroundDrawList(), static_cast<float>(place_x_) / texture_width_,
                   static_cast<float>(place_y_) / texture_height_, 1 / texture_width_, 1 / texture_height_);
      draw_now(nullptr);
      upload();
      ImGui::Render();
    }
    glViewport(0, 0, static_cast<int>(ImGui::GetIO().DisplaySize.x),
               static_cast<int>(ImGui::GetIO().DisplaySize.y));
    glClearColor(1, 1, 1, 1);
    glClear(GL_COLOR_BUFFER_BIT);
    if (gl3_)
      ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
    else
      ImGui_ImplOpenGL2_RenderDrawData(ImGui::GetDrawData());
    if (!options_.shots.empty()) return;
    glfwSwapBuffers(window_);
    shaper_->forget_unused();
    if (!options_.registry.empty()) dump();
  }

  // For tests in a real window: what stands where, rewritten whole after each frame.
  void dump() {
    std::filesystem::path part = options_.registry;
    part += ".part";
    {
      std::ofstream out(part);
      out << describe(desk_->frame(), desk_->screen(), *kit_, hand_.scale);
    }
    std::error_code ignored;
    std::filesystem::rename(part, options_.registry, ignored);
  }

  void shot(const std::string& name) {
    scratch_.shown.clear();
    frame();
    int w = static_cast<int>(ImGui::GetIO().DisplaySize.x);
    int h = static_cast<int>(ImGui::GetIO().DisplaySize.y);
    std::vector<uint8_t> pixels(static_cast<size_t>(w) * static_cast<size_t>(h) * 4);
    glReadPixels(0, 0, w, h, GL_RGBA, GL_UNSIGNED_BYTE, pixels.data());
    write_picture(options_.shots / (name + ".png"), pixels, w, h);
  }

  // Every screen there is in this workspace, by the same events a person makes.
  int shots() {
    std::error_code ignored;
    std::filesystem::create_directories(options_.shots, ignored);
    desk_->wait();
    desk_->apply(app::Visit{app::Go::home});
    shot("home");
    if (const auto* home = std::get_if<app::HomeView>(&desk_->screen()); home && !home->forms.empty()) {
      desk_->apply(app::NewInterview{home->forms.front().id});
      for (int page = 0; page < 12; ++page) {
        shot("interview-" + std::string(page < 10 ? "0" : "") + std::to_string(page));
        answer_somehow();
        desk_->apply(app::NextPage{});
      }
      if (std::holds_alternative<app::InterviewView>(desk_->screen())) {
        for (const app::SectionView& section : std::get<app::InterviewView>(desk_->screen()).outline)
          if (section.label != "") last_sections_.push_back(section.id);
        for (const std::string& id : last_sections_) {
          desk_->apply(app::JumpTo{id});
          std::string name = id;
          std::replace(name.begin(), name.end(), '/', '-');
          shot("section-" + name);
          for (int more = 0; more < 3; ++more) {
            desk_->apply(app::NextPage{true});
            const auto* view = std::get_if<app::InterviewView>(&desk_->screen());
            if (view && view->grid) shot("grid-" + name);
          }
        }
      }
      desk_->apply(app::Visit{app::Go::submit});
      shot("submit");
      desk_->apply(app::Visit{app::Go::home});
    }
    for (const auto& [where, name] :
         {std::pair{app::Go::sync, "sync"}, std::pair{app::Go::conflicts, "conflicts"},
          std::pair{app::Go::table, "table"}, std::pair{app::Go::export_tables, "export"},
          std::pair{app::Go::editor, "editor"}}) {
      size_t before = desk_->screen().index();
      desk_->apply(app::Visit{where});
      desk_->wait();
      if (desk_->screen().index() != before) shot(name);
    }
    desk_->apply(app::Visit{app::Go::lock});
    shot("unlock");
    return 0;
  }

  void answer_somehow() {
    const auto* view = std::get_if<app::InterviewView>(&desk_->screen());
    if (!view) return;
    std::vector<app::QuestionView> questions = view->questions;
    for (const app::QuestionView& q : questions) {
      if (!q.choices.empty() && !q.answered) {
        const app::ChoiceView* pick = &q.choices[0];
        for (const app::ChoiceView& choice : q.choices)
          if (choice.value == "yes") pick = &choice;
        desk_->apply(app::ToggleChoice{q.id, pick->value});
      } else if (q.id == "case_code") {
        desk_->apply(app::Answer{q.id, desk_->frame().practice ? "MA12-S147-5" : "MA12-A147-3"});
      } else if (q.control.kind == definition::ControlKind::number_entry) {
        desk_->apply(app::Answer{q.id, "34"});
      }
    }
  }

  WindowOptions options_;
  Hand hand_;
  base::SystemClock clock_;
  std::unique_ptr<base::Random> random_ = app::system_random();
  std::unique_ptr<text::Shaper> shaper_;
  GLFWwindow* window_ = nullptr;
  bool glfw_ = false, gl3_ = true, imgui_ = false;
  int place_x_ = 0, place_y_ = 0;
  float texture_width_ = 1, texture_height_ = 1;
  std::unique_ptr<Kit> kit_;
  std::unique_ptr<app::Desk> desk_;
  Scratch scratch_;
  std::vector<std::string> last_sections_;
};

}  // namespace

int run_window(const WindowOptions& options) {
  return Window(options).run();
}

}  // namespace window
