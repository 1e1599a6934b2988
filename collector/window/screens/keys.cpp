// The key map on F1: every key that works where one is, in columns.
#include <algorithm>

#include "collector/window/menu.h"

namespace window {
namespace {

struct Row {
  const char* key;
  std::string label;
};

// Of an interview; the first rows are those of a page's own, then what works everywhere.
std::vector<Row> interview_keys(const app::Strings& s) {
  return {{"1 … 9", tr(s, "keys.mark_number.label")},
          {"Enter", tr(s, "keys.enter.label")},
          {"Ctrl Enter", tr(s, "keys.on.label")},
          {"PgUp", tr(s, "keys.back.label")},
          {"PgDn", tr(s, "keys.past.label")},
          {"↑  ↓", tr(s, "keys.question.label")},
          {"F2", tr(s, "keys.note.label")},
          {"F3", tr(s, "keys.blank.label")},
          {"F4", tr(s, "keys.sections.label")},
          {"F5", tr(s, "keys.submit.label")},
          {"Ctrl F", tr(s, "keys.find.label")},
          {"Ctrl J", tr(s, "keys.return.label")},
          {"F6", tr(s, "interview.dont_know.button")},
          {"F7", tr(s, "interview.refused.button")},
          {"F8", tr(s, "interview.not_applicable.button")},
          {"F9, Ctrl L", tr(s, "keys.language.label")},
          {"Ctrl B", tr(s, "keys.second.label")},
          {"F10", tr(s, "keys.spoken.label")},
          {"F11", tr(s, "keys.aloud.label")},
          {"Alt ↓", tr(s, "keys.open.label")},
          {"Space", tr(s, "keys.sound.label")},
          {"Backspace", tr(s, "keys.again.label")},
          {"Ctrl T", tr(s, "keys.table.label")},
          {"Alt ↑  ↓", tr(s, "keys.move.label")},
          {"Ctrl G", tr(s, "keys.turning.label")},
          {"Ctrl R", tr(s, "keys.record.label")},
          {"Ctrl M", tr(s, "keys.mark.label")},
          {"Ctrl E", tr(s, "keys.end_recording.label")},
          {"Ctrl H", tr(s, "keys.hear.label")},
          {"Ctrl U", tr(s, "keys.newer.label")},
          {"Ctrl N", tr(s, "keys.beside.label")},
          {"Ctrl Tab", tr(s, "keys.switch.label")},
          {"Ctrl P", tr(s, "keys.print.label")},
          {"Esc", tr(s, "keys.escape.label")},
          {"F12", tr(s, "keys.lock.label")},
          {"F1", tr(s, "keys.help.label")},
          {"Tab", tr(s, "keys.tab.label")},
          {"Ctrl Z", tr(s, "keys.undo.label")},
          {"Ctrl Y", tr(s, "keys.redo.label")}};
}

// What a screen has of its own, before what works on all of them.
struct OwnKeys {
  const app::Strings& s;
  std::vector<Row> operator()(const app::UnlockView& view) const {
    if (view.profiles.size() < 2) return {{"Enter", tr(s, "unlock.open.button")}};
    return {{"Enter", tr(s, "unlock.open.button")}, {"↑  ↓", tr(s, "keys.person.label")}};
  }
  std::vector<Row> operator()(const app::LockView&) const { return {{"Enter", tr(s, "unlock.open.button")}}; }
  std::vector<Row> operator()(const app::SubmitView&) const {
    return {{"1 … 9", tr(s, "keys.finding.label")},
            {"Enter", tr(s, "keys.press.label")},
            {"Ctrl P", tr(s, "keys.print.label")},
            {"Esc, PgUp", tr(s, "submit.back.button")}};
  }
  std::vector<Row> operator()(const app::HomeView& view) const {
    if (!view.centre) return {{"Enter", tr(s, "keys.press.label")}};
    return {{"1 … 9", tr(s, "keys.numbered.label")}, {"Enter", tr(s, "keys.press.label")}};
  }
  std::vector<Row> operator()(const app::ConflictsView&) const {
    return {{"↑  ↓", tr(s, "keys.list.label")},
            {"1 … 9", tr(s, "keys.side.label")},
            {"Enter", tr(s, "conflicts.settle.button")}};
  }
  std::vector<Row> operator()(const app::TableView&) const {
    return {{"←  →", tr(s, "table.columns.label")},
            {"↑  ↓", tr(s, "table.rows_by_one.label")},
            {"PgUp  PgDn", tr(s, "table.rows_by_page.label")},
            {"Enter", tr(s, "keys.press.label")}};
  }
  std::vector<Row> operator()(const app::EditorView&) const {
    return {{"Ctrl ↑  ↓", tr(s, "keys.text.label")}, {"Enter", tr(s, "keys.press.label")}};
  }
  std::vector<Row> operator()(const app::HelpView&) const {
    return {{"↑  ↓", tr(s, "keys.list.label")}, {"Esc", tr(s, "keys.close.label")}};
  }
  std::vector<Row> operator()(const app::SettingsView&) const { return closing(); }
  std::vector<Row> operator()(const app::AboutView&) const { return closing(); }
  template <class Other>
  std::vector<Row> operator()(const Other&) const {
    return {{"Enter", tr(s, "keys.press.label")}};
  }

