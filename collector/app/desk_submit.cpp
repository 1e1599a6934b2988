// The end of an interview: what stands in the way, what finishing means, and finishing.
#include <algorithm>
#include <fstream>

#include "collector/app/trial.h"
#include "collector/app/desk_state.h"
#include "collector/app/devices.h"
#include "collector/app/handed_cards.h"
#include "collector/app/platform.h"
#include "collector/app/walk.h"

namespace app {

using engine::NodeId;

// A rule whose row says x_soft is a warning: it is said once and does not block.
bool is_soft(const engine::Session& session, NodeId node) {
  const auto& extra = session.survey().nodes[session.definition_of(node)].extra;
  auto at = extra.find("x_soft");
  return at != extra.end() && at->second == "yes";
}

void OpenDesk::show_submit() {
  const engine::Session& session = interview_->session();
  SubmitView view;
  view.title = interview_->survey().title_in(language_);
  view.correcting = interview_->is_correction();
  view.refused = !view.correcting && interview_->refused();
  auto label_of = [&](NodeId node) {
    const definition::Node& definition = interview_->survey().nodes[session.definition_of(node)];
    std::string label = session.text(definition.label, node, language_);
    if (label.empty()) label = definition.name;
    // Which of several it is about: "Exchange 2 · With whom?", the outermost first.
    for (NodeId at = session.parent(node); at != engine::no_id && at != 0; at = session.parent(at)) {
      const definition::Node& around = interview_->survey().nodes[session.definition_of(at)];
      if (around.kind != definition::NodeKind::repeat) continue;
      std::string name = session.text(around.label, at, language_);
      label = (name.empty() ? around.name : name) + " " + strings_.number(session.position(at)) + " · " + label;
    }
    return label;
  };
  std::vector<FindingView> warnings;
  std::vector<FindingView> unanswered;
  if (!view.refused) {
    for (const engine::Finding& finding : interview_->findings()) {
      bool missing = finding.judgement == engine::Judgement::required_missing;
      bool soft = !missing && is_soft(session, finding.node);
      std::string text = finding.message;
      if (text.empty())
        text = missing ? strings_.tr("interview.required.problem") : strings_.tr("interview.rule.problem");
      (soft ? warnings : view.findings)
          .push_back({address_of(session, finding.node), label_of(finding.node), text,
                      soft ? FindingKind::warning : FindingKind::error});
    }
    lay_pages();
    if (card_waits())
      for (const Page& page : pages_)
        if (page.consent == ConsentStep::card)
          view.findings.push_back({address_of(session, page.questions.front()), strings_.tr("consent.card.title"),
                                   strings_.tr("consent.card.problem"), FindingKind::error});
    // What was typed and is no answer yet would be lost without a word.
    for (const auto& [id, typed] : typed_)
      if (NodeId node = find_address(session, id); node != engine::no_id && session.relevant(node))
        view.findings.push_back({id, label_of(node), problems_.count(id) ? problems_.at(id)(node) : typed,
                                 FindingKind::error});
  }
  for (const engine::Fault& fault : session.faults()) {
    NodeId node = session.exists(fault.node) ? fault.node : 0;
    warnings.push_back({address_of(session, node), interview_->survey().nodes[fault.definition].name,
                        describe(fault, interview_->survey(), strings_.language()), FindingKind::warning});
  }
  for (NodeId node = next_question(session, 0); node != engine::no_id; node = next_question(session, node)) {
    if (!is_answerable(session, node)) continue;
    bool empty = session.value(node).empty();
    ++(empty ? view.unanswered : view.answered);
    if (empty && !view.refused && !session.required(node))
      unanswered.push_back({address_of(session, node), label_of(node), strings_.tr("submit.blank.text"),
                            FindingKind::unanswered});
  }
  view.errors = static_cast<int>(view.findings.size());
  view.warnings = static_cast<int>(warnings.size());
  view.may_finish = view.findings.empty();
  std::move(warnings.begin(), warnings.end(), std::back_inserter(view.findings));
  std::move(unanswered.begin(), unanswered.end(), std::back_inserter(view.findings));
  view.meaning = frame_.practice   ? strings_.tr("submit.practice.text")
                 : view.correcting ? strings_.tr("submit.correcting.text")
                 : view.refused    ? strings_.tr("submit.refused.text")
                                   : strings_.tr("submit.meaning.text");
  if (!view.refused) view.card = interview_->card();
  if (!view.card.empty()) view.card_words = words_on_card();
  view.printed = printed_;
  screen_ = std::move(view);
}

// Two copies on one sheet, to the printer through memory; to a file only where that was asked for.
void OpenDesk::on(const PrintCard& e) {
  if (!interview_ || frame_.practice) return;
  if (e.pdf.empty()) return say(strings_.tr("card.no_pages.notice"), true);
  std::string notice;
  if (e.to_file) {
    std::filesystem::path folder = e.folder.empty() ? home_folder() : std::filesystem::path(e.folder);
    std::filesystem::path file = folder / "rihla-card.pdf";
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out.write(e.pdf.data(), static_cast<std::streamsize>(e.pdf.size()));
    out.close();
    if (!out) return say(base::Error{base::Fault::locked, file.string(), "It cannot be written to."});
    notice = strings_.tr("card.file.notice", {{"file", file.string()}});
  } else if (!print_document(e.pdf)) {
    return say(strings_.tr("card.no_printer.notice"), true);
  }
  printed_ = true;
  std::holds_alternative<SubmitView>(screen_) ? show_submit() : show_interview();
  if (!notice.empty()) say(std::move(notice));
}

bool DeskHeld::card_waits() const {
  return !handed_ && !interview_->is_correction() && !interview_->card().empty();
}

void OpenDesk::on(const HandOverCard& e) {
  if (!interview_) return;
  if (profile_ && !interview_->is_practice())
    if (auto done = keep_handed(*profile_, interview_->id(), e.done); !done) return say(done.error());
  handed_ = e.done;
  problems_.erase(focus_);
  std::holds_alternative<SubmitView>(screen_) ? show_submit() : show_interview();
}

void OpenDesk::on(const Finish&) {
  if (!interview_) return;
  bool correcting = interview_->is_correction();
  bool refused = !correcting && interview_->refused();
  show_submit();
  if (!std::get<SubmitView>(screen_).may_finish) return;
  end_sound();
  base::DraftId id = interview_->id();
  if (auto done = interview_->finish(); !done) return say(done.error());
  if (profile_ && !frame_.practice) (void)keep_handed(*profile_, id, false);  // forgotten with the code
  interview_.reset();
  std::string notice = frame_.practice ? strings_.tr("practice.done.notice")
                       : correcting    ? strings_.tr("submit.corrected.notice")
                       : refused       ? strings_.tr("submit.refused.notice")
                                       : strings_.tr("submit.done.notice");
  if (other_) {  // the household's other interview is still open: on with it
    Seat next = std::move(*other_);
    other_.reset();
    sit(std::move(next));
  } else {
    leave_interviews();
    show_home();
  }
  say(std::move(notice));
}

}  // namespace app
