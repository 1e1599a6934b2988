// How a person likes the window, what this program is, and its help.
#include <algorithm>

#include "collector/app/desk_state.h"
#include "collector/app/help.h"
#include "collector/app/platform.h"
#include "collector/app/version.h"
#include "forms/base/utf8.h"

namespace app {

void OpenDesk::take_preferences() {
  if (profile_) preferences_ = read_preferences(profile_->vault());
  turning_ = preferences_.turning;
  advances_ = preferences_.advances;
  show_look();
}

void OpenDesk::show_look() {
  frame_.theme = preferences_.look.theme;
  frame_.text_size = preferences_.look.text_size;
  frame_.lock_after_s = profile_ ? preferences_.lock_minutes * 60 : 0;
}

void OpenDesk::keep_preferences() {
  preferences_.turning = turning_;
  preferences_.advances = advances_;
  show_look();
  write_look(workspace_, preferences_.look);
  if (!profile_) return;
  if (auto done = write_preferences(profile_->vault(), preferences_); !done) say(done.error());
}

std::string DeskHeld::remark_on(const std::string& language) const {
  CatalogueState state = catalogue_state(language);
  if (!state.fallback.empty())
    return strings_.tr("settings.partial.remark",
                       {{"count", strings_.number(static_cast<long>(state.texts))},
                        {"of", strings_.number(static_cast<long>(state.of))},
                        {"language", language_name(state.fallback)}});
  return state.checked ? "" : strings_.tr("settings.unchecked.remark");
}

void OpenDesk::show_settings(const std::string& code_problem) {
  SettingsView view;
  for (const std::string& code : interface_languages())
    view.languages.push_back({code, language_name(code), remark_on(code)});
  view.language = frame_.language;
  view.theme = preferences_.look.theme;
  view.text_size = preferences_.look.text_size;
  view.turning = turning_;
  view.advances = advances_;
  view.lock_minutes = preferences_.lock_minutes;
  view.has_code = !preferences_.code.empty();
  view.has_profile = profile_ != nullptr;
  view.code_problem = code_problem;
  screen_ = std::move(view);
}

void OpenDesk::on(const ChangeLook& e) {
  preferences_.look.theme = e.theme;
  preferences_.look.text_size = std::clamp(e.text_size, 0, 2);
  keep_preferences();
  if (std::holds_alternative<SettingsView>(screen_)) show_settings();
}

void OpenDesk::on(const LockAfter& e) {
  preferences_.lock_minutes = std::clamp(e.minutes, 0, 120);
  keep_preferences();
  if (std::holds_alternative<SettingsView>(screen_)) show_settings();
}

void OpenDesk::on(const SetCode& e) {
  if (!profile_) return;
  std::string code = base::ascii_digits(base::nfc(e.code));
  if (!code.empty() && base::length(code) < 4) return show_settings(strings_.tr("settings.short_code.problem"));
  preferences_.code = code;
  keep_preferences();
  arm_quick_lock();
  show_settings();
  say(code.empty() ? strings_.tr("settings.no_code.notice") : strings_.tr("settings.code.notice"));
}

void OpenDesk::show_about() {
  AboutView view;
  auto add = [&](Key label, std::string text) { view.facts.push_back({strings_.tr(label), std::move(text)}); };
  add("about.version.label", std::string(version));
  add("about.folder.label", workspace_.string());
  add("about.network.label", strings_.tr("about.network.text"));
  add("about.sealed.label", strings_.tr("about.sealed.text"));
  if (!around_.locks_memory) add("about.memory.label", strings_.tr("unlock.memory.notice"));
  add("about.readers.label", strings_.tr("about.readers.text"));
  std::string unchecked;
  for (const std::string& code : interface_languages())
    if (!catalogue_state(code).checked) unchecked += (unchecked.empty() ? "" : ", ") + language_name(code);
  add("about.translations.label", strings_.tr("about.translations.text", {{"languages", unchecked}}));
  add("about.libraries.label", strings_.tr("about.libraries.text"));
  screen_ = std::move(view);
}

void OpenDesk::show_help() {
  HelpView view;
  std::vector<HelpPage> pages = help_pages(strings_);
  for (const HelpPage& page : pages) view.titles.push_back(page.title);
  if (pages.empty()) return;
  help_page_ = std::clamp(help_page_, 0, static_cast<int>(pages.size()) - 1);
  view.selected = help_page_;
  for (const HelpLine& line : pages[static_cast<size_t>(help_page_)].lines)
    view.lines.push_back({line.text, line.point});
  std::string shown = help_language(frame_.language);
  if (shown != frame_.language)
    view.remark = strings_.tr("help.fallback.remark", {{"language", language_name(shown)}});
  else if (!catalogue_state(shown).checked)
    view.remark = strings_.tr("settings.unchecked.remark");
  screen_ = std::move(view);
}

void OpenDesk::on(const SelectHelp& e) {
  help_page_ = e.page;
  show_help();
}

// From settings, help and the rest back to where one was.
void OpenDesk::go_back() {
  if (interview_) return show_interview();
  if (profile_ || frame_.practice) return show_home();
  show_unlock();
}

}  // namespace app
