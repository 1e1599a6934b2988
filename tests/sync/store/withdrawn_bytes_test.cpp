// P5 and P9 at the central file itself: whatever order things come in, however often, what came is kept, and of what a
// card withdrew not one sealed byte is on the disk.
#include <filesystem>

#include "tests/support/property.h"
#include "tests/sync/store/field.h"
#include "tests/sync/store/recording.h"

namespace {

using namespace store;
using support::Field;

// The sealed body of a revision, somewhere in any file of the folder.
bool is_on_disk(const support::Folder& folder, const Item& revision) {
  std::string body(revision.bytes.begin() + 400, revision.bytes.begin() + 464);
  for (const auto& file : std::filesystem::recursive_directory_iterator(folder.path()))
    if (file.is_regular_file() &&
        folder.read(std::filesystem::relative(file.path(), folder.path()).string()).find(body) !=
            std::string::npos)
      return true;
  return false;
}

}  // namespace

TEST_CASE(
    "central: P5, P9: in any order and repetition, what came is kept and what a card withdrew is gone") {
  CHECK(support::property(
      "P5, P9",
      [] {
        static Field f(2);  // keys are dear; every trial goes on with the same chains
        support::Folder folder;
        auto central = *Central::open(folder.path() / "central.db");
        std::vector<Item> gone, stay, all;
        int respondent = 1 + *rc::gen::inRange(0, 10'000);
        for (int i = 0; i < 3; ++i)
          gone.push_back(f.seal(f.devices[*rc::gen::inRange<size_t>(0, 2)], respondent));
        for (int i = 0; i < 2; ++i)
          stay.push_back(f.seal(f.devices[*rc::gen::inRange<size_t>(0, 2)], 20'000 + i));
        all.insert(all.end(), gone.begin(), gone.end());
        all.insert(all.end(), stay.begin(), stay.end());
        all.insert(all.end(), gone.begin(), gone.end());
        all.push_back(f.tombstone(respondent));
        all.push_back(Field::stub(gone[0]));
        size_t words_at =
            *rc::gen::inRange<size_t>(0, all.size());  // before that, everything waits in quarantine
        for (size_t i = all.size() - 1; i > 0; --i)
          std::swap(all[i], all[*rc::gen::inRange<size_t>(0, i + 1)]);
        // Their sounds come when they like, before the withdrawal or after it.
        auto lost = support::sealed_recording(f.project, f.record_of(respondent), f.random, 9'000);
        auto kept = support::sealed_recording(f.project, f.record_of(20'000), f.random, 9'000);
        size_t lost_at = *rc::gen::inRange<size_t>(0, all.size()), kept_at = *rc::gen::inRange<size_t>(0, all.size());
        for (size_t i = 0; i < all.size(); ++i) {
          if (i == lost_at) RC_ASSERT(bool(central->put_attachment(lost.hash, lost.bytes)));
          if (i == kept_at) RC_ASSERT(bool(central->put_attachment(kept.hash, kept.bytes)));
          if (i == words_at) RC_ASSERT(bool(f.import(*central, "words", f.words())));
          RC_ASSERT(bool(f.import(*central, "b" + std::to_string(i), {all[i]}, f.coordinators[0].id)));
        }
        // A tombstone that came before anybody vouched for its carrier is brought once more.
        RC_ASSERT(bool(f.import(*central, "again", {f.tombstone(respondent)}, f.coordinators[0].id)));
        RC_ASSERT(central->backup_to(folder.path() / "backup.db", {1}));
        for (const Item& item : gone) RC_ASSERT(!is_on_disk(folder, item));
        for (const Item& item : stay) RC_ASSERT(is_on_disk(folder, item));  // the hunt finds what is there
        for (const char* name : {"central.media", "backup.media"})
          RC_ASSERT(*names_in(folder.path() / name) == std::vector<std::string>{kept.hash.hex() + ".sva"});
        RC_ASSERT(*central->revisions() == 2);
        RC_ASSERT(*central->quarantined() == 0);
      },
      4));
}
