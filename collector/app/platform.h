// Platform: what the operating system knows. The one place of collector/app that asks it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <vector>

#include "forms/base/random.h"

namespace sound {
class System;
}

namespace app {

uint64_t memory_bytes();
std::filesystem::path program_folder();         // where the running program lies
std::filesystem::path questionnaires_folder();  // that come with the program; empty when they are not there
std::filesystem::path home_folder();            // of this user
std::filesystem::path documents_folder();       // of this user, by the system's custom; it may not be there yet
std::vector<std::filesystem::path> sticks();    // what is plugged in and mounted
std::filesystem::path default_workspace();      // of this user, by the system's custom
std::unique_ptr<base::Random> system_random();  // for everything but demonstrations
void forget_stack();                            // what calls that are over left on it
bool locks_memory();                            // false: keys may be left in the swap file; say so
void no_core_dumps();                           // nothing of ours in a crash file, no debugger from outside
sound::System* sound_module();  // beside the program, loaded once; null where it is not there or cannot be

}  // namespace app
