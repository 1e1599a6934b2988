// Writes a Survey as an ODK XForm, the way pyxform would: the same paths, itext ids, templates and generated nodes, so
// that what ODK, Enketo and their tools expect of a form made from an XLSForm holds.
//
//   std::string xml = write_xform(*read.survey);
//
// A survey that was read from an XForm is written from what it holds, nothing added; read again it is the same
// survey. Side files are named, not embedded. Never fails. Cost: linear in the survey.
// Source: https://getodk.github.io/xforms-spec/; pyxform 4.5, survey.py.
#pragma once

#include <string>

#include "forms/definition/survey.h"

namespace definition {

std::string write_xform(const Survey& survey);

}  // namespace definition
