// What opens over an interview: languages, the search for a question, the language spoken, a second interview.
#include <algorithm>
#include <cstdlib>

#include "collector/window/menu.h"

namespace window {

using app::InterviewView;

namespace {

struct Column {
  std::string id, title;
  std::vector<std::string> names;
  int now = -1;
};

// Three columns: what is read out, what stands beside it, and the words of the program.
void draw_languages(Kit& kit, const app::Strings& s, const InterviewView& view, Scratch& scratch,
                    Events& events) {
  const Theme& t = kit.look();
  const std::vector<std::string>& codes = app::interface_languages();
  Column columns[] = {{"read", tr(s, "interview.read_in.label"), view.languages, view.language_index},
                      {"beside", tr(s, "interview.beside.label"), view.languages, view.second_index},
                      {"interface", tr(s, "interview.interface.label"), {}, -1}};
  for (size_t i = 0; i < codes.size(); ++i) {
    columns[2].names.push_back(app::language_name(codes[i]));
    if (codes[i] == s.language()) columns[2].now = static_cast<int>(i);
  }
  size_t most = std::max(view.languages.size(), codes.size());
  float head = 0;
  float w = (std::min(720.f, kit.width() - 48) - 64 - 24) / 3;
  for (const Column& column : columns)
    head = std::max(head, kit.text_height(w - 80, column.title, {.size = 14, .bold = true}));
  Rect in = draw_sheet(kit, "", 720, 72 + head + 46 * static_cast<float>(most) + 40);
  int chosen_column = -1;
  int chosen_row = -1;
  for (int c = 0; c < 3; ++c) {
    const Column& column = columns[c];
    float x = in.x + static_cast<float>(c) * (w + 12);
    float cap = c == 1 ? kit.key_cap(x + w - 8, in.y + 11, "Ctrl B", true) + 8 : 0;
    kit.text({x + 8, in.y, w - 16 - cap, head}, column.title, t.quiet, {.size = 14, .bold = true});
    int row = 0;
    for (size_t i = 0; i < column.names.size(); ++i) {
      bool now = static_cast<int>(i) == column.now;
      bool read = c == 1 && static_cast<int>(i) == view.language_index;  // nobody reads the same twice
      if (column.names[i].empty() || read) continue;
      Rect r{x, in.y + head + 14 + 46 * static_cast<float>(row++), w, 40};
      if (kit.button(column.id + "." + std::to_string(i), r, column.names[i],
                     now ? Look::primary : Look::quiet, true, now ? Icon::check : Icon::none)) {
        chosen_column = c;
        chosen_row = static_cast<int>(i);
      }
    }
  }
  if (chosen_column >= 0) {
    close_menu(kit, scratch);
    if (chosen_column == 0) events.push_back(app::ReadIn{chosen_row, view.second_index});
    if (chosen_column == 1)
      events.push_back(app::ReadIn{view.language_index, chosen_row == view.second_index ? -1 : chosen_row});
    if (chosen_column == 2) events.push_back(app::ChangeInterface{codes[static_cast<size_t>(chosen_row)]});
    return;
  }
  const Input* i = kit.input();
  if (!i) return;
  bool away = i->kind == Input::Kind::press && !kit.hovered({in.x - 32, in.y - 40, in.w + 64, in.h + 80});
  if (away || kit.key(Key::escape) || kit.key(Key::f9) || kit.letter('L', true, false)) {
    close_menu(kit, scratch);
  } else if (i->kind == Input::Kind::key) {  // arrows: down and up, and between the columns, as seen
    const std::string& at = kit.focus();
    size_t dot = at.find('.');
    int row = dot == std::string::npos ? 0 : std::atoi(at.c_str() + dot + 1);
    int column = at.starts_with("beside.") ? 1 : at.starts_with("interface.") ? 2 : 0;
    int by = i->key == Key::down ? 1 : i->key == Key::up ? -1 : 0;
    int side = (i->key == Key::right ? 1 : i->key == Key::left ? -1 : 0) * (kit.is_rtl() ? -1 : 1);
    column = std::clamp(column + side, 0, 2);
    auto shown = [&](int n) {
      const std::vector<std::string>& names = columns[column].names;
      return n >= 0 && n < static_cast<int>(names.size()) && !names[static_cast<size_t>(n)].empty() &&
             !(column == 1 && n == view.language_index);
    };
    int last = static_cast<int>(columns[column].names.size()) - 1;
    int to = std::clamp(row + by, 0, last);
    while (!shown(to) && to + (by < 0 ? -1 : 1) >= 0 && to + (by < 0 ? -1 : 1) <= last) to += by < 0 ? -1 : 1;
    for (int n = to; !shown(to) && n >= 0; --n) to = n;
    for (int n = 0; !shown(to) && n <= last; ++n) to = n;
    kit.focus(columns[column].id + "." + std::to_string(to));
  }
  kit.consume();
}

void draw_find(Kit& kit, const app::Strings& s, const InterviewView& view, Scratch& scratch,
               Events& events) {
  Menu menu{.id = "find", .title = tr(s, "find.title.label"), .placeholder = tr(s, "find.words.placeholder")};
  menu.search = true;
  menu.width = 680;
  for (const app::FoundView& found : view.found)
    menu.rows.push_back({found.id, found.label, found.section, found.answered ? Icon::saved : Icon::dot});
  std::string before = scratch.search;
  int chosen = draw_menu(kit, s, menu, scratch);
  if (scratch.open == Open::find && scratch.search != before) events.push_back(app::Find{scratch.search});
  if (chosen < 0) return;
  events.push_back(app::JumpTo{view.found[static_cast<size_t>(chosen)].id});
  close_menu(kit, scratch);
}

void draw_spoken(Kit& kit, const app::Strings& s, const InterviewView& view, Scratch& scratch,
                 Events& events) {
  Menu menu{.id = "spoken", .title = tr(s, "spoken.title.label"), .remark = tr(s, "spoken.meaning.text")};
  menu.rows.push_back({"same", s.tr("spoken.same.label", {{"language", view.language}}), "", Icon::none,
                       view.spoken.empty()});
  for (const app::SpokenView& one : view.spoken_choices)
    menu.rows.push_back({one.code, one.label, "", Icon::none, one.code == view.spoken});
  int chosen = draw_menu(kit, s, menu, scratch);
  if (chosen < 0) return;
  events.push_back(app::SpeakIn{chosen == 0 ? "" : view.spoken_choices[static_cast<size_t>(chosen) - 1].code});
  close_menu(kit, scratch);
}

void draw_beside(Kit& kit, const app::Strings& s, const InterviewView& view, Scratch& scratch,
                 Events& events) {
  Menu menu{.id = "second", .title = tr(s, "beside.title.label"), .remark = tr(s, "beside.meaning.text")};
  for (const app::BesideView& one : view.beside)
    menu.rows.push_back({one.form + one.draft, one.label, one.detail, one.form.empty() ? Icon::pencil : Icon::add});
  int chosen = draw_menu(kit, s, menu, scratch);
  if (chosen < 0) return;
  const app::BesideView& one = view.beside[static_cast<size_t>(chosen)];
  events.push_back(app::OpenBeside{one.form, one.draft});
  close_menu(kit, scratch);
}

// A note to the question; Escape keeps it too.
void draw_note(Kit& kit, const app::Strings& s, const InterviewView& view, Scratch& scratch, Events& events) {
  const Theme& t = kit.look();
  std::string label;
  for (const app::QuestionView& q : view.questions)
    if (q.id == view.focus) label = q.label;
  float w = std::min(640.f, kit.width() - 48) - 64;
  float head = std::min(96.f, kit.text_height(w, label, {.size = 15}));
  float remark = kit.text_height(w, tr(s, "note.remark.text"), {.size = 14});
  Rect in = draw_sheet(kit, tr(s, "note.title.label"), 640, 72 + head + remark + 150 + 90);
  float y = in.y;
  kit.clip({in.x, y, w, head + 2});
  kit.text({in.x, y, w, head}, label, t.ink, {.size = 15});
  kit.unclip();
  y += head + 6;
  y += kit.text({in.x, y, w, remark}, tr(s, "note.remark.text"), t.quiet, {.size = 14}) + 10;
  std::string out;
  FieldResult field = kit.field("note.words", {in.x, y, w, 140}, scratch.note,
                                {.multiline = true, .placeholder = tr(s, "note.placeholder"), .size = 17}, out);
  scratch.note = out;
  y += 152;
  float bw = kit.text_width(tr(s, "note.keep.button"), {.size = 17, .bold = true}) + 60;
  bool keep = kit.button("note.keep", {in.x, y, bw, 46}, tr(s, "note.keep.button"), Look::primary) || field.entered;
  if (keep || kit.key(Key::escape) || kit.key(Key::f2)) {
    events.push_back(app::WriteNote{view.focus, scratch.note});
    wipe(scratch.note);
    close_menu(kit, scratch);
  }
}

}  // namespace

void draw_interview_menu(Kit& kit, const app::Strings& s, const InterviewView& view, Scratch& scratch,
                         Events& events) {
  switch (scratch.open) {
    case Open::languages:
      return draw_languages(kit, s, view, scratch, events);
    case Open::find:
      return draw_find(kit, s, view, scratch, events);
    case Open::spoken:
      return draw_spoken(kit, s, view, scratch, events);
    case Open::beside:
      return draw_beside(kit, s, view, scratch, events);
    case Open::note:
      return draw_note(kit, s, view, scratch, events);
    case Open::recordings:
      return draw_recordings(kit, s, view, scratch, events);
    case Open::newer:
      return draw_newer(kit, s, view, scratch, events);
    case Open::outline:
    case Open::keys:
    case Open::nothing:
      return;
  }
}

}  // namespace window
