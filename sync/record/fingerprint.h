// Fingerprint: one hash of a dataset's answers, equal for equal datasets, to be read aloud (RECORD.md).
//
//   Hash f = fingerprint(view);   spoken(f)   // "4821 0937 5562 1048 7730"
//
// It covers record ids, where answers belong, every candidate's value, and withdrawn ids; not times, authors,
// revision ids or calculated values. values_lines() writes exactly that as JSON lines, for a reader of one's
// own.
#pragma once

#include "sync/record/view.h"

namespace record {

base::Hash fingerprint(const View& view);
std::string values_lines(const View& view);

}  // namespace record
