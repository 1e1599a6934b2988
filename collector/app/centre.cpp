#include "collector/app/centre.h"

#include <algorithm>
#include <set>

#include "collector/app/version.h"
#include "sync/seal/withdrawal.h"

namespace app {
namespace {

using base::Bytes;
using base::Fault;
using base::Status;

struct Opened {
  std::vector<record::Revision> revisions;
  std::vector<record::Withdrawal> withdrawals;
  size_t unopened = 0;
};

base::Result<Opened> open_all(Profile& profile) {
  if (!profile.central())
    return base::fail(Fault::locked, profile.label(), "Only a coordinator's profile holds the central file.");
  auto envelopes = profile.central()->envelopes();
  if (!envelopes) return base::pass(envelopes.error());
  std::vector<seal::BoxKeys> keys;
  for (const record::Epoch& epoch : profile.authority().epochs())
    if (auto k = profile.epoch_keys(epoch); k) keys.push_back(std::move(*k));
  Opened out;
  for (const Bytes& bytes : *envelopes) {
    auto e = seal::parse_envelope(bytes);
    bool opened = false;
    for (size_t i = 0; e && i < keys.size() && !opened; ++i) {
      auto plain = seal::open_envelope(*e, keys[i]);
      if (!plain) continue;
      auto revision = record::decode_revision(*plain);
      seal::wipe(std::span<uint8_t>(*plain));
      // What is sealed inside must be what stands on the outside.
      if (!revision || revision->record != e->header.record || revision->device != e->header.device ||
          revision->sequence != e->header.sequence)
        continue;
      revision->id = e->id;
      revision->previous = e->header.previous;
      revision->withdrawal = e->header.withdrawal;
      out.revisions.push_back(std::move(*revision));
      opened = true;
    }
    if (!opened) ++out.unopened;
  }
  auto tombstones = profile.central()->tombstones();
  if (!tombstones) return base::pass(tombstones.error());
  for (const Bytes& bytes : *tombstones)
    if (auto t = seal::parse_tombstone(bytes); t)
      out.withdrawals.push_back(
          {t->record, t->authority == seal::TombstoneAuthority::card, seal::device_id_of(t->signer)});
  return out;
}

int language_of(const definition::Survey& survey, std::string_view wanted) {
  int language = wanted.empty() ? -1 : survey.language_index(wanted);
  return language < 0 ? survey.default_language : language;
}

std::string short_name(const std::string& form_id) {
  size_t at = form_id.rfind('_');
  return at == std::string::npos ? form_id : form_id.substr(at + 1);
}

class Assembly {
 public:
  Assembly(Profile& profile, Dataset& dataset, std::string_view language)
      : profile_(profile), dataset_(dataset), wanted_(language) {}

  void add(const record::RecordView& record) {
    auto [at, fresh] = by_hash_.try_emplace(record.form, dataset_.forms.size());
    if (fresh)
      dataset_.forms.push_back(
          {record.form_id, short_name(record.form_id), profile_.form_of(record.form), {}});
    Dataset::Form& form = dataset_.forms[at->second];
    if (!form.file) return;
    const definition::Survey& survey = *form.file->read.survey;
    int language = language_of(survey, wanted_);
    std::vector<record::Answer> answers;
    std::vector<record::Answer> instances;
    for (const record::Cell& cell : record.cells) {
      if (cell.shown.tag == record::Tag::present)
        instances.push_back({cell.key, cell.shown, cell.origin});
      else if (cell.shown.tag != record::Tag::cleared)
        answers.push_back({cell.key, cell.shown, cell.origin});
    }
    std::stable_sort(instances.begin(), instances.end(),
                     [](const record::Answer& a, const record::Answer& b) {
                       if (a.key.instances.size() != b.key.instances.size())
                         return a.key.instances.size() < b.key.instances.size();
                       return std::make_pair(a.value.text.size(), a.value.text) <
                              std::make_pair(b.value.text.size(), b.value.text);
                     });
    engine::Environment environment;
    environment.clock = profile_.world().clock;
    environment.random = profile_.world().random;
    environment.language = language;
    engine::Session session = resume_session(survey, environment, answers, instances);
    exports::Case one;
    one.record = record.id;
    one.form_version = record.form_version;
    one.author = record.author;
    one.device = profile_.label_of(record.founder);
    one.finished = base::format_iso(record.at, profile_.world().clock->offset_minutes());
    one.state = record.refused ? "refused" : "finished";
    one.conflicts = static_cast<int>(record.conflicts());
    for (const engine::SavedInstance& instance : session.saved_instances())
      one.instances.push_back({instance.path.node, instance.path.instances});
    for (const engine::SavedValue& value : session.saved_values())
      if (session.relevant(session.find(value.path)))
        one.answers.push_back({value.path.node, value.path.instances, value.text, ""});
    if (record.refused) {
      ++dataset_.refused;
    } else if (
        std::any_of(one.answers.begin(), one.answers.end(), [&](const exports::CaseAnswer& a) {
          return session.judge(session.find({a.node, a.instances})) == engine::Judgement::constraint_failed;
        })) {
      ++dataset_.flagged;
    }
    std::string code = code_of(survey, session);
    if (!code.empty() && !codes_.insert(code).second) dataset_.duplicates.push_back(code);
    for (const record::Cell& cell : record.cells)
      if (cell.conflict) disagree(record, cell, survey, session, language, code);
    form.cases.push_back(std::move(one));
  }

