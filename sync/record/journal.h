// Readings of a journal: history of an answer, time per question, and what takes the last thing back. Pure: the
// same entries, the same reading. Autosave, audit and undo are not mechanisms of their own.
//
//   for (const Change& c : history_of(entries, key)) …         // every value it had, when, why
//   times_of(entries)[key]                                     // ms in front of that question, pauses left out
//   vault.append(id, undo_of(entries, now));                   // empty: nothing is left to take back
//
// What belongs together (an answer and what it brought along) has one time: changes that follow one another with
// equal `at` are one step. Linear in the entries. JOURNAL.md.
#pragma once

#include <map>

#include "sync/record/entry.h"

namespace record {

struct Change {
  base::Instant at;
  Value value;  // cleared: taken away
  Origin origin = Origin::given;
  std::string reason;       // why it was changed, in the words of who changed it; empty: not said
  bool taken_back = false;  // by undo, later
};

std::vector<Change> history_of(const std::vector<Entry>& entries, const Key& key);
std::map<Key, int64_t> times_of(const std::vector<Entry>& entries);
int64_t duration_of(
    const std::vector<Entry>& entries);  // ms from the first entry to the last, pauses left out
std::vector<Entry> undo_of(const std::vector<Entry>& entries, base::Instant now);
std::map<Key, std::string> notes_of(
    const std::vector<Entry>& entries);  // the last note of each question; "" takes away

}  // namespace record
