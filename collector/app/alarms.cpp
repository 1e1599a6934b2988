#include "collector/app/alarms.h"

#include <algorithm>

namespace app {
namespace {

constexpr const char* months[] = {"January", "February", "March",     "April",   "May",      "June",
                                  "July",    "August",   "September", "October", "November", "December"};

std::string day_of(Profile& profile, base::Instant at) {
  base::Date day = base::local_date(at, profile.world().clock->offset_minutes());
  return std::to_string(day.day) + " " + months[day.month - 1];
}

std::string numbers(uint64_t first, uint64_t last) {
  return std::to_string(first) + (last > first ? "–" + std::to_string(last) : "");
}

}  // namespace

std::string name_of_chain(const Profile& profile, const base::DeviceId& device) {
  const record::Member* member = profile.authority().member(device);
  if (!member) return "unknown device " + device.hex().substr(0, 8);
  if (member->role != "device") return member->label + "'s own decisions";
  return (member->site.empty() ? "" : member->site + ", ") + "device " + profile.label_of(device);
}

base::Result<Alarms> alarms_of(Profile& coordinator) {
  const record::Authority& authority = coordinator.authority();
  Alarms out;
  auto gaps = coordinator.central()->gaps(authority);
  if (!gaps) return base::pass(gaps.error());
  for (const store::Missing& m : *gaps) {
    std::string line =
        name_of_chain(coordinator, m.gap.device) + ": " + numbers(m.gap.first, m.gap.last) + " missing";
    if (m.since.ms) line += " since " + day_of(coordinator, m.since);
    if (authority.is_lost(m.gap.device)) line += "; the device is declared lost";
    out.missing.push_back(line);
  }
  for (const record::Frontier& word : authority.missing())
    out.missing.push_back(name_of_chain(coordinator, word.device) + ": word " +
                          std::to_string(word.sequence) + " has not come; sync with that centre");
  auto chains = coordinator.central()->chains(authority);
  if (!chains) return base::pass(chains.error());
  for (const record::Fork& fork : chains->forks())
    out.forks.push_back(name_of_chain(coordinator, fork.device) +
                        (fork.at == 0
                             ? ": its chain does not begin with its own enrolment; nothing of it counts"
                             : ": works from two copies, or one was restored: from number " +
                                   std::to_string(fork.at) +
                                   " on nothing counts until you say which is true (rihla project revoke)"));
  for (const record::Forked& fork : authority.forks())
    out.forks.push_back(coordinator.label_of(fork.signer) + ": two different words under number " +
                        std::to_string(fork.at) +
                        "; from there on none counts. Cut that key off with the kit");
  out.warnings = out.forks;
  if (!authority.current_epoch())
    out.warnings.push_back("nothing can be sealed: another coordinator has not yet opened the newest period");
  if (coordinator.vault().setting("drilled").empty())
    out.warnings.push_back("the recovery kit was never tried: rihla project drill");
  for (const record::Epoch& epoch : authority.epochs()) {
    if (epoch.is_whole || !epoch.destroyed_by.empty()) continue;
    out.warnings.push_back("period " + std::to_string(epoch.number) +
                           " does not open for everybody yet; sync");
  }
  return out;
}

}  // namespace app
