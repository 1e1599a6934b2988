// QuietInput, QuietOutput: streams over a descriptor that keep nothing of what went through them: buffers are wiped
// as soon as they were read or written.
//
//   QuietInput in(STDIN_FILENO);  QuietOutput out(STDOUT_FILENO);
//   std::istream reading(&in);  std::ostream writing(&out);
#pragma once

#include <array>
#include <streambuf>

namespace command {

class QuietInput : public std::streambuf {
 public:
  explicit QuietInput(int descriptor) : descriptor_(descriptor) {}
  ~QuietInput() override;
  void forget();  // what was read from it so far; what waits stays

 protected:
  int_type underflow() override;

 private:
  int descriptor_;
  std::array<char, 8192> buffer_{};
};

class QuietOutput : public std::streambuf {
 public:
  explicit QuietOutput(int descriptor);
  ~QuietOutput() override;

 protected:
  int_type overflow(int_type c) override;
  int sync() override;

 private:
  bool write_all();
  int descriptor_;
  std::array<char, 8192> buffer_{};
};

}  // namespace command
