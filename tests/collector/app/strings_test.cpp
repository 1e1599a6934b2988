#include "collector/app/strings.h"

#include <doctest/doctest.h>

TEST_CASE("every interface language has every key") {
  for (const std::string& language : app::interface_languages()) {
    CAPTURE(language);
    CHECK(app::missing_keys(language).empty());
  }
}

TEST_CASE("Arabic has its six plural forms, French counts zero as one") {
  struct Row {
    const char* language;
    long count;
    const char* form;
  };
  for (const Row& r :
       {Row{"ar", 0, "zero"}, Row{"ar", 1, "one"}, Row{"ar", 2, "two"}, Row{"ar", 3, "few"},
        Row{"ar", 10, "few"}, Row{"ar", 11, "many"}, Row{"ar", 99, "many"}, Row{"ar", 100, "other"},
        Row{"ar", 103, "few"}, Row{"fr", 0, "one"}, Row{"fr", 1, "one"}, Row{"fr", 2, "other"},
        Row{"en", 0, "other"}, Row{"en", 1, "one"}, Row{"en", 2, "other"}}) {
    CAPTURE(r.language);
    CAPTURE(r.count);
    CHECK(app::plural_class(r.language, r.count) == r.form);
  }
}

TEST_CASE("a placeholder takes its value, in the right direction and number") {
  app::Strings english("en");
  CHECK(english.tr("export.done.notice", {{"count", "1"}}, 1) == "1 file written.");
  CHECK(english.tr("export.done.notice", {{"count", "3"}}, 3) == "3 files written.");
  CHECK(!english.right_to_left());
  CHECK(app::Strings("ar").right_to_left());
}

TEST_CASE("a value that holds a placeholder is shown as it is") {
  app::Strings english("en");
  CHECK(english.tr("export.done.notice", {{"count", "{count}"}}, 3) == "{count} files written.");
  CHECK(english.tr("sync.receiving.step", {{"number", "{of}"}, {"of", "{number}"}}).find("{of}") !=
        std::string::npos);
  CHECK(english.tr("export.done.notice", {}, 3) == "{count} files written.");
}

TEST_CASE("numbers have the digits people write: in Morocco 0-9, as in Europe") {
  for (const std::string& language : app::interface_languages())
    CHECK(app::Strings(language).number(1204) == "1204");
}
