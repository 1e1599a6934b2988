// Card sheet: the withdrawal card's page, from what the screen holds: the code and the respondent's words.
//
//   text::Sheet sheet = card_sheet(desk.screen(), desk.frame().project, fonts);
//   if (!sheet.lines.empty()) make(sheet, pdf);   wipe_card(sheet);
//
// Nothing of the interface's language stands on it. Without a card on the screen it has no lines.
#pragma once

#include "collector/app/views.h"
#include "collector/text/sheet.h"

namespace window {

text::Sheet card_sheet(const app::Screen& screen, const std::string& project, const std::filesystem::path& fonts);
void wipe_card(text::Sheet& sheet);  // the code

}  // namespace window
