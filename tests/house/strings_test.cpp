// Every visible word goes through the string table, and every language has it.
#include <doctest/doctest.h>

#include <map>
#include <regex>

#include "collector/app/strings.h"
#include "collector/app/table_words.h"
#include "tests/house/tree.h"

TEST_CASE("strings: every language has every key, or names the language that stands in") {
  REQUIRE(app::interface_languages().size() >= 6);
  for (const std::string& language : app::interface_languages()) {
    if (language == "zgh") continue;  // only terms that are certain; the program says what stands in
    for (const std::string& key : app::missing_keys(language))
      CHECK_MESSAGE(false, "assets/strings/", language, ".json has no ", key);
  }
  CHECK(app::catalogue_state("zgh").fallback == "fr");
}

TEST_CASE("strings: every text has a note for its translator") {
  std::ifstream in(std::filesystem::path(RIHLA_SOURCE) / "assets/strings/en.json");
  int texts = 0;
  for (std::string line; std::getline(in, line);) {
    if (line.find("\"text\"") == std::string::npos) continue;
    ++texts;
    CHECK_MESSAGE(line.find("\"note\": \"") != std::string::npos, "assets/strings/en.json:", line,
                  " says nothing to its translator: where it stands, what its placeholders are.");
  }
  CHECK(static_cast<size_t>(texts) == std::size(app::key_names));
}

TEST_CASE("strings: every key is used somewhere") {
  std::string all;
  for (const house::SourceFile& file : house::sources({"collector"}))
    for (const std::string& line : file.lines) all += line + "\n";
  for (std::string_view key : app::key_names)
    CHECK_MESSAGE(all.find("\"" + std::string(key) + "\"") != std::string::npos, "no screen uses ", std::string(key),
                  "; take it out of assets/strings, or use it.");
}

// What is exported was titled in English whatever the interface: its words stood in the export layer itself.
TEST_CASE("strings: collector/export says nothing of its own in what it writes for people") {
  // Errors and the formats' one-line help are for whoever reads the terminal.
  const std::regex prose("\"[^\"]*[A-Za-z]{2,} [A-Za-z(]{2,}[^\"]*\"|\"[A-Z][a-z]+\"");
  bool in_error = false;
  for (const house::SourceFile& file : house::sources({"collector/export"}))
    for (size_t i = 0; i < file.lines.size(); ++i) {
      std::string line = file.lines[i].substr(0, file.lines[i].find("//"));
      in_error = in_error || line.find("base::fail(") != std::string::npos;
      bool ours = !in_error && line.find("#include") == std::string::npos &&
                  line.find(".help = ") == std::string::npos && line.find("<?xml") == std::string::npos;
      if (in_error && line.find(';') != std::string::npos) in_error = false;
      CHECK_MESSAGE(!(ours && std::regex_search(line, prose)), file.path, ":", i + 1,
                    " holds words for people; take them from exports::Words, which collector/app fills.");
    }
}

TEST_CASE("strings: every language titles the columns, states and types of exported tables in its own words") {
  exports::Words english = app::table_words(app::Strings("en"));
  for (const std::string& language : app::interface_languages()) {
    if (language == "en" || language == "zgh") continue;
    exports::Words own = app::table_words(app::Strings(language));
    CHECK_MESSAGE(own.record != english.record, language);
    CHECK_MESSAGE(own.state != english.state, language);
    CHECK_MESSAGE(own.states.at("finished") != english.states.at("finished"), language);
    CHECK_MESSAGE(own.types.at("select_one") != english.types.at("select_one"), language);
    CHECK_MESSAGE(own.position.find("{name}") != std::string::npos, language);
  }
}

TEST_CASE("strings: placeholders are the same in every language") {
  auto holes = [](const std::string& text) {
    std::map<std::string, int> found;
    for (size_t at = text.find('{'); at != std::string::npos; at = text.find('{', at + 1))
      if (size_t end = text.find('}', at); end != std::string::npos) found[text.substr(at, end - at + 1)] = 1;
    return found;
  };
  for (const std::string& language : app::interface_languages()) {
    app::Strings english("en");
    app::Strings other(language);
    for (size_t i = 0; i < std::size(app::key_names); ++i) {
      app::Key key("app.name.title");
      key.index = i;
      CHECK_MESSAGE(holes(english.tr(key, {}, 5)) == holes(other.tr(key, {}, 5)), language, ": ",
                    std::string(app::key_names[i]));
    }
  }
}

TEST_CASE("strings: plural classes follow CLDR") {
  struct Row { const char* language; long count; const char* expected; };
  const Row rows[] = {{"ar", 0, "zero"}, {"ar", 1, "one"},   {"ar", 2, "two"},    {"ar", 5, "few"},  {"ar", 11, "many"},
                      {"ar", 100, "other"}, {"ar", 103, "few"}, {"fr", 0, "one"}, {"fr", 2, "other"}, {"en", 0, "other"},
                      {"en", 1, "one"},  {"tr", 1, "one"},   {"nl", 2, "other"}, {"nl", 1, "one"}, {"tr", 0, "other"},
                      {"fr", 1000000, "many"}, {"fr", 1000001, "other"}, {"zgh", 1, "other"}};
  for (const Row& row : rows) CHECK(app::plural_class(row.language, row.count) == row.expected);
}
