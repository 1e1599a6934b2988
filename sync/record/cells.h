// Cells: the answers of one record, question by question, from its history. Internal to sync/record.
#pragma once

#include "sync/record/history.h"

namespace record {

std::vector<Cell> cells_of(History& history);  // takes the answers out of it

}  // namespace record
