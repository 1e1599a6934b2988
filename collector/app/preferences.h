// Preferences: how a person likes the window. The person's own are sealed in their profile; what the screen before
// unlocking looks like stands in the workspace, in clear: a theme, a text size and a language, nothing else.
//
//   Preferences p = read_preferences(vault);   p.theme = "dark";   write_preferences(vault, p);
#pragma once

#include <filesystem>

#include "collector/app/views_people.h"
#include "sync/store/vault.h"

namespace app {

struct Look {
  std::string theme = "light";
  int text_size = 0;
  std::string language = {};  // of the interface; "": not chosen yet
};
Look read_look(const std::filesystem::path& workspace);
void write_look(const std::filesystem::path& workspace, const Look& look);  // failing is no fault: it is only a look

struct Preferences {
  Look look = {};
  Turning turning = Turning::question;
  bool advances = false, tables = false;  // tables: repeats stand in them
  int lock_minutes = 10;
  std::string beside = {};  // second language of interviews, by its code
  std::string code = {};    // for coming back after a quick lock; "" for none
};
Preferences read_preferences(store::Vault& vault);
base::Status write_preferences(store::Vault& vault, const Preferences& preferences);

}  // namespace app
