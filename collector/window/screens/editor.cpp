#include <algorithm>

#include "collector/window/screen.h"

namespace window {

Events draw_editor(Kit& kit, const app::Strings& s, const app::Frame& frame, const app::EditorView& view,
                   Scratch& scratch) {
  Events events;
  const Theme& t = kit.look();
  if (scratch.shown != "editor" + view.form) {
    scratch.shown = "editor" + view.form;
    kit.forget_fields();
    kit.focus("editor.text");
  }
  Rect r = draw_places(kit, s, frame, app::Go::editor, events);
  kit.text({r.x, r.y, r.w, 36}, tr(s, "editor.title.label"), t.ink,
           {.size = 24, .bold = true, .wrap = false});
  float x = r.x;
  for (const std::string& form : view.forms) {
    float w = kit.text_width(form, {.size = 14.5f}) + 30;
    if (kit.button("editor.form." + form, {x, r.y + 46, w, 36}, form,
                   form == view.form ? Look::chip : Look::quiet))
      events.push_back(app::SelectForm{form});
    x += w + 8;
  }
  if (kit.button("editor.publish", {r.right() - 330, r.y, 330, 50},
                 s.tr("editor.publish.button", {{"version", view.next_version}}), Look::primary,
                 view.may_publish, Icon::out))
    events.push_back(app::Publish{});
  x = r.x;
  for (size_t i = 0; i < view.languages.size(); ++i) {
    float w = kit.text_width(view.languages[i], {.size = 14.5f}) + 30;
    if (kit.button("editor.language." + std::to_string(i), {x, r.y + 88, w, 36}, view.languages[i],
                   static_cast<int>(i) == view.language ? Look::chip : Look::quiet))
      events.push_back(app::SelectText{view.selected, static_cast<int>(i)});
    x += w + 6;
  }
  Rect list{r.x, r.y + 138, r.w * 0.44f, r.bottom() - r.y - 138};
  kit.card(list, 14);
  Rect inner = list.inset(8);
  float offset = kit.scroll_area("editor.list", inner, static_cast<float>(view.rows.size()) * 62);
  kit.clip(inner);
  for (size_t i = 0; i < view.rows.size(); ++i) {
    Rect c{inner.x, inner.y + static_cast<float>(i) * 62 - offset, inner.w - 8, 58};
    if (c.bottom() < inner.y || c.y > inner.bottom()) continue;
    const app::TextRow& row = view.rows[i];
    bool now = static_cast<int>(i) == view.selected;
    if (now || kit.hovered(c)) kit.fill(c, now ? t.soft : t.hover, 10);
    const std::string& text = row.texts[static_cast<size_t>(view.language)];
    // A hint that no language has is a choice, not a gap.
    bool none = std::all_of(row.texts.begin(), row.texts.end(), [](const auto& one) { return one.empty(); });
    kit.clip({c.x + 8, c.y, c.w - 16, c.h});
    kit.text({c.x + 14, c.y + 8, c.w - 28, 18}, app::joined({row.question, row.column}),
             row.changed ? t.accent : t.quiet, {.size = 12.5f, .bold = row.changed, .wrap = false, .may_cut = true});
    kit.text({c.x + 14, c.y + 28, c.w - 28, 24},
             none           ? tr(s, "editor.no_hint.label")
             : text.empty() ? tr(s, "editor.missing.label")
                            : text,
             none           ? t.quiet
             : text.empty() ? t.warn
                            : t.ink,
             {.size = 15, .wrap = false, .may_cut = true});
    kit.unclip();
    if (kit.hit("row." + std::to_string(i), c, row.question, true, false))
      events.push_back(app::SelectText{static_cast<int>(i), view.language});
  }
  kit.unclip();
  if (view.rows.empty()) return events;
  const app::TextRow& row = view.rows[static_cast<size_t>(view.selected)];
  float rx = list.right() + 24;
  float rw = r.right() - rx;
  float arrows = kit.key_cap(rx + rw, list.y + 10, "Ctrl ↑  ↓", true) + 10;
  kit.text({rx, list.y, rw - arrows, 20}, app::joined({row.question, view.languages[static_cast<size_t>(view.language)]}),
           t.quiet, {.size = 14, .wrap = false, .may_cut = true});
  // Before the field, which would take the arrows: the next text, without leaving the keyboard.
  if (const Input* i = kit.input();
      i && i->kind == Input::Kind::key && i->control && (i->key == Key::down || i->key == Key::up)) {
    int next = view.selected + (i->key == Key::down ? 1 : -1);
    events.push_back(app::SelectText{next, view.language});
    kit.consume();
    kit.show_in_area("editor.list", inner, static_cast<float>(next) * 62, 62);
  }
  std::string out;
  FieldResult field =
      kit.field("editor.text", {rx, list.y + 26, rw, 120}, row.texts[static_cast<size_t>(view.language)],
                {.multiline = true, .size = 17}, out);
  if (field.changed) events.push_back(app::EditText{out});
  kit.text({rx, list.y + 160, rw, 20}, tr(s, "editor.preview.label"), t.quiet, {.size = 14, .wrap = false});
  Rect preview{rx, list.y + 186, rw, list.bottom() - list.y - 186};
  kit.card(preview, 16);
  bool before = kit.is_rtl();
  kit.clip(preview);
  float y = preview.y + 24;
  y += kit.text({rx + 28, y, rw - 56, 80}, view.preview.label, t.ink,
                {.size = 21, .bold = true, .natural = true}) +
       6;
  if (!view.preview.hint.empty())
    y += kit.text({rx + 28, y, rw - 56, 60}, view.preview.hint, t.quiet, {.size = 14.5f, .natural = true});
  y += 16;
  for (size_t i = 0; i < view.preview.choices.size() && y < preview.bottom(); ++i) {
    kit.stroke({rx + 28, y, rw - 56, 44}, t.line, 12);
    kit.circle(rx + 50, y + 22, 9, t.quiet, false);
    kit.text({rx + 72, y, rw - 120, 44}, view.preview.choices[i].label, t.ink,
             {.size = 15.5f, .wrap = false, .middle = true, .may_cut = true});
    y += 50;
  }
  kit.unclip();
  kit.direction(before);
  return events;
}

}  // namespace window
