// Centre: what a coordinator sees and does with what came in: the dataset, its conflicts, its tables.
//
//   auto dataset = Centre::look(profile, "fr");            // opens, merges, recalculates what changed
//   for (const Disagreement& d : dataset->conflicts) …      // labels and every value
//   settle(profile, d, 1, "asked again by phone");          // a signed choice; correct(), link() likewise
//   exports::Tables t = tables_of(profile, *dataset, "fr");
//
// record::view() merges what the keys open; this adds the forms: calculated values are computed again, labels
// chosen, constraints judged. What no key opens is counted. Cost: what changed since the last look; the first look
// in a process reads a sealed cache (merged.h). Withdrawals: withdrawals.h; sending back: send_backs.h.
#pragma once

#include "collector/app/interview.h"
#include "collector/app/merged.h"
#include "collector/export/table.h"
#include "sync/record/fingerprint.h"

namespace app {

struct Disagreement {
  base::RecordId record;
  record::Key key;
  std::string case_code, label;  // question's label in the asked language
  struct Side {
    record::Value value;
    std::string shown, who, when;  // when: ISO, local
    bool entitled = true;
    base::Instant at = {};  // the same, for a screen's own way of writing it
  };
  std::vector<Side> sides;
  int shown_side = -1;  // -1: what is shown is none of them alone (merged options)
};

// Two interviews that may be of one respondent: one case code, or the same answers to who was interviewed.
struct Likeness {
  base::RecordId first, second;  // first: the smaller id
  std::string why;               // "case code", "person"
  std::string what;              // the code they share; empty for a person
  std::string decision;          // "same", "different", "disputed"; empty: nobody has decided
};

class Cases {  // of one form, in record order; each is read from the cache when it is asked for
 public:
  Cases() = default;
  Cases(Merged* merged, std::vector<base::RecordId> ids) : merged_(merged), ids_(std::move(ids)) {}
  size_t size() const { return ids_.size(); }
  bool empty() const { return ids_.empty(); }
  exports::Case operator[](size_t i) const;  // of a record that is gone meanwhile: empty
  void each(const std::function<void(exports::Case&)>& use) const;  // in order; read ahead
  const std::vector<base::RecordId>& ids() const { return ids_; }

 private:
  Merged* merged_ = nullptr;  // borrowed: the profile's
  std::vector<base::RecordId> ids_;
};

struct Dataset {
  base::Hash fingerprint;
  std::vector<Disagreement> conflicts;
  std::vector<Likeness> likenesses;
  size_t records = 0, withdrawn = 0, revisions = 0, unopened = 0, refused = 0;
  size_t needs_review = 0;  // as merged, an answer fails a rule of its form
  size_t incomplete = 0;    // their first revision is not here
  size_t set_aside = 0;     // revisions of members that do not count: forked, or after their signer's end
  struct Form {
    std::string id, name;
    base::FormHash hash;
    std::shared_ptr<const FormFile> file;
    Cases cases;
  };
  std::vector<Form> forms;                           // one a form hash, by id
  std::map<base::RecordId, base::RecordId> same_as;  // decided to be of one respondent → the first of them
  size_t undecided() const;                          // likenesses
};

class Centre {
 public:
  // The language is that of the labels. `progress`: records worked out and how many there are; false stops, and
  // what was merged so far is kept.
  static base::Result<Dataset> look(Profile& profile, std::string_view language,
                                    const MergeProgress& progress = {});
};

base::Status settle(Profile& profile, const Disagreement& disagreement, int side, const std::string& reason);
base::Status correct(Profile& profile, const base::RecordId& record, const Correction& correction,
                     const std::string& reason);
enum class Decision { same, different, undone };
base::Status link(Profile& profile, const Likeness& likeness, Decision decision, const std::string& reason);

// Valid while the dataset is: formats that are no tables look into its cases.
exports::Tables tables_of(Profile& profile, const Dataset& dataset, std::string_view language);

}  // namespace app
