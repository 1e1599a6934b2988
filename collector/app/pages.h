// Pages: an interview as it is turned, and the outline beside it, as both stand now.
//
//   ConsentPlan plan(session.survey());
//   std::vector<Page> pages = pages_of(session, {.turning = Turning::question, .consent = &plan});
//
// One question a page, or one group, or all of them on one; a group marked field-list or table-list is one page
// whatever is chosen, and so is each step of consent. After the last instance of a repeat that people add to
// stands a page that asks for another. The outline has a line a section: the groups people think in, not every
// nesting. Cost: the form's size.
#pragma once

#include "collector/app/consent.h"
#include "collector/app/views.h"
#include "forms/engine/session.h"

namespace app {

struct Page {
  std::vector<engine::NodeId> questions = {};
  engine::NodeId group = 0;  // that the page belongs to
  bool grid = false;
  // Another instance? `questions` is empty then, and `group` is what the repeat stands in.
  definition::NodeIndex repeat = definition::no_node;
  std::vector<definition::NodeIndex> columns = {};  // a repeat as a table: `questions` are its cells, row by row
  ConsentStep consent = ConsentStep::none;
  int run = -1;  // of ConsentPlan, on a page of consent
};

struct PageWish {
  Turning turning = Turning::question;
  bool may_add = true;                   // pages that ask for another instance
  bool tables = false;                   // a repeat's simple questions stand in a table of its instances
  const ConsentPlan* consent = nullptr;  // borrowed; null: consent is asked like everything else
};
std::vector<Page> pages_of(const engine::Session& session, const PageWish& wish);
engine::NodeId first_on(const std::vector<Page>& pages,
                        size_t page);  // or, where it asks for another, before it
size_t page_with(const std::vector<Page>& pages, engine::NodeId node);  // 0 when none has it
// The questions of a repeat that have room in a cell: short texts, numbers, dates, one of a few choices.
std::vector<definition::NodeIndex> columns_of(const definition::Survey& survey, definition::NodeIndex repeat);
engine::NodeId section_of(const engine::Session& session, engine::NodeId node);

}  // namespace app
