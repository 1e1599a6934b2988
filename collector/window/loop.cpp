#include "collector/window/loop.h"

#include <GLFW/glfw3.h>

#include <algorithm>
#include <cstdio>
#include <fstream>

#include "collector/app/demo.h"
#include "collector/app/desk.h"
#include "collector/app/devices.h"
#include "collector/app/platform.h"
#include "collector/window/aloud.h"
#include "collector/window/card_sheet.h"
#include "collector/window/copied.h"
#include "collector/window/picture.h"
#include "collector/window/registry.h"
#include "collector/window/stage.h"
#include "collector/window/surface.h"
#include "collector/window/tour.h"

namespace window {
namespace {


class Window {
 public:
  explicit Window(const WindowOptions& options) : options_(options) {}
  ~Window() { forget_copied(); }

  int run() {
    auto done = options_.shots.empty() ? base::Status() : demonstrate();
    if (done) done = open();
    if (!done) {
      std::fprintf(stderr, "rihla-collector: error: %s: %s\n", done.error().where.c_str(),
                   done.error().detail.c_str());
      return 10 + static_cast<int>(done.error().fault);
    }
    if (!options_.language.empty()) desk_->apply(app::ChangeInterface{options_.language});
    if (!options_.profile.empty()) desk_->apply(app::Unlock{options_.profile, options_.passphrase});
    if (!options_.shots.empty()) return shots();
    Hand& hand = surface_->hand;
    frame();
    while (!glfwWindowShouldClose(surface_->handle())) {
      // No event, no frame; but a task's bar moves, and a field scrolls under a mouse that is held beyond it.
      bool busy = desk_->busy();
      wait(busy);
      if (kit_->selecting() && hand.queue.empty()) hand.queue.push(hand.move());
      bool changed = desk_->poll() || busy;
      changed |= !hand.queue.empty() || std::exchange(hand.resized, false);
      while (auto input = hand.queue.pop()) {
        surface_->fit(*kit_);
        scratch_time();
        touched_ = glfwGetTime();
        if (input->kind == Input::Kind::key && input->key == Key::f12) remember_mist();
        bool was_locked = is_locked();
        stage_->pass(*input);
        if (!was_locked && is_locked()) forget_copied();
      }
      for (const std::string& path : std::exchange(hand.dropped, {})) changed |= drop(path);
      if (lock_is_due()) {
        remember_mist();
        stage_->apply(app::Hide{});
        forget_copied();
        changed = true;
      }
      if (glfwGetTime() >= copied_.until()) forget_copied();
      if (changed) frame();
    }
    stage_->keep_pending();
    return 0;
  }

 private:
  // Pictures are taken of a demonstration made for them, at a fixed hour: the same pictures every time.
  base::Status demonstrate() {
    std::error_code error;
    std::filesystem::path folder = options_.shots / "demonstration";
    std::filesystem::create_directories(folder, error);
    if (error) return base::fail(base::Fault::locked, options_.shots.string(), "It cannot be written to.");
    auto made = app::run_demo(folder, {.devices = 2, .interviews = 8, .seed = 1}, app::questionnaires_folder(), {});
    if (!made) return base::pass(made.error());
    options_.workspace = folder / "workspace";
    clock_ = std::make_unique<base::ManualClock>(*base::parse_instant("2026-11-24T09:00:00Z", 0), 60);
    random_ = std::make_unique<base::SeededRandom>(7);
    return {};
  }

  base::Status open() {
    auto shaper = text::Shaper::open(options_.fonts);
    if (!shaper) return base::pass(shaper.error());
    shaper_ = std::move(*shaper);
    // A picture is of a screen of that scale; a window is as large as its own screen has it.
    float enlarged = options_.shots.empty() || options_.scale <= 0 ? 1 : options_.scale;
    auto pixels = [&](int ours) { return static_cast<int>(static_cast<float>(ours) * enlarged); };
    auto surface = Surface::open({pixels(options_.width), pixels(options_.height), options_.shots.empty(), options_.opengl});
    if (!surface) return base::pass(surface.error());
    surface_ = std::move(*surface);
    if (options_.scale > 0) surface_->hand.scale = surface_->scale_for(options_.scale);
    kit_ = std::make_unique<Kit>(*shaper_, theme_named(options_.theme.empty() ? "light" : options_.theme));
    kit_->clipboard.paste = [this] {
      const char* text = glfwGetClipboardString(surface_->handle());
      return std::string(text ? text : "");
    };
    kit_->clipboard.copy = [this](const std::string& text) {
      glfwSetClipboardString(surface_->handle(), text.c_str());
      copied_.put(text, glfwGetTime());
    };
    app::Surroundings around{clock_.get(),      random_.get(),     options_.lists,
                             options_.practice, app::sound_module, {}, [] { glfwPostEmptyEvent(); }};
    around.locks_memory = app::locks_memory();
    desk_ = app::Desk::open(options_.workspace, around);
    stage_ = std::make_unique<Stage>(*desk_, *kit_, *shaper_);
    stage_->write_card = [this](app::PrintCard& card) { write_card(card); };
    stage_->read_aloud = [this](const app::InterviewView& view) { read_aloud(view); };
    return {};
  }

  void wait(bool busy) {
    double longest = busy || kit_->selecting() ? 0.05 : 1e9;
    if (int after = desk_->frame().lock_after_s; after > 0 && !is_locked())
      longest = std::min(longest, std::max(0.05, touched_ + after - glfwGetTime()));
    if (copied_.any()) longest = std::min(longest, std::max(0.0, copied_.until() - glfwGetTime()));
    longest < 1e8 ? glfwWaitEventsTimeout(longest) : glfwWaitEvents();
  }

