// Views of a person at this laptop: the quick lock, settings, contacts, help, about. Same rules as views.h, which
// includes this.
#pragma once

#include <string>
#include <vector>

#include "collector/app/views_interview.h"

namespace app {

struct LockView {       // quickly locked: nothing of an interview is in memory
  std::string profile;  // whose
  bool by_code = false;  // a short code opens; else the passphrase
  bool waits = false;    // an interview is gone back to
  std::string problem;
};

struct LanguageRow {
  std::string code, name, remark;  // remark: not checked, what stands in
};

struct SettingsView {
  std::vector<LanguageRow> languages;
  std::string language;
  std::string theme;   // "light", "dark", "contrast"
  int text_size = 0;   // 0, 1, 2
  Turning turning = Turning::question;
  bool advances = false;
  int lock_minutes = 10;  // without a key; 0: never
  bool has_code = false;  // for coming back after a quick lock
  bool has_profile = true;
  std::string code_problem;
};

struct Fact {
  std::string label, text;
};
struct AboutView {
  std::vector<Fact> facts;
};

struct PendingView {  // a withdrawal that a coordinator has to confirm
  std::string id, label;
};
// What a respondent asks for. What was typed is not in it: it opens an interview.
struct WithdrawView {
  std::vector<std::string> cases;  // found, when there are several: which one is meant?
  int chosen = -1;
  std::string found;      // which interview it is, in words; "" where a card says nothing more
  std::string meaning;    // what withdrawing will do; "": nothing was looked up
  std::string problem, result, number;
  std::vector<PendingView> pending;
};

struct HelpLineView {
  std::string text;  // `…` is a key, *…* emphasis
  bool point = false;
};
struct HelpView {
  std::vector<std::string> titles;
  int selected = 0;
  std::vector<HelpLineView> lines;
  std::string remark;  // which language stands in, and that no native reader has checked it
};

enum class Outcome : uint8_t { absent, refused, postponed, held };

struct ContactRow {
  std::string id, code, when, note;  // when: of the attempt, or of the appointment
  Outcome outcome = Outcome::absent;
  int attempts = 0;  // of this code, this one included
  bool late = false;  // an appointment that is over
};
struct ContactsView {
  std::vector<ContactRow> due, past;  // appointments, the next one first; attempts, the newest first
  std::string problem;                // what could not be taken of the last entry
};

}  // namespace app
