// The disk that fails: every call to the operating system that the programs, SQLite and the C++ library make on files
// below one folder goes through here (disk.cpp stands before the C library). Calls fail at will, or are recorded.
//
//   Disk::watch(folder);                          // before anything below it is opened
//   Disk::arm({Trouble::full, 17});               // from here the 17th call that can run out of room does
//   …  Disk::calls()  Disk::struck()  Disk::arm({});  Disk::rest();
//   Disk::record(folder);  …  Disk::mark(1, 42);  auto ops = Disk::recorded();  // "the 42nd of kind 1 is acknowledged"
//   rebuild(ops, upto, random, elsewhere);        // what a disk may hold after the power failed at that moment
//
// What a rebuilt disk holds: everything that was synced; of everything later any part or nothing: writes are dropped,
// applied whole, or torn at sectors of 512 bytes; names made, changed or removed since their folder was synced are
// there or not. One thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "forms/base/bytes.h"
#include "forms/base/random.h"

namespace torture {

enum class Trouble : uint8_t {
  none,
  full,        // ENOSPC, of calls that need room
  broken,      // EIO, of any call
  forbidden,   // EACCES, of calls that open, name or remove
  short_write  // half is written and said to be; the next call goes on
};

struct Injection {
  Trouble trouble = Trouble::none;
  int64_t at = 0;        // which of the calls that this trouble can strike, from 1; 0: none, only counted
  bool lasting = false;  // and all later ones
};

struct Op {
  enum class Kind : uint8_t {
    create,
    link,
    write,
    truncate,
    sync,
    rename,
    unlink,
    folder,
    sync_folder,
    mark
  } kind;
  std::string path, to;  // below the folder; to: of a rename or link
  uint64_t file = 0;     // which file, whatever its name is by now; kind of a mark
  int64_t offset = 0;    // of a write; size of a truncate; number of a mark
  base::Bytes bytes;
};

class Disk {
 public:
  static void watch(const std::filesystem::path& folder);
  static void arm(Injection injection);
  static int64_t calls();  // that this trouble could have struck since arm()
  static bool struck();
  static void record(const std::filesystem::path& folder);
  static void mark(int64_t kind, int64_t number);
  static std::vector<Op> recorded();  // and recording ends
  static void rest();                 // everything works again, nothing is recorded
};

void rebuild(const std::vector<Op>& ops, size_t upto, base::Random& random,
             const std::filesystem::path& elsewhere);

}  // namespace torture
