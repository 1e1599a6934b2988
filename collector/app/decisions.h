// Decisions: a coordinator's own revisions of a record, over everything that is known of it now. Internal to
// collector/app.
#pragma once

#include "collector/app/centre.h"

namespace app {

struct Over {
  record::RecordView view;
  record::Revision
      revision;  // with the view's heads as parents; kind, reason and answers are to be filled in
};
base::Result<Over> over_heads(Profile& profile, const base::RecordId& record);
// Seals a coordinator's revision and keeps it in the own chain and the central file.
base::Status seal_own(Profile& profile, record::Revision revision);

}  // namespace app
