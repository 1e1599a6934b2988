// The testkit: vectors of one fault each, with the code that a reader must name. One text file a format:
//
//   base = envelope.bin                    the whole object, beside the text file
//   signer = 4a17…                         what a reader is given: keys, words, where it must belong
//   vector commit-first
//   why = the first byte of the commitment, signed again by the device itself
//   expect = commit                        or "good"
//   edit = 252:9c 8492:11ab…               these bytes stand at these offsets of the base instead
//   cut = 100 / append = 0011              only so many of its bytes / further ones behind them
//   signer = …                             another one for this vector
//
// Written by generate.cpp, whose keys count up from a number as those of the pages do; read by testkit_test.cpp and,
// written from the format pages alone, by testkit.py.
#pragma once

#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "forms/base/bytes.h"

namespace testkit {

using base::Bytes;
using base::ByteView;
using Fields = std::map<std::string, std::string>;

struct Vector {
  std::string name, why, expect;
  Bytes bytes;
  Fields given;
};

// Writing: each vector is told as what differs from the base.
class Kit {
 public:
  Kit(std::string format, Bytes base, Fields given)
      : format_(std::move(format)), base_(std::move(base)), given_(std::move(given)) {}
  const Bytes& base() const { return base_; }
  const std::string& format() const { return format_; }
  void add(const std::string& name, const std::string& why, const std::string& expect, const Bytes& bytes,
           const Fields& given = {}) {
    vectors_.push_back({name, why, expect, bytes, given});
  }
  // The base with the byte at `at` set.
  Bytes with(size_t at, uint8_t byte) const {
    Bytes out = base_;
    out[at] = byte;
    return out;
  }
  Bytes flipped(size_t at) const { return with(at, static_cast<uint8_t>(base_[at] ^ 1)); }
  Bytes first(size_t n) const { return {base_.begin(), base_.begin() + static_cast<long>(n)}; }
  Bytes longer(const Bytes& more) const {
    Bytes out = base_;
    out.insert(out.end(), more.begin(), more.end());
    return out;
  }
  size_t size() const { return vectors_.size(); }

  void write(const std::string& folder) const {
    std::ofstream bin(folder + "/" + format_ + ".bin", std::ios::binary);
    bin.write(reinterpret_cast<const char*>(base_.data()), static_cast<std::streamsize>(base_.size()));
    std::ofstream out(folder + "/" + format_ + ".txt");
    out << "base = " << format_ << ".bin\n";
    for (const auto& [name, value] : given_) out << name << " = " << value << "\n";
    for (const Vector& v : vectors_) {
      out << "\nvector " << v.name << "\nwhy = " << v.why << "\nexpect = " << v.expect << "\n";
      size_t both = std::min(base_.size(), v.bytes.size());
      std::string edits;
      for (size_t at = 0; at < both;) {
        if (base_[at] == v.bytes[at]) {
          ++at;
          continue;
        }
        size_t end = at;
        for (size_t look = at; look < both && look < end + 8; ++look)
          if (base_[look] != v.bytes[look]) end = look + 1;
        edits += (edits.empty() ? "" : " ") + std::to_string(at) + ":" +
                 base::to_hex(ByteView(v.bytes).subspan(at, end - at));
        at = end;
      }
      if (!edits.empty()) out << "edit = " << edits << "\n";
      if (v.bytes.size() < base_.size()) out << "cut = " << v.bytes.size() << "\n";
      if (v.bytes.size() > base_.size())
        out << "append = " << base::to_hex(ByteView(v.bytes).subspan(base_.size())) << "\n";
      for (const auto& [name, value] : v.given) out << name << " = " << value << "\n";
    }
  }

 private:
  std::string format_;
  Bytes base_;
  Fields given_;
  std::vector<Vector> vectors_;
};

// Reading.
inline std::string text_of_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

inline std::vector<Vector> read(const std::string& folder, const std::string& format) {
  std::istringstream in(text_of_file(folder + "/" + format + ".txt"));
  std::vector<Vector> out;
  Fields common;
  std::vector<Fields> all;
  for (std::string line; std::getline(in, line);) {
    if (line.rfind("vector ", 0) == 0) {
      all.push_back({{"vector", line.substr(7)}});
    } else if (size_t equals = line.find(" = "); equals != std::string::npos) {
      (all.empty() ? common : all.back())[line.substr(0, equals)] = line.substr(equals + 3);
    }
  }
  std::string base = text_of_file(folder + "/" + common["base"]);
  for (Fields& f : all) {
    Vector v{f["vector"], f["why"], f["expect"], {base.begin(), base.end()}, common};
    if (f.count("cut")) v.bytes.resize(std::stoul(f["cut"]));
    std::istringstream edits(f["edit"]);
    for (std::string one; edits >> one;) {
      size_t colon = one.find(':');
      Bytes bytes = *base::from_hex(one.substr(colon + 1));
      std::copy(bytes.begin(), bytes.end(), v.bytes.begin() + std::stol(one.substr(0, colon)));
    }
    if (auto more = base::from_hex(f["append"]); more)
      v.bytes.insert(v.bytes.end(), more->begin(), more->end());
    for (const auto& [name, value] : f) v.given[name] = value;
    out.push_back(std::move(v));
  }
  return out;
}

}  // namespace testkit
