// powerfail: the power fails at any moment of typing, finishing, recording, changing the passphrase, importing. A whole
// session is recorded once; then, for each trial, a disk is rebuilt as it may be after a failure somewhere in it, and
// everything acknowledged until then must be there, whole. The control runs SQLite with synchronous=NORMAL, which
// must lose answers.
#include <sqlite3.h>

#include <dlfcn.h>

#include <set>

#include "sync/store/central.h"
#include "tests/support/folder.h"
#include "tests/torture/disk.h"
#include "tests/torture/mode.h"
#include "tests/torture/session.h"

namespace torture {
namespace {

bool normal = false;  // the control: what SQLite is told is not what the vault asked for

Tally run(const Options& options) {
  Tally tally;
  base::SeededRandom random(options.seed);
  std::set<size_t> seen_kinds;
  while (tally.trials < options.count) {
    support::Folder folder;
    normal = options.control;
    Session session(folder.path() / "live", options.seed * 1000 + static_cast<uint64_t>(tally.trials));
    Disk::record(folder.path() / "live");
    bool held = session.hold([](int64_t kind, int64_t n) { Disk::mark(kind, n); });
    std::vector<Op> ops = Disk::recorded();
    normal = false;
    if (!held) {
      tally.void_because = "the session itself failed: " + session.why();
      return tally;
    }
    // Some two hundred failures of each session, anywhere in it.
    for (int i = 0; i < 200 && tally.trials < options.count; ++i, ++tally.trials) {
      size_t upto = 1 + random.below(ops.size());
      Acknowledged acknowledged;
      for (size_t at = 0; at < upto; ++at)
        if (ops[at].kind == Op::Kind::mark)
          acknowledged.take(static_cast<int64_t>(ops[at].file), ops[at].offset);
      support::Folder after;
      rebuild(ops, upto, random, after.path() / "v");
      std::string wrong = session.missing(after.path() / "v", acknowledged);
      if (wrong.empty()) continue;
      ++tally.lost;
      complain(options, tally.trials, "failed after call " + std::to_string(upto) + ": " + wrong);
    }
  }
  return tally;
}

}  // namespace

extern const Mode powerfail_mode;
const Mode powerfail_mode{.name = "powerfail",
                          .help = "the power fails: what was not synced is dropped or torn",
                          .count = 2000,
                          .long_count = 100000,
                          .control_count = 100,
                          .run = run};

bool runs_with_normal_sync() {
  return normal;
}

}  // namespace torture

// The control alone: SQLite hears NORMAL where it was told FULL, and says FULL when it is asked.
extern "C" {

int sqlite3_exec(sqlite3* db, const char* sql, int (*use)(void*, int, char**, char**), void* with,
                 char** error) {
  static auto* const next = reinterpret_cast<decltype(&sqlite3_exec)>(::dlsym(RTLD_NEXT, "sqlite3_exec"));
  bool lie = torture::runs_with_normal_sync() && std::string_view(sql) == "PRAGMA synchronous=FULL";
  return next(db, lie ? "PRAGMA synchronous=NORMAL" : sql, use, with, error);
}

int sqlite3_prepare_v3(sqlite3* db, const char* sql, int size, unsigned flags, sqlite3_stmt** out,
                       const char** tail) {
  static auto* const next =
      reinterpret_cast<decltype(&sqlite3_prepare_v3)>(::dlsym(RTLD_NEXT, "sqlite3_prepare_v3"));
  bool lie = torture::runs_with_normal_sync() && std::string_view(sql) == "PRAGMA synchronous";
  return next(db, lie ? "SELECT 2" : sql, size, flags, out, tail);
}

}  // extern "C"
