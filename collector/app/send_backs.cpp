#include "collector/app/send_backs.h"

#include <algorithm>
#include <charconv>

#include "collector/app/beside.h"
#include "collector/app/decisions.h"
#include "collector/app/withdrawals.h"
#include "sync/seal/envelope.h"
#include "sync/record/packed.h"

namespace app {

using base::Bytes;
using base::Fault;
using base::Status;

namespace {

constexpr int64_t hour_ms = 3'600'000;

// When it was first opened here; the largest time ever seen decides, so that a clock set back opens nothing again.
struct Shown {
  int64_t first = 0, latest = 0;
};

std::string setting_of(const base::StatementId& id) {
  return "sent_back." + id.hex();
}

Shown opened_at(Profile& device, const base::StatementId& id) {
  std::string kept = device.vault().setting(setting_of(id));
  base::Reader in(base::view_of(kept));
  Shown out;
  if (in.left() != 16) return out;
  out.first = static_cast<int64_t>(in.u64());
  out.latest = static_cast<int64_t>(in.u64());
  return out;
}

Status remember(Profile& device, const base::StatementId& id, const Shown& at) {
  base::Writer out;
  out.u64(static_cast<uint64_t>(at.first));
  out.u64(static_cast<uint64_t>(at.latest));
  return device.vault().set_setting(setting_of(id), std::string(base::text_of(out.peek())));
}

struct Open {
  record::SendBack content;
  const record::SentBack* said = nullptr;
  int64_t until = 0;
};

// One that is for this device and whose hours are not over.
base::Result<Open> open_one(Profile& device, const record::SentBack& said) {
  if (is_withdrawn(device, said.record))
    return base::fail(Fault::missing, "sent back", "The respondent has withdrawn this interview.");
  auto content = record::open_send_back(said.record, said.sealed, device.keys().box);
  if (!content) return base::pass(content.error());
  Shown at = opened_at(device, said.by);
  int64_t now = device.world().clock->now().ms;
  if (at.first == 0) at.first = now;
  at.latest = std::max(at.latest, now);
  if (auto done = remember(device, said.by, at); !done) return base::pass(done.error());
  int64_t until = at.first + std::min<int64_t>(content->hours, 168) * hour_ms;
  if (at.latest >= until)
    return base::fail(
        Fault::missing, "sent back",
        "The time to look at this interview again is over. Ask the coordinator to send it once more.");
  return Open{std::move(*content), &said, until};
}

std::string text_of(const definition::Survey* survey, const std::string& question, int language) {
  definition::NodeIndex node = survey ? survey->by_identity(question) : definition::no_node;
  if (node == definition::no_node) return question;
  const std::vector<std::string>& texts = survey->nodes[node].label.source;
  auto i = static_cast<size_t>(language);
  return i < texts.size() && !texts[i].empty() ? texts[i] : question;
}

}  // namespace

Status send_back(Profile& coordinator, const base::RecordId& id, const SendBackWish& wish) {
  if (auto may = coordinator.may_coordinate(); !may) return may;
  auto over = over_heads(coordinator, id);
  if (!over) return base::pass(over.error());
  base::DeviceId to = wish.device.is_zero() ? over->view.founder : wish.device;
  const record::Member* member = coordinator.authority().member(to);
  if (!member || coordinator.authority().is_revoked(to))
    return base::fail(
        Fault::missing, to.hex().substr(0, 8),
        "The device that held this interview is not in the project any more. Name another one.");
  auto held = coordinator.central()->envelopes_of(id);
  if (!held) return base::pass(held.error());
  record::SendBack s;
  s.record = id;
  s.withdrawal = seal::header_of(held->front()).withdrawal;
  s.parents = over->revision.parents;
  s.form = over->view.form;
  s.form_id = over->view.form_id;
  s.form_version = over->revision.form_version;
  s.comment = wish.comment;
  s.hours = std::clamp<uint32_t>(wish.hours, 1, 168);
  s.questions = wish.questions;
  for (const record::Cell& cell : over->view.cells) {
    if (wish.questions.empty() && cell.conflict) s.questions.push_back(cell.key.question);
    bool asked = std::find(s.questions.begin(), s.questions.end(), cell.key.question) != s.questions.end();
    if (asked && cell.shown.tag != record::Tag::cleared)
      s.answers.push_back({cell.key, cell.shown, cell.origin});
  }
  if (s.questions.empty())
    return base::fail(Fault::invalid, "questions", "Say which questions are to be looked at again.");
  auto form = coordinator.form_of(s.form);
  for (const std::string& question : s.questions)
    if (form && form->read.survey->by_identity(question) == definition::no_node)
      return base::fail(Fault::missing, question, "The form has no such question.");
  auto merged = coordinator.merged();
  if (merged && (*merged)->summaries().count(id)) s.name = (*merged)->summaries().at(id).code;
  record::Statement said;
  said.type = record::StatementType::send_back;
  said.subject = to;
  said.content = record::seal_send_back(s, member->box);
  auto done = coordinator.say(std::move(said));
  return done ? Status() : Status(base::pass(done.error()));
}

base::Result<std::vector<SentBackView>> sent_back_to(Profile& device, std::string_view language) {
  std::vector<SentBackView> out;
  std::vector<record::SentBack> all = device.authority().send_backs();
  auto answered = device.vault().setting("sent_back.answered");
  for (const record::SentBack& said : all) {
    if (said.device != device.keys().id || answered.find(said.by.hex()) != std::string::npos) continue;
    auto one = open_one(device, said);
    if (!one) continue;  // over, or damaged
    SentBackView view;
    view.id = said.by;
    view.record = said.record;
    view.name = one->content.name;
    view.form_id = one->content.form_id;
    view.comment = one->content.comment;
    view.asked_by = device.label_of(said.asked_by);
    view.until = base::format_iso({one->until}, device.world().clock->offset_minutes());
    auto form = device.form_of(one->content.form);
    const definition::Survey* survey = form && form->read.survey ? &*form->read.survey : nullptr;
    int index = survey ? survey->language_index(language) : 0;
    if (survey && index < 0) index = survey->default_language;
    for (const std::string& question : one->content.questions) {
      bool found = false;
      for (const record::Answer& answer : one->content.answers) {
        if (answer.key.question != question) continue;
        view.questions.push_back(
            {answer.key, text_of(survey, question, index), record::display(answer.value)});
        found = true;
      }
      if (!found && question.find('/') == std::string::npos)
        view.questions.push_back({{question, {}}, text_of(survey, question, index), ""});
    }
    out.push_back(std::move(view));
  }
  return out;
}

Status answer_send_back(Profile& device, const base::StatementId& id,
                        const std::vector<Correction>& corrections, const std::string& reason) {
  std::vector<record::SentBack> all = device.authority().send_backs();
  auto said = std::find_if(all.begin(), all.end(), [&](const record::SentBack& s) { return s.by == id; });
  if (said == all.end() || said->device != device.keys().id)
    return base::fail(Fault::missing, "sent back", "No such interview was sent back to this device.");
  auto one = open_one(device, *said);
  if (!one) return base::pass(one.error());
  auto epoch = device.authority().current_epoch();
  if (!epoch)
    return base::fail(Fault::locked, device.label(), "There is no key to seal to. Sync, then answer again.");
  auto form = device.form_of(one->content.form);
  if (!form || !form->read.survey)
    return base::fail(Fault::missing, one->content.form_id,
                      "The form of this interview is not on this laptop. Sync.");
  const definition::Survey& survey = *form->read.survey;
  record::Revision r;
  r.record = one->content.record;
  r.device = device.keys().id;
  r.sequence = device.vault().next_sequence();
  r.kind = record::RevisionKind::amend;
  r.form = one->content.form;
  r.form_id = one->content.form_id;
  r.form_version = one->content.form_version;
  r.parents = one->content.parents;
  r.at = device.world().clock->now();
  r.author = device.label();
  r.reason = reason;
  for (const Correction& c : corrections) {
    const auto& asked = one->content.questions;
    definition::NodeIndex node = survey.by_identity(c.key.question);
    if (node == definition::no_node || std::find(asked.begin(), asked.end(), c.key.question) == asked.end())
      return base::fail(Fault::invalid, c.key.question,
                        "This question was not sent back; it cannot be changed here.");
    auto value = record_value(survey, node, c.text);
    if (!value) return base::pass(value.error());
    r.answers.push_back({c.key, std::move(*value), record::Origin::given});
  }
  auto beside = put_beside(device, r);
  if (!beside) return base::pass(beside.error());
  auto plain = record::encode_revision(r);
  if (!plain) return base::pass(plain.error());
  *plain = record::pack_content(std::move(*plain));
  seal::EnvelopeHeader header{
      device.membership()->project, r.record, r.device, r.sequence, device.vault().head(),
      one->content.withdrawal};
  auto envelope = seal::seal_revision(*plain, header, {epoch->key}, device.keys());
  seal::wipe(std::span<uint8_t>(*plain));
  if (!envelope) return base::pass(envelope.error());
  store::Sealing sealing;
  sealing.envelope = *envelope;
  sealing.summary.record = r.record;
  sealing.summary.last = seal::parse_envelope(*envelope)->id;
  sealing.summary.title = r.form_id;
  sealing.summary.name = one->content.name;
  sealing.summary.at = r.at;
  sealing.summary.withdrawal = one->content.withdrawal;
  sealing.summary.form = r.form;
  sealing.summary.form_id = r.form_id;
  sealing.summary.form_version = r.form_version;
  sealing.now = r.at;
  sealing.beside = *beside;
  if (auto done = device.vault().add_revision(sealing); !done) return done;
  return device.vault().set_setting("sent_back.answered",
                                    device.vault().setting("sent_back.answered") + id.hex() + " ");
}

base::Result<std::vector<SentBackState>> send_backs_of(Profile& coordinator) {
  auto merged = coordinator.merged();
  if (!merged) return base::pass(merged.error());
  if (auto done = (*merged)->update(); !done) return base::pass(done.error());
  std::vector<SentBackState> out;
  for (const record::SentBack& said : coordinator.authority().send_backs()) {
    SentBackState one{said.by, said.record, coordinator.label_of(said.device),
                      base::format_iso(said.at, coordinator.world().clock->offset_minutes()), false};
    auto revisions = (*merged)->revisions_of(said.record);
    if (!revisions) return base::pass(revisions.error());
    for (const record::Revision& r : *revisions)  // for people: by the times both sides state
      one.is_answered = one.is_answered || (r.device == said.device && r.at >= said.at);
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace app
