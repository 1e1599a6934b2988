// A repeat as a table: instances down, their simple questions across, each answered in its cell. Above it stands
// the question of the cell the keyboard is in, whole, as it is read out; a choice is made by its digit there.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

#include "collector/window/controls/control.h"

namespace window {
namespace {

using app::InterviewView;
using app::QuestionView;
using definition::ControlKind;

constexpr float number_width = 48, least_column = 128, row_height = 50, most_heading = 92;

bool is_field(const QuestionView& q) {
  return q.control.kind != ControlKind::choice_one && !q.read_only;
}

struct Cell {
  int row = 0, column = 0;
};

class Table {
 public:
  Table(Kit& kit, const app::Strings& s, const InterviewView& view, Rect r, Scratch& scratch, Events& events)
      : kit_(kit), t_(kit.look()), s_(s), view_(view), repeat_(*view.repeat), r_(r), scratch_(scratch), events_(events) {
    for (int row = 0; row < rows(); ++row)
      for (int column = 0; column < columns(); ++column)
        if (const QuestionView* q = at({row, column}); q && q->id == view.focus) here_ = {row, column};
  }

  // The height used.
  float draw() {
    follow_view();
    if (!kit_.drawing()) follow_focus();
    keyed();
    float y = r_.y + draw_question();
    y += draw_more(y);
    y += draw_headings(y);
    for (int row = 0; row < rows(); ++row) y += draw_row(row, y);
    kit_.text({r_.x, y + 8, r_.w, 40}, tr(s_, repeat_.may_move ? app::Key("repeat.keys.text") : app::Key("repeat.few_keys.text")),
              t_.quiet, {.size = 13});
    return y + draw_row_actions(y + 34) + 34 - r_.y;
  }

 private:
  int rows() const { return static_cast<int>(repeat_.instances.size()); }
  int columns() const { return static_cast<int>(repeat_.columns.size()); }
  const QuestionView* at(Cell c) const {
    if (c.row < 0 || c.row >= rows() || c.column < 0 || c.column >= columns()) return nullptr;
    int n = repeat_.instances[static_cast<size_t>(c.row)].cells[static_cast<size_t>(c.column)];
    return n < 0 ? nullptr : &view_.questions[static_cast<size_t>(n)];
  }
  const QuestionView* here() const { return at(here_); }
  bool in_table() const { return here() && kit_.focus() == cell_widget(*here()); }

  // What was typed elsewhere becomes an answer when its cell is left.
  void keep_typed(const std::string& but) {
    for (auto waiting = scratch_.pending.begin(); waiting != scratch_.pending.end();) {
      if (waiting->first == but) {
        ++waiting;
        continue;
      }
      events_.push_back(app::Answer{waiting->first.substr(6), waiting->second});
      waiting = scratch_.pending.erase(waiting);
    }
  }

  void go(Cell to) {
    const QuestionView* q = at(to);
    if (!q) return;
    here_ = to;
    scratch_.digits.clear();
    kit_.focus(cell_widget(*q));
    kit_.reveal(cell_widget(*q));
    keep_typed(cell_widget(*q));
    events_.push_back(app::Focus{q->id});
  }

  // To the next cell, over the end of the row; behind the last one stands the way on. The answer may open it: the
  // focus goes there once the view says where.
  void advance() {
    keep_typed("");
    events_.push_back(app::NextCell{here()->id});
    scratch_.digits.clear();
    scratch_.controls.follows = true;
  }
  void follow_view() {
    if (!std::exchange(scratch_.controls.follows, false)) return;
    std::string to = repeat_.past_last ? "repeat.add" : here() ? cell_widget(*here()) : "";
    kit_.focus(to);
    kit_.reveal(to);
  }

  void walk(int rows_by, int columns_by) {
    for (Cell to{here_.row + rows_by, here_.column + columns_by};
         to.row >= 0 && to.row < rows() && to.column >= 0 && to.column < columns();
         to.row += rows_by, to.column += columns_by)
      if (at(to)) return go(to);
  }

  // Tab or the mouse led to another cell.
  void follow_focus() {
    if (in_table()) return;
    for (int row = 0; row < rows(); ++row)
      for (int column = 0; column < columns(); ++column)
        if (const QuestionView* q = at({row, column}); q && kit_.focus() == cell_widget(*q)) return go({row, column});
  }

