// Merged: one coordinator's dataset kept up to date: what came in is opened, merged and worked out by its form, the
// rest is as it was. Internal to collector/app; Centre::look() shows it.
//
//   auto merged = Merged::of(profile);   merged->update(progress);
//   for (const auto& [id, s] : merged->summaries()) …      auto one = merged->case_of(id);
//
// A summary a record stays in memory; the worked-out case lies sealed in a cache that can be thrown away. Cost of
// update(): what changed; of the first one in a process: reading the cache once. Two threads.
#pragma once

#include <functional>

#include "collector/app/opener.h"
#include "collector/export/table.h"
#include "forms/engine/session.h"
#include "sync/record/merge.h"
#include "sync/store/sealed_cache.h"

namespace app {

struct Summary {
  base::Hash basis, leaf;
  base::DeviceId founder;
  base::FormHash form;                // the newest the migrations lead to
  std::string form_id, code, person;  // case code; a keyed tag of who was interviewed
  uint32_t conflicts = 0, unopened = 0;
  bool refused = false, incomplete = false, needs_review = false;
  std::vector<std::pair<base::RecordId, record::Value>> links;  // what was decided: "same", "different"
};

using MergeProgress = std::function<bool(uint64_t done, uint64_t total)>;  // false: stop

class Merged {
 public:
  static base::Result<std::unique_ptr<Merged>> of(Profile& coordinator);
  base::Status update(const MergeProgress& progress = {});

  const std::map<base::RecordId, Summary>& summaries() const { return shown_; }  // of shown records, by id
  base::Result<exports::Case> case_of(const base::RecordId& id);
  // Many at once, on two threads, in the order of the ids; of one that is gone: state "gone".
  // `meanwhile` is done on this thread while the other reads.
  std::vector<exports::Case> cases_of(std::span<const base::RecordId> ids,
                                      const std::function<void()>& meanwhile = nullptr);
  base::Result<record::RecordView> view_of(const base::RecordId& id);                  // opened again
  base::Result<std::vector<record::Revision>> revisions_of(const base::RecordId& id);  // that count
  record::Merge& merge() { return merge_; }
  size_t revisions() const { return revisions_; }  // of shown records
  size_t unopened() const;                         // revisions that no key here opens
  std::shared_ptr<const FormFile> form(const base::FormHash& hash);
  // Once a withdrawal shredded something: nothing of it stays in memory or in the cache.
  base::Status forget();

 private:
  explicit Merged(Profile& profile) : profile_(profile) {}
  base::Status read_cache();
  void begin_anew();  // the chains are read again
  base::Status take_in();
  struct Fresh;
  base::Status work_out(std::vector<record::Merge::Work>& work, const MergeProgress& progress);
  base::Result<std::vector<Fresh>> read(std::span<const record::Merge::Work> work);
  void open(Fresh& fresh, const Opener& opener) const;
  void work_out(Fresh& fresh) const;
  void keep(std::vector<Fresh>& round);
  void keep(Fresh& fresh, std::vector<store::SealedCache::Fresh>& rows);
  base::Hash basis_of(const base::Hash& merged) const;

  Profile& profile_;  // borrowed: it owns this
  record::Merge merge_;
  std::unique_ptr<store::SealedCache> cache_;
  std::map<base::RecordId, Summary> cached_, shown_;
  std::map<base::RecordId, uint32_t> closed_;                        // revisions that did not open, by record
  struct KnownForm {
    std::shared_ptr<const FormFile> file;  // shared with the profile's
    std::shared_ptr<const engine::Graph> graph;
  };
  const KnownForm* known_form(const base::FormHash& hash);  // null: not here
  std::map<base::FormHash, KnownForm> forms_;
  std::optional<Opener> opener_;                                     // until the next update
  std::vector<store::Keyslot> keyslots_;                             // made in this update, kept at its end
  std::vector<store::Named> named_;                                  // likewise
  int64_t last_n_ = 0, shreds_ = 0;
  size_t revisions_ = 0;
};

// How a case is written into the cache.
base::Bytes pack_case(const Summary& summary, const exports::Case& one);
bool unpack_summary(base::ByteView bytes, Summary& summary);
bool unpack_case(base::ByteView bytes, exports::Case& one);

}  // namespace app
