// A form written as a Markdown table, and an interview over it whose nodes are named by a short path.
//
//   Form form("| survey | type | name | label |\n|  | integer | age | Age |\n");
//   Interview it(form);
//   it.set("person[2]/age", "34");   it.value("adults")  →  "1"
//
// A form may also be given as an XForm: text that begins with "<".
//
// A place is names separated by "/", each with "[n]" for the n-th instance of a repeat (1 when absent);
// groups are named too.
#pragma once

#include <doctest/doctest.h>

#include <charconv>
#include <string>
#include <string_view>
#include <vector>

#include "forms/definition/xform.h"
#include "forms/engine/session.h"
#include "forms/questions/table.h"

namespace support {

inline std::string cell_text(std::string_view raw) {
  size_t first = raw.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return std::string(raw.substr(first, raw.find_last_not_of(' ') - first + 1));
}

// "| survey | type | name |" begins a sheet: the first cell is its name and the others its header.
inline definition::Workbook workbook_from_markdown(std::string_view text) {
  definition::Workbook book{"test", {}};
  while (!text.empty()) {
    size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    std::vector<std::string> cells;
    size_t bar = line.find('|');
    while (bar != std::string_view::npos) {
      size_t next = line.find('|', bar + 1);
      if (next == std::string_view::npos) break;
      cells.push_back(cell_text(line.substr(bar + 1, next - bar - 1)));
      bar = next;
    }
    if (cells.empty()) continue;
    if (!cells.front().empty()) book.sheets.push_back({cells.front(), {}});
    cells.erase(cells.begin());
    if (!book.sheets.empty()) book.sheets.back().rows.push_back(std::move(cells));
  }
  return book;
}

struct Form {
  explicit Form(std::string_view text, const definition::SideFiles& files = {})
      : read(text.starts_with('<')
                 ? definition::read_xform(base::view_of(text), "test.xml", files, questions::table())
                 : definition::read_xlsform(workbook_from_markdown(text), files, questions::table())) {
    std::string errors;
    for (const definition::Diagnostic& d : read.diagnostics)
      if (d.severity == definition::Severity::error) errors += d.text + "\n";
    REQUIRE_MESSAGE(read.survey != nullptr, errors);
  }
  const definition::Survey& survey() const { return *read.survey; }
  definition::ReadSurvey read;
};

class Interview {
 public:
  explicit Interview(const Form& form, uint64_t seed = 1)
      : form_(form), random_(seed), session_(engine::Session::begin(form.survey(), environment())) {}

  engine::Session& session() { return session_; }
  const engine::Session& session() const { return session_; }
  engine::Environment environment(int language = 0) {
    engine::Environment e;
    e.clock = &clock_;
    e.random = &random_;
    e.language = language;
    e.device_id = "device-1";
    e.username = "amal";
    return e;
  }

  // The same interview, continued from what it would save.
  engine::Session resumed() {
    return engine::Session::resume(form_.survey(), environment(), session_.saved_instances(),
                                   session_.saved_values());
  }

  engine::NodeId at(std::string_view place) const {
    engine::NodeId node = 0;
    while (!place.empty()) {
      size_t end = std::min(place.find('/'), place.size());
      std::string_view step = place.substr(0, end);
      place.remove_prefix(std::min(end + 1, place.size()));
      size_t wanted = 1;
      if (size_t bracket = step.find('['); bracket != std::string_view::npos) {
        std::from_chars(step.data() + bracket + 1, step.data() + step.size(), wanted);
        step = step.substr(0, bracket);
      }
      engine::NodeId found = engine::no_id;
      for (engine::NodeId child : session_.children(node))
        if (form_.survey().nodes[session_.definition_of(child)].name == step && --wanted == 0) found = child;
      if (found == engine::no_id) return engine::no_id;
      node = found;
    }
    return node;
  }
  engine::NodeId must(std::string_view place) const {
    engine::NodeId node = at(place);
    REQUIRE_MESSAGE(node != engine::no_id, "no node at " << place);
    return node;
  }

  engine::Change set(std::string_view place, std::string_view text) {
    return session_.set(must(place), text);
  }
  engine::Change add(std::string_view parent, std::string_view repeat) {
    return session_.add(must(parent), form_.survey().by_identity(repeat));
  }
  engine::Change remove(std::string_view place) { return session_.remove(must(place)); }
  // "" for what is hidden, as an expression reads it.
  std::string value(std::string_view place) const {
    engine::NodeId node = must(place);
    return session_.relevant(node) ? std::string(session_.value(node)) : std::string();
  }
  bool relevant(std::string_view place) const { return session_.relevant(must(place)); }
  std::string offered(std::string_view place, int language = 0) const {
    std::string out;
    for (const engine::Offer& offer : session_.offers(must(place), language))
      out += (out.empty() ? "" : " ") + offer.value;
    return out;
  }

 private:
  const Form& form_;
  base::ManualClock clock_{base::Instant{1795514640000}, 60};  // 2026-11-24T11:04+01:00
  base::SeededRandom random_;
  engine::Session session_;
};

}  // namespace support
