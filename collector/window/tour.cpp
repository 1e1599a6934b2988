#include "collector/window/tour.h"

#include <algorithm>
#include <set>

namespace window {
namespace {

using app::Go;
using definition::ControlKind;

class Walk {
 public:
  Walk(app::Desk& desk, Scratch& scratch, int pages, const std::function<void(const std::string&)>& stop)
      : desk_(desk), scratch_(scratch), pages_(pages), stop_(stop) {}

  void unlock_screens() {
    stop("unlock");
    scratch_.making = true;
    stop("unlock-new");
    desk_.apply(app::CreateProfile{"new", "one thing", "another"});
    stop("unlock-differs");
    scratch_.making = false;
  }

  bool enter(const std::string& person, const std::string& passphrase) {
    if (person.empty()) return false;
    desk_.apply(app::Unlock{person, passphrase});
    stop("unlock-waits");
    desk_.wait();
    return std::holds_alternative<app::HomeView>(desk_.screen());
  }

  void fieldworker(const std::string& passphrase) {
    stop("home");
    scratch_.open = Open::keys;
    stop("keys");
    scratch_.open = Open::nothing;
    std::vector<app::FormCard> forms = std::get<app::HomeView>(desk_.screen()).forms;
    for (const app::FormCard& form : forms) {
      walked_.insert(form.title);
      interview(form.id);
    }
    place(Go::sync, "sync");
    desk_.apply(app::Visit{Go::contacts});
    stop("contacts-none");
    desk_.apply(app::NoteContact{"MA12-S147-5", app::Outcome::postponed, "27/11/2026", "10:30", "07"});
    desk_.apply(app::NoteContact{"MA12-S150-1", app::Outcome::absent, "", "", ""});
    stop("contacts");
    place(Go::withdraw, "withdraw");
    desk_.apply(app::Withdraw{.words = "MA12"});
    stop("withdraw-none");
    desk_.apply(app::Withdraw{.words = card_});
    stop("withdraw-card");
    place(Go::settings, "settings");
    place(Go::about, "about");
    desk_.apply(app::Visit{Go::help});
    size_t pages = std::holds_alternative<app::HelpView>(desk_.screen())
                       ? std::get<app::HelpView>(desk_.screen()).titles.size()
                       : 0;
    for (size_t n = 0; n < pages; ++n) {
      desk_.apply(app::SelectHelp{static_cast<int>(n)});
      stop("help-" + std::to_string(n + 1));
    }
    desk_.apply(app::Hide{});
    stop("lock");
    desk_.apply(app::Reveal{passphrase});
    desk_.wait();
    desk_.apply(app::Visit{Go::lock});
  }

  void practice() {
    desk_.apply(app::Practise{});
    stop("practice");
    if (const auto* home = std::get_if<app::HomeView>(&desk_.screen())) {
      std::vector<app::FormCard> forms = home->forms;  // those that nobody has walked through yet
      for (const app::FormCard& form : forms)
        if (walked_.insert(form.title).second) interview(form.id);
    }
    desk_.apply(app::Visit{Go::lock});
  }

  void coordinator() {
    stop("home-coordinator");
    place(Go::conflicts, "conflicts");
    place(Go::table, "table");
    place(Go::export_tables, "export");
    place(Go::central_file, "file");
    scratch_.part = 1;
    stop("file-waiting");
    scratch_.part = 2;
    stop("file-log");
    scratch_.part = 3;
    stop("file-card");
    scratch_.part = 0;
    place(Go::withdraw, "withdraw-centre");
    place(Go::editor, "editor");
    desk_.apply(app::Visit{Go::lock});
  }

 private:
  void stop(const std::string& name) {
    if (scratch_.open == Open::nothing) scratch_.shown.clear();  // a page that is new closes what lies over it
    stop_(name);
  }

  void place(Go where, const std::string& name) {
    desk_.apply(app::Visit{where});
    desk_.wait();
    stop(name);
  }

  const app::InterviewView* view() const { return std::get_if<app::InterviewView>(&desk_.screen()); }

  void interview(const std::string& form) {
    desk_.apply(app::NewInterview{form});
    for (int page = 0; page < pages_ && view(); ++page) {
      std::string number = std::to_string(page + 1);
      std::string name = "interview-" + form + "-" + std::string(number.size() < 2 ? 1 : 0, '0') + number;
      stop(name);
      if (page == 0) {
        desk_.apply(app::NextPage{});
        stop(name + "-required");
        scratch_.open = Open::languages;
        stop(name + "-languages");
        for (auto [sheet, what] : {std::pair{Open::note, "-note"}, {Open::spoken, "-spoken"}, {Open::find, "-find"},
                                   {Open::beside, "-second"}, {Open::keys, "-keys"}}) {
          if (sheet == Open::find) desk_.apply(app::Find{"an"});
          if (sheet == Open::beside) desk_.apply(app::OfferBeside{});
          scratch_.open = sheet;
          stop(name + what);
        }
        scratch_.open = Open::nothing;
        beside();
        stop(name + "-beside");
        desk_.apply(app::ReadIn{view()->language_index, -1});
        mixed(name);
        desk_.apply(app::SayNothing{view()->focus, app::NoAnswer::not_applicable});  // refused, and said
        stop(name + "-notice");
      }
      open_panel(name);
      answer_somehow();
      answered(name);
      tabulate(name);
      if (view() && view()->consent && view()->consent->card) {
        card_ = view()->consent->code;
        desk_.apply(app::HandOverCard{});
      }
      desk_.apply(app::NextPage{true});
    }
    if (view()) desk_.apply(app::Visit{Go::submit});
    stop("submit-" + form);
    desk_.apply(app::Visit{Go::home});
  }

