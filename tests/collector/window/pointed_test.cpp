// Choices pointed at in a picture or on a map: by keys alone, by a click, mirrored, and where the picture fails.
#include "collector/app/devices.h"
#include "collector/window/controls/outline.h"
#include "tests/collector/window/held.h"

using namespace support;
using definition::ChoiceLook;
using definition::ControlKind;

namespace {

// 40 × 20: v1 is the left half, v2 a U on the right whose middle is not its own, v3 has no area.
std::shared_ptr<const app::VectorPicture> some_areas(size_t choices = 3) {
  app::Picture picture = app::blank_picture(40, 20, 0xffffffff);
  std::vector<uint16_t> part(40 * 20);
  for (size_t y = 0; y < 20; ++y)
    for (size_t x = 0; x < 40; ++x) part[y * 40 + x] = x < 18 ? 1 : x >= 20 && (x < 24 || x >= 36 || y >= 16) ? 2 : 0;
  auto read = app::read_vector(app::vector_answer(picture, part), choices);
  REQUIRE(read);
  return std::make_shared<const app::VectorPicture>(std::move(*read));
}

app::QuestionView image_map(ControlKind kind = ControlKind::choice_one, int choices = 3) {
  app::QuestionView q = question("q", kind, choices);
  q.control.look = ChoiceLook::image_map;
  q.areas = some_areas(static_cast<size_t>(choices));
  return q;
}

app::QuestionView map_of(std::vector<std::string> places) {
  app::QuestionView q = question("q", ControlKind::choice_one, static_cast<int>(places.size()));
  q.control.look = ChoiceLook::map;
  for (size_t n = 0; n < places.size(); ++n) q.choices[n].place = places[n];
  return q;
}

const std::vector<std::string> sites = {"34.03 -5 0 0", "34.01 -6.83 0 0", "",
                                        "33 -6 0 0;33.3 -6 0 0;33.3 -5.5 0 0;33 -5.5 0 0;33 -6 0 0",
                                        "34.4 -6.5 0 0;34.4 -5.2 0 0"};

const Widget* widget(Bench& bench, const std::string& id) {
  for (const Widget& w : bench.kit->registry())
    if (w.id == id) return &w;
  return nullptr;
}

Events click(Bench& bench, float x, float y) {
  Input i;
  i.x = x;
  i.y = y;
  for (Input::Kind kind : {Input::Kind::move, Input::Kind::press}) {
    i.kind = kind;
    Events events = bench.pass(&i);
    if (kind == Input::Kind::press) {
      i.kind = Input::Kind::release;
      bench.pass(&i);
      bench.pass();
      return events;
    }
  }
  return {};
}

std::string chosen_in(const Events& events) {
  std::string out;
  for (const app::Event& e : events)
    if (const auto* toggle = std::get_if<app::ToggleChoice>(&e)) out += toggle->value;
  return out;
}

Rect place_of(Bench& bench, const std::string& id) {
  const Widget* w = widget(bench, id);
  REQUIRE_MESSAGE(w, id);
  return w->place;
}

}  // namespace

TEST_CASE("image map: a click in an area chooses it, beside it nothing, whichever way the page reads") {
  for (bool rtl : {false, true}) {
    CAPTURE(rtl);
    Bench bench(interview({image_map()}), false, rtl);
    Rect left = place_of(bench, "area.q.v1"), right = place_of(bench, "area.q.v2");
    CHECK(left.x < right.x);  // the picture is not mirrored …
    bool list_is_left = place_of(bench, "choice.q.v1").x < left.x;
    CHECK(list_is_left == rtl);  // … its list is
    CHECK(chosen_in(click(bench, left.x + left.w / 2, left.y + left.h / 2)) == "v1");
    CHECK(bench.kit->focus() == "choice.q.v1");  // from here the arrows go on
    CHECK(chosen_in(click(bench, right.x + 3, right.y + 5)) == "v2");
    CHECK(chosen_in(click(bench, right.x + right.w / 2, right.y + right.h / 3)).empty());  // inside the U
    CHECK_FALSE(widget(bench, "area.q.v3"));
    CHECK(widget(bench, "choice.q.v3"));
  }
}