  void choose(const QuestionView& q, size_t n) {
    scratch_.digits.clear();
    if (n < 1 || n > q.choices.size()) return;
    events_.push_back(app::ToggleChoice{q.id, q.choices[n - 1].value});
    advance();
  }

  void keyed() {
    const Input* i = kit_.input();
    if (!i || i->kind != Input::Kind::key || !here()) return;
    const app::RepeatView::Instance& row = repeat_.instances[static_cast<size_t>(here_.row)];
    if (i->alt && !i->control && (i->key == Key::up || i->key == Key::down) && repeat_.may_move) {
      bool up = i->key == Key::up;
      kit_.consume();
      return move(row.id, up ? -1 : 1);
    }
    if (i->control && !i->alt && i->key == Key::erase && repeat_.may_add) {
      kit_.consume();
      return remove(row.id);
    }
    if (i->control || i->alt || !in_table()) return;
    if (i->key == Key::up || i->key == Key::down) {
      walk(i->key == Key::up ? -1 : 1, 0);
      kit_.consume();
      return;
    }
    const QuestionView& q = *here();
    if (is_field(q)) return;  // a field has its own keys
    if (i->key == Key::left || i->key == Key::right) {
      walk(0, (i->key == Key::right) != kit_.is_rtl() ? 1 : -1);
    } else if (i->key == Key::enter) {
      size_t n = scratch_.digits.empty() ? 0 : static_cast<size_t>(scratch_.digits[0] - '0');
      n ? choose(q, n) : advance();
    } else if (i->key == Key::digit && !q.read_only) {
      scratch_.digits += static_cast<char>('0' + i->digit);
      size_t n = 0;
      std::from_chars(scratch_.digits.data(), scratch_.digits.data() + scratch_.digits.size(), n);
      if (scratch_.digits.size() >= 2 || n * 10 > q.choices.size() || q.choices.size() <= 9) choose(q, n);
    } else if ((i->key == Key::erase || i->key == Key::backspace) && q.answered && !q.read_only) {
      events_.push_back(app::Answer{q.id, ""});
    } else {
      return;
    }
    kit_.consume();
  }

  void move(const std::string& row, int by) {
    keep_typed("");
    events_.push_back(app::MoveInstance{row, by});
    scratch_.controls.follows = in_table();  // the focus goes along: ids name places
  }

  void remove(const std::string& row) {
    bool sure = scratch_.removing == row;
    if (sure) events_.push_back(app::RemoveInstance{row});
    scratch_.controls.follows = sure;
    scratch_.removing = sure ? "" : row;
  }

  // The question of the cell, as one reads it out, and its choices by number.
  float draw_question() {
    std::string switch_label = tr(s_, "repeat.pages.button");
    float bw = kit_.text_width(switch_label, {.size = 14.5f}) + 92;
    Rect chip{r_.right() - bw, r_.y - 4, bw, 36};
    if (kit_.button("repeat.pages", chip, "", Look::chip)) events_.push_back(app::TabulateRepeats{false});
    kit_.relabel(switch_label);
    kit_.text({chip.x + 14, chip.y, bw, chip.h}, switch_label, t_.ink, {.size = 14.5f, .wrap = false, .middle = true});
    kit_.key_cap(chip.right() - 10, chip.y + chip.h / 2, "Ctrl T", true);
    float w = r_.w - bw - 20;
    float y = r_.y;
    const QuestionView* q = here();
    if (!q) return 46;
    float asterisk = q->required ? 26 : 0;
    float h = kit_.text({r_.x, y, w - asterisk, 200}, q->label, t_.ink, {.size = 21, .bold = true});
    if (q->required) kit_.text({r_.x + w - 20, y, 20, 28}, "*", t_.accent, {.size = 20, .bold = true, .wrap = false});
    y += std::max(h, 36.f) + 4;
    if (!q->second_label.empty()) y += kit_.text({r_.x, y, r_.w, 120}, q->second_label, t_.quiet, {.size = 15.5f}) + 4;
    if (!q->hint.empty()) y += kit_.text({r_.x, y, r_.w, 120}, q->hint, t_.quiet, {.size = 15}) + 4;
    if (!q->in_words.empty()) y += kit_.text({r_.x, y, r_.w, 24}, q->in_words, t_.accent, {.size = 15}) + 4;
    if (!q->problem.empty()) {
      float ph = kit_.text_height(r_.w - 60, q->problem, {.size = 15.5f}) + 18;
      kit_.fill({r_.x, y + 2, r_.w, ph}, t_.ground, 12);
      kit_.icon(Icon::alert, r_.x + 24, y + 2 + ph / 2, 19, t_.warn);
      kit_.text({r_.x + 46, y + 11, r_.w - 60, ph}, q->problem, t_.ink, {.size = 15.5f});
      y += ph + 8;
    }
    return y + draw_choices(*q, y + 4) - r_.y + 12;
  }

