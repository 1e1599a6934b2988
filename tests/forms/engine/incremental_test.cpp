// Property: after any edits an interview stands exactly as one computed anew from what was saved.
#include <rapidcheck.h>

#include <map>

#include "tests/forms/engine/interview.h"

using support::Form;
using support::Interview;

namespace {

struct Random {  // decisions from one seed, so that a failure is a number
  explicit Random(uint64_t seed) : source(seed) {}
  size_t below(size_t n) { return static_cast<size_t>(source.below(n)); }
  bool one_in(size_t n) { return below(n) == 0; }
  template <class List>
  const auto& of(const List& list) {
    return list[below(list.size())];
  }
  base::SeededRandom source;
};

// Questions q0, q1 … in groups and repeats; logic reads only what stands before it, so there is no circle.
struct Sheet {
  explicit Sheet(uint64_t seed) : random(seed) {
    size_t questions = 4 + random.below(10);
    while (names.size() < questions) {
      if (random.one_in(4) && depth < 3)
        open();
      else if (random.one_in(5) && depth > 0)
        close();
      else
        question();
    }
    while (depth > 0) close();
    text =
        "| survey | type | name | label | relevant | calculation | required | repeat_count | choice_filter "
        "|\n" +
        text + "| choices | list_name | name | label | part |\n";
    for (int i = 0; i < 6; ++i)
      text += "| | l | c" + std::to_string(i) + " | C | " + std::to_string(i % 3) + " |\n";
  }

  std::string number() {
    if (names.empty() || random.one_in(4)) return std::to_string(random.below(4));
    std::string name = "${" + random.of(names) + "}";
    switch (random.below(7)) {
      case 0:
        return "sum(" + name + ")";
      case 1:
        return "count-selected(" + name + ")";
      case 2:
        return "string-length(" + name + ")";
      case 3:
        return "coalesce(" + name + ", 1)";
      case 4:
        return repeats.empty() ? name : "count(${" + random.of(repeats) + "})";
      case 5:
        return "max(" + name + ", 2)";
      default:
        return name;
    }
  }
  std::string condition() {
    static const std::vector<std::string> signs = {"=", "!=", "<", ">="};
    std::string one = number() + " " + random.of(signs) + " " + number();
    if (random.one_in(4)) one += (random.one_in(2) ? " or " : " and ") + number() + " > 0";
    return one;
  }
  void row(const std::string& type, const std::string& name, const std::string& relevant,
           const std::string& calculation, const std::string& required, const std::string& count,
           const std::string& filter) {
    text += "| | " + type + " | " + name + " | L | " + relevant + " | " + calculation + " | " + required +
            " | " + count + " | " + filter + " |\n";
  }
  void open() {
    bool repeat = random.one_in(2);
    std::string name = (repeat ? "r" : "g") + std::to_string(made++);
    std::string count = repeat && random.one_in(2) ? (random.one_in(2) ? "2" : number()) : "";
    row(repeat ? "begin repeat" : "begin group", name, random.one_in(2) ? condition() : "", "", "", count,
        "");
    if (repeat)
      (inside.push_back(name), is_repeat.push_back(true));
    else
      (inside.push_back(name), is_repeat.push_back(false));
    ++depth;
  }
  void close() {
    row(is_repeat.back() ? "end repeat" : "end group", "", "", "", "", "", "");
    if (is_repeat.back()) repeats.push_back(inside.back());
    inside.pop_back();
    is_repeat.pop_back();
    --depth;
  }
  void question() {
    std::string name = "q" + std::to_string(made++);
    std::string relevant = random.one_in(2) ? condition() : "";
    switch (random.below(4)) {
      case 0:
        row("calculate", name, relevant, number() + " + " + number(), "", "", "");
        break;
      case 1:
        row("select_one l", name, relevant, "", "", "", random.one_in(2) ? "part = " + number() : "");
        break;
      case 2:
        row("select_multiple l", name, relevant, "", "", "", random.one_in(2) ? "part >= " + number() : "");
        break;
      default:
        row("integer", name, relevant, "", random.one_in(3) ? condition() : "", "", "");
    }
    names.push_back(name);
  }