TEST_CASE("image map: digits, arrows, Space and Enter choose without the mouse, what has no area too") {
  Bench bench(interview({image_map(ControlKind::choice_many)}));
  CHECK(chosen_in(bench.press(Key::digit, false, 2)) == "v2");
  CHECK(chosen_in(bench.press(Key::digit, false, 3)) == "v3");
  bench.press(Key::down);
  CHECK(bench.kit->focus() == "choice.q.v1");
  REQUIRE(widget(bench, "area.q.v1"));
  CHECK(widget(bench, "area.q.v1")->state == "pointed");  // seen in the picture where the keyboard is
  CHECK(chosen_in(bench.press(Key::space)) == "v1");
  bench.press(Key::down);
  CHECK(chosen_in(bench.press(Key::enter)) == "v2");
}

TEST_CASE("image map: what is chosen has a tick, not its colour alone; the areas are no stop for Tab") {
  app::QuestionView q = image_map();
  q.choices[1].chosen = true;
  q.answered = true;
  Bench bench(interview({q}));
  CHECK(widget(bench, "area.q.v2")->state == "chosen");
  CHECK(widget(bench, "choice.q.v2")->state == "chosen");
  for (const std::string& id : bench.walk()) CHECK(id.rfind("area.", 0) != 0);
  CHECK(chosen_in(bench.press(Key::digit, false, 1)) == "v1");
}

TEST_CASE("image map: read only it shows what is chosen and takes nothing") {
  app::QuestionView q = image_map();
  q.read_only = true;
  Bench bench(interview({q}));
  Rect left = place_of(bench, "area.q.v1");
  CHECK(click(bench, left.x + 20, left.y + 20).empty());
  CHECK(bench.press(Key::digit, false, 1).empty());
}

TEST_CASE("image map: twenty choices keep their two digits; the picture stays in sight while the list scrolls") {
  Bench bench(interview({image_map(ControlKind::choice_one, 20)}));
  CHECK(bench.press(Key::digit, false, 1).empty());
  CHECK(chosen_in(bench.press(Key::digit, false, 9)) == "v19");
  bench.pass();
  Rect card = place_of(bench, "choice.q.v19"), area = place_of(bench, "area.q.v1");
  CHECK(card.y + card.h <= high);
  CHECK(area.y >= 60);
  CHECK(area.y + area.h <= high);
}

TEST_CASE("image map: a hundred and fifty choices are found by a field, the picture beside it") {
  Bench bench(interview({image_map(ControlKind::choice_one, 150)}));
  CHECK(bench.kit->focus() == "search.q");
  CHECK(widget(bench, "area.q.v1"));
}

TEST_CASE("image map: without a picture there is the list, by digits") {
  app::QuestionView q = image_map();
  q.areas = nullptr;
  q.remark = "No picture.";
  Bench bench(interview({q}));
  CHECK_FALSE(widget(bench, "area.q.v1"));
  CHECK(chosen_in(bench.press(Key::digit, false, 3)) == "v3");
}

TEST_CASE("outline: an area's edge is of two tones, its inside tinted, and what is not its own is clear") {
  auto areas = some_areas();
  app::Picture lying = outline_of(*areas, 2, {.thick = 1, .edge = 0xff0000ff, .halo = 0xffffffff, .tint = 0xff00ff00});
  REQUIRE(lying.width == 20);
  REQUIRE(lying.height == 20);
  auto alpha = [&](size_t x, size_t y) { return lying.rgba[(y * 20 + x) * 4 + 3]; };
  CHECK(alpha(0, 0) == 255);
  CHECK(alpha(10, 5) == 0);  // inside the U
  CHECK(outline_of(*areas, 3, {}).rgba.empty());
}

