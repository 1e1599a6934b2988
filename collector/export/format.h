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
#include <string>
#include <string_view>
#include <vector>

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

using Pieces = std::function<base::Status(const std::function<base::Status(std::string_view)>& write)>;
struct NewFile {
  std::string name, bytes;
  Pieces pieces = {};  // instead of bytes: what is larger than memory likes
};

// A name that stays inside its folder: no separators, not hidden, no control characters, at most 200 bytes.
bool is_plain_name(std::string_view name);
// The same text as a plain name: what cannot stand in one becomes "-".
std::string plain_name(std::string_view text);

// All or none: every file under a temporary name and on the disk, then each renamed into its place.
base::Status write_files(const std::filesystem::path& folder, const std::vector<NewFile>& files);
// Writes `bytes` as folder/name: temporary name, fsync, rename.
base::Status write_file(const std::filesystem::path& folder, const std::string& name, base::ByteView bytes);

}  // namespace exports
