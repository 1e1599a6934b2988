// A recording to be heard: play and pause, its line with the marks on it, its speed, and the marks with their times,
// each on its digit.
#include "collector/window/controls/player.h"

#include <algorithm>
#include <cmath>

#include "collector/app/locale.h"
#include "collector/app/sound_marks.h"

namespace window {
namespace {

using app::SoundState;

constexpr float speeds[] = {0.75f, 1.f, 1.25f, 1.5f, 2.f};
constexpr float panel = 96, line_of_mark = 36;

class Player {
 public:
  Player(const Heard& h, Rect r)
      : h_(h), kit_(h.kit), t_(h.kit.look()), r_(r), y_(r.y), ours_(h.sound.question == h.id && !h.sound.whole) {}

  float draw() {
    bool plays = ours_ && h_.sound.state == SoundState::playing;
    bool open = plays || (ours_ && h_.sound.state == SoundState::held);
    draw_line(open, plays);
    if (open) draw_speeds();
    draw_marks();
    return y_ - r_.y;
  }

 private:
  std::string id(const char* part) const { return std::string(part) + "." + h_.id; }

  void draw_line(bool open, bool plays) {
    kit_.fill({r_.x, y_, r_.w, panel}, t_.ground, 16);
    Rect play{r_.x + 18, y_ + (h_.keyed ? 10.f : 22.f), 52, 52};
    bool toggle = kit_.button(id("sound.play"), play, "", Look::primary, true, plays ? Icon::pause : Icon::play);
    kit_.relabel(plays ? tr(h_.s, "sound.pause.button") : tr(h_.s, "sound.play.button"));
    if (h_.keyed) kit_.key_cap(play.x + (52 - kit_.cap_width("Space")) / 2, y_ + 78, "Space");
    if (toggle || taken(Key::space)) {
      if (plays)
        h_.events.push_back(app::PausePlaying{});
      else
        h_.events.push_back(app::Play{h_.id});
    }
    float x = play.right() + 18;
    float w = r_.right() - x - 24;
    kit_.text({x, y_ + 10, w, 26}, h_.name, t_.ink, {.size = 15.5f, .bold = true, .wrap = false, .may_cut = true});
    Rect bar{x, y_ + 46, w, 8};
    auto length = static_cast<float>(h_.sound.length_ms);
    bool known = open && length > 0;
    kit_.progress(bar, known ? static_cast<float>(h_.sound.ms) / length : 0);
    if (known)
      for (const app::SoundMark& mark : h_.marks)
        kit_.fill({bar.x + std::min(1.f, static_cast<float>(mark.ms) / length) * bar.w - 1, bar.y - 5, 2, 18}, t_.ink);
    Kit::Drag drag = kit_.drag(id("sound.way"), {bar.x, bar.y - 10, bar.w, bar.h + 20});
    if (open && drag.begins) h_.events.push_back(app::PlayFrom{std::clamp((drag.x - bar.x) / bar.w, 0.f, 1.f)});
    std::string times = open ? app::clock_text(h_.sound.ms) + " / " + app::clock_text(h_.sound.length_ms) : "";
    kit_.text({x, y_ + 62, 200, 24}, times, t_.quiet, {.size = 14, .wrap = false});
    y_ += panel + 10;
  }