 private:
  std::vector<Row> closing() const {
    return {{"Enter", tr(s, "keys.press.label")}, {"Esc", tr(s, "keys.close.label")}};
  }
};

std::vector<Row> keys_of(const app::Strings& s, const app::Screen& screen) {
  if (std::holds_alternative<app::InterviewView>(screen)) return interview_keys(s);
  std::vector<Row> rows = std::visit(OwnKeys{s}, screen);
  rows.push_back({"Tab", tr(s, "keys.tab.label")});
  bool locked = std::holds_alternative<app::LockView>(screen) || std::holds_alternative<app::UnlockView>(screen);
  if (!locked) rows.push_back({"F12", tr(s, "keys.lock.label")});
  rows.push_back({"F1", tr(s, "keys.help.label")});
  return rows;
}

}  // namespace

std::vector<std::string> keys_listed(const app::Strings& s, const app::Screen& screen) {
  std::vector<std::string> out;
  for (const Row& row : keys_of(s, screen))
    for (std::string rest = row.key; !rest.empty();) {
      size_t comma = rest.find(", ");
      out.push_back(rest.substr(0, comma));
      rest = comma == std::string::npos ? "" : rest.substr(comma + 2);
    }
  return out;
}

void draw_keys(Kit& kit, const app::Strings& s, const app::Screen& screen, Scratch& scratch, Events& events) {
  const Theme& t = kit.look();
  bool interview = std::holds_alternative<app::InterviewView>(screen);
  std::vector<Row> rows = keys_of(s, screen);
  size_t columns = interview ? 2 : 1;
  float width = std::min(interview ? 940.f : 520.f, kit.width() - 48);
  float w = (width - 64 - 28 * static_cast<float>(columns - 1)) / static_cast<float>(columns);
  constexpr float cap = 104;
  size_t half = (rows.size() + columns - 1) / columns;
  std::vector<float> heights;
  float tallest = 0;
  for (size_t c = 0; c < columns; ++c) {
    float column = 0;
    for (size_t i = c * half; i < std::min(rows.size(), (c + 1) * half); ++i) {
      heights.push_back(std::max(27.f, kit.text_height(w - cap - 12, rows[i].label, {.size = 14.5f}) + 7));
      column += heights.back();
    }
    tallest = std::max(tallest, column);
  }
  Rect in = draw_sheet(kit, tr(s, "keys.title.label"), width, tallest + 160);
  Rect area{in.x - 4, in.y, in.w + 8, in.h - 54};
  float offset = kit.scroll_area("keys", area, tallest + 4);
  kit.clip(area);
  for (size_t c = 0; c < columns; ++c) {
    float x = in.x + static_cast<float>(c) * (w + 28);
    float y = in.y - offset;
    for (size_t i = c * half; i < std::min(rows.size(), (c + 1) * half); ++i) {
      kit.key_cap(x, y + heights[i] / 2, rows[i].key);
      kit.text({x + cap, y, w - cap - 12, heights[i]}, rows[i].label, t.ink, {.size = 14.5f, .middle = true});
      y += heights[i];
    }
  }
  kit.unclip();
  float bw = kit.text_width(tr(s, "keys.help.button"), {.size = 16}) + 84;
  bool help = kit.button("keys.help", {in.x, in.bottom() - 40, bw, 44}, tr(s, "keys.help.button"), Look::plain,
                         true, Icon::help);
  float cw = kit.text_width(tr(s, "keys.close.button"), {.size = 16}) + 48;
  bool close = kit.button("keys.close", {in.right() - cw, in.bottom() - 40, cw, 44}, tr(s, "keys.close.button"),
                          Look::quiet);
  if (const Input* i = kit.input()) {
    help |= kit.key(Key::f1);
    if (i->kind == Input::Kind::key && (i->key == Key::down || i->key == Key::up))
      kit.show_in_area("keys", area, i->key == Key::down ? tallest - 10 : 0, 10);
    else if (i->kind == Input::Kind::key || i->kind == Input::Kind::press)
      close = true;
    kit.consume();
  }
  if (help) events.push_back(app::Visit{app::Go::help});
  if (help || close) close_menu(kit, scratch);
}

}  // namespace window
