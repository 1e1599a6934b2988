// Project: the verbs of authority: found a project, bring devices in, publish forms, say how things stand.
//
//   new_project(workspace, {.name = "Twinning", .coordinators = {{"salma", words}, {"joost", words}}},
//   world); Bytes request = enrolment_request(device);   Bytes admission = enrol(coordinator, request);
//   join(device, admission); publish(coordinator, form_file);
//
// A project has a root (kept apart, in the kit), two or more coordinators, and an epoch to which interviews
// are sealed, opened by one coordinator and countersigned by another. The kit's 2-of-3 sharing is not yet
// there.
#pragma once

#include "collector/app/profile.h"

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
  std::string kit;  // text to print and keep apart; whoever has it is the root
};
base::Result<FoundedProject> new_project(const std::filesystem::path& workspace, const NewProject& wanted,
                                         World world);

base::Bytes enrolment_request(Profile& device);
std::string spoken_check(base::ByteView request_or_admission);  // twenty digits for both screens
base::Result<base::Bytes> enrol(Profile& coordinator, base::ByteView request);  // a bundle: the admission
base::Status join_project(Profile& device, base::ByteView admission);

// A newer version of the same form_id replaces. False: this very form is the published one; nothing was said.
base::Result<bool> publish(Profile& coordinator, const FormFile& form);

struct ProjectStatus {
  std::string name, epoch;
  std::vector<record::Member> members;
  std::vector<record::PublishedForm> forms;
  int64_t revisions = 0, quarantined = 0;
  std::vector<std::string> missing;  // "device amina: 41–43"
};
base::Result<ProjectStatus> project_status(Profile& profile);

}  // namespace app
