// Interview: one interview being held, whoever asks: the window, the terminal, a simulated respondent.
//
//   auto interview = Interview::begin(profile, published, language);      // or practise(form), or
//   open(profile, draft) auto said = interview->answer(node, "٣٤");                            // on disk and
//   sealed when it returns if (interview->findings().empty()) interview->finish();
//
// Each change is journalled and committed before it counts. Reopening brings back every acknowledged answer
// and the place where it stopped. finish() seals one revision in one transaction; a refusal keeps only group,
// partnership, day, interviewer and that it was one. Practice keeps everything in memory and leaves nothing.
#pragma once

#include <memory>
#include <optional>
#include <utility>

#include "collector/app/consent.h"
#include "collector/app/course.h"
#include "collector/app/profile.h"
#include "forms/definition/difference.h"
#include "forms/engine/session.h"
#include "sync/record/journal.h"
#include "sync/record/revision.h"
#include "sync/seal/withdrawal.h"

namespace app {

// Between the engine's words and the record's.
// An error where the record cannot hold it: over 1 MiB, or not UTF-8.
base::Result<record::Value> record_value(const definition::Survey& survey, definition::NodeIndex node,
                                         std::string_view text);
record::Tag kind_of_value(const definition::Survey& survey,
                          definition::NodeIndex node);  // that it is stored as
record::Key record_key(const definition::Survey& survey, const engine::Path& path);
std::optional<engine::Path> engine_path(const definition::Survey& survey, const record::Key& key);
record::Origin record_origin(engine::Origin origin);
definition::Draft draft_of(const engine::Session& session);  // for definition::migrate
engine::Session resume_session(const definition::Survey& survey, engine::Environment environment,
                               const std::vector<record::Answer>& answers,
                               const std::vector<record::Answer>& instances);

// What a person reads to know which interview it is: its case code; where the form asks for none, the name that the
// form gives it, without separators at its ends. "" as long as there is none.
std::string case_name(const engine::Session& session);

struct Said {  // what became of an answer
  engine::Judgement judgement = engine::Judgement::fine;
  std::string message;  // of the form, in the interview's language; empty when it has none
};

struct Moved;

class Interview {
 public:
  static base::Result<std::unique_ptr<Interview>> begin(Profile& profile, const record::PublishedForm& form,
                                                        int language);
  static base::Result<std::unique_ptr<Interview>> open(Profile& profile, const base::DraftId& draft);
  // A finished interview, while it can still be read here: each change is sealed at once, as a correction of
  // its own. Consent and repeats stay as they are. Errors: missing once the window has closed.
  static base::Result<std::unique_ptr<Interview>> reopen(Profile& profile, const base::RecordId& record);
  // An open one, to a later version of its form: answers go where their questions went, are recoded, or stay as they
  // are beside the form's own, to be exported so. Nothing is lost; what has no place is told.
  static base::Result<Moved> move(Profile& profile, const base::DraftId& draft,
                                  const record::PublishedForm& to);
  static std::unique_ptr<Interview> practise(std::shared_ptr<const FormFile> form, World world, int language);

  const definition::Survey& survey() const { return *form_->read.survey; }
  const definition::SideFiles& files() const {
    return form_->files;
  }  // the form's lists, pictures and sounds
  engine::Session& session() { return *session_; }
  const engine::Session& session() const { return *session_; }
  bool is_practice() const { return profile_ == nullptr; }
  bool is_correction() const { return finished_.has_value(); }
  base::RecordId record() const { return finished_ ? finished_->record : base::RecordId{}; }  // of a finished one
  const store::DraftInfo& info() const { return info_; }                                    // of an open one
  const base::DraftId& id() const { return id_; }
  engine::NodeId place() const { return place_; }  // where it stopped
  int caret() const { return caret_; }             // … and the byte in its text; -1: the end
  const std::string& spoken() const {
    return spoken_;
  }  // the language really spoken, by its code; "": not said
  const ConsentPlan& consent() const { return *consent_; }
  const std::string& card() const { return card_; }  // withdrawal card, as printed; empty in practice

