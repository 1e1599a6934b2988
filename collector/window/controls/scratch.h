// What the controls of a page keep between two passes: throw-away, dropped when the page is turned.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "collector/app/views_question.h"
#include "collector/window/controls/chart.h"
#include "forms/base/time.h"

namespace window {

// Which choices a search finds: folded once a list, however often it is asked.
//
//   const std::vector<size_t>& found = finder.find(q, "kenit");
//
// Case, accents, Turkish i and the letter variants of Arabic fold away (base::search_fold). Every word must be
// found, in the label, its second language or the value; those that begin so come first. A million-fold list
// costs its length once and its matches after.
class ChoiceFinder {
 public:
  const std::vector<size_t>& find(const app::QuestionView& q, const std::string& wanted);

 private:
  std::string id_, wanted_;
  size_t seen_ = 0;  // a fingerprint of the labels
  std::vector<std::string> folded_;
  std::vector<size_t> found_;
};

struct ListScratch {
  std::string search;
  int highlighted = 0;
  ChoiceFinder finder;
};

// What lies over an image map: made once for each area and state, of one picture.
struct AreaScratch {
  std::shared_ptr<const app::VectorPicture> of;
  std::map<std::pair<size_t, int>, std::shared_ptr<const app::Picture>> outlines;
};

struct ChartScratch {  // how a map is looked at
  double zoom = 1, latitude = 0, longitude = 0;  // the middle; without zoom it is the map's own
  std::string shown;                             // the choice that was last brought into sight
  float held_x = 0, held_y = 0;                  // where the mouse holds it
  bool anchored = false;                         // a point to be placed: what the sheet was laid around
  Degrees anchor;
};

struct ControlScratch {
  std::map<std::string, ListScratch> lists;  // by question
  std::map<std::string, AreaScratch> areas;
  std::map<std::string, ChartScratch> charts;
  bool digit_down = false;  // the last key was a digit: the character it makes is not a sign
  std::string open;                          // the question whose panel is open: a list, a calendar
  base::Date day{};                          // the calendar's mark
  std::string held;                          // ranking: the choice that the keyboard or the mouse moves
  float held_y = 0, drag_y = 0;              // where it is held, and where the mouse is
  std::vector<std::vector<float>> strokes;   // drawing: x, y, x, y … of what is being drawn
  std::string strokes_of;                    // … for this question
  bool pen_down = false;                     // by the keyboard
  float pen_x = 0.5f, pen_y = 0.5f;          // parts of the sheet
  bool follows = false;                      // … and whether the focus goes where the view says
  float table_x = 0;                         // a repeat as a table: how far its columns are scrolled
  std::string browsing;                      // the folder that is shown
};

}  // namespace window
