// Lints: what a form that opens may still do wrong in the field, with its place.
//
//   for (const Diagnostic& d : lint(*read.survey)) print(describe(d));
//
// A lint is one small function and one row of the table; severity is note or warning, never error: the form opens.
// Cost: linear in the form and its expressions.
#pragma once

#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "forms/definition/survey.h"

namespace definition {

struct LintReport {
  Severity severity = Severity::note;
  std::string_view code;
  std::vector<Diagnostic>& out;
  void say(const Place& place, std::string text) {
    out.push_back({severity, place, std::string(code), std::move(text)});
  }
};

struct Lint {
  std::string_view code;
  Severity severity = Severity::note;
  std::string_view looks_for;  // English, a phrase
  void (*look)(const Survey& survey, LintReport& report) = nullptr;
};

std::span<const Lint> lints();
std::vector<Diagnostic> lint(const Survey& survey);

}  // namespace definition