  base::Result<Said> answer(engine::NodeId node,
                            std::string_view typed);  // "" clears; refused input is an Error to show
  // The same while more may be typed. False: it stays as it was, for this is no whole value, takes instances away that
  // the next digit brings back, or would be sealed as a correction of its own.
  base::Result<bool> type(engine::NodeId node, std::string_view typed);
  base::Result<Said> store(engine::NodeId node, std::string_view value);  // already in stored form: choices
  base::Status add_instance(engine::NodeId parent, definition::NodeIndex repeat);
  base::Status remove_instance(engine::NodeId instance);
  base::Status move_instance(engine::NodeId instance, size_t place);  // among its siblings, 0 is first
  base::Result<engine::NodeId> copy_instance(
      engine::NodeId instance);  // with what was answered in it, media apart
  base::Status read_in(int language);
  base::Status speak_in(engine::NodeId from, const std::string& code);
  base::Status shown(engine::NodeId node);  // the question came on screen
  // Where the caret stands in a question's text. It is kept with the next answer, or at once when `now`.
  base::Status stand(engine::NodeId node, int caret, bool now);
  std::vector<engine::Finding> findings() const { return session_->check(); }
  bool refused() const;
  base::Result<base::RecordId> finish();

  Touched take_touched() { return std::exchange(touched_, {.shape = false}); }

  // Readings of the interview's journal, and what is only written into it (interview_history.cpp).
  base::Status note(engine::NodeId node, std::string_view text);         // "" takes it away
  base::Status give_reason(engine::NodeId node, std::string_view text);  // for the change just made
  base::Status pause();
  base::Status resume();
  base::Result<bool> undo();  // the last thing a person did; nodes are new after it. false: nothing is left
  base::Result<std::vector<record::Entry>> journal() const;  // for history_of, times_of, notes_of
  // An attachment for this question, sealed while it is made; close it, then store(node, media.answer()).
  base::Result<std::unique_ptr<store::Recording>> record_media(engine::NodeId node, const std::string& name,
                                                               seal::Grain grain);
  base::Status read_media(std::string_view answer, const seal::AttachmentSink& sink);
  // Recordings of the whole interview that the form has no question for, or whose question holds one already: answers
  // beside the form's own, as those of an earlier version are. Parts count from 1; none is written over, and undo
  // passes over them.
  size_t recordings() const;
  std::string recording(size_t part) const;  // the answer that names it; "" where there is none
  base::Status keep_recording(size_t part, std::string_view answer);
  base::Status note_recording(size_t part, std::string_view text);
  static record::Key recording_key(size_t part);

 private:
  Interview() = default;
  // Nothing: while it is typed, it would take instances away.
  base::Result<std::optional<Said>> keep(engine::NodeId node, std::string_view value, bool typing);
  base::Status write(record::EntryKind kind, engine::NodeId node, std::string_view text);
  base::Status write(const std::vector<record::Entry>& entries);
  void hold(const record::DraftState& state);  // the session anew, as the journal says
  seal::AttachmentHeader place_of_media(const base::AttachmentId& id, seal::Grain grain) const;
  base::Status name_attachments(record::Revision& revision);     // those that its answers name
  base::Status put_overflow_beside(record::Revision& revision);  // what does not fit into an envelope
  base::Status journal_changes();  // what differs from what was journalled, in one commit
  base::Status journal_change(const engine::Change& change);  // the same, looking only at what it names
  base::Status seal_correction();  // the same for a finished one
  Profile* profile_ = nullptr;     // borrowed; null: practice
  World world_;
  std::shared_ptr<const FormFile> form_;  // shared with the profile's cache
  std::optional<engine::Session> session_;
  store::DraftInfo info_;
  std::optional<record::Revision> finished_;  // corrections: the content as it stands
  base::DraftId id_;
  std::string card_;
  engine::NodeId place_ = 0;
  int caret_ = -1;
  std::string spoken_;
  std::optional<ConsentPlan> consent_;
  std::map<record::Key, record::Answer> journalled_, journalled_instances_;
  bool unsure_ = false;  // the disk refused: the next change is looked for everywhere
  Touched touched_;
  std::vector<record::Entry> waiting_;
  std::vector<record::Entry> practised_;  // practice: the journal, in memory only
};

struct Moved {
  std::unique_ptr<Interview> interview;
  std::vector<definition::ArchivedAnswer> archived;
};

// Amends a finished interview: only what changed is sealed, as a new revision. Once it can no longer be read here,
// blindly: outside repeats, without seeing what stood there.
struct Correction {
  record::Key key;
  std::string text;
};
base::Status amend(Profile& profile, const base::RecordId& record, const std::vector<Correction>& corrections,
                   const std::string& reason);

}  // namespace app
