// The project's own source files, as text, for the tests that hold its rules.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace house {

struct SourceFile {
  std::string path;  // from the root: "sync/seal/envelope.cpp"
  std::vector<std::string> lines;
};

inline std::vector<SourceFile> sources(const std::vector<std::string>& folders) {
  std::vector<SourceFile> all;
  const std::filesystem::path root = RIHLA_SOURCE;
  for (const std::string& folder : folders) {
    if (!std::filesystem::exists(root / folder)) continue;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root / folder)) {
      std::string extension = entry.path().extension().string();
      if (!entry.is_regular_file() || (extension != ".h" && extension != ".cpp")) continue;
      SourceFile file{std::filesystem::relative(entry.path(), root).generic_string(), {}};
      std::ifstream in(entry.path());
      for (std::string line; std::getline(in, line);) file.lines.push_back(line);
      all.push_back(std::move(file));
    }
  }
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
  return all;
}

}  // namespace house
