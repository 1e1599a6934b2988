#include "forms/definition/difference.h"

#include <algorithm>
#include <set>
#include <unordered_map>

namespace definition {
namespace {

std::string x_id(const Node& node) {
  auto at = node.extra.find("x_id");
  return at == node.extra.end() ? std::string() : at->second;
}

std::string_view kind_of(const Node& node) {
  if (node.kind == NodeKind::group) return "group";
  if (node.kind == NodeKind::repeat) return "repeat";
  return node.type ? node.type->words.front() : std::string_view("question");
}

// Each node of the old form to the same of the new one: by x_id first, then by identity.
std::vector<NodeIndex> match(const Survey& before, const Survey& after) {
  std::unordered_map<std::string, NodeIndex> by_id, by_identity;
  for (NodeIndex i = 1; i < after.nodes.size(); ++i) {
    if (std::string id = x_id(after.nodes[i]); !id.empty()) by_id.emplace(id, i);
    by_identity.emplace(after.nodes[i].identity, i);
  }
  std::vector<NodeIndex> out(before.nodes.size(), no_node);
  std::vector<bool> taken(after.nodes.size());
  out[0] = 0;
  auto meets = [&](NodeIndex a, NodeIndex b) {
    return before.nodes[a].kind == after.nodes[b].kind && !taken[b];
  };
  for (bool ids : {true, false})
    for (NodeIndex i = 1; i < before.nodes.size(); ++i) {
      if (out[i] != no_node) continue;
      const auto& table = ids ? by_id : by_identity;
      // A row that had no x_id is meant by its identity: the column may come with the renaming.
      std::string id = ids ? x_id(before.nodes[i]) : std::string();
      auto at = table.find(id.empty() ? before.nodes[i].identity : id);
      if (at == table.end() || !meets(i, at->second)) continue;
      out[i] = at->second;
      taken[at->second] = true;
    }
  return out;
}

const ChoiceList* list_of(const Survey& survey, const Node& node) {
  return node.list < 0 ? nullptr : &survey.lists[static_cast<size_t>(node.list)];
}

std::string id_of(const ChoiceList& list, uint32_t row) {
  int column = list.table.column("x_id");
  return column < 0 ? std::string() : std::string(list.table.cell(row, column));
}

// Choices that have another name now, by their x_id.
std::map<std::string, std::string> recoded(const ChoiceList& before, const ChoiceList& after) {
  std::unordered_map<std::string, std::string> now;
  for (uint32_t row = 0; row < after.size(); ++row)
    if (std::string id = id_of(after, row); !id.empty()) now.emplace(id, std::string(after.value(row)));
  std::map<std::string, std::string> out;
  for (uint32_t row = 0; row < before.size(); ++row) {
    auto at = now.find(id_of(before, row));
    std::string old(before.value(row));
    if (at != now.end() && at->second != old) out.emplace(old, at->second);
  }
  return out;
}

std::string short_text(const std::string& text) {
  return text.size() > 60 ? text.substr(0, 57) + "…" : text;
}

class Comparison {
 public:
  Comparison(const Survey& before, const Survey& after, Difference& out)
      : before_(before), after_(after), out_(out) {}

  void run() {
    out_.to = match(before_, after_);
    std::vector<NodeIndex> from(after_.nodes.size(), no_node);
    for (NodeIndex i = 0; i < before_.nodes.size(); ++i)
      if (out_.to[i] != no_node) from[out_.to[i]] = i;
    for (NodeIndex i = 1; i < before_.nodes.size(); ++i) {
      const Node& old = before_.nodes[i];
      if (out_.to[i] != no_node)
        compare(i, out_.to[i]);
      else
        say(old.kind == NodeKind::question ? Effect::archived : Effect::shown, old, "removed",
            "is gone" + std::string(old.kind == NodeKind::question
                                        ? "; its answers are kept as archived answers"
                                        : ""));
    }
    for (NodeIndex i = 1; i < after_.nodes.size(); ++i)
      if (from[i] == no_node)
        say(after_.nodes[i].kind == NodeKind::question ? Effect::added : Effect::shown, after_.nodes[i],
            "added",
            after_.nodes[i].required.source.empty()
                ? "is new; interviews begun before have it unanswered"
                : "is new and required; interviews begun before must answer it");
    settings();
  }

 private:
  void say(Effect effect, const Node& node, std::string what, std::string text) {
    out_.changes.push_back(
        {effect, node.identity, std::move(what), node.identity + " " + std::move(text), node.place});
  }