TEST_CASE("map: a click on a marker, a line or an area chooses it; a choice without a place stands in the list") {
  for (bool rtl : {false, true}) {
    CAPTURE(rtl);
    Bench bench(interview({map_of(sites)}), false, rtl);
    Rect fes = place_of(bench, "area.q.v1"), rabat = place_of(bench, "area.q.v2");
    CHECK(rabat.right() < fes.x);  // east is on the right in every language
    CHECK_FALSE(widget(bench, "area.q.v3"));
    CHECK(widget(bench, "choice.q.v3"));
    CHECK(chosen_in(click(bench, fes.x + 12, fes.y + 12)) == "v1");
    CHECK(bench.kit->focus() == "choice.q.v1");
    Rect field = place_of(bench, "area.q.v4");
    CHECK(chosen_in(click(bench, field.x + 12, field.y - 8)) == "v4");  // in the area, beside its number
    Rect road = place_of(bench, "area.q.v5");
    CHECK(chosen_in(click(bench, road.x + 60, road.y + 12)) == "v5");
    CHECK(chosen_in(click(bench, road.x + 60, road.y + 45)).empty());
  }
}

TEST_CASE("map: digits and arrows choose; + and - change the scale, and what the keyboard is at stays in sight") {
  Bench bench(interview({map_of(sites)}));
  CHECK(chosen_in(bench.press(Key::digit, false, 3)) == "v3");
  Rect before = place_of(bench, "area.q.v2");
  float between = place_of(bench, "area.q.v1").x - before.x;
  bench.press(Key::down);
  bench.press(Key::down);
  REQUIRE(bench.kit->focus() == "choice.q.v2");
  for (int n = 0; n < 6; ++n) {
    bench.press(Key::none);
    bench.character('+');
  }
  bench.pass();
  CHECK(widget(bench, "area.q.v2"));
  CHECK_FALSE(widget(bench, "area.q.v1"));  // far away now
  bench.press(Key::up);
  bench.pass();
  CHECK(widget(bench, "area.q.v1"));  // the map went with the keyboard
  for (int n = 0; n < 8; ++n) {
    bench.press(Key::none);
    bench.character('-');
  }
  bench.pass();
  CHECK(place_of(bench, "area.q.v1").x - place_of(bench, "area.q.v2").x == doctest::Approx(between));
}

TEST_CASE("map: on AZERTY the key of 6 writes a minus: it chooses, and the map stays as it is") {
  std::vector<std::string> many;
  for (int n = 0; n < 7; ++n) many.push_back("34." + std::to_string(n) + " -5." + std::to_string(n) + " 0 0");
  Bench bench(interview({map_of(many)}));
  bench.press(Key::none);
  bench.character('+');
  Rect before = place_of(bench, "area.q.v4");
  CHECK(chosen_in(bench.press(Key::digit, false, 6)) == "v6");
  bench.character('-');
  CHECK(place_of(bench, "area.q.v4").x == before.x);
}

TEST_CASE("map: the buttons change the scale for the mouse and for Tab; farther than everything there is nothing") {
  Bench bench(interview({map_of(sites)}));
  CHECK_FALSE(widget(bench, "map.out.q")->enabled);
  float before = place_of(bench, "area.q.v1").x - place_of(bench, "area.q.v2").x;
  bench.kit->focus("map.in.q");
  bench.press(Key::space);
  bench.pass();
  CHECK(widget(bench, "map.out.q")->enabled);
  bench.kit->focus("map.out.q");
  bench.press(Key::enter);
  bench.pass();
  CHECK(place_of(bench, "area.q.v1").x - place_of(bench, "area.q.v2").x == doctest::Approx(before));
}

TEST_CASE("map: without a single place there is the list") {
  Bench bench(interview({map_of({"", "", "rabbit"})}));
  bench.screen = interview({map_of({"", "", ""})});
  bench.pass();
  bench.pass();
  CHECK_FALSE(widget(bench, "map.in.q"));
  CHECK(chosen_in(bench.press(Key::digit, false, 2)) == "v2");
}

TEST_CASE("a real form: its picture is drawn, an area is clicked, one key takes another; one that is gone is said") {
  if (!app::has_part("rihla-svg")) {
    MESSAGE("SKIPPED: rihla-svg was not built (librsvg2-dev is absent)");
    return;
  }
  Held held("fr");
  held.go("areas");
  REQUIRE(held.question("areas").areas);
  held.click("area.areas.school");
  CHECK(held.value("areas") == "school");
  const Widget* hall = held.widget("area.areas.hall");  // drawn as a line: what it encloses is meant
  REQUIRE(hall);
  held.click("area.areas.hall");
  CHECK(held.value("areas") == "hall");
  CHECK_FALSE(held.widget("area.areas.home"));
  held.digit(6);
  CHECK(held.value("areas") == "home");
  held.go("areas_many");
  held.click("area.areas_many.park");
  held.digit(3);
  CHECK(held.value("areas_many") == "park market");
  held.go("areas_gone");
  CHECK_FALSE(held.question("areas_gone").areas);
  CHECK(held.shows(app::Strings("fr").tr("image_map.missing.remark")));
  held.digit(2);
  CHECK(held.value("areas_gone") == "park");
}

