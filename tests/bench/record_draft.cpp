// One durable answer, turn by turn with SQLite's own commit of the same bytes, so that both meet the same disk; and a
// draft of 500 answers opened.
#include <sqlite3.h>

#include "sync/store/vault.h"
#include "tests/bench/figures.h"
#include "tests/bench/record_parts.h"
#include "tests/support/folder.h"

namespace bench {
namespace {

record::Entry entry_of(size_t i) {
  record::Entry entry;
  entry.at = base::Instant{static_cast<int64_t>(1763900000000 + i)};
  entry.key = {"question_" + std::to_string(i), {}};
  entry.value = *record::make_value(record::Tag::text, "an answer of ordinary length " + std::to_string(i));
  return entry;
}

double report(const char* op, std::vector<double> times) {
  std::sort(times.begin(), times.end());
  double median = times[times.size() / 2];
  std::printf(
      "{\"workload\":\"draft\",\"op\":\"%s\",\"n\":1,\"median_ms\":%.4f,\"min_ms\":%.4f,\"max_ms\":%.4f,"
      "\"times\":%zu,\"peak_rss_mb\":%.1f}\n",
      op, median, times.front(), times.back(), times.size(), peak_rss_mb());
  std::fflush(stdout);
  return median;
}

void one_answer(store::Vault& vault, const base::DraftId& id, const std::filesystem::path& plain_file,
                size_t rounds) {
  sqlite3* db = nullptr;
  sqlite3_open(plain_file.c_str(), &db);
  sqlite3_exec(db,
               "PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
               "CREATE TABLE entry(n INTEGER PRIMARY KEY, row BLOB);",
               nullptr, nullptr, nullptr);
  sqlite3_stmt* insert = nullptr;
  sqlite3_prepare_v2(db, "INSERT INTO entry(row) VALUES(?)", -1, &insert, nullptr);
  std::vector<double> ours, theirs;
  for (size_t n = 0; n < rounds; ++n) {
    record::Entry entry = entry_of(n);
    const base::Bytes plain = record::encode_entry(entry);
    const std::vector<record::Entry> one{entry};
    ours.push_back(once_ms([&] {
      if (!vault.append(id, one)) std::exit(1);
    }));
    theirs.push_back(once_ms([&] {
      sqlite3_bind_blob(insert, 1, plain.data(), static_cast<int>(plain.size()), SQLITE_STATIC);
      if (sqlite3_step(insert) != SQLITE_DONE) std::exit(1);
      sqlite3_reset(insert);
    }));
  }
  sqlite3_finalize(insert);
  sqlite3_close(db);
  double a = report("answer", ours);
  double b = report("sqlite_commit", theirs);
  std::printf("{\"workload\":\"draft\",\"op\":\"answer_to_sqlite\",\"ratio\":%.2f}\n", a / b);
}

}  // namespace

void draft(size_t n) {
  const size_t answers = n ? n : 500;
  support::Folder folder;
  base::SeededRandom random(1);
  auto vault = store::Vault::create(folder.path() / "v", "a passphrase", seal::demo_cost, random);
  if (!vault) std::exit(1);
  store::DraftInfo info;
  info.title = "bench";
  auto id = base::DraftId::from(random);
  if (!(*vault)->begin_draft(id, info)) std::exit(1);
  one_answer(**vault, id, folder.path() / "plain.db", n ? n : 2000);

  auto filled = base::DraftId::from(random);
  if (!(*vault)->begin_draft(filled, info)) std::exit(1);
  std::vector<record::Entry> all;
  for (size_t i = 0; i < answers; ++i) all.push_back(entry_of(i));
  if (!(*vault)->append(filled, all)) std::exit(1);
  figure("draft", "open_500", answers, [&] {
    auto journal = (*vault)->journal(filled);
    if (!journal || record::fold(*journal).answers.size() != answers) std::exit(1);
  });
}

}  // namespace bench
