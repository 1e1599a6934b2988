#include "collector/app/merged.h"

#include <algorithm>

#include "collector/app/version.h"
#include "collector/app/worked_case.h"
#include "forms/base/memory.h"
#include "forms/base/parallel.h"

namespace app {

using base::Bytes;
using base::Fault;
using base::Status;

namespace {

constexpr size_t a_round = 128;  // records opened and worked out before they are kept: bounds the memory

std::filesystem::path cache_file(const Profile& profile) {
  return profile.folder() / "cache.svc";
}

// The cache's key lies in the vault; a new one makes what was sealed before unreadable.
base::Result<seal::Key> cache_key(Profile& profile, bool renew) {
  std::string kept = renew ? std::string() : profile.vault().setting("cache.key");
  if (kept.size() != 32) {
    seal::Key fresh = seal::fresh_key();
    kept = std::string(base::text_of(fresh.view()));
    if (auto done = profile.vault().set_setting("cache.key", kept); !done) return base::pass(done.error());
  }
  seal::Key out{base::view_of(kept)};
  seal::wipe(kept);
  return out;
}

}  // namespace

// One record between being opened and being kept.
struct Merged::Fresh {
  record::Merge::Work work;
  std::vector<store::Opening> openings;
  std::vector<store::Keyslot> keyslots;
  std::vector<store::Named> named;
  record::RecordView view;
  const KnownForm* form = nullptr;  // null: not here
  Summary summary;
  base::Bytes packed;  // for the cache; empty where it is not worked out
};

base::Result<std::unique_ptr<Merged>> Merged::of(Profile& coordinator) {
  if (!coordinator.central())
    return base::fail(Fault::locked, coordinator.label(),
                      "Only a coordinator's profile holds the central file.");
  std::unique_ptr<Merged> out(new Merged(coordinator));
  if (auto done = out->read_cache(); !done) return base::pass(done.error());
  return out;
}

Status Merged::read_cache() {
  auto key = cache_key(profile_, false);
  if (!key) return base::pass(key.error());
  cache_ = std::make_unique<store::SealedCache>(cache_file(profile_), *key);
  cache_->each([&](const base::RecordId& id, base::ByteView row) {
    Summary s;
    if (unpack_summary(row, s)) cached_[id] = std::move(s);
  });
  shreds_ = profile_.central()->shreds();
  return {};
}

Status Merged::forget() {
  auto shredded = profile_.central()->shredded();
  if (!shredded) return base::pass(shredded.error());
  std::set<base::RecordId> gone;
  for (const store::Shredded& one : *shredded) gone.insert(one.record);
  auto key = cache_key(profile_, true);
  if (!key) return base::pass(key.error());
  cache_->rewrite_without([&](const base::RecordId& id) { return gone.count(id) > 0; }, *key);
  std::erase_if(cached_, [&](const auto& one) { return gone.count(one.first) > 0; });
  // What was whole may be a stub now: the chains are read again.
  begin_anew();
  shreds_ = profile_.central()->shreds();
  return {};
}

void Merged::begin_anew() {
  merge_ = record::Merge();
  shown_.clear();
  closed_.clear();
  last_n_ = 0;
}

// Everything that decides how a record is shown, besides what the merge counts.
base::Hash Merged::basis_of(const base::Hash& merged) const {
  base::Writer out;
  out.bytes(merged.bytes);
  out.text32(version);
  out.u32(static_cast<uint32_t>(profile_.world().clock->offset_minutes()));
  return seal::hash("sv1.case-basis", out.peek());
}

Status Merged::take_in() {
  store::Central& central = *profile_.central();
  if (central.shreds() != shreds_)
    if (auto done = forget(); !done) return done;
  merge_.set_authority(profile_.authority());
  auto done = central.each_link(last_n_, [&](const store::Central::Arrived& a) {
    merge_.add(a.link);
    last_n_ = a.n;
  });
  if (!done) return done;
  auto heads = central.heads();
  auto withdrawals = central.withdrawals();
  if (!heads) return base::pass(heads.error());
  if (!withdrawals) return base::pass(withdrawals.error());
  for (const seal::Head& head : *heads) merge_.add(head);
  merge_.set_withdrawals(*withdrawals);
  return {};
}

Status Merged::update(const MergeProgress& progress) try {
  opener_.reset();
  if (auto done = take_in(); !done) return done;
  auto fresh = profile_.central()->not_opened();
  if (!fresh) return base::pass(fresh.error());
  std::vector<record::Merge::Work> work = merge_.work();
  std::vector<record::Merge::Work> left;
  for (record::Merge::Work& one : work) {
    auto known = fresh->count(one.record) ? cached_.end() : cached_.find(one.record);
    if (known != cached_.end() && known->second.basis == basis_of(one.basis)) {
      merge_.done(one, known->second.leaf, known->second.founder);
      shown_[one.record] = known->second;
    } else {
      left.push_back(std::move(one));
    }
  }
  Status worked = work_out(left, progress);
  Status kept = profile_.central()->put_keyslots(std::exchange(keyslots_, {}));
  if (kept && !named_.empty()) kept = profile_.central()->note_opened(std::exchange(named_, {}));
  cache_->flush();
  if (!worked) return worked;
  if (!kept) {
    begin_anew();  // else what was not noted is not looked at again
    return kept;
  }
  std::erase_if(shown_, [&](const auto& one) { return !merge_.is_shown(one.first); });
  // A record whose withdrawal was undone is shown again as it was.
  for (const auto& [id, summary] : cached_)
    if (merge_.is_shown(id)) shown_.try_emplace(id, summary);
  revisions_ = merge_.counted();
  return {};
} catch (const std::bad_alloc&) {
  begin_anew();
  return base::no_memory();
}

const Merged::KnownForm* Merged::known_form(const base::FormHash& hash) {
  auto at = forms_.find(hash);
  if (at != forms_.end()) return &at->second;
  auto file = profile_.form_of(hash);
  if (!file) return nullptr;
  auto graph = engine::graph_of(*file->read.survey);
  return &(forms_[hash] = {std::move(file), std::move(graph)});
}

std::shared_ptr<const FormFile> Merged::form(const base::FormHash& hash) {
  const KnownForm* known = known_form(hash);
  return known ? known->file : nullptr;
}

Status Merged::work_out(std::vector<record::Merge::Work>& work, const MergeProgress& progress) {
  if (work.empty()) return {};
  size_t from = 0;
  auto stop = [&](const base::Error& error) {
    for (; from < work.size(); ++from) merge_.put_back(work[from]);
    return base::pass(error);
  };
  auto opener = Opener::of(profile_);
  if (!opener) return stop(opener.error());
  auto round_at = [&](size_t at) {
    return std::span<const record::Merge::Work>(work).subspan(at, std::min(a_round, work.size() - at));
  };
  // While a round is opened on another thread, this one keeps the round before it and reads the next.
  std::vector<Fresh> before;
  auto keep_before = [&] {
    keep(before);
    from += before.size();
    before.clear();
  };
  auto next = read(round_at(0));
  for (size_t at = 0; at < work.size();) {
    if (progress && !progress(at, work.size())) {
      keep_before();
      return stop(
          {Fault::cancelled, "merge", "Stopped. What was merged so far is kept; run it again to go on."});
    }
    if (!next) {
      keep_before();
      return stop(next.error());
    }
    std::vector<Fresh> now = std::move(*next);
    at += now.size();
    {
      base::Parallel opening(now.size(), [&](size_t i) { open(now[i], *opener); });
      keep_before();
      next = read(round_at(at));
    }
    for (Fresh& fresh : now) fresh.form = fresh.view.heads.empty() ? nullptr : known_form(fresh.view.form);
    base::in_parallel(now.size(), [&](size_t i) { work_out(now[i]); });
    before = std::move(now);
  }
  keep_before();
  return {};
}

base::Result<std::vector<Merged::Fresh>> Merged::read(std::span<const record::Merge::Work> work) {
  std::vector<Fresh> round(work.size());
  for (size_t i = 0; i < round.size(); ++i) {
    round[i].work = work[i];
    auto openings = profile_.central()->openings(round[i].work.counted);
    if (!openings) return base::pass(openings.error());
    round[i].openings = std::move(*openings);
  }
  return round;
}

void Merged::open(Fresh& fresh, const Opener& opener) const {
  std::vector<record::Revision> revisions;
  for (const store::Opening& opening : fresh.openings) {
    Opened one = opener.open(opening);
    if (!one.keyslot.wrapped.empty()) fresh.keyslots.push_back(std::move(one.keyslot));
    if (one.attachments) fresh.named.push_back({opening.revision, std::move(*one.attachments)});
    if (one.revision)
      revisions.push_back(std::move(*one.revision));
    else
      ++fresh.summary.unopened;
  }
  fresh.openings.clear();
  fresh.view = record::view_record(std::move(revisions), profile_.authority());
  fresh.view.id = fresh.work.record;
}

void Merged::work_out(Fresh& fresh) const {
  Summary& s = fresh.summary;
  s.basis = basis_of(fresh.work.basis);
  s.leaf = record::leaf_of(fresh.view);
  s.founder = fresh.view.founder;
  s.form = fresh.view.form;
  s.form_id = fresh.view.form_id;
  s.refused = fresh.view.refused;
  s.incomplete = fresh.view.incomplete;
  s.conflicts = static_cast<uint32_t>(fresh.view.conflicts());
  for (const record::Cell& cell : fresh.view.cells)
    if (cell.key.question == "@link" && cell.key.instances.size() == 1)
      s.links.push_back({{cell.key.instances[0].bytes}, cell.shown});
  if (!fresh.form) return;
  WorkedCase worked = app::work_out(fresh.view, *fresh.form->file->read.survey,
                                    profile_.world().clock->offset_minutes(), fresh.form->graph);
  s.code = worked.code;
  s.person = worked.person;
  s.needs_review = worked.one.needs_review;
  if (s.unopened == 0) fresh.packed = pack_case(s, worked.one);
  fresh.view.cells.clear();
}

void Merged::keep(std::vector<Fresh>& round) {
  std::vector<store::SealedCache::Fresh> rows;
  for (Fresh& fresh : round) {
    keep(fresh, rows);
    for (store::Keyslot& slot : fresh.keyslots) keyslots_.push_back(std::move(slot));
    for (store::Named& named : fresh.named) named_.push_back(std::move(named));
  }
  if (!rows.empty()) cache_->put(rows);
}

void Merged::keep(Fresh& fresh, std::vector<store::SealedCache::Fresh>& rows) {
  Summary& s = fresh.summary;
  const base::RecordId& id = fresh.work.record;
  closed_.erase(id);
  if (s.unopened > 0) closed_[id] = s.unopened;
  cached_.erase(id);
  if (fresh.view.heads.empty()) return merge_.not_opened(fresh.work);
  merge_.done(fresh.work, s.leaf, s.founder);
  if (s.unopened > 0) merge_.look_again(id);
  if (!fresh.packed.empty()) {
    rows.push_back({id, fresh.packed});
    cached_[id] = s;
  }
  shown_[id] = std::move(s);
}

size_t Merged::unopened() const {
  size_t out = 0;
  for (const auto& [id, count] : closed_) out += count;
  return out;
}

base::Result<std::vector<record::Revision>> Merged::revisions_of(const base::RecordId& id) {
  if (!opener_) {
    auto made = Opener::of(profile_);
    if (!made) return base::pass(made.error());
    opener_.emplace(std::move(*made));
  }
  auto openings = profile_.central()->openings(merge_.counted(id));
  if (!openings) return base::pass(openings.error());
  std::vector<record::Revision> out;
  for (const store::Opening& opening : *openings)
    if (Opened one = opener_->open(opening); one.revision) out.push_back(std::move(*one.revision));
  return out;
}

base::Result<record::RecordView> Merged::view_of(const base::RecordId& id) {
  auto revisions = revisions_of(id);
  if (!revisions) return base::pass(revisions.error());
  if (revisions->empty())
    return base::fail(Fault::missing, id.hex().substr(0, 12), "This interview is not in the dataset.");
  return record::view_record(std::move(*revisions), profile_.authority());
}

base::Result<exports::Case> Merged::case_of(const base::RecordId& id) {
  auto at = shown_.find(id);
  if (at == shown_.end())
    return base::fail(Fault::missing, id.hex().substr(0, 12), "This interview is not in the dataset.");
  exports::Case one;
  if (cached_.count(id) == 0 || !unpack_case(cache_->get(id), one)) {
    auto view = view_of(id);
    if (!view) return base::pass(view.error());
    auto file = form(view->form);
    if (!file)
      return base::fail(Fault::missing, view->form_id, "The form of this interview is not here yet. Sync.");
    const definition::Survey& survey = *file->read.survey;
    one = app::work_out(*view, survey, profile_.world().clock->offset_minutes()).one;
  }
  one.device = profile_.label_of(at->second.founder);
  return one;
}

std::vector<exports::Case> Merged::cases_of(std::span<const base::RecordId> ids,
                                            const std::function<void()>& meanwhile) {
  std::vector<exports::Case> out(ids.size());
  std::vector<char> is_read(ids.size());
  cache_->get(ids, [&](size_t i, base::ByteView row) { is_read[i] = unpack_case(row, out[i]); },
              meanwhile);
  for (size_t i = 0; i < ids.size(); ++i) {
    auto at = shown_.find(ids[i]);
    if (is_read[i] && at != shown_.end() && cached_.count(ids[i])) {
      out[i].device = profile_.label_of(at->second.founder);
      continue;
    }
    auto one = case_of(ids[i]);
    if (one) {
      out[i] = std::move(*one);
    } else {
      out[i] = {};
      out[i].record = ids[i];
      out[i].state = "gone";
    }
  }
  return out;
}

}  // namespace app
