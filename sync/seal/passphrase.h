// Passphrase: advice for people who must choose one; nothing here is kept.
//
//   std::string offered = suggest_passphrase(random);          // "kelon duvet pobur fecos jyluk", 80 bits
//   PassphraseAdvice a = advise(typed, {"amina", project});    // a.bits, a.verdict, a.because
//
// The words are made of letters that lie on the same keys of QWERTY, AZERTY and Turkish Q keyboards, so that they
// can be typed on any laptop of the study. The estimate counts letters, words, dates, runs and keyboard rows as
// somebody who guesses would, and is only an estimate. What may be chosen is decided by make_profile_key().
#pragma once

#include <string>
#include <vector>

#include "sync/seal/primitives.h"

namespace seal {

std::string suggest_passphrase(base::Random& random);  // five words

enum class Strength : uint8_t { too_short, weak, fair, strong };  // under 8 signs; 35 bits; 60 bits; more
enum class Weakness : uint8_t { none, few_signs, known_word, sequence, repeats, one_word };
struct PassphraseAdvice {
  double bits = 0;
  Strength verdict = Strength::too_short;
  Weakness because = Weakness::none;  // what weakens it most
};
// `known`: what a guesser would try first: names of person, project, place.
PassphraseAdvice advise(std::string_view passphrase, const std::vector<std::string>& known);

}  // namespace seal
