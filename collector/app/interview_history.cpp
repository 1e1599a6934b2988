// What an interview reads from its journal and writes into it beside answers: notes, reasons, pauses, undo; and the
// attachments its answers name.
#include <algorithm>

#include "collector/app/interview_state.h"

namespace app {

using base::Fault;
using base::Status;
using engine::NodeId;
using record::Entry;
using record::EntryKind;
using record::Tag;

namespace {

base::Result<base::AttachmentId> attachment_of(std::string_view answer) {
  if (!record::make_value(Tag::attachment, answer))
    return base::fail(Fault::invalid, "attachment", "This answer does not name an attachment.");
  return base::AttachmentId::from_hex(answer.substr(0, 32));
}

}  // namespace

Status Interview::write(const std::vector<Entry>& entries) {
  if (finished_) return {};  // a correction has no journal of its own
  if (profile_) return profile_->vault().append(id_, entries);
  practised_.insert(practised_.end(), entries.begin(), entries.end());
  return {};
}

Status Interview::write(EntryKind kind, NodeId node, std::string_view text) {
  Entry entry;
  entry.kind = kind;
  entry.at = world_.clock->now();
  if (node != engine::no_id) entry.key = record_key(survey(), session_->path(node));
  entry.text = text;
  return write({entry});
}

Status Interview::note(NodeId node, std::string_view text) {
  return write(EntryKind::note, node, text);
}
Status Interview::give_reason(NodeId node, std::string_view text) {
  return write(EntryKind::reason, node, text);
}
Status Interview::pause() {
  return write(EntryKind::pause, engine::no_id, "");
}
Status Interview::resume() {
  return write(EntryKind::resume, engine::no_id, "");
}

base::Result<std::vector<Entry>> Interview::journal() const {
  if (finished_) return record::unpack_journal(finished_->journal);
  if (profile_) return profile_->vault().journal(id_);
  return practised_;
}

base::Result<bool> Interview::undo() {
  if (finished_) return false;
  auto entries = journal();
  if (!entries) return base::pass(entries.error());
  std::vector<Entry> back = record::undo_of(*entries, world_.clock->now());
  if (back.empty()) return false;
  if (auto done = write(back); !done) return base::pass(done.error());
  entries->insert(entries->end(), back.begin(), back.end());
  record::DraftState state = record::fold(*entries);
  for (const Entry& e : back)  // back to where it was changed
    if (e.kind == EntryKind::answer) state.last_key = e.key;
  hold(state);
  return true;
}

seal::AttachmentHeader Interview::place_of_media(const base::AttachmentId& id, seal::Grain grain) const {
  const base::ProjectId& project = profile_->membership()->project;
  if (finished_) return {project, finished_->record, id, grain};
  seal::Card card;
  std::copy(info_.withdrawal_seed.begin(), info_.withdrawal_seed.end(), card.code.begin());
  return {project, seal::record_id_of(project, seal::card_keys(project, card).pub), id, grain};
}

base::Result<std::unique_ptr<store::Recording>> Interview::record_media(NodeId node, const std::string& name,
                                                                        seal::Grain grain) {
  if (!profile_ || finished_)
    return base::fail(
        Fault::locked, "attachment",
        profile_ ? "A finished interview takes no new attachments." : "Practice keeps no attachments.");
  // Without a question it is the whole interview that is recorded.
  if (node == engine::no_id ? !allows(*session_, ConsentUse::audio) : !may_hold(*session_, node))
    return base::fail(Fault::locked, "consent", "The respondent did not agree to this being recorded.");
  return profile_->vault().begin_media(id_, place_of_media(base::AttachmentId::from(*world_.random), grain),
                                       name);
}

Status Interview::read_media(std::string_view answer, const seal::AttachmentSink& sink) {
  auto id = attachment_of(answer);
  if (!id) return base::pass(id.error());
  if (!profile_) return base::fail(Fault::missing, "attachment", "Practice keeps no attachments.");
  if (!finished_) return profile_->vault().read_media(id_, *id, sink);
  for (const seal::AttachmentRef& ref : finished_->attachments)
    if (ref.id == *id) return profile_->vault().read_media(place_of_media(*id, seal::Grain::file), ref, sink);
  return base::fail(Fault::missing, "attachment", "This attachment is not on this laptop any more.");
}

Status Interview::name_attachments(record::Revision& r) {
  auto media = profile_->vault().media(id_);
  if (!media) return base::pass(media.error());
  for (const record::Answer& answer : r.answers) {
    if (answer.value.tag != Tag::attachment) continue;
    auto id = attachment_of(answer.value.text);
    auto at = std::find_if(media->begin(), media->end(),
                           [&](const store::Media& m) { return id && m.ref.id == *id; });
    if (at != media->end() && !at->damaged) r.attachments.push_back(at->ref);
  }
  std::sort(r.attachments.begin(), r.attachments.end());
  r.attachments.erase(std::unique(r.attachments.begin(), r.attachments.end()), r.attachments.end());
  return {};
}

Status Interview::put_overflow_beside(record::Revision& r) {
  auto overflow = record::take_overflow(r);
  if (!overflow) return base::pass(overflow.error());
  if (overflow->empty()) return {};
  auto recording = profile_->vault().begin_media(
      id_, place_of_media(base::AttachmentId::from(*world_.random), seal::Grain::file), "overflow");
  if (!recording) return base::pass(recording.error());
  if (auto done = (*recording)->write(*overflow); !done) return done;
  seal::wipe(std::span<uint8_t>(*overflow));
  auto kept = (*recording)->close();
  if (!kept) return base::pass(kept.error());
  r.overflow = kept->ref.id;
  r.attachments.push_back(kept->ref);
  return {};
}

}  // namespace app
