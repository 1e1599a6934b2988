#include "collector/app/decisions.h"

#include "sync/seal/envelope.h"
#include "sync/record/packed.h"

namespace app {

using base::Bytes;
using base::Fault;
using base::Status;

Status seal_own(Profile& profile, record::Revision r) {
  if (auto may = profile.may_coordinate(); !may) return may;
  auto epoch = profile.authority().current_epoch();
  if (!epoch) return base::fail(Fault::locked, profile.label(), "There is no key to seal to.");
  auto held = profile.central()->envelopes_of(r.record);
  if (!held) return base::pass(held.error());
  if (held->empty())
    return base::fail(Fault::missing, r.record.hex().substr(0, 12),
                      "This interview is not in the central file.");
  r.device = profile.keys().id;
  r.sequence = profile.vault().next_sequence();
  r.at = profile.world().clock->now();
  r.author = profile.label();
  auto plain = record::encode_revision(r);
  if (!plain) return base::pass(plain.error());
  *plain = record::pack_content(std::move(*plain));
  seal::EnvelopeHeader header = seal::header_of(held->front());
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

base::Result<Over> over_heads(Profile& profile, const base::RecordId& record) {
  auto merged = profile.merged();
  if (!merged) return base::pass(merged.error());
  if (auto done = (*merged)->update(); !done) return base::pass(done.error());
  if ((*merged)->summaries().count(record) == 0)
    return base::fail(Fault::missing, record.hex().substr(0, 12), "This interview is not in the dataset.");
  auto view = (*merged)->view_of(record);
  if (!view) return base::pass(view.error());
  Over out{std::move(*view), {}};
  record::Revision& r = out.revision;
  r.record = record;
  r.parents = out.view.heads;
  r.form = out.view.form;
  r.form_id = out.view.form_id;
  const record::PublishedForm* published = profile.authority().form(out.view.form);
  r.form_version = published ? published->version : out.view.form_version;
  return out;
}

Status settle(Profile& profile, const Disagreement& disagreement, int side, const std::string& reason) {
  if (side < 0 || static_cast<size_t>(side) >= disagreement.sides.size())
    return base::fail(Fault::invalid, "conflict", "There is no such value to choose.");
  auto over = over_heads(profile, disagreement.record);
  if (!over) return base::pass(over.error());
  over->revision.kind = record::RevisionKind::resolve;
  over->revision.reason = reason;
  over->revision.answers = {
      {disagreement.key, disagreement.sides[static_cast<size_t>(side)].value, record::Origin::given}};
  return seal_own(profile, std::move(over->revision));
}

Status correct(Profile& profile, const base::RecordId& record_id, const Correction& correction,
               const std::string& reason) {
  auto over = over_heads(profile, record_id);
  if (!over) return base::pass(over.error());
  auto form = profile.form_of(over->view.form);
  if (!form) return base::fail(Fault::missing, over->view.form_id, "The form of this interview is not here.");
  const definition::Survey& survey = *form->read.survey;
  definition::NodeIndex node = survey.by_identity(correction.key.question);
  if (node == definition::no_node)
    return base::fail(Fault::missing, correction.key.question, "The form has no such question.");
  auto value = record_value(survey, node, correction.text);
  if (!value) return base::pass(value.error());
  over->revision.kind = record::RevisionKind::amend;
  over->revision.reason = reason;
  over->revision.answers = {{correction.key, std::move(*value), record::Origin::given}};
  return seal_own(profile, std::move(over->revision));
}

Status link(Profile& profile, const Likeness& likeness, Decision decision, const std::string& reason) {
  if (!(likeness.first < likeness.second))
    return base::fail(Fault::invalid, "duplicates", "Two different interviews are linked or parted.");
  auto over = over_heads(profile, likeness.first);
  if (!over) return base::pass(over.error());
  auto other = over_heads(profile, likeness.second);
  if (!other) return base::pass(other.error());
  over->revision.kind = record::RevisionKind::link;
  over->revision.reason = reason;
  record::Value value;  // cleared: undone
  if (decision == Decision::same) value = *record::make_value(record::Tag::choice, "same");
  if (decision == Decision::different) value = *record::make_value(record::Tag::choice, "different");
  over->revision.answers = {{record::link_key(likeness.second), value, record::Origin::given}};
  return seal_own(profile, std::move(over->revision));
}

}  // namespace app
