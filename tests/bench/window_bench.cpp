// The window's figures: how soon it stands, what a frame and a key cost, what it takes while nothing happens, and
// its memory.
//
//   xvfb-run build/release/tests/bench/window_bench [--size N]      N: rounds of each, at least 3; else 5
//
// Needs a display; says so and ends where there is none. `first_frame` and `idle_cpu_percent` are of the program
// itself, started anew: from the start of the process until its frame has been swapped. Everything else is
// measured in this process, on the same window, kit and desk. `rss_own_mb` is the proportional set size (what is
// shared is divided among those who share it) without the libraries of the graphics driver, which stand in
// `driver_libraries` below; the heap that the driver takes is counted as ours.
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fstream>
#include <functional>
#include <sstream>
#include <thread>

#include "collector/app/demo.h"
#include "collector/app/platform.h"
#include "collector/app/sound/file_sound.h"
#include "collector/window/stage.h"
#include "collector/window/surface.h"
#include "tests/bench/figures.h"

namespace {

namespace fs = std::filesystem;
using definition::ControlKind;
using window::Kit;

constexpr const char* driver_libraries[] = {"libLLVM",   "_dri.so",   "libgallium", "libGL",      "libEGL", "libglapi",
                                            "libdrm",    "libelf",    "libsensors", "libz3",      "libgbm", "libxml2",
                                            "libicudata", "libicuuc", "libedit",    "libtinfo"};
const fs::path questionnaires = fs::path(RIHLA_SOURCE) / "forms/questionnaires";
int rounds = 5;

void print_ms(const char* op, size_t n, std::vector<double> times) {
  std::sort(times.begin(), times.end());
  std::printf(
      "{\"workload\":\"window\",\"op\":\"%s\",\"n\":%zu,\"median_ms\":%.4f,\"min_ms\":%.4f,\"max_ms\":%.4f,"
      "\"times\":%zu,\"peak_rss_mb\":%.1f}\n",
      op, n, times[times.size() / 2], times.front(), times.back(), times.size(), bench::peak_rss_mb());
  std::fflush(stdout);
}

void print_value(const char* op, double value) {
  std::printf("{\"workload\":\"window\",\"op\":\"%s\",\"value\":%.4f}\n", op, value);
  std::fflush(stdout);
}

double now_ms() {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

// The program itself, with a workspace that has profiles.
class Program {
 public:
  Program(const fs::path& workspace, const fs::path& seen) : seen_(seen) {
    fs::remove(seen_);
    std::string binary = (fs::path(RIHLA_BINARY) / "rihla-collector").string();
    started_ = now_ms();
    id_ = fork();
    if (id_ == 0) {
      execl(binary.c_str(), binary.c_str(), "--workspace", workspace.c_str(), "--dump-registry", seen_.c_str(),
            static_cast<char*>(nullptr));
      _exit(127);
    }
  }
  ~Program() {
    kill(id_, SIGKILL);
    waitpid(id_, nullptr, 0);
  }
  double first_frame_ms() {  // its list of widgets is written after the swap
    while (access(seen_.c_str(), F_OK) != 0) {
      if (now_ms() - started_ > 30'000) return -1;
      std::this_thread::sleep_for(std::chrono::microseconds(500));
    }
    return now_ms() - started_;
  }
  double cpu_ms() const {  // of all its threads, from the scheduler's own count
    double sum = 0;
    std::error_code error;
    for (const auto& task : fs::directory_iterator("/proc/" + std::to_string(id_) + "/task", error)) {
      std::ifstream in(task.path() / "schedstat");
      double nanoseconds = 0;
      if (in >> nanoseconds) sum += nanoseconds / 1e6;
    }
    return sum;
  }

 private:
  fs::path seen_;
  pid_t id_ = -1;
  double started_ = 0;
};

struct Memory {
  double whole_mb = 0, own_mb = 0;
};

Memory memory() {
  Memory out;
  std::ifstream in("/proc/self/smaps");
  bool driver = false;
  for (std::string line; std::getline(in, line);) {
    if (line.find('-') != std::string::npos && line.find("kB") == std::string::npos) {
      driver = std::any_of(std::begin(driver_libraries), std::end(driver_libraries),
                           [&](const char* name) { return line.find(name) != std::string::npos; });
      continue;
    }
    std::istringstream words(line);
    std::string name;
    double kilobytes = 0;
    words >> name >> kilobytes;
    if (name == "Rss:") out.whole_mb += kilobytes / 1024;
    if (name == "Pss:" && !driver) out.own_mb += kilobytes / 1024;
  }
  return out;
}

app::QuestionView long_list(size_t count) {
  app::QuestionView q;
  q.id = "q";
  q.label = "Which place?";
  q.control.kind = ControlKind::choice_one;
  for (size_t n = 0; n < count; ++n)
    q.choices.push_back({"v" + std::to_string(n), "Place number " + std::to_string(n), "", false, 0});
  return q;
}

// One interview, page after page, answered somehow.
class Interviewer {
 public:
  Interviewer(window::Stage& stage) : stage_(stage) {}
  const app::InterviewView* view() const { return std::get_if<app::InterviewView>(&stage_.desk().screen()); }
  void answer() {
    std::vector<app::QuestionView> questions = view()->questions;
    for (const app::QuestionView& q : questions) {
      if (!q.choices.empty() && !q.answered) {
        const app::ChoiceView* pick = &q.choices[0];
        for (const app::ChoiceView& choice : q.choices)
          if (choice.value == "yes") pick = &choice;
        stage_.apply(app::ToggleChoice{q.id, pick->value});
      } else if (q.control.kind == ControlKind::number_entry) {
        stage_.apply(app::Answer{q.id, q.id == "age_years" ? "34" : "2"});
      }
    }
    if (view() && view()->consent && view()->consent->card) stage_.apply(app::HandOverCard{});
    stage_.apply(app::NextPage{true});
  }
  bool find_text() {  // on to the next page with one text field, the caret in it
    for (int n = 0; n < 60 && view(); ++n) {
      if (view()->questions.size() == 1 && view()->questions[0].control.kind == ControlKind::text_entry &&
          !view()->questions[0].read_only && view()->questions[0].id != "case_code") {
        stage_.draw();
        return true;
      }
      answer();
    }
    return false;
  }
  std::string find_audio() {  // on to the next answer that is recorded
    for (int n = 0; n < 120 && view(); ++n) {
      for (const app::QuestionView& q : view()->questions)
        if (q.control.kind == ControlKind::media && q.control.media == definition::MediaKind::audio) return q.id;
      answer();
    }
    return {};
  }

 private:
  window::Stage& stage_;
};

void program_figures(const fs::path& workspace, const fs::path& folder) {
  std::vector<double> first;
  for (int n = 0; n < rounds; ++n) {
    Program program(workspace, folder / "seen");
    double ms = program.first_frame_ms();
    if (ms > 0) first.push_back(ms);
  }
  if (!first.empty()) print_ms("first_frame", 1, first);
  Program program(workspace, folder / "seen");
  if (program.first_frame_ms() < 0) return;
  double seconds = rounds < 5 ? 2 : 10;
  std::this_thread::sleep_for(std::chrono::seconds(2));
  double before = program.cpu_ms();
  double from = now_ms();
  std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
  print_value("idle_cpu_percent", 100 * (program.cpu_ms() - before) / (now_ms() - from));
}

void kit_figures(window::Surface& surface, Kit& kit, text::Shaper& shaper) {
  std::vector<double> frame, build;
  for (int n = 0; n < rounds + 2; ++n) {
    double built = 0;
    double from = now_ms();
    surface.draw(kit, shaper, [&] {
      double begun = now_ms();
      kit.begin(nullptr);
      kit.fill({0, 0, kit.width(), kit.height()}, kit.look().ground);
      for (int i = 0; i < 200; ++i) {
        std::string name = "Widget number " + std::to_string(i + 1);
        kit.button("w" + std::to_string(i),
                   {8 + static_cast<float>(i % 8) * 158, 8 + static_cast<float>(i / 8) * 31, 150, 28}, name,
                   window::Look::plain);
      }
      kit.end();
      built = now_ms() - begun;
    });
    surface.finish();
    if (n >= 2) {  // warm: the glyphs are in the atlas
      frame.push_back(now_ms() - from);
      build.push_back(built);
    }
  }
  print_ms("frame_200_widgets", 200, frame);
  print_ms("build_200_widgets", 200, build);

  app::InterviewView view;
  view.title = "Form";
  view.languages = {"English"};
  view.questions = {long_list(10'000)};
  view.focus = "q";
  view.pages = 1;
  app::Screen screen = view;
  app::Frame frame_around;
  app::Strings strings("en");
  window::Scratch scratch;
  build.clear();
  for (int n = 0; n < rounds + 2; ++n) {
    double built = 0;
    surface.draw(kit, shaper, [&] {
      double begun = now_ms();
      kit.begin(nullptr);
      window::draw(kit, strings, frame_around, screen, scratch);
      kit.end();
      built = now_ms() - begun;
    });
    if (n >= 2) build.push_back(built);
  }
  print_ms("build_10000_choices", 10'000, build);
}

// A form of so many questions: what turning a page and drawing it costs.
void scale_figures(window::Surface& surface, Kit& kit, text::Shaper& shaper, const fs::path& folder,
                   app::Surroundings around) {
  for (size_t count : {100u, 1'000u, 5'000u}) {
    if (rounds < 5 && count > 1'000) continue;
    fs::path form = folder / "scale" / std::to_string(count) / "long";
    fs::create_directories(form);
    {
      std::ofstream survey(form / "survey.csv");
      survey << "type,name,label::English (en)\n";
      for (size_t n = 0; n < count; ++n) {
        if (n % 20 == 0) survey << "begin_group,g" << n / 20 << ",Section " << n / 20 << "\n";
        survey << "text,q" << n << ",Question " << n << "\n";
        if (n % 20 == 19) survey << "end_group,,\n";
      }
      std::ofstream settings(form / "settings.csv");
      settings << "form_title,form_id,version,default_language\nLong,long,1,English (en)\n";
    }
    around.practice = form.parent_path();
    auto desk = app::Desk::open(folder / "none", around);
    window::Stage stage(*desk, kit, shaper);
    desk->apply(app::Practise{});
    desk->apply(app::NewInterview{"long"});
    if (!std::holds_alternative<app::InterviewView>(desk->screen())) {
      std::fprintf(stderr, "window_bench: the form of %zu questions did not open\n", count);
      continue;
    }
    std::vector<double> turn, build;
    for (int n = 0; n < 4 * rounds; ++n) {
      turn.push_back(bench::once_ms([&] { stage.apply(app::NextPage{true}); }));
      surface.draw(kit, shaper, [&] { stage.draw(); });
      surface.draw(kit, shaper, [&] { build.push_back(bench::once_ms([&] { stage.draw(); })); });
    }
    print_ms("turn_page", count, turn);
    print_ms("build_page", count, build);
  }
}

double process_cpu_ms() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

// Heard in real time from a file, encoded, sealed and stored part by part, its clock and level drawn twice a second.
void recording_figure(window::Surface& surface, Kit& kit, text::Shaper& shaper, window::Stage& stage,
                      sound::FileSound& heard) {
  stage.apply(app::NewInterview{"twinlearn_staff"});
  Interviewer interviewer(stage);
  std::string question = interviewer.find_audio();
  if (question.empty()) {
    std::fprintf(stderr, "window_bench: nothing can be recorded here\n");
    return;
  }
  surface.draw(kit, shaper, [&] { stage.draw(); });
  stage.apply(app::Record{question});
  double seconds = rounds < 5 ? 2 : 10;
  double begun = now_ms();
  double before = process_cpu_ms();
  double let_pass = 0;
  while (now_ms() - begun < seconds * 1000) {
    std::this_thread::sleep_for(std::chrono::milliseconds(40));
    auto due = static_cast<int64_t>(now_ms() - begun - let_pass);
    heard.advance(due);
    let_pass += static_cast<double>(due);
    if (!stage.desk().poll()) continue;
    surface.draw(kit, shaper, [&] { stage.draw(); });
    surface.show();
  }
  double percent = 100 * (process_cpu_ms() - before) / (now_ms() - begun);
  stage.apply(app::EndRecording{});
  bool kept = interviewer.view() && std::any_of(interviewer.view()->questions.begin(), interviewer.view()->questions.end(),
                                                [&](const app::QuestionView& q) { return q.id == question && q.answered; });
  if (kept)
    print_value("recording_cpu_percent", percent);
  else
    std::fprintf(stderr, "window_bench: the recording was not kept\n");
}

int interview_figures(const fs::path& workspace, const fs::path& folder) {
  auto shaper = text::Shaper::open(fs::path(RIHLA_BINARY) / "share/fonts");
  auto surface = window::Surface::open({1280, 800, true, 0});
  if (!shaper || !surface) return 1;
  Kit kit(**shaper, window::light);
  base::ManualClock clock(*base::parse_instant("2026-11-24T09:00:00Z", 0), 60);
  auto random = app::system_random();
  sound::FileSound heard(sound::tone(220, 60'000, 0.2), app::sound_module());
  app::Surroundings around{&clock, random.get(), questionnaires / "lists", {}, [&]() -> sound::System* { return &heard; }, {}};
  {
    auto desk = app::Desk::open(workspace, around);
    window::Stage stage(*desk, kit, **shaper);
    desk->apply(app::ChangeInterface{"fr"});
    desk->apply(app::Unlock{"amina", std::string(app::demo_passphrase)});
    desk->wait();
    desk->apply(app::NewInterview{"twinlearn_staff"});
    Interviewer interviewer(stage);
    if (!interviewer.find_text()) {
      std::fprintf(stderr, "window_bench: no text question was found\n");
      return 1;
    }
    std::string question = interviewer.view()->questions[0].id;
    std::vector<double> keystroke, frame;
    std::string typed;
    for (int n = 0; n < 8 * rounds; ++n) {
      (*surface)->draw(kit, **shaper, [&] { stage.draw(); });
      window::Input input;
      input.kind = window::Input::Kind::character;
      input.character = static_cast<uint32_t>('a' + n % 26);
      typed += static_cast<char>(input.character);
      keystroke.push_back(bench::once_ms([&] { stage.pass(input); }));
      if (interviewer.view()->questions[0].value != typed || !interviewer.view()->questions[0].saved) {
        std::fprintf(stderr, "window_bench: a keystroke was not stored\n");
        return 1;
      }
      double from = now_ms();
      (*surface)->draw(kit, **shaper, [&] { stage.draw(); });
      (*surface)->show();
      (*surface)->finish();
      frame.push_back(now_ms() - from);
    }
    print_ms("keystroke_to_stored", keystroke.size(), keystroke);
    print_ms("frame_interview", frame.size(), frame);
    for (int page = 0; page < 40 && interviewer.view(); ++page) {  // a good part of an interview, all drawn
      (*surface)->draw(kit, **shaper, [&] { stage.draw(); });
      (*surface)->show();
      (*shaper)->forget_unused();
      interviewer.answer();
    }
    Memory now = memory();
    print_value("rss_mb", now.whole_mb);
    print_value("rss_own_mb", now.own_mb);
    recording_figure(**surface, kit, **shaper, stage, heard);
  }
  kit_figures(**surface, kit, **shaper);
  scale_figures(**surface, kit, **shaper, folder, around);
  return 0;
}

}  // namespace

int main(int count, char** words) {
  if (size_t size = bench::size_of(count, words); size > 0) rounds = std::max(3, static_cast<int>(size));
  if (!std::getenv("DISPLAY") && !std::getenv("WAYLAND_DISPLAY")) {
    std::printf("SKIPPED: the window's figures: there is no display here\n");
    return 0;
  }
  char name[] = "/tmp/rihla-window-bench-XXXXXX";
  if (!mkdtemp(name)) return 1;
  fs::path folder = name;
  pid_t maker = fork();  // the demonstration is made elsewhere: its memory is not the window's
  if (maker == 0) {
    auto made = app::run_demo(folder, {.devices = 2, .interviews = 8, .seed = 1}, questionnaires, {});
    _exit(made ? 0 : 1);
  }
  int status = 1;
  waitpid(maker, &status, 0);
  int result = 1;
  if (status == 0) {
    program_figures(folder / "workspace", folder);
    result = interview_figures(folder / "workspace", folder);
  } else {
    std::fprintf(stderr, "window_bench: the demonstration could not be made\n");
  }
  std::error_code ignored;
  fs::remove_all(folder, ignored);
  return result;
}
