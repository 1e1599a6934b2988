// Control: how a question wants to be shown, as a plain value. A question type makes it from the question's
// appearance and parameters; the window has one file a kind of control, the terminal and the tests read it
// too.
//
//   Control c = node.type->control(node);
//   if (c.kind == ControlKind::choice_one && c.look == ChoiceLook::likert) …
//
// Words of an appearance that mean nothing on a desktop are passed over: they never refuse a form.
// Source: https://docs.getodk.org/form-question-types/ (read 2026-11-23); FORMS.md has a row each.
#pragma once

#include <cstdint>
#include <string>

namespace definition {

enum class ControlKind : uint8_t {
  hidden,        // calculate, start, today …: no screen
  note,          // text to read
  text_entry,    // one line, or several
  number_entry,  // integer or decimal
  scale,         // a number from a range
  date_entry,
  choice_one,
  choice_many,
  ranking,
  acknowledge,
  not_yet,  // shown, said, can be skipped
  place,    // a point, a line or an area on the earth
  media,    // a picture, a sound, a film, a file
};

enum class ChoiceLook : uint8_t {
  list,       // one below the other; two columns where they are many and short
  columns,    // side by side: Control::columns of them, 0: as many as fit
  pack,       // side by side, each as wide as its words
  likert,     // along a line
  minimal,    // closed until asked for
  search,     // a field that finds
  heading,    // "label": no answer, the heading of a grid
  cells,      // "list-nolabel": a row of a grid
  image_map,  // areas of a picture
  map,        // places of the choices
};
enum class ScaleLook : uint8_t { automatic, slider, stars, picker };
enum class DateParts : uint8_t { day, month, year };  // what is asked; stored whole, the rest as 01
enum class Calendar : uint8_t {
  gregorian,
  ethiopian,
  coptic,
  islamic,
  bikram_sambat,
  buddhist,
  myanmar,
  persian
};
enum class PlaceShape : uint8_t { point, trace, shape };
enum class MediaKind : uint8_t { image, audio, video, file };
enum class Drawing : uint8_t { none, draw, signature, annotate };

struct Control {
  ControlKind kind = ControlKind::hidden;

  // text_entry
  bool multiline = false;
  int rows = 0;          // lines to show; 0: as the screen likes
  bool masked = false;   // shown as bullets
  bool url = false;      // an address to read, not to type
  bool barcode = false;  // from a hand scanner, or typed

  // number_entry
  bool decimal = false;
  bool grouped = false;  // 1 660 000
  bool counter = false;  // one less, one more
  bool bearing = false;  // degrees, 0 to 359

  // date_entry
  bool with_date = true, with_time = false;
  DateParts parts = DateParts::day;
  Calendar calendar = Calendar::gregorian;  // for show beside the date, which is stored as ISO 8601
  bool panel = true;                        // a calendar to choose from

  // choice_one, choice_many, ranking
  ChoiceLook look = ChoiceLook::list;
  int columns = 0;
  bool searchable = false;  // long lists: a field that finds
  bool marks = true;        // no-buttons: the label alone, without its circle or box
  bool advances = false;    // quick: choosing goes on

  // scale
  ScaleLook scale_look = ScaleLook::automatic;
  bool vertical = false, ticks = true;
  double scale_min = 0, scale_max = 10, scale_step = 1;
  double tick_every = 0;       // 0: where there is room
  std::string tick_list = {};  // list whose labels stand under the ticks
  double rests_at = 0;         // where the thumb is before there is an answer …
  bool rests = false;          // … if it is anywhere

  // place
  PlaceShape shape = PlaceShape::point;
  bool charted = false;  // maps, placement-map: a sketch to place it on
  int decimals = 2;  // of a degree, kept: 0.01° is about a kilometre

  // media
  MediaKind media = MediaKind::file;
  Drawing drawing = Drawing::none;
  int most_pixels = 0;     // of a picture's longer side; 0: the program's own bound
  bool voice_only = true;  // sound: small, for speech
  int width = 0;           // w1 … w12 twelfths of a page's width; 0: all of it
};

}  // namespace definition
