// Runs a fuzz target over the files of the folders it is given: the corpus stays true without a fuzzer.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/fuzz/fuzz.h"

int main(int argc, char** argv) {
  std::vector<std::filesystem::path> files;
  for (int i = 1; i < argc; ++i) {
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(argv[i], error))
      files.push_back(entry.path());
    if (error) std::printf("%s: %s\n", argv[i], error.message().c_str());
  }
  std::sort(files.begin(), files.end());
  if (files.empty()) {
    std::puts("fuzz: result: 0 passed, 1 failed, 0 skipped");  // a corpus that is gone is no success
    return 1;
  }
  for (const auto& path : files) {
    std::ifstream in(path, std::ios::binary);
    std::vector<char> bytes{std::istreambuf_iterator<char>(in), {}};
    std::fprintf(stderr, "%s\n", path.filename().c_str());  // the last one named is the one that stopped
    LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size());
  }
  std::printf("fuzz: result: %zu passed, 0 failed, 0 skipped\n", files.size());
}
