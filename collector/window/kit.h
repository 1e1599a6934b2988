// Kit: drawing and touching, for every screen. Logical pixels, mirrored in one place, all text through Pango.
//
//   kit.begin(input);                                        // one pass: an input, or none to draw
//   if (kit.button("home.sync", {x, y, w, h}, label, Look::primary)) event = app::Visit{app::Go::sync};
//   kit.end();
//
// A pass with an input draws nothing; a pass without one draws. Every widget is entered in the registry with
// its id, label and place: tests and keyboards find it there. Tab walks in the order of drawing. Ids are
// stable names.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "collector/app/pictures/picture.h"
#include "collector/app/strings.h"
#include "collector/text/shaper.h"
#include "collector/window/editing.h"
#include "collector/window/input.h"
#include "collector/window/looks.h"

struct ImDrawList;

namespace window {

class Kit {
 public:
  Kit(text::Shaper& shaper, const Theme& theme) : shaper_(shaper), theme_(&theme) {}

  void size(float width, float height, float scale);
  void direction(bool right_to_left) { rtl_ = right_to_left; }
  void theme(const Theme& theme) { theme_ = &theme; }
  void target(ImDrawList* list, float u0, float v0, float u_per_pixel, float v_per_pixel);
  void begin(const Input* input);
  void end();

  const Theme& look() const { return *theme_; }
  float width() const { return width_; }
  float height() const { return height_; }
  bool is_rtl() const { return rtl_; }

  // Shapes.
  void fill(Rect r, Colour c, float radius = 0);
  void stroke(Rect r, Colour c, float radius = 0, float thickness = 1);
  void card(Rect r, float radius = 18);
  void circle(float x, float y, float radius, Colour c, bool filled, float thickness = 2);
  void icon(Icon which, float x, float y, float size, Colour c);  // centred; arrows mirror
  struct Spot {
    float x = 0, y = 0;
  };
  void line(Spot from, Spot to, Colour c, float thickness = 1);
  void path(const std::vector<Spot>& spots, Colour c, float thickness, bool closed = false);
  void polygon(const std::vector<Spot>& spots, Colour c);                         // filled, of any form
  void picture(Rect r, const std::shared_ptr<const app::Picture>& picture);
  float text(Rect r, const std::string& s, Colour c, const TextLook& look = {});  // height used
  float text_height(float width, const std::string& s, const TextLook& look);
  float text_width(const std::string& s, const TextLook& look);
  void clip(Rect r);
  void unclip();

  // Touching. `true`: activated in this pass.
  bool hit(const std::string& id, Rect r, const std::string& label, bool enabled = true,
           bool focusable = true);
  // A part of a picture, of any form: `place` is what it covers, `over` whether the mouse is on it.
  bool part(const std::string& id, Rect place, const std::string& label, bool over, bool enabled = true);
  bool button(const std::string& id, Rect r, const std::string& label, Look look, bool enabled = true,
              Icon icon = Icon::none, bool icon_after = false, const char* key = nullptr);  // key: its cap, in it
  FieldResult field(const std::string& id, Rect r, const std::string& value, const FieldLook& look,
                    std::string& out);
  void progress(Rect r, float part);
  void state(const std::string& words);    // of the widget entered last: "chosen", "open"
  void relabel(const std::string& words);  // of the widget entered last, where a picture stands for its words
  bool was_keyed() const { return keyed_; }  // the last hit came by a key
  // Holds the mouse from a press inside until the release; where it is, in the rectangle (mirrored back).
  struct Drag {
    bool begins = false, goes = false, ends = false;
    float x = 0, y = 0;
  };
  Drag drag(const std::string& id, Rect r);
  float cap_width(const std::string& name);
  // The name of a key, beside what it does; returns its width. `end`: x is its right edge.
  float key_cap(float x, float y, const std::string& name, bool end = false);
  // What is drawn from here on stands alone: the rest is dimmed and out of the keyboard's reach.
  void veil();
  // Behind a quick lock: what stood here as a coarse mist that nothing can be read in; without one, the ground.
  void mist();
  void set_mist(Mist mist) { mist_ = std::move(mist); }
  // A region that scrolls by the wheel, and to the widget in it that Tab leads to; returns the offset to
  // subtract. `content`: its height last time. Its widgets are entered inside a clip().
  float scroll_area(const std::string& id, Rect r, float content);
  void reveal(const std::string& id) { reveal_ = id; }  // scrolls to this widget when it is entered
  void show_in_area(const std::string& id, Rect r, float top, float height);  // scrolls so that it is seen

