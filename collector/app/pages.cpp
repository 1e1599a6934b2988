#include "collector/app/pages.h"

#include <algorithm>
#include <set>

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

constexpr size_t most_rows = 200;     // a longer table would be slow to look at; pages hold however many
constexpr size_t most_choices = 20;  // of a question in a cell

bool fits_a_cell(const definition::Survey& survey, const definition::Node& node) {
  if (!node.type || !node.type->control || !node.type->not_yet.empty()) return false;
  definition::Control c = node.type->control(node);
  switch (c.kind) {
    case definition::ControlKind::text_entry:
      return !c.multiline && !c.masked && !c.url;
    case definition::ControlKind::number_entry:
    case definition::ControlKind::date_entry:
      return true;
    case definition::ControlKind::choice_one:
      if (node.roster != definition::no_node) return true;
      return node.list >= 0 && survey.lists[static_cast<size_t>(node.list)].size() <= most_choices &&
             c.look != definition::ChoiceLook::heading && c.look != definition::ChoiceLook::cells;
    default:
      return false;
  }
}

// Every question below a definition, repeats inside and grids left out, in document order.
void questions_below(const definition::Survey& survey, definition::NodeIndex at,
                     std::vector<definition::NodeIndex>& out) {
  for (definition::NodeIndex child : survey.nodes[at].children) {
    const definition::Node& node = survey.nodes[child];
    if (node.kind == definition::NodeKind::question) out.push_back(child);
    if (node.kind == definition::NodeKind::group && node.appearance.find("table-list") == std::string::npos)
      questions_below(survey, child, out);
  }
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
      bool table = wish_.tables && session_.survey().nodes[child].kind == definition::NodeKind::repeat &&
                   tabulate(node, child);
      for (; at != children.end() && session_.definition_of(*at) == child; ++at) {
        if (!session_.relevant(*at)) continue;
        if (node_of(session_, *at).kind != definition::NodeKind::question)
          walk(*at);
        else if (is_shown(session_, *at) && in_tables_.count(child) == 0)
          turn_to(*at);
      }
      if (!table && wish_.may_add && session_.survey().nodes[child].kind == definition::NodeKind::repeat &&
          session_.may_add(node, child))
        pages_.push_back({.group = node, .repeat = child});
    }
  }

  // One page for all instances; what has no room in a cell keeps its own pages after it.
  bool tabulate(NodeId parent, definition::NodeIndex repeat) {
    const definition::Survey& survey = session_.survey();
    std::vector<NodeId> rows = session_.instances(parent, repeat);
    std::vector<definition::NodeIndex> columns = columns_of(survey, repeat);
    if (columns.empty() || rows.empty() || rows.size() > most_rows) return false;
    Page page{.group = parent, .repeat = repeat, .columns = columns};
    for (NodeId row : rows) add_cells(row, columns, page.questions);
    if (page.questions.empty()) return false;
    std::vector<definition::NodeIndex> all;
    questions_below(survey, repeat, all);
    std::vector<definition::NodeIndex> notes;
    size_t asked = 0;
    for (definition::NodeIndex q : all) {
      const definition::Node& one = survey.nodes[q];
      definition::ControlKind kind = one.type && one.type->control ? one.type->control(one).kind
                                                                   : definition::ControlKind::hidden;
      if (kind == definition::ControlKind::note) notes.push_back(q);
      asked += kind != definition::ControlKind::note && kind != definition::ControlKind::hidden;
    }
    in_tables_.insert(columns.begin(), columns.end());
    if (asked == columns.size()) in_tables_.insert(notes.begin(), notes.end());  // nothing is left to read them with
    pages_.push_back(std::move(page));
    return true;
  }

  void add_cells(NodeId inside, const std::vector<definition::NodeIndex>& columns, std::vector<NodeId>& cells) {
    if (!session_.relevant(inside)) return;
    for (NodeId child : session_.children(inside)) {
      definition::NodeIndex index = session_.definition_of(child);
      if (std::find(columns.begin(), columns.end(), index) != columns.end()) {
        if (session_.relevant(child)) cells.push_back(child);
      } else if (node_of(session_, child).kind == definition::NodeKind::group) {
        add_cells(child, columns, cells);
      }
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
  std::set<definition::NodeIndex> in_tables_;  // questions that stand in a table
};

}  // namespace

std::vector<definition::NodeIndex> columns_of(const definition::Survey& survey, definition::NodeIndex repeat) {
  std::vector<definition::NodeIndex> out;
  questions_below(survey, repeat, out);
  std::erase_if(out, [&](definition::NodeIndex q) { return !fits_a_cell(survey, survey.nodes[q]); });
  return out;
}

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

}  // namespace app
