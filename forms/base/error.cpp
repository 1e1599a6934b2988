#include "forms/base/error.h"

#include <cstdio>
#include <cstdlib>

namespace base {

std::string_view fault_name(Fault fault) {
  switch (fault) {
    case Fault::invalid:
      return "invalid";
    case Fault::corrupt:
      return "corrupt";
    case Fault::locked:
      return "locked";
    case Fault::unsupported:
      return "unsupported";
    case Fault::missing:
      return "missing";
    case Fault::conflict:
      return "conflict";
    case Fault::full:
      return "full";
    case Fault::offline:
      return "offline";
    case Fault::cancelled:
      return "cancelled";
  }
  return "invalid";
}

std::string describe(const Error& error) {
  std::string text(fault_name(error.fault));
  if (!error.where.empty()) text += ": " + error.where;
  if (!error.detail.empty()) text += ": " + error.detail;
  return text;
}

void broken(const char* condition, const char* file, int line) {
  std::fprintf(stderr, "rihla: broken invariant: %s (%s:%d)\n", condition, file, line);
  std::abort();
}

}  // namespace base
