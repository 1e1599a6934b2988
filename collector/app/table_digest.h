// TableDigest: sixteen hex digits that change when anything that a table says changes: its columns, its rows, their
// order. Printed beside every export with the versions of what made it, so that two people can tell whether they
// hold the same table, whatever format it was written in.
//
//   notes.push_back({"digest of " + table.name, table_digest(table)});
//
// Of the codes, not of the labels: the same table in another language has the same digest. Linear in cells.
#pragma once

#include <string>

#include "collector/export/table.h"

namespace app {

std::string table_digest(const exports::Table& table);

}  // namespace app
