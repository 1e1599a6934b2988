// A table-list: questions down, their common choices across.
#include <algorithm>

#include "collector/window/screen.h"

namespace window {

using app::InterviewView;

namespace {

constexpr float heading_size = 13.5f, smallest_heading = 12;

// How the choices stand over their columns: each over its own; or, where a word would have to be broken or made
// too small to read, in a list above, and only its number over the column.
struct Heading {
  TextLook look{.size = heading_size, .bold = true, .align = Align::centre};
  float label_width = 0;
  bool in_a_list = false;
};

Heading fit_headings(Kit& kit, const std::vector<app::ChoiceView>& columns, float width) {
  Heading out;
  float longest = 1;  // a word: none is broken
  for (const app::ChoiceView& c : columns)
    for (size_t at = 0; at < c.label.size();) {
      size_t end = std::min(c.label.find(' ', at), c.label.size());
      longest = std::max(longest, kit.text_width(c.label.substr(at, end - at), out.look));
      at = end + 1;
    }
  for (float part : {0.40f, 0.34f, 0.28f}) {
    out.label_width = width * part;
    float room = (width - out.label_width) / static_cast<float>(columns.size()) - 8;
    out.look.size = std::min(heading_size, heading_size * room / longest);
    if (out.look.size >= smallest_heading) return out;
  }
  out.label_width = width * 0.40f;
  out.look.size = heading_size;
  out.in_a_list = true;
  return out;
}

// Returns the height used.
float draw_headings(Kit& kit, const std::vector<app::ChoiceView>& columns, const Heading& heading, Rect r, float w) {
  const Theme& t = kit.look();
  float head = 0;
  if (heading.in_a_list) {
    float x = r.x + 12;
    for (size_t c = 0; c < columns.size(); ++c) {
      float lw = std::min(r.w - 48, kit.text_width(columns[c].label, {.size = 15}));
      if (x > r.x + 12 && x + 24 + lw > r.right()) {
        x = r.x + 12;
        head += 28;
      }
      kit.text({x, r.y + head, 22, 26}, std::to_string(c + 1), t.accent,
               {.size = 14, .bold = true, .wrap = false, .middle = true});
      kit.text({x + 24, r.y + head, lw + 2, 26}, columns[c].label, t.quiet,
               {.size = 15, .wrap = false, .middle = true, .may_cut = lw >= r.w - 49});
      x += 24 + lw + 26;
    }
    head += 34;
  } else {
    head = 20;
    for (const app::ChoiceView& c : columns) head = std::max(head, kit.text_height(w - 4, c.label, heading.look));
  }
  for (size_t c = 0; c < columns.size(); ++c) {
    Rect h{r.x + heading.label_width + static_cast<float>(c) * w + 2, r.y, w - 4, head};
    if (!heading.in_a_list) kit.text(h, columns[c].label, t.quiet, heading.look);
    kit.text({h.x, r.y + head + 2, h.w, 18}, std::to_string(c + 1), t.accent,
             {.size = 12.5f, .bold = true, .align = Align::centre, .wrap = false});
  }
  return head + 28;
}

}  // namespace

// Digits choose and go to the next row.
float draw_grid(Kit& kit, const InterviewView& view, Rect r, Events& events) {
  const Theme& t = kit.look();
  std::vector<const app::QuestionView*> rows;
  for (const app::QuestionView& q : view.questions)
    if (!q.choices.empty()) rows.push_back(&q);
  if (rows.empty()) return 0;
  const auto& columns = rows[0]->choices;
  Heading heading = fit_headings(kit, columns, r.w);
  float label_width = heading.label_width;
  float w = (r.w - label_width) / static_cast<float>(columns.size());
  float y = r.y + draw_headings(kit, columns, heading, r, w);
  auto here =
      std::find_if(rows.begin(), rows.end(), [&](const app::QuestionView* q) { return q->id == view.focus; });
  size_t now = here == rows.end() ? 0 : static_cast<size_t>(here - rows.begin());
  for (size_t i = 0; i < rows.size(); ++i) {
    const app::QuestionView& q = *rows[i];
    float h = std::max(48.f, kit.text_height(label_width - 24, q.label, {.size = 16.5f}) + 14);
    if (!q.problem.empty()) h += 24;
    Rect row{r.x, y, r.w, h};
    if (i == now) kit.fill(row, t.soft, 12);
    kit.text({r.x + 12, y, label_width - 24, q.problem.empty() ? h : h - 24}, q.label, t.ink,
             {.size = 16.5f, .middle = true});
    if (!q.problem.empty())
      kit.text({r.x + 12, y + h - 26, label_width - 24, 20}, q.problem, t.warn, {.size = 13, .wrap = false});
    for (size_t c = 0; c < q.choices.size(); ++c) {
      Rect cell{r.x + label_width + static_cast<float>(c) * w, y, w, h};
      float cx = cell.x + w / 2;
      bool on = q.choices[c].chosen;
      kit.circle(cx, y + h / 2, 12, on ? t.accent : t.quiet, on, 1.5f);
      if (on) kit.icon(Icon::check, cx, y + h / 2, 16, t.on_accent);
      if (kit.hit("cell." + q.id + "." + q.choices[c].value, cell, q.label + ": " + q.choices[c].label, true,
                  false)) {
        events.push_back(app::Focus{q.id});
        events.push_back(app::ToggleChoice{q.id, q.choices[c].value});
      }
    }
    kit.fill({r.x, y + h + 1, r.w, 1}, t.line);
    y += h + 3;
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

}  // namespace window
