#include "collector/app/handed_cards.h"

namespace app {

namespace {

constexpr const char* setting = "cards.handed";  // ids, each followed by a blank

}  // namespace

bool is_handed(Profile& profile, const base::DraftId& draft) {
  return profile.vault().setting(setting).find(draft.hex() + " ") != std::string::npos;
}

base::Status keep_handed(Profile& profile, const base::DraftId& draft, bool handed) {
  std::string kept = profile.vault().setting(setting);
  std::string id = draft.hex() + " ";
  size_t at = kept.find(id);
  if ((at != std::string::npos) == handed) return {};
  if (handed)
    kept += id;
  else
    kept.erase(at, id.size());
  return profile.vault().set_setting(setting, kept);
}

}  // namespace app
