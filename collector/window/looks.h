// How things look and what is known of them: the plain values that the kit's functions take and give.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "collector/window/mark.h"
#include "collector/window/theme.h"

namespace window {

struct Widget {
  std::string id, label;
  Rect place;  // as seen: mirrored, logical
  bool enabled = true, focusable = true, field = false;
  std::string state;  // "chosen", "open", "2 of 5": what an eye would see of it; empty: nothing to say
};

enum class Align : uint8_t { start, centre, end };
enum class Look : uint8_t { primary, plain, quiet, chip };

enum class Icon : uint32_t {
  none = 0,
  check,
  back,
  forward,
  translate,
  lock,
  sync,
  home,
  table,
  out,
  pencil,
  alert,
  person,
  form,
  dot,
  merge,
  saved,
  calendar,
  plus,
  minus,
  search,
  down,
  up,
  microphone,
  no_microphone,
  stop,
  pause,
  play,
  replay,
  bookmark,
  clip,
  image,
  file,
  video,
  draw,
  undo,
  trash,
  note,
  grip,
  marker,
  star,
  no_star,
  barcode,
  speaker,
  copy,
  raise,
  lower,
  close,
  twin,
  record,
  folder,
  area,
  compass,
  add,
  card,
  clock,
  disk,
  guardian,
  help,
  info,
  key,
  keyboard,
  list,
  next_blank,
  practise,
  printer,
  settings,
  speak,
  swap,
  withdrawn
};

struct Mist {  // a picture of the window, averaged over cells too large to read in
  int columns = 0, rows = 0;
  std::vector<Colour> corners;  // (columns + 1) · (rows + 1), row after row
};
Mist mist_of(const std::vector<uint8_t>& rgba, int width, int height);  // bottom row first

uint32_t codepoint(Icon icon, bool right_to_left);  // in the icon font; arrows by reading direction

struct TextLook {
  float size = 16;
  bool bold = false;
  Align align = Align::start;
  bool wrap = true;
  bool middle = false;   // vertically, in the rectangle
  bool natural = false;  // the text's own direction decides its side
  bool may_cut = false;  // words of a form or a person: what does not fit may end in …
  int most_lines = 0;    // wrapped: at most so many, the last ends in …; 0: as many as it needs
};

struct FieldLook {
  bool multiline = false, password = false;
  std::string placeholder = {};
  float size = 18.5f;
  bool numeric = false;  // a number, a date: digit keys are digits on every layout, with or without Shift
  bool degrees = false;  // numeric, and ° is itself
  bool left_to_right = false;  // numbers, dates, coordinates: at the interface's side, but never mirrored
  bool sensitive = false;      // what stands in it is not copied
  bool read_only = false;
  std::string label = {};  // what it asks, for the registry; empty: its placeholder
  std::string unit = {};   // shown at the end, never part of the text
};
struct FieldResult {
  bool changed = false, entered = false;
  bool withheld = false;  // a copy that the look does not allow was asked for
};                        // entered: Enter, or Ctrl+Enter in several lines

}  // namespace window
