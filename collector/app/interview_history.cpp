// What an interview reads from its journal and writes into it beside answers: notes, reasons, pauses, undo; and the
// attachments its answers name.
#include <algorithm>
#include <charconv>

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

constexpr int64_t in_one_go_ms = 1500;  // from one key to the next

// The first entry of the step that these take back; of no kind that changes an answer when they take back nothing.
Entry undone_by(const std::vector<Entry>& entries, const std::vector<Entry>& back) {
  size_t first = entries.size();
  if (!back.empty())
    (void)std::from_chars(back[0].value.text.data(), back[0].value.text.data() + back[0].value.text.size(), first);
  return first < entries.size() ? entries[first] : Entry{};
}

bool is_typed(const definition::Survey& survey, const Entry& e) {
  definition::NodeIndex node = survey.by_identity(e.key.question);
  if (e.kind != EntryKind::answer || node == definition::no_node) return false;
  const definition::Node& asked = survey.nodes[node];
  if (!asked.type || !asked.type->control) return false;
  switch (asked.type->control(asked).kind) {
    case definition::ControlKind::text_entry:
    case definition::ControlKind::number_entry:
    case definition::ControlKind::date_entry:
    case definition::ControlKind::place:
      return true;
    default:
      return false;
  }
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

// A name that no question has: XLSForm's type, as the export's column says what it is.
record::Key Interview::recording_key(size_t part) {
  return {"background-audio" + (part > 1 ? "-" + std::to_string(part) : ""), {}};
}

size_t Interview::recordings() const {
  size_t part = 1;
  while (journalled_.count(recording_key(part)) > 0) ++part;
  return part - 1;
}

std::string Interview::recording(size_t part) const {
  auto at = journalled_.find(recording_key(part));
  return at == journalled_.end() ? "" : at->second.value.text;
}

Status Interview::keep_recording(size_t part, std::string_view answer) {
  auto value = record::make_value(Tag::attachment, answer);
  if (!value) return base::pass(value.error());
  Entry kept;
  kept.at = world_.clock->now();
  kept.key = recording_key(part);
  kept.value = *value;
  kept.origin = record::Origin::captured;
  if (auto done = write({kept}); !done) return done;
  journalled_[kept.key] = {kept.key, kept.value, kept.origin};
  return {};
}

Status Interview::note_recording(size_t part, std::string_view text) {
  Entry note;
  note.kind = EntryKind::note;
  note.at = world_.clock->now();
  note.key = recording_key(part);
  note.text = text;
  return write({note});
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
  size_t kept = entries->size();
  // What was typed in one go is one thing, though each key of it is kept.
  std::vector<Entry> step = back;
  Entry last = undone_by(*entries, step);
  while (is_typed(survey(), last)) {
    entries->insert(entries->end(), step.begin(), step.end());
    step = record::undo_of(*entries, world_.clock->now());
    Entry before = undone_by(*entries, step);
    if (!(before.key == last.key) || last.at.ms - before.at.ms > in_one_go_ms || !is_typed(survey(), before)) break;
    back.insert(back.end(), step.begin(), step.end());
    last = std::move(before);
  }
  if (auto done = write(back); !done) return base::pass(done.error());
  entries->resize(kept);
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
