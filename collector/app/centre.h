// Centre: what a coordinator sees and does with what came in: the dataset, its conflicts, its tables.
//
//   auto dataset = Centre::look(profile);                  // opens, merges, recalculates
//   for (const Disagreement& d : dataset->conflicts) …      // labels and every value
//   settle(profile, d, 1, "asked again by phone");          // a signed choice; correct(), withdraw()
//   likewise exports::Tables t = tables_of(profile, *dataset, "fr");
//
// record::view() merges what the keys open; this adds the forms: calculated values are computed again, labels
// chosen, constraints judged. What no key opens is counted. Cost: linear in what is held (an incremental
// cache is not yet there).
#pragma once

#include "collector/app/interview.h"
#include "collector/export/table.h"
#include "sync/record/fingerprint.h"

namespace app {

struct Disagreement {
  base::RecordId record;
  record::Key key;
  std::string case_code, label;  // question's label in the asked language
  struct Side {
    record::Value value;
    std::string shown, who, when;
    bool entitled = true;
  };
  std::vector<Side> sides;
  int shown_side = 0;
};

struct Dataset {
  record::View view;
  std::vector<Disagreement> conflicts;
  std::vector<std::string> duplicates;  // case codes that two interviews have
  size_t revisions = 0, unopened = 0, refused = 0,
         flagged = 0;  // flagged: a merged record fails a constraint
  struct Form {
    std::string id, name;
    std::shared_ptr<const FormFile> file;
    std::vector<exports::Case> cases;
  };
  std::vector<Form> forms;  // one a form hash; its cases in record order
};

class Centre {
 public:
  static base::Result<Dataset> look(Profile& profile, std::string_view language);
};

base::Status settle(Profile& profile, const Disagreement& disagreement, int side, const std::string& reason);
base::Status correct(Profile& profile, const base::RecordId& record, const Correction& correction,
                     const std::string& reason);
// Signs and carries out what the card's holder asks for; the next sync tells every centre. False: no
// interview of that card is held here yet; it is shredded when it comes.
base::Result<bool> withdraw_by_card(Profile& profile, std::string_view typed);

// Valid while the dataset is: formats that are no tables look into its cases.
exports::Tables tables_of(Profile& profile, const Dataset& dataset, std::string_view language);

}  // namespace app
