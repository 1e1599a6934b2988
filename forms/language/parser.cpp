#include "forms/language/parser.h"

#include "forms/base/utf8.h"
#include "forms/language/function.h"

namespace language {
namespace {

struct Level {  // binary operators from loose to tight
  std::string_view word;
  Op op;
  int level;
};
constexpr Level levels[] = {{"or", Op::or_, 0},     {"and", Op::and_, 1},   {"=", Op::eq, 2},
                            {"!=", Op::ne, 2},      {"<", Op::lt, 3},       {"<=", Op::le, 3},
                            {">", Op::gt, 3},       {">=", Op::ge, 3},      {"+", Op::add, 4},
                            {"-", Op::subtract, 4}, {"*", Op::multiply, 5}, {"div", Op::divide, 5},
                            {"mod", Op::modulo, 5}};
constexpr int tightest = 6;

class Parser {
 public:
  Parser(std::vector<Lexeme> tokens, std::vector<Problem>& problems, std::vector<size_t>& offsets)
      : in_(std::move(tokens)), problems_(problems), offsets_(offsets) {}

  Program run() {
    program_.root = binary(0);
    if (good_ && peek().token != Token::end) refuse("something is left over here; is an operator missing?");
    return std::move(program_);
  }

 private:
  const Lexeme& peek(size_t ahead = 0) const { return in_[std::min(at_ + ahead, in_.size() - 1)]; }
  Lexeme take() {
    Lexeme lexeme = peek();
    if (at_ + 1 < in_.size()) ++at_;
    return lexeme;
  }
  bool accept(Token token) {
    if (peek().token != token) return false;
    take();
    return true;
  }
  uint32_t refuse(std::string text, std::string code = "syntax") {
    if (good_) problems_.push_back({peek().offset, true, std::move(code), std::move(text)});
    good_ = false;
    at_ = in_.size() - 1;  // nothing more is read
    return add({}, peek().offset);
  }
  void expect(Token token, const char* what) {
    if (!accept(token)) refuse(std::string(what) + " is missing here");
  }
  uint32_t add(Item item, size_t offset) {
    program_.items.push_back(std::move(item));
    offsets_.push_back(offset);
    return static_cast<uint32_t>(program_.items.size() - 1);
  }

  uint32_t binary(int level) {
    if (level == tightest) return unary();
    uint32_t left = binary(level + 1);
    while (good_ && peek().token == Token::op) {
      const Level* found = nullptr;
      for (const Level& row : levels)
        if (row.level == level && row.word == peek().text) found = &row;
      if (!found) break;
      size_t offset = take().offset;
      uint32_t right = binary(level + 1);
      Item item;
      item.op = found->op;
      item.args = {left, right};
      left = add(std::move(item), offset);
    }
    return left;
  }

  uint32_t unary() {
    int signs = 0;
    size_t offset = peek().offset;
    while (peek().token == Token::op && peek().text == "-" && good_) {
      take();
      if (++signs > deepest_nesting) return refuse("too many signs");
    }
    uint32_t inner = unite();
    for (int i = 0; i < signs; ++i) {
      Item item;
      item.op = Op::negate;
      item.args = {inner};
      inner = add(std::move(item), offset);
    }
    return inner;
  }

  uint32_t unite() {
    uint32_t left = path();
    while (good_ && peek().token == Token::op && peek().text == "|") {
      size_t offset = take().offset;
      Item item;
      item.op = Op::unite;
      item.args = {left, path()};
      left = add(std::move(item), offset);
    }
    return left;
  }

  bool begins_step() const {
    switch (peek().token) {
      case Token::dot:
      case Token::double_dot:
      case Token::at:
      case Token::axis:
      case Token::star:
        return true;
      case Token::name:
        return peek(1).token != Token::open || is_node_test(peek().text);
      default:
        return false;
    }
  }
  static bool is_node_test(const std::string& name) { return name == "node" || name == "text"; }

  uint32_t path() {
    if (++depth_ > deepest_nesting) return refuse("this is nested too deeply; split it into calculations");
    uint32_t result = path_inside();
    --depth_;
    return result;
  }

  uint32_t path_inside() {
    Item item;
    item.op = Op::path;
    size_t offset = peek().offset;
    if (peek().token == Token::slash || peek().token == Token::double_slash) {
      item.start = Start::root;
      if (peek().token == Token::slash) {
        take();
        if (begins_step()) step(item);
      } else {
        descend(item);
        step(item);
      }
      return steps(std::move(item), offset);
    }
    if (begins_step()) {
      item.start = Start::context;
      step(item);
      return steps(std::move(item), offset);
    }
    if (peek().token == Token::question) {
      item.start = Start::question;
      item.text = take().text;
      predicates(item.predicates);
      return steps(std::move(item), offset);
    }
    uint32_t inner = primary();
    bool continues = peek().token == Token::slash || peek().token == Token::double_slash ||
                     peek().token == Token::square_open;
    if (!good_ || !continues) return inner;
    item.start = Start::expression;
    const Item& made = program_.items[inner];
    if (made.op == Op::call && made.function && made.function->name == "current" && made.args.empty())
      item.start = Start::current;
    else if (made.op == Op::call && made.function && made.function->name == "instance" &&
             made.args.size() == 1 && program_.items[made.args[0]].op == Op::text) {
      item.start = Start::list;
      item.text = program_.items[made.args[0]].text;
    } else {
      item.args = {inner};
    }
    predicates(item.predicates);
    return steps(std::move(item), offset);
  }