  void compare(NodeIndex a, NodeIndex b) {
    const Node& old = before_.nodes[a];
    const Node& now = after_.nodes[b];
    if (old.name != now.name)
      say(Effect::none, now, "renamed", "was \"" + old.name + "\"; its answers move with it");
    if (chain(before_, a) != chain_to(a) || chain_to(a) != chain(after_, b))
      say(Effect::archived, now, "moved",
          "stands in other repeats than before; its answers are kept as archived answers");
    else if (out_.to[old.parent] != now.parent)
      say(Effect::shown, now, "moved", "stands in another group; its answers stay");
    if (kind_of(old) != kind_of(now)) type(a, b, old, now);
    lists(b, old, now);
    texts(now, "label", old.label, now.label);
    texts(now, "hint", old.hint, now.hint);
    texts(now, "constraint_message", old.constraint_message, now.constraint_message);
    texts(now, "required_message", old.required_message, now.required_message);
    const std::tuple<const char*, const Logic*, const Logic*, const char*> logics[] = {
        {"relevant", &old.relevant, &now.relevant,
         "it may be asked or hidden where it was not; hidden answers are kept"},
        {"constraint", &old.constraint, &now.constraint, "answers given before are judged again"},
        {"required", &old.required, &now.required, "interviews may now want an answer, or do without"},
        {"read_only", &old.read_only, &now.read_only, "answers stay as they are"},
        {"calculation", &old.calculation, &now.calculation, "it is calculated again"},
        {"default", &old.default_value, &now.default_value, "only new interviews begin with it"},
        {"choice_filter", &old.choice_filter, &now.choice_filter,
         "an answer that is no longer offered is dropped when the question is shown"},
        {"repeat_count", &old.repeat_count, &now.repeat_count, "the number of instances follows"},
        {"trigger", &old.trigger, &now.trigger, "it is set at other moments"}};
    for (const auto& [what, was, is, effect] : logics)
      if (was->source != is->source)
        say(std::string_view(what) == "default" ? Effect::none : Effect::judged, now, what,
            std::string(what) + ": \"" + short_text(was->source) + "\" is now \"" + short_text(is->source) +
                "\"; " + effect);
    if (old.appearance != now.appearance)
      say(Effect::shown, now, "appearance", "looks otherwise: \"" + now.appearance + "\"");
    if (old.parameters != now.parameters) say(Effect::judged, now, "parameters", "has other parameters");
  }

  void type(NodeIndex, NodeIndex, const Node& old, const Node& now) {
    say(Effect::archived, now, "type",
        "was " + std::string(kind_of(old)) + " and is " + std::string(kind_of(now)) +
            "; answers that fit are moved, the others are kept as archived answers");
  }

  void lists(NodeIndex b, const Node& old, const Node& now) {
    const ChoiceList* was = list_of(before_, old);
    const ChoiceList* is = list_of(after_, now);
    if (!was || !is) return;
    std::map<std::string, std::string> codes = recoded(*was, *is);
    if (!codes.empty()) {
      std::string all;
      for (const auto& [from, to] : codes) all += (all.empty() ? "" : ", ") + from + " → " + to;
      say(Effect::recoded, now, "codes", "choices have other names, and answers follow: " + short_text(all));
      out_.codes.emplace(b, codes);
    }
    std::string gone, added;
    for (uint32_t row = 0; row < was->size(); ++row) {
      std::string value(was->value(row));
      if (is->find(value) == language::no_row && !codes.contains(value))
        gone += (gone.empty() ? "" : ", ") + value;
    }
    for (uint32_t row = 0; row < is->size(); ++row)
      if (was->find(is->value(row)) == language::no_row)
        added += (added.empty() ? "" : ", ") + std::string(is->value(row));
    if (!gone.empty())
      say(Effect::archived, now, "list",
          "no longer offers " + short_text(gone) + "; such answers are kept as archived answers");
    if (!added.empty()) say(Effect::judged, now, "list", "also offers " + short_text(added));
  }

  void texts(const Node& node, const char* what, const Text& was, const Text& is) {
    for (size_t i = 0; i < after_.languages.size(); ++i) {
      int other = before_.language_index(after_.languages[i]);
      if (other < 0 && before_.languages.size() == 1 && after_.languages.size() == 1) other = 0;
      std::string old = other >= 0 && static_cast<size_t>(other) < was.source.size()
                            ? was.source[static_cast<size_t>(other)]
                            : "";
      std::string now = i < is.source.size() ? is.source[i] : "";
      if (old == now) continue;
      std::string language = after_.languages[i].empty() ? "" : " (" + after_.languages[i] + ")";
      say(Effect::shown, node, what,
          std::string(what) + language + ": \"" + short_text(old) + "\" is now \"" + short_text(now) + "\"");
    }
  }

  void settings() {
    auto general = [&](const char* what, const std::string& was, const std::string& is) {
      if (was != is)
        out_.changes.push_back(
            {Effect::none, "", what, std::string(what) + ": \"" + was + "\" is now \"" + is + "\"", {}});
    };
    general("version", before_.version, after_.version);
    general("form_id", before_.form_id, after_.form_id);
    general("title", before_.title, after_.title);
    for (const std::string& language : after_.languages)
      if (before_.language_index(language) < 0 && !language.empty())
        out_.changes.push_back({Effect::shown, "", "language", "the form also speaks " + language, {}});
    for (const std::string& language : before_.languages)
      if (after_.language_index(language) < 0 && !language.empty())
        out_.changes.push_back({Effect::shown, "", "language", "the form no longer speaks " + language, {}});
  }