TEST_CASE("a real form: choices with a geometry stand on the map, and are chosen there") {
  Held held("fr");
  held.go("sites");
  CHECK(held.question("sites").choices[0].place == "34.03 -5 0 0");
  held.click("area.sites.fes");
  CHECK(held.value("sites") == "fes");
  held.digit(7);
  CHECK(held.value("sites") == "forest");
  held.digit(8);
  CHECK(held.value("sites") == "abroad");
}

TEST_CASE("a real form: a picture that is broken, or asks for what is outside, is a list or has its areas; never a dead end") {
  std::string survey = "type,name,label::English (en),appearance,image\nselect_one yn,q,Where?,image-map,bad.svg\n";
  struct Row {
    const char* svg;
    bool drawn;
  };
  const Row rows[] = {{"<svg xmlns='http://www.w3.org/2000/svg'><rect id='yes'", false},
                      {"not a picture at all", false},
                      {"", false},
                      {"<svg xmlns='http://www.w3.org/2000/svg' width='9000000000' height='1'/>", false},
                      {"<svg xmlns='http://www.w3.org/2000/svg' width='900000' height='900000'><image href='file:///etc/hostname' "
                       "width='900000' height='900000'/><rect id='yes' width='400000' height='900000'/></svg>",
                       true}};
  for (const Row& row : rows) {
    CAPTURE(row.svg);
    Held held(Sheets{.survey = survey, .files = {{"bad.svg", row.svg}}});
    if (row.drawn && app::has_part("rihla-svg")) {
      REQUIRE(held.question("q").areas);
      held.click("area.q.yes");
    } else {
      CHECK_FALSE(held.question("q").areas);
      CHECK_FALSE(held.question("q").remark.empty());
      held.digit(1);
    }
    CHECK(held.value("q") == "yes");
  }
}

TEST_CASE("a point on its sketch: it shows with a point, arrows and clicks move it, and it says how far from where") {
  Held held("fr");
  held.go("placed");
  CHECK_FALSE(held.widget("map.placed"));
  held.type("34.10, -5");
  held.key(Key::tab);
  REQUIRE(held.widget("map.placed"));
  CHECK(held.shows("À 8 km de Fès"));
  held.kit->focus("map.placed");
  held.key(Key::up);
  std::string north = held.value("placed");
  double latitude = std::stof(north);
  CHECK(latitude > 34.1);
  CHECK(north.find(" -5 ") != std::string::npos);
  held.key(Key::right);
  CHECK(held.value("placed").find(" -4.9") != std::string::npos);
  const Widget* sheet = held.widget("map.placed");
  held.mouse(Input::Kind::press, sheet->place.x + sheet->place.w / 2, sheet->place.y + sheet->place.h * 0.75f);
  held.mouse(Input::Kind::release, sheet->place.x + sheet->place.w / 2, sheet->place.y + sheet->place.h * 0.75f);
  CHECK(std::stof(held.value("placed")) < 34.1f);  // south of the middle
  held.kit->focus("map.placed");
  held.key(Key::enter);
  CHECK(held.view().focus != "placed");  // Enter goes on
}

TEST_CASE("choices with pictures show them, and their words beside them, in lists and in columns") {
  Held held("fr");
  for (const char* id : {"pictures", "pictures_columns"}) {
    held.go(id);
    REQUIRE(held.question(id).choices[0].picture);
    auto marks = held.marks();
    CHECK(std::count_if(marks.begin(), marks.end(), [](const Mark& m) { return m.colour == 0xff808080; }) == 2);
    CHECK(held.shows("Sous un arbre"));
    held.digit(2);
    CHECK(held.value(id) == "house");
  }
}
