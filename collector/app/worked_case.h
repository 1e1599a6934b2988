// WorkedCase: one record's answers as its form sees them: calculated values computed again, hidden answers left out,
// rules of the form judged, answers the form does not know kept apart. Pure: the same record and form, the same case.
//
//   WorkedCase w = work_out(view, survey, 60);
//
// Time and chance, where a calculation asks for them, are the interview's own: the day it was finished, and a seed
// that is its id; where it asks for a label, the form's own language: two coordinators who read in two languages see
// the same values. Any thread; the form is borrowed. Cost: one session of the form.
#pragma once

#include "collector/app/interview.h"
#include "collector/export/table.h"
#include "sync/record/view.h"

namespace app {

struct WorkedCase {
  std::unique_ptr<base::ManualClock> clock;    // of the session
  std::unique_ptr<base::SeededRandom> random;  // likewise
  exports::Case one;   // device, same_as and the labels of its people are the caller's
  std::string code;    // its case code; may be empty
  std::string person;  // answers to questions with the role `person`, folded; empty unless all are given
  engine::Session session;
};
// `graph` of the form, where many cases of it are worked out: engine::graph_of().
WorkedCase work_out(const record::RecordView& record, const definition::Survey& survey, int offset_minutes,
                    std::shared_ptr<const engine::Graph> graph = nullptr);

int language_of(const definition::Survey& survey,
                std::string_view wanted);  // the default where it is not there

}  // namespace app
