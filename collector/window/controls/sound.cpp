// Sound: an answer recorded and heard again, the microphone tried, the whole interview's recording at the side,
// and the form's recorded prompts.
#include <algorithm>

#include "collector/app/sound_marks.h"
#include "collector/window/controls/control.h"
#include "collector/window/controls/player.h"

namespace window {

using app::SoundState;
using app::SoundView;

namespace {

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
      held();
    else
      idle();
    if (state == SoundState::failed && !sound_.problem.empty()) word(sound_.problem, true);
    if (state == SoundState::off) word(tr(a_.s, "sound.off.problem"), true);
    return y_ - r_.y;
  }

 private:
  bool button(const char* part, const std::string& words, Look look, Icon icon, bool enabled = true,
              const char* key = nullptr) {
    float w = width_of(kit_, words) + (key ? kit_.cap_width(key) + 14 : 0);
    if (x_ > r_.x && x_ + w > r_.right()) {
      x_ = r_.x;
      y_ += 60;
    }
    bool pressed = kit_.button(a_.id(part), {x_, y_, w, 52}, words, look, enabled, icon, false, key);
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

  const char* space_cap() const { return a_.active && a_.can() ? "Space" : nullptr; }

  void idle() {
    bool go = button("sound.record", tr(a_.s, "sound.record.button"), Look::primary, Icon::record, a_.can(), space_cap());
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
    if (button("sound.record", tr(a_.s, "sound.record.button"), Look::primary, Icon::record, a_.can(), space_cap()) ||
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
    kit_.text({r_.x + 64, y_, 130, 76}, app::clock_text(sound_.ms), t.ink,
              {.size = 26, .bold = true, .wrap = false, .middle = true});
    draw_meter(kit_, {r_.x + 200, y_ + 31, std::max(60.f, r_.w - 240), 14}, runs ? sound_.level : 0);
    y_ += 88;
    if (sound_.is_silent && runs) word(tr(a_.s, "sound.silent.text"), true);
    bool toggle =
        button("sound.pause", runs ? tr(a_.s, "sound.pause.button") : tr(a_.s, "sound.resume.button"),
               Look::plain, runs ? Icon::pause : Icon::record, state != SoundState::opening, space_cap());
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

  void held() {
    y_ += draw_player({kit_, a_.s, sound_, a_.events, a_.q.id, a_.q.media->name, a_.q.media->marks, a_.free_key(), a_.active},
                      {r_.x, y_, r_.w, 0});
    if (!a_.can()) return;
    if (button("sound.record", tr(a_.s, "sound.anew.button"), Look::quiet, Icon::record))
      a_.events.push_back(app::Record{a_.q.id});
    if (button("media.remove", tr(a_.s, "media.remove.button"), Look::quiet, Icon::trash))
      a_.events.push_back(app::Detach{a_.q.id});
    next_line();
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

bool records(const app::InterviewView& view) {
  return view.sound.whole && (view.sound.state == SoundState::recording || view.sound.state == SoundState::opening);
}

// How the whole interview's recording stands, and what is to be said about it.
struct Whole {
  bool runs, paused;
  std::string words;
};

Whole whole_of(const app::Strings& s, const app::InterviewView& view) {
  const SoundView& sound = view.sound;
  Whole out;
  out.runs = records(view);
  out.paused = sound.whole && sound.state == SoundState::paused;
  if (sound.whole && sound.state == SoundState::failed) out.words = sound.problem;
  if (out.runs && sound.is_silent) out.words = tr(s, "sound.silent.text");
  return out;
}

constexpr TextLook whole_label{.size = 14, .middle = true}, whole_words{.size = 13};
constexpr float pill = 116, start_room = 114;  // of the start: its icon and its key

std::string start_words(const app::Strings& s, const app::InterviewView& view) {
  return view.recordings > 0 ? tr(s, "sound.whole_more.button") : tr(s, "sound.whole.button");
}

float start_height(Kit& kit, const std::string& words, float width) {
  return std::max(33.f, kit.text_height(width - start_room, words, whole_label) + 8);
}

float hear_height(Kit& kit, const app::Strings& s, const app::InterviewView& view, float width) {
  return view.parts.empty() ? 0 : start_height(kit, tr(s, "sound.recordings.button"), width);
}

float words_height(Kit& kit, const Whole& whole, float width) {
  return whole.words.empty() ? 0 : kit.text_height(width - 44, whole.words, whole_words) + 14;
}

}  // namespace

float recording_height(Kit& kit, const app::Strings& s, const app::InterviewView& view, float width) {
  if (view.recordable.empty()) return 0;
  Whole whole = whole_of(s, view);
  float high = whole.runs || whole.paused ? pill : start_height(kit, start_words(s, view), width) + hear_height(kit, s, view, width);
  return high + words_height(kit, whole, width) + 6;
}

// At the side of every page while the consent allows it.
void draw_recording(Kit& kit, const app::Strings& s, const app::InterviewView& view, Rect r, Scratch& scratch,
                    Events& events) {
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
    auto row = [&](const char* id, Icon icon, const std::string& label, const char* key, Rect place) {
      if (kit.hovered(place)) kit.fill(place, t.hover, 9);
      kit.icon(icon, place.x + 22, place.y + place.h / 2, 18, t.quiet);
      kit.key_cap(place.right() - 8, place.y + place.h / 2, key, true);
      kit.text({place.x + 40, place.y, place.w - start_room, place.h}, label, t.ink, whole_label);
      return kit.hit(id, place, label);
    };
    float hear = hear_height(kit, s, view, r.w);
    if (row("recording.start", Icon::record, start_words(s, view), "Ctrl R", {c.x, c.y, c.w, h - words - hear})) toggle();
    if (hear > 0 && row("recording.hear", Icon::speaker, tr(s, "sound.recordings.button"), "Ctrl H",
                        {c.x, c.y + h - words - hear, c.w, hear}))
      open_recordings(kit, view, scratch);
  } else {
    kit.fill(c, t.ground, 14);
    kit.stroke(c, whole.runs ? t.warn : t.line, 14, whole.runs ? 2.f : 1.f);
    float y = c.y + 4;
    kit.circle(c.x + 22, y + 21, 8, whole.runs ? t.warn : t.quiet, whole.runs, 2);
    kit.text({c.x + 40, y, 84, 42}, app::clock_text(sound.ms), t.ink,
             {.size = 16, .bold = true, .wrap = false, .middle = true});
    draw_meter(kit, {c.x + 112, y + 17, c.w - 128, 8}, whole.runs ? sound.level : 0);
    y += 44;
    float third = (c.w - 16) / 3;
    auto part = [&](int n, const char* id, Icon icon, const std::string& name, const char* key, bool enabled) {
      Rect place{c.x + 4 + static_cast<float>(n) * (third + 4), y, third, 64};
      bool pressed = kit.button(id, place, "", Look::plain, enabled);
      kit.relabel(name);
      kit.icon(icon, place.x + third / 2, y + 19, 21, enabled ? t.ink : t.faint);
      kit.key_cap(place.x + (third - kit.cap_width(key)) / 2, y + 47, key);
      return pressed;
    };
    if (part(0, "recording.pause", whole.runs ? Icon::pause : Icon::record,
             whole.runs ? tr(s, "sound.pause.button") : tr(s, "sound.resume.button"), "Ctrl R", true))
      toggle();
    if (part(1, "recording.mark", Icon::bookmark, tr(s, "sound.mark.button"), "Ctrl M", whole.runs))
      events.push_back(app::MarkRecording{});
    if (part(2, "recording.stop", Icon::stop, tr(s, "sound.stop.button"), "Ctrl E", true)) events.push_back(app::EndRecording{});
  }
  if (words > 0) {
    float y = c.bottom() - words;
    kit.icon(Icon::alert, c.x + 20, y + words / 2, 18, t.warn);
    kit.text({c.x + 36, y + 4, c.w - 44, words}, whole.words, t.ink, whole_words);
  }
  keyed_recording(kit, view, events);
}

void keyed_recording(Kit& kit, const app::InterviewView& view, Events& events) {
  if (view.recordable.empty()) return;
  bool runs = records(view);
  bool paused = view.sound.whole && view.sound.state == SoundState::paused;
  if (kit.letter('R', true, false)) {
    if (runs)
      events.push_back(app::PauseRecording{});
    else
      events.push_back(app::Record{view.recordable});
  }
  if ((runs || paused) && kit.letter('E', true, false)) events.push_back(app::EndRecording{});
  if (runs && kit.letter('M', true, false)) events.push_back(app::MarkRecording{});
}

}  // namespace window
