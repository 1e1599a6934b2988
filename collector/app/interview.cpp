#include <algorithm>
#include <charconv>

#include "collector/app/interview_state.h"

#include "collector/app/version.h"
#include "collector/app/walk.h"
#include "sync/record/packed.h"

namespace app {

using base::Fault;
using base::Status;
using engine::NodeId;
using record::Answer;
using record::Entry;
using record::EntryKind;
using record::Tag;

engine::Environment environment_of(const World& world, const Profile* profile, int language) {
  engine::Environment e;
  e.clock = world.clock;
  e.random = world.random;
  e.language = language;
  if (profile) {
    e.device_id = profile->keys().id.hex().substr(0, 16);
    e.username = profile->label();
  }
  return e;
}

std::string case_name(const engine::Session& session) {
  const definition::Survey& survey = session.survey();
  if (definition::NodeIndex code = survey.by_role("case_code"); code != definition::no_node) {
    NodeId node = session.find({code, {}});
    return node == engine::no_id ? std::string() : std::string(session.value(node));
  }
  std::string name = session.instance_name();
  constexpr std::string_view edges = " -_/.,:;·|";  // what stands between parts that are not known yet
  size_t first = name.find_first_not_of(edges);
  return first == std::string::npos ? "" : name.substr(first, name.find_last_not_of(edges) - first + 1);
}

namespace {

base::Instant day_of(base::Instant at, int offset_minutes) {
  constexpr int64_t day = 24 * 3600 * 1000;
  int64_t shift = int64_t{offset_minutes} * 60000;
  return {(at.ms + shift) / day * day - shift};
}

bool is_recording(const record::Key& key) {
  return key.question.starts_with(Interview::recording_key(1).question);
}

// How long it can be read and corrected here: the project's policy, a day where it says nothing; of minors ten
// minutes, and nothing leaves before they are over.
store::Window window_of(const record::Authority& authority, bool minors) {
  if (minors) return {store::minors_window_ms, store::Window::Leaving::when_closed};
  int64_t hours = 24;
  std::string said = authority.policy("window_hours");
  (void)std::from_chars(said.data(), said.data() + said.size(), hours);
  return {std::clamp<int64_t>(hours, 0, 168) * 3600 * 1000, store::Window::Leaving::at_once};
}

// What is recorded on the side is nothing a person did last: undo passes over it.
record::Origin origin_of(const definition::Node& node, engine::Origin origin) {
  bool aside = node.type && !node.type->words.empty() && node.type->words[0] == "background-audio";
  return aside && origin == engine::Origin::given ? record::Origin::captured : record_origin(origin);
}

Status fixed_repeats() {
  return base::fail(Fault::locked, "repeat",
                    "A finished interview keeps its repeats. Ask a coordinator to correct them.");
}

}  // namespace

base::Result<std::unique_ptr<Interview>> Interview::begin(Profile& profile, const record::PublishedForm& form,
                                                          int language) {
  if (!profile.authority().current_epoch())
    return base::fail(Fault::locked, profile.label(),
                      "There is no key to seal interviews to yet: two coordinators must have opened the "
                      "project. Sync again.");
  auto file = profile.form(form.package);
  if (!file) return base::pass(file.error());
  std::unique_ptr<Interview> out(new Interview());
  out->profile_ = &profile;
  out->world_ = profile.world();
  out->form_ = *file;
  out->consent_.emplace(out->survey());
  const definition::Survey& survey = out->survey();
  seal::Card card = seal::Card::from(*out->world_.random);
  out->card_ = card.text();
  out->id_ = base::DraftId::from(*out->world_.random);
  out->info_ = {form.form_id,
                form.version,
                survey.title,
                "",
                form.hash,
                form.package,
                out->world_.clock->now(),
                {card.code.begin(), card.code.end()}};
  if (auto done = profile.vault().begin_draft(out->id_, out->info_); !done) return base::pass(done.error());
  out->session_.emplace(engine::Session::begin(survey, environment_of(out->world_, &profile, language)));
  Entry opened;
  opened.kind = EntryKind::open;
  opened.at = out->world_.clock->now();
  opened.text = version;
  Entry spoken;
  spoken.kind = EntryKind::language;
  spoken.at = opened.at;
  spoken.text = survey.languages[static_cast<size_t>(language)];
  out->waiting_ = {opened, spoken};
  if (auto done = out->journal_changes(); !done) return base::pass(done.error());
  return out;
}

base::Result<std::unique_ptr<Interview>> Interview::open(Profile& profile, const base::DraftId& draft) {
  auto drafts = profile.vault().drafts();
  if (!drafts) return base::pass(drafts.error());
  auto at = std::find_if(drafts->begin(), drafts->end(),
                         [&](const store::DraftSummary& d) { return d.id == draft; });
  if (at == drafts->end())
    return base::fail(Fault::missing, "interview", "This interview is not open on this laptop any more.");
  auto file = profile.form(at->info.package);
  if (!file) return base::pass(file.error());
  auto journal = profile.vault().journal(draft);
  if (!journal) return base::pass(journal.error());
  record::DraftState state = record::fold(*journal);
  std::unique_ptr<Interview> out(new Interview());
  out->profile_ = &profile;
  out->world_ = profile.world();
  out->form_ = *file;
  out->consent_.emplace(out->survey());
  out->info_ = at->info;
  out->id_ = draft;
  if (at->info.withdrawal_seed.size() == 10) {
    seal::Card card;
    std::copy(at->info.withdrawal_seed.begin(), at->info.withdrawal_seed.end(), card.code.begin());
    out->card_ = card.text();
  }
  out->hold(state);
  return out;
}

void Interview::hold(const record::DraftState& state) {
  int language = std::max(0, survey().language_index(state.language));
  session_.emplace(
      resume_session(survey(), environment_of(world_, profile_, language), state.answers, state.instances));
  journalled_.clear();
  journalled_instances_.clear();
  for (const Answer& answer : state.answers) journalled_[answer.key] = answer;
  for (const Answer& instance : state.instances) journalled_instances_[instance.key] = instance;
  place_ = 0;
  touched_ = {};
  if (auto path = engine_path(survey(), state.last_key))
    if (NodeId node = session_->find(*path); node != engine::no_id) place_ = node;
  caret_ = state.caret;
  spoken_ = state.spoken;
}

std::unique_ptr<Interview> Interview::practise(std::shared_ptr<const FormFile> form, World world,
                                               int language) {
  std::unique_ptr<Interview> out(new Interview());
  out->world_ = world;
  out->form_ = std::move(form);
  out->consent_.emplace(out->survey());
  out->session_.emplace(engine::Session::begin(out->survey(), environment_of(world, nullptr, language)));
  return out;
}

Status Interview::journal_changes() {
  std::vector<Entry> entries = std::exchange(waiting_, {});
  touched_ = {};
  if (finished_) return seal_correction();
  base::Instant now = world_.clock->now();
  std::map<record::Key, Answer> instances;
  std::map<std::pair<definition::NodeIndex, std::vector<base::InstanceId>>, int> counted;
  for (const engine::SavedInstance& instance : session_->saved_instances()) {
    std::vector<base::InstanceId> around(instance.path.instances.begin(), instance.path.instances.end() - 1);
    int place = ++counted[{instance.path.node, around}];
    record::Key key = record_key(survey(), instance.path);
    instances[key] = {key, *record::make_value(Tag::present, std::to_string(place)), record::Origin::given};
  }
  std::map<record::Key, Answer> answers;
  for (const engine::SavedValue& value : session_->saved_values()) {
    if (value.origin == engine::Origin::calculated) continue;
    record::Key key = record_key(survey(), value.path);
    auto held = record_value(survey(), value.path.node, value.text);
    if (!held) return base::pass(held.error());
    answers[key] = {key, std::move(*held), origin_of(survey().nodes[value.path.node], value.origin)};
  }
  for (const auto& [key, instance] : journalled_instances_)
    if (instances.count(key) == 0)
      entries.push_back({EntryKind::remove_instance, now, key, {}, record::Origin::given, ""});
  for (const auto& [key, instance] : instances)
    if (auto before = journalled_instances_.find(key);
        before == journalled_instances_.end() || !(before->second == instance))
      entries.push_back({EntryKind::add_instance, now, key, instance.value, record::Origin::given, ""});
  std::vector<Answer> others;  // of questions that only an earlier version of the form has: they stay
  for (const auto& [key, answer] : journalled_)
    if (answers.count(key) == 0) {
      if (survey().by_identity(key.question) == definition::no_node)
        others.push_back(answer);
      else
        entries.push_back({EntryKind::answer, now, key, {}, record::Origin::given, ""});
    }
  for (const auto& [key, answer] : answers)
    if (auto before = journalled_.find(key); before == journalled_.end() || !(before->second == answer))
      entries.push_back({EntryKind::answer, now, key, answer.value, answer.origin, ""});
  unsure_ = true;
  if (!entries.empty())
    if (auto done = write(entries); !done) return done;
  unsure_ = false;
  for (Answer& other : others) answers.emplace(other.key, std::move(other));
  journalled_ = std::move(answers);
  journalled_instances_ = std::move(instances);
  return {};
}

// Whatever changed its value is named by the change; where instances came or went, all is looked at.
Status Interview::journal_change(const engine::Change& change) {
  if (finished_ || unsure_ || !change.added.empty() || !change.removed.empty()) return journal_changes();
  std::vector<Entry> entries = std::exchange(waiting_, {});
  base::Instant now = world_.clock->now();
  std::map<record::Key, Answer> gone, here;
  for (NodeId node : change.changed) {
    touched_.nodes.push_back(node);
    if (!session_->exists(node)) continue;
    definition::NodeIndex index = session_->definition_of(node);
    if (survey().nodes[index].kind != definition::NodeKind::question) continue;
    record::Key key = record_key(survey(), session_->path(node));
    std::string_view text = session_->value(node);
    auto before = journalled_.find(key);
    if (text.empty() || session_->origin(node) == engine::Origin::calculated) {
      if (before != journalled_.end()) gone[key] = before->second;
      continue;
    }
    auto held = record_value(survey(), index, text);
    if (!held) return base::pass(held.error());
    Answer answer{key, std::move(*held), origin_of(survey().nodes[index], session_->origin(node))};
    if (before == journalled_.end() || !(before->second == answer)) here[key] = answer;
  }
  for (const auto& [key, answer] : gone)
    entries.push_back({EntryKind::answer, now, key, {}, record::Origin::given, ""});
  for (const auto& [key, answer] : here)
    entries.push_back({EntryKind::answer, now, key, answer.value, answer.origin, ""});
  if (entries.empty()) return {};
  unsure_ = true;
  if (auto done = write(entries); !done) return done;
  unsure_ = false;
  for (const auto& [key, answer] : gone) journalled_.erase(key);
  for (auto& [key, answer] : here) journalled_[key] = answer;
  return {};
}

base::Result<Said> Interview::answer(NodeId node, std::string_view typed) {
  const definition::Node& definition = survey().nodes[session_->definition_of(node)];
  std::string value(typed);
  if (!typed.empty() && definition.type && definition.type->accept && !session_->takes_free_text(node)) {
    auto accepted = definition.type->accept(definition, typed);
    if (!accepted) return base::pass(accepted.error());
    value = *accepted;
  }
  return store(node, value);
}

base::Result<bool> Interview::type(NodeId node, std::string_view typed) {
  const definition::Node& definition = survey().nodes[session_->definition_of(node)];
  bool read = definition.type && definition.type->accept && !session_->takes_free_text(node);
  if (finished_) return false;
  std::string value(typed);
  if (read && !typed.empty()) {
    auto accepted = definition.type->accept(definition, typed);
    if (!accepted) return false;
    value = *accepted;
  }
  auto said = keep(node, value, true);
  if (!said) return base::pass(said.error());
  return said->has_value();
}

base::Result<Said> Interview::store(NodeId node, std::string_view value) {
  auto said = keep(node, value, false);
  if (!said) return base::pass(said.error());
  return **said;
}

base::Result<std::optional<Said>> Interview::keep(NodeId node, std::string_view value, bool typing) {
  if (finished_ && role_of(survey(), session_->definition_of(node)).starts_with("consent"))
    return base::fail(Fault::locked, "consent", "Consent is withdrawn with the card, not corrected here.");
  if (!value.empty() && !may_hold(*session_, node))
    return base::fail(Fault::locked, "consent", "The respondent did not agree to this being recorded.");
  std::string before(session_->value(node));
  engine::Change change = session_->set(node, value);
  if (!change.accepted) return base::fail(Fault::locked, "answer", "This question is computed or read-only.");
  if (typing && !change.removed.empty()) {  // they come back with what was in them
    touched_ = {};
    session_->set(node, before);
    return std::optional<Said>();
  }
  // On disk before it counts; where the disk refuses, the answer is as it was.
  if (auto done = journal_change(change); !done) {
    touched_ = {};
    session_->set(node, before);
    return base::pass(done.error());
  }
  place_ = node;
  const definition::Node& definition = survey().nodes[session_->definition_of(node)];
  if (role_of(survey(), session_->definition_of(node)) == "case_code" && profile_ && !finished_) {
    info_.name = case_name(*session_);
    (void)profile_->vault().update_draft(id_, info_);  // only a label on the home screen
  }
  Said said{change.judgement, ""};
  if (change.judgement == engine::Judgement::constraint_failed)
    said.message = session_->text(definition.constraint_message, node, session_->language());
  return std::optional(said);
}

Status Interview::add_instance(NodeId parent, definition::NodeIndex repeat) {
  if (finished_) return fixed_repeats();
  if (!session_->add(parent, repeat).accepted)
    return base::fail(Fault::invalid, "repeat", "This repeat is counted by another answer.");
  return journal_changes();
}

base::Result<NodeId> Interview::copy_instance(NodeId instance) {
  if (finished_) return base::pass(fixed_repeats().error());
  engine::Change change = session_->add(session_->parent(instance), session_->definition_of(instance));
  if (!change.accepted || change.added.empty())
    return base::fail(Fault::invalid, "repeat", "This repeat is counted by another answer.");
  NodeId made = change.added.front();
  engine::InstanceId from = session_->path(instance).instances.back();
  engine::InstanceId to = session_->path(made).instances.back();
  for (const engine::SavedValue& saved : session_->saved_values()) {
    const definition::Node& asked = survey().nodes[saved.path.node];
    bool inside = std::find(saved.path.instances.begin(), saved.path.instances.end(), from) !=
                  saved.path.instances.end();
    if (!inside || saved.origin != engine::Origin::given ||
        (asked.type && asked.type->data == definition::DataType::attachment))
      continue;
    engine::Path path = saved.path;
    std::replace(path.instances.begin(), path.instances.end(), from, to);
    if (NodeId node = session_->find(path); node != engine::no_id) session_->set(node, saved.text);
  }
  if (auto done = journal_changes(); !done) return base::pass(done.error());
  return made;
}

Status Interview::remove_instance(NodeId instance) {
  if (finished_) return fixed_repeats();
  if (!session_->remove(instance).accepted)
    return base::fail(Fault::invalid, "repeat", "This repeat is counted by another answer.");
  return journal_changes();
}

Status Interview::move_instance(NodeId instance, size_t place) {
  if (finished_) return fixed_repeats();
  NodeId parent = session_->parent(instance);
  // What another answer counts, the form's own logic may number.
  if (!session_->may_add(parent, session_->definition_of(instance)))
    return base::fail(Fault::invalid, "repeat", "This repeat is counted by another answer.");
  auto before = static_cast<size_t>(session_->position(instance)) - 1;
  if (!session_->move(instance, place).accepted)
    return base::fail(Fault::invalid, "repeat", "There is no such instance.");
  auto done = journal_changes();
  if (!done) session_->move(instance, before);
  return done;
}

Status Interview::read_in(int language) {
  session_->set_language(language);
  Entry entry;
  entry.kind = EntryKind::language;
  entry.at = world_.clock->now();
  entry.text = survey().languages[static_cast<size_t>(language)];
  waiting_.push_back(entry);
  return journal_changes();
}

Status Interview::shown(NodeId node) {
  place_ = node;
  caret_ = -1;
  return write(EntryKind::shown, node, "");
}

Status Interview::speak_in(NodeId from, const std::string& code) {
  spoken_ = code;
  return write(EntryKind::language, from, code);
}

Status Interview::stand(NodeId node, int caret, bool now) {
  bool news = caret >= 0 ? place_ != node || caret_ != caret : place_ == node && caret_ >= 0;
  place_ = node;
  caret_ = caret;
  if (!news) return {};
  std::string text = caret < 0 ? "" : std::to_string(caret);
  if (now) return write(EntryKind::shown, node, text);
  Entry entry;
  entry.kind = EntryKind::shown;
  entry.at = world_.clock->now();
  entry.key = record_key(survey(), session_->path(node));
  entry.text = text;
  waiting_.push_back(std::move(entry));
  return {};
}

bool Interview::refused() const {
  return is_refused(*session_);
}

base::Result<base::RecordId> Interview::finish() {
  if (!profile_) return base::RecordId{};   // practice: nothing is kept
  if (finished_) return finished_->record;  // each correction is sealed already
  auto epoch = profile_->authority().current_epoch();
  if (!epoch)
    return base::fail(Fault::locked, profile_->label(),
                      "There is no key to seal interviews to. Sync, then finish again; nothing is lost.");
  bool refusal = refused();
  session_->finish();
  if (auto done = journal_changes(); !done) return base::pass(done.error());
  seal::Card card;
  std::copy(info_.withdrawal_seed.begin(), info_.withdrawal_seed.end(), card.code.begin());
  const store::Membership& membership = *profile_->membership();
  seal::SignKeys withdrawal = seal::card_keys(membership.project, card);
  record::Revision r;
  r.record = seal::record_id_of(membership.project, withdrawal.pub);
  r.device = profile_->keys().id;
  r.sequence = profile_->vault().next_sequence();
  r.kind = record::RevisionKind::finish;
  r.full = true;
  r.refused = refusal;
  r.form = info_.form;
  r.form_id = info_.form_id;
  r.form_version = info_.form_version;
  r.at = world_.clock->now();
  if (refusal)
    r.at = day_of(r.at, world_.clock->offset_minutes());  // of a refusal the day is kept, not the time
  r.author = profile_->label();
  r.answers = answers_to_seal(*session_, refusal);
  bool heard = allows(*session_, ConsentUse::audio);
  if (!refusal)  // of questions that a later version of the form has no more, and what was recorded beside them
    for (const auto& [key, answer] : journalled_)
      if (survey().by_identity(key.question) == definition::no_node && answer.value.tag != Tag::cleared &&
          (heard || !is_recording(key)))
        r.answers.push_back(answer);
  r.founding = seal::prove_founder(r.record, r.device, withdrawal);
  if (!refusal) {
    auto journal = profile_->vault().journal(id_);
    if (!journal) return base::pass(journal.error());
    r.journal = record::pack_journal(*journal);
  }
  base::Bytes readable;  // a refusal is never read again here
  if (!refusal) {
    if (auto done = name_attachments(r); !done) return base::pass(done.error());
    readable = record::encode_whole(r);
    if (auto done = put_overflow_beside(r); !done) return base::pass(done.error());
  }
  auto plain = record::encode_revision(r);
  if (!plain) return base::pass(plain.error());
  *plain = record::pack_content(std::move(*plain));
  seal::EnvelopeHeader header{membership.project,       r.record,      r.device, r.sequence,
                              profile_->vault().head(), withdrawal.pub};
  auto envelope = seal::seal_revision(*plain, header, {epoch->key}, profile_->keys());
  if (!envelope) return base::pass(envelope.error());
  auto parsed = seal::parse_envelope(*envelope);
  if (!parsed) return base::pass(parsed.error());
  store::Sealing sealing;
  sealing.envelope = *envelope;
  sealing.summary.record = r.record;
  sealing.summary.last = parsed->id;
  sealing.summary.title = info_.title;
  sealing.summary.name = refusal ? "" : case_name(*session_);
  sealing.summary.at = r.at;
  sealing.summary.refused = refusal;
  sealing.summary.form = r.form;
  sealing.summary.form_id = r.form_id;
  sealing.summary.form_version = r.form_version;
  sealing.now = world_.clock->now();
  sealing.readable = readable;
  sealing.attachments = r.attachments;
  sealing.window = window_of(profile_->authority(), is_minors(survey()));
  auto done = profile_->vault().finish(id_, sealing);
  seal::wipe(std::span<uint8_t>(*plain));
  seal::wipe(std::span<uint8_t>(readable));
  if (!done) return base::pass(done.error());
  return r.record;
}

}  // namespace app
