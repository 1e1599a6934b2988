#include "collector/window/registry.h"

#include <sstream>

namespace window {
namespace {

std::string plain(const std::string& s) {
  std::string out;
  for (char c : s)
    if (c == '\n')
      out += "\\n";
    else if (c == '\t')
      out += "\\t";
    else if (c == '\\')
      out += "\\\\";
    else
      out += c;
  return out;
}

void add(std::ostream& out, const app::InterviewView& view) {
  out << "page\t" << view.page << "\t" << view.pages << "\t" << view.grid << "\t" << view.is_last << "\t"
      << view.language_index << "\n";
  for (const app::QuestionView& q : view.questions) {
    out << "question\t" << q.id << "\t" << static_cast<int>(q.control.kind) << "\t" << q.required << "\t"
        << q.choices.size() << "\t" << plain(q.value) << "\t" << !q.problem.empty() << "\t" << plain(q.label)
        << "\t" << q.read_only << "\t" << q.control.multiline << "\t" << plain(q.problem) << "\n";
    for (size_t i = 0; i < q.choices.size(); ++i)
      out << "choice\t" << q.id << "\t" << i + 1 << "\t" << plain(q.choices[i].value) << "\t"
          << plain(q.choices[i].label) << "\n";
  }
  out << "asks\t" << view.focus << "\n";
  if (view.repeat) out << "repeat\t" << view.repeat->id << "\t" << view.repeat->instances.size() << "\n";
}

void add(std::ostream& out, const app::SubmitView& view) {
  out << "submit\t" << view.may_finish << "\t" << view.answered << "\t" << view.unanswered << "\t"
      << view.refused << "\n";
  for (const app::FindingView& f : view.findings)
    out << "finding\t" << f.id << "\t" << plain(f.label) << "\t" << plain(f.text) << "\n";
}

void add(std::ostream& out, const app::HomeView& view) {
  for (const app::FormCard& form : view.forms)
    out << "form\t" << form.id << "\t" << plain(form.title) << "\t" << form.version << "\n";
  for (const app::InterviewCard& one : view.interviews)
    out << "interview\t" << one.id << "\t" << static_cast<int>(one.safety) << "\t" << plain(one.name) << "\n";
}

void add(std::ostream& out, const app::SyncView& view) {
  out << "sync\t" << view.running << "\t" << view.done << "\n";
  for (const std::string& line : view.results) out << "result\t" << plain(line) << "\n";
  for (const std::string& line : view.problems) out << "problem\t" << plain(line) << "\n";
}

void add(std::ostream& out, const app::UnlockView& view) {
  out << "unlock\t" << plain(view.chosen) << "\t" << plain(view.problem) << "\n";
}

void add(std::ostream& out, const app::EditorView& view) {
  out << "editor\t" << view.form << "\t" << view.version << "\t" << view.next_version << "\t"
      << view.may_publish << "\n";
  if (view.rows.empty()) return;
  const app::TextRow& row = view.rows[static_cast<size_t>(view.selected)];
  out << "row\t" << row.question << "\t" << row.column << "\t"
      << plain(row.texts[static_cast<size_t>(view.language)]) << "\n";
}

template <class View>
void add(std::ostream&, const View&) {}

}  // namespace

std::string describe(const app::Frame& frame, const app::Screen& screen, Kit& kit, float scale) {
  static constexpr const char* names[] = {"unlock", "home",   "interview", "submit", "sync",     "conflicts", "table",
                                          "export", "editor", "file",     "lock",      "contacts", "settings", "help",      "about",   "withdraw"};
  std::ostringstream out;
  out << "screen\t" << names[screen.index()] << "\n";
  out << "frame\t" << frame.language << "\t" << frame.practice << "\t" << frame.notice_is_problem << "\t"
      << plain(frame.notice) << "\n";
  std::visit([&](const auto& view) { add(out, view); }, screen);
  const std::string& focus = kit.focus();
  bool secret = std::holds_alternative<app::UnlockView>(screen) ||
                std::holds_alternative<app::LockView>(screen) ||
                std::holds_alternative<app::SettingsView>(screen);
  out << "focus\t" << focus << "\t"
      << (secret || !kit.field_has_focus() ? "" : plain(kit.editing(focus).text)) << "\n";
  if (!secret && kit.field_has_focus()) out << "caret\t" << kit.editing(focus).caret << "\n";
  for (const Widget& w : kit.registry())
    out << "widget\t" << w.id << "\t" << w.place.x * scale << "\t" << w.place.y * scale << "\t"
        << w.place.w * scale << "\t" << w.place.h * scale << "\n";
  return out.str();
}

}  // namespace window
