#include "collector/app/strings.h"

#include <doctest/doctest.h>

TEST_CASE("a language that lacks a text shows the one that stands in, and says so") {
  app::CatalogueState zgh = app::catalogue_state("zgh");
  CHECK(zgh.texts < zgh.of);
  CHECK(zgh.fallback == "fr");
  CHECK(!zgh.checked);
  app::Strings tamazight("zgh");
  CHECK(tamazight.tr("interview.next.button") == app::Strings("fr").tr("interview.next.button"));
  // Plurals follow the language the text is really in.
  CHECK(tamazight.tr("export.done.notice", {{"count", "0"}}, 0) ==
        app::Strings("fr").tr("export.done.notice", {{"count", "0"}}, 0));
  for (const char* whole : {"en", "fr", "ar", "tr", "nl"}) {
    CHECK(app::catalogue_state(whole).texts == app::catalogue_state(whole).of);
    CHECK(app::catalogue_state(whole).fallback.empty());
  }
}

TEST_CASE("the pseudo-language lengthens every text, plurals too, and keeps placeholders") {
  app::Strings pseudo("xx");
  CHECK(pseudo.right_to_left());
  CHECK(pseudo.tr("interview.next.button") == "[Neext]");
  CHECK(pseudo.tr("export.done.notice", {{"count", "3"}}, 3) == "[3 fiilees wriitteen.]");
  CHECK(pseudo.tr("export.done.notice", {{"count", "1"}}, 1) == "[1 fiilee wriitteen.]");
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

TEST_CASE("numbers and dates are written as each language writes them") {
  struct Row {
    const char *language, *number, *decimal, *brief, *whole;
  };
  const Row rows[] = {{"en", "1,234,567", "-1,660.65", "24 Nov 2026", "24 November 2026"},
                      {"fr", "1\u202f234\u202f567", "-1\u202f660,65", "24 nov. 2026", "24 novembre 2026"},
                      {"ar", "1.234.567", "-1.660,65", "24 نونبر 2026", "24 نونبر 2026"},
                      {"tr", "1.234.567", "-1.660,65", "24 Kas 2026", "24 Kasım 2026"},
                      {"nl", "1.234.567", "-1.660,65", "24 nov 2026", "24 november 2026"},
                      {"zgh", "1\u00a0234\u00a0567", "-1\u00a0660,65", "24 ⵏⵓⵡⴰⵏⴱⵉⵔ 2026", "24 ⵏⵓⵡⴰⵏⴱⵉⵔ 2026"}};
  for (const Row& row : rows) {
    CAPTURE(row.language);
    CHECK(app::write_number(row.language, 1234567) == row.number);
    CHECK(app::write_decimal(row.language, "-1660.65") == row.decimal);
    CHECK(app::write_date(row.language, {2026, 11, 24}) == row.brief);
    CHECK(app::write_date(row.language, {2026, 11, 24}, app::DateLook::whole) == row.whole);
    CHECK(app::write_number(row.language, 34) == "34");
  }
  CHECK(app::write_decimal("fr", "12.") == "12.");  // not as values are stored: left alone
  CHECK(app::write_decimal("fr", "MA12") == "MA12");
}

TEST_CASE("sizes have the units people of that language read") {
  struct Row {
    const char *language, *bytes, *large;
  };
  const Row rows[] = {{"en", "999\u00a0B", "3.4\u00a0MB"},     {"fr", "999\u00a0o", "3,4\u00a0Mo"},
                      {"ar", "999\u00a0بايت", "3,4\u00a0ميغابايت"}, {"tr", "999\u00a0B", "3,4\u00a0MB"},
                      {"nl", "999\u00a0B", "3,4\u00a0MB"},     {"zgh", "999\u00a0o", "3,4\u00a0Mo"}};
  for (const Row& row : rows) {
    CAPTURE(row.language);
    CHECK(app::write_bytes(row.language, 999) == row.bytes);
    CHECK(app::write_bytes(row.language, 3'440'000) == row.large);
  }
  CHECK(app::write_bytes("fr", 1'250'000'000'000) == "1,3\u00a0To");
  CHECK(app::write_bytes("en", 999'999) == "1,000\u00a0kB");
}
