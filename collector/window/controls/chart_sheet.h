// ChartSheet: a chart laid on the screen, as choices of places, a point to be placed and lines use it: what is
// around it (ground, scale, north, closer and farther), and where its spots are for the kit.
//
//   ChartSheet sheet(a, panel, points);   sheet.draw_ground();   kit.circle(sheet.spot(d).x, …);   sheet.keys();
//
// North is up and east on the right in every language: the sheet stands where the reading side says, and is not
// mirrored.
#pragma once

#include <optional>

#include "collector/window/controls/chart.h"
#include "collector/window/controls/control.h"

namespace window {

std::string distance_text(const app::Strings& s, double metres);

class ChartSheet {
 public:
  ChartSheet(Asked& a, Rect r, const std::vector<Degrees>& points, float margin = 44);
  const Chart& chart() const { return chart_; }
  Kit::Spot spot(const Degrees& d) const;  // for the kit
  std::vector<Kit::Spot> spots(const std::vector<Degrees>& points) const;
  bool shows(const Degrees& d, float inset = 0) const;
  bool whole_shows(const Degrees& d, float inset) const;  // without zoom
  std::optional<Chart::Spot> mouse() const;
  void draw_ground() const;   // … and clips to the sheet: end with draw_rim()
  void draw_scale() const;    // and north
  void draw_rim();            // scale, north, and the two buttons; what they ask for counts from the next pass
  void keys();                // + and -
  void hold();                // the mouse moves the sheet
  void bring(const Degrees& d);  // into sight, at this zoom
  bool is_whole() const;

 private:
  void zoom(double factor);
  Asked& a_;
  Rect r_;
  Chart chart_, whole_;
  ChartScratch& look_;
};

}  // namespace window
