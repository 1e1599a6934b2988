#include "collector/app/own_profile.h"

#include "sync/seal/passphrase.h"
#include "sync/store/backup.h"

namespace app {

std::string suggest_passphrase(base::Random& random) {
  return seal::suggest_passphrase(random);
}

std::string weakness_of(std::string_view passphrase, const std::vector<std::string>& known) {
  seal::PassphraseAdvice advice = seal::advise(passphrase, known);
  if (advice.verdict > seal::Strength::weak) return "";
  switch (advice.because) {
    case seal::Weakness::few_signs:
      return "it is short";
    case seal::Weakness::known_word:
      return "it holds a name that people here know";
    case seal::Weakness::sequence:
      return "it holds a row of neighbouring keys or numbers";
    case seal::Weakness::repeats:
      return "it repeats itself";
    case seal::Weakness::one_word:
      return "it is a single word";
    case seal::Weakness::none:
      break;
  }
  return "it has few words";
}

base::Status move_profile(const std::filesystem::path& workspace, const std::string& label,
                          const std::filesystem::path& to) {
  return store::move_profile(Profile::folder_of(workspace, label), to);
}

base::Status purge_profile(const std::filesystem::path& workspace, const std::string& label) {
  return store::Vault::purge(Profile::folder_of(workspace, label));
}

}  // namespace app
