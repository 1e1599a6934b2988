#include "forms/language/parser.h"

#include <algorithm>

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

constexpr std::pair<std::string_view, Axis> axes[] = {{"child", Axis::child},
                                                      {"parent", Axis::parent},
                                                      {"self", Axis::self},
                                                      {"descendant", Axis::descendant},
                                                      {"descendant-or-self", Axis::descendant_or_self},
                                                      {"attribute", Axis::attribute},
                                                      {"ancestor", Axis::ancestor},
                                                      {"ancestor-or-self", Axis::ancestor_or_self},
                                                      {"following", Axis::following},
                                                      {"following-sibling", Axis::following_sibling},
                                                      {"preceding", Axis::preceding},
                                                      {"preceding-sibling", Axis::preceding_sibling},
                                                      {"namespace", Axis::namespace_}};

const Level* level_of(std::string_view word) {
  for (const Level& row : levels)
    if (row.word[0] == word[0] && row.word == word) return &row;
  return nullptr;
}

class Parser {
 public:
  Parser(const std::vector<Lexeme>& tokens, std::vector<Problem>& problems, std::vector<size_t>& offsets,
         bool lenient)
      : in_(tokens), problems_(problems), offsets_(offsets), lenient_(lenient) {
    size_t items = 0;  // at most: a step is none of its own
    for (size_t i = 0; i < in_.size(); ++i)
      items += in_[i].token <= Token::op && (i == 0 || !is_slash(in_[i - 1].token));
    program_.items.reserve(items);
    program_.paths.reserve(items / 2 + 1);
    offsets_.reserve(items);
  }

  Program run() {
    program_.root = binary(0);
    if (good_ && peek().token != Token::end) refuse("something is left over here; is an operator missing?");
    return std::move(program_);
  }

