// Send-backs: a coordinator returns an interview to a device with a question; the fieldworker answers it there.
//
//   send_back(coordinator, record, {.device = amina, .questions = {"age"}, .comment = "12 or 21?", .hours = 48});
//   for (const SentBackView& s : *sent_back_to(device)) …          // comment, questions, answers as they stand
//   answer_send_back(device, s.id, {{{"age", {}}, "21"}}, "looked it up");
//
// Only the asked answers and the comment travel, sealed to that device alone, and are shown there for so many hours
// after they were first opened. The answer is a revision over what the coordinator saw. Errors: missing (over, or
// not for this device), locked.
#pragma once

#include "collector/app/interview.h"
#include "sync/record/send_back.h"

namespace app {

struct SendBackWish {
  base::DeviceId device;               // zeros: the one that held the interview
  std::vector<std::string> questions;  // identities; empty: all that are in conflict
  std::string comment;
  uint32_t hours = 24;  // 1 to 168
};
base::Status send_back(Profile& coordinator, const base::RecordId& record, const SendBackWish& wish);

struct SentBackView {
  base::StatementId id;
  base::RecordId record;
  std::string name, form_id, comment, asked_by, until;  // until: ISO time
  struct Question {
    record::Key key;
    std::string label, shown;  // in the asked language
  };
  std::vector<Question> questions;
};
// What is open here now; opening it the first time starts its hours.
base::Result<std::vector<SentBackView>> sent_back_to(Profile& device, std::string_view language);
base::Status answer_send_back(Profile& device, const base::StatementId& id,
                              const std::vector<Correction>& corrections, const std::string& reason);

struct SentBackState {  // for coordinators
  base::StatementId id;
  base::RecordId record;
  std::string device, since;
  bool is_answered = false;
};
base::Result<std::vector<SentBackState>> send_backs_of(Profile& coordinator);

}  // namespace app