  // A file let fall on the window answers the question that asks for one.
  bool drop(const std::string& path) {
    const auto* view = std::get_if<app::InterviewView>(&desk_->screen());
    if (!view) return false;
    for (const app::QuestionView& q : view->questions)
      if (q.control.kind == definition::ControlKind::media &&
          (q.id == view->focus || view->questions.size() == 1)) {
        stage_->apply(app::AttachFile{q.id, path});
        return true;
      }
    return false;
  }

  void write_card(app::PrintCard& card) {
    auto make = reinterpret_cast<text::MakeSheet>(app::module_function("rihla-print", "rihla_sheet"));
    text::Sheet sheet = card_sheet(desk_->screen(), desk_->frame().project, options_.fonts);
    if (!make || sheet.lines.empty()) return;
    if (!make(sheet, card.pdf)) card.pdf.clear();
    wipe_card(sheet);
  }

  // The same key again: silence.
  void read_aloud(const app::InterviewView& view) {
    std::string words = words_aloud(view);
    std::string said = std::exchange(aloud_, aloud_ == words ? "" : words);
    if (said == words || words.empty()) return app::hush();
    std::string code = view.words_in.empty() ? desk_->frame().language : view.words_in;
    if (!app::say_aloud(words, code)) stage_->apply(app::Say{app::Say::What::no_voice});
  }

  bool lock_is_due() const {
    int after = desk_->frame().lock_after_s;
    return after > 0 && !desk_->busy() && !desk_->frame().recording && glfwGetTime() - touched_ >= after && !is_locked();
  }
  bool is_locked() const {
    return std::holds_alternative<app::UnlockView>(desk_->screen()) ||
           std::holds_alternative<app::LockView>(desk_->screen());
  }

  // What is on the screen now, averaged until nothing can be read in it, for behind the lock.
  void remember_mist() {
    if (is_locked()) return;
    surface_->draw(*kit_, *shaper_, [this] { stage_->draw(); });
    int w = 0;
    int h = 0;
    std::vector<uint8_t> pixels = surface_->pixels(w, h);
    kit_->set_mist(mist_of(pixels, w, h));
    std::fill(pixels.begin(), pixels.end(), uint8_t{0});
  }

  // The look a person has chosen; what the command line says holds all the same.
  void take_look() {
    if (options_.theme.empty()) kit_->theme(theme_named(desk_->frame().theme));
    constexpr float sizes[] = {1, 1.15f, 1.3f};
    float scale = surface_->scale_for((options_.scale > 0 ? options_.scale : surface_->screen_scale()) *
                                      sizes[std::clamp(desk_->frame().text_size, 0, 2)]);
    if (scale == surface_->hand.scale) return;
    surface_->hand.scale = scale;
    shaper_->forget_all();
  }

  void forget_copied() {
    if (!surface_) return;
    copied_.forget({[this] {
                      const char* now = glfwGetClipboardString(surface_->handle());
                      return std::string(now ? now : "");
                    },
                    [this](const std::string& text) { glfwSetClipboardString(surface_->handle(), text.c_str()); }});
  }

  void scratch_time() { stage_->scratch.seconds = static_cast<float>(glfwGetTime()); }

  void frame() {
    if (options_.shots.empty()) scratch_time();  // pictures are the same every time
    take_look();
    surface_->draw(*kit_, *shaper_, [this] { stage_->draw(); });
    if (options_.shots.empty()) surface_->show();
    shaper_->forget_unused();
    if (!options_.registry.empty()) dump();
  }

  // For tests in a real window: what stands where, rewritten whole after each frame.
  void dump() {
    std::filesystem::path part = options_.registry;
    part += ".part";
    {
      std::ofstream out(part);
      out << describe(desk_->frame(), desk_->screen(), *kit_, surface_->hand.scale);
    }
    std::error_code ignored;
    std::filesystem::rename(part, options_.registry, ignored);
  }

  void shot(const std::string& name) {
    frame();
    int w = 0;
    int h = 0;
    std::vector<uint8_t> pixels = surface_->pixels(w, h);
    write_picture(options_.shots / (name + ".png"), pixels, w, h);
  }

  // Every screen there is, on a demonstration project.
  int shots() {
    std::error_code ignored;
    std::filesystem::create_directories(options_.shots, ignored);
    tour(*desk_, stage_->scratch, {"amina", "salma", std::string(app::demo_passphrase), options_.pages},
         [this](const std::string& name) { shot(name); });
    stage_.reset();
    desk_.reset();
    std::filesystem::remove_all(options_.shots / "demonstration", ignored);
    if (int holes = shaper_->atlas().undrawn(); holes > 0) {
      std::fprintf(stderr, "The pictures are not whole: %d letters found no room.\n", holes);
      return 1;
    }
    return 0;
  }

  WindowOptions options_;
  std::unique_ptr<base::Clock> clock_ = std::make_unique<base::SystemClock>();
  std::unique_ptr<base::Random> random_ = app::system_random();
  std::unique_ptr<text::Shaper> shaper_;
  std::unique_ptr<Surface> surface_;
  std::unique_ptr<Kit> kit_;
  std::unique_ptr<app::Desk> desk_;
  std::unique_ptr<Stage> stage_;
  std::string aloud_;   // what is being read out
  double touched_ = 0;  // seconds: the last key, press or move
  Copied copied_;       // what we put on the clipboard
};

}  // namespace

int run_window(const WindowOptions& options) {
  return Window(options).run();
}

}  // namespace window
