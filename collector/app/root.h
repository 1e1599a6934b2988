// Root: what is said with the recovery kit. Internal to collector/app.
#pragma once

#include "collector/app/profile.h"
#include "sync/seal/kit.h"

namespace app {

// locked: the kit is another project's. Signed by the root, kept in the coordinator's central file.
base::Status say_as_root(Profile& coordinator, const seal::Kit& kit, record::Statement statement);
base::Status belongs_to(const Profile& coordinator, const seal::Kit& kit);

}  // namespace app
