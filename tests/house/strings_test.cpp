// Every visible word goes through the string table, and every language has it.
#include <doctest/doctest.h>

#include <map>

#include "collector/app/strings.h"
#include "tests/house/tree.h"

TEST_CASE("strings: every language has every key") {
  REQUIRE(app::interface_languages().size() >= 3);
  for (const std::string& language : app::interface_languages())
    for (const std::string& key : app::missing_keys(language))
      CHECK_MESSAGE(false, "assets/strings/", language, ".json has no ", key);
}

TEST_CASE("strings: every key is used somewhere") {
  std::string all;
  for (const house::SourceFile& file : house::sources({"collector"}))
    for (const std::string& line : file.lines) all += line + "\n";
  for (std::string_view key : app::key_names)
    CHECK_MESSAGE(all.find("\"" + std::string(key) + "\"") != std::string::npos, "no screen uses ", std::string(key),
                  "; take it out of assets/strings, or use it.");
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
                      {"en", 1, "one"},  {"tr", 1, "one"},   {"nl", 2, "other"}};
  for (const Row& row : rows) CHECK(app::plural_class(row.language, row.count) == row.expected);
}
