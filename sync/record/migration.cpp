#include "sync/record/migration.h"

#include <algorithm>
#include <set>

namespace record {
namespace {

using base::Fault;

constexpr size_t most_rules = 100'000;

auto depth_of(const std::string& question) {
  return std::count(question.begin(), question.end(), '/');
}

tl::unexpected<base::Error> refuse(const std::string& question, std::string sentence) {
  return base::fail(Fault::invalid, question, std::move(sentence));
}

// What a rule makes of one value; nothing where the value belongs to another part of a split.
Value recoded(const Rule& rule, const Value& value) {
  Value out = value;
  bool chosen = value.tag == Tag::choice || value.tag == Tag::consent;
  if (chosen) {
    if (auto at = rule.codes.find(value.text); at != rule.codes.end()) {
      if (at->second.empty()) return {};
      out.text = at->second;
    }
  }
  if (value.tag == Tag::choices || value.tag == Tag::ranking) {
    out.items.clear();
    for (const std::string& item : value.items) {
      auto at = rule.codes.find(item);
      const std::string& code = at == rule.codes.end() ? item : at->second;
      if (!code.empty() && std::find(out.items.begin(), out.items.end(), code) == out.items.end())
        out.items.push_back(code);
    }
    if (value.tag == Tag::choices) std::sort(out.items.begin(), out.items.end());
  }
  if (rule.as && out.tag != Tag::cleared && out.tag != Tag::present)
    if (auto other = make_value(*rule.as, display(out)); other) out = std::move(*other);
  return out;
}

}  // namespace

std::string kept_apart(const std::string& question, const FormHash& from) {
  return question + "@" + from.hex().substr(0, 8);
}

base::Result<Migration> make_migration(const FormHash& from, const FormHash& to,
                                       const std::vector<Rule>& rules,
                                       std::span<const std::string> old_questions,
                                       std::span<const std::string> new_questions) {
  std::set<std::string> before(old_questions.begin(), old_questions.end());
  std::set<std::string> after(new_questions.begin(), new_questions.end());
  std::set<std::string> taken;
  Migration m{from, to, {}};
  for (const Rule& rule : rules) {
    if (before.count(rule.from) == 0) return refuse(rule.from, "The older form has no such question.");
    if (!rule.to.empty()) {
      if (after.count(rule.to) == 0) return refuse(rule.to, "The newer form has no such question.");
      if (!taken.insert(rule.to).second)
        return refuse(rule.to,
                      "Two questions would become this one; their answers would mix. Keep one apart.");
      if (depth_of(rule.from) != depth_of(rule.to))
        return refuse(rule.from, "It moves into or out of a repeat; its answers have no instance there.");
    }
    m.rules[rule.from].push_back(rule);
  }
  for (const std::string& question : before)
    if (m.rules.count(question) == 0)
      return refuse(question, "Say what becomes of this question: another name, or kept apart.");
  for (const auto& [question, parts] : m.rules) {
    bool apart = std::any_of(parts.begin(), parts.end(), [](const Rule& r) { return r.to.empty(); });
    if (apart && parts.size() > 1)
      return refuse(question, "A question is either kept apart or has a place in the newer form.");
    // No code may fall between the parts of a split.
    for (const Rule& rule : parts)
      for (const auto& [code, becomes] : rule.codes)
        if (becomes.empty() && std::all_of(parts.begin(), parts.end(), [&, c = &code](const Rule& other) {
              auto at = other.codes.find(*c);
              return at != other.codes.end() && at->second.empty();
            }))
          return refuse(question, "The choice \"" + code + "\" would be lost; give it a place.");
  }
  return m;
}

Migration same_names(const FormHash& from, const FormHash& to, std::span<const std::string> old_questions,
                     std::span<const std::string> new_questions) {
  std::set<std::string> after(new_questions.begin(), new_questions.end());
  Migration m{from, to, {}};
  for (const std::string& question : old_questions)
    m.rules[question] = {{question, after.count(question) ? question : std::string(), {}, std::nullopt}};
  return m;
}

base::Bytes encode_migration(const Migration& m) {
  base::Writer out;
  out.bytes(m.from.bytes);
  out.bytes(m.to.bytes);
  uint32_t count = 0;
  for (const auto& [question, parts] : m.rules) count += static_cast<uint32_t>(parts.size());
  out.u32(count);
  for (const auto& [question, parts] : m.rules) {
    for (const Rule& rule : parts) {
      out.text32(rule.from);
      // Most questions keep their name; one byte says so.
      out.u8(rule.to == rule.from ? 1 : rule.to.empty() ? 0 : 2);
      if (!rule.to.empty() && rule.to != rule.from) out.text32(rule.to);
      out.u8(rule.as ? static_cast<uint8_t>(*rule.as) : 0xff);
      out.u32(static_cast<uint32_t>(rule.codes.size()));
      for (const auto& [code, becomes] : rule.codes) {
        out.text32(code);
        out.text32(becomes);
      }
    }
  }
  return out.take();
}

base::Result<Migration> decode_migration(base::ByteView bytes) {
  auto refuse = [](const char* what) {
    return base::fail(Fault::corrupt, std::string("migration (") + what + ")",
                      "It is damaged or not in canonical form.");
  };
  base::Reader in(bytes);
  Migration m;
  m.from.bytes = in.array<32>();
  m.to.bytes = in.array<32>();
  uint32_t count = in.u32();
  if (count > most_rules) return refuse("count");
  std::set<std::string> taken;
  for (uint32_t i = 0; i < count && in.ok(); ++i) {
    Rule rule;
    rule.from = in.text32();
    if (!in.ok()) break;
    if (!m.rules.empty() && rule.from < m.rules.rbegin()->first) return refuse("order");
    uint8_t place = in.u8();
    if (place == 1) rule.to = rule.from;
    if (place == 2) rule.to = in.text32();
    if (!in.ok()) break;
    if (place > 2 || (place == 2 && (rule.to.empty() || rule.to == rule.from))) return refuse("place");
    uint8_t as = in.u8();
    if (!in.ok()) break;
    if (as != 0xff && as > static_cast<uint8_t>(Tag::present)) return refuse("kind");
    if (as != 0xff) rule.as = static_cast<Tag>(as);
    uint32_t codes = in.u32();
    for (uint32_t c = 0; c < codes && in.ok(); ++c) {
      std::string code(in.text32());
      std::string becomes(in.text32());
      if (!in.ok()) break;
      if (!rule.codes.empty() && code <= rule.codes.rbegin()->first) return refuse("codes");
      rule.codes.emplace(std::move(code), std::move(becomes));
    }
    if (!in.ok()) break;
    if (!rule.to.empty() && !taken.insert(rule.to).second) return refuse("twice");
    m.rules[rule.from].push_back(std::move(rule));
  }
  if (!in.ok() || !in.at_end()) return refuse("length");
  return m;
}

std::vector<Answer> migrate(const Migration& m, const Answer& answer) {
  if (answer.key.question.find('@') != std::string::npos) return {answer};  // links, and what was kept apart
  auto at = m.rules.find(answer.key.question);
  if (at == m.rules.end() || at->second[0].to.empty()) {
    Answer apart = answer;
    apart.key.question = kept_apart(answer.key.question, m.from);
    return {apart};
  }
  std::vector<Answer> out;
  for (const Rule& rule : at->second) {
    Answer moved = answer;
    moved.key.question = rule.to;
    moved.value = recoded(rule, answer.value);
    out.push_back(std::move(moved));
  }
  return out;
}

}  // namespace record
