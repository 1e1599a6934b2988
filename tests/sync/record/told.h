// told(records): a dataset as text, to be compared and to be read where two differ.
#pragma once

#include <set>
#include <sstream>

#include "sync/record/view.h"

namespace support {

using namespace record;

// What can be compared of a dataset: everything but revision ids inside settled repeats, times and origins.
inline std::string told(const std::vector<RecordView>& records) {
  std::ostringstream out;
  for (const RecordView& r : records) {
    out << r.id.hex().substr(0, 4) << " founder " << r.founder.hex().substr(0, 6)
        << (r.incomplete ? " incomplete" : "") << " heads";
    for (const RevisionId& h : r.heads) out << ' ' << h.hex().substr(0, 6);
    out << '\n';
    for (const Cell& c : r.cells) {
      out << "  " << c.key.question;
      for (const auto& i : c.key.instances) out << '[' << i.hex().substr(0, 2) << ']';
      out << " = " << int(c.shown.tag) << ':' << display(c.shown).substr(0, 40)
          << (c.conflict ? " CONFLICT" : "") << (c.inherited ? " inherited" : "");
      std::set<std::string> sides;
      bool whole = c.key.instances.empty() || !c.conflict;
      for (const Candidate& one : c.candidates)
        sides.insert(std::to_string(int(one.value.tag)) + ":" + display(one.value).substr(0, 40) +
                     (whole ? " by " + one.revision.hex().substr(0, 6) : "") +
                     (one.entitled ? "" : " (listed)"));
      for (const std::string& side : sides) out << " | " << side;
      out << '\n';
    }
  }
  return out.str();
}

}  // namespace support
