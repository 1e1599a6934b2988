#include "sync/record/cells.h"

#include <algorithm>
#include <map>

namespace record {
namespace {

struct Change {
  size_t revision = 0;  // position in the history: older first
  Answer* answer = nullptr;
};
using Changes = std::vector<Change>;

base::Hash tie(const RecordId& record, const Key& key, const Value& value) {
  base::Writer out;
  out.bytes(record.bytes);
  out.text32(key.question);
  for (const base::InstanceId& id : key.instances) out.bytes(id.bytes);
  out.bytes(canonical(value));
  return seal::hash("sv1.tie", out.peek());
}

bool is_link(const Key& key) {
  return !key.question.empty() && key.question[0] == '@';
}

// The changes that no other of them, made knowing it, changed again.
Changes latest(const History& history, const Changes& changes) {
  Changes out;  // newest first; what one of them knew, it covers
  for (auto one = changes.rbegin(); one != changes.rend(); ++one)
    if (std::none_of(out.begin(), out.end(),
                     [&](const Change& later) { return history.knew(later.revision, one->revision); }))
      out.push_back(*one);
  return out;
}

Changes known_to(const History& history, size_t revision, const Changes& changes) {
  Changes out;
  for (const Change& one : changes)
    if (history.knew(revision, one.revision)) out.push_back(one);
  return out;
}

Changes of_rank(const History& history, size_t revision, const Changes& changes) {
  if (!history.may(revision)) return changes;
  Changes out;
  for (const Change& one : changes)
    if (history.may(one.revision)) out.push_back(one);
  return out;
}

// A full revision repeats what it found: that is no change. What one who may not supersede had said, and one who may
// repeats, is theirs from then on.
Changes real_changes(const History& history, const Changes& changes) {
  Changes out;
  for (const Change& one : changes) {
    const Revision& r = history.all()[one.revision];
    bool repeats = false;
    if (r.full && !r.parents.empty())
      for (const Change& before :
           latest(history, of_rank(history, one.revision, known_to(history, one.revision, out))))
        repeats = repeats || before.answer->value == one.answer->value;
    if (!repeats) out.push_back(one);
  }
  return out;
}

bool has(const Value& value, const std::string& item) {
  return std::find(value.items.begin(), value.items.end(), item) != value.items.end();
}

// Each option by itself: the latest who put it in or took it out. Where both happened at once it stays in,
// and the cell is a conflict.
Value merge_options(const History& history, const Changes& changes, bool& conflict) {
  std::map<std::string, bool> options;
  for (const Change& one : changes)
    for (const std::string& item : one.answer->value.items) options[item] = false;
  Value merged;
  merged.tag = Tag::choices;
  for (auto& [option, is_in] : options) {
    Changes set;  // those that changed this option
    for (const Change& one : changes) {
      Changes before = latest(history, known_to(history, one.revision, set));
      bool was = !before.empty() && has(before[0].answer->value, option);
      bool settled = std::all_of(before.begin(), before.end(), [&, o = &option](const Change& c) {
        return has(c.answer->value, *o) == was;
      });
      if (!settled || has(one.answer->value, option) != was) set.push_back(one);
    }
    Changes last = latest(history, set);
    auto holds_it = [&, o = &option](const Change& c) { return has(c.answer->value, *o); };
    is_in = std::any_of(last.begin(), last.end(), holds_it);
    conflict = conflict || (is_in && !std::all_of(last.begin(), last.end(), holds_it));
    if (is_in) merged.items.push_back(option);
  }
  return merged;
}

int restriction(const Value& consent) {
  if (consent.tag == Tag::cleared) return 1;
  return consent.text == "yes" ? 0 : consent.text == "no" ? 3 : 2;
}

bool comes_first(const Value& a, const Value& b) {  // of two places of one instance
  return std::make_pair(a.text.size(), a.text) < std::make_pair(b.text.size(), b.text);
}

Candidate candidate_of(const History& history, const Change& one) {
  const Revision& r = history.all()[one.revision];
  return {one.answer->value, one.answer->origin, r.id, r.device, r.author, r.at, history.may(one.revision)};
}

void sort_candidates(std::vector<Candidate>& candidates) {
  std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
    return std::tie(a.value, a.device, a.revision) < std::tie(b.value, b.device, b.revision);
  });
}

class CellMaker {
 public:
  CellMaker(const History& history, const Key& key, const Changes& changes)
      : history_(history), changes_(real_changes(history, changes)) {
    cell_.key = key;
  }

  Cell make() {
    for (const Change& one : changes_)
      if (history_.may(one.revision)) may_.push_back(one);
    Changes last = latest(history_, may_);
    Changes listed;
    for (const Change& one : changes_)
      if (std::none_of(last.begin(), last.end(),
                       [&](const Change& later) { return history_.knew(later.revision, one.revision); }))
        listed.push_back(one);
    for (const Change& one : listed) {
      const Revision& r = history_.all()[one.revision];
      if (history_.may(one.revision)) top_.push_back(one);
      cell_.inherited = cell_.inherited || (r.full && history_.lacks_parent(one.revision));
    }
    if (listed.size() > 1 || top_.empty()) {
      for (const Change& one : listed) cell_.candidates.push_back(candidate_of(history_, one));
      sort_candidates(cell_.candidates);
    }
    if (!top_.empty()) choose();
    return std::move(cell_);
  }

