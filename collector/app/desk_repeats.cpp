// The desk's verbs on instances of a repeat, and the page that asks for another.
#include "collector/app/desk_state.h"
#include "collector/app/walk.h"

namespace app {

using engine::NodeId;

// The page that asks for another instance of a repeat.
void OpenDesk::show_repeat(InterviewView& view, const Page& page) {
  const engine::Session& session = interview_->session();
  const definition::Survey& survey = interview_->survey();
  const definition::Node& repeat = survey.nodes[page.repeat];
  RepeatView more;
  more.id = repeat.identity;
  more.parent = page.group == 0 ? "" : address_of(session, page.group);
  more.label = session.text(repeat.label, page.group, language_);
  if (more.label.empty()) more.label = repeat.name;
  for (NodeId instance : session.instances(page.group, page.repeat)) {
    std::string said;
    for (NodeId q = first_question(session, instance); said.empty() && q != engine::no_id;
         q = next_question(session, q)) {
      NodeId around = q;
      while (around != 0 && around != engine::no_id && around != instance) around = session.parent(around);
      if (around != instance) break;
      said = question_view(session, q, language_, -1).shown;
    }
    more.instances.push_back({address_of(session, instance), said});
  }
  view.section = more.label;
  view.repeat = std::move(more);
}

void OpenDesk::on(const AddInstance& e) {
  if (!interview_) return;
  definition::NodeIndex repeat = interview_->survey().by_identity(e.repeat);
  NodeId parent = e.parent.empty() ? 0 : find_address(interview_->session(), e.parent);
  if (repeat == definition::no_node || parent == engine::no_id) return;
  if (auto done = interview_->add_instance(parent, repeat); !done) return say(done.error());
  // On to its first question; where it has none yet, nothing moves.
  std::vector<NodeId> all = interview_->session().instances(parent, repeat);
  NodeId first = all.empty() ? engine::no_id : first_question(interview_->session(), all.back());
  first == engine::no_id ? show_interview() : go_to(first);
}

void OpenDesk::on(const RemoveInstance& e) {
  if (!interview_) return;
  NodeId node = find_address(interview_->session(), e.instance);
  if (node == engine::no_id) return;
  definition::NodeIndex repeat = interview_->session().definition_of(node);
  NodeId parent = interview_->session().parent(node);
  if (auto done = interview_->remove_instance(node); !done) return say(done.error());
  problems_.clear();
  typed_.clear();
  pages_ = pages_now();
  for (size_t i = 0; i < pages_.size(); ++i)
    if (pages_[i].repeat == repeat && pages_[i].group == parent) page_ = i;
  show_interview();
  say(strings_.tr("repeat.removed.notice"));
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
