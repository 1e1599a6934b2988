// Functions on selects and on choosing: lists are words separated by white space.
#include <algorithm>
#include <cmath>

#include "forms/language/function.h"

namespace language {
namespace {

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// The next word of a list, from `at` on; false at its end.
bool next_word(Str list, size_t& at, Str& word) {
  while (at < list.size() && is_space(list[at])) ++at;
  size_t from = at;
  while (at < list.size() && !is_space(list[at])) ++at;
  word = list.substr(from, at - from);
  return !word.empty();
}

bool selected(const Call& call) {
  Str list = call.text(0);
  size_t at = 0;
  Str wanted;
  if (!next_word(call.text(1), at, wanted)) {
    Str word;
    at = 0;
    return !next_word(list, at, word);
  }
  Str word;
  for (at = 0; next_word(list, at, word);)
    if (word == wanted) return true;
  return false;
}

Str selected_at(const Call& call) {
  Str list = call.text(0);
  double wanted = call.number(1);
  if (!(wanted >= 0)) return {};
  Str word;
  size_t at = 0;
  for (double i = 0; next_word(list, at, word); ++i)
    if (i == std::floor(wanted)) return word;
  return {};
}

double count_selected(const Call& call) {
  Str list = call.text(0);
  Str word;
  size_t at = 0;
  double n = 0;
  while (next_word(list, at, word)) ++n;
  return n;
}

bool holds(const Dyn& v, const Call& call) {
  if (v.type == Type::number) return v.number > 0;
  if (v.type == Type::nodes) return !call.evaluator.text_of(v).empty();
  return call.evaluator.truth_of(v);
}

bool within(double held, const Call& call) {
  double least = call.number(0);
  double most = call.number(1);
  return (least < 0 || held >= least) && (most < 0 || held <= most);
}

// checklist(min, max, v…): how many hold is within bounds; -1 is no bound.
bool checklist(const Call& call) {
  double held = 0;
  spread(call, 2, [&](const Dyn& v) { held += holds(v, call) ? 1 : 0; });
  return within(held, call);
}

// (v, w)…: the weights of those that hold. Two node sets are taken in pairs, one of each.
bool weighted_checklist(const Call& call) {
  double held = 0;
  for (size_t i = 2; i + 1 < call.count(); i += 2) {
    Dyn values = call.any(i);
    Dyn weights = call.any(i + 1);
    if (values.type == Type::nodes && weights.type == Type::nodes) {
      Nodes& a = **values.nodes;
      Nodes& b = **weights.nodes;
      for (size_t n = 0; n < a.size() && n < b.size(); ++n)
        if (!call.evaluator.text_of(a[n]).empty())
          if (double w = call.evaluator.number_of(b[n]); !std::isnan(w)) held += w;
    } else if (holds(values, call)) {
      held += call.evaluator.number_of(weights);
    }
  }
  return within(held, call);
}

Dyn if_(const Call& call) {
  return call.any(call.truth(0) ? 1 : 2);
}

// The first that is not blank; NaN is blank.
Dyn coalesce(const Call& call) {
  for (size_t i = 0; i < call.count(); ++i) {
    Dyn v = call.any(i);
    bool blank = v.type == Type::number ? std::isnan(v.number) : call.evaluator.text_of(v).empty();
    if (!blank) return v;
  }
  return Dyn::of(Str());
}

// The value the node has already, else the argument.
Dyn once(const Call& call) {
  Str now = call.evaluator.text_of(call.evaluator.current);
  if (!now.empty()) return Dyn::of(now);
  Dyn value = call.any(0);
  return value.type == Type::number && std::isnan(value.number) ? Dyn::of(Str()) : std::move(value);
}

// jr:choice-name(value, '${question}'): the label, in the language of the interview, of the nearest instance.
Str choice_name(const Call& call) {
  Str value = call.text(0);
  if (value.empty() || call.item.target == no_node) return {};
  Ref at = call.here.node.document == 0 ? call.here.node : call.evaluator.current;
  std::string joined = call.world().choice_label(at, call.item.target, value);
  if (!joined.empty()) return call.keep(joined);
  Str word;
  size_t from = 0;
  while (next_word(value, from, word)) {  // a multi-select
    std::string label = call.world().choice_label(at, call.item.target, word);
    joined += (joined.empty() ? "" : ", ") + label;
  }
  return call.keep(joined);
}

Str itext(const Call& call) {
  return call.keep(call.world().itext(call.text(0)));
}

Str property(const Call& call) {
  return call.keep(call.world().property(call.text(0)));
}

Str version(const Call& call) {
  return call.world().form_version;
}

// depend(a, …): JavaRosa's way to name what else must be looked at; its value is the first.
Dyn depend(const Call& call) {
  return call.any(0);
}

constexpr Function table[] = {
    truth_row("selected", 2, 2, selected),
    truth_row("is-selected", 2, 2, selected),
    text_row("selected-at", 2, 2, selected_at),
    number_row("count-selected", 1, 1, count_selected),
    truth_row("checklist", 2, -1, checklist, all_instances),
    truth_row("weighted-checklist", 2, -1, weighted_checklist, all_instances),
    any_row("if", 3, 3, if_),
    any_row("coalesce", 1, -1, coalesce),
    any_row("once", 1, 1, once),
    text_row("jr:choice-name", 2, 2, choice_name, speaks),
    text_row("jr:itext", 1, 1, itext, speaks),
    text_row("property", 1, 1, property),
    text_row("version", 0, 0, version),
    any_row("depend", 1, -1, depend),
};

}  // namespace

std::span<const Function> choice_functions() {
  return table;
}

}  // namespace language
