// What is sealed of an interview, and correcting one that is finished: only what changed is sealed, as a new
// revision beside the first.
#include <algorithm>
#include <set>

#include "collector/app/interview_state.h"

namespace app {

using base::Fault;
using base::Status;
using engine::NodeId;
using record::Answer;
using record::Tag;

namespace {

std::string role_of(const definition::Survey& survey, definition::NodeIndex node) {
  auto at = survey.nodes[node].extra.find("x_role");
  return at == survey.nodes[node].extra.end() ? std::string() : at->second;
}

// Seals `changed` as an amendment of `state` and keeps the new content readable; `state` follows.
Status seal_changes(Profile& profile, record::Revision& state, std::vector<Answer> changed,
                    const std::string& reason) {
  auto all = profile.vault().finished();
  auto outbox = profile.vault().outbox();
  auto epoch = profile.authority().current_epoch();
  if (!all || !outbox || !epoch)
    return base::fail(Fault::locked, profile.label(),
                      "This interview cannot be corrected now. Sync and try again.");
  auto summary = std::find_if(all->begin(), all->end(),
                              [&](const store::Finished& f) { return f.record == state.record; });
  auto sealed = std::find_if(outbox->begin(), outbox->end(),
                             [&](const store::Sealed& s) { return s.record == state.record; });
  if (summary == all->end() || sealed == outbox->end())
    return base::fail(Fault::missing, "interview",
                      "This interview has left this laptop; ask a coordinator to correct it.");
  auto before = seal::parse_envelope(sealed->bytes);
  if (!before) return base::pass(before.error());
  record::Revision r = state;
  r.sequence = profile.vault().next_sequence();
  r.kind = record::RevisionKind::amend;
  r.full = false;
  r.parents = {summary->last};
  r.at = profile.world().clock->now();
  r.reason = reason;
  r.journal.clear();
  r.answers = changed;
  auto plain = record::encode_revision(r);
  if (!plain) return base::pass(plain.error());
  seal::EnvelopeHeader header = before->header;
  header.sequence = r.sequence;
  header.previous = profile.vault().head();
  auto envelope = seal::seal_revision(*plain, header, {epoch->key}, profile.keys());
  if (!envelope) return base::pass(envelope.error());
  record::Revision now = state;
  for (Answer& answer : changed) {
    std::erase_if(now.answers, [&](const Answer& a) { return a.key == answer.key; });
    if (answer.value.tag != Tag::cleared) now.answers.push_back(std::move(answer));
  }
  auto kept = record::encode_revision(now);
  if (!kept) return base::pass(kept.error());
  summary->last = seal::parse_envelope(*envelope)->id;
  if (auto done = profile.vault().add_revision(*envelope, *summary, *kept); !done) return done;
  seal::wipe(std::span<uint8_t>(*kept));
  state = std::move(now);
  return {};
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
    if (!session.relevant(node) || (refused && kept.count(role_of(survey, value.path.node)) == 0)) continue;
    record::Value v = record_value(survey, value.path.node, value.text);
    if (v.tag != Tag::cleared)
      out.push_back({record_key(survey, value.path), v, record_origin(value.origin)});
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
  auto kept = profile.vault().kept(record_id);
  if (!kept) return base::pass(kept.error());
  auto content = record::decode_revision(*kept);
  if (!content) return base::pass(content.error());
  std::unique_ptr<Interview> out(new Interview());
  out->form_ = profile.form_of(content->form);
  if (!out->form_)
    return base::fail(Fault::missing, content->form_id, "The form of this interview is not on this laptop.");
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
  auto kept = profile.vault().kept(record_id);
  if (!kept) return base::pass(kept.error());
  auto content = record::decode_revision(*kept);
  if (!content) return base::pass(content.error());
  std::vector<Answer> changed;
  for (const Correction& c : corrections) {
    auto old = std::find_if(content->answers.begin(), content->answers.end(),
                            [&](const Answer& a) { return a.key == c.key; });
    Tag tag = old == content->answers.end() ? Tag::text : old->value.tag;
    auto value = record::make_value(c.text.empty() ? Tag::cleared : tag, c.text);
    if (!value) return base::pass(value.error());
    changed.push_back({c.key, *value, record::Origin::given});
  }
  return seal_changes(profile, *content, std::move(changed), reason);
}

}  // namespace app
