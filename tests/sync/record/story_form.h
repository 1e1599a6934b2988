// The form of a story (story.h): random answers to it, what is recorded beside them, and how its names move from its
// first version to its second.
#pragma once

#include "sync/record/migration.h"
#include "tests/sync/record/nasty.h"
#include "tests/sync/record/ops.h"

namespace support {

using namespace record;

inline Answer some_answer(const Op& op, uint32_t dice) {
  const Asked& q = questions()[dice % questions().size()];
  Answer out{{q.question, {}}, {}, dice % 13 == 0 ? Origin::calculated : Origin::given};
  for (int i = 0; i < q.depth; ++i) {
    base::InstanceId id;
    id.bytes[0] = static_cast<uint8_t>(1 + (dice >> 8 >> i) % 3);
    out.key.instances.push_back(id);
  }
  const std::vector<Value>& values = values_of(q.tag);
  if (op.what % 5 != 0 || q.tag == Tag::consent) out.value = values[(dice >> 12) % values.size()];
  return out;
}

inline std::vector<seal::AttachmentRef> some_attachments(const Op& op, base::SeededRandom& random) {
  std::vector<seal::AttachmentRef> out(op.dice % 3);
  for (seal::AttachmentRef& ref : out) {
    random.fill(ref.id.bytes);
    random.fill(ref.hash.bytes);
    ref.size = random.below(1 << 30);
  }
  std::sort(out.begin(), out.end());
  return out;
}

inline Migration moved_names(const std::array<FormHash, 2>& forms) {
  std::vector<std::string> before, after;
  std::vector<Rule> rules;
  for (const Asked& q : questions()) {
    before.push_back(q.question);
    Rule rule{q.question, q.question, {}, {}};
    if (q.question == "name") rule.to = "full_name";
    if (q.question == "day") rule.to = "";
    if (q.question == "langs") rule.codes = {{"a", "z"}};
    if (!rule.to.empty()) after.push_back(rule.to);
    rules.push_back(rule);
  }
  auto m = make_migration(forms[0], forms[1], rules, before, after);
  RC_ASSERT(bool(m));
  return *m;
}

}  // namespace support
