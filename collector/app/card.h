// Card: the withdrawal card as the respondent reads it, in their language.
//
//   CardTerms terms = card_terms(profile.authority(), *clock);
//   CardWords words = card_words(Strings("ar"), terms);      // printed, and shown where the card is handed over
//
// Whom to tell the code and until when are the project's policies `card_contact` (a telephone number, an address)
// and `card_until` (a day, "2027-06-30", or a number of days from the interview): `rihla project set card_contact
// "+212 …"`. What the project has not said is a line to be filled by hand. Pure but for the clock.
#pragma once

#include "collector/app/strings.h"
#include "collector/app/views_interview.h"
#include "forms/base/error.h"
#include "sync/record/authority.h"

namespace app {

struct CardTerms {
  std::string contact;              // "" when the project has not said
  std::optional<base::Date> until;  // the last day on which answers can be withdrawn
};

CardTerms card_terms(const record::Authority& authority, base::Clock& clock);
CardWords card_words(const Strings& strings, const CardTerms& terms);
// Whether these policies may hold this value; invalid says what they take. Other keys are not judged.
base::Status check_card_policy(const std::string& key, const std::string& value);

}  // namespace app
