// An open interview under a later version of its form.
#include "collector/app/interview_state.h"

#include <set>

#include "collector/app/version.h"
#include "forms/definition/difference.h"

namespace app {
namespace {

using base::Fault;
using record::Entry;
using record::EntryKind;

// What was fixed at the device when it was asked stays so: today, now, random.
std::set<record::Key> captured_in(const engine::Session& session, const definition::Difference& found,
                                  const definition::Survey& after) {
  std::set<record::Key> out;
  for (const engine::SavedValue& one : session.saved_values())
    if (definition::NodeIndex to = found.to[one.path.node];
        one.origin == engine::Origin::captured && to != definition::no_node)
      out.insert(record_key(after, {to, one.path.instances}));
  return out;
}

}  // namespace

base::Result<Moved> Interview::move(Profile& profile, const base::DraftId& draft,
                                    const record::PublishedForm& to) {
  auto opened = open(profile, draft);
  if (!opened) return base::pass(opened.error());
  Moved out{std::move(*opened), {}};
  Interview& one = *out.interview;
  if (one.info_.form_id != to.form_id)
    return base::fail(Fault::invalid, to.form_id, "This interview was begun with another form.");
  if (one.info_.form == to.hash) return out;
  auto file = profile.form(to.package);
  if (!file) return base::pass(file.error());
  auto kept = one.form_;  // the version before, while it is read
  const definition::Survey& before = *kept->read.survey;
  const definition::Survey& after = *(*file)->read.survey;
  definition::Difference found = definition::difference(before, after);
  definition::Migrated moved = definition::migrate(found, before, after, draft_of(*one.session_));
  std::set<record::Key> captured = captured_in(*one.session_, found, after);
  std::vector<engine::SavedInstance> instances;
  for (const definition::DraftInstance& i : moved.draft.instances)
    instances.push_back({{i.repeat, i.instances}});
  std::vector<engine::SavedValue> values;
  for (const definition::DraftAnswer& a : moved.draft.answers) {
    if (!a.given) continue;  // calculated again
    bool was_captured = captured.count(record_key(after, {a.node, a.instances})) > 0;
    values.push_back(
        {{a.node, a.instances}, a.text, was_captured ? engine::Origin::captured : engine::Origin::given});
  }
  int language =
      std::max(0, after.language_index(before.languages[static_cast<size_t>(one.session_->language())]));
  engine::Session session =
      engine::Session::resume(after, environment_of(one.world_, &profile, language), instances, values);

  store::DraftInfo info = one.info_;
  info.form = to.hash;
  info.form_version = to.version;
  info.package = to.package;
  info.title = after.title;
  if (auto done = profile.vault().update_draft(draft, info); !done) return base::pass(done.error());
  base::Instant now = one.world_.clock->now();
  auto say = [&](EntryKind kind, record::Key key, std::string text) {
    one.waiting_.push_back({kind, now, std::move(key), {}, record::Origin::given, std::move(text)});
  };
  say(EntryKind::open, {}, std::string(version) + ", form " + one.info_.form_version + " to " + to.version);
  // A question by another name: its answer stands under the new one now. What has no place keeps its own name.
  std::erase_if(one.journalled_, [&](const auto& held) {
    const record::Key& key = held.first;
    definition::NodeIndex node = before.by_identity(key.question);
    bool renamed = node != definition::no_node && found.to[node] != definition::no_node &&
                   after.by_identity(key.question) == definition::no_node;
    if (renamed) say(EntryKind::answer, key, "");
    return renamed;
  });
  for (const definition::ArchivedAnswer& a : moved.archived)
    if (after.by_identity(a.identity) != definition::no_node)
      say(EntryKind::note, {a.identity, a.instances}, a.text + " (" + one.info_.form_version + "): " + a.why);
  one.info_ = info;
  one.form_ = *file;
  one.consent_.emplace(after);
  one.session_.emplace(std::move(session));
  one.place_ = 0;
  one.caret_ = -1;
  if (auto done = one.journal_changes(); !done) return base::pass(done.error());
  out.archived = std::move(moved.archived);
  return out;
}

}  // namespace app
