// Devices: what else the system has that a person may use here: its printer, its voice, modules beside the program.
//
//   if (!print_document(pdf)) say("no printer …");      say_aloud("Quel âge avez-vous ?", "fr");      hush();
//
// Nothing is written to disk: bytes go to the system's own programs (lp of CUPS, spd-say of speech-dispatcher)
// through a pipe. False: that program is not there or refuses.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "forms/base/bytes.h"

namespace app {

bool print_document(std::string_view pdf);
bool has_voice();
bool say_aloud(std::string_view text, const std::string& language);  // what was being said ends
void hush();
// A function of a module that lies beside the program (lib/NAME.so), loaded at first use; null where it is not.
void* module_function(const char* module, const char* function);
// A program that lies there (lib/NAME): what it writes to these bytes, from memory to memory. Nothing when it is
// not there, fails, writes more than `most` bytes or takes longer than so many seconds: then it is ended.
bool has_part(const char* name);
std::optional<base::Bytes> run_part(const char* name, base::ByteView input, size_t most, int seconds);

}  // namespace app
