// The bytes of small .xlsx files, well made or not: a zip of parts without compression, written by hand so
// that a test can say exactly what is wrong.
//
//   Parts parts = workbook_parts({{"survey", "<row r=\"1\">…</row>"}});   parts["xl/styles.xml"] = "…";
//   base::Bytes bytes = zip(parts);
#pragma once

#include <array>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "forms/base/bytes.h"

namespace support {

using Parts = std::map<std::string, std::string>;

inline uint32_t crc32(std::string_view text) {
  uint32_t crc = ~0u;
  for (char c : text) {
    crc ^= static_cast<uint8_t>(c);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ (crc & 1 ? 0xedb88320u : 0u);
  }
  return ~crc;
}

struct Stored {  // one part: what stands in the file, and what its header says of it
  std::string name, bytes;
  uint32_t says_size = 0;
  uint32_t crc = 0;
  uint16_t method = 0;  // 8: deflated
};

inline base::Bytes zip(const std::vector<Stored>& parts) {
  base::Writer out;
  std::vector<uint32_t> offsets;
  auto header = [&](const Stored& part) {
    out.u16(20);
    out.u16(0);
    out.u16(part.method);
    out.u32(0x21 << 16);  // 1980-01-01
    out.u32(part.crc);
    out.u32(static_cast<uint32_t>(part.bytes.size()));
    out.u32(part.says_size);
    out.u16(static_cast<uint16_t>(part.name.size()));
    out.u16(0);
  };
  for (const Stored& part : parts) {
    offsets.push_back(static_cast<uint32_t>(out.size()));
    out.tag("PK\x03\x04");
    header(part);
    out.bytes(base::view_of(part.name));
    out.bytes(base::view_of(part.bytes));
  }
  auto directory = static_cast<uint32_t>(out.size());
  for (size_t i = 0; i < parts.size(); ++i) {
    out.tag("PK\x01\x02");
    out.u16(20);
    header(parts[i]);
    out.zeros(10);  // comment, disk, attributes
    out.u32(offsets[i]);
    out.bytes(base::view_of(parts[i].name));
  }
  auto size = static_cast<uint32_t>(out.size()) - directory;
  out.tag("PK\x05\x06");
  out.u32(0);
  out.u16(static_cast<uint16_t>(parts.size()));
  out.u16(static_cast<uint16_t>(parts.size()));
  out.u32(size);
  out.u32(directory);
  out.u16(0);
  return out.take();
}

inline base::Bytes zip(const Parts& parts) {
  std::vector<Stored> stored;
  for (const auto& [name, text] : parts)
    stored.push_back({name, text, static_cast<uint32_t>(text.size()), crc32(text), 0});
  return zip(stored);
}

// `deflate` of "xxxx…": one letter, then copies of 258, so that a few bytes unpack to very many.
inline std::string deflated_run(size_t copies) {
  std::string out;
  uint8_t byte = 0;
  int used = 0;
  auto bit = [&](int b) {
    byte = static_cast<uint8_t>(byte | b << used);
    if (++used < 8) return;
    out += static_cast<char>(byte);
    byte = 0;
    used = 0;
  };
  auto code = [&](unsigned value, int bits) {  // Huffman codes: highest bit first
    for (int i = bits - 1; i >= 0; --i) bit(value >> i & 1);
  };
  bit(1), bit(1), bit(0);  // the last block, with fixed codes
  code(0x30 + 'x', 8);
  for (size_t i = 0; i < copies; ++i) code(0xc5, 8), code(0, 5);
  code(0, 7);
  while (used != 0) bit(0);
  return out;
}

// The parts of a workbook: each sheet's rows as XML, shared strings when given.
inline Parts workbook_parts(const std::vector<std::pair<std::string, std::string>>& sheets,
                            const std::vector<std::string>& shared = {}) {
  Parts parts;
  std::string book = "<workbook xmlns:r=\"r\"><sheets>";
  std::string relations = "<Relationships>";
  for (size_t i = 0; i < sheets.size(); ++i) {
    std::string n = std::to_string(i + 1);
    book += "<sheet name=\"" + sheets[i].first + "\" sheetId=\"" + n + "\" r:id=\"rId" + n + "\"/>";
    relations += "<Relationship Id=\"rId" + n + "\" Target=\"worksheets/sheet" + n + ".xml\"/>";
    parts["xl/worksheets/sheet" + n + ".xml"] =
        "<worksheet><sheetData>" + sheets[i].second + "</sheetData></worksheet>";
  }
  parts["xl/workbook.xml"] = book + "</sheets></workbook>";
  parts["xl/_rels/workbook.xml.rels"] = relations + "</Relationships>";
  if (!shared.empty()) {
    std::string& text = parts["xl/sharedStrings.xml"] = "<sst>";
    for (const std::string& one : shared) text += "<si><t>" + one + "</t></si>";
    text += "</sst>";
  }
  return parts;
}

}  // namespace support
