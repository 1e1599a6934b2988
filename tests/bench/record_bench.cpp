// record_bench [--size N]: one durable answer beside SQLite's own commit of the same bytes in the same run, a
// draft opened, and in files of their own (record_merging.h) many revisions merged and exported. RIHLA_LONG=1: a million.
#include <sqlite3.h>

#include <filesystem>

#include "sync/seal/envelope.h"
#include "sync/seal/withdrawal.h"
#include "sync/store/vault.h"
#include "tests/bench/figures.h"
#include "tests/bench/record_merging.h"
#include "tests/support/folder.h"

namespace {

using record::Entry;

Entry entry_of(size_t i) {
  Entry entry;
  entry.at = base::Instant{static_cast<int64_t>(1763900000000 + i)};
  entry.key = {"question_" + std::to_string(i), {}};
  entry.value = *record::make_value(record::Tag::text, "an answer of ordinary length " + std::to_string(i));
  return entry;
}

void one_answer(const support::Folder& folder, size_t answers) {
  base::SeededRandom random(1);
  auto vault = store::Vault::create(folder.path() / "v", "a passphrase", seal::demo_cost, random);
  if (!vault) std::exit(1);
  auto draft = base::DraftId::from(random);
  store::DraftInfo info;
  info.title = "bench";
  if (!(*vault)->begin_draft(draft, info)) std::exit(1);
  size_t n = 0;
  double ours = bench::figure("draft", "answer", 1, [&] {
    if (!(*vault)->append(draft, {entry_of(n++)})) std::exit(1);
  });

  sqlite3* db = nullptr;
  sqlite3_open((folder.path() / "plain.db").c_str(), &db);
  sqlite3_exec(db,
               "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
               "CREATE TABLE entry(n INTEGER PRIMARY KEY, row BLOB);",
               nullptr, nullptr, nullptr);
  sqlite3_stmt* insert = nullptr;
  sqlite3_prepare_v2(db, "INSERT INTO entry(row) VALUES(?)", -1, &insert, nullptr);
  base::Bytes plain = record::encode_entry(entry_of(0));
  double theirs = bench::figure("draft", "sqlite_commit", 1, [&] {
    sqlite3_bind_blob(insert, 1, plain.data(), static_cast<int>(plain.size()), SQLITE_STATIC);
    sqlite3_step(insert);
    sqlite3_reset(insert);
  });
  sqlite3_finalize(insert);
  sqlite3_close(db);
  std::printf("{\"workload\":\"draft\",\"op\":\"answer_to_sqlite\",\"ratio\":%.2f}\n", ours / theirs);

  auto filled = base::DraftId::from(random);
  if (!(*vault)->begin_draft(filled, info)) std::exit(1);
  std::vector<Entry> all;
  for (size_t i = 0; i < answers; ++i) all.push_back(entry_of(i));
  if (!(*vault)->append(filled, all)) std::exit(1);
  bench::figure("draft", "open_500", answers, [&] {
    auto journal = (*vault)->journal(filled);
    if (!journal || record::fold(*journal).answers.size() != answers) std::exit(1);
  });
}

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
  support::Folder folder;
  one_answer(folder, small ? small : 500);
  sealing();
  bench::merging(small);
  bench::import_to_export(small);
  return 0;
}
