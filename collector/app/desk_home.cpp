// The first screen after unlocking: forms, what is due, and one's interviews.
#include <algorithm>

#include "collector/app/contacts.h"
#include "collector/app/desk_state.h"
#include "collector/app/platform.h"
#include "collector/app/seen.h"

namespace app {

namespace fs = std::filesystem;

namespace {

uint64_t bytes_in(const fs::path& folder) {
  uint64_t sum = 0;
  std::error_code error;
  for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    std::error_code ignored;
    if (at->is_regular_file(ignored)) sum += at->file_size(ignored);
  }
  return sum;
}

}  // namespace

void OpenDesk::show_home() {
  HomeView view;
  auto languages_of = [](const definition::Survey& survey) {
    std::string all;
    for (size_t i = 0; i < survey.languages.size(); ++i)
      if (has_questions_in(survey, static_cast<int>(i)))
        all += (all.empty() ? "" : " · ") + own_name(survey.languages[i]);
    return all;
  };
  std::map<std::string, std::string> titles;  // of a form, in the interface's language where it has one
  auto title_here = [&](const definition::Survey& survey) {
    return survey.title_in(survey.language_index(frame_.language));
  };
  auto known = [&](const std::string& title) { return titles.count(title) ? titles[title] : title; };
  if (frame_.practice) {
    std::string closed;  // a folder whose form does not open is named, not passed over
    for (const fs::path& folder : practice_forms())
      if (auto form = read_form(folder, {around_.lists, folder}); form && form->read.survey)
        view.forms.push_back({folder.filename().string(), title_here(*form->read.survey),
                              form->read.survey->version, languages_of(*form->read.survey)});
      else
        closed += (closed.empty() ? "" : ", ") + folder.filename().string();
    screen_ = std::move(view);
    if (!closed.empty()) say(strings_.tr("practice.closed.problem", {{"forms", closed}}), true);
    return;
  }
  if (profile_->is_coordinator()) {
    Seen seen = read_seen(*profile_);
    view.centre = CentreCard{seen.interviews, seen.to_settle,
                             seen.synced_ms ? moment_text(base::Instant{seen.synced_ms}) : "", seen.came};
  }
  for (const record::PublishedForm& form : profile_->forms()) {
    auto file = profile_->form(form.package);
    if (!file) {
      say(file.error());
      continue;
    }
    view.forms.push_back(
        {form.form_id, title_here(*(*file)->read.survey), form.version, languages_of(*(*file)->read.survey)});
    titles[(*file)->read.survey->title] = title_here(*(*file)->read.survey);
  }
  auto when = [&](base::Instant at) {
    return strings_.date(base::local_date(at, around_.clock->offset_minutes()));
  };
  if (auto drafts = profile_->vault().drafts(); drafts)
    for (const store::DraftSummary& draft : *drafts) {
      ++view.open;
      view.interviews.push_back({draft.id.hex(), known(draft.info.title), draft.info.name,
                                 when(draft.info.begun), Safety::open, static_cast<int>(draft.entries)});
    }
  if (auto finished = profile_->vault().finished(); finished && !profile_->is_coordinator())
    for (const store::Finished& one : *finished) {
      Safety safety = one.delivery == store::Delivery::received      ? Safety::received
                      : one.delivery == store::Delivery::handed_over ? Safety::handed_over
                                                                     : Safety::on_laptop;
      ++(safety == Safety::received ? view.received : view.waiting);
      view.interviews.push_back({one.record.hex(), known(one.title),
                                 one.refused ? strings_.tr("home.refusal.label") : one.name, when(one.at),
                                 safety, 0});
    }
  std::vector<Contact> due = Contacts(profile_->vault()).due();
  if (!due.empty())
    view.appointment =
        strings_.tr("home.appointment.label",
                    {{"code", due.front().code}, {"when", appointment_text(due.front().day, due.front().hour)}});
  std::error_code error;
  uint64_t free = fs::space(workspace_, error).available;
  if (!error)
    view.storage = strings_.tr("home.storage.label",
                               {{"used", write_bytes(frame_.language, bytes_in(profile_->folder()))},
                                {"free", write_bytes(frame_.language, free)}});
  screen_ = std::move(view);
}

}  // namespace app
