// Every word that the program or the study shows has its glyphs in the fonts that come with the program.
#include <doctest/doctest.h>

#include <filesystem>

#include "collector/app/form_files.h"
#include "collector/app/help.h"
#include "collector/app/locale.h"
#include "collector/app/places.h"
#include "collector/app/strings.h"
#include "collector/text/shaper.h"

namespace {

std::unique_ptr<text::Shaper> fonts() {
  auto shaper = text::Shaper::open(std::filesystem::path(RIHLA_BINARY) / "share/fonts");
  REQUIRE(shaper);
  return std::move(*shaper);
}

const std::filesystem::path questionnaires = std::filesystem::path(RIHLA_SOURCE) / "forms/questionnaires";

// As a label of a question (bold, wrapped), and as a line of a list.
void shown(text::Shaper& shaper, const std::string& s) {
  if (s.empty()) return;
  CAPTURE(s);
  const text::Paragraph& label = shaper.layout(s, {.size = 26, .bold = true, .wrap = 700});
  CHECK(label.missing == 0);
  CHECK(label.width <= 701);
  CHECK(label.height > 0);
  const text::Paragraph& line = shaper.layout(s, {.size = 16});
  CHECK(line.missing == 0);
}

}  // namespace

TEST_CASE("every string of every interface language has its glyphs, in every plural") {
  auto shaper = fonts();
  size_t count = 0;
  for (const std::string& language : app::interface_languages()) {
    CAPTURE(language);
    app::Strings strings(language);
    for (size_t i = 0; i < std::size(app::key_names); ++i) {
      app::Key key("app.name.title");
      key.index = i;
      CAPTURE(app::key_names[i]);
      for (long n : {-1L, 0L, 1L, 2L, 5L, 11L, 100L}) shown(*shaper, strings.tr(key, {}, n));
      ++count;
    }
    shown(*shaper, app::language_name(language));
    for (long n : {0L, 1234567890L}) shown(*shaper, strings.number(n));
    shown(*shaper, app::write_decimal(language, "-1234567.25"));
    for (int month = 1; month <= 12; ++month)
      for (app::DateLook look : {app::DateLook::brief, app::DateLook::whole})
        shown(*shaper, app::write_date(language, {2026, month, 24}, look));
  }
  CHECK(count == std::size(app::key_names) * app::interface_languages().size());
}

TEST_CASE("every text of the questionnaires has its glyphs, in every language") {
  auto shaper = fonts();
  for (const char* name : {"staff", "youth", "associations"}) {
    CAPTURE(name);
    auto form = app::read_form(questionnaires / name, {questionnaires / "lists"});
    REQUIRE(form);
    REQUIRE(form->read.survey);
    const definition::Survey& survey = *form->read.survey;
    size_t texts = 0;
    auto all = [&](const definition::Text& text) {
      for (const std::string& s : text.source) {
        shown(*shaper, s);
        texts += !s.empty();
      }
    };
    for (const std::string& language : survey.languages) shown(*shaper, language);
    for (const definition::Node& node : survey.nodes) {
      all(node.label);
      all(node.hint);
      all(node.guidance);
      all(node.required_message);
      all(node.constraint_message);
    }
    for (int language = 0; language < static_cast<int>(survey.languages.size()); ++language)
      shown(*shaper, survey.title_in(language));
    for (const definition::ChoiceList& list : survey.lists)
      for (uint32_t row = 0; row < list.size(); ++row)
        for (size_t i = 0; i < survey.languages.size(); ++i) {
          std::string label(list.label(row, static_cast<int>(i)));
          shown(*shaper, label);
          texts += !label.empty();
        }
    CHECK(texts > 2000);
  }
}

TEST_CASE("every line of the help and every town has its glyphs") {
  auto shaper = fonts();
  size_t lines = 0;
  size_t towns = 0;
  for (const std::string& language : app::interface_languages()) {
    CAPTURE(language);
    for (const app::HelpPage& page : app::help_pages(app::Strings(language))) {
      shown(*shaper, page.title);
      for (const app::HelpLine& line : page.lines) {
        shown(*shaper, line.text);
        ++lines;
      }
    }
    for (const app::ChoiceView& town : app::town_choices(language)) {
      CHECK_MESSAGE(shaper->layout(town.label, {.size = 16}).missing == 0, town.label);
      CHECK_MESSAGE(shaper->layout(town.second, {.size = 16}).missing == 0, town.second);
      ++towns;
    }
  }
  CHECK(lines > 300);
  CHECK(towns > 1000);
}

TEST_CASE("a character that no font has is seen and counted, not passed over") {
  auto shaper = fonts();
  const text::Paragraph& p = shaper->layout("a\xF0\x93\x80\x80z", {.size = 20});  // a hieroglyph
  CHECK(p.missing == 1);
}

TEST_CASE("a line that does not fit ends in …, at its own end") {
  auto shaper = fonts();
  for (const char* s : {"Échanges et apprentissages entre communes", "أدوار الأشخاص من أصول مهاجرة"}) {
    CAPTURE(s);
    const text::Paragraph& cut = shaper->layout(s, {.size = 16, .wrap = 120, .cut = true});
    CHECK(cut.width <= 121);
    CHECK(cut.lines == 1);
    CHECK(cut.missing == 0);
    CHECK(shaper->layout(s, {.size = 16}).width > 160);
  }
}
