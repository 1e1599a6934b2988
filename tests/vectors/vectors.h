// The worked examples of the format pages, read from the pages themselves: fenced blocks
//
//   ```vector NAME
//   field = value
//   ```
//
// Bytes are hexadecimal. Everything is made from keys that stand here, so that anyone can make it again.
#pragma once

#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "sync/seal/crypto.h"

namespace support {

using Fields = std::map<std::string, std::string>;

inline const std::vector<std::string> pages = {
    "sync/seal/PROFILE_KEY.md", "sync/seal/ENVELOPE.md",    "sync/seal/TOMBSTONE.md",
    "sync/seal/PACKAGE.md",     "sync/seal/ATTACHMENT.md",  "sync/seal/HEAD.md",
    "sync/record/VALUES.md",    "sync/record/JOURNAL.md",
    "sync/record/REVISION.md",  "sync/record/STATEMENT.md", "sync/record/ENROLMENT.md",
    "sync/record/RECORD.md",    "sync/record/MIGRATION.md", "sync/record/SEND_BACK.md", "sync/seal/KIT.md",
    "sync/exchange/BUNDLE.md",  "forms/definition/FORM.md"};

inline std::string file_text(const std::string& path) {
  std::ifstream in(std::string(RIHLA_SOURCE) + "/" + path, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

inline std::map<std::string, Fields> vectors_of_pages() {
  std::map<std::string, Fields> out;
  for (const std::string& page : pages) {
    std::istringstream in(file_text(page));
    std::string name;
    for (std::string line; std::getline(in, line);) {
      if (line.rfind("```vector ", 0) == 0) {
        name = line.substr(10);
      } else if (line.rfind("```", 0) == 0) {
        name.clear();
      } else if (!name.empty()) {
        size_t equals = line.find(" = ");
        if (equals != std::string::npos) out[name][line.substr(0, equals)] = line.substr(equals + 3);
      }
    }
  }
  return out;
}

// 32 bytes that count up from `first`: the keys of every example.
inline seal::Key counting(uint8_t first) {
  base::Bytes bytes(32);
  for (size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<uint8_t>(first + i);
  return seal::Key(base::ByteView(bytes));
}

inline base::ProjectId example_project() {
  base::ProjectId id;
  id.bytes.fill(0x11);
  return id;
}

}  // namespace support
