#include "collector/app/pages.h"

#include <algorithm>

#include "collector/app/terminal_interview.h"
#include "collector/app/walk.h"

namespace app {

using engine::NodeId;

namespace {

const definition::Node& node_of(const engine::Session& session, NodeId node) {
  return session.survey().nodes[session.definition_of(node)];
}

// The outermost group around the question that is shown as one page.
NodeId page_group(const engine::Session& session, NodeId node, bool one_per_page) {
  NodeId found = engine::no_id;
  for (NodeId at = session.parent(node); at != engine::no_id && at != 0; at = session.parent(at)) {
    const std::string& appearance = node_of(session, at).appearance;
    if (appearance.find("field-list") != std::string::npos ||
        appearance.find("table-list") != std::string::npos)
      found = at;
  }
  if (found == engine::no_id && !one_per_page) found = session.parent(node);
  return found;
}

}  // namespace

std::vector<Page> pages_of(const engine::Session& session, bool one_per_page) {
  std::vector<Page> out;
  for (NodeId node = next_question(session, 0); node != engine::no_id; node = next_question(session, node)) {
    NodeId group = page_group(session, node, one_per_page);
    bool same = group != engine::no_id && !out.empty() && out.back().group == group;
    if (!same)
      out.push_back({{},
                     group == engine::no_id ? session.parent(node) : group,
                     group != engine::no_id &&
                         node_of(session, group).appearance.find("table-list") != std::string::npos});
    if (group == engine::no_id) out.back().group = node;  // alone: nobody joins it
    out.back().questions.push_back(node);
  }
  return out;
}

size_t page_with(const std::vector<Page>& pages, NodeId node) {
  for (size_t i = 0; i < pages.size(); ++i)
    if (std::find(pages[i].questions.begin(), pages[i].questions.end(), node) != pages[i].questions.end())
      return i;
  return 0;
}

NodeId section_of(const engine::Session& session, NodeId node) {
  std::vector<NodeId> groups;  // outermost first
  for (NodeId at = session.parent(node); at != engine::no_id && at != 0; at = session.parent(at))
    groups.insert(groups.begin(), at);
  if (groups.empty()) return 0;
  bool second = groups.size() > 1 &&
                node_of(session, groups[1]).appearance.find("table-list") == std::string::npos &&
                node_of(session, groups[1]).kind == definition::NodeKind::group;
  return second ? groups[1] : groups[0];
}

std::vector<SectionView> outline_of(const engine::Session& session, NodeId current, int language) {
  std::vector<SectionView> out;
  std::vector<NodeId> sections;
  NodeId here = current == engine::no_id ? 0 : section_of(session, current);
  for (NodeId node = next_question(session, 0); node != engine::no_id; node = next_question(session, node)) {
    NodeId section = section_of(session, node);
    auto at = std::find(sections.begin(), sections.end(), section);
    if (at == sections.end()) {
      sections.push_back(section);
      SectionView view;
      view.id = address_of(session, node);  // its first question
      const definition::Node& group = node_of(session, section);
      view.label = section == 0 ? session.survey().title : session.text(group.label, section, language);
      if (view.label.empty()) view.label = group.name;
      view.current = section == here;
      out.push_back(std::move(view));
      at = sections.end() - 1;
    }
    if (!is_answerable(session, node)) continue;
    SectionView& view = out[static_cast<size_t>(at - sections.begin())];
    ++view.total;
    if (!session.value(node).empty()) ++view.answered;
    if (session.judge(node) == engine::Judgement::constraint_failed) view.state = SectionState::problem;
  }
  for (SectionView& view : out) {
    if (view.state == SectionState::problem) continue;
    view.state = view.answered == view.total ? (view.total ? SectionState::done : SectionState::untouched)
                 : view.answered             ? SectionState::partial
                                             : SectionState::untouched;
  }
  return out;
}

}  // namespace app
