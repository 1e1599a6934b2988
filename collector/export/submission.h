// A submission as ODK's servers take it: one interview in the elements of its form's instance.
//
//   std::string xml = submission_xml(survey, cases[0]);      // <data id="hh" version="3">…<meta><instanceID>uuid:…
//
// What is hidden is left out, as Collect does; a repeat stands once an instance, in the order shown. The instanceID is
// the record's id. Answers are ODK text already. Source: https://docs.getodk.org/openrosa-form-submission/. Cost:
// linear in the form and the answers.
#pragma once

#include <string>

#include "collector/export/table.h"

namespace exports {

std::string submission_xml(const definition::Survey& survey, const Case& one);

}  // namespace exports
