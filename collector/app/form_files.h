// Form files: a form from the disk, whatever it is kept in, and back again.
//
//   Result<FormFile> form = read_form(path, {lists_folder});     // .xlsx, .xlsm, .xml, or a folder of CSV sheets
//   if (!form->read.survey) for (auto& d : form->read.diagnostics) print(definition::describe(d));
//
// Side files (admin1.csv …) that the form names are looked for beside it, then in the given folders; the
// first found counts, so that a project's own list replaces the one that comes with the program. One that is
// too large or cannot be read is a diagnostic. Media that labels name lie there too, in a folder media, or in
// FORM-media beside a workbook; one that is not there is passed over. Errors: missing, corrupt, unsupported (.xls, with how to save
// it), full (larger than a form may be).
#pragma once

#include <filesystem>
#include <set>
#include <vector>

#include "forms/definition/xlsform.h"

namespace app {

struct FormFile {
  definition::Workbook book;
  definition::SideFiles files;
  definition::ReadSurvey read;
  std::vector<std::string> not_in_sheets = {};  // of an XForm: what its sheets cannot say, a phrase each
  double milliseconds = 0;  // reading and compiling
};

base::Result<FormFile> read_form(const std::filesystem::path& path,
                                 const std::vector<std::filesystem::path>& lists);
// The same from what a form package carries: sheets as CSV under their names, side files under lists/.
FormFile form_from_sheets(definition::Workbook book, definition::SideFiles files);

// Pictures, sounds and films that labels and choices name, as SideFiles names them (lower case).
std::set<std::string> media_files_of(const definition::Survey& survey);

base::Result<base::Bytes> read_file(const std::filesystem::path& path, uint64_t at_most = uint64_t{64} << 20);

// Writes the sheets as FOLDER/survey.csv, choices.csv … or as one .xlsx, by the target's name. Refused: a
// sheet whose name cannot be a file's (invalid), and a folder with a sheet that this form does not have
// (conflict).
base::Status write_form(const definition::Workbook& book, const std::filesystem::path& target);
// The same, or an XForm where the target ends in .xml; then the form must open (invalid).
base::Status write_form(const FormFile& form, const std::filesystem::path& target);

}  // namespace app
