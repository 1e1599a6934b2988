#include "sync/record/journal.h"

#include <algorithm>
#include <charconv>
#include <set>

namespace record {
namespace {

bool changes_answers(const Entry& e) {
  return e.kind == EntryKind::answer || e.kind == EntryKind::add_instance ||
         e.kind == EntryKind::remove_instance;
}

struct
    Step {  // entries [first, end): of one time, all of them changing answers; or those that take a step back
  size_t first = 0, end = 0;
  bool undoes = false;
  size_t undone = 0;  // first entry of the step it takes back
};

size_t number(const std::string& text) {
  size_t out = 0;
  (void)std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}

std::vector<Step> steps_of(const std::vector<Entry>& entries) {
  std::vector<Step> out;
  for (size_t i = 0; i < entries.size();) {
    const Entry& e = entries[i];
    Step step{i, i + 1, e.kind == EntryKind::undone, 0};
    if (step.undoes) {
      step.undone = number(e.value.text);
      step.end = std::min(entries.size(), i + 1 + number(e.text));
    } else if (changes_answers(e)) {
      while (step.end < entries.size() && entries[step.end].at == e.at && changes_answers(entries[step.end]))
        ++step.end;
    }
    if (step.undoes || changes_answers(e)) out.push_back(step);
    i = step.end;
  }
  return out;
}

// The first entries of steps that were taken back.
std::set<size_t> taken_back(const std::vector<Step>& steps) {
  std::set<size_t> out;
  for (const Step& step : steps)
    if (step.undoes) out.insert(step.undone);
  return out;
}

bool is_inside(const Key& key, const std::vector<base::InstanceId>& instances) {
  return key.instances.size() >= instances.size() &&
         std::equal(instances.begin(), instances.end(), key.instances.begin());
}

Entry made(EntryKind kind, base::Instant at, const Key& key, const Value& value, Origin origin) {
  Entry e;
  e.kind = kind;
  e.at = at;
  e.key = key;
  e.value = value;
  e.origin = origin;
  return e;
}

}  // namespace

std::vector<Change> history_of(const std::vector<Entry>& entries, const Key& key) {
  std::vector<Change> out;
  std::vector<Step> steps = steps_of(entries);
  std::set<size_t> back = taken_back(steps);
  for (const Step& step : steps)
    for (size_t i = step.first; i < step.end; ++i) {
      const Entry& e = entries[i];
      bool gone = e.kind == EntryKind::remove_instance && is_inside(key, e.key.instances);
      if (gone || (e.kind == EntryKind::answer && e.key == key))
        out.push_back({e.at, gone ? Value{} : e.value, e.origin, "", back.count(step.first) > 0});
    }
  // A reason speaks of the change before it.
  for (const Entry& e : entries) {
    if (e.kind != EntryKind::reason || !(e.key == key)) continue;
    for (auto change = out.rbegin(); change != out.rend(); ++change)
      if (change->at <= e.at) {
        change->reason = e.text;
        break;
      }
  }
  return out;
}

std::map<Key, int64_t> times_of(const std::vector<Entry>& entries) {
  std::map<Key, int64_t> out;
  const Key* here = nullptr;  // on screen
  bool running = false;
  base::Instant since;
  for (const Entry& e : entries) {
    bool turns = e.kind == EntryKind::shown || e.kind == EntryKind::pause || e.kind == EntryKind::resume ||
                 e.kind == EntryKind::open;
    if (here && running && (turns || &e == &entries.back()))
      out[*here] += std::max<int64_t>(0, e.at.ms - since.ms);
    if (!turns) continue;
    if (e.kind == EntryKind::shown) here = &e.key;
    running = e.kind == EntryKind::shown || e.kind == EntryKind::resume;
    since = e.at;
  }
  return out;
}

int64_t duration_of(const std::vector<Entry>& entries) {
  int64_t sum = 0;
  bool paused = false;
  for (size_t i = 1; i < entries.size(); ++i) {
    EntryKind before = entries[i - 1].kind;
    if (before == EntryKind::pause) paused = true;
    if (before == EntryKind::resume || before == EntryKind::shown || before == EntryKind::answer)
      paused = false;
    // Between the last entry of one sitting and the opening of the next nobody sat in front of it.
    if (!paused && entries[i].kind != EntryKind::open)
      sum += std::max<int64_t>(0, entries[i].at.ms - entries[i - 1].at.ms);
  }
  return sum;
}

std::vector<Entry> undo_of(const std::vector<Entry>& entries, base::Instant now) {
  std::vector<Step> steps = steps_of(entries);
  std::set<size_t> back = taken_back(steps);
  // What stands before the first question was shown, and what the device filled in by itself, nobody did.
  auto shown =
      std::find_if(entries.begin(), entries.end(), [](const Entry& e) { return e.kind == EntryKind::shown; });
  size_t beginning = shown == entries.end() ? 0 : static_cast<size_t>(shown - entries.begin());
  auto last = std::find_if(steps.rbegin(), steps.rend(), [&](const Step& step) {
    return step.first >= beginning && !step.undoes && back.count(step.first) == 0 &&
           std::any_of(entries.begin() + static_cast<long>(step.first),
                       entries.begin() + static_cast<long>(step.end),
                       [](const Entry& e) { return changes_answers(e) && e.origin == Origin::given; });
  });
  if (last == steps.rend()) return {};
  DraftState before = fold({entries.begin(), entries.begin() + static_cast<long>(last->first)});
  DraftState after = fold(entries);
  // Of everything the step touched (of a repeat all that is inside), the state before it.
  std::vector<const Entry*> touched;
  for (size_t i = last->first; i < last->end; ++i)
    if (changes_answers(entries[i])) touched.push_back(&entries[i]);
  auto was_touched = [&](const Key& key, bool instance) {
    return std::any_of(touched.begin(), touched.end(), [&](const Entry* e) {
      if (e->kind == EntryKind::answer) return !instance && e->key == key;
      return is_inside(key, e->key.instances);
    });
  };
  std::map<Key, Answer> answers;
  std::map<Key, Answer> now_there;
  for (const Answer& a : before.answers)
    if (was_touched(a.key, false)) answers[a.key] = a;
  for (const Answer& a : after.answers)
    if (was_touched(a.key, false)) now_there[a.key] = a;
  std::vector<Entry> out;
  for (const Answer& a : after.instances)
    if (was_touched(a.key, true) &&
        std::find(before.instances.begin(), before.instances.end(), a) == before.instances.end() &&
        std::none_of(before.instances.begin(), before.instances.end(),
                     [&](const Answer& b) { return b.key == a.key; }))
      out.push_back(made(EntryKind::remove_instance, now, a.key, {}, Origin::given));
  for (const Answer& b : before.instances)
    if (was_touched(b.key, true) &&
        std::find(after.instances.begin(), after.instances.end(), b) == after.instances.end())
      out.push_back(made(EntryKind::add_instance, now, b.key, b.value, b.origin));
  for (const auto& [key, a] : now_there)
    if (answers.count(key) == 0) out.push_back(made(EntryKind::answer, now, key, {}, Origin::given));
  for (const auto& [key, b] : answers)
    if (auto there = now_there.find(key); there == now_there.end() || !(there->second == b))
      out.push_back(made(EntryKind::answer, now, key, b.value, b.origin));
  Value first = *make_value(Tag::integer, std::to_string(last->first));
  Entry mark = made(EntryKind::undone, now, {}, first, Origin::captured);
  mark.text = std::to_string(out.size());
  out.insert(out.begin(), std::move(mark));
  return out;
}

std::map<Key, std::string> notes_of(const std::vector<Entry>& entries) {
  std::map<Key, std::string> out;
  for (const Entry& e : entries) {
    if (e.kind != EntryKind::note) continue;
    if (e.text.empty())
      out.erase(e.key);
    else
      out[e.key] = e.text;
  }
  return out;
}

}  // namespace record
