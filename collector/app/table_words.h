// The words of exported tables that no form brings, from the string table.
//
//   exports::tabulate(survey, name, cases, index, table_words(Strings("fr")));
//
// One place turns keys into the plain words that collector/export takes. Cost: some thirty look-ups.
#pragma once

#include "collector/app/strings.h"
#include "collector/export/table.h"

namespace app {

exports::Words table_words(const Strings& s);

}  // namespace app
