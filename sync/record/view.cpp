#include "sync/record/view.h"

#include <algorithm>
#include <map>
#include <set>

#include "sync/record/fingerprint.h"

namespace record {
namespace {

using base::Hash;

Hash tie(const RecordId& record, const Key& key, const Value& value) {
  base::Writer out;
  out.bytes(record.bytes);
  out.text32(key.question);
  for (const base::InstanceId& id : key.instances) out.bytes(id.bytes);
  out.bytes(canonical(value));
  return seal::hash("sv1.tie", out.peek());
}

// The revisions of one record, each once, with who descends from whom.
class History {
 public:
  History(std::vector<const Revision*> revisions, const Authority& authority)
      : all_(std::move(revisions)), authority_(authority) {
    std::sort(all_.begin(), all_.end(), [](const Revision* a, const Revision* b) { return a->id < b->id; });
    all_.erase(std::unique(all_.begin(), all_.end(),
                           [](const Revision* a, const Revision* b) { return a->id == b->id; }),
               all_.end());
    for (size_t i = 0; i < all_.size(); ++i) at_[all_[i]->id] = i;
    ancestors_.resize(all_.size());
    for (size_t i = 0; i < all_.size(); ++i) climb(i);
    const Revision* first = nullptr;
    for (const Revision* r : all_)
      if (r->parents.empty() && r->kind == RevisionKind::finish && !first) first = r;
    founder_ = first ? first : all_.front();
  }

  const std::vector<const Revision*>& all() const { return all_; }
  const Revision& founder() const { return *founder_; }
  bool is_ancestor(size_t older, size_t newer) const { return ancestors_[newer].count(older) > 0; }
  const std::set<size_t>& ancestors(size_t i) const { return ancestors_[i]; }
  bool entitled(size_t i) const {
    bool coordinator = authority_.is_coordinator(all_[i]->device);
    if (all_[i]->kind == RevisionKind::resolve || all_[i]->kind == RevisionKind::link) return coordinator;
    return coordinator || all_[i]->device == founder_->device;
  }
  bool by_coordinator(size_t i) const { return authority_.is_coordinator(all_[i]->device); }
  bool has_missing_parent(size_t i) const {
    return std::any_of(all_[i]->parents.begin(), all_[i]->parents.end(),
                       [&](const RevisionId& id) { return at_.count(id) == 0; });
  }
  std::vector<RevisionId> heads() const {
    std::vector<RevisionId> out;
    for (size_t i = 0; i < all_.size(); ++i) {
      bool older = false;
      for (size_t j = 0; j < all_.size(); ++j) older |= is_ancestor(i, j);
      if (!older) out.push_back(all_[i]->id);
    }
    return out;
  }

 private:
  void climb(size_t start) {
    std::vector<size_t> open = {start};
    while (!open.empty()) {
      size_t i = open.back();
      open.pop_back();
      for (const RevisionId& parent : all_[i]->parents)
        if (auto at = at_.find(parent);
            at != at_.end() && at->second != start && ancestors_[start].insert(at->second).second)
          open.push_back(at->second);
    }
  }

