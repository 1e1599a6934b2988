// What a respondent asks for, at the window: looked up by card or case code, said before it happens, carried out.
#include "collector/app/desk_state.h"
#include "forms/base/utf8.h"

namespace app {

namespace {

std::string day_text(const Strings& s, const std::string& iso) {
  auto day = base::parse_date(iso.substr(0, 10));
  return day ? s.date(*day) : iso;
}

std::string case_text(const Strings& s, const FoundCase& one) {
  return joined({one.code, one.form, one.interviewer, day_text(s, one.finished)});
}

}  // namespace

void OpenDesk::begin_withdrawal() {
  withdrawing_ = {};
  show_withdrawal();
}

void OpenDesk::show_withdrawal() {
  const Withdrawing& w = withdrawing_;
  WithdrawView view;
  view.chosen = w.chosen;
  view.number = w.number;
  if (w.problem) view.problem = strings_.tr(*w.problem);
  if (w.result) view.result = strings_.tr(*w.result);
  if (!w.fault.empty()) view.problem = w.fault;
  if (w.cases.size() > 1)
    for (const FoundCase& one : w.cases) view.cases.push_back(case_text(strings_, one));
  if (!w.card.empty()) {
    view.meaning = strings_.tr(w.is_here ? Key("withdraw.card_here.text") : Key("withdraw.card_away.text"));
  } else if (w.chosen >= 0 && static_cast<size_t>(w.chosen) < w.cases.size()) {
    view.found = case_text(strings_, w.cases[static_cast<size_t>(w.chosen)]);
    view.meaning = strings_.tr("withdraw.case.text");
  }
  if (profile_->central())
    if (auto pending = pending_withdrawals(*profile_))
      for (const Pending& one : *pending)
        view.pending.push_back(
            {one.record.hex(),
             strings_.tr("withdraw.pending.label", {{"who", one.asked_by}, {"when", day_text(strings_, one.since)}})});
  screen_ = std::move(view);
}

void OpenDesk::on(const Withdraw& e) {
  if (!profile_ || !std::holds_alternative<WithdrawView>(screen_)) return;
  Withdrawing& w = withdrawing_;
  switch (e.step) {
    case Withdraw::Step::look_up: {
      w = {};
      std::string words(base::trim(e.words));
      if (words.empty()) break;
      if (auto record = record_of_card(*profile_, words); record) {
        w.card = words;
        w.is_here = is_held(*profile_, words);
      } else if (auto found = find_cases(*profile_, words); !found) {
        w.fault = fault_text(found.error());
      } else if (found->empty()) {
        w.problem = Key("withdraw.none.problem");
      } else {
        w.cases = std::move(*found);
        w.chosen = w.cases.size() == 1 ? 0 : -1;
      }
      break;
    }
    case Withdraw::Step::choose:
      if (e.index >= 0 && static_cast<size_t>(e.index) < w.cases.size()) w.chosen = e.index;
      break;
    case Withdraw::Step::carry_out: {
      bool by_card = !w.card.empty();
      if (!by_card && (w.chosen < 0 || static_cast<size_t>(w.chosen) >= w.cases.size())) return;
      auto done = by_card ? withdraw_by_card(*profile_, w.card)
                          : withdraw_record(*profile_, w.cases[static_cast<size_t>(w.chosen)].record);
      w = {};
      dataset_.reset();
      if (!done) {
        w.fault = fault_text(done.error());
        break;
      }
      w.result = !by_card                                ? Key("withdraw.asked.result")
                 : done->was_held && done->is_shredded ? Key("withdraw.deleted.result")
                                                         : Key("withdraw.noted.result");
      w.number = withdrawal_number(done->record);
      break;
    }
    case Withdraw::Step::confirm: {
      auto record = base::RecordId::from_hex(e.words);
      if (!record) return;
      auto done = confirm_withdrawal(*profile_, *record);
      dataset_.reset();
      show_withdrawal();
      done ? say(strings_.tr("withdraw.confirmed.notice")) : say(done.error());
      return;
    }
  }
  show_withdrawal();
}

}  // namespace app
