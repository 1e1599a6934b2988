#include "collector/app/course.h"

#include "collector/app/terminal_interview.h"
#include "collector/app/walk.h"

namespace app {

using engine::NodeId;

void Course::uncount(const Part& part) {
  Section& section = sections_[part.section];
  section.total -= part.asked;
  section.answered -= part.answered;
  section.problems -= part.problem;
}

void Course::count(const engine::Session& session, NodeId node, Part& part) {
  part.asked = is_answerable(session, node);
  part.answered = part.asked && !session.value(node).empty();
  part.problem = part.asked && session.judge(node) == engine::Judgement::constraint_failed;
  Section& section = sections_[part.section];
  section.total += part.asked;
  section.answered += part.answered;
  section.problems += part.problem;
}

bool Course::is_stale(const engine::Session& session, const PageWish& wish, const Touched& touched) {
  if (!laid_ || survey_ != &session.survey() || touched.shape || turning_ != wish.turning ||
      may_add_ != wish.may_add || tables_ != wish.tables)
    return true;
  if (touched.nodes.empty()) return false;
  for (NodeId node : touched.nodes)
    if (node >= relevant_.size() || session.relevant(node) != relevant_[node]) return true;
  for (const auto& [place, could] : repeats_)
    if (session.may_add(place.first, place.second) != could) return true;
  auto again = [&](NodeId node) {
    auto part = parts_.find(node);
    if (part == parts_.end()) return;
    uncount(part->second);
    count(session, node, part->second);
  };
  for (NodeId node : touched.nodes) again(node);
  for (NodeId node : bound_) again(node);
  language_ = -1;
  return false;
}

std::vector<Page> Course::lay(const engine::Session& session, const PageWish& wish) {
  const definition::Survey& survey = session.survey();
  if (survey_ != &survey) {
    background_audio_ = definition::no_node;
    for (definition::NodeIndex i = 0; i < survey.nodes.size(); ++i)
      if (const auto* type = survey.nodes[i].type; type && type->words.front() == "background-audio")
        background_audio_ = i;
  }
  survey_ = &survey;
  turning_ = wish.turning;
  may_add_ = wish.may_add;
  tables_ = wish.tables;
  laid_ = true;
  language_ = -1;
  relevant_.clear();
  repeats_.clear();
  parts_.clear();
  bound_.clear();
  sections_.clear();
  std::map<NodeId, size_t> section_at;
  std::vector<NodeId> open = {0};
  while (!open.empty()) {
    NodeId node = open.back();
    open.pop_back();
    if (node >= relevant_.size()) relevant_.resize(node + 1, false);
    relevant_[node] = session.relevant(node);
    const definition::Node& definition = survey.nodes[session.definition_of(node)];
    if (relevant_[node] && is_shown(session, node)) {
      NodeId group = section_of(session, node);
      auto [at, fresh] = section_at.try_emplace(group, sections_.size());
      if (fresh) sections_.push_back({group, node});
      Part part{at->second};
      count(session, node, part);
      parts_[node] = part;
      const std::string& rule = definition.constraint.source;
      if (rule.find("${") != std::string::npos || rule.find('/') != std::string::npos) bound_.push_back(node);
    }
    for (definition::NodeIndex child : definition.children)
      if (survey.nodes[child].kind == definition::NodeKind::repeat)
        repeats_.push_back({{node, child}, session.may_add(node, child)});
    std::vector<NodeId> below = session.children(node);
    open.insert(open.end(), below.rbegin(), below.rend());
  }
  return pages_of(session, wish);
}

std::vector<SectionView> Course::outline(const engine::Session& session, NodeId current, int language) {
  const definition::Survey& survey = session.survey();
  NodeId here = current == engine::no_id ? 0 : section_of(session, current);
  if (language_ != language)
    for (Section& section : sections_) {
      const definition::Node& group = survey.nodes[session.definition_of(section.group)];
      section.label = section.group == 0 ? survey.title_in(language) : session.text(group.label, section.group, language);
      if (section.label.empty()) section.label = group.name;
      // Of several that are alike: which.
      if (group.kind == definition::NodeKind::repeat)
        section.label += " " + std::to_string(session.position(section.group));
    }
  language_ = language;
  std::vector<SectionView> out;
  for (const Section& section : sections_) {
    SectionView view;
    view.id = address_of(session, section.first);
    view.label = section.label;
    view.answered = section.answered;
    view.total = section.total;
    view.current = section.group == here;
    view.state = section.problems                      ? SectionState::problem
                 : section.answered == section.total ? (section.total ? SectionState::done : SectionState::untouched)
                 : section.answered                  ? SectionState::partial
                                                     : SectionState::untouched;
    out.push_back(std::move(view));
  }
  return out;
}

}  // namespace app