  uint32_t steps(Item item, size_t offset) {
    while (good_ && (peek().token == Token::slash || peek().token == Token::double_slash)) {
      if (take().token == Token::double_slash) item.steps.push_back({Axis::descendant_or_self, "", {}, {}});
      if (!begins_step()) return refuse("a name is missing after \"/\"");
      step(item);
    }
    return add(std::move(item), offset);
  }

  void descend(Item& item) {
    take();
    item.steps.push_back({Axis::descendant_or_self, "", {}, {}});
    if (!begins_step()) refuse("a name is missing after \"//\"");
  }

  void step(Item& item) {
    Step made;
    Lexeme first = take();
    switch (first.token) {
      case Token::dot:
        made.axis = Axis::self;
        made.name = "*";
        break;
      case Token::double_dot:
        made.axis = Axis::parent;
        made.name = "*";
        break;
      case Token::at:
        made.axis = Axis::attribute;
        made.name = take().text;
        break;
      case Token::star:
        made.name = "*";
        break;
      case Token::axis:
        if (first.text == "child")
          made.axis = Axis::child;
        else if (first.text == "parent")
          made.axis = Axis::parent;
        else if (first.text == "self")
          made.axis = Axis::self;
        else if (first.text == "descendant")
          made.axis = Axis::descendant;
        else if (first.text == "descendant-or-self")
          made.axis = Axis::descendant_or_self;
        else if (first.text == "attribute")
          made.axis = Axis::attribute;
        else
          refuse("the axis " + first.text + ":: is not yet understood", "not_yet_axis");
        made.name = take().text;
        if (made.name == "node" && accept(Token::open)) {
          expect(Token::close, "\")\"");
          made.name = "*";
        }
        break;
      default:
        made.name = first.text;
        if (is_node_test(first.text) && accept(Token::open)) {
          expect(Token::close, "\")\"");
          made.axis = first.text == "text" ? Axis::self : Axis::child;
          made.name = "*";
        }
    }
    predicates(made.predicates);
    item.steps.push_back(std::move(made));
  }

  void predicates(std::vector<uint32_t>& out) {
    while (good_ && accept(Token::square_open)) {
      if (++depth_ > deepest_nesting) refuse("this is nested too deeply");
      out.push_back(binary(0));
      --depth_;
      expect(Token::square_close, "\"]\"");
    }
  }

  uint32_t primary() {
    Lexeme first = peek();
    Item item;
    if (first.token == Token::number) {
      take();
      item.op = Op::number;
      item.number = first.number;
      return add(std::move(item), first.offset);
    }
    if (first.token == Token::text) {
      take();
      item.op = Op::text;
      item.text = first.text;
      return add(std::move(item), first.offset);
    }
    if (accept(Token::open)) {
      uint32_t inner = binary(0);
      expect(Token::close, "\")\"");
      return inner;
    }
    if (first.token == Token::name) return call();
    if (first.token == Token::end) return refuse("the expression ends too early; something is missing");
    return refuse("a value is missing here");
  }

  uint32_t call() {
    Lexeme name = take();
    Item item;
    item.op = Op::call;
    item.text = name.text;
    expect(Token::open, "\"(\"");
    if (good_ && peek().token != Token::close) {
      do item.args.push_back(binary(0));
      while (good_ && accept(Token::comma));
    }
    expect(Token::close, "\")\"");
    if (!good_) return add(std::move(item), name.offset);
    item.function = find_function(name.text);
    if (!item.function) {
      std::string near = base::nearest(name.text, function_names());
      problems_.push_back({name.offset, true, "unknown_function",
                           "no function named \"" + name.text + "\"" +
                               (near.empty() ? "" : "; did you mean \"" + near + "\"?")});
    } else {
      int given = static_cast<int>(item.args.size());
      if (given < item.function->least || (item.function->most >= 0 && given > item.function->most))
        problems_.push_back(
            {name.offset, true, "arity",
             name.text + "() takes " + arity(*item.function) + ", not " + std::to_string(given)});
    }
    return add(std::move(item), name.offset);
  }

  static std::string arity(const Function& function) {
    std::string least = std::to_string(function.least);
    if (function.most < 0) return least + " or more arguments";
    if (function.most == function.least) return least + (function.least == 1 ? " argument" : " arguments");
    return least + " to " + std::to_string(function.most) + " arguments";
  }

  std::vector<Lexeme> in_;
  std::vector<Problem>& problems_;
  std::vector<size_t>& offsets_;
  Program program_;
  size_t at_ = 0;
  int depth_ = 0;
  bool good_ = true;
};

}  // namespace

Program parse(std::string_view source, std::vector<Problem>& problems, std::vector<size_t>& offsets) {
  std::vector<Lexeme> tokens = lex(source, problems);
  if (!problems.empty()) return {};
  return Parser(std::move(tokens), problems, offsets).run();
}

}  // namespace language
