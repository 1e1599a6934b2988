// What the fuzz targets have in common: a form that was read is looked at whole and answered a little.
//
//   extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)   // one a file *_fuzz.cpp
//
// With the preset `fuzz` each file becomes a libFuzzer program; without it, replay.cpp runs it over its corpus, so
// that what was once found stays found. A target may refuse whatever it likes; it may not crash, hang or lie.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "forms/definition/xlsform.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace fuzz {

// Stops the program with this sentence where it does not hold.
void must(bool holds, const char* sentence);

// Diagnostics have places and words, errors and survey exclude each other; the form begins, takes answers, is
// checked, written down and taken up again with the same answers.
void look_at(const definition::ReadSurvey& read);

// The input's pieces, parted by form feeds.
std::vector<std::string> pieces(const uint8_t* data, size_t size);

}  // namespace fuzz
