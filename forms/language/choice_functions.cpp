// Functions on selects and on choosing: lists are words separated by white space.
#include <algorithm>
#include <cmath>

#include "forms/language/function.h"

namespace language {
namespace {

std::vector<std::string> words(const std::string& text) {
  std::vector<std::string> out;
  std::string word;
  for (char c : text + " ") {
    if (c != ' ' && c != '\t' && c != '\n' && c != '\r') {
      word += c;
    } else if (!word.empty()) {
      out.push_back(std::move(word));
      word.clear();
    }
  }
  return out;
}

Value selected(const Call& call) {
  std::vector<std::string> list = words(call.text(0));
  std::string wanted = call.text(1);
  std::vector<std::string> one = words(wanted);
  if (one.empty()) return Value::of(list.empty());
  return Value::of(std::find(list.begin(), list.end(), one[0]) != list.end());
}

Value selected_at(const Call& call) {
  std::vector<std::string> list = words(call.text(0));
  double at = call.number(1);
  bool inside = at >= 0 && at < static_cast<double>(list.size());
  return Value::of(inside ? list[static_cast<size_t>(at)] : std::string());
}

Value count_selected(const Call& call) {
  return Value::of(static_cast<double>(words(call.text(0)).size()));
}

// Arguments from `first` on, node sets spread: each value alone.
std::vector<Value> spread(const Call& call, size_t first) {
  std::vector<Value> out;
  for (size_t i = first; i < call.count(); ++i) {
    Value v = call.arg(i);
    if (v.kind != Value::Kind::nodes || v.nodes.size() == 1) {
      out.push_back(std::move(v));
      continue;
    }
    for (const Ref& ref : v.nodes) out.push_back(Value::of(text_of(ref, call.instance())));
  }
  return out;
}

bool holds(const Value& v, const Call& call) {
  return v.kind == Value::Kind::truth ? v.truth : to_number(v, call.instance()) > 0;
}

Value within(double held, const Call& call) {
  double least = call.number(0);
  double most = call.number(1);
  return Value::of((least < 0 || held >= least) && (most < 0 || held <= most));
}

// checklist(min, max, v…): how many hold is within bounds; -1 is no bound.
Value checklist(const Call& call) {
  double held = 0;
  for (const Value& v : spread(call, 2)) held += holds(v, call) ? 1 : 0;
  return within(held, call);
}

// (v, w)…: the weights of those that hold. Two node sets are taken in pairs, one of each.
Value weighted_checklist(const Call& call) {
  double held = 0;
  for (size_t i = 2; i + 1 < call.count(); i += 2) {
    Value values = call.arg(i);
    Value weights = call.arg(i + 1);
    if (values.kind == Value::Kind::nodes && weights.kind == Value::Kind::nodes) {
      for (size_t n = 0; n < values.nodes.size() && n < weights.nodes.size(); ++n)
        if (text_number(text_of(values.nodes[n], call.instance()), 0) > 0)
          if (double w = text_number(text_of(weights.nodes[n], call.instance()), 0); !std::isnan(w))
            held += w;
    } else if (holds(values, call)) {
      held += to_number(weights, call.instance());
    }
  }
  return within(held, call);
}

Value if_(const Call& call) {
  return call.arg(call.truth(0) ? 1 : 2);
}

Value coalesce(const Call& call) {
  for (size_t i = 0; i < call.count(); ++i) {
    Value v = call.arg(i);
    bool blank = v.kind == Value::Kind::number ? std::isnan(v.number) : to_text(v, call.instance()).empty();
    if (!blank) return v;
  }
  return Value::of(std::string());
}

// The value the node has already, else the argument.
Value once(const Call& call) {
  std::string now(call.instance().text_of(call.scope.current));
  return now.empty() ? call.arg(0) : Value::of(now);
}

// jr:choice-name(value, '${question}'): the label, in the language of the interview, of the nearest instance.
Value choice_name(const Call& call) {
  std::string value = call.text(0);
  if (value.empty() || call.item.target == no_node) return Value::of(std::string());
  uint32_t at = call.scope.here.space == Ref::Space::node ? call.scope.here.node : call.scope.current;
  std::string joined = call.instance().choice_label(at, call.item.target, value);
  if (!joined.empty()) return Value::of(joined);
  for (const std::string& word : words(value)) {  // a multi-select
    std::string label = call.instance().choice_label(at, call.item.target, word);
    joined += (joined.empty() ? "" : ", ") + label;
  }
  return Value::of(joined);
}

constexpr Function table[] = {
    {"selected", 2, 2, selected},
    {"is-selected", 2, 2, selected},
    {"selected-at", 2, 2, selected_at},
    {"count-selected", 1, 1, count_selected},
    {"checklist", 2, -1, checklist, Trait::all_instances},
    {"weighted-checklist", 2, -1, weighted_checklist},
    {"if", 3, 3, if_},
    {"coalesce", 1, -1, coalesce},
    {"once", 1, 1, once},
    {"jr:choice-name", 2, 2, choice_name},
};

}  // namespace

std::span<const Function> choice_functions() {
  return table;
}

}  // namespace language