  void draw_speeds() {
    std::string back = tr(h_.s, "sound.back.button");
    const char* cap = h_.keyed ? "Backspace" : nullptr;
    float x = r_.x;
    float bw = kit_.text_width(back, {.size = 16}) + 78 + (cap ? kit_.cap_width(cap) + 14 : 0);
    if (kit_.button(id("sound.back"), {x, y_, bw, 52}, back, Look::plain, true, Icon::replay, false, cap) ||
        taken(Key::backspace))
      h_.events.push_back(app::PlayBack{3000});
    x += bw + 10;
    for (float speed : speeds) {
      bool on = std::fabs(h_.sound.speed - speed) < 0.01f;
      auto hundredths = static_cast<int>(std::lround(speed * 100));
      Rect c{x, y_, 66, 52};
      if (c.right() > r_.right()) break;
      if (kit_.button(id("sound.speed") + "." + std::to_string(hundredths), c, "×" + decimal(hundredths),
                      on ? Look::primary : Look::quiet))
        h_.events.push_back(app::PlaySpeed{speed});
      if (on) kit_.state("chosen");
      x += 72;
    }
    if (h_.keyed && x + kit_.cap_width("↑  ↓") < r_.right()) kit_.key_cap(x + 4, y_ + 26, "↑  ↓");
    size_t n = 0;  // Up and Down change the speed
    while (n + 1 < std::size(speeds) && speeds[n] < h_.sound.speed - 0.01f) ++n;
    if (taken(Key::up)) h_.events.push_back(app::PlaySpeed{speeds[std::min(n + 1, std::size(speeds) - 1)]});
    if (taken(Key::down)) h_.events.push_back(app::PlaySpeed{speeds[n > 0 ? n - 1 : 0]});
    y_ += 62;
  }

  void draw_marks() {
    float clock = 0;
    for (const app::SoundMark& mark : h_.marks) clock = std::max(clock, kit_.text_width(mark.clock, look_of_clock));
    for (size_t n = 0; n < h_.marks.size(); ++n) {
      const app::SoundMark& mark = h_.marks[n];
      float w = r_.w - clock - 100;
      float h = std::max(line_of_mark, kit_.text_height(w, mark.words, {.size = 15}) + 12);
      Rect c{r_.x, y_, r_.w, h};
      if (kit_.hovered(c)) kit_.fill(c, t_.hover, 10);
      kit_.icon(Icon::bookmark, c.x + 18, c.y + h / 2, 18, t_.quiet);
      kit_.text({c.x + 36, c.y, clock + 4, h}, mark.clock, t_.ink, look_of_clock);
      kit_.text({c.x + 48 + clock, c.y, w, h}, mark.words, t_.ink, {.size = 15, .middle = true});
      if (h_.keyed && n < 9) kit_.key_cap(c.right() - 10, c.y + h / 2, std::to_string(n + 1), true);
      if (kit_.hit(id("sound.mark_at") + "." + std::to_string(n + 1), c, app::joined({mark.clock, mark.words}), true, false))
        h_.events.push_back(app::PlayAt{h_.id, mark.ms});
      y_ += h + 2;
    }
    if (!h_.marks.empty()) y_ += 8;
    const Input* i = h_.free;
    if (!i || i->key != Key::digit || i->digit < 1 || static_cast<size_t>(i->digit) > h_.marks.size()) return;
    kit_.consume();
    h_.events.push_back(app::PlayAt{h_.id, h_.marks[static_cast<size_t>(i->digit) - 1].ms});
  }

  // This pass's key is it, and nothing that has the focus wants it.
  bool taken(Key key) {
    bool on_button = kit_.focus().starts_with("sound.") || kit_.focus().starts_with("media.");
    if (!h_.free || !kit_.input() || h_.free->key != key || (key == Key::space && on_button)) return false;
    kit_.consume();
    return true;
  }

  std::string decimal(int hundredths) const {
    std::string exact = std::to_string(hundredths / 100);
    int rest = hundredths % 100;
    if (rest) exact += "." + std::to_string(rest % 10 ? rest : rest / 10);
    return app::write_ungrouped(h_.s.language(), exact);
  }

  static constexpr TextLook look_of_clock{.size = 15, .bold = true, .wrap = false, .middle = true};

  const Heard& h_;
  Kit& kit_;
  const Theme& t_;
  Rect r_;
  float y_;
  bool ours_;
};

}  // namespace

float draw_player(const Heard& heard, Rect r) {
  return Player(heard, r).draw();
}

}  // namespace window
