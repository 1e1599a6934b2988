// Property: after any edits an interview stands exactly as one computed anew from what was saved.
#include <map>
#include <set>

#include "tests/forms/engine/interview.h"
#include "tests/forms/engine/random_form.h"
#include "tests/support/runs.h"

using support::Dice;
using support::Form;
using support::Interview;
using support::RandomForm;

namespace {

std::string key(const engine::Path& path) {
  std::string out = std::to_string(path.node);
  for (const base::InstanceId& id : path.instances)
    for (uint8_t byte : id.bytes) out += "." + std::to_string(byte);
  return out;
}

// Everything that can be seen of a node.
std::string seen(const engine::Session& session, engine::NodeId at) {
  const definition::Node& node = session.survey().nodes[session.definition_of(at)];
  std::string out = node.name;
  if (!session.relevant(at)) return out + ":hidden:" + std::string(session.value(at));
  out += ":" + std::string(session.value(at)) + (session.required(at) ? ":required" : "");
  if (node.list >= 0 || node.roster != definition::no_node)
    for (const engine::Offer& offer : session.offers(at, 0)) out += "/" + offer.value;
  return out;
}

struct Sight {
  std::map<std::string, std::string> by_path;
  std::map<engine::NodeId, std::string> by_node;
};

Sight sight(const engine::Session& session) {
  Sight out;
  std::vector<engine::NodeId> open = {0};
  while (!open.empty()) {
    engine::NodeId at = open.back();
    open.pop_back();
    std::string& here = out.by_path[key(session.path(at))] = out.by_node[at] = seen(session, at);
    if (session.survey().nodes[session.definition_of(at)].kind == definition::NodeKind::repeat)
      here += ":" + std::to_string(session.position(at));
    for (engine::NodeId child : session.children(at)) open.push_back(child);
  }
  return out;
}

// A random edit; `what` says which.
engine::Change edit(Interview& it, Dice& dice, std::string& what) {
  engine::Session& session = it.session();
  std::vector<engine::NodeId> all, open = {0};
  while (!open.empty()) {
    all.push_back(open.back());
    open.pop_back();
    for (engine::NodeId child : session.children(all.back())) open.push_back(child);
  }
  engine::NodeId at = dice.of(all);
  const definition::Node& node = session.survey().nodes[session.definition_of(at)];
  what = "of " + node.name;
  if (node.kind == definition::NodeKind::question) {
    static const std::vector<std::string> words = {"0", "1", "2", "3", "", "12", "", "7"};
    std::string value = dice.of(words);
    if (node.list >= 0 || node.roster != definition::no_node) {
      std::vector<engine::Offer> offers = session.offers(at, 0);
      value = offers.empty() || dice.one_in(5) ? "" : dice.of(offers).value;
      if (!value.empty() && node.type->data == definition::DataType::choices && dice.one_in(2)) {
        std::string more = dice.of(offers).value;
        if (more != value) value += " " + more;
      }
    }
    what = node.name + " = \"" + value + "\"";
    return session.set(at, value);
  }
  if (node.kind == definition::NodeKind::repeat && dice.one_in(2)) {
    if (dice.one_in(2)) {
      what = "moved " + node.name;
      return session.move(
          at, dice.below(session.instances(session.parent(at), session.definition_of(at)).size()));
    }
    what = "removed " + node.name;
    return session.remove(at);
  }
  for (definition::NodeIndex child : node.children)
    if (session.may_add(at, child)) {
      what = "added " + session.survey().nodes[child].name;
      return session.add(at, child);
    }
  return {};
}

// What the change did not tell of.
std::string untold(const Sight& before, const Sight& after, const engine::Change& change,
                   const engine::Session& session) {
  std::set<engine::NodeId> told(change.changed.begin(), change.changed.end());
  told.insert(change.added.begin(), change.added.end());
  for (const auto& [node, now] : after.by_node) {
    auto was = before.by_node.find(node);
    if (was != before.by_node.end() && was->second == now) continue;
    bool known = false;
    for (engine::NodeId up = node; !known; up = session.parent(up)) {
      known = told.count(up) > 0 && (up == node || was == before.by_node.end());
      if (up == 0) break;
    }
    if (!known)
      return "it was not told that " + (was == before.by_node.end() ? "" : was->second) + " is " + now;
  }
  return {};
}

}  // namespace

TEST_CASE("incremental: any edits give what computing anew from the saved interview gives, and are told of") {
  support::property("incremental equals anew", 2'000, 100'000, [](uint64_t seed) -> std::string {
    RandomForm random(seed);
    Form form(random.text);
    Interview it(form, seed);
    Dice dice(seed + 1);
    Sight before = sight(it.session());
    for (int i = 0; i < 12; ++i) {
      std::string what;
      engine::Change change = edit(it, dice, what);
      if (std::getenv("RIHLA_SEED")) MESSAGE(what);
      Sight here = sight(it.session());
      std::string where = "after " + std::to_string(i + 1) + " edits, " + what + ": ";
      if (std::string fault = untold(before, here, change, it.session()); !fault.empty())
        return where + fault + "\n" + random.text;
      Sight anew = sight(it.resumed());
      for (const auto& [path, seen] : here.by_path)
        if (!anew.by_path.count(path) || anew.by_path[path] != seen)
          return where + seen + " against " + (anew.by_path.count(path) ? anew.by_path[path] : "nothing") +
                 "\n" + random.text;
      if (here.by_path.size() != anew.by_path.size()) return where + "more nodes anew\n" + random.text;
      before = std::move(here);
    }
    return {};
  });
}
