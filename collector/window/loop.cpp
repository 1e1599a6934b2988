#include "collector/window/loop.h"

#include <GLFW/glfw3.h>

#include <algorithm>
#include <cstdio>
#include <fstream>

#include "collector/app/desk.h"
#include "collector/app/platform.h"
#include "collector/window/picture.h"
#include "collector/window/registry.h"
#include "collector/window/stage.h"
#include "collector/window/surface.h"

namespace window {
namespace {

constexpr double copied_for_s = 30;  // what was copied is taken from the system's clipboard again

class Window {
 public:
  explicit Window(const WindowOptions& options) : options_(options) {}
  ~Window() { forget_copied(); }

  int run() {
    if (auto done = open(); !done) {
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
        bool was_locked = std::holds_alternative<app::UnlockView>(desk_->screen());
        stage_->pass(*input);
        if (!was_locked && std::holds_alternative<app::UnlockView>(desk_->screen())) forget_copied();
      }
      if (glfwGetTime() >= copied_until_) forget_copied();
      if (changed) frame();
    }
    stage_->keep_pending();
    return 0;
  }

 private:
  base::Status open() {
    auto shaper = text::Shaper::open(options_.fonts);
    if (!shaper) return base::pass(shaper.error());
    shaper_ = std::move(*shaper);
    auto surface = Surface::open({options_.width, options_.height, options_.shots.empty(), options_.opengl});
    if (!surface) return base::pass(surface.error());
    surface_ = std::move(*surface);
    if (options_.scale > 0) surface_->hand.scale = options_.scale;
    kit_ = std::make_unique<Kit>(*shaper_, theme_named(options_.theme));
    kit_->clipboard.paste = [this] {
      const char* text = glfwGetClipboardString(surface_->handle());
      return std::string(text ? text : "");
    };
    kit_->clipboard.copy = [this](const std::string& text) {
      glfwSetClipboardString(surface_->handle(), text.c_str());
      wipe(copied_);
      copied_ = text;
      copied_until_ = glfwGetTime() + copied_for_s;
    };
    app::Surroundings around{&clock_, random_.get(), options_.lists, options_.practice,
                             [] { glfwPostEmptyEvent(); }};
    desk_ = app::Desk::open(options_.workspace, around);
    stage_ = std::make_unique<Stage>(*desk_, *kit_, *shaper_);
    return {};
  }

  void wait(bool busy) {
    double longest = busy || kit_->selecting() ? 0.05 : 1e9;
    if (!copied_.empty()) longest = std::min(longest, std::max(0.0, copied_until_ - glfwGetTime()));
    longest < 1e8 ? glfwWaitEventsTimeout(longest) : glfwWaitEvents();
  }

  // What we copied goes, unless somebody has copied something else since.
  void forget_copied() {
    if (copied_.empty() || !surface_) return;
    const char* now = glfwGetClipboardString(surface_->handle());
    if (now && copied_ == now) glfwSetClipboardString(surface_->handle(), "");
    wipe(copied_);
    copied_until_ = 1e300;
  }

  void scratch_time() { stage_->scratch.seconds = static_cast<float>(glfwGetTime()); }

  void frame() {
    scratch_time();
    surface_->draw(*kit_, *shaper_, [this] { stage_->draw(); });
    if (!options_.shots.empty()) return;
    surface_->show();
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
    stage_->scratch.shown.clear();
    frame();
    int w = 0;
    int h = 0;
    std::vector<uint8_t> pixels = surface_->pixels(w, h);
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
  base::SystemClock clock_;
  std::unique_ptr<base::Random> random_ = app::system_random();
  std::unique_ptr<text::Shaper> shaper_;
  std::unique_ptr<Surface> surface_;
  std::unique_ptr<Kit> kit_;
  std::unique_ptr<app::Desk> desk_;
  std::unique_ptr<Stage> stage_;
  std::string copied_;  // what we put on the clipboard
  double copied_until_ = 1e300;
  std::vector<std::string> last_sections_;
};

}  // namespace

int run_window(const WindowOptions& options) {
  return Window(options).run();
}

}  // namespace window
