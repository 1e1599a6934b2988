// Which language the desk speaks on a page of the open interview, and what it says of languages.
#include "collector/app/card.h"
#include "collector/app/desk_held.h"

namespace app {

using engine::NodeId;

Strings DeskHeld::words_for(NodeId node) const {
  bool respondent = interview_->consent().step(interview_->session().definition_of(node)) != ConsentStep::none;
  return respondent ? strings_in(interview_->survey().language_code(language_), strings_) : strings_;
}

std::vector<CardWords> DeskHeld::words_on_card() const {
  static const record::Authority nobody;
  CardTerms terms = card_terms(profile_ ? profile_->authority() : nobody, *around_.clock);
  const definition::Survey& survey = interview_->survey();
  Strings first = strings_in(survey.language_code(language_), strings_);
  std::vector<CardWords> out = {card_words(first, terms)};
  Strings beside = strings_in(survey.language_code(second_), first);
  if (beside.language() != first.language()) out.push_back(card_words(beside, terms));
  return out;
}

// Which language stands in where the page has no text in the one that is read.
std::string DeskHeld::stand_in_remark(const Page& page) const {
  const definition::Survey& survey = interview_->survey();
  for (NodeId node : page.questions) {
    const definition::Node& question = survey.nodes[interview_->session().definition_of(node)];
    int shown = shown_language(survey, question.label, language_);
    if (shown < 0 || shown == language_) continue;
    return words_for(node).tr("interview.stands_in.remark",
                              {{"language", own_name(survey.languages[static_cast<size_t>(language_)])},
                               {"other", own_name(survey.languages[static_cast<size_t>(shown)])}});
  }
  return "";
}

std::vector<bool> DeskHeld::languages_offered() const {
  std::vector<bool> out;
  for (size_t i = 0; i < interview_->survey().languages.size(); ++i)
    out.push_back(has_questions_in(interview_->survey(), static_cast<int>(i)));
  return out;
}

}  // namespace app
