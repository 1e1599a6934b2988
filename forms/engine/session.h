// Session: one interview in progress. Owns the answers; borrows the Survey, which must outlive it.
//
//   Session session = Session::begin(survey, environment);      // preloads, defaults, first calculations
//   Change change = session.set(node, "34");                    // relevance, calculations, choices follow
//   for (NodeId n : change.changed) redraw(n);
//
// Values are ODK text ("34", "2026-11-24", "fr nl"); empty is "". An answer that becomes non-relevant is
// kept, hidden, and reads as blank; it returns when it is relevant again. A chosen value that a filter no
// longer offers is dropped at once. Volatile functions run only at their events. Not thread-safe. Cost of
// set(): the expressions that depend on the answer, each once, in topological order.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "forms/base/ids.h"
#include "forms/base/time.h"
#include "forms/definition/survey.h"
#include "forms/engine/fault.h"

namespace engine {

using base::InstanceId;
using definition::NodeIndex;

using NodeId = uint32_t;  // a node of this interview; stable while it exists, never reused; 0 is the root
inline constexpr NodeId no_id = UINT32_MAX;

enum class Origin : uint8_t { given, captured, calculated };

// How an answer is addressed for good: journals, revisions and merges use it, positions never.
struct Path {
  NodeIndex node = 0;
  std::vector<InstanceId> instances;  // one a repeat around it, outermost first
  bool operator==(const Path&) const = default;
};

struct SavedValue {
  Path path;
  std::string text;
  Origin origin = Origin::given;
};

// An instance of a repeat that exists; `path.node` is the repeat, the last of `path.instances` its own id.
// Saved in display order.
struct SavedInstance {
  Path path;
};

struct Graph;  // who reads whom, of one survey: the same for every session of it
std::shared_ptr<const Graph> graph_of(const definition::Survey& survey);

struct Environment {
  base::Clock* clock = nullptr;    // borrowed
  base::Random* random = nullptr;  // borrowed: instance ids, uuid(), random()
  int language = 0;                // index into Survey::languages
  std::string device_id, username, email, phone_number;
  uint64_t shuffle = 0;  // of lists that are shuffled without a seed: the same number, the same order
  std::shared_ptr<const Graph> graph = nullptr;  // where many sessions share it; none: made for this one
};

enum class Judgement : uint8_t { fine, required_missing, constraint_failed };

struct Offer {  // one choice as offered now
  std::string value;
  std::string label;          // in the asked language, falling back to the default one; never empty
  uint32_t row = UINT32_MAX;  // of its list; none for a roster
};

struct Change {
  bool accepted = true;  // false: read-only or not a question; nothing changed
  Judgement judgement = Judgement::fine;
  std::vector<NodeId> changed;         // value, relevance, requiredness, choices or label may differ
  std::vector<NodeId> added, removed;  // repeat instances
};

struct Finding {  // what stands in the way of finishing, or deserves a look
  NodeId node = no_id;
  Judgement judgement = Judgement::fine;
  std::string message;  // in the session's language; empty when the form has none
};

class Session {
 public:
  static Session begin(const definition::Survey& survey, Environment environment);
  // Continues an interview from what was stored: no first-load actions, captured values kept, the rest
  // computed.
  static Session resume(const definition::Survey& survey, Environment environment,
                        const std::vector<SavedInstance>& instances, const std::vector<SavedValue>& values);
  Session(Session&&) noexcept;
  Session& operator=(Session&&) noexcept;
  ~Session();

  const definition::Survey& survey() const;

  // The tree. Children of a group: its questions, groups, and the instances of its repeats, in document
  // order.
  NodeIndex definition_of(NodeId node) const;
  NodeId parent(NodeId node) const;
  std::vector<NodeId> children(NodeId node) const;
  std::vector<NodeId> instances(NodeId parent, NodeIndex repeat) const;
  bool exists(NodeId node) const;
  NodeId find(const Path& path) const;  // no_id when it is not there
  Path path(NodeId node) const;
  int position(NodeId instance) const;  // 1-based, for display

  // What holds now.
  std::string_view value(NodeId node) const;  // also of hidden answers
  Origin origin(NodeId node) const;
  bool relevant(NodeId node) const;  // with all its ancestors
  bool required(NodeId node) const;
  bool read_only(NodeId node) const;
  Judgement judge(NodeId node) const;
  Judgement judge(NodeId node, std::string_view candidate) const;  // as if it were answered so
  std::vector<Offer> offers(NodeId node,
                            int language) const;  // filtered; roster rows with blank labels left out
  bool takes_free_text(NodeId node) const;  // its list or file is missing, or offers nothing: say so, go on
  std::string text(const definition::Text& text, NodeId context,
                   int language) const;  // "" when none anywhere
  std::string choice_label(NodeId node, std::string_view value, int language) const;
  std::string instance_name() const;
  int language() const;

  // What changes it.
  Change set(NodeId node, std::string_view text);       // "" clears; a failed constraint is stored and judged
  bool may_add(NodeId parent, NodeIndex repeat) const;  // false for counted repeats, and for hidden ones
  Change add(NodeId parent, NodeIndex repeat);          // added[0] is the new instance
  Change remove(NodeId instance);
  Change move(NodeId instance, size_t place);  // among its siblings, 0 is first
  Change set_language(int language);
  std::vector<Finding> check() const;        // every required and constraint on relevant questions
  const std::vector<Fault>& faults() const;  // bounds that were met so far, each once
  Change finish();                           // stamps `end`; call check() first

  // Everything needed to continue or to seal: relevant and hidden alike, in document order.
  std::vector<SavedInstance> saved_instances() const;
  std::vector<NodeId> answered() const;          // questions with a value, in the order of the form
  std::vector<SavedValue> saved_values() const;  // of these

 private:
  struct State;
  explicit Session(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace engine
