// The workloads of record_bench, one file each. `n` is 0 for the size that is meant.
#pragma once

#include <cstddef>

namespace bench {

void vault_rows(size_t n);  // W8: rows of 4 kB sealed with the draft's key: all in, all read
void draft(size_t n);       // one durable answer beside SQLite's own commit; a draft opened

}  // namespace bench
