// What is attached to an answer: chosen from a folder or dropped on the window, shown from memory; drawings and
// signatures made here.
#include <algorithm>

#include "collector/window/controls/control.h"

namespace window {

using definition::Drawing;
using definition::MediaKind;

namespace {

constexpr float least_pen_step = 1.5f;

Icon icon_of(MediaKind kind) {
  switch (kind) {
    case MediaKind::image:
      return Icon::image;
    case MediaKind::audio:
      return Icon::microphone;
    case MediaKind::video:
      return Icon::video;
    case MediaKind::file:
      return Icon::file;
  }
  return Icon::file;
}

float button_width(Asked& a, const std::string& words) {
  return a.kit.text_width(words, {.size = 16}) + 76;
}

// The picture that is attached, as large as there is room.
float draw_picture(Asked& a, Rect r, float most_height) {
  const app::Picture* p = a.q.media ? a.q.media->picture.get() : nullptr;
  if (!p || p->width == 0) return 0;
  float scale =
      std::min({r.w / static_cast<float>(p->width), most_height / static_cast<float>(p->height), 1.f});
  Rect place{r.x, r.y, static_cast<float>(p->width) * scale, static_cast<float>(p->height) * scale};
  a.kit.picture(place, a.q.media->picture);
  a.kit.stroke(place, a.look().line, 4);
  return place.h + 12;
}

// Its name and size, and what can be done with it.
float draw_held(Asked& a, Rect r) {
  Kit& kit = a.kit;
  const Theme& t = a.look();
  kit.fill({r.x, r.y, r.w, 56}, t.ground, 14);
  kit.icon(icon_of(a.q.control.media), r.x + 30, r.y + 28, 24, t.accent);
  std::string replace = tr(a.s, "media.replace.button");
  std::string remove = tr(a.s, "media.remove.button");
  float rw = button_width(a, replace) - 30;
  float dw = button_width(a, remove) - 30;
  kit.text({r.x + 56, r.y, r.w - 76 - rw - dw, 56}, a.q.media->name, t.ink,
           {.size = 16, .bold = true, .wrap = false, .middle = true, .may_cut = true});
  if (!a.can()) return 66;
  bool drawn = a.q.control.drawing == Drawing::draw || a.q.control.drawing == Drawing::signature;
  if (drawn ? false
            : kit.button(a.id("media.replace"), {r.right() - rw - dw - 10, r.y + 8, rw, 40}, replace,
                         Look::quiet))
    a.events.push_back(app::Browse{a.q.id, ""});
  if (kit.button(a.id("media.remove"), {r.right() - dw - 6, r.y + 8, dw, 40}, remove, Look::quiet))
    a.events.push_back(app::Detach{a.q.id});
  return 66;
}

float draw_choose(Asked& a, Rect r) {
  Kit& kit = a.kit;
  const Theme& t = a.look();
  std::string choose = tr(a.s, "media.choose.button");
  Rect area{r.x, r.y, r.w, 150};
  kit.fill(area, t.ground, 16);
  kit.stroke(area, t.line, 16, 1.5f);
  kit.icon(icon_of(a.q.control.media), area.x + area.w / 2, area.y + 40, 34, t.quiet);
  float w = button_width(a, choose);
  if (kit.button(a.id("media.choose"), {area.x + (area.w - w) / 2, area.y + 66, w, 44}, choose, Look::plain,
                 a.can(), Icon::folder))
    a.events.push_back(app::Browse{a.q.id, ""});
  kit.text({area.x + 12, area.y + 116, area.w - 24, 24}, tr(a.s, "media.drop.text"), t.quiet,
           {.size = 14, .align = Align::centre, .wrap = false});
  float y = area.h + 10;
  std::string said =
      a.q.control.media == MediaKind::image ? tr(a.s, "media.clean.text") : tr(a.s, "media.kept.text");
  y += kit.text({r.x + 2, r.y + y, r.w, 44}, said, t.quiet, {.size = 14}) + 6;
  return y;
}

// A sheet to draw on: the mouse holds the pen; so do arrows, with Space to put it down and to lift it.
class Sheet {
 public:
  Sheet(Asked& a, Rect r, bool over, float row)
      : a_(a), kit_(a.kit), keep_(a.scratch.controls), r_(r), over_(over), row_(row) {
    if (keep_.strokes_of != a.q.id) {
      keep_.strokes.clear();
      keep_.strokes_of = a.q.id;
      keep_.pen_down = false;
      keep_.pen_x = keep_.pen_y = 0.5f;
    }
  }