  float draw_choices(const QuestionView& q, float top) {
    if (q.choices.empty() || q.read_only) return 0;
    float x = r_.x;
    float y = top;
    for (size_t n = 0; n < q.choices.size(); ++n) {
      const app::ChoiceView& choice = q.choices[n];
      TextLook look{.size = 15.5f, .bold = choice.chosen, .wrap = false, .middle = true, .may_cut = true};
      float label = kit_.text_width(choice.label, {.size = 15.5f, .bold = true});
      float second = choice.second.empty() ? 0 : kit_.text_width(choice.second, {.size = 13.5f}) + 10;
      float w = std::min(r_.w, label + second + 60);
      if (x > r_.x && x + w > r_.right()) {
        x = r_.x;
        y += 42;
      }
      Rect c{x, y, w, 36};
      kit_.fill(c, choice.chosen ? t_.soft : kit_.hovered(c) ? t_.hover : t_.card, 10);
      kit_.stroke(c, choice.chosen ? t_.accent : t_.line, 10, choice.chosen ? 2.f : 1.f);
      if (choice.chosen)
        kit_.icon(Icon::check, c.x + 20, c.y + 18, 17, t_.accent);
      else
        kit_.text({c.x + 8, c.y, 26, c.h}, s_.number(static_cast<long>(n) + 1), t_.accent,
                  {.size = 14, .bold = true, .align = Align::centre, .wrap = false, .middle = true});
      kit_.text({c.x + 40, c.y, std::min(label + 4, w - 48), c.h}, choice.label, t_.ink, look);
      if (second > 0 && label + 50 < w)
        kit_.text({c.x + 50 + label, c.y, w - label - 54, c.h}, choice.second, t_.quiet,
                  {.size = 13.5f, .wrap = false, .middle = true, .may_cut = true});
      if (kit_.hit("choice." + q.id + "." + choice.value, c, choice.label, true, false)) choose(q, n + 1);
      if (choice.chosen) kit_.state("chosen");
      x += w + 8;
    }
    return y + 36 - top;
  }

  // As wide as the sheet where they fit; else they scroll so that the one with the keyboard is seen.
  float column_width() const {
    return std::max(least_column, (r_.w - number_width) / static_cast<float>(std::max(1, columns())));
  }
  float offset() {
    float room = r_.w - number_width;
    float w = column_width();
    float& x = scratch_.controls.table_x;
    float left = static_cast<float>(here_.column) * w;
    if (left < x) x = left;
    if (left + w > x + room) x = left + w - room;
    x = std::clamp(x, 0.f, std::max(0.f, w * static_cast<float>(columns()) - room));
    return x;
  }
  Rect cell_place(int column, float y, float h) {
    return {r_.x + number_width + static_cast<float>(column) * column_width() - offset(), y, column_width(), h};
  }
  bool is_seen(Rect c) const { return c.right() > r_.x + number_width + 1 && c.x < r_.right() - 1; }

