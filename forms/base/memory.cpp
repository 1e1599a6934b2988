#include "forms/base/memory.h"

namespace base {

tl::unexpected<Error> no_memory() noexcept {
  Error error;
  error.fault = Fault::full;
  error.where = "memory";  // short enough to need none
  try {
    error.detail = "There is too little memory. Close other programs and try again; what was saved before is safe.";
  } catch (const std::bad_alloc&) {
    error.detail = "Out of memory.";
  }
  return tl::unexpected<Error>(std::move(error));
}

}  // namespace base
