// odk: one XML file an interview, as ODK's servers and tools take a submission.
#include "collector/export/format.h"
#include "collector/export/submission.h"

namespace exports {
namespace {

base::Result<std::vector<std::string>> write(const Tables& tables, const std::filesystem::path& folder) {
  std::error_code gone;
  if (!std::filesystem::is_directory(folder, gone))  // also where there is no interview to write
    return base::fail(base::Fault::missing, folder.string(), "This folder is not there. Make it, then export again.");
  std::vector<NewFile> files;
  for (const FormCases& form : tables.forms)
    form.each([&](const Case& one) {
      if (one.state != "refused")  // a refusal keeps no answers
        files.push_back({plain_name(form.name) + "-" + one.record.hex() + ".xml", submission_xml(*form.survey, one)});
    });
  if (base::Status done = write_files(folder, files); !done) return base::pass(done.error());
  std::vector<std::string> names;
  for (const NewFile& file : files) names.push_back(file.name);
  return names;
}

}  // namespace

extern const ExportFormat odk_format;
const ExportFormat odk_format{.name = "odk", .help = "one submission XML an interview, as ODK takes it", .write = write};

}  // namespace exports
