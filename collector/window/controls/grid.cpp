// A table-list: questions down, their common choices across.
#include <algorithm>

#include "collector/window/screen.h"

namespace window {

using app::InterviewView;

// Digits choose and go to the next row.
float draw_grid(Kit& kit, const InterviewView& view, Rect r, Events& events) {
  const Theme& t = kit.look();
  std::vector<const app::QuestionView*> rows;
  for (const app::QuestionView& q : view.questions)
    if (!q.choices.empty()) rows.push_back(&q);
  if (rows.empty()) return 0;
  const auto& columns = rows[0]->choices;
  float label_width = r.w * (columns.size() > 6 ? 0.34f : 0.40f);
  float w = (r.w - label_width) / static_cast<float>(columns.size());
  // A heading's longest word decides its size: no word is broken.
  TextLook heading{.size = 13.5f, .bold = true, .align = Align::centre};
  for (const app::ChoiceView& c : columns)
    for (size_t at = 0; at < c.label.size();) {
      size_t end = std::min(c.label.find(' ', at), c.label.size());
      float word = kit.text_width(c.label.substr(at, end - at), {.size = 13.5f, .bold = true});
      if (word > w - 6) heading.size = std::max(10.5f, std::min(heading.size, 13.5f * (w - 6) / word));
      at = end + 1;
    }
  float head = 20;
  for (const app::ChoiceView& c : columns) head = std::max(head, kit.text_height(w - 4, c.label, heading));
  for (size_t c = 0; c < columns.size(); ++c) {
    Rect h{r.x + label_width + static_cast<float>(c) * w + 2, r.y, w - 4, head};
    kit.text(h, columns[c].label, t.quiet, heading);
    kit.text({h.x, r.y + head + 2, h.w, 18}, std::to_string(c + 1), t.accent,
             {.size = 12.5f, .bold = true, .align = Align::centre, .wrap = false});
  }
  float y = r.y + head + 28;
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