  // This pass's input.
  const Input* input() const { return input_ && !consumed_ ? input_ : nullptr; }
  bool has_input() const { return input_ != nullptr; }  // consumed or not
  bool key(Key key, bool control = false, bool alt = false);  // and consumes it
  bool letter(char upper, bool control, bool alt);
  void consume() { consumed_ = true; }
  bool hovered(Rect r) const;
  std::optional<Spot> mouse_in(Rect r) const;  // as seen, from its left and top; none: it is elsewhere
  Rect in_sight() const;                       // of what is being drawn: the innermost clip

  const std::string& focus() const { return focus_; }
  void focus(const std::string& id) { focus_ = id; }
  bool field_has_focus() const;
  const std::vector<Widget>& registry() const { return previous_; }
  Editing& editing(const std::string& id) { return fields_[id]; }
  void forget_fields() { fields_.clear(); }
  // While the mouse selects beyond a field's edge it scrolls: the loop repeats the last move meanwhile.
  bool selecting() const { return !dragging_.empty() && drag_outside_; }
  bool drawing() const { return (list_ || marks_) && !input_; }
  void record(std::vector<Mark>* marks) { marks_ = marks; }  // borrowed; null: no more
  Clipboard clipboard;  // the system's
  // A picture as a texture of the graphics: its number, 0 when it has none; set by the surface.
  std::function<uint64_t(const std::shared_ptr<const app::Picture>&)> texture;

 private:
  Rect mirrored(Rect r) const { return rtl_ ? Rect{width_ - r.x - r.w, r.y, r.w, r.h} : r; }
  text::Style style_of(const TextLook& look, float width) const;
  void glyphs(const text::Paragraph& p, float x, float y, Colour c);
  struct Inside;  // of a field: its text laid out, and where it stands
  Inside inside(Editing& e, Rect r, const FieldLook& look);
  void point(Editing& e, const Inside& in, const Input& i, const FieldLook& look);
  void draw_field(Editing& e, Rect r, const FieldLook& look, bool focused);
  void walk_focus();
  void enter(const std::string& id, const std::string& label, Rect r, bool enabled, bool focusable,
             bool field);

  text::Shaper& shaper_;
  const Theme* theme_;
  void mark(Mark::Kind kind, Rect seen, Colour c);
  void mark_text(Rect seen, const std::string& words, Colour c, const TextLook& look, bool cut, int missing);

  ImDrawList* list_ = nullptr;
  std::vector<Mark>* marks_ = nullptr;
  float width_ = 1280, height_ = 800, scale_ = 1;
  float u0_ = 0, v0_ = 0, du_ = 0, dv_ = 0;
  bool rtl_ = false, consumed_ = false;
  const Input* input_ = nullptr;
  float mouse_x_ = -1, mouse_y_ = -1;
  std::string focus_;
  std::optional<std::string> key_focus_;  // what had the focus when the last key went down
  std::vector<Widget> widgets_, previous_;
  std::vector<Rect> clips_;
  std::map<std::string, Editing> fields_;
  std::map<std::string, float> scrolls_;
  struct Area {
    std::string id;
    Rect place;
    size_t depth;  // clips around it
  };
  std::vector<Area> areas_;  // the scroll areas that are being drawn, outermost first
  std::string reveal_;
  Mist mist_;
  std::string dragging_;  // what the mouse holds: a field it selects in, a thumb
  std::string held_;      // what it held until this pass's release
  bool drag_outside_ = false, keyed_ = false;
};

// Every word a screen shows of its own goes through here.
inline std::string tr(const app::Strings& s, app::Key key) {
  return s.tr(key);
}

}  // namespace window
