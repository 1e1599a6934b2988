#include <algorithm>

#include <nlohmann/json.hpp>

#include "collector/command/command.h"
#include "forms/base/utf8.h"

namespace command {
namespace {

std::string_view hint_for(base::Fault fault) {
  switch (fault) {
    case base::Fault::invalid:
      return "mend what is named above and try again; nothing was changed";
    case base::Fault::corrupt:
      return "ask for the file again; what was damaged is left as it is, nothing was taken in";
    case base::Fault::locked:
      return "check the passphrase or the permissions; nothing was changed";
    case base::Fault::unsupported:
      return "the file is untouched; the line above says what can be done with it";
    case base::Fault::missing:
      return "check the name; rihla --help lists what each command wants";
    case base::Fault::conflict:
      return "something of that name is there or in use; nothing was overwritten";
    case base::Fault::full:
      return "make room, then run the same command again";
    case base::Fault::offline:
      return "nothing is lost: run the same command again when the place can be reached";
    case base::Fault::cancelled:
      return "nothing was changed";
  }
  return "";
}

}  // namespace

int exit_code(base::Fault fault) {
  return 10 + static_cast<int>(fault);
}

int Terminal::fail(const base::Error& error, std::string_view hint) {
  if (hint.empty()) hint = hint_for(error.fault);
  err << "rihla: error: " << (error.where.empty() ? "" : error.where + ": ") << error.detail << "\n";
  err << "rihla: hint: " << hint << "\n";
  if (json)
    out << nlohmann::ordered_json{{"error",
                                   {{"code", exit_code(error.fault)},
                                    {"where", error.where},
                                    {"detail", error.detail},
                                    {"hint", hint}}}}
               .dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace)
        << "\n";
  return exit_code(error.fault);
}

void Terminal::hint(const std::string& text) {
  err << "rihla: hint: " << text << "\n";
}

void Terminal::table(const std::vector<std::vector<std::string>>& rows) {
  std::vector<size_t> widths;
  for (const auto& row : rows)
    for (size_t c = 0; c < row.size(); ++c) {
      if (c >= widths.size()) widths.push_back(0);
      widths[c] = std::max(widths[c], base::length(row[c]));
    }
  for (size_t r = 0; r < rows.size(); ++r) {
    std::string line;
    for (size_t c = 0; c < rows[r].size(); ++c) {
      line += rows[r][c];
      if (c + 1 < rows[r].size()) line += std::string(widths[c] - base::length(rows[r][c]) + 2, ' ');
    }
    out << line << "\n";
    if (r != 0) continue;
    std::string rule;
    for (size_t c = 0; c < widths.size(); ++c)
      rule += std::string(widths[c], '-') + (c + 1 < widths.size() ? "  " : "");
    out << rule << "\n";
  }
}

}  // namespace command
