// Sheet: a page to be printed, the same half twice: the withdrawal card, one for each of two people.
//
//   auto make = reinterpret_cast<text::MakeSheet>(module_function("rihla-print", "rihla_sheet"));
//   text::Sheet sheet{.fonts = folder, .lines = {{"Withdrawal card", 16, true}, {code, 26, true}}};  // size, bold
//   std::string pdf;   bool done = make(sheet, pdf);
//
// A4, PDF, with the fonts that come with the program. What makes it (cairo) is a module beside the program,
// loaded at first use: without it there is no printing, and that is said. Sizes in points.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace text {

struct SheetLine {
  std::string words;
  float size = 11;
  bool bold = false;
  bool right_to_left = false;
};

struct Sheet {
  std::filesystem::path fonts;
  std::vector<SheetLine> lines;  // more than a half holds: all of them smaller
};

using MakeSheet = bool (*)(const Sheet& sheet, std::string& pdf);

}  // namespace text
