#include "collector/app/alarms.h"

#include <algorithm>

#include "collector/app/strings.h"

namespace app {
namespace {

std::string numbers(uint64_t first, uint64_t last) {
  return std::to_string(first) + (last > first ? "–" + std::to_string(last) : "");
}

// "Berkane, device amina"; a coordinator's machine by its person's name.
std::string name_of_chain(const Strings& strings, const Profile& profile, const base::DeviceId& device) {
  const record::Member* member = profile.authority().member(device);
  if (!member) return strings.tr("alarm.unknown_device.label", {{"id", device.hex().substr(0, 8)}});
  if (member->role != "device") return strings.tr("alarm.coordinator.label", {{"name", member->label}});
  if (member->site.empty()) return strings.tr("alarm.device.label", {{"name", profile.label_of(device)}});
  return strings.tr("alarm.device_at.label", {{"site", member->site}, {"name", profile.label_of(device)}});
}

std::string missing_line(const Strings& strings, Profile& profile, const store::Missing& m) {
  Strings::Values values = {{"chain", name_of_chain(strings, profile, m.gap.device)},
                            {"numbers", numbers(m.gap.first, m.gap.last)}};
  if (m.since.ms)
    values.emplace_back("day",
                        strings.date(base::local_date(m.since, profile.world().clock->offset_minutes()),
                                     DateLook::whole));
  std::string line = m.since.ms ? strings.tr("alarm.missing_since.problem", values)
                                : strings.tr("alarm.missing.problem", values);
  if (profile.authority().is_lost(m.gap.device))
    line = strings.tr("alarm.lost.problem", {{"missing", line}});
  return line;
}

}  // namespace

base::Result<Alarms> alarms_of(Profile& coordinator, std::string_view language) {
  const Strings strings(language);
  const record::Authority& authority = coordinator.authority();
  Alarms out;
  auto gaps = coordinator.central()->gaps(authority);
  if (!gaps) return base::pass(gaps.error());
  for (const store::Missing& m : *gaps) out.missing.push_back(missing_line(strings, coordinator, m));
  auto chain = [&](const base::DeviceId& device) { return name_of_chain(strings, coordinator, device); };
  for (const record::Frontier& word : authority.missing())
    out.missing.push_back(
        strings.tr("alarm.word.problem",
                   {{"chain", chain(word.device)}, {"number", std::to_string(word.sequence)}}));
  auto chains = coordinator.central()->chains(authority);
  if (!chains) return base::pass(chains.error());
  for (const record::Fork& fork : chains->forks())
    out.forks.push_back(
        fork.at == 0
            ? strings.tr("alarm.misbegun.problem", {{"chain", chain(fork.device)}})
            : strings.tr("alarm.fork.problem",
                         {{"chain", chain(fork.device)}, {"number", std::to_string(fork.at)}}));
  for (const record::Forked& fork : authority.forks())
    out.forks.push_back(
        strings.tr("alarm.two_words.problem", {{"name", coordinator.label_of(fork.signer)},
                                               {"number", std::to_string(fork.at)}}));
  out.warnings = out.forks;
  if (!authority.current_epoch()) out.warnings.push_back(strings.tr("alarm.no_period.problem"));
  if (coordinator.vault().setting("drilled").empty())
    out.warnings.push_back(strings.tr("alarm.kit.problem"));
  for (const record::Epoch& epoch : authority.epochs()) {
    if (epoch.is_whole || !epoch.destroyed_by.empty()) continue;
    out.warnings.push_back(
        strings.tr("alarm.period.problem", {{"number", std::to_string(epoch.number)}}));
  }
  return out;
}

}  // namespace app