  float draw() {
    const Theme& t = a_.look();
    if (!over_) kit_.fill(r_, rgb(255, 255, 255), 10);
    kit_.stroke(r_, t.line, 10, 1.5f);
    if (!over_ && a_.q.control.drawing == Drawing::signature)
      kit_.fill({r_.x + 40, r_.bottom() - 46, r_.w - 80, 1}, rgb(150, 156, 168));
    hold();
    kit_.clip(r_);
    for (const std::vector<float>& way : keep_.strokes) show(way);
    kit_.unclip();
    bool here = kit_.focus() == a_.id("sheet");
    if (here) keys();  // Space is the pen's before it presses
    kit_.hit(a_.id("sheet"), r_, a_.q.label, a_.can());
    kit_.state(std::to_string(keep_.strokes.size()));
    if (here) {
      Kit::Spot pen{r_.x + keep_.pen_x * r_.w, r_.y + keep_.pen_y * r_.h};
      kit_.circle(pen.x, pen.y, 6, t.accent, keep_.pen_down, 2);
    }
    return r_.h + 10 + below({r_.x, r_.bottom() + 10, std::max(r_.w, std::min(row_, 560.f)), 44});
  }

 private:
  void show(const std::vector<float>& way) {
    Colour ink = over_ ? rgb(224, 16, 16) : rgb(22, 30, 46);
    std::vector<Kit::Spot> spots;
    for (size_t i = 0; i + 1 < way.size(); i += 2)
      spots.push_back({r_.x + way[i] * r_.w, r_.y + way[i + 1] * r_.h});
    if (spots.size() == 1) kit_.circle(spots[0].x, spots[0].y, 2, ink, true);
    kit_.path(spots, ink, over_ ? 3.5f : 2.6f);
  }

  void hold() {
    if (!a_.can()) return;
    Kit::Drag drag = kit_.drag(a_.id("pen"), r_);
    if (drag.begins) {
      keep_.strokes.emplace_back();
      keep_.pen_down = false;
      kit_.focus(a_.id("sheet"));
    }
    if ((drag.begins || drag.goes) && !keep_.strokes.empty())
      add((drag.x - r_.x) / r_.w, (drag.y - r_.y) / r_.h);
  }