  std::vector<const Revision*> all_;
  const Authority& authority_;
  std::map<RevisionId, size_t> at_;
  std::vector<std::set<size_t>> ancestors_;
  const Revision* founder_ = nullptr;
};

struct Change {
  size_t revision = 0;
  const Answer* answer = nullptr;
};

// Option by option against what the candidates have in common.
Value merge_options(const History& history, const std::vector<Change>& changes,
                    const std::vector<Change>& top) {
  const Value* before = nullptr;
  std::set<size_t> common = history.ancestors(top[0].revision);
  for (const Change& one : top) {
    std::set<size_t> kept;
    for (size_t a : history.ancestors(one.revision))
      if (common.count(a)) kept.insert(a);
    common = kept;
  }
  size_t newest = SIZE_MAX;
  for (const Change& change : changes)
    if (common.count(change.revision) &&
        (newest == SIZE_MAX || history.is_ancestor(newest, change.revision))) {
      newest = change.revision;
      before = &change.answer->value;
    }
  auto has = [](const Value& v, const std::string& item) {
    return std::binary_search(v.items.begin(), v.items.end(), item);
  };
  std::set<std::string> options;
  for (const Change& one : top)
    options.insert(one.answer->value.items.begin(), one.answer->value.items.end());
  Value merged;
  merged.tag = Tag::choices;
  for (const std::string& option : options) {
    bool was = before && has(*before, option);
    bool everywhere =
        std::all_of(top.begin(), top.end(), [&](const Change& c) { return has(c.answer->value, option); });
    if (everywhere || !was) merged.items.push_back(option);
  }
  return merged;
}

Cell cell_of(const RecordId& record, const Key& key, const History& history,
             const std::vector<Change>& changes) {
  Cell cell;
  cell.key = key;
  std::vector<Change> top;  // entitled, and not changed again by an entitled descendant
  for (const Change& change : changes) {
    bool covered = std::any_of(changes.begin(), changes.end(), [&](const Change& later) {
      return history.entitled(later.revision) && history.is_ancestor(change.revision, later.revision);
    });
    if (covered) continue;
    const Revision& r = *history.all()[change.revision];
    bool entitled = history.entitled(change.revision);
    cell.candidates.push_back(
        {change.answer->value, change.answer->origin, r.id, r.device, r.author, r.at, entitled});
    if (entitled) top.push_back(change);
    if (r.full && history.has_missing_parent(change.revision)) cell.inherited = true;
  }
  std::sort(cell.candidates.begin(), cell.candidates.end(), [](const Candidate& a, const Candidate& b) {
    return std::tie(a.value, a.revision) < std::tie(b.value, b.revision);
  });
  if (top.empty()) return cell;
  auto rank = [&](const Change& c) {
    const Revision& r = *history.all()[c.revision];
    return std::make_tuple(r.kind == RevisionKind::resolve, history.by_coordinator(c.revision),
                           tie(record, key, c.answer->value));
  };
  const Change* best = &top[0];
  for (const Change& c : top)
    if (rank(*best) < rank(c)) best = &c;
  cell.shown = best->answer->value;
  cell.origin = best->answer->origin;
  bool differ = std::any_of(top.begin(), top.end(),
                            [&](const Change& c) { return !(c.answer->value == top[0].answer->value); });
  if (!differ) return cell;
  bool all_choices = std::all_of(top.begin(), top.end(),
                                 [](const Change& c) { return c.answer->value.tag == Tag::choices; });
  bool all_consent = std::all_of(top.begin(), top.end(),
                                 [](const Change& c) { return c.answer->value.tag == Tag::consent; });
  if (all_choices) {
    cell.shown = merge_options(history, changes, top);
  } else if (all_consent) {  // the most restrictive holds
    for (const Change& c : top)
      if (c.answer->value.text != "yes") cell.shown = c.answer->value;
  } else {
    cell.conflict = true;
  }
  return cell;
}

bool is_inside(const Key& inner, const std::vector<base::InstanceId>& around) {
  return inner.instances.size() >= around.size() &&
         std::equal(around.begin(), around.end(), inner.instances.begin());
}

// An instance taken away by one and worked on by another is kept, and said.
void settle_instances(const History& history, const std::map<Key, std::vector<Change>>& changes,
                      std::vector<Cell>& cells) {
  std::vector<std::vector<base::InstanceId>> gone;
  for (Cell& cell : cells) {
    auto at = changes.find(cell.key);
    const Value* present = nullptr;
    size_t remover = SIZE_MAX;
    for (const Change& change : at->second) {
      if (change.answer->value.tag == Tag::present) present = &change.answer->value;
      if (change.answer->value.tag == Tag::cleared && history.entitled(change.revision))
        remover = change.revision;
    }
    if (!present || cell.shown.tag != Tag::cleared) continue;
    bool worked_on = false;
    for (const auto& [key, all] : changes)
      if (is_inside(key, cell.key.instances) && !(key == cell.key))
        for (const Change& change : all)
          worked_on |= remover != SIZE_MAX && history.entitled(change.revision) &&
                       change.revision != remover && !history.is_ancestor(change.revision, remover) &&
                       !history.is_ancestor(remover, change.revision);
    if (worked_on) {
      cell.shown = *present;
      cell.conflict = true;
    } else {
      gone.push_back(cell.key.instances);
    }
  }
  std::erase_if(cells, [&](const Cell& cell) {
    return std::any_of(gone.begin(), gone.end(),
                       [&](const auto& around) { return is_inside(cell.key, around); });
  });
}

RecordView record_view(const std::vector<const Revision*>& revisions, const Authority& authority) {
  History history(revisions, authority);
  const Revision& founder = history.founder();
  RecordView out;
  out.id = founder.record;
  out.form = founder.form;
  out.form_id = founder.form_id;
  out.form_version = founder.form_version;
  out.founder = founder.device;
  out.author = founder.author;
  out.at = founder.at;
  out.refused = founder.refused;
  out.heads = history.heads();
  std::map<Key, std::vector<Change>> changes;
  for (size_t i = 0; i < history.all().size(); ++i)
    for (const Answer& answer : history.all()[i]->answers)
      if (answer.origin != Origin::calculated) changes[answer.key].push_back({i, &answer});
  for (const auto& [key, all] : changes) out.cells.push_back(cell_of(out.id, key, history, all));
  settle_instances(history, changes, out.cells);
  return out;
}

}  // namespace

size_t RecordView::conflicts() const {
  return static_cast<size_t>(
      std::count_if(cells.begin(), cells.end(), [](const Cell& cell) { return cell.conflict; }));
}

View view(std::span<const Revision> revisions, const Authority& authority,
          std::span<const Withdrawal> withdrawals) {
  std::set<RecordId> withdrawn;
  for (const Withdrawal& w : withdrawals)
    if (w.by_card || authority.is_coordinator(w.signer) || authority.member(w.signer))
      withdrawn.insert(w.record);
  std::map<RecordId, std::vector<const Revision*>> by_record;
  for (const Revision& r : revisions)
    if (authority.accepts(r.device, r.sequence) && withdrawn.count(r.record) == 0)
      by_record[r.record].push_back(&r);
  View out;
  for (const auto& [id, all] : by_record) out.records.push_back(record_view(all, authority));
  out.withdrawn.assign(withdrawn.begin(), withdrawn.end());
  out.fingerprint = fingerprint(out);
  return out;
}

}  // namespace record
