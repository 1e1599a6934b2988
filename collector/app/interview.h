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

#include "collector/app/profile.h"
#include "forms/engine/session.h"
#include "sync/record/revision.h"
#include "sync/seal/withdrawal.h"

namespace app {

// Between the engine's words and the record's.
record::Value record_value(const definition::Survey& survey, definition::NodeIndex node,
                           std::string_view text);
record::Key record_key(const definition::Survey& survey, const engine::Path& path);
std::optional<engine::Path> engine_path(const definition::Survey& survey, const record::Key& key);
record::Origin record_origin(engine::Origin origin);
engine::Session resume_session(const definition::Survey& survey, engine::Environment environment,
                               const std::vector<record::Answer>& answers,
                               const std::vector<record::Answer>& instances);

struct Said {  // what became of an answer
  engine::Judgement judgement = engine::Judgement::fine;
  std::string message;  // of the form, in the interview's language; empty when it has none
};

class Interview {
 public:
  static base::Result<std::unique_ptr<Interview>> begin(Profile& profile, const record::PublishedForm& form,
                                                        int language);
  static base::Result<std::unique_ptr<Interview>> open(Profile& profile, const base::DraftId& draft);
  // A finished interview, while it can still be read here: each change is sealed at once, as a correction of
  // its own. Consent and repeats stay as they are. Errors: missing once the window has closed.
  static base::Result<std::unique_ptr<Interview>> reopen(Profile& profile, const base::RecordId& record);
  static std::unique_ptr<Interview> practise(std::shared_ptr<const FormFile> form, World world, int language);

  const definition::Survey& survey() const { return *form_->read.survey; }
  engine::Session& session() { return *session_; }
  const engine::Session& session() const { return *session_; }
  bool is_practice() const { return profile_ == nullptr; }
  bool is_correction() const { return finished_.has_value(); }
  const base::DraftId& id() const { return id_; }
  engine::NodeId place() const { return place_; }    // where it stopped
  const std::string& card() const { return card_; }  // withdrawal card, as printed; empty in practice

  base::Result<Said> answer(engine::NodeId node,
                            std::string_view typed);  // "" clears; refused input is an Error to show
  base::Result<Said> store(engine::NodeId node, std::string_view value);  // already in stored form: choices
  base::Status add_instance(engine::NodeId parent, definition::NodeIndex repeat);
  base::Status remove_instance(engine::NodeId instance);
  base::Status read_in(int language);
  base::Status shown(engine::NodeId node);  // the question came on screen
  std::vector<engine::Finding> findings() const { return session_->check(); }
  bool refused() const;
  base::Result<base::RecordId> finish();

 private:
  Interview() = default;
  base::Status journal_changes();  // what differs from what was journalled, in one commit
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
  std::map<record::Key, record::Answer> journalled_, journalled_instances_;
  std::vector<record::Entry> waiting_;
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
