#include "sync/record/entry.h"

#include <algorithm>
#include <charconv>
#include <map>

#include "sync/record/codec.h"

namespace record {
namespace {

using base::Fault;

constexpr uint32_t most_entries = 1'000'000;

int caret_in(const std::string& text) {
  int at = -1;
  std::from_chars(text.data(), text.data() + text.size(), at);
  return at;
}

}  // namespace

base::Bytes encode_entry(const Entry& entry) {
  base::Writer out;
  out.u8(static_cast<uint8_t>(entry.kind));
  out.u64(static_cast<uint64_t>(entry.at.ms));
  out.u8(static_cast<uint8_t>(entry.origin));
  put_key(out, entry.key);
  put_value(out, entry.value);
  out.text32(entry.text);
  return out.take();
}

base::Result<Entry> decode_entry(base::ByteView bytes) {
  base::Reader in(bytes);
  Entry entry;
  uint8_t kind = in.u8();
  entry.kind = static_cast<EntryKind>(kind);
  entry.at.ms = static_cast<int64_t>(in.u64());
  entry.origin = get_origin(in);
  entry.key = get_key(in);
  entry.value = get_value(in);
  entry.text = in.text32();
  if (!in.ok() || !in.at_end() || kind == 0)
    return base::fail(Fault::corrupt, "journal entry", "It is damaged.");
  return entry;
}

// u32 count of strings, the strings, u32 count of entries, then each entry with its question as an index.
base::Bytes pack_journal(const std::vector<Entry>& entries) {
  std::map<std::string, uint32_t> index;
  std::vector<std::string> strings;
  for (const Entry& entry : entries)
    if (index.try_emplace(entry.key.question, static_cast<uint32_t>(strings.size())).second)
      strings.push_back(entry.key.question);
  base::Writer out;
  out.u32(static_cast<uint32_t>(strings.size()));
  for (const std::string& text : strings) out.text32(text);
  out.u32(static_cast<uint32_t>(entries.size()));
  for (const Entry& entry : entries) {
    out.u8(static_cast<uint8_t>(entry.kind));
    out.u64(static_cast<uint64_t>(entry.at.ms));
    out.u8(static_cast<uint8_t>(entry.origin));
    out.u32(index[entry.key.question]);
    out.u8(static_cast<uint8_t>(entry.key.instances.size()));
    for (const base::InstanceId& id : entry.key.instances) out.bytes(id.bytes);
    put_value(out, entry.value);
    out.text32(entry.text);
  }
  return out.take();
}

base::Result<std::vector<Entry>> unpack_journal(base::ByteView bytes) {
  auto refuse = [](const char* what) {
    return base::fail(Fault::corrupt, std::string("journal (") + what + ")", "It is damaged.");
  };
  base::Reader in(bytes);
  std::vector<std::string> strings;
  uint32_t count = in.u32();
  for (uint32_t i = 0; i < count && in.ok(); ++i) strings.emplace_back(in.text32());
  std::vector<Entry> entries;
  count = in.u32();
  if (count > most_entries) return refuse("count");
  for (uint32_t i = 0; i < count && in.ok(); ++i) {
    Entry entry;
    entry.kind = static_cast<EntryKind>(in.u8());
    if (in.ok() && entry.kind == EntryKind{}) return refuse("kind");
    entry.at.ms = static_cast<int64_t>(in.u64());
    uint8_t origin = in.u8();
    if (in.ok() && (origin < 1 || origin > 3)) return refuse("origin");
    entry.origin = static_cast<Origin>(origin);
    uint32_t question = in.u32();
    if (in.ok() && question >= strings.size()) return refuse("question");
    if (in.ok()) entry.key.question = strings[question];
    size_t depth = in.u8();
    if (depth > deepest_repeat) return refuse("depth");
    for (size_t d = 0; d < depth && in.ok(); ++d) entry.key.instances.push_back({in.array<16>()});
    base::ByteView written = in.bytes(in.u32());
    if (!in.ok()) break;
    auto value = parse_value(written);
    if (!value) return refuse("value");
    entry.value = std::move(*value);
    entry.text = in.text32();
    if (in.ok()) entries.push_back(std::move(entry));
  }
  if (!in.ok() || !in.at_end()) return refuse("length");
  return entries;
}

DraftState fold(const std::vector<Entry>& entries) {
  DraftState state;
  std::map<Key, Answer> answers;
  std::map<Key, Answer> instances;
  for (const Entry& entry : entries) {
    switch (entry.kind) {
      case EntryKind::answer:
        // What was captured or dropped along with an answer is no place where a person stood.
        if (entry.origin == Origin::given && entry.value.tag != Tag::cleared) {
          if (state.last_key != entry.key) state.caret = -1;
          state.last_key = entry.key;
        }
        if (entry.value.tag == Tag::cleared)
          answers.erase(entry.key);
        else
          answers[entry.key] = {entry.key, entry.value, entry.origin};
        break;
      case EntryKind::add_instance:
        instances[entry.key] = {entry.key, entry.value, entry.origin};
        break;
      case EntryKind::remove_instance: {
        auto inside = [&](const Key& key) {
          return key.instances.size() >= entry.key.instances.size() &&
                 std::equal(entry.key.instances.begin(), entry.key.instances.end(), key.instances.begin());
        };
        std::erase_if(answers, [&](const auto& one) { return inside(one.first); });
        std::erase_if(instances, [&](const auto& one) { return inside(one.first); });
        break;
      }
      case EntryKind::language:
        (entry.key.question.empty() ? state.language : state.spoken) = entry.text;
        break;
      case EntryKind::shown:
        state.last_key = entry.key;
        state.caret = caret_in(entry.text);
        break;
      case EntryKind::note:
      case EntryKind::pause:
      case EntryKind::resume:
      case EntryKind::open:
      case EntryKind::reason:
      case EntryKind::undone:
        break;
    }
  }
  for (auto& [key, answer] : answers) state.answers.push_back(std::move(answer));
  for (auto& [key, instance] : instances) state.instances.push_back(std::move(instance));
  // Outer repeats first, then by place.
  std::stable_sort(state.instances.begin(), state.instances.end(), [](const Answer& a, const Answer& b) {
    if (a.key.instances.size() != b.key.instances.size())
      return a.key.instances.size() < b.key.instances.size();
    if (a.key.question != b.key.question) return a.key.question < b.key.question;
    return a.value.text.size() != b.value.text.size() ? a.value.text.size() < b.value.text.size()
                                                      : a.value.text < b.value.text;
  });
  return state;
}

}  // namespace record
