// The typist: answers that can be told from their number, for trials that compare what was typed with what is
// there.
#pragma once

#include "sync/store/vault.h"

namespace torture {

inline constexpr const char* passphrase = "torture passphrase";

inline record::Entry answer(int n) {
  record::Entry e;
  e.key.question = "q" + std::to_string(n % 40);
  e.value = *record::make_value(record::Tag::text, "answer " + std::to_string(n));
  e.at.ms = n;
  return e;
}

inline base::DraftId draft_id(uint8_t n = 9) {
  base::DraftId id;
  id.bytes[0] = n;
  return id;
}

// How many entries the draft holds from its beginning on, each as it was typed; -1: it does not open, or one
// is not what was typed.
inline int typed_in(const std::filesystem::path& folder) {
  auto vault = store::Vault::open(folder, passphrase, base::SystemClock().now());
  if (!vault) return -1;
  auto journal = (*vault)->journal(draft_id());
  if (!journal) return -1;
  for (size_t i = 0; i < journal->size(); ++i)
    if ((*journal)[i].value.text != answer(static_cast<int>(i)).value.text) return -1;
  return static_cast<int>(journal->size());
}

}  // namespace torture
