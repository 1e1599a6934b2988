// An expression, in a small form and over a document: it compiles or says why; printed and parsed again it is the
// same and gives the same; what it costs is bounded.
#include "forms/language/tree.h"
#include "tests/forms/language/world.h"
#include "tests/fuzz/fuzz.h"

namespace {

using language::Compiled;
using language::Ref;

struct Document : language::World {
  Document() {
    tree.open_element({"", "root"});
    for (const char* name : {"a", "b", "div", "a"}) {
      tree.open_element({"", name});
      tree.add_attribute({"", "id"}, name);
      tree.add_text("1");
      tree.open_element({"", "item"});
      tree.add_text("2026-11-26");
      tree.close_element();
      tree.close_element();
    }
    tree.add_other(language::NodeType::comment, "", "said");
    tree.close_element();
    documents.push_back({nullptr, &tree});
    document_root = {1, 0};
    set_clock(clock_);
    random = &random_;
  }
  language::Tree tree;

 private:
  base::ManualClock clock_{base::Instant{1795514640000}, 60};
  base::SeededRandom random_{1};
};

void evaluated(const Compiled& compiled, const language::World& world, Ref here, std::string& text) {
  const language::Expression& expression = compiled.expression;
  language::evaluate_text(expression, world, here, text);
  (void)language::evaluate_number(expression, world, here);
  (void)language::evaluate_truth(expression, world, here);
  std::vector<Ref> nodes;
  if (language::evaluate(expression, world, here).kind == language::Value::Kind::nodes)
    language::evaluate_nodes(expression, world, here, nodes);
}

template <class Compile>
void both_ways(std::string_view source, Compile compile, const language::World& world, Ref here) {
  Compiled first = compile(source);
  if (!first.expression) {
    fuzz::must(!first.problems.empty() && !first.problems[0].text.empty(), "a refusal has words");
    for (const language::Problem& problem : first.problems)
      fuzz::must(problem.offset <= source.size(), "a problem's place is in the source");
    return;
  }
  std::string printed = first.expression.print();
  Compiled again = compile(printed);
  fuzz::must(static_cast<bool>(again.expression), "what is printed compiles");
  fuzz::must(again.expression.print() == printed, "printed twice, it is the same");
  std::string one, two;
  evaluated(first, world, here, one);
  evaluated(again, world, here, two);
  fuzz::must(first.expression.is_volatile() || one == two, "printed and parsed, it gives the same");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static support::World form;
  static Document document;
  std::string source(reinterpret_cast<const char*>(data), size);
  auto in_form = [&](std::string_view text) { return language::compile(text, form, 0); };
  both_ways(source, in_form, form, {0, 0});
  auto deep = [&](std::string_view text) {
    return language::compile(text, form, form.answers.definition(form.y11));
  };
  both_ways(source, deep, form, {0, form.y11});
  auto filter = [&](std::string_view text) { return language::compile_filter(text, form, form.a, "towns"); };
  (void)filter(source);
  both_ways(source, [](std::string_view text) { return language::compile_free(text); }, document, {1, 2});
  return 0;
}
