// Events about repeats: their instances, and how they are shown. Part of events.h.
#pragma once

#include <string>

namespace app {

struct AddInstance {
  std::string repeat, parent;  // as in RepeatView
};
struct RemoveInstance {
  std::string instance;
};
struct CopyInstance {
  std::string instance;  // another one with the same answers, attachments apart
};
struct MoveInstance {
  std::string instance;
  int by = 0;  // places: -1 is one up
};
struct NextCell {
  std::string question;  // of a repeat as a table: on from here, once its answer is known
};
struct TabulateRepeats {
  bool on = false;  // repeats as tables, not one instance after another
};

}  // namespace app
