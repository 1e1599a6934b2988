// record_bench [--size N] [--only PART]: what the record costs, a JSON line a figure. The parts (draft, vault, seal,
// merge, export) stand in files of their own (record_parts.h: the vault; record_merging.h: many revisions merged and
// exported); sealing stands here. RIHLA_LONG=1: a million revisions.
#include "sync/seal/envelope.h"
#include "tests/bench/figures.h"
#include "tests/bench/record_merging.h"
#include "tests/bench/record_parts.h"

namespace {

void sealing() {
  seal::DeviceKeys keys = seal::DeviceKeys::from(seal::fresh_key());
  seal::BoxKeys epoch = seal::BoxKeys::from_seed(seal::fresh_key());
  seal::EnvelopeHeader header;
  header.device = keys.id;
  header.withdrawal = keys.sign.pub;
  header.record = seal::record_id_of(header.project, header.withdrawal);
  base::Bytes plain(4096, 7);
  base::Bytes sealed;
  bench::figure("W9", "seal", 1, [&] { sealed = *seal::seal_revision(plain, header, {epoch.pub}, keys); });
  bench::figure("W9", "verify_open", 1, [&] {
    auto e = seal::parse_envelope(sealed);
    if (!e || !seal::verify_envelope(*e, keys.sign.pub) || !seal::open_envelope(*e, epoch)) std::exit(1);
  });
}

}  // namespace

int main(int count, char** words) {
  if (!seal::start()) return 1;
  size_t small = bench::size_of(count, words);
  std::string_view only = bench::part_of(count, words);
  auto is_wanted = [&](std::string_view part) { return only.empty() || only == part; };
  if (is_wanted("draft")) bench::draft(small);
  if (is_wanted("vault")) bench::vault_rows(small);
  if (is_wanted("seal")) sealing();
  if (is_wanted("merge")) bench::merging(small);
  if (is_wanted("export")) bench::import_to_export(small);
  return 0;
}
