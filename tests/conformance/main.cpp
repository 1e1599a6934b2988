// conform {xpath|xlsform|scenario}: cases from standard input, answers to standard output, a line each, in order.
#include <cstdio>
#include <iostream>
#include <string>

#include "tests/conformance/conform.h"

int main(int argc, char** argv) {
  std::string kind = argc == 2 ? argv[1] : "";
  conform::Json (*answer)(const conform::Json&) = kind == "xpath"      ? conform::xpath
                                                  : kind == "xlsform"  ? conform::xlsform
                                                  : kind == "scenario" ? conform::scenario
                                                                       : nullptr;
  if (!answer) {
    std::fputs("usage: conform {xpath|xlsform|scenario}, cases as JSON lines on standard input\n", stderr);
    return 2;
  }
  std::ios::sync_with_stdio(false);
  std::string line;
  while (std::getline(std::cin, line)) {
    if (line.empty()) continue;
    conform::Json asked = conform::Json::parse(line, nullptr, false);
    conform::Json out;
    out["id"] = asked.is_object() && asked.contains("id") ? asked["id"] : conform::Json();
    conform::Json said;
    if (asked.is_object())
      said = answer(asked);
    else
      said["error"] = "this line is no JSON object";
    for (auto& [key, value] : said.items()) out[key] = value;
    std::cout << out.dump(-1, ' ', false, conform::Json::error_handler_t::replace) << "\n";
  }
  std::cout.flush();
}
