// Respondent: a simulated person who answers a form, for demonstrations and for trying a form before the
// field.
//
//   Respondent person(random, "ar");
//   std::optional<std::string> typed = person.answer(session, node);   // nothing: left blank on purpose
//   person.unmet()                                                     // questions whose constraint was
//   never met
//
// Seeded and type-aware: choices come from what is offered now, numbers from the bounds the constraint names,
// texts from a small stock in the person's language, codes from the constraint's regular expression. A
// candidate is judged by the session before it is given; after `tries` candidates the question is left blank
// and listed. The same seed and the same form give the same answers. Source: the design's rule for simulated
// respondents.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "forms/base/random.h"
#include "forms/engine/session.h"

namespace app {

class Respondent {
 public:
  Respondent(base::Random& random, std::string language) : random_(random), language_(std::move(language)) {}

  // What this person says to a question that takes an answer; nothing when they leave it (never a required
  // one).
  std::optional<std::string> answer(const engine::Session& session, engine::NodeId node);
  const std::vector<std::string>& unmet() const { return unmet_; }  // identities, in the order met

  double leave_blank = 0.06;  // share of optional questions left
  int tries = 240;

 private:
  std::string candidate(const engine::Session& session, engine::NodeId node, int attempt);
  std::string number(const definition::Node& node, int attempt);
  std::string choices(const engine::Session& session, engine::NodeId node, int attempt);
  std::string words(const definition::Node& definition);  // what an open question may get
  std::string place();

  base::Random& random_;
  std::string language_;
  std::vector<std::string> unmet_;
};

// A text that matches a simple pattern: literals, classes, ., groups, |, ?, *, +, {n}, {n,m}; anchors are
// passed over. Nothing for what it does not know (look-arounds, back-references).
std::optional<std::string> text_for_pattern(std::string_view pattern, base::Random& random);

}  // namespace app
