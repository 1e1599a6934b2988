// values: JSON lines of exactly what the dataset's fingerprint covers (sync/record/RECORD.md), so that
// anybody can recompute it with a reader of their own.
#include "collector/export/format.h"

namespace exports {
namespace {

base::Result<std::vector<std::string>> write(const Tables& tables, const std::filesystem::path& folder) {
  base::Status done = write_files(folder, {{"values.jsonl", "", tables.values}});
  if (!done) return base::pass(done.error());
  return std::vector<std::string>{"values.jsonl"};
}

}  // namespace

extern const ExportFormat values_format;
const ExportFormat values_format{
    .name = "values", .help = "JSON lines of what the fingerprint covers", .write = write};

}  // namespace exports
