// A table-list: questions down, their common choices across.
#include <algorithm>

#include "collector/window/controls/control.h"

namespace window {

using app::InterviewView;

namespace {

constexpr float heading_size = 13.5f, smallest_heading = 12, second_size = 12.5f;

// How the choices stand over their columns: each over its own; or, where a word would have to be broken or made
// too small to read, in a list above, and only its number over the column.
struct Heading {
  TextLook look{.size = heading_size, .bold = true, .align = Align::centre};
  TextLook second{.size = second_size, .align = Align::centre};
  float label_width = 0;
  bool in_a_list = false;
};

float longest_word(Kit& kit, const std::string& words, const TextLook& look) {
  float out = 1;
  for (size_t at = 0; at < words.size();) {
    size_t end = std::min(words.find(' ', at), words.size());
    out = std::max(out, kit.text_width(words.substr(at, end - at), look));
    at = end + 1;
  }
  return out;
}

Heading fit_headings(Kit& kit, const std::vector<app::ChoiceView>& columns, float width) {
  Heading out;
  float longest = 1;  // a word: none is broken
  float second = 1;
  for (const app::ChoiceView& c : columns) {
    longest = std::max(longest, longest_word(kit, c.label, out.look));
    if (!c.second.empty()) second = std::max(second, longest_word(kit, c.second, out.second));
  }
  for (float part : {0.40f, 0.34f, 0.28f}) {
    out.label_width = width * part;
    float room = (width - out.label_width) / static_cast<float>(columns.size()) - 8;
    out.look.size = std::min(heading_size, heading_size * room / longest);
    if (out.look.size >= smallest_heading && second <= room) return out;
  }
  out.label_width = width * 0.40f;
  out.look.size = heading_size;
  out.in_a_list = true;
  return out;
}

// The choices one after another, each behind its number.
float draw_list(Kit& kit, const std::vector<app::ChoiceView>& columns, Rect r) {
  const Theme& t = kit.look();
  float x = r.x + 12;
  float y = r.y;
  for (size_t c = 0; c < columns.size(); ++c) {
    float lw = std::min(r.w - 48, kit.text_width(columns[c].label, {.size = 15}));
    float sw = columns[c].second.empty() ? 0 : kit.text_width(columns[c].second, {.size = second_size}) + 10;
    if (x > r.x + 12 && x + 24 + lw + sw > r.right()) {
      x = r.x + 12;
      y += 28;
    }
    kit.text({x, y, 22, 26}, std::to_string(c + 1), t.accent,
             {.size = 14, .bold = true, .wrap = false, .middle = true});
    kit.text({x + 24, y, lw + 2, 26}, columns[c].label, t.quiet,
             {.size = 15, .wrap = false, .middle = true, .may_cut = lw >= r.w - 49});
    if (sw > 0)
      kit.text({x + 34 + lw, y, std::min(sw, r.right() - x - 34 - lw), 26}, columns[c].second, t.quiet,
               {.size = second_size, .wrap = false, .middle = true, .may_cut = true});
    x += 24 + lw + sw + 26;
  }
  return y + 34 - r.y;
}

// Returns the height used.
float draw_headings(Kit& kit, const std::vector<app::ChoiceView>& columns, const Heading& heading, Rect r) {
  const Theme& t = kit.look();
  float w = (r.w - heading.label_width) / static_cast<float>(columns.size());
  float head = heading.in_a_list ? draw_list(kit, columns, r) : 20;
  if (!heading.in_a_list)
    for (const app::ChoiceView& c : columns) {
      float h = kit.text_height(w - 4, c.label, heading.look);
      if (!c.second.empty()) h += kit.text_height(w - 4, c.second, heading.second);
      head = std::max(head, h);
    }
  for (size_t c = 0; c < columns.size(); ++c) {
    Rect h{r.x + heading.label_width + static_cast<float>(c) * w + 2, r.y, w - 4, head};
    if (!heading.in_a_list) {
      float below = kit.text(h, columns[c].label, t.quiet, heading.look);
      if (!columns[c].second.empty()) kit.text({h.x, h.y + below, h.w, h.h - below}, columns[c].second, t.quiet, heading.second);
    }
    kit.text({h.x, r.y + head + 2, h.w, 18}, std::to_string(c + 1), t.accent,
             {.size = 12.5f, .bold = true, .align = Align::centre, .wrap = false});
  }
  return head + 28;
}

constexpr TextLook row_label{.size = 16.5f}, row_second{.size = 13.5f}, row_words{.size = 14};

// What stands under a row, over its whole width: what is wrong, the note; the hint where the keyboard is.
struct Under {
  Icon icon;
  const std::string& words;
  bool alert;
};

std::vector<Under> under(const app::QuestionView& q, bool now) {
  std::vector<Under> out;
  if (now && !q.hint.empty()) out.push_back({Icon::info, q.hint, false});
  if (!q.note.empty()) out.push_back({Icon::note, q.note, false});
  if (!q.problem.empty()) out.push_back({Icon::alert, q.problem, true});
  return out;
}

// One question of a grid: its words, and a ring in each column. Returns the height used; `chosen`: the choice that
// the mouse pressed.
float draw_row(Kit& kit, const app::QuestionView& q, Rect r, float label_width, bool now,
               const app::ChoiceView** chosen, const char* kind) {
  const Theme& t = kit.look();
  float asterisk = q.required ? 18 : 0;
  float room = label_width - 24 - asterisk;
  float label = kit.text_height(room, q.label, row_label);
  float second = q.second_label.empty() ? 0 : kit.text_height(room, q.second_label, row_second) + 2;
  float h = std::max(48.f, label + second + 14);
  float all = h;
  std::vector<Under> lines = under(q, now);
  for (const Under& line : lines) all += kit.text_height(r.w - 60, line.words, row_words) + 10;
  if (now) kit.fill({r.x, r.y, r.w, all}, t.soft, 12);
  float y = r.y + (h - label - second) / 2;
  kit.text({r.x + 12, y, room, label}, q.label, t.ink, row_label);
  if (second > 0) kit.text({r.x + 12, y + label + 2, room, second}, q.second_label, t.quiet, row_second);
  if (q.required)
    kit.text({r.x + label_width - 24, r.y + h / 2 - 13, 16, 26}, "*", t.accent, {.size = 19, .bold = true, .wrap = false});
  float w = (r.w - label_width) / static_cast<float>(q.choices.size());
  for (size_t c = 0; c < q.choices.size(); ++c) {
    Rect cell{r.x + label_width + static_cast<float>(c) * w, r.y, w, h};
    float cx = cell.x + w / 2;
    bool on = q.choices[c].chosen;
    bool box = q.control.kind == definition::ControlKind::choice_many;
    if (box)
      on ? kit.fill({cx - 12, r.y + h / 2 - 12, 24, 24}, t.accent, 6)
         : kit.stroke({cx - 12, r.y + h / 2 - 12, 24, 24}, t.quiet, 6, 1.5f);
    else
      kit.circle(cx, r.y + h / 2, 12, on ? t.accent : t.quiet, on, 1.5f);
    if (on) kit.icon(Icon::check, cx, r.y + h / 2, 16, t.on_accent);
    if (kit.hit(kind + q.id + "." + q.choices[c].value, cell, q.label + ": " + q.choices[c].label, !q.read_only, false))
      *chosen = &q.choices[c];
    if (on) kit.state("chosen");
  }
  y = r.y + h;
  for (const Under& line : lines) {
    float lh = kit.text_height(r.w - 60, line.words, row_words);
    kit.icon(line.icon, r.x + 22, y + lh / 2 + 1, 17, line.alert ? t.warn : t.quiet);
    kit.text({r.x + 42, y + 1, r.w - 60, lh}, line.words, line.alert ? t.ink : t.quiet, row_words);
    y += lh + 10;
  }
  kit.fill({r.x, r.y + all + 1, r.w, 1}, t.line);
  return all + 3;
}

}  // namespace

// Digits choose and go to the next row.
float draw_grid(Kit& kit, const InterviewView& view, Rect r, Events& events) {
  std::vector<const app::QuestionView*> rows;
  for (const app::QuestionView& q : view.questions)
    if (!q.choices.empty()) rows.push_back(&q);
  if (rows.empty()) return 0;
  Heading heading = fit_headings(kit, rows[0]->choices, r.w);
  float y = r.y + draw_headings(kit, rows[0]->choices, heading, r);
  auto here =
      std::find_if(rows.begin(), rows.end(), [&](const app::QuestionView* q) { return q->id == view.focus; });
  size_t now = here == rows.end() ? 0 : static_cast<size_t>(here - rows.begin());
  for (size_t i = 0; i < rows.size(); ++i) {
    const app::ChoiceView* chosen = nullptr;
    y += draw_row(kit, *rows[i], {r.x, y, r.w, 0}, heading.label_width, i == now, &chosen, "cell.");
    if (!chosen) continue;
    events.push_back(app::Focus{rows[i]->id});
    events.push_back(app::ToggleChoice{rows[i]->id, chosen->value});
  }
  auto lead_to = [&](size_t row) {  // the row the keyboard speaks to is seen
    events.push_back(app::Focus{rows[row]->id});
    if (!rows[row]->choices.empty())
      kit.reveal("cell." + rows[row]->id + "." + rows[row]->choices.front().value);
  };
  if (const Input* i = kit.input(); i && i->kind == Input::Kind::key && !i->control && !i->alt) {
    if (i->key == Key::digit && i->digit >= 1 && static_cast<size_t>(i->digit) <= rows[now]->choices.size()) {
      events.push_back(
          app::ToggleChoice{rows[now]->id, rows[now]->choices[static_cast<size_t>(i->digit) - 1].value});
      if (now + 1 < rows.size()) lead_to(now + 1);
      kit.consume();
    } else if (i->key == Key::down && now + 1 < rows.size()) {
      lead_to(now + 1);
      kit.consume();
    } else if (i->key == Key::up && now > 0) {
      lead_to(now - 1);
      kit.consume();
    }
  }
  return y - r.y;
}

// The appearance `label`: the choices stand over the columns of the rows below it, and nothing is answered.
float draw_grid_heading(Asked& a, Rect r) {
  if (a.q.choices.empty()) return a.kit.text(r, a.q.label, a.look().ink, row_label) + 8;
  Heading heading = fit_headings(a.kit, a.q.choices, r.w);
  float words = a.kit.text_height(heading.label_width - 24, a.q.label, row_label);
  float second = a.q.second_label.empty() ? 0 : a.kit.text_height(heading.label_width - 24, a.q.second_label, row_second);
  if (heading.in_a_list) {  // above them, not beside
    float y = r.y + a.kit.text({r.x + 12, r.y, r.w - 24, 200}, a.q.label, a.look().ink, row_label) + 4;
    if (second > 0) y += a.kit.text({r.x + 12, y, r.w - 24, 200}, a.q.second_label, a.look().quiet, row_second) + 4;
    return y + draw_headings(a.kit, a.q.choices, heading, {r.x, y, r.w, 0}) - r.y;
  }
  a.kit.text({r.x + 12, r.y, heading.label_width - 24, words}, a.q.label, a.look().ink, row_label);
  if (second > 0)
    a.kit.text({r.x + 12, r.y + words + 2, heading.label_width - 24, second}, a.q.second_label, a.look().quiet, row_second);
  return std::max(words + second + 8, draw_headings(a.kit, a.q.choices, heading, r));
}

// The appearance `list-nolabel`: a row under such a heading.
float draw_grid_row(Asked& a, Rect r) {
  std::vector<size_t> all(a.q.choices.size());
  for (size_t n = 0; n < all.size(); ++n) all[n] = n;
  keyed_choices(a, all, 1);
  const app::ChoiceView* chosen = nullptr;
  float h = draw_row(a.kit, a.q, r, fit_headings(a.kit, a.q.choices, r.w).label_width, a.active, &chosen, "choice.");
  if (chosen) choose(a, *chosen);
  return h;
}

}  // namespace window
