// Migration: how answers given under one form read under the next: a map of question identities and choice
// codes, signed as a statement (MIGRATION.md). Pure and total: every question of the older form is named.
//
//   Result<Migration> m = make_migration(from, to, rules, old_questions, new_questions);
//   for (const Answer& a : migrate(*m, answer)) …          // one answer, or several where a question was
//   split
//
// A rule may rename, recode and change the kind of value; a question with several rules is split. Two
// questions never become one, and no answer is dropped: what has no place in the newer form keeps its name,
// with '@' and the older form's first digits behind it, and is exported in a column of its own.
// Errors: invalid, naming the question. Cost: a look-up an answer.
#pragma once

#include <map>
#include <optional>
#include <span>

#include "sync/record/revision.h"

namespace record {

struct Rule {
  std::string from;                          // identity in the older form: "actor/act_name"
  std::string to;                            // in the newer; empty: no place there, kept apart
  std::map<std::string, std::string> codes;  // choice codes that change; to "": not in this part of a split
  std::optional<Tag> as;                     // another kind of value, where every text of it is one
  bool operator==(const Rule&) const = default;
};

struct Migration {
  FormHash from, to;
  std::map<std::string, std::vector<Rule>> rules;  // by `from`
  bool operator==(const Migration&) const = default;
};

// `questions` are identities: every one of the older form must have a rule, every `to` stand in the newer.
base::Result<Migration> make_migration(const FormHash& from, const FormHash& to,
                                       const std::vector<Rule>& rules,
                                       std::span<const std::string> old_questions,
                                       std::span<const std::string> new_questions);
// Nothing renamed, nothing recoded: same identity, same place; what the newer form lacks is kept apart.
Migration same_names(const FormHash& from, const FormHash& to, std::span<const std::string> old_questions,
                     std::span<const std::string> new_questions);
base::Bytes encode_migration(const Migration& migration);
base::Result<Migration> decode_migration(base::ByteView bytes);

std::vector<Answer> migrate(const Migration& migration, const Answer& answer);
std::string kept_apart(const std::string& question, const FormHash& from);  // "age@1f2e3d4c"

}  // namespace record
