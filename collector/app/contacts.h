// Contacts: every attempt to reach somebody (absent, refused, put off), and the appointments that came of it.
//
//   Contacts contacts(profile.vault());
//   contacts.keep({.code = "MA12-S147-5", .outcome = Outcome::postponed, .at = now, .day = "2026-11-26"});
//   for (const Contact& one : contacts.due(today)) …
//
// Kept sealed in the profile, on this laptop only; codes, never names. A few hundred at most: the whole list is
// written anew each time.
#pragma once

#include <string>
#include <vector>

#include "collector/app/views_people.h"
#include "sync/store/vault.h"

namespace app {

struct Contact {
  std::string id = {};    // given by keep()
  std::string code = {};  // of the code card
  Outcome outcome = Outcome::absent;
  base::Instant at = {};           // of the attempt
  std::string day = {}, hour = {};  // of the appointment: "2026-11-26", "14:30"; "" for none
  std::string note = {};
};

class Contacts {
 public:
  explicit Contacts(store::Vault& vault);
  const std::vector<Contact>& all() const { return all_; }  // newest attempt first
  std::vector<Contact> due() const;                         // with an appointment, the next one first
  base::Status keep(Contact contact, base::Random& random);
  base::Status settle(const std::string& id, Outcome outcome);  // the appointment is over
  base::Status drop(const std::string& id);

 private:
  base::Status write();
  store::Vault& vault_;
  std::vector<Contact> all_;
};

}  // namespace app
