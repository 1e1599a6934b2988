// Course: the pages and sections of an interview, kept while nothing changes them.
//
//   if (course.is_stale(session, wish, interview.take_touched())) pages = course.lay(session, wish);
//   view.outline = course.outline(session, first_on(pages, page), language);
//
// Turning a page costs the page and a line a section; an answer costs what it changed. All is laid anew only when
// a question appears or disappears, an instance comes or goes, or something else is wished for.
#pragma once

#include <map>

#include "collector/app/pages.h"

namespace app {

struct Touched {  // what an interview changed since it was last asked
  bool shape = true;  // instances, or all of it: everything is looked at anew
  std::vector<engine::NodeId> nodes = {};
};

class Course {
 public:
  bool is_stale(const engine::Session& session, const PageWish& wish, const Touched& touched);
  std::vector<Page> lay(const engine::Session& session, const PageWish& wish);
  std::vector<SectionView> outline(const engine::Session& session, engine::NodeId current, int language);
  definition::NodeIndex background_audio() const { return background_audio_; }  // no_node: the form has none

 private:
  struct Part {  // what a question adds to its section
    size_t section = 0;
    bool asked = false, answered = false, problem = false;
  };
  struct Section {
    engine::NodeId group = 0, first = 0;
    int total = 0, answered = 0, problems = 0;
    std::string label = {};
  };
  void count(const engine::Session& session, engine::NodeId node, Part& part);
  void uncount(const Part& part);

  bool laid_ = false;
  const definition::Survey* survey_ = nullptr;
  Turning turning_ = Turning::question;
  bool may_add_ = false, tables_ = false;
  std::vector<bool> relevant_;  // by node, as it was laid
  std::vector<std::pair<std::pair<engine::NodeId, definition::NodeIndex>, bool>> repeats_;  // might one be added?
  std::map<engine::NodeId, Part> parts_;
  std::vector<engine::NodeId> bound_;  // questions whose rule looks at other answers
  std::vector<Section> sections_;
  int language_ = -1;  // of the labels; -1: to be read anew
  definition::NodeIndex background_audio_ = definition::no_node;
};

}  // namespace app