 private:
  void choose() {
    const Change* best = &top_[0];
    for (const Change& one : top_)
      if (&one != best && rank(*best) < rank(one)) best = &one;
    cell_.shown = best->answer->value;
    cell_.origin = best->answer->origin;
    for (const Change& one : top_)
      if (one.answer->value == cell_.shown) cell_.origin = std::min(cell_.origin, one.answer->origin);
    auto all = [&](auto&& is) {
      return std::all_of(top_.begin(), top_.end(), [&](const Change& one) { return is(one.answer->value); });
    };
    if (all([&](const Value& v) { return v == top_[0].answer->value; })) return;
    if (all([](const Value& v) { return v.tag == Tag::choices; })) {
      cell_.shown = merge_options(history_, may_, cell_.conflict);
    } else if (all([](const Value& v) { return v.tag == Tag::consent || v.tag == Tag::cleared; })) {
      for (const Change& one : top_)  // the most restrictive holds
        if (restriction(one.answer->value) > restriction(cell_.shown)) cell_.shown = one.answer->value;
    } else if (all([](const Value& v) { return v.tag == Tag::present; })) {
      for (const Change& one : top_)  // an instance's place is for display
        if (comes_first(one.answer->value, cell_.shown)) cell_.shown = one.answer->value;
    } else {
      cell_.conflict = true;
      for (const Change& one : top_)  // taken away by one, moved by another: it stays, and is said
        if (one.answer->value.tag == Tag::present &&
            (cell_.shown.tag != Tag::present || comes_first(one.answer->value, cell_.shown)))
          cell_.shown = one.answer->value;
    }
  }

  std::tuple<bool, bool, base::Hash> rank(const Change& one) const {
    const Revision& r = history_.all()[one.revision];
    return {r.kind == RevisionKind::resolve, history_.outranks(one.revision),
            tie(r.record, cell_.key, one.answer->value)};
  }

  const History& history_;
  Changes changes_, may_, top_;
  Cell cell_;
};

bool is_inside(const Key& inner, const std::vector<base::InstanceId>& around) {
  return inner.instances.size() >= around.size() &&
         std::equal(around.begin(), around.end(), inner.instances.begin());
}

using ByKey = std::map<Key, Changes>;

// An instance taken away by one and worked on by another who did not know it is kept, and said.
void settle_instances(const History& history, const ByKey& changes, std::vector<Cell>& cells) {
  std::vector<std::vector<base::InstanceId>> gone;
  for (Cell& cell : cells) {
    if (cell.shown.tag != Tag::cleared || cell.key.instances.empty()) continue;
    const Changes own = real_changes(history, changes.at(cell.key));
    const Change* present = nullptr;
    Changes removals;
    for (const Change& one : own) {
      if (!history.may(one.revision)) continue;
      bool is_present = one.answer->value.tag == Tag::present;
      if (is_present && (!present || comes_first(one.answer->value, present->answer->value))) present = &one;
      if (one.answer->value.tag == Tag::cleared) removals.push_back(one);
    }
    if (!present || removals.empty()) continue;
    removals = latest(history, removals);
    std::optional<size_t> worker;
    for (const auto& [key, inner] : changes) {
      if (!is_inside(key, cell.key.instances) || key == cell.key) continue;
      for (const Change& one : real_changes(history, inner)) {
        bool apart = history.may(one.revision) &&
                     std::all_of(removals.begin(), removals.end(), [&](const Change& removal) {
                       return one.revision != removal.revision &&
                              !history.knew(one.revision, removal.revision) &&
                              !history.knew(removal.revision, one.revision);
                     });
        if (apart && !worker) worker = one.revision;
      }
    }
    if (!worker) {
      gone.push_back(cell.key.instances);
      continue;
    }
    // Both sides, so that either can be chosen.
    if (cell.candidates.empty())
      for (const Change& removal : removals) cell.candidates.push_back(candidate_of(history, removal));
    Candidate kept = candidate_of(history, {*worker, present->answer});
    cell.candidates.push_back(std::move(kept));
    sort_candidates(cell.candidates);
    cell.shown = present->answer->value;
    cell.conflict = true;
  }
  std::erase_if(cells, [&](const Cell& cell) {
    return std::any_of(gone.begin(), gone.end(),
                       [&](const auto& around) { return is_inside(cell.key, around); });
  });
}

}  // namespace

std::vector<Cell> cells_of(History& history) {
  std::vector<Cell> out;
  std::vector<Revision>& all = history.all();
  auto is_said = [&](size_t i, const Answer& answer) {
    if (answer.origin == Origin::calculated) return false;
    bool decides = all[i].kind == RevisionKind::link || all[i].kind == RevisionKind::resolve;
    return is_link(answer.key) ? decides : all[i].kind != RevisionKind::link;
  };
  if (all.size() == 1 && history.may(0)) {  // most records: nothing to merge
    out.reserve(all[0].answers.size());
    for (Answer& answer : all[0].answers) {
      if (!is_said(0, answer)) continue;
      Cell& cell = out.emplace_back();
      cell.key = std::move(answer.key);
      cell.shown = std::move(answer.value);
      cell.origin = answer.origin;
      cell.inherited = all[0].full && history.lacks_parent(0);
    }
    return out;
  }
  ByKey changes;
  for (size_t i = 0; i < all.size(); ++i)
    for (Answer& answer : all[i].answers)
      if (is_said(i, answer)) changes[answer.key].push_back({i, &answer});
  for (const auto& [key, of_key] : changes) out.push_back(CellMaker(history, key, of_key).make());
  settle_instances(history, changes, out);
  return out;
}

}  // namespace record
