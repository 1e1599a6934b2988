// Gallery: every page of a form as pictures, empty and answered, for people who look at screens.
//
//   gallery FORMS FORM OUT LANGUAGE THEME [SCALE [WIDTHxHEIGHT]]
//
// FORMS is a folder of forms, FORM one of them. A hidden window on any display (Xvfb will do); answers are made
// up by the kind of control. Not part of the verdict: a tool, and the pictures a test may keep.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <thread>

#include "collector/app/platform.h"
#include "collector/app/sound/file_sound.h"
#include "collector/window/picture.h"
#include "collector/window/stage.h"
#include "collector/window/surface.h"

namespace {

using definition::ControlKind;

void answer(window::Stage& stage) {
  const auto* view = std::get_if<app::InterviewView>(&stage.desk().screen());
  if (!view) return;
  std::vector<app::QuestionView> questions = view->questions;
  for (const app::QuestionView& q : questions) {
    const definition::Control& c = q.control;
    if (!q.choices.empty()) {
      stage.apply(app::ToggleChoice{q.id, q.choices[q.choices.size() > 1 ? 1 : 0].value});
      if (c.kind != ControlKind::choice_one) stage.apply(app::ToggleChoice{q.id, q.choices[0].value});
    } else if (c.kind == ControlKind::number_entry) {
      stage.apply(app::Answer{q.id, c.bearing ? "60" : c.grouped ? "12500.75" : "12"});
    } else if (c.kind == ControlKind::scale) {
      stage.apply(
          app::Answer{q.id, std::to_string(static_cast<int>(c.scale_min + (c.scale_max - c.scale_min) / 2))});
    } else if (c.kind == ControlKind::date_entry) {
      stage.apply(app::Answer{q.id, !c.with_date  ? "14:30"
                                    : c.with_time ? "24/11/2026 14:30"
                                                  : "24/11/2026"});
    } else if (c.kind == ControlKind::text_entry) {
      stage.apply(
          app::Answer{q.id, c.multiline ? "Tout a commencé en 2016.\nثم جاءت الجمعية الأولى." : "Fès, فاس"});
    } else if (c.kind == ControlKind::place) {
      stage.apply(app::Answer{q.id, c.shape == definition::PlaceShape::point
                                        ? "33.97159 -6.84981"
                                        : "33.971 -6.849; 33.975 -6.845; 33.973 -6.838; 33.968 -6.843"});
    } else if (c.kind == ControlKind::media && c.media == definition::MediaKind::image) {
      stage.apply(app::AttachFile{q.id, std::filesystem::path(RIHLA_SOURCE) / "assets/screenshots/home.png"});
      stage.desk().wait();
      if (c.drawing == definition::Drawing::signature || c.drawing == definition::Drawing::draw)
        stage.apply(app::Draw{
            q.id, {{0.1f, 0.8f, 0.2f, 0.3f, 0.3f, 0.7f, 0.4f, 0.4f, 0.6f, 0.6f, 0.9f, 0.5f}}, 0.4f, ""});
    } else if (c.kind == ControlKind::media && c.media == definition::MediaKind::audio) {
      stage.apply(app::Record{q.id});
    } else if (c.kind == ControlKind::acknowledge) {
      stage.apply(app::Answer{q.id, "OK"});
    }
  }
}

}  // namespace

int main(int count, char** words) {
  if (count < 6) return 2;
  std::string out = words[3];
  float scale = count > 6 ? static_cast<float>(std::atof(words[6])) : 1;
  int width = 1280;
  int height = 800;
  if (count > 7) std::sscanf(words[7], "%dx%d", &width, &height);
  auto shaper = text::Shaper::open(std::filesystem::path(RIHLA_BINARY) / "share/fonts");
  auto surface = window::Surface::open({width, height, false, 0});
  if (!shaper || !surface) {
    std::fprintf(stderr, "gallery: no display or no fonts\n");
    return 1;
  }
  (*surface)->hand.scale = scale;
  window::Kit kit(**shaper, window::theme_named(words[5]));
  base::SystemClock clock;
  auto random = app::system_random();
  sound::FileSound heard(sound::tone(220, 60'000, 0.2), app::sound_module());
  auto desk =
      app::Desk::open(std::filesystem::path(out) / "none",
                      {&clock, random.get(), {}, words[1], [&]() -> sound::System* { return &heard; }});
  window::Stage stage(*desk, kit, **shaper);
  desk->apply(app::ChangeInterface{words[4]});
  desk->apply(app::Practise{});
  desk->apply(app::NewInterview{words[2]});
  std::filesystem::create_directories(out);
  auto picture = [&](const std::string& name) {
    (*surface)->draw(kit, **shaper, [&] { stage.draw(); });
    int w = 0;
    int h = 0;
    std::vector<uint8_t> pixels = (*surface)->pixels(w, h);
    window::write_picture(std::filesystem::path(out) / (name + ".png"), pixels, w, h);
    (*shaper)->forget_unused();
  };
  for (int page = 0; page < 120; ++page) {
    const auto* view = std::get_if<app::InterviewView>(&desk->screen());
    if (!view) break;
    std::string name = view->questions.empty() ? "repeat" : view->questions.front().id;
    for (char& c : name)
      if (c == '/' || c == '[' || c == ']') c = '-';
    picture(name);
    if (name == "repeat" && view->repeat && view->repeat->instances.size() < 3) {
      stage.apply(app::AddInstance{view->repeat->id, view->repeat->parent});
      continue;
    }
    answer(stage);
    picture(name + "+");
    if (name == "audio") {  // recording, silent, paused, kept, heard; and the microphone tried
      auto pass_time = [&](int64_t ms) {
        for (int64_t t = 0; t < ms; t += 250) {
          heard.advance(250);
          std::this_thread::sleep_for(std::chrono::milliseconds(60));
          desk->poll();
        }
      };
      pass_time(4000);
      picture("audio+recording");
      stage.apply(app::MarkRecording{});
      stage.apply(app::PauseRecording{});
      pass_time(500);
      picture("audio+paused");
      stage.apply(app::EndRecording{});
      picture("audio+kept");
      stage.apply(app::Play{name});
      pass_time(500);
      picture("audio+heard");
      stage.apply(app::Detach{name});
      stage.apply(app::TestMicrophone{});
      pass_time(1500);
      picture("audio+testing");
      pass_time(3000);
      picture("audio+tested");
      stage.apply(app::StopPlaying{});
      stage.apply(app::Browse{name, std::string(RIHLA_SOURCE)});
      picture("audio+browser");
      stage.apply(app::CloseBrowser{});
    }
    stage.apply(app::NextPage{true});
  }
  return 0;
}
