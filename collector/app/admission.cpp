#include "collector/app/admission.h"

#include <set>

#include "sync/seal/package.h"

namespace app {

using base::Bytes;
using base::Result;
using base::Status;

namespace {

struct Word {
  const Bytes* bytes = nullptr;
  record::Statement statement;
};

Result<std::vector<Word>> new_words(const exchange::Bundle& bundle, const std::vector<Bytes>& held) {
  std::set<Bytes> known(held.begin(), held.end());
  std::vector<Word> out;
  for (const exchange::Item& item : bundle.items) {
    if (item.kind != exchange::ItemKind::statement || known.count(item.bytes)) continue;
    auto s = record::decode_statement(item.bytes);
    if (!s) return base::pass(s.error());
    out.push_back({&item.bytes, std::move(*s)});
  }
  return out;
}

// What would be parked with these words among those that are here; of that, what there is no room for.
std::set<base::StatementId> too_many(const Profile& device, const std::vector<Bytes>& held,
                                     const std::vector<Word>& fresh) {
  std::vector<record::Statement> all;
  std::map<base::StatementId, int64_t> sizes;
  for (const Bytes& bytes : held)
    if (auto s = record::decode_statement(bytes); s) {
      sizes[s->id] = static_cast<int64_t>(bytes.size());
      all.push_back(std::move(*s));
    }
  std::set<base::StatementId> is_fresh;
  for (const Word& word : fresh) {
    is_fresh.insert(word.statement.id);
    sizes[word.statement.id] = static_cast<int64_t>(word.bytes->size());
    all.push_back(word.statement);
  }
  auto authority = record::Authority::from(device.membership()->project, device.membership()->root, all);
  int64_t items = 0, bytes = 0;
  for (const record::Statement& s : authority.parked())
    if (!is_fresh.count(s.id)) {
      ++items;
      bytes += sizes[s.id];
    }
  std::set<base::StatementId> out;
  for (const record::Statement& s : authority.parked()) {
    if (!is_fresh.count(s.id)) continue;
    if (items < store::parked_statements && bytes + sizes[s.id] <= store::parked_bytes) {
      ++items;
      bytes += sizes[s.id];
    } else {
      out.insert(s.id);
    }
  }
  return out;
}

}  // namespace

Result<Taken> admit_words(Profile& device, const exchange::Bundle& bundle, Carrier carrier) {
  Taken out;
  auto held = device.statements();
  if (!held) return base::pass(held.error());
  auto fresh = new_words(bundle, *held);
  if (!fresh) return base::pass(fresh.error());
  std::set<base::StatementId> no_room;
  if (carrier == Carrier::stranger && !fresh->empty()) no_room = too_many(device, *held, *fresh);
  std::vector<Bytes> kept;
  for (const Word& word : *fresh)
    if (!no_room.count(word.statement.id)) kept.push_back(*word.bytes);
  out.left_out += static_cast<int>(no_room.size());
  if (!kept.empty()) {
    if (auto done = device.vault().put_statements(kept); !done) return base::pass(done.error());
    if (auto done = device.refresh(); !done) return base::pass(done.error());
  }
  out.items += static_cast<int>(kept.size());
  // After the words: they say who publishes what, and who is somebody.
  bool by_coordinator = bundle.is_signed && device.authority().is_coordinator(bundle.exporter);
  for (const exchange::Item& item : bundle.items) {
    Status done;
    if (item.kind == exchange::ItemKind::tombstone) done = take_tombstone(device, item.bytes, carrier);
    if (item.kind == exchange::ItemKind::package) {
      auto id = seal::package_id(item.bytes);
      if (!id) return base::pass(id.error());
      if (by_coordinator || device.authority().publishes(*id)) {
        done = device.vault().put_package(*id, item.bytes);
        ++out.items;
      } else {
        ++out.left_out;
      }
    }
    if (!done) return base::pass(done.error());
  }
  return out;
}

// ---- lines of name, tab, state

namespace {
constexpr size_t most_aside = 1'000;
}

Aside::Aside(std::string_view text) {
  while (!text.empty()) {
    size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    if (size_t tab = line.find('\t'); tab != std::string_view::npos)
      states_.emplace(line.substr(0, tab), line.substr(tab + 1));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

bool Aside::is(const std::string& name, const std::string& state) const {
  auto at = states_.find(name);
  return at != states_.end() && at->second == state;
}

void Aside::put(const std::string& name, const std::string& state) {
  if (name.find_first_of("\t\n") != std::string::npos) return;
  // Those of an earlier state would be read again anyway.
  if (states_.size() >= most_aside)
    std::erase_if(states_, [&](const auto& one) { return one.second != state; });
  if (states_.size() < most_aside) states_[name] = state;
}

std::string Aside::text() const {
  std::string out;
  for (const auto& [name, state] : states_) out += name + "\t" + state + "\n";
  return out;
}

}  // namespace app
