// TerminalInterview: an interview question by question, as a terminal or a script wants it.
//
//   auto t = TerminalInterview::practise(path, lists, "fr", world);     // or begin(profile, form_id, "fr")
//   while (auto page = t->page()) { show(*page); auto problem = t->say(line); }
//
// say() takes choice numbers ("2", "1 3"), text, "-" to leave blank; it goes on when the answer holds, else
// it returns the sentence to show. answer() takes a question by address ("actor[2]/act_name") and a stored
// value: of choices, what is offered now.
#pragma once

#include "collector/app/interview.h"
#include "collector/app/pages.h"

namespace app {

class TerminalInterview {
 public:
  static base::Result<std::unique_ptr<TerminalInterview>> practise(
      const std::filesystem::path& form, const std::vector<std::filesystem::path>& lists,
      const std::string& language, World world);
  static base::Result<std::unique_ptr<TerminalInterview>> begin(Profile& profile, const std::string& form_id,
                                                                const std::string& language);
  // An open interview of this profile, or a finished one to be corrected; by the id of either.
  static base::Result<std::unique_ptr<TerminalInterview>> open(Profile& profile, const std::string& id);
  // An open one to the newest version of its form; says what has no place in it any more, a line each.
  static base::Result<std::vector<std::string>> move_to_newest(Profile& profile, const std::string& id);

  std::string title() const { return interview_->survey().title; }
  std::string id() const { return interview_->id().hex(); }  // that open() takes
  bool is_practice() const { return interview_->is_practice(); }
  std::optional<QuestionView> page() const;
  base::Result<std::string> say(const std::string& line);
  void back();
  base::Status add(const std::string& repeat);  // another instance; within the first where repeats nest
  // A sentence where it does not hold: what was said before stands then.
  base::Result<std::string> answer(const std::string& address, const std::string& value);
  std::string card() const;  // the withdrawal card's code, where it is handed over now; else ""
  // The same wherever the interview stands: "" in practice, where it was refused, or where the form has no card.
  std::string card_of_interview() const;
  std::vector<std::string> missing() const;
  base::Status finish();
  std::vector<std::pair<std::string, std::string>> answers() const;  // address, stored value

 private:
  std::unique_ptr<Interview> interview_;
  void advance();
  engine::NodeId at_ = 0;
  std::optional<Page> asking_;  // for another instance of a repeat
};

// "actor[2]/act_name" and back; positions are for people and scripts only.
std::string address_of(const engine::Session& session, engine::NodeId node);
engine::NodeId find_address(const engine::Session& session, const std::string& address);

std::vector<std::string> choices_in(std::string_view value);  // of several, as they are stored

// One question as any client shows it, in a language and, beside it, another (-1: none).
QuestionView question_view(const engine::Session& session, engine::NodeId node, int language, int second);

}  // namespace app
