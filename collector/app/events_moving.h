// Moving through an interview, and what is said about it rather than in it. Same rules as events.h, which includes
// this.
#pragma once

#include <string>

#include "collector/app/views_interview.h"

namespace app {

struct TurnBy {
  Turning turning = Turning::question;
};
struct Advance {
  bool on = false;  // a single choice also turns the page
};
struct Find {
  std::string words;  // names and labels of questions; the view lists what was found
};
struct GoBackTo {};        // where one was before going back or jumping
struct NextUnanswered {};  // the next question without an answer, from here on and round
struct SayNothing {
  std::string question;
  NoAnswer why = NoAnswer::dont_know;
};
struct SpeakIn {
  std::string code;  // of SpokenView; "" for the form's own
};
struct Caret {
  std::string question;
  int at = -1;  // byte; kept with the interview, so that an interruption comes back to it
};
struct OfferBeside {};  // what OpenBeside may take
struct OpenBeside {
  std::string form, draft;  // a second interview, begun or resumed; one of the two is ""
};
struct MoveToNewest {
  bool moves = true;  // false: the interview stays as it is
};  // to the newest version of its form, the open interview
struct SwitchInterview {};  // to the other one that is open

}  // namespace app