 private:
  static std::string code_of(const definition::Survey& survey, const engine::Session& session) {
    definition::NodeIndex node = survey.by_role("case_code");
    if (node == definition::no_node) return {};
    engine::NodeId at = session.find({node, {}});
    return at == engine::no_id ? std::string() : std::string(session.value(at));
  }

  void disagree(const record::RecordView& record, const record::Cell& cell, const definition::Survey& survey,
                const engine::Session& session, int language, const std::string& code) {
    Disagreement d{record.id, cell.key, code, cell.key.question, {}, 0};
    definition::NodeIndex node = survey.by_identity(cell.key.question);
    engine::NodeId at =
        node == definition::no_node ? engine::no_id : session.find({node, cell.key.instances});
    if (node != definition::no_node)
      d.label = session.text(survey.nodes[node].label, at == engine::no_id ? 0 : at, language);
    if (d.label.empty()) d.label = cell.key.question;
    for (const record::Candidate& candidate : cell.candidates) {
      std::string when =
          base::format_iso(candidate.at, profile_.world().clock->offset_minutes()).substr(0, 16);
      std::replace(when.begin(), when.end(), 'T', ' ');
      std::string shown = record::display(candidate.value);
      if (at != engine::no_id && survey.nodes[node].type &&
          survey.nodes[node].type->data == definition::DataType::choice)
        shown = session.choice_label(at, shown, language);
      if (candidate.value == cell.shown) d.shown_side = static_cast<int>(d.sides.size());
      d.sides.push_back(
          {candidate.value, shown, profile_.label_of(candidate.device), when, candidate.entitled});
    }
    dataset_.conflicts.push_back(std::move(d));
  }

