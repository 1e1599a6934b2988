// What the system does for the program, with programs of our own on the path in place of its printer and its voice.
#include "collector/app/devices.h"

#include <doctest/doctest.h>

#include "tests/support/folder.h"

using support::Folder;

namespace {

// A program of that name which writes down what it was called with, and what it was given to read.
void stub(const Folder& folder, const std::string& name, const std::string& result = "0") {
  std::string at = (folder.path() / name).string();
  folder.write(name, "#!/bin/sh\necho \"$@\" >>'" + at + ".words'\ncat >>'" + at + ".read'\nexit " + result + "\n");
  std::filesystem::permissions(at, std::filesystem::perms::owner_all);
}

struct Path {  // of this process, until the test is over
  std::string before = std::getenv("PATH");
  explicit Path(const std::string& folders) { setenv("PATH", folders.c_str(), 1); }
  ~Path() { setenv("PATH", before.c_str(), 1); }
};

}  // namespace

TEST_CASE("printing: the document goes to the system's lp through a pipe, whole; a printer that refuses is told") {
  Folder folder;
  std::string pdf = "%PDF-1.7 " + std::string(300'000, 'x');
  {
    Path path(folder.path().string() + ":/usr/bin:/bin");
    stub(folder, "lp");
    CHECK(app::print_document(pdf));
    CHECK(folder.read("lp.read") == pdf);
    CHECK(folder.read("lp.words") == "-s -t Rihla\n");
    stub(folder, "lp", "1");
    CHECK(!app::print_document("%PDF"));
  }
  Path none(folder.path().string() + "/nothing");
  CHECK(!app::print_document(pdf));
}

TEST_CASE("reading aloud: the words go to spd-say in their language, and what was being said ends first") {
  Folder folder;
  {
    Path path(folder.path().string() + ":/usr/bin:/bin");
    stub(folder, "spd-say");
    CHECK(app::has_voice());
    CHECK(app::say_aloud("Quel âge avez-vous ?", "fr"));
    CHECK(folder.read("spd-say.read") == "Quel âge avez-vous ?");
    CHECK(folder.read("spd-say.words") == "-N Rihla -S\n-N Rihla -l fr -e\n");
  }
  Path none(folder.path().string() + "/nothing");
  CHECK(!app::has_voice());
  CHECK(!app::say_aloud("x", "fr"));
}
