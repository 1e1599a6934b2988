// Menu: a list over a dimmed screen to choose one thing from, by arrows, digits, typing or the mouse.
//
//   Menu menu{.id = "spoken", .title = tr(s, "spoken.title.label")};
//   for (…) menu.rows.push_back({code, label});
//   int chosen = draw_menu(kit, menu, scratch);     // -1: nothing yet; Escape closes (scratch.open)
//
// Opened by open_menu(), which keeps what had the focus and gives it back. With `search`, what is typed stands in
// scratch.search and the caller fills the rows by it; without, rows 1 to 9 have their digit. While a menu is open
// the screen under it gets no input: the caller draws only the menu in passes that have one.
#pragma once

#include <string>
#include <vector>

#include "collector/window/screen.h"

namespace window {

struct MenuRow {
  std::string id, label, detail;
  Icon icon = Icon::none;
  bool now = false;  // what holds at present
};

struct Menu {
  std::string id = {}, title = {}, remark = {}, placeholder = {};
  bool search = false;
  std::vector<MenuRow> rows = {};
  float width = 520;
};

void open_menu(Kit& kit, Scratch& scratch, Open what, const std::string& focus);
void close_menu(Kit& kit, Scratch& scratch);
int draw_menu(Kit& kit, const app::Strings& s, const Menu& menu, Scratch& scratch);
void open_note(Kit& kit, const app::InterviewView& view, Scratch& scratch);  // to the question the keyboard speaks to
void open_outline(Kit& kit, const app::InterviewView& view, Scratch& scratch);  // the sections get the keyboard
app::Turning next_turning(app::Turning now);
// A card over the dimmed screen with a title; returns where its content goes.
Rect draw_sheet(Kit& kit, const std::string& title, float width, float height);

}  // namespace window
