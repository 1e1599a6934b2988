// rihla-collector: the window. Everything it shows stands in collector/window, everything it does in
// collector/app.
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

#include "collector/app/platform.h"
#include "forms/base/memory.h"
#include "collector/window/loop.h"

namespace {

constexpr const char* help =
    "rihla-collector: interviews and the coordinator's desk, in a window\n\n"
    "  --workspace DIR          this laptop's profiles (default: your own data folder)\n"
    "  --profile NAME           open this profile at once, with\n"
    "  --passphrase-file FILE   its passphrase from the file's first line\n"
    "  --practice DIR           practise with the forms of this folder, one folder a form\n"
    "  --language L             interface language: en, fr, ar, tr, nl, zgh (xx: longer, mirrored, for translators)\n"
    "  --theme T                light, dark, contrast\n"
    "  --scale S                1, 1.5, 2 … (default: the screen's)\n"
    "  --size WxH               window size in pixels (default 1280x800)\n"
    "  --opengl N               2 or 3 only (default: 3, else 2)\n"
    "  --shots DIR              draw every screen of a demonstration to PNG and end\n"
    "  --pages N                with --shots: at most so many pages of each form\n"
    "  --dump-registry FILE     for tests: what stands where, after each frame\n";

}  // namespace

int main(int count, char** words) {
  std::signal(SIGPIPE, SIG_IGN);
  app::no_core_dumps();
  window::WindowOptions options;
  options.workspace = app::default_workspace();
  options.fonts = app::program_folder() / "share/fonts";
  options.lists = app::questionnaires_folder() / "lists";
  for (int i = 1; i < count; ++i) {
    std::string word = words[i];
    if (word == "--help" || word == "-h") {
      std::fputs(help, stdout);
      return 0;
    }
    if (i + 1 == count) {
      std::fprintf(stderr,
                   "rihla-collector: error: %s: this word is unknown or needs a value\nrihla-collector: "
                   "hint: --help lists them\n",
                   word.c_str());
      return 2;
    }
    std::string value = words[++i];
    if (word == "--workspace")
      options.workspace = value;
    else if (word == "--profile")
      options.profile = value;
    else if (word == "--language")
      options.language = value;
    else if (word == "--theme")
      options.theme = value;
    else if (word == "--scale")
      options.scale = static_cast<float>(std::atof(value.c_str()));
    else if (word == "--shots")
      options.shots = value;
    else if (word == "--dump-registry")
      options.registry = value;
    else if (word == "--practice")
      options.practice = value;
    else if (word == "--pages")
      options.pages = std::atoi(value.c_str());
    else if (word == "--opengl")
      options.opengl = std::atoi(value.c_str());
    else if (word == "--size")
      std::sscanf(value.c_str(), "%dx%d", &options.width, &options.height);
    else if (word == "--passphrase-file") {
      std::ifstream in(value);
      std::getline(in, options.passphrase);
    } else {
      std::fprintf(
          stderr,
          "rihla-collector: error: %s: this word is unknown\nrihla-collector: hint: --help lists them\n",
          word.c_str());
      return 2;
    }
  }
  try {
    return window::run_window(options);
  } catch (const std::bad_alloc&) {  // what was acknowledged is on disk
    std::fprintf(stderr, "rihla-collector: error: %s\n", base::no_memory().value().detail.c_str());
    return 1;
  }
}
