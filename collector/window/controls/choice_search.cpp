// Long lists: a field that finds, and what it found; or closed until asked for.
#include <algorithm>

#include "collector/window/controls/control.h"
#include "forms/base/utf8.h"

namespace window {

using definition::ChoiceLook;
using definition::ControlKind;

namespace {

constexpr float row_height = 60, row_gap = 8, field_height = 50;

}  // namespace

const std::vector<size_t>& ChoiceFinder::find(const app::QuestionView& q, const std::string& wanted) {
  size_t print = q.choices.size();
  for (const app::ChoiceView& c : q.choices)
    for (const std::string* s : {&c.label, &c.second})
      print ^= std::hash<std::string>()(*s) + 0x9e3779b97f4a7c15u + (print << 6) + (print >> 2);
  bool same = id_ == q.id && seen_ == print;
  if (same && wanted == wanted_) return found_;
  if (!same) {
    folded_.clear();
    folded_.reserve(q.choices.size());
    for (const app::ChoiceView& c : q.choices)
      folded_.push_back(" " + base::search_fold(c.label) + " " + base::search_fold(c.second) + " " +
                        base::search_fold(c.value));
    id_ = q.id;
    seen_ = print;
  }
  wanted_ = wanted;
  found_.clear();
  std::vector<std::string> words;
  std::string folded = base::search_fold(wanted);
  for (size_t at = 0; at < folded.size();) {
    size_t end = std::min(folded.find(' ', at), folded.size());
    if (end > at) words.push_back(folded.substr(at, end - at));
    at = end + 1;
  }
  // The label begins so; a word begins so; it stands somewhere.
  std::vector<size_t> by_word;
  std::vector<size_t> inside;
  for (size_t i = 0; i < folded_.size(); ++i) {
    bool all = true;
    bool begins = true;
    for (const std::string& word : words) {
      if (folded_[i].find(word) == std::string::npos) {
        all = false;
        break;
      }
      begins = begins && folded_[i].find(" " + word) != std::string::npos;
    }
    if (!all) continue;
    bool first = words.empty() || folded_[i].compare(1, words[0].size(), words[0]) == 0;
    (first && begins ? found_ : begins ? by_word : inside).push_back(i);
  }
  found_.insert(found_.end(), by_word.begin(), by_word.end());
  found_.insert(found_.end(), inside.begin(), inside.end());
  return found_;
}

namespace {

// What is chosen, each with a way to take it back.
float draw_chosen(Asked& a, Rect r) {
  const Theme& t = a.look();
  float x = r.x;
  float y = r.y;
  bool any = false;
  for (const app::ChoiceView& c : a.q.choices) {
    if (!c.chosen) continue;
    float w = std::min(r.w, a.kit.text_width(c.label, {.size = 15.5f, .bold = true}) + 58);
    if (any && x + w > r.right()) {
      x = r.x;
      y += 46;
    }
    any = true;
    Rect chip{x, y, w, 38};
    a.kit.fill(chip, t.soft, 19);
    a.kit.stroke(chip, t.accent, 19, 1.5f);
    a.kit.text({x + 16, y, w - 50, 38}, c.label, t.ink,
               {.size = 15.5f, .bold = true, .wrap = false, .middle = true, .may_cut = true});
    a.kit.icon(Icon::close, x + w - 22, y + 19, 16, t.quiet);
    if (a.kit.hit("chosen." + a.q.id + "." + c.value, chip, c.label, a.can(), false)) {
      if (a.q.control.kind == ControlKind::choice_one)
        a.answer("");
      else
        choose(a, c);
    }
    a.kit.state("chosen");
    x += w + 8;
  }
  return any ? y + 46 - r.y : 0;
}

std::string as_digits(const std::string& typed) {
  constexpr std::pair<std::string_view, char> row[] = {{"&", '1'}, {"é", '2'}, {"\"", '3'}, {"'", '4'}, {"(", '5'},
                                                       {"-", '6'}, {"è", '7'}, {"_", '8'},   {"ç", '9'}, {"à", '0'}};
  std::string out;
  for (size_t at = 0; at < typed.size();) {
    size_t before = at;
    for (auto [written, digit] : row)
      if (typed.compare(at, written.size(), written) == 0) {
        out += digit;
        at += written.size();
        break;
      }
    if (at == before) out += typed[at++];
  }
  return out;
}

float draw_open_list(Asked& a, Rect r, float least) {
  const Theme& t = a.look();
  const app::QuestionView& q = a.q;
  Kit& kit = a.kit;
  ListScratch& list = a.scratch.controls.lists[q.id];
  bool many = q.control.kind != ControlKind::choice_one;
  std::string wanted;
  FieldResult field = kit.field("search." + q.id, {r.x, r.y, r.w, field_height}, list.search,
                                {.placeholder = tr(a.s, "interview.search.placeholder"),
                                 .sensitive = q.sensitive,
                                 .read_only = !a.can(),
                                 .label = q.label},
                                wanted);
  if (field.changed) list.highlighted = 0;
  bool marked = field.changed;  // the mark moved: it is scrolled to
  list.search = wanted;
  // On AZERTY a digit key without Shift writes another character: where that finds nothing, the digit is meant.
  if (list.finder.find(q, wanted).empty())
    if (std::string digits = as_digits(wanted); digits != wanted) wanted = std::move(digits);
  const std::vector<size_t>& found = list.finder.find(q, wanted);
  int last = std::max(0, static_cast<int>(found.size()) - 1);
  // Typing finds, arrows go up and down, Enter takes what is marked; with nothing typed Enter goes on.
  bool here = kit.focus() == "search." + q.id;
  if (const Input* i = kit.input(); here && i && i->kind == Input::Kind::key && !i->control && !i->alt) {
    if (i->key == Key::down || i->key == Key::up) {
      list.highlighted = std::clamp(list.highlighted + (i->key == Key::down ? 1 : -1), 0, last);
      marked = true;
      kit.consume();
    }
  }
  list.highlighted = std::clamp(list.highlighted, 0, last);
  auto marked_choice = [&]() -> const app::ChoiceView* {
    return found.empty() ? nullptr : &q.choices[found[static_cast<size_t>(list.highlighted)]];
  };
  auto take = [&](const app::ChoiceView& choice) {
    choose(a, choice);
    list.search.clear();
    list.highlighted = 0;
    if (!many && a.scratch.controls.open == q.id) {  // a closed list closes again
      a.scratch.controls.open.clear();
      kit.focus(a.id("open"));
    }
  };
  if (field.entered) {
    bool chosen =
        std::any_of(q.choices.begin(), q.choices.end(), [](const app::ChoiceView& c) { return c.chosen; });
    bool moved = list.highlighted > 0;
    bool takes = marked_choice() && a.can() && (!wanted.empty() || moved || (!chosen && q.required));
    if (takes) {
      const app::ChoiceView choice = *marked_choice();
      take(choice);
      if (!many && !q.control.advances) a.events.push_back(app::NextPage{});
    } else {
      a.events.push_back(app::NextPage{});
    }
  }
  float y = r.y + field_height + 10;
  float content = static_cast<float>(found.size()) * (row_height + row_gap);
  Rect area{r.x, y, r.w, std::max(least, std::min(content, std::max(least, r.bottom() - y)))};
  if (found.empty()) {
    kit.text({r.x + 8, y + 6, r.w, 26}, tr(a.s, "interview.nothing_found.text"), t.quiet, {.size = 15.5f});
    return y + 40 - r.y;
  }
  std::string area_id = "choices." + q.id;
  if (marked)
    kit.show_in_area(area_id, area, static_cast<float>(list.highlighted) * (row_height + row_gap),
                     row_height);
  float offset = kit.scroll_area(area_id, area, content);
  kit.clip({area.x - 4, area.y - 2, area.w + 8, area.h + 2});
  CardLook look{.box = many, .marks = q.control.marks, .tight = true};
  // Only what is seen is laid out, whatever the list's length.
  auto first = static_cast<size_t>(std::max(0.f, std::floor(offset / (row_height + row_gap))));
  for (size_t v = first; v < found.size(); ++v) {
    Rect c{r.x, y + static_cast<float>(v) * (row_height + row_gap) - offset, r.w - 12, row_height};
    if (c.y > area.bottom()) break;
    const app::ChoiceView& choice = q.choices[found[v]];
    look.highlighted = static_cast<int>(v) == list.highlighted && here;
    draw_choice_card(a, choice, c, look);
    if (kit.hit("choice." + q.id + "." + choice.value, c, choice.label, a.can())) take(choice);
    if (choice.chosen) kit.state("chosen");
  }
  kit.unclip();
  return area.bottom() - r.y + 6;
}

}  // namespace

float draw_choice_search(Asked& a, Rect r) {
  const app::QuestionView& q = a.q;
  Kit& kit = a.kit;
  const Theme& t = a.look();
  bool closes = q.control.look == ChoiceLook::minimal || !a.alone;
  if (!closes) {
    float used = q.control.kind == ControlKind::choice_one ? 0 : draw_chosen(a, r);
    return used + draw_open_list(a, {r.x, r.y + used, r.w, r.h - used}, 240);
  }
  // Closed: what is chosen, and a button that opens the list. Enter, Space, Down and letters open it too.
  bool open = a.scratch.controls.open == q.id;
  std::string shown;
  for (const app::ChoiceView& c : q.choices)
    if (c.chosen) shown += (shown.empty() ? "" : " · ") + c.label;
  Rect button{r.x, r.y, r.w, 54};
  kit.fill(button, kit.hovered(button) ? t.hover : t.card, 14);
  kit.stroke(button, open || !shown.empty() ? t.accent : t.line, 14, shown.empty() ? 1.f : 2.f);
  float cap = !open && kit.focus() == a.id("open") ? kit.key_cap(r.right() - 48, r.y + 27, "Alt ↓", true) + 8 : 0;
  kit.text({r.x + 18, r.y, r.w - 64 - cap, 54}, shown.empty() ? tr(a.s, "choice.open.button") : shown,
           shown.empty() ? t.quiet : t.ink,
           {.size = 17, .bold = !shown.empty(), .wrap = false, .middle = true, .may_cut = true});
  kit.icon(open ? Icon::up : Icon::down, r.right() - 28, r.y + 27, 24, t.quiet);
  bool pressed = kit.hit(a.id("open"), button, q.label, a.can());
  kit.state(open ? "open" : shown);
  if (const Input* i = a.free_key(); !pressed && !open && i && kit.focus() == a.id("open")) {
    if (i->key == Key::down) {
      kit.consume();
      pressed = true;
    } else if ((i->key == Key::erase || i->key == Key::backspace) && q.answered) {
      kit.consume();
      a.answer("");
    }
  }
  // What is typed on the closed list searches it.
  if (const Input* i = kit.input(); !open && i && i->kind == Input::Kind::character &&
                                    kit.focus() == a.id("open") && i->character > 0x20 && a.can()) {
    base::append_utf8(a.scratch.controls.lists[q.id].search, i->character);
    kit.consume();
    pressed = true;
  }
  if (!open && kit.focus() == a.id("open") && kit.key(Key::down, false, true)) pressed = a.can();
  if (pressed) {
    a.scratch.controls.open = open ? "" : q.id;
    kit.focus(open ? a.id("open") : "search." + q.id);
    open = !open;
  }
  if (!open) return 64;
  if (kit.key(Key::escape)) {
    a.scratch.controls.open.clear();
    kit.focus(a.id("open"));
    return 64;
  }
  return 62 + draw_open_list(a, {r.x, r.y + 62, r.w, a.alone ? r.h - 62 : 380}, a.alone ? 200 : 320);
}

}  // namespace window
