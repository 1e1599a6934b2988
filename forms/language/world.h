// World: everything an expression can see: the interview, the lists, the clock, the languages.
//
//   class MyWorld : public World { … };   Value v = evaluate(expression, world, {0, node});
//
// forms/engine has one for an interview; a program that evaluates over a plain document makes a small one. What
// is looked at often is a plain member; what is rare is a function to override. Not thread-safe: it holds the
// evaluator's scratch room. Bounded: `most_steps` steps an evaluation; beyond that the result is blank.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "forms/base/random.h"
#include "forms/base/time.h"
#include "forms/language/value.h"

namespace language {

class Aggregates;
class Instance;
class Table;
class Tree;
struct Scratch;  // evaluator.h

struct Document {  // one of the two, or neither: an empty list
  const Table* table = nullptr;
  const Tree* tree = nullptr;
  int label = -1, label_now = -1;  // of a table: the column "label", and which one that is in this language
};

class World {
 public:
  World();
  virtual ~World();
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  const Instance* instance = nullptr;      // document 0 when there is one
  Aggregates* aggregates = nullptr;        // sums that are kept; may be none
  std::vector<Document> documents = {{}};  // 1…: a form's lists in its order, then others
  Ref document_root = {0, 0};              // what "/" stands at
  void set_clock(base::Clock& clock);      // borrowed
  base::Clock* clock = nullptr;
  Zone zone;
  base::Random* random = nullptr;  // borrowed, never none
  std::string language_code;       // of the interview: "fr"; names of months, labels
  std::string form_version;

  // instance('id'): the node that /root is a child of.
  virtual bool document_named(std::string_view id, Ref& out) const;
  // The label of a question's choice, in the interview's language; "" when there is none.
  virtual std::string choice_label(Ref question, uint32_t definition, std::string_view value) const;
  virtual std::string itext(std::string_view id) const;             // in the interview's language
  virtual std::string property(std::string_view name) const;        // deviceid, username …
  virtual std::string last_saved(std::string_view question) const;  // of the interview before

  // Why the evaluation before had no result. Forms are compiled so that hardly anything but bounds is met.
  enum class Failure : uint8_t { none, too_long, too_much_text, no_function };
  Failure failed() const;
  std::string failure() const;  // in words; "" when it had one
  uint64_t take_steps() const;  // of all evaluations since this was asked; what failed is forgotten

  static constexpr uint64_t most_steps = 1'000'000;
  Scratch& scratch() const { return *scratch_; }

 private:
  std::unique_ptr<Scratch> scratch_;
};

}  // namespace language
