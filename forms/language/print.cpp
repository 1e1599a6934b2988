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
        return "-" + inner(item.args[0], level_of(Op::negate));
      case Op::call: {
        std::string out = item.text + "(";
        for (size_t i = 0; i < item.args.size(); ++i) out += (i ? ", " : "") + print(item.args[i]);
        return out + ")";
      }
      case Op::path:
        return path(item);
      default:
        // Left-associative: the right side of an equal level needs its parentheses.
        return inner(item.args[0], level_of(item.op)) + std::string(word_of(item.op)) +
               inner(item.args[1], level_of(item.op) + 1);
    }
  }

 private:
  std::string inner(uint32_t index, int least) {
    std::string text = print(index);
    return level_of(program_.items[index].op) < least ? "(" + text + ")" : text;
  }

  static std::string quoted(const std::string& text) {
    char quote = text.find('\'') == std::string::npos ? '\'' : '"';
    return quote + text + quote;
  }

  std::string predicates(const std::vector<uint32_t>& all) {
    std::string out;
    for (uint32_t one : all) out += "[" + print(one) + "]";
    return out;
  }

  std::string path(const Item& item) {
    std::string out;
    switch (item.start) {
      case Start::context:
        break;
      case Start::root:
        break;
      case Start::current:
        out = "current()";
        break;
      case Start::question:
        out = "${" + item.text + "}";
        break;
      case Start::list:
        out = "instance(" + quoted(item.text) + ")";
        break;
      case Start::expression:
        out = "(" + print(item.args[0]) + ")";
        break;
    }
    out += predicates(item.predicates);
    bool slash = item.start != Start::context;
    if (item.start == Start::root && item.steps.empty()) return "/";
    for (const Step& step : item.steps) {
      if (step.axis == Axis::descendant_or_self && step.name.empty()) {
        out += "//";
        slash = false;
        continue;
      }
      if (slash) out += "/";
      slash = true;
      switch (step.axis) {
        case Axis::self:
          out += step.name == "*" ? "." : "self::" + step.name;
          break;
        case Axis::parent:
          out += step.name == "*" ? ".." : "parent::" + step.name;
          break;
        case Axis::child:
          out += step.name;
          break;
        case Axis::attribute:
          out += "@" + step.name;
          break;
        case Axis::descendant:
          out += "descendant::" + step.name;
          break;
        case Axis::descendant_or_self:
          out += "descendant-or-self::" + step.name;
          break;
      }
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
