// Exporting as a verb: the dataset, tabulated, written, and noted in the central file's log (who, what,
// when).
#pragma once

#include "collector/app/centre.h"

namespace app {

base::Result<std::vector<std::string>> export_tables(Profile& profile, const std::string& format,
                                                     const std::filesystem::path& folder,
                                                     std::string_view language,
                                                     const std::string& purpose = "");
std::vector<std::pair<std::string, std::string>> export_formats();  // name, one line
std::string spoken_fingerprint(const Dataset& dataset);

}  // namespace app
