// The layer picture is a test: README's diagram, this table and CMake's links are one truth.
#include <doctest/doctest.h>

#include <map>
#include <set>

#include "tests/house/tree.h"

namespace {

// Folder → folders whose headers it may include, itself apart. Exactly the table of the design.
const std::map<std::string, std::set<std::string>> may_include = {
    {"forms/base", {}},
    {"forms/language", {"forms/base"}},
    {"forms/definition", {"forms/base", "forms/language"}},
    {"forms/questions", {"forms/base", "forms/language", "forms/definition"}},
    {"forms/engine", {"forms/base", "forms/language", "forms/definition"}},
    {"sync/seal", {"forms/base"}},
    {"sync/record", {"forms/base", "sync/seal"}},
    {"sync/store", {"forms/base", "sync/seal", "sync/record"}},
    {"sync/exchange", {"forms/base", "sync/seal", "sync/record"}},
    {"sync/transports", {"forms/base"}},  // and sync/exchange/transport.h, below
    {"collector/export",
     {"forms/base", "forms/language", "forms/definition", "forms/questions", "forms/engine", "sync/record"}},
    {"collector/app",
     {"forms/base", "forms/language", "forms/definition", "forms/questions", "forms/engine", "sync/seal",
      "sync/record", "sync/store", "sync/exchange", "sync/transports", "collector/export"}},
    {"collector/text", {"forms/base"}},
    {"collector/window", {"forms/base", "forms/definition", "collector/app", "collector/text"}},
    {"collector/command", {"forms/base", "forms/definition", "collector/app"}},
};

// Headers of others, and the only folder or file that may name them.
const std::vector<std::pair<std::string, std::string>> wrapped = {
    {"sodium", "sync/seal/"},
    {"sqlite3", "sync/store/"},
    {"zlib.h", "sync/record/packed.cpp"},
    {"curl/", "sync/transports/"},
    {"imgui", "collector/window/"},
    {"GLFW/", "collector/window/"},
    {"pango/", "collector/text/"},
    {"cairo", "collector/text/print/"},
    {"png.h", "collector/app/pictures/"},
    {"librsvg/", "collector/app/pictures/svg/"},
    {"turbojpeg.h", "collector/app/pictures/"},
    {"portaudio.h", "collector/app/sound/module/"},
    {"opus", "collector/app/sound/module/"},
    {"sonic.h", "collector/app/sound/module/"},
    {"nettle/", "forms/language/digest.cpp"},
    {"xlsxwriter", "collector/export/spreadsheet.cpp"},
    {"zip.h", "forms/definition/"},
    {"pugixml", "forms/definition/"},
    {"re2/", "forms/language/"},
    {"utf8proc", "forms/base/utf8.cpp"},
    {"CLI/", "collector/command/"},
};

std::string layer_of(const std::string& path) {
  size_t first = path.find('/');
  if (first == std::string::npos) return path;
  size_t second = path.find('/', first + 1);
  return second == std::string::npos ? path.substr(0, first) : path.substr(0, second);
}

struct Include {
  std::string file, target;
  int line = 0;
  bool ours = false;
};

std::vector<Include> includes() {
  std::vector<Include> all;
  for (const house::SourceFile& file : house::sources({"forms", "sync", "collector"})) {
    for (size_t i = 0; i < file.lines.size(); ++i) {
      const std::string& line = file.lines[i];
      if (line.rfind("#include", 0) != 0) continue;
      size_t open = line.find_first_of("\"<");
      size_t close = line.find_first_of("\">", open + 1);
      if (open == std::string::npos || close == std::string::npos) continue;
      all.push_back(
          {file.path, line.substr(open + 1, close - open - 1), static_cast<int>(i) + 1, line[open] == '"'});
    }
  }
  return all;
}

}  // namespace

TEST_CASE("layers: every include points downward") {
  std::vector<Include> all = includes();
  REQUIRE(all.size() > 100);
  int checked = 0;
  for (const Include& include : all) {
    if (!include.ours || include.target.find('/') == std::string::npos) continue;
    std::string from = layer_of(include.file);
    std::string to = layer_of(include.target);
    if (from == to || may_include.count(from) == 0) continue;
    ++checked;
    bool allowed = may_include.at(from).count(to) > 0 ||
                   (from == "sync/transports" && include.target == "sync/exchange/transport.h");
    CHECK_MESSAGE(allowed, include.file, ":", include.line, ": ", from, " may not include ", to,
                  ". Move what you need down into a folder both may see, or pass it in as a value.");
  }
  CHECK(checked > 20);
}

TEST_CASE("layers: every folder of sources stands in the table") {
  for (const house::SourceFile& file : house::sources({"forms", "sync", "collector"})) {
    std::string layer = layer_of(file.path);
    bool main_program = layer == "collector";  // the two programs' main files
    CHECK_MESSAGE(
        (main_program || may_include.count(layer) > 0), file.path,
        ": this folder has no row in the layer table; give it one, or put the file in a folder that has.");
  }
}

TEST_CASE("layers: a library of others is named only where it is wrapped") {
  for (const Include& include : includes()) {
    if (include.ours) continue;
    for (const auto& [header, belongs] : wrapped)
      if (include.target.rfind(header, 0) == 0)
        CHECK_MESSAGE(include.file.rfind(belongs, 0) == 0, include.file, ":", include.line, ": <",
                      include.target, "> belongs behind ", belongs, "; use its interface instead.");
  }
}
