#include "collector/app/terminal_interview.h"

#include <algorithm>
#include <charconv>

#include "collector/app/walk.h"
#include "forms/base/utf8.h"

namespace app {

using base::Fault;

namespace {

base::Result<int> language_for(const definition::Survey& survey, const std::string& wanted) {
  if (wanted.empty()) return survey.default_language;
  int index = survey.language_index(wanted);
  if (index >= 0) return index;
  std::string all;
  for (const std::string& name : survey.languages) all += (all.empty() ? "" : ", ") + name;
  return base::fail(Fault::missing, wanted, "This form has no such language; it has: " + all + ".");
}

}  // namespace

base::Result<std::unique_ptr<TerminalInterview>> TerminalInterview::practise(
    const std::filesystem::path& path, const std::vector<std::filesystem::path>& lists,
    const std::string& language, World world) {
  auto form = read_form(path, lists);
  if (!form) return base::pass(form.error());
  if (!form->read.survey) {
    std::string first;
    for (const definition::Diagnostic& d : form->read.diagnostics)
      if (first.empty() && d.severity == definition::Severity::error) first = definition::describe(d);
    return base::fail(
        Fault::invalid, path.string(),
        "This form is refused. Its first error: " + first + ". rihla form check shows them all.");
  }
  auto index = language_for(*form->read.survey, language);
  if (!index) return base::pass(index.error());
  auto out = std::make_unique<TerminalInterview>();
  out->interview_ = Interview::practise(std::make_shared<const FormFile>(std::move(*form)), world, *index);
  out->at_ = next_question(out->interview_->session(), 0);
  return out;
}

base::Result<std::unique_ptr<TerminalInterview>> TerminalInterview::begin(Profile& profile,
                                                                          const std::string& form_id,
                                                                          const std::string& language) {
  std::string all;
  for (const record::PublishedForm& form : profile.forms()) {
    all += (all.empty() ? "" : ", ") + form.form_id;
    if (form.form_id != form_id) continue;
    auto file = profile.form(form.package);
    if (!file) return base::pass(file.error());
    auto index = language_for(*(*file)->read.survey, language);
    if (!index) return base::pass(index.error());
    auto interview = Interview::begin(profile, form, *index);
    if (!interview) return base::pass(interview.error());
    auto out = std::make_unique<TerminalInterview>();
    out->interview_ = std::move(*interview);
    out->at_ = next_question(out->interview_->session(), 0);
    return out;
  }
  return base::fail(Fault::missing, form_id,
                    "No such form is published in this project; there are: " + all + ".");
}

base::Result<std::unique_ptr<TerminalInterview>> TerminalInterview::open(Profile& profile,
                                                                         const std::string& id) {
  auto draft = base::DraftId::from_hex(id);
  if (!draft)
    return base::fail(Fault::invalid, id, "This is no interview's id; rihla project status lists them.");
  auto interview = Interview::open(profile, *draft);
  if (!interview && interview.error().fault == Fault::missing)
    interview = Interview::reopen(profile, *base::RecordId::from_hex(id));
  if (!interview) return base::pass(interview.error());
  auto out = std::make_unique<TerminalInterview>();
  out->interview_ = std::move(*interview);
  engine::NodeId place = out->interview_->place();
  out->at_ = place != 0 && out->interview_->session().relevant(place)
                 ? place
                 : next_question(out->interview_->session(), 0);
  return out;
}

base::Result<std::vector<std::string>> TerminalInterview::move_to_newest(Profile& profile,
                                                                         const std::string& id) {
  auto draft = base::DraftId::from_hex(id);
  auto drafts = profile.vault().drafts();
  if (!drafts) return base::pass(drafts.error());
  auto at = std::find_if(drafts->begin(), drafts->end(),
                         [&](const store::DraftSummary& d) { return draft && d.id == *draft; });
  if (at == drafts->end())
    return base::fail(Fault::missing, id, "This interview is not open; only an open one can be moved.");
  std::vector<std::string> out;
  for (const record::PublishedForm& form : profile.forms()) {
    if (form.form_id != at->info.form_id) continue;
    auto moved = Interview::move(profile, *draft, form);
    if (!moved) return base::pass(moved.error());
    for (const definition::ArchivedAnswer& one : moved->archived)
      out.push_back(one.identity + ": " + one.text + " (" + one.why + ")");
  }
  return out;
}

std::optional<QuestionView> TerminalInterview::page() const {
  if (asking_) {
    const engine::Session& session = interview_->session();
    const definition::Node& repeat = interview_->survey().nodes[asking_->repeat];
    QuestionView view;
    view.id = repeat.identity;
    view.label = session.text(repeat.label, asking_->group, session.language());
    if (view.label.empty()) view.label = repeat.name;
    view.hint =
        std::to_string(session.instances(asking_->group, asking_->repeat).size()) + " so far. Another one?";
    view.control.kind = definition::ControlKind::choice_one;
    view.choices = {{"add", "yes, add", "", false, 0}, {"on", "no, go on", "", false, 0}};
    return view;
  }
  if (at_ == engine::no_id) return std::nullopt;
  QuestionView view = question_view(interview_->session(), at_, interview_->session().language(), -1);
  const definition::Node& definition = interview_->survey().nodes[interview_->session().definition_of(at_)];
  if (definition.type && !definition.type->not_yet.empty()) view.remark = definition.type->not_yet;
  if (view.free_text) view.remark = "this list is empty here: type the answer";
  return view;
}

base::Result<std::string> TerminalInterview::say(const std::string& line) {
  QuestionView view = *page();
  if (asking_) {
    std::string digit = base::ascii_digits(line);
    if (digit != "1") {
      if (!digit.empty() && digit != "2") return std::string("Type 1 or 2.");
      advance();
      return std::string();
    }
    if (auto done = interview_->add_instance(asking_->group, asking_->repeat); !done)
      return base::pass(done.error());
    at_ = first_question(interview_->session(),
                         interview_->session().instances(asking_->group, asking_->repeat).back());
    asking_.reset();
    return std::string();
  }
  if (line.empty() || view.control.kind == definition::ControlKind::note ||
      view.control.kind == definition::ControlKind::not_yet) {
    if (view.required && view.value.empty() && is_answerable(interview_->session(), at_))
      return std::string("This question needs an answer.");
    advance();
    return std::string();
  }
  std::string typed = line == "-" ? "" : line;
  if (!typed.empty() && !view.choices.empty()) {  // numbers of choices
    std::string values;
    std::string digits = base::ascii_digits(typed) + " ";
    for (size_t start = 0; start < digits.size();) {
      size_t end = digits.find_first_of(" ,", start);
      int number = 0;
      auto read = std::from_chars(digits.data() + start, digits.data() + end, number);
      if (end > start &&
          (read.ec != std::errc() || number < 1 || static_cast<size_t>(number) > view.choices.size()))
        return "Type a number from 1 to " + std::to_string(view.choices.size()) + ".";
      if (end > start)
        values += (values.empty() ? "" : " ") + view.choices[static_cast<size_t>(number) - 1].value;
      start = end + 1;
    }
    if (view.control.kind == definition::ControlKind::choice_one && values.find(' ') != std::string::npos)
      return std::string("Only one of them can be chosen.");
    auto said = interview_->store(at_, values);
    if (!said) return base::pass(said.error());
    if (said->judgement == engine::Judgement::constraint_failed)
      return said->message.empty() ? "This answer breaks a rule of the form." : said->message;
  } else {
    auto said = interview_->answer(at_, typed);
    if (!said && said.error().fault == Fault::invalid) return said.error().detail;
    if (!said) return base::pass(said.error());
    if (said->judgement == engine::Judgement::constraint_failed)
      return said->message.empty() ? "This answer breaks a rule of the form." : said->message;
  }
  advance();
  return std::string();
}

void TerminalInterview::advance() {
  const engine::Session& session = interview_->session();
  std::vector<Page> pages = pages_of(session, {.may_add = !interview_->is_correction()});
  size_t page = pages.size();
  for (size_t i = 0; i < pages.size(); ++i) {
    const std::vector<engine::NodeId>& questions = pages[i].questions;
    if (asking_) {
      if (pages[i].repeat == asking_->repeat && pages[i].group == asking_->group) page = i;
    } else if (auto here = std::find(questions.begin(), questions.end(), at_); here != questions.end()) {
      if (here + 1 != questions.end()) {
        at_ = *(here + 1);
        return;
      }
      page = i;
    }
  }
  asking_.reset();
  if (page == pages.size()) {  // what was just answered is hidden now
    at_ = next_question(session, at_);
  } else if (++page == pages.size()) {
    at_ = engine::no_id;
  } else if (pages[page].questions.empty()) {
    asking_ = pages[page];
  } else {
    at_ = pages[page].questions.front();
  }
}

base::Status TerminalInterview::add(const std::string& identity) {
  definition::NodeIndex repeat = interview_->survey().by_identity(identity);
  if (repeat == definition::no_node ||
      interview_->survey().nodes[repeat].kind != definition::NodeKind::repeat)
    return base::fail(Fault::missing, identity, "This form has no such repeat.");
  definition::NodeIndex around = interview_->survey().nodes[repeat].parent;
  std::vector<engine::NodeId> open = {0};
  while (!open.empty()) {
    engine::NodeId at = open.back();
    open.pop_back();
    if (interview_->session().definition_of(at) == around) return interview_->add_instance(at, repeat);
    for (engine::NodeId child : interview_->session().children(at)) open.push_back(child);
  }
  return base::fail(Fault::missing, identity, "This repeat is not asked now.");
}

void TerminalInterview::back() {
  if (asking_) return asking_.reset();
  engine::NodeId before = previous_question(interview_->session(), at_);
  if (before != engine::no_id) at_ = before;
}

namespace {

constexpr std::string_view card_role = "withdrawal_card";

// Why these are not choices of the question, as it is asked now; "" where they are.
std::string not_offered(const QuestionView& view, const std::string& value) {
  using definition::ControlKind;
  bool one = view.control.kind == ControlKind::choice_one;
  bool ranking = view.control.kind == ControlKind::ranking;
  if (value.empty() || view.free_text || (!one && !ranking && view.control.kind != ControlKind::choice_many))
    return "";
  std::vector<std::string> said = one ? std::vector<std::string>{value} : choices_in(value);
  std::string all;
  for (const ChoiceView& choice : view.choices) all += (all.empty() ? "" : ", ") + choice.value;
  for (size_t i = 0; i < said.size(); ++i) {
    bool known = std::any_of(view.choices.begin(), view.choices.end(),
                             [&](const ChoiceView& choice) { return choice.value == said[i]; });
    if (!known) return "\"" + said[i] + "\" is not offered here; these are: " + all + ".";
    if (std::find(said.begin(), said.begin() + static_cast<std::ptrdiff_t>(i), said[i]) !=
        said.begin() + static_cast<std::ptrdiff_t>(i))
      return "\"" + said[i] + "\" stands there twice.";
  }
  if (ranking && said.size() != view.choices.size()) return "All of them are ranked, each once: " + all + ".";
  return "";
}

}  // namespace

std::string TerminalInterview::card() const {
  if (asking_ || at_ == engine::no_id || interview_->refused()) return "";
  bool here = role_of(interview_->survey(), interview_->session().definition_of(at_)) == card_role;
  return here ? interview_->card() : "";
}

std::string TerminalInterview::card_of_interview() const {
  const definition::Survey& survey = interview_->survey();
  for (definition::NodeIndex i = 0; i < survey.nodes.size(); ++i)
    if (role_of(survey, i) == card_role && !interview_->refused()) return interview_->card();
  return "";
}

base::Result<std::string> TerminalInterview::answer(const std::string& address, const std::string& value) {
  engine::NodeId node = find_address(interview_->session(), address);
  if (node == engine::no_id)
    return base::fail(Fault::missing, address,
                      "There is no such question now. Addresses look like actor[2]/act_name.");
  if (!interview_->session().relevant(node))
    return base::fail(Fault::invalid, address,
                      "This question is not asked now: its condition does not hold.");
  QuestionView view = question_view(interview_->session(), node, interview_->session().language(), -1);
  if (std::string why = not_offered(view, value); !why.empty()) return why;
  auto said = interview_->answer(node, value);
  if (!said) return base::pass(said.error());
  if (said->judgement != engine::Judgement::constraint_failed) return std::string();
  if (auto done = interview_->store(node, view.value); !done) return base::pass(done.error());
  return said->message.empty() ? "This answer breaks a rule of the form." : said->message;
}

std::vector<std::string> TerminalInterview::missing() const {
  std::vector<std::string> out;
  if (interview_->refused()) return out;
  const engine::Session& session = interview_->session();
  for (const engine::Finding& finding : interview_->findings())
    out.push_back(session.text(session.survey().nodes[session.definition_of(finding.node)].label,
                               finding.node, session.language()) +
                  (finding.message.empty() ? "" : ": " + finding.message));
  return out;
}

base::Status TerminalInterview::finish() {
  auto open = missing();
  if (!open.empty())
    return base::fail(Fault::invalid, open[0],
                      "This must be answered or mended before the interview is finished.");
  auto done = interview_->finish();
  if (!done) return base::pass(done.error());
  return {};
}

std::vector<std::pair<std::string, std::string>> TerminalInterview::answers() const {
  std::vector<std::pair<std::string, std::string>> out;
  const engine::Session& session = interview_->session();
  for (const engine::SavedValue& value : session.saved_values()) {
    engine::NodeId node = session.find(value.path);
    if (session.relevant(node)) out.emplace_back(address_of(session, node), value.text);
  }
  return out;
}

}  // namespace app
