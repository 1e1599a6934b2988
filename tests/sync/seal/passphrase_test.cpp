#include "sync/seal/passphrase.h"

#include <doctest/doctest.h>

#include <set>

#include "sync/seal/profile_key.h"

using namespace seal;

TEST_CASE("passphrase: what a machine can spare decides the cost, never under the floor") {
  struct Row {
    uint64_t megabytes;
    uint32_t passes, memory_kib;
  };
  for (const Row& row : {Row{16'000, 3, 256 * 1024}, Row{4'000, 3, 256 * 1024}, Row{2'000, 4, 128 * 1024},
                         Row{1'000, 4, 64 * 1024}, Row{0, 4, 64 * 1024}}) {
    ArgonCost cost = cost_for(row.megabytes << 20);
    CHECK(cost.passes == row.passes);
    CHECK(cost.memory_kib == row.memory_kib);
  }
}

TEST_CASE("passphrase: advice tells what weakens it") {
  struct Row {
    const char* words;
    Strength verdict;
    Weakness because;
  };
  const std::vector<std::string> known = {"amina", "Tanger"};
  for (const Row& row : {Row{"amina", Strength::too_short, Weakness::few_signs},
                         Row{"aminatanger", Strength::weak, Weakness::known_word},
                         Row{"AMINA tanger", Strength::weak, Weakness::known_word},
                         Row{"12345678", Strength::weak, Weakness::sequence},
                         Row{"aaaaaaaaaaaa", Strength::weak, Weakness::repeats},
                         Row{"password", Strength::weak, Weakness::one_word}}) {
    CAPTURE(row.words);
    PassphraseAdvice a = advise(row.words, known);
    CHECK(a.verdict == row.verdict);
    CHECK(a.because == row.because);
  }
  CHECK(advise("kelon duvet pobur fecos jyluk", known).verdict == Strength::strong);
  CHECK(advise("مفتاح طويل من كلمات كثيرة", known).verdict != Strength::weak);
}

TEST_CASE("passphrase: what is suggested is strong, never the same, and typed alike on every keyboard of the study") {
  base::SeededRandom random(9);
  std::set<std::string> seen;
  for (int i = 0; i < 200; ++i) {
    std::string words = suggest_passphrase(random);
    CHECK(advise(words, {}).verdict == Strength::strong);
    for (char c : words)  // AZERTY has these elsewhere, and the Turkish i has two forms
      CHECK_MESSAGE(std::string_view("aqwzmi").find(c) == std::string_view::npos, words);
    seen.insert(words);
  }
  CHECK(seen.size() == 200);
}
