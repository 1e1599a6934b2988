// ExportFormat: tables written for a tool. One file in collector/export/formats/ is one format; CMake finds
// it.
//
//   extern const ExportFormat csv_format;
//   const ExportFormat csv_format{.name = "csv", .help = "…", .write = write};
//
// write() puts its files into a folder that exists, each under a temporary name and then renamed; it returns
// their names. Temporary files stay inside that folder. A full disk or a refused folder leaves nothing
// behind.
#pragma once

#include <filesystem>
#include <functional>
#include <span>
#include <string_view>

#include "collector/export/table.h"
#include "forms/base/error.h"

namespace exports {

struct ExportFormat {
  std::string_view name, help;
  base::Result<std::vector<std::string>> (*write)(const Tables& tables,
                                                  const std::filesystem::path& folder) = nullptr;
};

std::span<const ExportFormat* const> formats();
const ExportFormat* find_format(std::string_view name);

// Writes `bytes` as folder/name: temporary name, fsync, rename.
base::Status write_file(const std::filesystem::path& folder, const std::string& name, base::ByteView bytes);

}  // namespace exports
