// What of an amendment does not fit into its envelope goes beside it, as of an interview that is finished (REVISION.md,
// "overflow").
//
//   store::Sealing sealing;   if (auto beside = put_beside(profile, r); beside) sealing.beside = *beside;
//
// Sealed into a file of its own that the next add_revision() names; until then it is nobody's and is swept. Nothing
// where everything fits. Errors: full (over 64 MiB, or the disk).
#pragma once

#include <optional>

#include "collector/app/profile.h"
#include "sync/record/revision.h"

namespace app {

base::Result<std::optional<seal::AttachmentRef>> put_beside(Profile& profile, record::Revision& revision);

}  // namespace app
