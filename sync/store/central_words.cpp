// The central file's words (statements, packages, heads, withdrawals) and its small tables, as a copy holds them: each
// word proves itself, and every row is what it is here.
#include <array>

#include "sync/seal/attachment.h"
#include "sync/seal/head.h"
#include "sync/seal/package.h"
#include "sync/seal/withdrawal.h"
#include "sync/store/backup.h"
#include "sync/store/central_state.h"

namespace store {

using base::Fault;

namespace {

struct Kind {
  const char *all, *one, *put, *drop;
  bool (*proves)(const base::Hash& id, ByteView bytes);
};
const Kind kinds[] = {
    {"SELECT id, bytes FROM statement", "SELECT bytes FROM statement WHERE id=x'",
     "UPDATE statement SET bytes=? WHERE id=?", "DELETE FROM statement WHERE id=?",
     [](const base::Hash& id, ByteView bytes) {  // its signature too: the key stands in it
       auto s = record::decode_statement(bytes);
       return s && s->id.bytes == id.bytes;
     }},
    {"SELECT id, bytes FROM package", "SELECT bytes FROM package WHERE id=x'",
     "UPDATE package SET bytes=? WHERE id=?", "DELETE FROM package WHERE id=?",
     [](const base::Hash& id, ByteView bytes) {
       auto found = seal::package_id(bytes);
       return found && *found == id;
     }},
    {"SELECT id, bytes FROM head", "SELECT bytes FROM head WHERE id=x'", "UPDATE head SET bytes=? WHERE id=?",
     "DELETE FROM head WHERE id=?",
     [](const base::Hash& id, ByteView bytes) {
       auto head = seal::parse_head(bytes);
       return head && head->id == id;
     }},
    {"SELECT id, bytes FROM tombstone", "SELECT bytes FROM tombstone WHERE id=x'",
     "UPDATE tombstone SET bytes=? WHERE id=?", "DELETE FROM tombstone WHERE id=?",
     [](const base::Hash& id, ByteView bytes) {  // its signature too
       auto t = seal::parse_tombstone(bytes);
       return t && t->id == id;
     }},
};

// Everything but payloads, which prove themselves, and the lists of what was carried where and copied whither.
const char* const small_tables[] = {
    "SELECT id, bytes FROM statement ORDER BY id",
    "SELECT id, bytes FROM package ORDER BY id",
    "SELECT id, bytes FROM head ORDER BY id",
    "SELECT id, bytes FROM tombstone ORDER BY id",
    "SELECT CAST(n AS BLOB), bytes FROM log ORDER BY n",
    "SELECT CAST(n AS BLOB), wrapped FROM keyslot ORDER BY n",
    "SELECT epoch, sealed FROM vault_key ORDER BY epoch",
    "SELECT CAST(n AS BLOB), hash FROM wants ORDER BY n, hash",
    "SELECT hash, record FROM attachment ORDER BY hash",
    "SELECT record, CAST(at AS BLOB) FROM shredded ORDER BY record",
    "SELECT id, bytes FROM quarantine ORDER BY id",
};

// A running hash of rows of two blobs.
class Rows {
 public:
  void add(Row& row) {
    for (int column : {0, 1}) {
      ByteView bytes = row.view(column);
      base::Writer size;
      size.u64(bytes.size());
      hash_.add(size.peek());
      hash_.add(bytes);
    }
  }
  base::Hash take() { return hash_.take(); }

 private:
  seal::AttachmentHash hash_;
};

}  // namespace

// Whoever proved himself once in this process is known by his bytes.
Result<std::vector<Central::State::Word>> Central::State::damaged_words(const fs::path& copy) {
  std::vector<Word> out;
  for (size_t k = 0; k < std::size(kinds); ++k) {
    auto done = each_row_of(copy, kinds[k].all, [&](Row& row) {
      Word word{k, *base::Hash::from_bytes(row.view(0))};
      std::pair proof(word.id, seal::hash("sv1.word", row.view(1)));
      if (vouched.count(proof)) return;
      if (kinds[k].proves(word.id, row.view(1)))
        vouched.insert(proof);
      else
        out.push_back(word);
    });
    if (!done) return base::pass(done.error());
  }
  return out;
}

Status Central::State::same_rows(const fs::path& copy) {
  for (const char* sql : small_tables) {
    Rows here, there;
    auto done = db->each(sql, {}, [&](Row& row) { here.add(row); });
    if (done) done = each_row_of(copy, sql, [&](Row& row) { there.add(row); });
    if (!done) return done;
    if (here.take() != there.take())
      return base::fail(Fault::corrupt, copy.string(),
                        "The copy is not what was copied. Check the disk, or choose another folder.");
  }
  return {};
}

// Inside a transaction: as an earlier copy holds it; else it goes, and every bundle that carried it is read once more.
Status Central::State::mend_word(const Word& word, const fs::path& earlier) {
  const Kind& kind = kinds[word.kind];
  Bytes bytes;
  std::error_code ignored;
  if (fs::exists(earlier, ignored)) {
    std::string sql = kind.one + word.id.hex() + "'";
    (void)each_row_of(earlier, sql.c_str(), [&](Row& row) { bytes = row.blob(0); });
  }
  judged.reset();
  said.erase({word.id.bytes});
  if (kind.proves(word.id, bytes)) return db->run(kind.put, {ByteView(bytes), ByteView(word.id.bytes)});
  auto done = db->run("DELETE FROM bundle WHERE n IN (SELECT bundle FROM carried WHERE id=?)",
                      {ByteView(word.id.bytes)});
  if (done) done = db->run("DELETE FROM carried WHERE bundle NOT IN (SELECT n FROM bundle)");
  return done ? db->run(kind.drop, {ByteView(word.id.bytes)}) : done;
}

}  // namespace store
