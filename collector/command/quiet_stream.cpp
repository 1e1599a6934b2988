#include "collector/command/quiet_stream.h"

#include <string.h>
#include <unistd.h>

#include <cerrno>

namespace command {

QuietInput::~QuietInput() {
  explicit_bzero(buffer_.data(), buffer_.size());
}

void QuietInput::forget() {
  if (eback()) explicit_bzero(eback(), static_cast<size_t>(gptr() - eback()));
}

QuietInput::int_type QuietInput::underflow() {
  if (gptr() < egptr()) return traits_type::to_int_type(*gptr());
  explicit_bzero(buffer_.data(), buffer_.size());
  ssize_t n = 0;
  do n = ::read(descriptor_, buffer_.data(), buffer_.size());
  while (n < 0 && errno == EINTR);
  if (n <= 0) return traits_type::eof();
  setg(buffer_.data(), buffer_.data(), buffer_.data() + n);
  return traits_type::to_int_type(*gptr());
}

QuietOutput::QuietOutput(int descriptor) : descriptor_(descriptor) {
  setp(buffer_.data(), buffer_.data() + buffer_.size());
}

QuietOutput::~QuietOutput() {
  write_all();
}

bool QuietOutput::write_all() {
  bool good = true;
  for (char* at = pbase(); good && at < pptr();) {
    ssize_t n = ::write(descriptor_, at, static_cast<size_t>(pptr() - at));
    if (n < 0 && errno == EINTR) continue;
    good = n > 0;
    if (good) at += n;
  }
  explicit_bzero(buffer_.data(), buffer_.size());
  setp(buffer_.data(), buffer_.data() + buffer_.size());
  return good;
}

QuietOutput::int_type QuietOutput::overflow(int_type c) {
  if (!write_all()) return traits_type::eof();
  if (!traits_type::eq_int_type(c, traits_type::eof())) sputc(traits_type::to_char_type(c));
  return traits_type::not_eof(c);
}

int QuietOutput::sync() {
  return write_all() ? 0 : -1;
}

}  // namespace command
