// Own profile: what a person does with their own keys and folder.
//
//   std::string words = suggest_passphrase(*world.random);       // five words, typed alike on every keyboard
//   std::string why = weakness_of(typed, {"amina"});             // a half-sentence; empty: fair or better
//   move_profile(workspace, "amina", "/media/stick/amina");      // then it lives there, and only there
//
// Nothing typed is kept. Errors: those of the vault (store/vault.h) and of moving (store/backup.h).
#pragma once

#include <string>
#include <vector>

#include "collector/app/profile.h"

namespace app {

std::string suggest_passphrase(base::Random& random);
std::string weakness_of(std::string_view passphrase, const std::vector<std::string>& known);
base::Status move_profile(const std::filesystem::path& workspace, const std::string& label,
                          const std::filesystem::path& to);
// Its keys are destroyed: nothing is read again; what is sealed can still be handed over.
base::Status purge_profile(const std::filesystem::path& workspace, const std::string& label);

}  // namespace app