  void add(float x, float y) {
    std::vector<float>& way = keep_.strokes.back();
    x = std::clamp(x, 0.f, 1.f);
    y = std::clamp(y, 0.f, 1.f);
    bool moved = way.empty() ||
                 std::hypot((x - way[way.size() - 2]) * r_.w, (y - way.back()) * r_.h) >= least_pen_step;
    if (!moved || way.size() > 20'000 || keep_.strokes.size() > 500) return;
    way.push_back(x);
    way.push_back(y);
    keep_.pen_x = x;
    keep_.pen_y = y;
  }

  void keys() {
    const Input* i = kit_.input();
    if (!i || i->kind != Input::Kind::key || i->alt || !a_.can()) return;
    float by = i->shift ? 0.005f : 0.02f;
    float x = 0;
    float y = 0;
    if (i->key == Key::left || i->key == Key::right) x = (i->key == Key::right) != kit_.is_rtl() ? by : -by;
    if (i->key == Key::up) y = -by * r_.w / r_.h;
    if (i->key == Key::down) y = by * r_.w / r_.h;
    if (x != 0 || y != 0) {
      keep_.pen_x = std::clamp(keep_.pen_x + x, 0.f, 1.f);
      keep_.pen_y = std::clamp(keep_.pen_y + y, 0.f, 1.f);
      if (keep_.pen_down && !keep_.strokes.empty()) add(keep_.pen_x, keep_.pen_y);
      kit_.consume();
    } else if (i->key == Key::space) {
      keep_.pen_down = !keep_.pen_down;
      if (keep_.pen_down) {
        keep_.strokes.emplace_back();
        add(keep_.pen_x, keep_.pen_y);
      }
      kit_.consume();
    } else if (i->control && i->letter == 'Z') {
      if (!keep_.strokes.empty()) keep_.strokes.pop_back();
      keep_.pen_down = false;
      kit_.consume();
    }
  }

  float below(Rect r) {
    bool any = !keep_.strokes.empty();
    std::string undo = tr(a_.s, "drawing.undo.button");
    std::string clear = tr(a_.s, "drawing.clear.button");
    std::string done = tr(a_.s, "drawing.keep.button");
    float uw = button_width(a_, undo);
    float cw = button_width(a_, clear);
    float dw = button_width(a_, done);
    if (kit_.button(a_.id("drawing.undo"), {r.x, r.y, uw, 44}, undo, Look::quiet, any && a_.can(),
                    Icon::undo))
      keep_.strokes.pop_back();
    if (kit_.button(a_.id("drawing.clear"), {r.x + uw + 8, r.y, cw, 44}, clear, Look::quiet, any && a_.can(),
                    Icon::trash))
      keep_.strokes.clear();
    if (kit_.button(a_.id("drawing.keep"), {r.right() - dw, r.y, dw, 44}, done, Look::plain, any && a_.can(),
                    Icon::check)) {
      app::Draw event{a_.q.id, keep_.strokes, r_.h / r_.w, over_ ? a_.q.media->id : ""};
      if (kit_.is_rtl())  // as it was seen
        for (std::vector<float>& way : event.strokes)
          for (size_t i = 0; i < way.size(); i += 2) way[i] = 1 - way[i];
      a_.events.push_back(std::move(event));
      keep_.strokes.clear();
    }
    float y = 52;
    y += kit_.text({r.x, r.y + y, r.w, 40}, tr(a_.s, "drawing.keys.text"), a_.look().quiet, {.size = 13.5f});
    return y;
  }

  Asked& a_;
  Kit& kit_;
  ControlScratch& keep_;
  Rect r_;
  bool over_;
  float row_;  // room for the buttons
};

}  // namespace

float draw_media(Asked& a, Rect r) {
  const definition::Control& c = a.q.control;
  if (c.media == MediaKind::audio) return draw_sound(a, r);
  bool held = a.q.media.has_value();
  float room = std::max(180.f, a.kit.height() - 470);
  if (c.drawing == Drawing::draw || c.drawing == Drawing::signature) {
    if (held) {
      float y = draw_picture(a, r, room);
      return y + draw_held(a, {r.x, r.y + y, r.w, r.h});
    }
    float h = c.drawing == Drawing::signature ? std::min(240.f, room) : room;
    return Sheet(a, {r.x, r.y, std::min(r.w, c.drawing == Drawing::signature ? 640.f : r.w), h}, false, r.w)
        .draw();
  }
  if (!held) return draw_choose(a, r);
  float y = 0;
  const app::Picture* p = a.q.media->picture.get();
  if (c.drawing == Drawing::annotate && p && p->width > 0) {
    float most = std::max(160.f, room - 110);
    float scale = std::min({r.w / static_cast<float>(p->width), most / static_cast<float>(p->height)});
    Rect place{r.x, r.y, static_cast<float>(p->width) * scale, static_cast<float>(p->height) * scale};
    a.kit.picture(place, a.q.media->picture);
    y = Sheet(a, place, true, r.w).draw() + 10;
  } else {
    y = draw_picture(a, r, room);
    if (c.media == MediaKind::image && y == 0)
      y = a.kit.text({r.x, r.y, r.w, 30}, tr(a.s, "media.unseen.text"), a.look().quiet, {.size = 15}) + 8;
  }
  return y + draw_held(a, {r.x, r.y + y, r.w, r.h});
}

bool choosing_folder(Kit& kit, const app::Strings& s, const std::optional<app::BrowserView>& view, Scratch& scratch,
                     std::string& field, Events& events) {
  if (!view) return false;
  if (!kit.input()) return false;  // drawn over the screen, at its end
  draw_browser(kit, s, *view, scratch, events);
  for (const app::Event& e : events)
    if (const auto* taken = std::get_if<app::TakeFolder>(&e)) field = taken->folder;
  return true;
}

// The folder that a file is chosen from, over the page. Typing finds, Enter opens, Backspace goes up.
void draw_browser(Kit& kit, const app::Strings& s, const app::BrowserView& view, Scratch& scratch,
                  Events& events) {
  const Theme& t = kit.look();
  Rect r{kit.width() / 2 - 340, 60, 680, kit.height() - 120};
  kit.card(r, 18);
  float x = r.x + 28;
  float w = r.w - 56;
  kit.text({x, r.y + 20, w - 60, 30}, view.of_folders ? tr(s, "folder.choose.title") : tr(s, "media.choose.title"), t.ink,
           {.size = 19, .bold = true, .wrap = false});
  auto browse = [&](const std::string& folder) {
    if (view.of_folders)
      events.push_back(app::BrowseFolders{folder});
    else
      events.push_back(app::Browse{view.question, folder});
  };
  auto close = [&] {
    events.push_back(app::CloseBrowser{});
    scratch.controls.browsing.clear();  // what was looked for is forgotten when it opens again
  };
  if (kit.button("browser.close", {r.right() - 64, r.y + 14, 44, 44}, "", Look::quiet, true, Icon::close))
    close();
  kit.relabel(tr(s, "media.close.button"));
  float y = r.y + 58;
  float bx = x;
  for (size_t i = 0; i < view.ways.size(); ++i) {
    float bw = kit.text_width(view.ways[i], {.size = 14}) + 34;
    if (bx + bw > x + w) break;
    if (kit.button("browser.way." + std::to_string(i), {bx, y, bw, 34}, view.ways[i], Look::chip))
      browse(view.ways[i]);
    bx += bw + 8;
  }
  y += 44;
  kit.text({x, y, w, 24}, view.folder, t.quiet, {.size = 14, .wrap = false, .may_cut = true});
  y += 30;
  ListScratch& list = scratch.controls.lists["browser"];
  if (scratch.controls.browsing != view.folder) {  // another folder
    scratch.controls.browsing = view.folder;
    list.search.clear();
    list.highlighted = 0;
    kit.focus("browser.search");
  }
  const bool with_control = view.of_folders && kit.key(Key::enter, true);  // before the field takes it
  std::string wanted;
  FieldResult field = kit.field("browser.search", {x, y, w, 48}, list.search,
                                {.placeholder = tr(s, "media.find.placeholder"), .size = 17}, wanted);
  if (field.changed) list.highlighted = 0;
  list.search = wanted;
  y += 58;
  // The same finder as long lists have.
  app::QuestionView as_list;
  as_list.id = "browser:" + view.folder;
  for (const app::BrowserView::Entry& e : view.entries) as_list.choices.push_back({e.name, e.name, ""});
  const std::vector<size_t>& found = list.finder.find(as_list, wanted);
  std::string up = view.folder;
  if (size_t slash = up.rfind('/'); slash != std::string::npos) up.resize(slash == 0 ? 1 : slash);
  auto open = [&](const app::BrowserView::Entry& e) {
    std::string path = view.folder + (view.folder.ends_with('/') ? "" : "/") + e.name;
    if (e.is_folder)
      browse(path);
    else
      events.push_back(app::AttachFile{view.question, path});
  };
  int last = std::max(0, static_cast<int>(found.size()) - 1);
  bool marked = field.changed;
  if (const Input* i = kit.input(); i && i->kind == Input::Kind::key && kit.focus() == "browser.search") {
    if (i->key == Key::down || i->key == Key::up) {
      list.highlighted = std::clamp(list.highlighted + (i->key == Key::down ? 1 : -1), 0, last);
      marked = true;
      kit.consume();
    } else if (i->key == Key::left && i->alt) {
      browse(up);
      kit.consume();
    }
  }
  if (field.entered && !found.empty())
    open(view.entries[found[static_cast<size_t>(std::min(list.highlighted, last))]]);
  if (kit.key(Key::escape)) close();
  float below = view.of_folders ? 64.f : 0.f;
  if (view.of_folders) {
    std::string take = tr(s, "folder.take.button");
    float tw = std::min(w, kit.text_width(take, {.size = 17.5f, .bold = true}) + 80);
    if (kit.button("browser.take", {x, r.bottom() - 66, tw, 48}, take, Look::primary, true, Icon::check) ||
        with_control) {
      events.push_back(app::TakeFolder{view.folder});
      scratch.controls.browsing.clear();
    }
  }
  Rect area{x, y, w, r.bottom() - y - 20 - below};
  constexpr float row = 44;
  float content = static_cast<float>(found.size() + 1) * row;
  if (marked) kit.show_in_area("browser.list", area, static_cast<float>(list.highlighted + 1) * row, row);
  float offset = kit.scroll_area("browser.list", area, content);
  kit.clip(area);
  auto line = [&](size_t at, const std::string& id, Icon icon, const std::string& name,
                  const std::string& size, bool mark) {
    Rect c{x, y + static_cast<float>(at) * row - offset, w - 12, row - 4};
    if (c.bottom() < area.y || c.y > area.bottom()) return false;
    if (mark || kit.hovered(c)) kit.fill(c, mark ? t.soft : t.hover, 10);
    kit.icon(icon, c.x + 22, c.y + 20, 22, mark ? t.accent : t.quiet);
    kit.text({c.x + 44, c.y, c.w - 160, c.h}, name, t.ink,
             {.size = 16, .bold = mark, .wrap = false, .middle = true, .may_cut = true});
    kit.text({c.right() - 110, c.y, 100, c.h}, size, t.quiet,
             {.size = 14, .align = Align::end, .wrap = false, .middle = true});
    return kit.hit(id, c, name, true, false);
  };
  if (line(0, "browser.up", Icon::raise, "..", "", false)) browse(up);
  for (size_t i = 0; i < found.size(); ++i) {
    const app::BrowserView::Entry& e = view.entries[found[i]];
    if (line(i + 1, "browser.entry." + e.name, e.is_folder ? Icon::folder : Icon::file, e.name, e.size,
             static_cast<int>(i) == list.highlighted))
      open(e);
  }
  kit.unclip();
  if (!view.problem.empty() || found.empty())
    kit.text({x, y + row + 8, w, 40}, view.problem.empty() ? tr(s, "media.empty.text") : view.problem,
             t.quiet, {.size = 15});
}

}  // namespace window
