// Programs of our own on the path, in place of the system's printer and voice.
#pragma once

#include <cstdlib>

#include "tests/support/folder.h"

namespace support {

// A program of that name which writes down what it was called with, and what it was given to read.
inline void stub(const Folder& folder, const std::string& name) {
  std::string at = (folder.path() / name).string();
  folder.write(name, "#!/bin/sh\necho \"$@\" >>'" + at + ".words'\ncat >>'" + at + ".read'\n");
  std::filesystem::permissions(at, std::filesystem::perms::owner_all);
}

struct Path {  // of this process, until the test is over
  std::string before = std::getenv("PATH");
  explicit Path(const std::string& folders) { setenv("PATH", folders.c_str(), 1); }
  ~Path() { setenv("PATH", before.c_str(), 1); }
};

}  // namespace support
