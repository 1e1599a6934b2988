// Inspect: what a file of ours is, said without any key.
//
//   for (const auto& [name, value] : *inspect_file("0000000007-9c1f2a3b.svb")) …
//
// Reads only what stands in clear. A file that is not ours is Fault::invalid with what it seems to be.
#pragma once

#include "collector/app/profile.h"

namespace app {

using Lines = std::vector<std::pair<std::string, std::string>>;
base::Result<Lines> inspect_file(const std::filesystem::path& file);

}  // namespace app
