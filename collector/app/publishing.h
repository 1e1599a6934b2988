// Publishing: forms for the field, taking one back, and how answers of one version read under the next.
//
//   publish(coordinator, form);                       // a newer version of the same form_id replaces
//   publish(coordinator, form, {.rules = {{"age", "years"}}});   // what was renamed, recoded or split
//   withdraw_form(coordinator, "staff");              // no longer offered; what was begun can be finished
//
// Every publication of a newer version says what becomes of each question of the one before: by its name, but
// for the rules given. A question that the newer lacks keeps its answers, exported in a column of their own.
#pragma once

#include "collector/app/profile.h"

namespace app {

struct Published {
  bool is_new = false;                  // false: this very form is the published one; nothing was said
  std::vector<std::string> kept_apart;  // questions of the version before that this one lacks
};
struct PublishWish {
  std::vector<record::Rule> rules;  // only for questions that change; the others keep their name
};
base::Result<Published> publish(Profile& coordinator, const FormFile& form, const PublishWish& wish = {});
base::Status withdraw_form(Profile& coordinator, const std::string& form_id);
base::Status some_form_has(Profile& profile, const std::string& language);  // missing: none; which there are

base::FormHash form_hash(const definition::Survey& survey);
std::vector<std::string> questions_of(const definition::Survey& survey);  // identities, repeats among them

}  // namespace app
