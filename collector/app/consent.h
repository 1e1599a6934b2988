// Consent: which questions of a form ask for it, and how they are turned: each step a page of its own.
//
//   ConsentPlan plan(survey);
//   plan.step(node)    // adult, guardian, assent, purposes, card; none for every other question
//   plan.run(node)     // questions of one step share it; -1 for every other question
//   allows(session, ConsentUse::audio)
//
// Questions are found by their x_role, never by name: `consent`, `consent_guardian` and `consent_assent` close a
// step, which begins with the notes and choices that stand right before it in its group; other roles that begin
// with `consent_` are purposes, ticked one by one, and `how_given` (signed, spoken, before a witness) stands
// with them; `withdrawal_card` is the note at which the card is handed over. Cost: the form's size, once.
#pragma once

#include <vector>

#include "forms/engine/session.h"

namespace app {

enum class ConsentStep : uint8_t { none, adult, guardian, assent, purposes, card };

std::string_view role_of(const definition::Survey& survey, definition::NodeIndex node);  // its x_role; "" for none
bool is_minors(const definition::Survey& survey);  // the settings say x_minors

class ConsentPlan {
 public:
  explicit ConsentPlan(const definition::Survey& survey);
  ConsentStep step(definition::NodeIndex node) const { return places_[node].step; }
  int run(definition::NodeIndex node) const { return places_[node].run; }

 private:
  struct Place {
    ConsentStep step = ConsentStep::none;
    int run = -1;
  };
  void read(const definition::Survey& survey, definition::NodeIndex group);
  std::vector<Place> places_;  // by node
  int runs_ = 0;
};

// What the respondent's consent covers. A use that the form asks about is allowed by "yes" alone; one that it
// does not ask about follows the consent to take part. A form that asks for no consent allows everything.
enum class ConsentUse : uint8_t { take_part, audio, place, quote, recontact };
bool allows(const engine::Session& session, ConsentUse use);
// Whether this question may hold anything: sound and places only as far as consent goes, whatever the form's own
// conditions say.
bool may_hold(const engine::Session& session, engine::NodeId node);
// Somebody whose consent is needed has not been asked yet: how long the interview will be is not known.
bool is_awaited(const engine::Session& session);
// Somebody who was asked said no: only the refusal may be kept.
bool is_refused(const engine::Session& session);

}  // namespace app
