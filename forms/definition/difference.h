// Difference: what changed between two versions of a form, and what it does to interviews begun with the first.
//
//   Difference d = difference(old_form, new_form);      for (const Change& c : d.changes) print(c.text);
//   Migrated moved = migrate(d, old_form, new_form, draft);
//
// Questions are the same where their identity is (repeats and name), or where a column x_id says so, of questions
// and of choices: the same x_id in both, or in the second what the first called it. No answer is ever destroyed: each is moved as it stands, recoded, or kept as an archived answer with
// the reason. Pure. Cost: linear in both forms, and in the draft.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "forms/base/ids.h"
#include "forms/definition/survey.h"

namespace definition {

enum class Effect : uint8_t {
  none,      // interviews do not notice
  shown,     // another text, look or order
  judged,    // other answers are right, asked or calculated now
  added,     // a question more
  recoded,   // answers get another code
  archived,  // answers have no place any more, and are kept beside
};

struct Change {
  Effect effect = Effect::none;
  std::string identity;  // in the new form; of the old one where it is gone
  std::string what;  // stable: "added", "removed", "renamed", "moved", "type", "list", "label", "relevant" …
  std::string text;  // English: what changed, and what it does
  Place place;       // in the new form, or the old one
};

struct Difference {
  std::vector<Change> changes;
  std::vector<NodeIndex> to;  // by node of the old form; no_node: gone
  std::map<NodeIndex, std::map<std::string, std::string>>
      codes;  // by node of the new form: old choice → new choice
};

Difference difference(const Survey& before, const Survey& after);

struct DraftAnswer {
  NodeIndex node = 0;
  std::vector<base::InstanceId> instances;  // of the repeats around it, outermost first
  std::string text;
  bool given = true;  // by a person; what the form calculated is calculated again
  bool operator==(const DraftAnswer&) const = default;
};
struct DraftInstance {
  NodeIndex repeat = 0;
  std::vector<base::InstanceId> instances;  // its own id last
  bool operator==(const DraftInstance&) const = default;
};
struct Draft {
  std::vector<DraftInstance> instances;
  std::vector<DraftAnswer> answers;
};

struct ArchivedAnswer {
  std::string identity;  // in the old form
  std::vector<base::InstanceId> instances;
  std::string text, why;
};

struct Migrated {
  Draft draft;  // of the new form
  std::vector<ArchivedAnswer> archived;
};

Migrated migrate(const Difference& difference, const Survey& before, const Survey& after, const Draft& draft);

}  // namespace definition
