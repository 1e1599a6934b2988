// Reads an ODK XForm into a Survey: model, binds, secondary instances, itext, body, actions.
//
//   ReadSurvey read = read_xform(bytes, "who_va.xml", files, questions::table());
//   if (!read.survey) show(read.diagnostics);
//
// Everything that is wrong is told at once, each with its line. A side file that is missing is an empty list, and
// said; what only a phone can do is read, kept and said. Source: https://getodk.github.io/xforms-spec/ (read
// 2026-11-23); FORMS.md has a row a feature. Cost: linear in the document.
#pragma once

#include "forms/definition/xlsform.h"

namespace definition {

ReadSurvey read_xform(base::ByteView bytes, const std::string& name, const SideFiles& files,
                      QuestionTypes types);

// Whether the bytes begin as XML does: then they are an XForm, or nothing.
bool looks_like_xml(base::ByteView bytes);

// The side files this form names, in lower case.
std::set<std::string> side_files_of_xform(base::ByteView bytes);

}  // namespace definition
