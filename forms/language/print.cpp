// Printing an expression so that parsing what is printed gives the same expression.
#include "forms/language/function.h"
#include "forms/language/value.h"

namespace language {
namespace {

int level_of(Op op) {
  switch (op) {
    case Op::or_:
      return 0;
    case Op::and_:
      return 1;
    case Op::eq:
    case Op::ne:
      return 2;
    case Op::lt:
    case Op::le:
    case Op::gt:
    case Op::ge:
      return 3;
    case Op::add:
    case Op::subtract:
      return 4;
    case Op::multiply:
    case Op::divide:
    case Op::modulo:
      return 5;
    case Op::negate:
      return 6;
    case Op::unite:
      return 7;
    case Op::number:
    case Op::text:
    case Op::call:
    case Op::path:
      return 8;
  }
  return 8;
}

std::string_view word_of(Op op) {
  switch (op) {
    case Op::or_:
      return " or ";
    case Op::and_:
      return " and ";
    case Op::eq:
      return " = ";
    case Op::ne:
      return " != ";
    case Op::lt:
      return " < ";
    case Op::le:
      return " <= ";
    case Op::gt:
      return " > ";
    case Op::ge:
      return " >= ";
    case Op::add:
      return " + ";
    case Op::subtract:
      return " - ";
    case Op::multiply:
      return " * ";
    case Op::divide:
      return " div ";
    case Op::modulo:
      return " mod ";
    case Op::unite:
      return " | ";
    default:
      return "";
  }
}

std::string_view word_of(Axis axis) {
  switch (axis) {
    case Axis::child:
      return "child";
    case Axis::parent:
      return "parent";
    case Axis::self:
      return "self";
    case Axis::descendant:
      return "descendant";
    case Axis::descendant_or_self:
      return "descendant-or-self";
    case Axis::attribute:
      return "attribute";
    case Axis::ancestor:
      return "ancestor";
    case Axis::ancestor_or_self:
      return "ancestor-or-self";
    case Axis::following:
      return "following";
    case Axis::following_sibling:
      return "following-sibling";
    case Axis::preceding:
      return "preceding";
    case Axis::preceding_sibling:
      return "preceding-sibling";
    case Axis::namespace_:
      return "namespace";
  }
  return "";
}

std::string quoted(const std::string& text) {
  char quote = text.find('\'') == std::string::npos ? '\'' : '"';
  return quote + text + quote;
}

std::string test_of(const Step& step) {
  switch (step.test) {
    case Test::any_node:
      return "node()";
    case Test::text:
      return "text()";
    case Test::comment:
      return "comment()";
    case Test::instruction:
      return "processing-instruction(" + (step.name.empty() ? "" : quoted(step.name)) + ")";
    case Test::any_name:
    case Test::name:
      break;
  }
  std::string name = step.test == Test::any_name ? "*" : step.name;
  return step.space && !step.space->prefix.empty() ? step.space->prefix + ":" + name : name;
}

class Printer {
 public:
  explicit Printer(const Program& program) : program_(program) {}

  std::string print(uint32_t index) {
    const Item& item = program_.items[index];
    switch (item.op) {
      case Op::number:
        return number_text(item.number);
      case Op::text:
        return quoted(item.text);
      case Op::negate:
        return "-" + inner(program_.arg(item, 0), level_of(Op::negate));
      case Op::call: {
        std::string out = item.text + "(";
        for (size_t i = 0; i < item.count; ++i) out += (i ? ", " : "") + print(program_.arg(item, i));
        return out + ")";
      }
      case Op::path:
        return path(program_.paths[item.path]);
      default:
        // Left-associative: the right side of an equal level needs its parentheses.
        return inner(program_.arg(item, 0), level_of(item.op)) + std::string(word_of(item.op)) +
               inner(program_.arg(item, 1), level_of(item.op) + 1);
    }
  }

 private:
  std::string inner(uint32_t index, int least) {
    std::string text = print(index);
    return level_of(program_.items[index].op) < least ? "(" + text + ")" : text;
  }

  std::string predicates(const std::vector<uint32_t>& all) {
    std::string out;
    for (uint32_t one : all) out += "[" + print(one) + "]";
    return out;
  }

  std::string path(const Path& path) {
    std::string out;
    switch (path.start) {
      case Start::context:
      case Start::root:
        break;
      case Start::current:
        out = "current()";
        break;
      case Start::question:
        out = "${" + path.text + "}";
        break;
      case Start::list:
        out = "instance(" + quoted(path.text) + ")";
        break;
      case Start::expression:
        out = "(" + print(path.inner) + ")";
        break;
    }
    out += predicates(path.predicates);
    bool slash = path.start != Start::context;
    if (path.start == Start::root && path.steps.empty()) return "/";
    for (const Step& step : path.steps) {
      if (step.abbreviated && step.axis == Axis::descendant_or_self) {
        out += "//";
        slash = false;
        continue;
      }
      if (slash) out += "/";
      slash = true;
      if (step.abbreviated)
        out += step.axis == Axis::self ? "." : step.axis == Axis::parent ? ".." : "@" + test_of(step);
      else if (step.axis == Axis::child)
        out += test_of(step);
      else
        out += std::string(word_of(step.axis)) + "::" + test_of(step);
      out += predicates(step.predicates);
    }
    return out;
  }

  const Program& program_;
};

}  // namespace

std::string Expression::print() const {
  return program_ ? Printer(*program_).print(program_->root) : std::string();
}

}  // namespace language