  Random random;
  std::string text;
  std::vector<std::string> names, repeats, inside;
  std::vector<bool> is_repeat;
  size_t made = 0;
  int depth = 0;
};

std::string key(const engine::Path& path) {
  std::string out = std::to_string(path.node);
  for (const base::InstanceId& id : path.instances)
    for (uint8_t byte : id.bytes) out += "." + std::to_string(byte);
  return out;
}

// Everything that can be seen, by path.
std::map<std::string, std::string> sight(const engine::Session& session) {
  std::map<std::string, std::string> out;
  std::vector<engine::NodeId> open = {0};
  while (!open.empty()) {
    engine::NodeId at = open.back();
    open.pop_back();
    bool relevant = session.relevant(at);
    std::string seen = session.survey().nodes[session.definition_of(at)].name +
                       (relevant ? ":" : ":hidden:") + std::string(session.value(at)) +
                       (relevant && session.required(at) ? ":required" : "");
    out[key(session.path(at))] = seen;
    for (engine::NodeId child : session.children(at)) open.push_back(child);
  }
  return out;
}

void edit(Interview& it, Random& random) {
  engine::Session& session = it.session();
  std::vector<engine::NodeId> all, open = {0};
  while (!open.empty()) {
    all.push_back(open.back());
    open.pop_back();
    for (engine::NodeId child : session.children(all.back())) open.push_back(child);
  }
  engine::NodeId at = random.of(all);
  const definition::Node& node = session.survey().nodes[session.definition_of(at)];
  if (node.kind == definition::NodeKind::question) {
    static const std::vector<std::string> numbers = {"0", "1", "2", "3", "", "12"};
    if (node.list < 0) return (void)session.set(at, random.of(numbers));
    std::vector<engine::Offer> offers = session.offers(at, 0);
    if (offers.empty() || random.one_in(5)) return (void)session.set(at, "");
    std::string value = random.of(offers).value;
    if (node.type->data == definition::DataType::choices && random.one_in(2)) {
      std::string more = random.of(offers).value;
      if (more != value) value += " " + more;
    }
    session.set(at, value);
  } else if (node.kind == definition::NodeKind::repeat && random.one_in(2)) {
    session.remove(at);
  } else {
    for (definition::NodeIndex child : node.children)
      if (session.may_add(at, child)) return (void)session.add(at, child);
  }
}

}  // namespace

TEST_CASE("incremental: any edits give what computing anew from the saved interview gives") {
  auto holds = [](uint64_t seed) {
    Sheet sheet(seed);
    definition::ReadSurvey read =
        definition::read_xlsform(support::workbook_from_markdown(sheet.text), {}, questions::table());
    if (!read.survey) return std::string("not a form: ") + sheet.text;
    Form form(sheet.text);
    Interview it(form, seed);
    Random random(seed + 1);
    for (int i = 0; i < 12; ++i) {
      edit(it, random);
      auto here = sight(it.session());
      auto anew = sight(it.resumed());
      for (const auto& [path, seen] : here)
        if (!anew.count(path) || anew[path] != seen)
          return "after " + std::to_string(i + 1) + " edits: " + seen + " against " +
                 (anew.count(path) ? anew[path] : std::string("nothing")) + "\n" + sheet.text;
      if (here.size() != anew.size()) return "more nodes anew\n" + sheet.text;
    }
    return std::string();
  };
  CHECK(rc::check("incremental equals anew", [&] {
    uint64_t seed = *rc::gen::arbitrary<uint64_t>();
    std::string fault = holds(seed);
    if (!fault.empty()) RC_FAIL("seed " + std::to_string(seed) + "\n" + fault);
  }));
}
