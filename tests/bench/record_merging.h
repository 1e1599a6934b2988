// The workloads of record_bench about many revisions, one file each. `n` is 0 for the size that is meant.
#pragma once

#include <cstddef>

namespace bench {

void merging(size_t n);           // merge: so many revisions; then a thousand more; memory a revision
void import_to_export(size_t n);  // W9: envelopes imported, opened, viewed, and a CSV of 250 columns

}  // namespace bench
