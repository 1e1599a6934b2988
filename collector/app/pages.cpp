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
NodeId page_group(const engine::Session& session, NodeId node, Turning turning) {
  NodeId found = engine::no_id;
  for (NodeId at = session.parent(node); at != engine::no_id && at != 0; at = session.parent(at)) {
    const std::string& appearance = node_of(session, at).appearance;
    if (appearance.find("field-list") != std::string::npos ||
        appearance.find("table-list") != std::string::npos)
      found = at;
  }
  if (found == engine::no_id && turning == Turning::group) found = session.parent(node);
  return found;
}

class Turner {
 public:
  Turner(const engine::Session& session, const PageWish& wish) : session_(session), wish_(wish) {}

  std::vector<Page> pages() && {
    walk(0);
    return std::move(pages_);
  }

 private:
  // Children stand in document order: those of each definition in turn, none where a repeat is empty.
  void walk(NodeId node) {
    std::vector<NodeId> children = session_.children(node);
    auto at = children.begin();
    for (definition::NodeIndex child : node_of(session_, node).children) {
      for (; at != children.end() && session_.definition_of(*at) == child; ++at) {
        if (!session_.relevant(*at)) continue;
        if (node_of(session_, *at).kind != definition::NodeKind::question)
          walk(*at);
        else if (is_shown(session_, *at))
          turn_to(*at);
      }
      if (wish_.may_add && session_.survey().nodes[child].kind == definition::NodeKind::repeat &&
          session_.may_add(node, child))
        pages_.push_back({.group = node, .repeat = child});
    }
  }

  void turn_to(NodeId node) {
    definition::NodeIndex index = session_.definition_of(node);
    int run = wish_.consent ? wish_.consent->run(index) : -1;
    NodeId group = page_group(session_, node, wish_.turning);
    bool grid = group != engine::no_id &&
                node_of(session_, group).appearance.find("table-list") != std::string::npos;
    bool same = false;
    if (!pages_.empty() && pages_.back().repeat == definition::no_node) {
      const Page& last = pages_.back();
      if (run >= 0 || last.run >= 0)
        same = run == last.run;
      else if (wish_.turning == Turning::all)
        same = !grid && !last.grid;
      same = same || (run < 0 && last.run < 0 && group != engine::no_id && last.group == group);
    }
    if (!same) {
      Page page;
      // Alone it is a group of its own: nobody joins it.
      page.group = group == engine::no_id ? node : group;
      page.grid = grid && run < 0;
      page.run = run;
      if (run >= 0) page.consent = wish_.consent->step(index);
      pages_.push_back(std::move(page));
    }
    pages_.back().questions.push_back(node);
  }

  const engine::Session& session_;
  const PageWish& wish_;
  std::vector<Page> pages_;
};

}  // namespace

std::vector<Page> pages_of(const engine::Session& session, const PageWish& wish) {
  return Turner(session, wish).pages();
}

NodeId first_on(const std::vector<Page>& pages, size_t page) {
  if (page >= pages.size()) return engine::no_id;
  if (!pages[page].questions.empty()) return pages[page].questions.front();
  while (page > 0)
    if (!pages[--page].questions.empty()) return pages[page].questions.back();
  return engine::no_id;
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
      view.label =
          section == 0 ? session.survey().title_in(language) : session.text(group.label, section, language);
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
