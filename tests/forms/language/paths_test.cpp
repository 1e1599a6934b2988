// Paths: where names lead, what an expression says it reads, and printing.
#include <rapidcheck.h>

#include "tests/forms/language/world.h"

using support::World;

namespace {
struct Row {
  std::string source;
  std::string wanted;
};

int depth(const World& world, language::NodeIndex node) {
  int repeats = 0;
  for (language::NodeIndex at = node; at != language::no_node; at = world.parent(at))
    repeats += world.is_repeat(at);
  return repeats;
}

// Names, each with a star for every repeat whose instances all count.
std::string reads(const World& world, std::string_view source, language::NodeIndex at) {
  std::string out;
  language::Compiled compiled = language::compile(source, world, at);
  for (const language::Dependency& d : compiled.expression.reads())
    out += (out.empty() ? "" : " ") + std::string(world.name(d.node)) +
           std::string(depth(world, d.node) - d.shared, '*');
  return out;
}
}  // namespace

TEST_CASE("paths: names lead to the nearest in common ancestry") {
  World world;
  const Row from_x2[] = {
      {".", "20"},
      {"${x}", "20"},
      {"../x", "20"},
      {"/data/p/x", "20"},
      {"${y}", "4"},
      {"sum(${y})", "4"},
      {"../k/y", "4"},
      {"../../a", "5"},
      {"${a}", "5"},
      {"${c}", "deep"},
      {"/data/g/c", "deep"},
      {"current()/../x", "20"},
      {"position(..)", "2"},
      {"count(/data/p)", "2"},
      {"count(${p})", "2"},
      {"count(../../p)", "2"},
      {"/data/p[1]/x", "10"},
      {"/data/p[position() = 1]/x", "10"},
      {"${p}[1]/x", "10"},
      {"../../p[position() = position(current()/..) - 1]/x", "10"},
      {"../../p[x = 10]/k[2]/y", "2"},
      {"count(../../p/k)", "3"},
      {"sum(../../p/k/y)", "7"},
      {"count(//y)", "3"},
      {"join(',', //x)", "10,20"},
      {"count(../*)", "2"},
      {"count(/data/p[last()]/k)", "1"},
      {"indexed-repeat(/data/p/x, /data/p, 2)", "20"},
      {"${words} = 'fr nl'", "true"},
  };
  for (const Row& row : from_x2) CHECK_MESSAGE(world.text(row.source, world.x2) == row.wanted, row.source);
  const Row from_root[] = {
      {"${x}", "10"},
      {"sum(${x})", "30"},
      {"sum(${y})", "7"},
      {"join(' ', ${y})", "1 2 4"},
      {"/data/p[2]/k/y", "4"},
      {"count(${p}[x > 15])", "1"},
      {"indexed-repeat(${x}, ${p}, 2)", "20"},
      {"indexed-repeat(${y}, ${p}, 1, ${k}, 2)", "2"},
      {"indexed-repeat(${x}, ${p}, 9)", ""},
      {"indexed-repeat(${x}, ${p}, '')", "10"},
      {"(/data/p/x | /data/a)[last()]", "20"},
  };
  for (const Row& row : from_root) CHECK_MESSAGE(world.text(row.source) == row.wanted, row.source);
}

TEST_CASE("reads: what an expression depends on, and how far") {
  World world;
  CHECK(reads(world, "${a} + ${b}", world.x) == "a b");
  CHECK(reads(world, "../x", world.x) == "x");
  CHECK(reads(world, "${x}", 0) == "p* x*");
  CHECK(reads(world, "${y}", world.x) == "k* y*");
  CHECK(reads(world, "sum(${y})", 0) == "p* k** y**");
  CHECK(reads(world, "position(..)", world.x) == "p*");
  CHECK(reads(world, "count(${p})", 0) == "p*");
  CHECK(reads(world, "jr:choice-name('fr', '${words}')", 0) == "words");
  CHECK(reads(world, "if(${a} = 1, ${b}, ${c})", 0) == "a b c");
}

TEST_CASE("reads: volatile functions are known as such") {
  World world;
  for (const char* source : {"now()", "1 + random()", "if(true(), today(), 1)", "uuid()"})
    CHECK_MESSAGE(language::compile(source, world, 0).expression.is_volatile(), source);
  CHECK_FALSE(language::compile("format-date(${day}, '%Y')", world, 0).expression.is_volatile());
}

namespace {

// A random expression over the world's names, of bounded depth.
std::string made(base::SeededRandom& random, int depth) {
  auto pick = [&](size_t n) { return static_cast<size_t>(random.below(n)); };
  static const std::vector<std::string> leaves = {"1",        "0.5",  "'it'",      "\"it's\"", "${a}",
                                                  "${blank}", "${x}", "/data/g/c", "true()",   "${words}",
                                                  "../a",     "//y",  "/data/p",   ".",        "today()"};
  static const std::vector<std::string> signs = {" + ",  " - ", " * ",  " div ", " mod ", " = ",
                                                 " != ", " < ", " >= ", " and ", " or "};
  if (depth == 0 || pick(4) == 0) {
    std::string leaf = leaves[pick(leaves.size())];
    return leaf == "../a" ? "/data/a" : leaf;
  }
  switch (pick(8)) {
    case 0:
      return "(" + made(random, depth - 1) + ")";
    case 1:
      return "-" + made(random, depth - 1);
    case 2:
      return "concat(" + made(random, depth - 1) + ", " + made(random, depth - 1) + ")";
    case 3:
      return "if(" + made(random, depth - 1) + ", 1, " + made(random, depth - 1) + ")";
    case 4:
      return "count(/data/p[" + made(random, depth - 1) + "]/x)";
    case 5:
      return "(${x} | //y)[" + made(random, depth - 1) + "]";
    default:
      return made(random, depth - 1) + signs[pick(signs.size())] + made(random, depth - 1);
  }
}

}  // namespace

TEST_CASE("print: printing what was parsed and parsing that again changes nothing") {
  World world;
  CHECK(rc::check("parse after print is identity", [&] {
    uint64_t seed = *rc::gen::arbitrary<uint64_t>();
    base::SeededRandom random(seed);
    std::string source = made(random, 5);
    language::Compiled first = language::compile(source, world, 0);
    if (!first.expression) RC_FAIL("seed " + std::to_string(seed) + " " + source);
    std::string printed = first.expression.print();
    language::Compiled again = language::compile(printed, world, 0);
    if (!again.expression || again.expression.print() != printed)
      RC_FAIL("seed " + std::to_string(seed) + "\n" + source + "\n" + printed);
    std::string one = language::to_text(language::evaluate(first.expression, world, {0, 0}), world);
    std::string two = language::to_text(language::evaluate(again.expression, world, {0, 0}), world);
    if (one != two)
      RC_FAIL("seed " + std::to_string(seed) + "\n" + source + " gives " + one + "\n" + printed + " gives " +
              two);
  }));
}
