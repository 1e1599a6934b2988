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

namespace {

// How the whole interview's recording stands, and what is to be said about it.
struct Whole {
  bool runs, paused;
  std::string words;
};

Whole whole_of(const app::Strings& s, const app::InterviewView& view) {
  const SoundView& sound = view.sound;
  Whole out;
  out.runs = sound.whole && (sound.state == SoundState::recording || sound.state == SoundState::opening);
  out.paused = sound.whole && sound.state == SoundState::paused;
  if (sound.whole && sound.state == SoundState::failed) out.words = sound.problem;
  if (out.runs && sound.is_silent) out.words = tr(s, "sound.silent.text");
  return out;
}

constexpr TextLook whole_label{.size = 14, .middle = true}, whole_words{.size = 13};
constexpr float pill = 98, start_room = 114;  // of the start: its icon and its key

std::string start_words(const app::Strings& s, const app::InterviewView& view) {
  return view.recordings > 0 ? tr(s, "sound.whole_more.button") : tr(s, "sound.whole.button");
}

float words_height(Kit& kit, const Whole& whole, float width) {
  return whole.words.empty() ? 0 : kit.text_height(width - 44, whole.words, whole_words) + 14;
}

}  // namespace

float recording_height(Kit& kit, const app::Strings& s, const app::InterviewView& view, float width) {
  if (view.recordable.empty()) return 0;
  Whole whole = whole_of(s, view);
  float high = whole.runs || whole.paused
                   ? pill
                   : std::max(33.f, kit.text_height(width - start_room, start_words(s, view), whole_label) + 8);
  return high + words_height(kit, whole, width) + 6;
}

// At the side of every page while the consent allows it.
void draw_recording(Kit& kit, const app::Strings& s, const app::InterviewView& view, Rect r, Events& events) {
  if (view.recordable.empty()) return;
  const Theme& t = kit.look();
  const SoundView& sound = view.sound;
  Whole whole = whole_of(s, view);
  float h = recording_height(kit, s, view, r.w) - 6;
  Rect c{r.x, r.bottom() - h - 6, r.w, h};
  auto toggle = [&] {
    if (whole.runs)
      events.push_back(app::PauseRecording{});
    else
      events.push_back(app::Record{view.recordable});
  };
  float words = words_height(kit, whole, r.w);
  if (!whole.runs && !whole.paused) {
    Rect row{c.x, c.y, c.w, h - words};
    if (kit.hovered(row)) kit.fill(row, t.hover, 9);
    kit.icon(Icon::record, row.x + 22, row.y + row.h / 2, 18, t.quiet);
    kit.key_cap(row.right() - 8, row.y + row.h / 2, "Ctrl R", true);
    kit.text({row.x + 40, row.y, row.w - start_room, row.h}, start_words(s, view), t.ink, whole_label);
    if (kit.hit("recording.start", row, start_words(s, view))) toggle();
  } else {
    kit.fill(c, t.ground, 14);
    kit.stroke(c, whole.runs ? t.warn : t.line, 14, whole.runs ? 2.f : 1.f);
    float y = c.y + 4;
    kit.circle(c.x + 22, y + 21, 8, whole.runs ? t.warn : t.quiet, whole.runs, 2);
    kit.text({c.x + 40, y, 84, 42}, clock_text(sound.ms), t.ink,
             {.size = 16, .bold = true, .wrap = false, .middle = true});
    draw_meter(kit, {c.x + 112, y + 17, c.w - 128, 8}, whole.runs ? sound.level : 0);
    y += 44;
    float third = (c.w - 16) / 3;
    auto part = [&](int n, const char* id, Icon icon, const std::string& name, bool enabled) {
      bool pressed = kit.button(id, {c.x + 4 + static_cast<float>(n) * (third + 4), y, third, 42}, "",
                                Look::plain, enabled, icon);
      kit.relabel(name);
      return pressed;
    };
    if (part(0, "recording.pause", whole.runs ? Icon::pause : Icon::record,
             whole.runs ? tr(s, "sound.pause.button") : tr(s, "sound.resume.button"), true))
      toggle();
    if (part(1, "recording.mark", Icon::bookmark, tr(s, "sound.mark.button"), whole.runs))
      events.push_back(app::MarkRecording{});
    if (part(2, "recording.stop", Icon::stop, tr(s, "sound.stop.button"), true)) events.push_back(app::EndRecording{});
  }
  if (words > 0) {
    float y = c.bottom() - words;
    kit.icon(Icon::alert, c.x + 20, y + words / 2, 18, t.warn);
    kit.text({c.x + 36, y + 4, c.w - 44, words}, whole.words, t.ink, whole_words);
  }
  if (kit.letter('R', true, false)) toggle();
  if (whole.runs && kit.letter('M', true, false)) events.push_back(app::MarkRecording{});
}

}  // namespace window
