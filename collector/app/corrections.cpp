// What is sealed of an interview, and correcting one that is finished: only what changed is sealed, as a new
// revision beside the first.
#include <algorithm>
#include <set>

#include "collector/app/beside.h"
#include "collector/app/interview_state.h"
#include "sync/record/packed.h"

namespace app {

using base::Fault;
using base::Status;
using engine::NodeId;
using record::Answer;
using record::Tag;

namespace {

// Seals `changed` as an amendment of the record that `summary` names. `readable`: what may be read again here while
// the window is open; empty: it is amended blindly.
Status seal_amendment(Profile& profile, store::Finished summary, record::Revision r,
                      std::vector<Answer> changed, const std::string& reason, base::ByteView readable) {
  auto epoch = profile.authority().current_epoch();
  if (!epoch)
    return base::fail(Fault::locked, profile.label(),
                      "There is no key to seal to. Sync, then correct it again.");
  store::Vault& vault = profile.vault();
  r.record = summary.record;
  r.device = profile.keys().id;
  r.sequence = vault.next_sequence();
  r.kind = record::RevisionKind::amend;
  r.full = false;
  r.parents = {summary.last};
  r.at = profile.world().clock->now();
  r.author = profile.label();
  r.reason = reason;
  r.journal.clear();
  r.answers = std::move(changed);
  auto beside = put_beside(profile, r);
  if (!beside) return base::pass(beside.error());
  auto plain = record::encode_revision(r);
  if (!plain) return base::pass(plain.error());
  *plain = record::pack_content(std::move(*plain));
  seal::EnvelopeHeader header{
      profile.membership()->project, r.record, r.device, r.sequence, vault.head(), summary.withdrawal};
  auto envelope = seal::seal_revision(*plain, header, {epoch->key}, profile.keys());
  seal::wipe(std::span<uint8_t>(*plain));
  if (!envelope) return base::pass(envelope.error());
  auto parsed = seal::parse_envelope(*envelope);
  if (!parsed) return base::pass(parsed.error());
  summary.last = parsed->id;
  store::Sealing sealing;
  sealing.envelope = *envelope;
  sealing.summary = std::move(summary);
  sealing.readable = readable;
  sealing.now = r.at;
  sealing.beside = *beside;
  return vault.add_revision(sealing);
}

base::Result<store::Finished> summary_of(Profile& profile, const base::RecordId& record) {
  auto all = profile.vault().finished();
  if (!all) return base::pass(all.error());
  auto at =
      std::find_if(all->begin(), all->end(), [&](const store::Finished& f) { return f.record == record; });
  if (at == all->end() || at->withdrawn)
    return base::fail(Fault::missing, "interview",
                      "This interview was not finished on this laptop, or was withdrawn; ask a coordinator.");
  return *at;
}

// Seals what changed of a readable interview and keeps the new content readable; `state` follows.
Status seal_changes(Profile& profile, record::Revision& state, std::vector<Answer> changed,
                    const std::string& reason) {
  auto summary = summary_of(profile, state.record);
  if (!summary) return base::pass(summary.error());
  record::Revision now = state;
  for (const Answer& answer : changed) {
    std::erase_if(now.answers, [&](const Answer& a) { return a.key == answer.key; });
    if (answer.value.tag != Tag::cleared) now.answers.push_back(answer);
  }
  base::Bytes readable = record::encode_whole(now);  // what stays here has no bound
  auto done = seal_amendment(profile, std::move(*summary), state, std::move(changed), reason, readable);
  seal::wipe(std::span<uint8_t>(readable));
  if (done) state = std::move(now);
  return done;
}

// A correction in the words of the form it was asked by.
base::Result<Answer> corrected(const definition::Survey* survey, const Correction& c, Tag otherwise) {
  record::Value value;
  definition::NodeIndex node = survey ? survey->by_identity(c.key.question) : definition::no_node;
  if (survey && node == definition::no_node)
    return base::fail(Fault::missing, c.key.question, "The form of this interview has no such question.");
  if (survey) {
    if (role_of(*survey, node).rfind("consent", 0) == 0)
      return base::fail(Fault::locked, c.key.question,
                        "Consent is withdrawn with the card, not corrected here.");
    auto made = record_value(*survey, node, c.text);
    if (!made) return base::pass(made.error());
    value = std::move(*made);
  } else {
    auto made = record::make_value(c.text.empty() ? Tag::cleared : otherwise, c.text);
    if (!made) return base::pass(made.error());
    value = *made;
  }
  return Answer{c.key, value, record::Origin::given};
}

// After the window: written without reading, outside repeats.
Status amend_blindly(Profile& profile, const base::RecordId& record_id,
                     const std::vector<Correction>& corrections, const std::string& reason) {
  auto summary = summary_of(profile, record_id);
  if (!summary) return base::pass(summary.error());
  auto form = profile.form_of(summary->form);
  const definition::Survey* survey = form && form->read.survey ? &*form->read.survey : nullptr;
  std::vector<Answer> changed;
  for (const Correction& c : corrections) {
    if (!c.key.instances.empty())
      return base::fail(
          Fault::locked, c.key.question,
          "What stands in a repeat can only be corrected while the interview can be read here. Ask a "
          "coordinator.");
    auto answer = corrected(survey, c, Tag::text);
    if (!answer) return base::pass(answer.error());
    changed.push_back(std::move(*answer));
  }
  record::Revision r;
  r.form = summary->form;
  r.form_id = summary->form_id;
  r.form_version = summary->form_version;
  return seal_amendment(profile, std::move(*summary), std::move(r), std::move(changed), reason, {});
}

}  // namespace

// Answers and instances of what is open now.
std::vector<Answer> answers_to_seal(const engine::Session& session, bool refused) {
  static const std::set<std::string> kept = {"group",   "partnership",      "day",           "interviewer",
                                             "consent", "consent_guardian", "consent_assent"};
  const definition::Survey& survey = session.survey();
  std::vector<Answer> out;
  for (const engine::SavedValue& value : session.saved_values()) {
    NodeId node = session.find(value.path);
    if (!session.relevant(node) || !may_hold(session, node)) continue;
    if (refused && kept.count(std::string(role_of(survey, value.path.node))) == 0) continue;
    // What was answered fits, else it was not taken; a calculation that does not is worked out again by who reads.
    auto v = record_value(survey, value.path.node, value.text);
    if (v && v->tag != Tag::cleared)
      out.push_back({record_key(survey, value.path), std::move(*v), record_origin(value.origin)});
  }
  if (refused) return out;
  std::map<std::pair<definition::NodeIndex, std::vector<base::InstanceId>>, int> counted;
  for (const engine::SavedInstance& instance : session.saved_instances()) {
    NodeId node = session.find(instance.path);
    if (!session.relevant(node)) continue;
    std::vector<base::InstanceId> around(instance.path.instances.begin(), instance.path.instances.end() - 1);
    int place = ++counted[{instance.path.node, around}];
    out.push_back({record_key(survey, instance.path),
                   *record::make_value(Tag::present, std::to_string(place)), record::Origin::given});
  }
  return out;
}

base::Result<std::unique_ptr<Interview>> Interview::reopen(Profile& profile,
                                                           const base::RecordId& record_id) {
  auto kept = profile.vault().readable(record_id, profile.world().clock->now());
  if (!kept) return base::pass(kept.error());
  auto content = record::decode_revision(*kept);
  seal::wipe(std::span<uint8_t>(*kept));
  if (!content) return base::pass(content.error());
  std::unique_ptr<Interview> out(new Interview());
  out->form_ = profile.form_of(content->form);
  if (!out->form_)
    return base::fail(Fault::missing, content->form_id, "The form of this interview is not on this laptop.");
  out->consent_.emplace(out->survey());
  out->profile_ = &profile;
  out->world_ = profile.world();
  std::vector<Answer> answers;
  std::vector<Answer> instances;
  for (const Answer& answer : content->answers)
    (answer.value.tag == Tag::present ? instances : answers).push_back(answer);
  // In the language it was held in: answers from a roster may be labels.
  const definition::Survey& survey = out->survey();
  int language = survey.default_language;
  if (auto journal = record::unpack_journal(content->journal); journal)
    if (int held = survey.language_index(record::fold(*journal).language); held >= 0) language = held;
  out->session_.emplace(
      resume_session(survey, environment_of(out->world_, &profile, language), answers, instances));
  out->finished_ = std::move(*content);
  return out;
}

Status Interview::seal_correction() {
  std::vector<Answer> changed;
  std::map<record::Key, Answer> now;
  for (Answer& answer : answers_to_seal(*session_, false))
    if (answer.value.tag != Tag::present && answer.origin == record::Origin::given)
      now[answer.key] = std::move(answer);
  for (const Answer& was : finished_->answers) {
    if (was.value.tag == Tag::present || was.origin != record::Origin::given) continue;
    if (survey().by_identity(was.key.question) == definition::no_node) continue;  // an earlier version's
    if (now.count(was.key) == 0)
      changed.push_back({was.key, *record::make_value(Tag::cleared, ""), record::Origin::given});
  }
  for (const auto& [key, answer] : now) {
    auto was = std::find_if(finished_->answers.begin(), finished_->answers.end(),
                            [&, k = &key](const Answer& a) { return a.key == *k; });
    if (was == finished_->answers.end() || !(was->value == answer.value)) changed.push_back(answer);
  }
  if (changed.empty()) return {};
  return seal_changes(*profile_, *finished_, std::move(changed), "");
}

Status amend(Profile& profile, const base::RecordId& record_id, const std::vector<Correction>& corrections,
             const std::string& reason) {
  auto kept = profile.vault().readable(record_id, profile.world().clock->now());
  if (!kept && kept.error().fault == Fault::missing)
    return amend_blindly(profile, record_id, corrections, reason);
  if (!kept) return base::pass(kept.error());
  auto content = record::decode_revision(*kept);
  seal::wipe(std::span<uint8_t>(*kept));
  if (!content) return base::pass(content.error());
  auto form = profile.form_of(content->form);
  const definition::Survey* survey = form && form->read.survey ? &*form->read.survey : nullptr;
  std::vector<Answer> changed;
  for (const Correction& c : corrections) {
    auto old = std::find_if(content->answers.begin(), content->answers.end(),
                            [&](const Answer& a) { return a.key == c.key; });
    auto answer = corrected(survey, c, old == content->answers.end() ? Tag::text : old->value.tag);
    if (!answer) return base::pass(answer.error());
    changed.push_back(std::move(*answer));
  }
  return seal_changes(profile, *content, std::move(changed), reason);
}

}  // namespace app