  // Columns beyond the edge: how many, and that arrows lead there. Returns the height used.
  float draw_more(float y) {
    float w = column_width();
    auto before = static_cast<long>(std::ceil(offset() / w - 0.01f));
    auto behind = static_cast<long>(std::ceil((w * static_cast<float>(columns()) - (r_.w - number_width) - offset()) / w - 0.01f));
    if (before <= 0 && behind <= 0) return 0;
    TextLook look{.size = 13, .bold = true, .wrap = false, .middle = true};
    auto more = [&](const char* id, long count, bool at_end) {
      std::string words = s_.tr("repeat.columns.button", {{"count", s_.number(count)}}, count);
      float width = kit_.text_width(words, look) + 44;
      Rect c{at_end ? r_.right() - width : r_.x + number_width, y, width, 26};
      kit_.fill(c, kit_.hovered(c) ? t_.hover : t_.ground, 13);
      kit_.icon(at_end ? Icon::forward : Icon::back, at_end ? c.right() - 17 : c.x + 17, c.y + 13, 15, t_.accent);
      kit_.text({c.x + (at_end ? 12 : 30), c.y, width - 40, c.h}, words, t_.quiet, look);
      if (!kit_.hit(id, c, words, true, false)) return;
      float edge = at_end ? offset() + r_.w - number_width : offset();  // the first that is not seen whole
      int to = static_cast<int>(edge / w + 0.01f) - (at_end || edge > std::floor(edge / w + 0.01f) * w + 1 ? 0 : 1);
      if (to != here_.column) walk(0, to - here_.column);
    };
    if (before > 0) more("table.before", before, false);
    if (behind > 0) more("table.behind", behind, true);
    return 32;
  }

  // As many of its words as have room in five lines; the question itself stands whole above the table.
  std::string heading_of(const std::string& label, float width, const TextLook& look) const {
    if (kit_.text_height(width, label, look) <= most_heading + 1) return label;
    std::string out = label;
    while (kit_.text_height(width, out + "\u2026", look) > most_heading + 1) {
      size_t at = out.rfind(' ');
      if (at == std::string::npos) break;
      out.resize(at);
    }
    return out + "\u2026";
  }

  float draw_headings(float y) {
    float h = 22;
    TextLook look{.size = 12.5f, .bold = true};
    for (const std::string& label : repeat_.columns) h = std::max(h, kit_.text_height(column_width() - 16, label, look));
    h = std::min(h, most_heading);
    kit_.clip({r_.x + number_width - 4, y, r_.w - number_width + 8, h + 4});
    for (int c = 0; c < columns(); ++c) {
      Rect place = cell_place(c, y, h);
      if (!is_seen(place)) continue;
      const std::string& label = repeat_.columns[static_cast<size_t>(c)];
      kit_.text({place.x + 8, y, place.w - 16, h}, heading_of(label, place.w - 16, look),
                c == here_.column ? t_.accent : t_.quiet, look);
    }
    kit_.unclip();
    kit_.fill({r_.x, y + h + 5, r_.w, 1}, t_.line);
    return h + 8;
  }

  float draw_row(int row, float y) {
    const app::RepeatView::Instance& one = repeat_.instances[static_cast<size_t>(row)];
    bool now = row == here_.row;
    bool far = !now && (y + row_height < -kit_.height() || y > 2 * kit_.height());  // as on other long pages
    if (far) return row_height + 2;
    if (now) kit_.fill({r_.x - 6, y, r_.w + 12, row_height}, t_.soft, 10);
    kit_.text({r_.x, y, number_width - 8, row_height}, s_.number(row + 1), now ? t_.accent : t_.quiet,
              {.size = 15, .bold = true, .align = Align::centre, .wrap = false, .middle = true});
    kit_.clip({r_.x + number_width - 4, y - 4, r_.w - number_width + 8, row_height + 8});
    for (int c = 0; c < columns(); ++c) {
      Rect place = cell_place(c, y + 3, row_height - 6);
      place.x += 3;
      place.w -= 6;
      int n = one.cells[static_cast<size_t>(c)];
      if (n < 0) {
        kit_.text(place, "\u2013", t_.quiet, {.size = 15, .align = Align::centre, .wrap = false, .middle = true});
        continue;
      }
      draw_cell({row, c}, view_.questions[static_cast<size_t>(n)], place);
    }
    kit_.unclip();
    kit_.fill({r_.x, y + row_height, r_.w, 1}, t_.line);
    return row_height + 2;
  }

  void draw_cell(Cell c, const QuestionView& q, Rect place) {
    if (!q.problem.empty()) place.w -= 26;
    if (is_field(q)) {
      draw_field(c, q, place);
    } else {
      Rect box = place;
      kit_.fill(box, q.read_only ? t_.ground : kit_.hovered(box) ? t_.hover : t_.card, 12);
      kit_.stroke(box, t_.line, 12);
      kit_.text({box.x + 12, box.y, box.w - 24, box.h}, q.shown, t_.ink,
                {.size = 16, .wrap = false, .middle = true, .may_cut = true});
      if (kit_.hit(cell_widget(q), box, q.label)) go(c);
      kit_.state(q.shown);
    }
    if (!q.problem.empty()) kit_.icon(Icon::alert, place.right() + 15, place.y + place.h / 2, 18, t_.warn);
  }

