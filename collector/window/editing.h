// Editing: a text being typed, and what keys do to it: caret in both directions, selection, graphemes, words,
// undo, clipboard. Pure: no drawing; a Passage says where characters stand.
//
//   Edited done = edit(e, input, passage, {.multiline = true}, clipboard);
//   if (done.changed) keep(e.text);
//
// Backspace takes what was typed last (a haraka, then its letter), Delete a whole grapheme. Typing is undone
// word by word. A paste is cleaned (cleaned_paste). Memory is wiped when it is dropped. Not thread-safe.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "collector/text/passage.h"
#include "collector/window/input.h"

namespace window {

void wipe(std::string& s);  // overwritten, then empty

struct Clipboard {
  std::function<std::string()> paste;            // what the system holds
  std::function<void(const std::string&)> copy;  // forgotten there after a while; the loop sees to it
};

struct EditRules {
  bool multiline = false;
  bool password = false;   // shown as bullets: neither copied nor cut, no words to walk by
  bool sensitive = false;  // neither copied nor cut
  bool numeric = false;    // digit keys are digits on every layout, with or without Shift
  bool degrees = false;    // numeric, and ° is itself
  bool read_only = false;  // selected and copied, not changed
};

struct Change {  // one step to undo: what stood at `at`, and what stands there now
  size_t at = 0;
  std::string before, after;
  size_t caret = 0, anchor = 0;  // before it
};

struct Editing {
  std::string text;
  size_t caret = 0, anchor = 0;
  float scroll_x = 0, scroll_y = 0;
  float kept_x = -1;  // where Up and Down keep to; below zero: from the caret
  std::vector<Change> undo, redo;
  unsigned version = 0;    // counts changes
  bool joins = false;      // the next typed character belongs to the last step
  std::string seen;        // the value from outside it was made from
  int digit = -1;          // numeric: the digit key whose character comes next
  bool caret_seen = true;  // false: the caret is scrolled to when it is next drawn

  Editing() = default;
  Editing(const Editing&) = delete;
  Editing& operator=(const Editing&) = delete;
  ~Editing();
  void set(const std::string& value);  // from outside: the caret at its end, nothing to undo
  size_t from() const { return caret < anchor ? caret : anchor; }
  size_t to() const { return caret < anchor ? anchor : caret; }
};

struct Edited {
  bool consumed = false, changed = false;
  bool entered = false;   // Enter, or Ctrl+Enter where Enter begins a line
  bool withheld = false;  // a copy was asked for that the rules do not allow
};

Edited edit(Editing& e, const Input& input, const text::Passage& shown, const EditRules& rules,
            const Clipboard& clipboard);
// Replaces what is selected; one step to undo.
void replace_selection(Editing& e, const std::string& s);

// NFC, one kind of line end, without control characters, direction overrides and invisible fillers; of one
// line where one line is wanted; at most `most_typed` bytes.
std::string cleaned_paste(const std::string& s, bool multiline);
inline constexpr size_t most_typed = 100'000;

// Between indices of a password and of the bullets that are shown for it.
size_t bullet_index(const std::string& text, size_t index);
size_t index_of_bullet(const std::string& text, size_t bullet_at);

}  // namespace window
