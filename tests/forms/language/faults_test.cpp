// Faults that were found once: each case names one.
#include "tests/forms/language/world.h"

using support::World;

namespace {

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
           std::string(static_cast<size_t>(depth(world, d.node) - d.shared), '*');
  return out;
}

}  // namespace

TEST_CASE("paths: in sum() an absolute path means the whole repeat, also from inside it") {
  World world;
  CHECK(world.text("sum(/data/p/x)", world.x2) == "30");
  CHECK(world.text("join(',', /data/p/x)", world.x1) == "10,20");
}

TEST_CASE("paths: indexed-repeat() reaches other instances from inside the repeat") {
  World world;
  CHECK(world.text("indexed-repeat(${x}, ${p}, 1)", world.x2) == "10");
  CHECK(world.text("indexed-repeat(${x}, ${p}, position(..) - 1)", world.x2) == "10");
}

TEST_CASE("paths: the axis descendant:: obeys its name and leaves the node itself out") {
  World world;
  CHECK(world.text("count(/data/descendant::y)") == "3");
  CHECK(world.text("count(descendant::x)", world.p1) == "1");
  CHECK(world.problem("count(descendant::p)") == "");
}

TEST_CASE("reads: a path that leaves its own instance reads every instance") {
  World world;
  CHECK(reads(world, "../../p[position() = 1]/x", world.x) == "p* x*");
  CHECK(reads(world, "sum(../../p/x)", world.x) == "p* x*");
  CHECK(reads(world, "count(../../p[x = 1])", world.x) == "p* x*");
  CHECK(reads(world, "count(//x)", world.x) == "p* x*");
}

TEST_CASE("operators: a set of nodes beside a truth is a truth; in < and <= its nodes are numbers") {
  World world;
  CHECK(world.text("true() = /data/p/x") == "true");
  CHECK(world.text("/data/p[x = 99] = false()") == "true");
  CHECK(world.text("true() <= /data/p/x") == "true");
  CHECK(world.text("/data/p[x = 99]/x < true()") == "false");
}

TEST_CASE("problems: a pattern that is no pattern is said while compiling") {
  World world;
  CHECK(world.problem("regex('a', '(')") != "");
}

TEST_CASE("problems: an attribute, which no form here has, is said and not read as blank") {
  World world;
  CHECK(world.problem("/data/@version") != "");
}

TEST_CASE("functions: node sets spread in weighted-checklist()") {
  World world;
  CHECK(world.text("weighted-checklist(30, 30, /data/p/x, /data/p/x)") == "true");
}

TEST_CASE("functions: decimal-date-time() of a bare date counts from local midnight, offset included") {
  World world;
  CHECK(world.text("decimal-date-time('1970-01-02T00:00:00.000Z')") == "1");
}

TEST_CASE("functions: date-time() of a date is that date") {
  World world;
  CHECK(world.text("date-time('2026-11-24')") == "2026-11-24");
}

TEST_CASE("functions: a time that is no time of day is NaN") {
  World world;
  CHECK(world.text("decimal-time('06:00:60.000+01:00')") == "NaN");
}

TEST_CASE("problems: a sum as long as a cell is evaluated or refused, never a crash") {
  World world;
  std::string source = "1";
  for (int i = 0; i < 200000; ++i) source += "+1";
  std::string code = world.problem(source);
  CHECK((code == "syntax" || world.text(source) == "200001"));
}