  void draw_field(Cell c, const QuestionView& q, Rect place) {
    Events own;
    Asked a{kit_, s_, q, false, here() == &q, scratch_, own};
    std::string id = cell_widget(q);
    const Input* i = kit_.input();
    bool sideways = i && kit_.focus() == id && i->kind == Input::Kind::key && !i->shift && !i->control && !i->alt &&
                    (i->key == Key::left || i->key == Key::right);
    bool to_right = sideways && i->key == Key::right;
    size_t caret = kit_.editing(id).caret;
    bool pressed = i && i->kind == Input::Kind::press && kit_.hovered(place);
    FieldLook look{.size = 16};
    look.numeric = q.control.kind != ControlKind::text_entry;
    typed_field(a, place, look);
    bool on = std::any_of(own.begin(), own.end(), [](const app::Event& e) { return std::holds_alternative<app::NextPage>(e); });
    std::erase_if(own, [](const app::Event& e) { return std::holds_alternative<app::NextPage>(e); });
    events_.insert(events_.end(), own.begin(), own.end());
    if (pressed && here() != &q) go(c);
    if (on) advance();
    // At the end of its text an arrow leaves the cell.
    if (sideways && kit_.editing(id).caret == caret && kit_.editing(id).anchor == caret)
      walk(0, to_right != kit_.is_rtl() ? 1 : -1);
  }

  // What may be done with the row the keyboard is in; another row; on.
  float draw_row_actions(float top) {
    const std::string& row = repeat_.instances[static_cast<size_t>(std::clamp(here_.row, 0, rows() - 1))].id;
    bool sure = scratch_.removing == row;
    struct Action {
      std::string id, label;
      Icon icon;
      bool enabled;
    };
    std::vector<Action> all;
    if (repeat_.may_move) {
      all.push_back({"repeat.up", tr(s_, "repeat.raise.button"), Icon::raise, here_.row > 0});
      all.push_back({"repeat.down", tr(s_, "repeat.lower.button"), Icon::lower, here_.row + 1 < rows()});
    }
    if (repeat_.may_add) {
      all.push_back({"repeat.copy", tr(s_, "repeat.copy.button"), Icon::copy, true});
      all.push_back({"repeat.remove", sure ? tr(s_, "repeat.sure.button") : tr(s_, "repeat.remove.button"), Icon::trash, true});
      all.push_back({"repeat.add", tr(s_, "repeat.add.button"), Icon::plus, true});
    }
    float x = r_.x;
    float y = top;
    for (const Action& one : all) {
      float w = kit_.text_width(one.label, {.size = 16}) + 66;
      if (x > r_.x && x + w > r_.right()) {
        x = r_.x;
        y += 52;
      }
      if (kit_.button(one.id, {x, y, w, 44}, one.label, Look::plain, one.enabled, one.icon)) act(one.id, row);
      x += w + 10;
    }
    return y + 44 - top + 14;
  }

  void act(const std::string& id, const std::string& row) {
    if (id == "repeat.up") return move(row, -1);
    if (id == "repeat.down") return move(row, 1);
    if (id == "repeat.remove") return remove(row);
    keep_typed("");
    scratch_.controls.follows = true;
    if (id == "repeat.copy") events_.push_back(app::CopyInstance{row});
    if (id == "repeat.add") events_.push_back(app::AddInstance{repeat_.id, repeat_.parent});
  }

  Kit& kit_;
  const Theme& t_;
  const app::Strings& s_;
  const InterviewView& view_;
  const app::RepeatView& repeat_;
  Rect r_;
  Scratch& scratch_;
  Events& events_;
  Cell here_;
};

}  // namespace

std::string cell_widget(const QuestionView& q) {
  return is_field(q) ? field_id(q) : "cell." + q.id;
}

float draw_repeat_table(Kit& kit, const app::Strings& s, const InterviewView& view, Rect r, Scratch& scratch,
                        Events& events) {
  return Table(kit, s, view, r, scratch, events).draw();
}

}  // namespace window
