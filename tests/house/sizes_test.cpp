// A file is one idea. When one grows past the bound, the design is asking for a second room.
#include <doctest/doctest.h>

#include "tests/house/tree.h"

TEST_CASE("sizes: no source is longer than 600 lines, no header than 200") {
  auto all = house::sources({"forms", "sync", "collector", "tests"});
  REQUIRE(all.size() > 20);
  for (const house::SourceFile& file : all) {
    bool header = file.path.size() > 2 && file.path.substr(file.path.size() - 2) == ".h";
    size_t bound = header ? 200 : 600;
    CHECK_MESSAGE(file.lines.size() <= bound, file.path, " has ", file.lines.size(), " lines; ", bound,
                  " is the bound. Give its second idea a file of its own.");
  }
}

TEST_CASE("sizes: the median source stays near 120 lines") {
  std::vector<size_t> lengths;
  for (const house::SourceFile& file : house::sources({"forms", "sync", "collector"}))
    if (file.path.find(".cpp") != std::string::npos) lengths.push_back(file.lines.size());
  REQUIRE(!lengths.empty());
  std::nth_element(lengths.begin(), lengths.begin() + static_cast<long>(lengths.size() / 2), lengths.end());
  CHECK_MESSAGE(lengths[lengths.size() / 2] <= 200, "median ", lengths[lengths.size() / 2]);
}

TEST_CASE("sizes: nothing obeys the machine's locale") {
  const std::vector<std::string> banned = {"std::stod(", "std::stof(", "setlocale(", "std::tolower(", "std::toupper(",
                                           "strtod(", "std::wstring"};
  for (const house::SourceFile& file : house::sources({"forms", "sync", "collector"}))
    for (size_t i = 0; i < file.lines.size(); ++i)
      for (const std::string& word : banned)
        CHECK_MESSAGE(file.lines[i].find(word) == std::string::npos, file.path, ":", i + 1, ": ", word,
                      " obeys the locale; use forms/base/utf8.h or std::from_chars.");
}
