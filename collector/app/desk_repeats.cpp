// The desk's verbs on instances of a repeat, and the page that asks for another or shows them all.
#include <algorithm>

#include "collector/app/desk_state.h"
#include "collector/app/walk.h"

namespace app {

using engine::NodeId;

namespace {

// The instance of that repeat around a node; no_id when there is none.
NodeId row_of(const engine::Session& session, NodeId node, definition::NodeIndex repeat) {
  while (node != engine::no_id && node != 0 && session.definition_of(node) != repeat) node = session.parent(node);
  return node == 0 ? engine::no_id : node;
}

}  // namespace

// The page that asks for another instance of a repeat, or shows all of them in a table.
void OpenDesk::show_repeat(InterviewView& view, const Page& page) {
  const engine::Session& session = interview_->session();
  const definition::Survey& survey = interview_->survey();
  const definition::Node& repeat = survey.nodes[page.repeat];
  RepeatView more;
  more.id = repeat.identity;
  more.parent = page.group == 0 ? "" : address_of(session, page.group);
  more.label = session.text(repeat.label, page.group, language_);
  if (more.label.empty()) more.label = repeat.name;
  more.table = !page.columns.empty();
  more.may_be_table = !columns_of(survey, page.repeat).empty();
  more.may_add = more.may_move = !interview_->is_correction() && session.may_add(page.group, page.repeat);
  view.section = more.label;
  if (more.table) {
    show_rows(view, more, page);
    view.repeat = std::move(more);
    return;
  }
  for (NodeId instance : session.instances(page.group, page.repeat)) {
    std::string said;
    for (NodeId q = first_question(session, instance); said.empty() && q != engine::no_id;
         q = next_question(session, q)) {
      NodeId around = q;
      while (around != 0 && around != engine::no_id && around != instance) around = session.parent(around);
      if (around != instance) break;
      said = question_view(session, q, language_, -1).shown;
    }
    more.instances.push_back({address_of(session, instance), said, {}});
  }
  view.repeat = std::move(more);
}

// The page's questions are its cells, row by row; the headings speak of the row that the keyboard is in.
void OpenDesk::show_rows(InterviewView& view, RepeatView& repeat, const Page& page) const {
  const engine::Session& session = interview_->session();
  const definition::Survey& survey = interview_->survey();
  view.removable.clear();
  repeat.past_last = past_last_;
  NodeId here = row_of(session, find_address(session, view.focus), page.repeat);
  for (NodeId instance : session.instances(page.group, page.repeat))
    if (session.relevant(instance))
      repeat.instances.push_back({address_of(session, instance), "", std::vector<int>(page.columns.size(), -1)});
  NodeId now = engine::no_id;
  auto row = repeat.instances.begin();
  for (size_t n = 0; n < page.questions.size(); ++n) {
    NodeId instance = row_of(session, page.questions[n], page.repeat);
    if (instance != now) {
      now = instance;
      std::string id = address_of(session, now);
      while (row->id != id) ++row;
    }
    auto column = std::find(page.columns.begin(), page.columns.end(), session.definition_of(page.questions[n]));
    row->cells[static_cast<size_t>(column - page.columns.begin())] = static_cast<int>(n);
  }
  for (definition::NodeIndex column : page.columns) {
    std::string label = session.text(survey.nodes[column].label, here == engine::no_id ? page.group : here, language_);
    repeat.columns.push_back(label.empty() ? survey.nodes[column].name : label);
  }
}

size_t OpenDesk::page_of_repeat(definition::NodeIndex repeat, NodeId parent) const {
  for (size_t i = 0; i < pages_.size(); ++i)
    if (pages_[i].repeat == repeat && pages_[i].group == parent) return i;
  return page_;
}

void OpenDesk::readdress(const std::function<void()>& change) {
  const engine::Session& session = interview_->session();
  auto nodes = [&]<class Kept>(const std::map<std::string, Kept>& by_address) {
    std::vector<std::pair<NodeId, Kept>> out;
    for (const auto& [address, kept] : by_address) out.emplace_back(find_address(session, address), kept);
    return out;
  };
  auto problems = nodes(problems_);
  auto typed = nodes(typed_);
  NodeId focus = focus_.empty() ? engine::no_id : find_address(session, focus_);
  NodeId left = left_.empty() ? engine::no_id : find_address(session, left_);
  change();
  auto again = [&]<class Kept>(const std::vector<std::pair<NodeId, Kept>>& from, std::map<std::string, Kept>& to) {
    to.clear();
    for (const auto& [node, kept] : from)
      if (node != engine::no_id && session.exists(node)) to[address_of(session, node)] = kept;
  };
  again(problems, problems_);
  again(typed, typed_);
  focus_ = focus != engine::no_id && session.exists(focus) ? address_of(session, focus) : "";
  left_ = left != engine::no_id && session.exists(left) ? address_of(session, left) : "";
  read_notes();
}

void OpenDesk::on(const AddInstance& e) {
  if (!interview_) return;
  definition::NodeIndex repeat = interview_->survey().by_identity(e.repeat);
  const engine::Session& session = interview_->session();
  NodeId parent = e.parent.empty() ? 0 : find_address(session, e.parent);
  if (repeat == definition::no_node || parent == engine::no_id) return;
  if (auto done = interview_->add_instance(parent, repeat); !done) return say(done.error());
  // On to its first question, in the table to its first cell; where it has none yet, nothing moves.
  std::vector<NodeId> all = session.instances(parent, repeat);
  NodeId first = all.empty() ? engine::no_id : first_question(session, all.back());
  lay_pages();
  const Page& there = pages_[page_of_repeat(repeat, parent)];
  if (there.repeat == repeat && !there.columns.empty())
    for (NodeId cell : there.questions)
      if (row_of(session, cell, repeat) == all.back()) {
        first = cell;
        break;
      }
  first == engine::no_id ? show_interview() : go_to(first);
}

void OpenDesk::on(const RemoveInstance& e) {
  if (!interview_) return;
  const engine::Session& session = interview_->session();
  NodeId node = find_address(session, e.instance);
  if (node == engine::no_id) return;
  definition::NodeIndex repeat = session.definition_of(node);
  NodeId parent = session.parent(node);
  auto place = static_cast<size_t>(session.position(node)) - 1;
  base::Status done;
  readdress([&] { done = interview_->remove_instance(node); });
  if (!done) return say(done.error());
  lay_pages();
  page_ = page_of_repeat(repeat, parent);
  // In the table the keyboard stays in the row that stands there now.
  std::vector<NodeId> left = session.instances(parent, repeat);
  if (focus_.empty() && !left.empty() && !pages_.empty())
    for (NodeId cell : pages_[page_].questions)
      if (focus_.empty() && row_of(session, cell, repeat) == left[std::min(place, left.size() - 1)])
        focus_ = address_of(session, cell);
  show_interview();
  say(strings_.tr("repeat.removed.notice"));
}

void OpenDesk::on(const MoveInstance& e) {
  if (!interview_) return;
  const engine::Session& session = interview_->session();
  NodeId node = find_address(session, e.instance);
  if (node == engine::no_id) return;
  auto count = static_cast<long>(session.instances(session.parent(node), session.definition_of(node)).size());
  long from = session.position(node) - 1;
  long to = std::clamp<long>(from + e.by, 0, count - 1);
  if (to == from) return;
  base::Status done;
  readdress([&] { done = interview_->move_instance(node, static_cast<size_t>(to)); });
  if (!done) return say(done.error());
  lay_pages();
  if (!focus_.empty()) page_ = page_with(pages_, find_address(session, focus_));  // one stays with the question
  show_interview();
}

// An answer may have opened the next cell: which one it is is known only now.
void OpenDesk::on(const NextCell& e) {
  if (!interview_ || pages_.empty()) return;
  const Page& page = pages_[page_];
  NodeId node = find_address(interview_->session(), e.question);
  auto at = std::find(page.questions.begin(), page.questions.end(), node);
  if (page.columns.empty() || at == page.questions.end()) return;
  if (++at != page.questions.end()) {
    focus_ = address_of(interview_->session(), *at);
    return show_interview();
  }
  if (!interview_->session().may_add(page.group, page.repeat)) return on(NextPage{});
  past_last_ = true;
  show_interview();
  past_last_ = false;
}

// Where one is stays: the same question, in its cell or on its page.
void OpenDesk::on(const TabulateRepeats& e) {
  preferences_.tables = e.on;
  keep_preferences();
  if (!interview_ || pages_.empty()) return;
  Page was = pages_[page_];
  NodeId here = focus_.empty() ? engine::no_id : find_address(interview_->session(), focus_);
  if (here != engine::no_id && !was.questions.empty()) return go_to(here);
  lay_pages();
  page_ = page_of_repeat(was.repeat, was.group);
  if (page_ >= pages_.size()) page_ = 0;
  arrive();
}

void OpenDesk::on(const CopyInstance& e) {
  if (!interview_) return;
  NodeId node = find_address(interview_->session(), e.instance);
  if (node == engine::no_id) return;
  auto made = interview_->copy_instance(node);
  if (!made) return say(made.error());
  NodeId first = first_question(interview_->session(), *made);
  first == engine::no_id ? show_interview() : go_to(first);
  say(strings_.tr("repeat.copied.notice"));
}

// The last change, whatever it was; one is led to where it was.
void OpenDesk::on(const Undo&) {
  if (!interview_ || interview_->is_correction()) return;
  auto done = interview_->undo();
  if (!done) return say(done.error());
  if (*done) {
    problems_.clear();
    typed_.clear();
    warned_.clear();
    NodeId place = interview_->place();
    bool is_question = place != 0 && is_shown(interview_->session(), place);
    go_to(is_question ? place : next_question(interview_->session(), 0));
  }
  say(strings_.tr(*done ? Key("undo.done.notice") : Key("undo.nothing.notice")));
}

}  // namespace app
