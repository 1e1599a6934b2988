// W8: 100,000 rows of 4 kB, each sealed with the key of its draft: put in, and read in order, each opened.
#include "sync/store/vault.h"
#include "tests/bench/figures.h"
#include "tests/bench/record_parts.h"
#include "tests/support/folder.h"

namespace bench {

void vault_rows(size_t n) {
  const size_t rows = n ? n : 100'000;
  const size_t batch = 1000;  // as answers come from a form that is filled by a file
  base::SeededRandom random(3);
  record::Entry entry;
  entry.kind = record::EntryKind::answer;
  entry.key.question = "story";
  entry.value = *record::make_value(record::Tag::text, std::string(4000, 'x'));
  const std::vector<record::Entry> some(batch, entry);
  std::unique_ptr<support::Folder> folder;
  std::unique_ptr<store::Vault> vault;
  base::DraftId id = base::DraftId::from(random);
  auto fresh = [&] {
    vault.reset();
    folder = std::make_unique<support::Folder>();
    auto made = store::Vault::create(folder->path() / "v", "a passphrase", seal::demo_cost, random);
    if (!made || !(*made)->begin_draft(id, {})) std::exit(1);
    vault = std::move(*made);
  };
  figure("W8", "bulk", rows, [&] {
    for (size_t left = rows; left > 0;) {
      size_t now = std::min(left, batch);
      bool done = now == batch ? vault->append(id, some).has_value()
                               : vault->append(id, {some.begin(), some.begin() + static_cast<long>(now)}).has_value();
      if (!done) std::exit(1);
      left -= now;
    }
  }, fresh);
  figure("W8", "scan", rows, [&] {
    size_t seen = 0;
    if (!vault->each_row(id, [&](base::ByteView plain) { seen += plain.size() > 4000; }) || seen != rows) std::exit(1);
  });
}

}  // namespace bench
