#include <doctest/doctest.h>

#include "forms/base/utf8.h"

TEST_CASE("utf8: strict about what is text") {
  CHECK(base::is_utf8("Ağrı العربية ⵜⴰ"));
  CHECK_FALSE(base::is_utf8("\xc3"));
  CHECK_FALSE(base::is_utf8("\xed\xa0\x80"));  // a surrogate
  CHECK_FALSE(base::is_utf8("\xc0\xaf"));      // overlong
}

TEST_CASE("utf8: nfc joins what was typed apart, and leaves the rest") {
  CHECK(base::nfc("e\xcc\x81") == "é");
  CHECK(base::nfc("آ") == base::nfc("\xd8\xa7\xd9\x93"));
  CHECK(base::nfc("plain") == "plain");
  CHECK(base::nfc("\xff broken") == "\xff broken");
}

TEST_CASE("utf8: search folds what people do not type alike") {
  struct Row {
    const char* text;
    const char* wanted;
  };
  const Row rows[] = {{"Salé", "sale"},
                      {"Iğdır", "ıgdir"},
                      {"IĞDIR", "igdir"},
                      {"Béni Mellal", "BENI"},
                      {"أگادير", "اكادير"},
                      {"فاطمة", "فاطمه"},
                      {"مَدِينَة", "مدينة"},
                      {"Şanlıurfa", "sanliurfa"},
                      {"العــربية", "العربية"},
                      {"٣٤", "34"},
                      {"Commune\u00a0: élu", "commune : elu"},
                      {"Province d\u2019Oujda", "d'oujda"}};
  for (const Row& row : rows)
    CHECK_MESSAGE(base::contains_folded(row.text, row.wanted), row.text, " / ", row.wanted);
  CHECK_FALSE(base::contains_folded("Rabat", "Tanger"));
}

TEST_CASE("utf8: Arabic digits become ASCII, the rest stays") {
  CHECK(base::ascii_digits("١٢٫٥") == "12.5");
  CHECK(base::ascii_digits("۳۴ سنة") == "34 سنة");
}

TEST_CASE("utf8: trim and collapse know the no-break space") {
  CHECK(base::trim("\xc2\xa0 a b \t") == "a b");
  CHECK(base::collapse("  a \n  b ") == "a b");
  CHECK(base::trim("") == "");
  CHECK(base::trim("\xc2\xa0 \xef\xbb\xbf") == "");
  CHECK(base::trim("\xc2\xa0 كيف حالك \xe2\x80\xaf") == "كيف حالك");
  CHECK(base::trim("\xa0 a \xff") == "\xa0 a \xff");  // what is no UTF-8 stays
}

TEST_CASE("utf8: composed is composed, also where no letter is far from ASCII") {
  CHECK(base::nfc("Fe\xcc\x80s") == "F\xc3\xa8s");
  CHECK(base::nfc("F\xc3\xa8s \xc4\xb1") == "F\xc3\xa8s \xc4\xb1");
  CHECK(base::nfc("\xe2\x84\xab") == "\xc3\x85");  // the sign for ångström is the letter
}

TEST_CASE("did you mean: the nearest name within reach, none beyond it") {
  CHECK(base::nearest("agee", {"name", "age", "village"}) == "age");
  CHECK(base::nearest("consent_prat", {"consent_part", "consent_audio"}) == "consent_part");
  CHECK(base::nearest("xyz", {"name", "age"}).empty());
  CHECK(base::distance("kitten", "sitting", 9) == 3);
  CHECK(base::distance("a", "abcdefgh", 3) == 4);
}
