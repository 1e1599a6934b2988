// Verbs of handing over and of the coordinator's desk. Same rules as events.h, which includes this.
#pragma once

#include <string>

namespace app {

struct ChoosePlace {
  std::string address;
};
struct StartSync {};
struct CancelTask {};
struct Merge {};
struct SelectConflict {
  int index = 0;
};
struct ChooseSide {
  int index = 0;
};
struct Settle {
  std::string reason;
};
struct SelectTable {
  int index = 0;
};
struct ShowLabels {
  bool on = true;
};
struct ScrollTable {
  int first_row = 0;
};
struct ExportTo {
  std::string format, folder;
};
struct BackUpTo {  // the central file
  std::string folder;
};
struct MoveCentral {
  std::string folder;
};
struct KeepBackupsAt {  // the copy that receipts rest on
  std::string folder;
};
struct SetCardTerms {  // of the project's withdrawal cards, as typed
  std::string contact, until;
};
struct VerifyCentral {};
struct RestoreCentral {  // a copy in place of the file, also of one that does not open any more
  std::string profile, passphrase, file;
};
struct TakeIn {  // from the quarantine, as if it had come in a whole bundle
  std::string id;
};
struct ThrowAway {
  std::string id;
};
struct SelectForm {
  std::string form;
};
struct SelectText {
  int row = 0, language = 0;
};
struct EditText {
  std::string text;
};
struct Publish {};

}  // namespace app
