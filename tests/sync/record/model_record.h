// ModelRecord: one record's answers as the model sees them, from its counted revisions alone. See model.h.
//
//   RecordView view = ModelRecord(rules, counted).look();
#pragma once

#include "tests/sync/record/model_sight.h"

namespace support {

class ModelRecord : public Sight {
 public:
  using Sight::Sight;
  RecordView look() {
    for (const auto& [id, r] : all_) learn(id);
    RecordView out;
    out.id = all_.begin()->second.record;
    out.founder = founder_;
    out.incomplete = true;
    std::map<Key, Changes> changes;
    for (const RevisionId& id : order_) {
      const Revision& r = all_.at(id);
      out.incomplete =
          out.incomplete && !(begins(r) && (r.device == founder_ || (founder_.is_zero() && ranks(r))));
      if (std::none_of(order_.begin(), order_.end(), [&](const RevisionId& o) { return knew(o, id); }))
        out.heads.push_back(id);
      for (const Answer& a : r.answers) {
        bool is_link = a.key.question[0] == '@';
        bool in_place = r.kind == RevisionKind::resolve || is_link == (r.kind == RevisionKind::link);
        if (a.origin == Origin::calculated || !in_place) continue;
        Changes& of = changes[a.key];
        Changes found = before(only(of, [&](const Change& o) { return !may(id) || may(o.first); }), id);
        bool repeats = r.full && !r.parents.empty() &&  // a full revision repeats what it found
                       std::any_of(found.begin(), found.end(), [&](auto& c) { return c.second == a.value; });
        if (!repeats) of.push_back({id, a.value});
      }
    }
    std::sort(out.heads.begin(), out.heads.end());
    for (const auto& [key, of] : changes) out.cells.push_back(cell(key, of));
    settle(changes, out.cells);
    return out;
  }

 private:
  static bool place(const Changes& all, Value& shown) {  // the smallest; false: it is nowhere
    std::map<std::pair<size_t, std::string>, Value> places;
    for (const Change& c : all)
      if (c.second.tag == Tag::present) places[{c.second.text.size(), c.second.text}] = c.second;
    if (!places.empty()) shown = places.begin()->second;
    return !places.empty();
  }

  Cell cell(const Key& key, const Changes& all) const {
    Cell out;
    out.key = key;
    Changes mine = only(all, [&](const Change& c) { return may(c.first); });
    Changes listed = unknown_to(mine, all);
    Changes top = only(listed, [&](const Change& c) { return may(c.first); });
    for (const Change& c : listed) {
      const Revision& r = all_.at(c.first);
      for (const RevisionId& p : r.parents) out.inherited = out.inherited || (r.full && !all_.count(p));
      if (listed.size() > 1 || top.empty())
        out.candidates.push_back({c.second, {}, c.first, r.device, {}, {}, may(c.first)});
    }
    if (top.empty()) return out;
    std::map<std::tuple<bool, bool, base::Hash>, Value> by_rank;
    std::set<Value> values;
    std::set<Tag> tags;
    for (const Change& c : top) {
      base::Writer w;
      w.bytes(all_.begin()->second.record.bytes);
      w.text32(key.question);
      for (const auto& id : key.instances) w.bytes(id.bytes);
      w.bytes(canonical(c.second));
      const Revision& r = all_.at(c.first);
      by_rank[{r.kind == RevisionKind::resolve, ranks(r), seal::hash("sv1.tie", w.peek())}] = c.second;
      values.insert(c.second);
      tags.insert(c.second.tag);
    }
    out.shown = by_rank.rbegin()->second;
    if (values.size() == 1) return out;
    if (tags == std::set{Tag::choices}) {
      options(mine, out);
    } else if (tags.count(Tag::consent) && tags.size() == 1 + tags.count(Tag::cleared)) {
      std::map<int, Value> strict;
      for (const Value& v : values)
        strict[v.tag == Tag::cleared ? 1 : v.text == "yes" ? 0 : v.text == "no" ? 3 : 2] = v;
      out.shown = strict.rbegin()->second;
    } else {
      out.conflict = tags != std::set{Tag::present};
      place(top, out.shown);
    }
    return out;
  }

  // Each option by itself, as its latest movers left it; in where they differ, and that is a conflict.
  void options(const Changes& mine, Cell& out) const {
    std::set<std::string> all, in;
    for (const Change& c : mine) all.insert(c.second.items.begin(), c.second.items.end());
    for (const std::string& option : all) {
      auto ticked = [&](const Changes& some) {
        std::set<bool> ticks;
        for (const Change& c : some)
          ticks.insert(std::count(c.second.items.begin(), c.second.items.end(), option) > 0);
        return ticks;
      };
      Changes movers;
      for (const Change& c : mine) {
        std::set<bool> was = ticked(before(movers, c.first));
        if (was.empty()) was.insert(false);
        if (was != ticked({c})) movers.push_back(c);
      }
      std::set<bool> now = ticked(latest(movers));
      if (now.count(true)) in.insert(option);
      out.conflict = out.conflict || now.size() == 2;
    }
    out.shown = {Tag::choices, {}, {in.begin(), in.end()}};
  }

  void settle(const std::map<Key, Changes>& changes, std::vector<Cell>& cells) const {
    std::set<std::vector<base::InstanceId>> gone;
    auto inside = [](const Key& key, const std::vector<base::InstanceId>& around) {
      return key.instances.size() >= around.size() &&
             std::equal(around.begin(), around.end(), key.instances.begin());
    };
    for (Cell& c : cells) {
      Changes mine = only(changes.at(c.key), [&](const Change& one) { return may(one.first); });
      Value present;
      if (c.key.instances.empty() || c.shown.tag != Tag::cleared || !place(mine, present)) continue;
      Changes removals = latest(only(mine, [](const Change& one) { return one.second.tag == Tag::cleared; }));
      bool worked = false;
      for (const auto& [key, inner] : changes)
        for (const Change& one : inner)
          worked = worked || (key != c.key && inside(key, c.key.instances) && may(one.first) &&
                              std::all_of(removals.begin(), removals.end(),
                                          [&](auto& r) { return apart(r.first, one.first); }));
      if (worked) {
        for (const Value& side : {c.shown, present}) c.candidates.push_back({side, {}, {}, {}, {}, {}, true});
        c.shown = present;
        c.conflict = true;
      } else {
        gone.insert(c.key.instances);
      }
    }
    std::erase_if(cells, [&](const Cell& c) {
      return std::any_of(gone.begin(), gone.end(), [&](const auto& around) { return inside(c.key, around); });
    });
  }
};

}  // namespace support