  Profile& profile_;
  Dataset& dataset_;
  std::string wanted_;
  std::map<base::FormHash, size_t> by_hash_;
  std::set<std::string> codes_;
};

// Seals a coordinator's revision of a record and keeps it in the own chain and the central file.
Status seal_own(Profile& profile, record::Revision r) {
  auto epoch = profile.authority().current_epoch();
  if (!epoch) return base::fail(Fault::locked, profile.label(), "There is no key to seal to.");
  auto envelopes = profile.central()->envelopes();
  if (!envelopes) return base::pass(envelopes.error());
  for (const Bytes& bytes : *envelopes) {
    auto e = seal::parse_envelope(bytes);
    if (!e || e->header.record != r.record) continue;
    r.device = profile.keys().id;
    r.sequence = profile.vault().next_sequence();
    r.at = profile.world().clock->now();
    r.author = profile.label();
    auto plain = record::encode_revision(r);
    if (!plain) return base::pass(plain.error());
    seal::EnvelopeHeader header = e->header;
    header.device = r.device;
    header.sequence = r.sequence;
    header.previous = profile.vault().head();
    auto envelope = seal::seal_revision(*plain, header, {epoch->key}, profile.keys());
    if (!envelope) return base::pass(envelope.error());
    store::Sealing sealing;
    sealing.envelope = *envelope;
    sealing.summary.record = r.record;
    sealing.summary.last = seal::parse_envelope(*envelope)->id;
    sealing.summary.title = r.form_id;
    sealing.summary.at = r.at;
    if (auto done = profile.vault().add_revision(sealing); !done) return done;
    return profile.central()->add_envelope(*envelope);
  }
  return base::fail(Fault::missing, r.record.hex(), "This interview is not in the central file.");
}

base::Result<record::Revision> over_heads(Profile& profile, const base::RecordId& record_id) {
  auto opened = open_all(profile);
  if (!opened) return base::pass(opened.error());
  record::View view = record::view({opened->revisions, {}, {}, opened->withdrawals}, profile.authority());
  for (const record::RecordView& one : view.records) {
    if (one.id != record_id) continue;
    record::Revision r;
    r.record = record_id;
    r.parents = one.heads;
    r.form = one.form;
    r.form_id = one.form_id;
    r.form_version = one.form_version;
    return r;
  }
  return base::fail(Fault::missing, record_id.hex(), "This interview is not in the dataset.");
}

}  // namespace

base::Result<Dataset> Centre::look(Profile& profile, std::string_view language) {
  auto opened = open_all(profile);
  if (!opened) return base::pass(opened.error());
  Dataset out;
  out.revisions = opened->revisions.size();
  out.unopened = opened->unopened;
  out.view = record::view({opened->revisions, {}, {}, opened->withdrawals}, profile.authority());
  Assembly assembly(profile, out, language);
  for (const record::RecordView& record : out.view.records) assembly.add(record);
  std::sort(out.forms.begin(), out.forms.end(),
            [](const Dataset::Form& a, const Dataset::Form& b) { return a.id < b.id; });
  return out;
}

Status settle(Profile& profile, const Disagreement& disagreement, int side, const std::string& reason) {
  if (side < 0 || static_cast<size_t>(side) >= disagreement.sides.size())
    return base::fail(Fault::invalid, "conflict", "There is no such value to choose.");
  auto r = over_heads(profile, disagreement.record);
  if (!r) return base::pass(r.error());
  r->kind = record::RevisionKind::resolve;
  r->reason = reason;
  r->answers = {
      {disagreement.key, disagreement.sides[static_cast<size_t>(side)].value, record::Origin::given}};
  return seal_own(profile, std::move(*r));
}

Status correct(Profile& profile, const base::RecordId& record_id, const Correction& correction,
               const std::string& reason) {
  auto r = over_heads(profile, record_id);
  if (!r) return base::pass(r.error());
  auto form = profile.form_of(r->form);
  if (!form) return base::fail(Fault::missing, r->form_id, "The form of this interview is not here.");
  const definition::Survey& survey = *form->read.survey;
  definition::NodeIndex node = survey.by_identity(correction.key.question);
  if (node == definition::no_node)
    return base::fail(Fault::missing, correction.key.question, "The form has no such question.");
  r->kind = record::RevisionKind::amend;
  r->reason = reason;
  r->answers = {{correction.key, record_value(survey, node, correction.text), record::Origin::given}};
  return seal_own(profile, std::move(*r));
}

base::Result<bool> withdraw_by_card(Profile& profile, std::string_view typed) {
  if (!profile.central())
    return base::fail(Fault::locked, profile.label(),
                      "Withdrawals are taken in at a centre; hand the card's code to a coordinator.");
  auto card = seal::parse_card(typed);
  if (!card) return base::pass(card.error());
  const base::ProjectId& project = profile.membership()->project;
  seal::SignKeys keys = seal::card_keys(project, *card);
  seal::Tombstone t;
  t.authority = seal::TombstoneAuthority::card;
  t.project = project;
  t.record = seal::record_id_of(project, keys.pub);
  auto envelopes = profile.central()->envelopes();
  if (!envelopes) return base::pass(envelopes.error());
  bool held = false;
  for (const Bytes& bytes : *envelopes)
    if (auto e = seal::parse_envelope(bytes); e && e->header.record == t.record) held = true;
  auto done = profile.central()->import("", {{store::ItemKind::tombstone, seal::make_tombstone(t, keys)}},
                                        project, profile.membership()->root);
  if (!done) return base::pass(done.error());
  return held;
}

exports::Tables tables_of(Profile& profile, const Dataset& dataset, std::string_view language) {
  exports::Tables out;
  std::map<std::string, int> names;
  for (const Dataset::Form& form : dataset.forms) {
    if (!form.file) continue;
    const definition::Survey& survey = *form.file->read.survey;
    int index = language_of(survey, language);
    int edition = ++names[form.name];
    std::string name = form.name + (edition > 1 ? "-v" + std::to_string(edition) : "");
    std::vector<exports::Table> tables = exports::tabulate(survey, name, form.cases, index);
    std::vector<exports::CodebookRow> rows = exports::codebook(survey, tables, index);
    out.codebook.insert(out.codebook.end(), rows.begin(), rows.end());
    for (exports::Table& table : tables) out.tables.push_back(std::move(table));
    out.forms.push_back({name, &survey, &form.cases});
  }
  out.values = record::values_lines(dataset.view);
  out.notes = {{"project", profile.membership() ? profile.membership()->name : ""},
               {"fingerprint", record::spoken(dataset.view.fingerprint)},
               {"interviews", std::to_string(dataset.view.records.size())},
               {"revisions not opened", std::to_string(dataset.unopened)},
               {"conflicts not settled", std::to_string(dataset.conflicts.size())},
               {"exported by", profile.label()},
               {"exported at",
                base::format_iso(profile.world().clock->now(), profile.world().clock->offset_minutes())},
               {"program", std::string(version)}};
  for (const Dataset::Form& form : dataset.forms)
    if (form.file)
      out.notes.push_back(
          {"form " + form.id,
           seal::hash("sv1.form-hash", definition::canonical_bytes(*form.file->read.survey)).hex()});
  return out;
}

}  // namespace app