  std::vector<NodeIndex> chain(const Survey& survey, NodeIndex node) const {
    return survey.repeats_around(survey.nodes[node].parent);
  }
  // The repeats around an old node, as they are in the new form.
  std::vector<NodeIndex> chain_to(NodeIndex node) const {
    std::vector<NodeIndex> out;
    for (NodeIndex repeat : chain(before_, node)) out.push_back(out_.to[repeat]);
    return out;
  }

  const Survey& before_;
  const Survey& after_;
  Difference& out_;
};

std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> out;
  for (size_t at = 0; at < text.size();) {
    size_t end = std::min(text.find(' ', at), text.size());
    if (end > at) out.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

bool is_number(const std::string& text, bool whole) {
  std::string digits = text.rfind('-', 0) == 0 ? text.substr(1) : text;
  size_t points = static_cast<size_t>(std::count(digits.begin(), digits.end(), '.'));
  return !digits.empty() && digits != "." && points <= (whole ? 0u : 1u) &&
         digits.find_first_not_of("0123456789.") == std::string::npos;
}

// The answer as the new question holds it; `why` it cannot, otherwise.
struct Fit {
  std::string text, why;
};

Fit fit(const Difference& difference, const Survey& before, const Survey& after, NodeIndex from, NodeIndex to,
        const std::string& text) {
  const Node& now = after.nodes[to];
  DataType was = before.data_of(from), is = after.data_of(to);
  bool chosen = is == DataType::choice || is == DataType::choices || is == DataType::ranking;
  bool choice_before = was == DataType::choice || was == DataType::choices || was == DataType::ranking;
  if (chosen) {
    if (!choice_before && was != DataType::text && was != DataType::integer)
      return {"", "it is a choice now"};
    const ChoiceList* list = list_of(after, now);
    std::vector<std::string> words = is == DataType::choice ? std::vector<std::string>{text} : words_of(text);
    if (is == DataType::choice && was != DataType::choice && words_of(text).size() != 1)
      return {"", "one choice holds one answer"};
    auto codes = difference.codes.find(to);
    std::string out;
    std::set<std::string> taken;
    for (const std::string& word : words) {
      std::string code = word;
      if (codes != difference.codes.end())
        if (auto at = codes->second.find(word); at != codes->second.end()) code = at->second;
      bool known = !list || list->missing || list->value_column < 0 || list->find(code) != language::no_row;
      if (!known) return {"", "\"" + word + "\" is no longer a choice"};
      if (!taken.insert(code).second) return {"", "two of its choices are one now"};
      out += (out.empty() ? "" : " ") + code;
    }
    return {out, ""};
  }
  if (was == is || is == DataType::text) {
    if (is == DataType::text && was == DataType::attachment) return {"", "a file cannot be a text"};
    return {text, ""};
  }
  if (is == DataType::decimal && is_number(text, false)) return {text, ""};
  if (is == DataType::integer && is_number(text, true)) return {text, ""};
  return {"", "the question has another type now"};
}

}  // namespace

Difference difference(const Survey& before, const Survey& after) {
  Difference out;
  Comparison(before, after, out).run();
  return out;
}

Migrated migrate(const Difference& difference, const Survey& before, const Survey& after,
                 const Draft& draft) {
  Migrated out;
  auto chain_of = [&](const Survey& survey, NodeIndex node) {
    return survey.repeats_around(survey.nodes[node].parent);
  };
  // Whether the repeats around an old node are the repeats around the new one.
  auto same_repeats = [&](NodeIndex from, NodeIndex to) {
    std::vector<NodeIndex> moved;
    for (NodeIndex repeat : chain_of(before, from)) moved.push_back(difference.to[repeat]);
    return moved == chain_of(after, to);
  };
  for (const DraftInstance& instance : draft.instances) {
    NodeIndex to = difference.to[instance.repeat];
    if (to != no_node && same_repeats(instance.repeat, to))
      out.draft.instances.push_back({to, instance.instances});
  }
  for (const DraftAnswer& answer : draft.answers) {
    NodeIndex to = difference.to[answer.node];
    auto archive = [&](std::string why) {
      if (answer.given && !answer.text.empty())
        out.archived.push_back(
            {before.nodes[answer.node].identity, answer.instances, answer.text, std::move(why)});
    };
    if (to == no_node) {
      archive("the question is gone");
    } else if (after.nodes[to].kind != NodeKind::question) {
      archive("it is no question any more");
    } else if (!same_repeats(answer.node, to)) {
      archive("the question stands in other repeats now");
    } else if (answer.given && after.nodes[to].calculation.compiled &&
               !before.nodes[answer.node].calculation.compiled) {
      archive("the question is calculated now");
    } else {
      Fit made = fit(difference, before, after, answer.node, to, answer.text);
      if (!made.why.empty())
        archive(made.why);
      else
        out.draft.answers.push_back({to, answer.instances, made.text, answer.given});
    }
  }
  return out;
}

}  // namespace definition
