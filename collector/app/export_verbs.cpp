#include "collector/app/export_verbs.h"

#include "collector/app/central_file.h"
#include "collector/app/strings.h"
#include "collector/export/format.h"

namespace app {

base::Result<std::vector<std::string>> export_tables(Profile& profile, const std::string& format_name,
                                                     const std::filesystem::path& folder,
                                                     std::string_view language, const std::string& purpose) {
  const exports::ExportFormat* format = exports::find_format(format_name);
  if (!format) {
    std::string all;
    for (const auto& [name, help] : export_formats()) all += (all.empty() ? "" : ", ") + name;
    return base::fail(base::Fault::invalid, format_name, "There is no such format; there are: " + all + ".");
  }
  auto dataset = Centre::look(profile, language);
  if (!dataset) return base::pass(dataset.error());
  exports::Tables tables = tables_of(profile, *dataset, language);
  tables.notes.push_back(
      {"purpose", purpose, Strings(language.empty() ? "en" : language).tr("about_table.purpose.label")});
  // The log first: what left this centre in clear is known even where writing it stopped half-way.
  auto noted = note_in_log(profile, "export",
                           format_name + " of " + std::to_string(dataset->records) + " interviews" +
                               (purpose.empty() ? "" : ", for " + purpose));
  if (!noted) return base::pass(noted.error());
  return format->write(tables, folder);
}

std::vector<std::pair<std::string, std::string>> export_formats() {
  std::vector<std::pair<std::string, std::string>> out;
  for (const exports::ExportFormat* format : exports::formats()) out.emplace_back(format->name, format->help);
  return out;
}

std::string spoken_fingerprint(const Dataset& dataset) {
  return record::spoken(dataset.fingerprint);
}

}  // namespace app
