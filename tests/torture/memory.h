// Memory that runs out: every allocation of the program, SQLite and libsodium goes through here (memory.cpp stands
// before the C library).
//
//   Memory::fail(17);                       // the 17th allocation from here fails, once; 0: they are only counted
//   …  Memory::count()  Memory::struck()  Memory::rest();
//   Memory::live()                          // blocks that were taken and not given back
//
// One thread: others' allocations never fail.
#pragma once

#include <cstdint>

namespace torture {

class Memory {
 public:
  static void fail(int64_t at);
  static int64_t count();
  static bool struck();
  static void rest();
  static int64_t live();
};

}  // namespace torture
