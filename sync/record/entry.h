// Entry: one line of an interview's journal, the history everything else is read from.
//
//   vault.append(draft, Entry::answer(now, key, value, Origin::given));   // on disk before its tick shows
//   DraftState state = fold(entries);                                     // what the interview holds now
//
// Encoded with fixed tags (JOURNAL.md); an unknown kind is kept and passed over.
#pragma once

#include <string>
#include <vector>

#include "forms/base/time.h"
#include "sync/record/value.h"

namespace record {

enum class Origin : uint8_t { given = 1, captured = 2, calculated = 3 };

enum class EntryKind : uint8_t {
  answer = 1,        // key, value (cleared: taken away), origin
  add_instance = 2,  // key of the instance (Tag::present value gives its order)
  remove_instance = 3,
  language = 4,  // text: language it is read out in; with a key: the one really spoken, from there on
  note = 5,      // key, text
  pause = 6,
  resume = 7,
  open = 8,   // text: program version
  shown = 9,    // key: the question came on screen, times are read from these; text: the caret, if not at the end
  reason = 10,  // key, text: why its answer was just changed
  undone = 11,  // value: number of the first entry of a step; text: how many entries behind this one take it back
};

struct Entry {
  EntryKind kind = EntryKind::answer;
  base::Instant at;
  Key key;
  Value value;
  Origin origin = Origin::given;
  std::string text;
};

base::Bytes encode_entry(const Entry& entry);
base::Result<Entry> decode_entry(base::ByteView bytes);
base::Bytes pack_journal(const std::vector<Entry>& entries);  // strings once, in a table
base::Result<std::vector<Entry>> unpack_journal(base::ByteView bytes);

struct Answer {
  Key key;
  Value value;
  Origin origin = Origin::given;
  bool operator==(const Answer&) const = default;
};

// What a journal folds to: the last entry of a key holds; removing an instance drops what was inside it.
struct DraftState {
  std::vector<Answer> answers;    // not cleared, sorted by key
  std::vector<Answer> instances;  // Tag::present, by repeat and order
  std::string language, spoken;   // last ones
  Key last_key;                   // last question shown or answered: where to reopen
  int caret = -1;                 // byte in its text; -1: the end
};
DraftState fold(const std::vector<Entry>& entries);

}  // namespace record
