// Project: founding one, bringing devices in, and how it stands.
//
//   auto founded = new_project(workspace, {.name = "Twinning", .coordinators = {{"salma", words}, {"joost",
//   words}}},
//                              world);      // founded->sheets: three, to print and keep apart
//   Bytes request = enrolment_request(device);   Bytes admission = enrol(coordinator, request, "Berkane");
//   join_project(device, admission);
//
// A project has a root on paper (the kit: two of three sheets), two or more coordinators, and an epoch to
// which interviews are sealed, opened by one coordinator and countersigned by another. Further verbs of
// authority: coordination.h; forms: publishing.h.
#pragma once

#include "collector/app/profile.h"
#include "sync/seal/kit.h"

namespace app {

struct NewProject {
  std::string name;
  bool demo = false;
  struct Person {
    std::string label, passphrase;
  };
  std::vector<Person> coordinators;  // two or more
};
struct FoundedProject {
  std::vector<std::unique_ptr<Profile>> coordinators;
  std::array<std::string, 3> sheets;  // any two are the root: print them, keep them apart, delete the files
};
base::Result<FoundedProject> new_project(const std::filesystem::path& workspace, const NewProject& wanted,
                                         World world);

base::Bytes enrolment_request(Profile& device);
std::string spoken_check(base::ByteView request_or_admission);  // twenty digits for both screens
// A bundle: the admission. `site` is said with the device's label where something of it is missing.
base::Result<base::Bytes> enrol(Profile& coordinator, base::ByteView request, const std::string& site = "");
// The same for whoever is a member already: what the project has said so far, and its forms.
base::Result<base::Bytes> admission_of(Profile& coordinator);
base::Status join_project(Profile& device, base::ByteView admission);  // a coordinator's too, once appointed

struct ProjectStatus {
  std::string name, epoch;
  std::vector<record::Member> members;
  std::vector<record::PublishedForm> forms;
  int64_t revisions = 0, quarantined = 0;
  uint64_t kit_generation = 0;
  std::string drilled;                // the day the kit was last tried here; empty: never
  std::vector<std::string> missing;   // "Berkane, device amina: 41–43 missing since 12 November"
  std::vector<std::string> warnings;  // forks, epochs that cannot be destroyed, a kit never tried …
};
base::Result<ProjectStatus> project_status(Profile& profile);

}  // namespace app
