// Pages: an interview as it is turned, and the outline beside it, as both stand now.
//
//   std::vector<Page> pages = pages_of(session, true);
//
// One question a page; a group marked field-list or table-list is one page; with `one_per_page` off, every
// group is. After the last instance of a repeat that people add to stands a page that asks for another. The
// outline has a line a section: the groups people think in, not every nesting. Cost: the form's size.
#pragma once

#include "collector/app/views.h"
#include "forms/engine/session.h"

namespace app {

struct Page {
  std::vector<engine::NodeId> questions;
  engine::NodeId group = 0;  // that the page belongs to
  bool grid = false;
  // Another instance? `questions` is empty then, and `group` is what the repeat stands in.
  definition::NodeIndex repeat = definition::no_node;
};

std::vector<Page> pages_of(const engine::Session& session, bool one_per_page, bool may_add = true);
engine::NodeId first_on(const std::vector<Page>& pages,
                        size_t page);  // or, where it asks for another, before it
size_t page_with(const std::vector<Page>& pages, engine::NodeId node);  // 0 when none has it
engine::NodeId section_of(const engine::Session& session, engine::NodeId node);
std::vector<SectionView> outline_of(const engine::Session& session, engine::NodeId current, int language);

}  // namespace app
