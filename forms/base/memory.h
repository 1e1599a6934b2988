// Memory that runs out is an ordinary failure too. A function that other layers call, and that allocates what
// people made, ends so:
//
//   Status put(ByteView bytes) try { … } catch (const std::bad_alloc&) { return base::no_memory(); }
//
// Fault::full, "memory". The error itself allocates as little as it can. So end the verbs of sync/store, sync/exchange
// and sync/transports. Pure functions (sync/seal, sync/record) let std::bad_alloc through to whoever holds such an end:
// a caller that passes over what does not decode would take short memory for damage.
#pragma once

#include <new>

#include "forms/base/error.h"

namespace base {

tl::unexpected<Error> no_memory() noexcept;

}  // namespace base