  // The first repeat that is met, as a table; and back to its pages.
  void tabulate(const std::string& name) {
    if (tabulated_ || !view() || view()->questions.empty() || view()->questions.front().id.find('[') == std::string::npos) return;
    desk_.apply(app::TabulateRepeats{true});
    if (view()->repeat) stop(name + "-table");
    tabulated_ = view()->repeat.has_value();
    desk_.apply(app::TabulateRepeats{false});
  }

  // The interview in another direction than the interface, where the form has such a language.
  void mixed(const std::string& name) {
    int before = view()->language_index;
    bool from_right = desk_.frame().right_to_left;
    for (int n = 0; n < static_cast<int>(view()->languages.size()); ++n) {
      if (view()->languages[static_cast<size_t>(n)].empty() ||
          app::has_right_to_left(view()->languages[static_cast<size_t>(n)]) == from_right)
        continue;
      desk_.apply(app::ReadIn{n, -1});
      stop(name + "-mixed");
      desk_.apply(app::ReadIn{before, -1});
      return;
    }
  }

  // What opens beside a control: a calendar, the list of files, the state of a microphone. Once a form.
  void open_panel(const std::string& name) {
    const app::InterviewView* v = view();
    if (!v || v->questions.size() != 1 || v->repeat) return;
    const app::QuestionView q = v->questions.front();
    if (q.control.kind == ControlKind::date_entry) {
      scratch_.controls.open = q.id;
      scratch_.controls.day = q.today;
      stop_(name + "-panel");  // over the page as it stands
      scratch_.controls.open.clear();
    } else if (q.control.kind == ControlKind::media && !v->browser && panels_.insert(name.substr(0, 12)).second) {
      desk_.apply(app::Browse{q.id, "/usr"});
      stop(name + "-files");
      desk_.apply(app::CloseBrowser{});
    }
    if (q.control.kind == ControlKind::media && q.control.media == definition::MediaKind::audio) {
      desk_.apply(app::Record{q.id});
      stop(name + "-records");
      desk_.apply(app::EndRecording{});
    }
  }

  // What looks otherwise once it is answered; and what is said of an answer that cannot stay.
  void answered(const std::string& name) {
    const app::InterviewView* v = view();
    if (!v || v->questions.size() != 1 || v->repeat) return;
    const app::QuestionView q = v->questions.front();
    if (q.control.kind == ControlKind::scale || q.control.kind == ControlKind::ranking) stop(name + "-answered");
    if (q.control.kind == ControlKind::media && q.control.drawing != definition::Drawing::none) {
      desk_.apply(app::Draw{q.id, {{0.1f, 0.2f, 0.6f, 0.7f, 0.9f, 0.3f}}, 0.5f, ""});
      stop(name + "-answered");
    }
    if (q.control.kind == ControlKind::number_entry || q.control.kind == ControlKind::date_entry) {
      desk_.apply(app::Answer{q.id, q.control.kind == ControlKind::date_entry ? "99/99" : "9x"});
      stop(name + "-wrong");
      desk_.apply(app::Answer{q.id, ""});
    }
  }

  void beside() {
    const app::InterviewView* v = view();
    int other = v->language_index == 0 ? 1 : 0;
    if (static_cast<size_t>(other) < v->languages.size()) desk_.apply(app::ReadIn{v->language_index, other});
  }

  void answer_somehow() {
    const app::InterviewView* v = view();
    if (!v) return;
    std::vector<app::QuestionView> questions = v->questions;
    for (const app::QuestionView& q : questions) {
      if (!q.choices.empty() && !q.answered) {
        const app::ChoiceView* pick = &q.choices[0];
        for (const app::ChoiceView& choice : q.choices)
          if (choice.value == "yes") pick = &choice;
        desk_.apply(app::ToggleChoice{q.id, pick->value});
      } else if (q.id == "age_years") {
        desk_.apply(app::Answer{q.id, "16"});
      } else if (q.control.kind == ControlKind::scale && !q.answered) {
        desk_.apply(app::Answer{q.id, std::to_string(static_cast<int>(q.control.scale_min))});
      } else if (q.control.kind == ControlKind::number_entry) {
        desk_.apply(app::Answer{q.id, "2"});
      }
    }
  }

  app::Desk& desk_;
  Scratch& scratch_;
  int pages_;
  bool tabulated_ = false;
  std::string card_;  // of the last interview
  std::set<std::string> walked_, panels_;
  const std::function<void(const std::string&)>& stop_;
};

}  // namespace

void tour(app::Desk& desk, Scratch& scratch, const Travellers& who,
          const std::function<void(const std::string&)>& stop) {
  Walk walk(desk, scratch, who.pages, stop);
  walk.unlock_screens();
  if (walk.enter(who.fieldworker, who.passphrase)) walk.fieldworker(who.passphrase);
  walk.practice();
  if (walk.enter(who.coordinator, who.passphrase)) walk.coordinator();
}

bool reads_from_right(const app::Desk& desk) {
  const auto* interview = std::get_if<app::InterviewView>(&desk.screen());
  return interview ? interview->right_to_left : desk.frame().right_to_left;
}

}  // namespace window
