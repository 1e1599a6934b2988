// What a person asks for about themselves at this laptop: lock, settings, help, contacts. Same rules as events.h, which
// includes this.
#pragma once

#include <string>

#include "collector/app/views_people.h"

namespace app {

struct Hide {};  // the quick lock: nothing of an interview stays in memory
struct Reveal {
  std::string words;  // the short code, or the passphrase
};
struct ChangeLook {
  std::string theme;
  int text_size = 0;
};
struct LockAfter {
  int minutes = 0;
};
struct SetCode {
  std::string code = {};  // for coming back after a quick lock; "" for none
};
struct SelectHelp {
  int page = 0;
};
struct NoteContact {
  std::string code;
  Outcome outcome = Outcome::absent;
  std::string day, hour, note;  // as typed; "" for none
};
struct Withdraw {
  enum class Step : uint8_t { look_up, choose, carry_out, confirm } step = Step::look_up;
  std::string words = {};  // look_up: the code of a card, or a case code; confirm: what waits at this centre
  int index = 0;           // choose: of the cases that were found
};
struct SettleContact {
  std::string id;
  Outcome outcome = Outcome::held;
  bool drop = false;
};

}  // namespace app
