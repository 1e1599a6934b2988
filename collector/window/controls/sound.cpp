// Sound: an answer recorded and heard again, the microphone tried, the whole interview's recording at the side,
// and the form's recorded prompts.
#include <algorithm>
#include <cmath>

#include "collector/app/locale.h"
#include "collector/window/controls/control.h"

namespace window {

using app::SoundState;
using app::SoundView;

namespace {

constexpr float speeds[] = {0.75f, 1.f, 1.25f, 1.5f, 2.f};

std::string clock_text(int64_t ms) {
  auto two = [](int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  int64_t s = ms / 1000;
  return (s >= 3600 ? std::to_string(s / 3600) + ":" : "") + two(s / 60 % 60) + ":" + two(s % 60);
}

void draw_meter(Kit& kit, Rect r, float level) {
  const Theme& t = kit.look();
  kit.fill(r, t.line, r.h / 2);
  float w = std::clamp(level, 0.f, 1.f) * r.w;
  if (w > 2) kit.fill({r.x, r.y, std::max(w, r.h), r.h}, level > 0.97f ? t.warn : t.good, r.h / 2);
}

float width_of(Kit& kit, const std::string& words) {
  return kit.text_width(words, {.size = 16}) + 78;
}

class Panel {
 public:
  Panel(Asked& a, Rect r) : a_(a), kit_(a.kit), sound_(a.scratch.sound), r_(r), x_(r.x), y_(r.y) {}

  float draw() {
    bool ours = sound_.question == a_.q.id;
    SoundState state = ours || sound_.question.empty() ? sound_.state : SoundState::idle;
    if (sound_.whole && !ours) state = SoundState::idle;
    bool testing = state == SoundState::testing || state == SoundState::tested ||
                   (state == SoundState::opening && sound_.question.empty());
    if (ours &&
        (state == SoundState::recording || state == SoundState::paused || state == SoundState::opening))
      recording(state);
    else if (testing)
      test(state);
    else if (a_.q.media)
      held(ours ? state : SoundState::idle);
    else
      idle();
    if (state == SoundState::failed && !sound_.problem.empty()) word(sound_.problem, true);
    if (state == SoundState::off) word(tr(a_.s, "sound.off.problem"), true);
    return y_ - r_.y;
  }

 private:
  bool button(const char* part, const std::string& words, Look look, Icon icon, bool enabled = true) {
    float w = width_of(kit_, words);
    if (x_ > r_.x && x_ + w > r_.right()) {
      x_ = r_.x;
      y_ += 60;
    }
    bool pressed = kit_.button(a_.id(part), {x_, y_, w, 52}, words, look, enabled, icon);
    x_ += w + 10;
    return pressed;
  }
  void next_line(float by = 62) {
    x_ = r_.x;
    y_ += by;
  }
  void word(const std::string& words, bool alert) {
    float h = kit_.text_height(r_.w - 60, words, {.size = 15.5f}) + 20;
    kit_.fill({r_.x, y_, r_.w, h}, a_.look().ground, 12);
    kit_.icon(alert ? Icon::alert : Icon::microphone, r_.x + 26, y_ + h / 2, 20,
              alert ? a_.look().warn : a_.look().accent);
    kit_.text({r_.x + 48, y_ + 10, r_.w - 60, h}, words, a_.look().ink, {.size = 15.5f});
    y_ += h + 10;
  }
  bool space() {
    const Input* i = a_.free_key();
    bool on_button = kit_.focus().starts_with("sound.") || kit_.focus().starts_with("media.");
    if (!i || i->key != Key::space || on_button) return false;
    kit_.consume();
    return true;
  }

  void idle() {
    bool go = button("sound.record", tr(a_.s, "sound.record.button"), Look::primary, Icon::record, a_.can());
    if (go || space()) a_.events.push_back(app::Record{a_.q.id});
    if (button("sound.test", tr(a_.s, "sound.test.button"), Look::plain, Icon::microphone, a_.can()))
      a_.events.push_back(app::TestMicrophone{});
    if (button("media.choose", tr(a_.s, "media.choose.button"), Look::quiet, Icon::folder, a_.can()))
      a_.events.push_back(app::Browse{a_.q.id, ""});
    next_line();
    y_ += kit_.text({r_.x, y_, r_.w, 40}, tr(a_.s, "sound.sealed.text"), a_.look().quiet, {.size = 14}) + 8;
  }

  void test(SoundState state) {
    const Theme& t = a_.look();
    if (state != SoundState::tested) {
      kit_.text({r_.x, y_, r_.w, 30}, tr(a_.s, "sound.say.text"), t.ink, {.size = 17, .bold = true});
      y_ += 38;
      draw_meter(kit_, {r_.x, y_, std::min(r_.w, 420.f), 16}, sound_.level);
      float part =
          sound_.length_ms > 0 ? static_cast<float>(sound_.ms) / static_cast<float>(sound_.length_ms) : 0;
      y_ += 30;
      kit_.progress({r_.x, y_, std::min(r_.w, 420.f), 6}, part);
      y_ += 24;
      return;
    }
    std::string verdict = sound_.loudest > 0.55f   ? tr(a_.s, "sound.heard.text")
                          : sound_.loudest > 0.25f ? tr(a_.s, "sound.faint.text")
                                                   : tr(a_.s, "sound.unheard.text");
    word(verdict, sound_.loudest <= 0.55f);
    if (button("sound.record", tr(a_.s, "sound.record.button"), Look::primary, Icon::record, a_.can()) ||
        space())
      a_.events.push_back(app::Record{a_.q.id});
    if (button("sound.test", tr(a_.s, "sound.again.button"), Look::plain, Icon::microphone))
      a_.events.push_back(app::TestMicrophone{});
    if (button("sound.close", tr(a_.s, "media.close.button"), Look::quiet, Icon::close))
      a_.events.push_back(app::StopPlaying{});
    next_line();
  }

  void recording(SoundState state) {
    const Theme& t = a_.look();
    bool runs = state == SoundState::recording;
    kit_.fill({r_.x, y_, r_.w, 76}, t.soft, 16);
    kit_.circle(r_.x + 38, y_ + 38, 12, runs ? t.warn : t.quiet, runs, 2);
    kit_.text({r_.x + 64, y_, 130, 76}, clock_text(sound_.ms), t.ink,
              {.size = 26, .bold = true, .wrap = false, .middle = true});
    draw_meter(kit_, {r_.x + 200, y_ + 31, std::max(60.f, r_.w - 240), 14}, runs ? sound_.level : 0);
    y_ += 88;
    if (sound_.is_silent && runs) word(tr(a_.s, "sound.silent.text"), true);
    bool toggle =
        button("sound.pause", runs ? tr(a_.s, "sound.pause.button") : tr(a_.s, "sound.resume.button"),
               Look::plain, runs ? Icon::pause : Icon::record, state != SoundState::opening);
    if (toggle || (state != SoundState::opening && space())) {
      if (runs)
        a_.events.push_back(app::PauseRecording{});
      else
        a_.events.push_back(app::Record{a_.q.id});
    }
    if (button("sound.mark",
               tr(a_.s, "sound.mark.button") + (sound_.marks ? "  " + a_.s.number(sound_.marks) : ""),
               Look::quiet, Icon::bookmark, runs))
      a_.events.push_back(app::MarkRecording{});
    if (button("sound.stop", tr(a_.s, "sound.stop.button"), Look::primary, Icon::stop))
      a_.events.push_back(app::EndRecording{});
    next_line();
  }

  void held(SoundState state) {
    const Theme& t = a_.look();
    bool open = state == SoundState::playing || state == SoundState::held;
    bool plays = state == SoundState::playing;
    kit_.fill({r_.x, y_, r_.w, 96}, t.ground, 16);
    Rect play{r_.x + 18, y_ + 22, 52, 52};
    bool toggle =
        kit_.button(a_.id("sound.play"), play, "", Look::primary, true, plays ? Icon::pause : Icon::play);
    kit_.relabel(plays ? tr(a_.s, "sound.pause.button") : tr(a_.s, "sound.play.button"));
    if (toggle || space()) {
      if (plays)
        a_.events.push_back(app::PausePlaying{});
      else
        a_.events.push_back(app::Play{a_.q.id});
    }
    float x = play.right() + 18;
    float w = r_.right() - x - 24;
    kit_.text({x, y_ + 10, w, 26}, a_.q.media->name, t.ink,
              {.size = 15.5f, .bold = true, .wrap = false, .may_cut = true});
    Rect bar{x, y_ + 46, w, 8};
    float part = open && sound_.length_ms > 0
                     ? static_cast<float>(sound_.ms) / static_cast<float>(sound_.length_ms)
                     : 0;
    kit_.progress(bar, part);
    Kit::Drag drag = kit_.drag(a_.id("sound.way"), {bar.x, bar.y - 10, bar.w, bar.h + 20});
    if (open && drag.begins)
      a_.events.push_back(app::PlayFrom{std::clamp((drag.x - bar.x) / bar.w, 0.f, 1.f)});
    std::string times = open ? clock_text(sound_.ms) + " / " + clock_text(sound_.length_ms) : "";
    kit_.text({x, y_ + 62, 200, 24}, times, t.quiet, {.size = 14, .wrap = false});
    y_ += 106;
    if (open) {
      if (button("sound.back", tr(a_.s, "sound.back.button"), Look::plain, Icon::replay))
        a_.events.push_back(app::PlayBack{3000});
      for (float speed : speeds) {
        bool on = std::fabs(sound_.speed - speed) < 0.01f;
        auto hundredths = static_cast<int>(std::lround(speed * 100));
        std::string words = "×" + app_decimal(hundredths);
        Rect c{x_, y_, 66, 52};
        if (c.right() > r_.right()) break;
        if (kit_.button(a_.id("sound.speed") + "." + std::to_string(hundredths), c, words,
                        on ? Look::primary : Look::quiet))
          a_.events.push_back(app::PlaySpeed{speed});
        if (on) kit_.state("chosen");
        x_ += 72;
      }
      // Backspace goes back, Up and Down change the speed, when nothing else takes them.
      if (const Input* i = a_.free_key(); i && i->key == Key::backspace) {
        kit_.consume();
        a_.events.push_back(app::PlayBack{3000});
      } else if (i && (i->key == Key::up || i->key == Key::down)) {
        kit_.consume();
        size_t n = 0;
        while (n + 1 < std::size(speeds) && speeds[n] < sound_.speed - 0.01f) ++n;
        n = i->key == Key::up ? std::min(n + 1, std::size(speeds) - 1) : n > 0 ? n - 1 : 0;
        a_.events.push_back(app::PlaySpeed{speeds[n]});
      }
      next_line();
    }
    if (!a_.can()) return;
    if (button("sound.record", tr(a_.s, "sound.anew.button"), Look::quiet, Icon::record))
      a_.events.push_back(app::Record{a_.q.id});
    if (button("media.remove", tr(a_.s, "media.remove.button"), Look::quiet, Icon::trash))
      a_.events.push_back(app::Detach{a_.q.id});
    next_line();
  }

  std::string app_decimal(int hundredths) {
    std::string exact = std::to_string(hundredths / 100);
    int rest = hundredths % 100;
    if (rest) exact += "." + std::to_string(rest % 10 ? rest : rest / 10);
    return app::write_ungrouped(a_.s.language(), exact);
  }

  Asked& a_;
  Kit& kit_;
  const SoundView& sound_;
  Rect r_;
  float x_, y_;
};

}  // namespace

float draw_sound(Asked& a, Rect r) {
  return Panel(a, r).draw();
}

float draw_prompts(Asked& a, Rect r) {
  if (a.q.prompts.empty()) return 0;
  float x = r.x;
  float y = r.y;
  const SoundView& sound = a.scratch.sound;
  bool plays = sound.question == a.q.id && sound.state == SoundState::playing;
  for (size_t i = 0; i < a.q.prompts.size(); ++i) {
    const app::PromptView& prompt = a.q.prompts[i];
    std::string words = prompt.name.empty() ? tr(a.s, "sound.play.button") : prompt.name;
    float w = a.kit.text_width(words, {.size = 16}) + 66;
    if (x > r.x && x + w > r.right()) {
      x = r.x;
      y += 48;
    }
    if (a.kit.button("prompt." + a.q.id + "." + std::to_string(i), {x, y, w, 40}, words, Look::chip, true,
                     plays ? Icon::stop : Icon::speaker)) {
      if (plays)
        a.events.push_back(app::StopPlaying{});
      else
        a.events.push_back(app::PlayPrompt{a.q.id, prompt.language});
    }
    x += w + 8;
  }
  return y - r.y + 52;
}

// The whole interview's recording: a pill at the side of every page while the form and the consent allow it.
float draw_recording(Kit& kit, const app::Strings& s, const app::InterviewView& view, Rect r,
                     Events& events) {
  const SoundView& sound = view.sound;
  bool ours = sound.whole && !view.recordable.empty() && sound.question == view.recordable;
  if (view.recordable.empty() && !ours) return 0;
  const Theme& t = kit.look();
  bool runs = ours && (sound.state == SoundState::recording || sound.state == SoundState::opening);
  bool paused = ours && sound.state == SoundState::paused;
  float h = runs || paused ? 96.f : 50.f;
  bool problem = ours && sound.state == SoundState::failed;
  if (problem || (runs && sound.is_silent)) h += 60;
  Rect c{r.x, r.bottom() - h, r.w, h};
  kit.fill(c, t.ground, 18);
  kit.stroke(c, runs ? t.warn : t.line, 18, runs ? 2.f : 1.f);
  float y = c.y + 4;
  auto toggle = [&] {
    if (runs)
      events.push_back(app::PauseRecording{});
    else
      events.push_back(app::Record{view.recordable});
  };
  if (!runs && !paused) {
    if (kit.button("recording.start", {c.x + 4, y, c.w - 8, 42}, tr(s, "sound.whole.button"), Look::quiet,
                   true, Icon::record))
      toggle();
    y += 46;
  } else {
    kit.circle(c.x + 24, y + 21, 8, runs ? t.warn : t.quiet, runs, 2);
    kit.text({c.x + 42, y, 100, 42}, clock_text(sound.ms), t.ink,
             {.size = 16, .bold = true, .wrap = false, .middle = true});
    draw_meter(kit, {c.x + 112, y + 17, c.w - 128, 8}, runs ? sound.level : 0);
    y += 44;
    float third = (c.w - 16) / 3;
    auto part = [&](int n, const char* id, Icon icon, const std::string& words) {
      bool pressed = kit.button(id, {c.x + 4 + static_cast<float>(n) * (third + 4), y, third, 40}, "",
                                Look::plain, true, icon);
      kit.relabel(words);
      return pressed;
    };
    if (part(0, "recording.pause", runs ? Icon::pause : Icon::record,
             runs ? tr(s, "sound.pause.button") : tr(s, "sound.resume.button")))
      toggle();
    if (part(1, "recording.mark", Icon::bookmark, tr(s, "sound.mark.button")))
      events.push_back(app::MarkRecording{});
    if (part(2, "recording.stop", Icon::stop, tr(s, "sound.stop.button")))
      events.push_back(app::EndRecording{});
    y += 46;
  }
  if (problem || (runs && sound.is_silent)) {
    kit.icon(Icon::alert, c.x + 22, y + 26, 18, t.warn);
    kit.text({c.x + 42, y, c.w - 52, 54}, problem ? sound.problem : tr(s, "sound.silent.text"), t.ink,
             {.size = 12.5f, .middle = true});
  }
  if (kit.letter('R', true, false)) toggle();
  if (runs && kit.letter('M', true, false)) events.push_back(app::MarkRecording{});
  return h + 10;
}

}  // namespace window