 private:
  static bool is_slash(Token token) { return token == Token::slash || token == Token::double_slash; }
  // Of a path that begins here: so many steps as far as its first predicate.
  size_t steps_ahead() const {
    size_t count = 1;
    for (size_t at = at_ + is_slash(in_[at_].token); at + 1 < in_.size() && is_slash(in_[at + 1].token);
         at += 2)
      ++count;
    return count;
  }
  const Lexeme& peek(size_t ahead = 0) const { return in_[std::min(at_ + ahead, in_.size() - 1)]; }
  const Lexeme& take() {
    const Lexeme& lexeme = peek();
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
  uint32_t add(Op op, std::initializer_list<uint32_t> args, size_t offset) {
    Item item;
    item.op = op;
    item.args = static_cast<uint32_t>(program_.args.size());
    item.count = static_cast<uint16_t>(args.size());
    item.type = op == Op::unite                                           ? Type::nodes
                : op == Op::negate || (op >= Op::add && op <= Op::modulo) ? Type::number
                                                                          : Type::truth;
    program_.args.insert(program_.args.end(), args);
    return add(std::move(item), offset);
  }

  // What binds at least as tightly as `least`: an operand, then each operator with what is tighter behind it.
  uint32_t binary(int least) {
    uint32_t left = unary();
    while (good_ && peek().token == Token::op) {
      const Level* found = level_of(peek().text);
      if (!found || found->level < least) break;
      size_t offset = take().offset;
      uint32_t right = binary(found->level + 1);
      left = add(found->op, {left, right}, offset);
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
    for (int i = 0; i < signs; ++i) inner = add(Op::negate, {inner}, offset);
    return inner;
  }

  uint32_t unite() {
    uint32_t left = path();
    while (good_ && peek().token == Token::op && peek().text == "|") {
      size_t offset = take().offset;
      uint32_t right = path();
      left = add(Op::unite, {left, right}, offset);
    }
    return left;
  }

  static bool is_node_test(std::string_view name) {
    if (name.empty() || (name[0] != 'n' && name[0] != 't' && name[0] != 'c' && name[0] != 'p')) return false;
    return name == "node" || name == "text" || name == "comment" || name == "processing-instruction";
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

  uint32_t path() {
    if (++depth_ > deepest_nesting) return refuse("this is nested too deeply; split it into calculations");
    uint32_t result = path_inside();
    --depth_;
    return result;
  }

  uint32_t path_inside() {
    Path path;
    size_t offset = peek().offset;
    bool rooted = is_slash(peek().token);
    if (rooted || begins_step()) path.steps.reserve(steps_ahead());
    if (rooted) {
      path.start = Start::root;
      if (peek().token == Token::slash) {
        take();
        if (begins_step()) step(path);
      } else {
        take();
        descend(path);
        if (!begins_step()) return refuse("a name is missing after \"//\"");
        step(path);
      }
      return steps(std::move(path), offset);
    }
    if (begins_step()) {
      step(path);
      return steps(std::move(path), offset);
    }
    if (peek().token == Token::question) {
      path.start = Start::question;
      path.text = take().text;
      predicates(path.predicates);
      return steps(std::move(path), offset);
    }
    uint32_t inner = primary();
    bool continues = is_slash(peek().token) || peek().token == Token::square_open;
    if (!good_) return inner;
    const Item& made = program_.items[inner];
    bool call = made.op == Op::call && made.function;
    bool current = call && made.function->name == "current" && made.count == 0;
    bool list = call && made.function->name == "instance" && made.count == 1 &&
                program_.items[program_.arg(made, 0)].op == Op::text;
    if (!continues && !current && !list) return inner;
    path.start = current ? Start::current : list ? Start::list : Start::expression;
    path.inner = inner;
    if (list) path.text = program_.items[program_.arg(made, 0)].text;
    predicates(path.predicates);
    return steps(std::move(path), offset);
  }

  uint32_t steps(Path path, size_t offset) {
    while (good_ && is_slash(peek().token)) {
      if (take().token == Token::double_slash) descend(path);
      if (!begins_step()) return refuse("a name is missing after \"/\"");
      step(path);
    }
    Item item;
    item.op = Op::path;
    item.type = Type::nodes;
    item.path = static_cast<uint32_t>(program_.paths.size());
    program_.paths.push_back(std::move(path));
    return add(std::move(item), offset);
  }

  static void descend(Path& path) {  // the node() that "//" hides
    Step hidden;
    hidden.axis = Axis::descendant_or_self;
    hidden.test = Test::any_node;
    hidden.abbreviated = true;
    path.steps.push_back(std::move(hidden));
  }

  void step(Path& path) {
    Step made;
    const Lexeme& first = take();
    switch (first.token) {
      case Token::dot:
      case Token::double_dot:
        made.axis = first.token == Token::dot ? Axis::self : Axis::parent;
        made.test = Test::any_node;
        made.abbreviated = true;
        break;
      case Token::at:
        made.axis = Axis::attribute;
        made.abbreviated = true;
        test(made, take());
        break;
      case Token::axis: {
        const auto* axis = std::find_if(std::begin(axes), std::end(axes),
                                        [&](const auto& row) { return row.first == first.text; });
        if (axis == std::end(axes)) {
          refuse("there is no axis " + std::string(first.text) + "::", "unknown_axis");
          break;
        }
        made.axis = axis->second;
        test(made, take());
        break;
      }
      default:
        test(made, first);
    }
    predicates(made.predicates);
    path.steps.push_back(std::move(made));
  }

  void test(Step& made, const Lexeme& name) {
    if (name.token == Token::star) {
      made.test = Test::any_name;
      return;
    }
    if (name.token != Token::name) {
      refuse("a name is missing here");
      return;
    }
    if (is_node_test(name.text) && accept(Token::open)) {
      made.test = name.text == "node"      ? Test::any_node
                  : name.text == "text"    ? Test::text
                  : name.text == "comment" ? Test::comment
                                           : Test::instruction;
      if (made.test == Test::instruction && peek().token == Token::text) made.name = take().text;
      expect(Token::close, "\")\"");
      return;
    }
    size_t colon = name.text.find(':');
    if (colon != std::string_view::npos)
      made.space = std::make_unique<Namespace>(Namespace{std::string(name.text.substr(0, colon)), {}});
    made.name = name.text.substr(colon == std::string_view::npos ? 0 : colon + 1);
    if (made.name == "*") {
      made.test = Test::any_name;
      made.name.clear();
    }
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
    const Lexeme& first = peek();
    Item item;
    if (first.token == Token::number) {
      take();
      item.number = first.number;
      return add(std::move(item), first.offset);
    }
    if (first.token == Token::text) {
      take();
      item.op = Op::text;
      item.type = Type::text;
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
    const Lexeme& name = take();
    Item item;
    item.op = Op::call;
    item.text = name.text;
    expect(Token::open, "\"(\"");
    std::vector<uint32_t> args;
    if (good_ && peek().token != Token::close) {
      do args.push_back(binary(0));
      while (good_ && accept(Token::comma));
    }
    expect(Token::close, "\")\"");
    if (!good_) return add(std::move(item), name.offset);
    item.args = static_cast<uint32_t>(program_.args.size());
    item.count = static_cast<uint16_t>(std::min<size_t>(args.size(), UINT16_MAX));
    program_.args.insert(program_.args.end(), args.begin(), args.end());
    item.function = find_function(name.text);
    if (!item.function) {
      std::string near = base::nearest(name.text, function_names());
      item.type = Type::any;
      problems_.push_back({name.offset, !lenient_, "unknown_function",
                           "no function named \"" + item.text + "\"" +
                               (near.empty() ? "" : "; did you mean \"" + near + "\"?")});
    } else {
      item.type = item.function->type;
      int given = static_cast<int>(args.size());
      if (given < item.function->least || (item.function->most >= 0 && given > item.function->most)) {
        problems_.push_back(
            {name.offset, !lenient_, "arity",
             item.text + "() takes " + arity(*item.function) + ", not " + std::to_string(given)});
        item.function = nullptr;
        item.type = Type::any;
      } else if (item.function->has(Trait::takes_nodes) && given > 0) {
        Type first = program_.items[args[0]].type;
        if (first != Type::nodes && first != Type::any)
          problems_.push_back({name.offset, true, "not_nodes",
                               item.text + "() wants questions or rows here, by their path, not a value"});
      }
    }
    return add(std::move(item), name.offset);
  }

  static std::string arity(const Function& function) {
    std::string least = std::to_string(function.least);
    if (function.most < 0) return least + " or more arguments";
    if (function.most == function.least) return least + (function.least == 1 ? " argument" : " arguments");
    return least + " to " + std::to_string(function.most) + " arguments";
  }

  const std::vector<Lexeme>& in_;
  std::vector<Problem>& problems_;
  std::vector<size_t>& offsets_;
  bool lenient_;
  Program program_;
  size_t at_ = 0;
  int depth_ = 0;
  bool good_ = true;
};

}  // namespace

Program parse(std::string_view source, std::vector<Problem>& problems, std::vector<size_t>& offsets,
              bool lenient) {
  thread_local std::vector<Lexeme> tokens;  // the room serves one expression after another
  lex(source, tokens, problems);
  if (!problems.empty()) return {};
  return Parser(tokens, problems, offsets, lenient).run();
}

}  // namespace language
