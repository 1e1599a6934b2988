#include "collector/app/export_verbs.h"

#include "collector/export/format.h"

namespace app {

base::Result<std::vector<std::string>> export_tables(Profile& profile, const std::string& format_name,
                                                     const std::filesystem::path& folder,
                                                     std::string_view language) {
  const exports::ExportFormat* format = exports::find_format(format_name);
  if (!format) {
    std::string all;
    for (const auto& [name, help] : export_formats()) all += (all.empty() ? "" : ", ") + name;
    return base::fail(base::Fault::invalid, format_name, "There is no such format; there are: " + all + ".");
  }
  auto dataset = Centre::look(profile, language);
  if (!dataset) return base::pass(dataset.error());
  auto written = format->write(tables_of(profile, *dataset, language), folder);
  if (written)
    (void)profile.central()->log("export " + format_name + " by " + profile.label() + ", " +
                                     std::to_string(dataset->view.records.size()) + " interviews",
                                 profile.world().clock->now());
  return written;
}

std::vector<std::pair<std::string, std::string>> export_formats() {
  std::vector<std::pair<std::string, std::string>> out;
  for (const exports::ExportFormat* format : exports::formats()) out.emplace_back(format->name, format->help);
  return out;
}

std::string spoken_fingerprint(const Dataset& dataset) {
  return record::spoken(dataset.view.fingerprint);
}

}  // namespace app
