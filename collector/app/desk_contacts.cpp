// Attempts to reach somebody, and appointments.
#include <algorithm>

#include "collector/app/contacts.h"
#include "collector/app/desk_state.h"
#include "forms/questions/table.h"

namespace app {
namespace {

// A day or an hour as people type it, in stored form; nothing when it is none.
std::optional<std::string> taken(std::string_view type, const std::string& typed) {
  if (typed.empty()) return std::string();
  definition::Node node;
  for (const definition::QuestionType* one : questions::table())
    if (!one->words.empty() && one->words[0] == type && one->accept)
      if (auto value = one->accept(node, typed); value) return *value;
  return std::nullopt;
}

}  // namespace

std::optional<std::string> date_typed(const std::string& typed) {
  return typed.empty() ? std::nullopt : taken("date", typed);
}

std::string DeskHeld::appointment_text(const std::string& day, const std::string& hour) const {
  auto date = base::parse_date(day);
  std::string text = date ? strings_.date(*date, DateLook::whole) : day;
  return joined({text, hour.substr(0, std::min<size_t>(5, hour.size()))}, " · ");
}

std::string DeskHeld::moment_text(base::Instant at) const {
  int offset = around_.clock->offset_minutes();
  return joined({strings_.date(base::local_date(at, offset)), write_time(at, offset)}, " · ");
}

void OpenDesk::show_contacts(const std::string& problem) {
  if (!profile_) return show_home();
  ContactsView view;
  view.problem = problem;
  Contacts contacts(profile_->vault());
  int offset = around_.clock->offset_minutes();
  std::string today = base::format_date(base::local_date(around_.clock->now(), offset));
  for (const Contact& c : contacts.due())
    view.due.push_back({c.id, c.code, appointment_text(c.day, c.hour), c.note, c.outcome, 0, c.day < today});
  for (const Contact& c : contacts.all()) {
    int attempts = static_cast<int>(std::count_if(contacts.all().begin(), contacts.all().end(),
                                                  [&](const Contact& other) { return other.code == c.code; }));
    view.past.push_back({c.id, c.code,
                         strings_.date(base::local_date(c.at, offset)) + " " + write_time(c.at, offset), c.note,
                         c.outcome, attempts, false});
  }
  screen_ = std::move(view);
}

void OpenDesk::on(const NoteContact& e) {
  if (!profile_) return;
  if (e.code.empty()) return show_contacts(strings_.tr("contacts.code.problem"));
  auto day = e.day.empty() ? std::optional<std::string>("") : date_typed(e.day);
  auto hour = taken("time", e.hour);
  if (!day) return show_contacts(strings_.tr("interview.date.problem"));
  if (!hour) return show_contacts(strings_.tr("interview.time.problem"));
  if (day->empty() && !hour->empty()) return show_contacts(strings_.tr("interview.date.problem"));
  Contacts contacts(profile_->vault());
  Contact contact;
  contact.code = e.code;
  contact.outcome = e.outcome;
  contact.at = around_.clock->now();
  contact.day = *day;
  contact.hour = *hour;
  contact.note = e.note;
  if (auto done = contacts.keep(std::move(contact), *around_.random); !done) return say(done.error());
  show_contacts();
  say(strings_.tr("contacts.kept.notice"));
}

void OpenDesk::on(const SettleContact& e) {
  if (!profile_) return;
  Contacts contacts(profile_->vault());
  if (auto done = e.drop ? contacts.drop(e.id) : contacts.settle(e.id, e.outcome); !done)
    return say(done.error());
  show_contacts();
}

}  // namespace app
