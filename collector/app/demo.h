// Demo: a whole campaign in one go, through the same verbs a person uses.
//
//   Result<DemoReport> r = run_demo(folder, {.devices = 6, .interviews = 120, .seed = 1}, questionnaires,
//   progress);
//
// Founds a project flagged demo, enrols devices, holds simulated interviews in five languages (some refused,
// some left unfinished, some corrected afterwards on the device and by a coordinator at once), carries the
// bundles in random order with duplicates and one lost and sent again, merges them in two central files in
// different orders, and compares. Time and randomness come from the seed: the same seed gives the same
// fingerprint.
#pragma once

#include <functional>

#include "collector/app/centre.h"

namespace app {

struct DemoWish {
  int devices = 6, interviews = 120;
  uint64_t seed = 1;
  bool withhold = false;  // one bundle never arrives
  bool alter = false;     // one answer is another
};

struct DemoCentre {
  std::string label, fingerprint;
  int revisions = 0, conflicts = 0, unopened = 0;
  double seconds = 0;
};
struct DemoTable {
  std::string name;
  int rows = 0, columns = 0;
};
struct DemoStep {
  std::string what, detail;
  double seconds = 0;
  uint64_t bytes = 0;
};

struct DemoReport {
  int interviews = 0, refused = 0, unfinished = 0, revisions = 0, conflicts = 0, corrected = 0;
  std::vector<DemoCentre> centres;
  std::vector<DemoTable> tables;
  std::vector<DemoStep> steps;
  std::vector<std::string> conflict_lines, unmet;
  double seconds = 0;
  bool agree = false;
};

inline constexpr std::string_view demo_passphrase = "demonstration";

struct DemoListener {
  std::function<void(const std::string&)> tell;      // a step is done
  std::function<void(int done, int all)> held = {};  // interviews, while they are held
};
base::Result<DemoReport> run_demo(const std::filesystem::path& folder, const DemoWish& wish,
                                  const std::filesystem::path& questionnaires, const DemoListener& listener);

}  // namespace app
