#include "tests/torture/memory.h"

#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstring>

// Under AddressSanitizer memory is the sanitizer's: nothing fails there, and the mode says that it proves nothing.
#if !defined(__SANITIZE_ADDRESS__)

extern "C" {
void* __libc_malloc(size_t);
void* __libc_calloc(size_t, size_t);
void* __libc_realloc(void*, size_t);
void* __libc_memalign(size_t, size_t);
void __libc_free(void*);
}

#endif

namespace torture {
namespace {

thread_local bool armed = false;
thread_local int64_t counted = 0, fails_at = 0;
thread_local bool did_strike = false;
std::atomic<int64_t> blocks{0};

[[maybe_unused]] bool strikes() {
  if (!armed) return false;
  if (++counted != fails_at) return false;
  did_strike = true;
  errno = ENOMEM;
  return true;
}

}  // namespace

void Memory::fail(int64_t at) {
  armed = true;
  counted = 0;
  fails_at = at;
  did_strike = false;
}
int64_t Memory::count() {
  return counted;
}
bool Memory::struck() {
  return did_strike;
}
void Memory::rest() {
  armed = false;
}
int64_t Memory::live() {
  return blocks;
}

}  // namespace torture

#if !defined(__SANITIZE_ADDRESS__)

extern "C" {

void* malloc(size_t size) {
  if (torture::strikes()) return nullptr;
  void* out = __libc_malloc(size);
  if (out) ++torture::blocks;
  return out;
}
void* calloc(size_t count, size_t size) {
  if (torture::strikes()) return nullptr;
  void* out = __libc_calloc(count, size);
  if (out) ++torture::blocks;
  return out;
}
void* realloc(void* before, size_t size) {
  if (torture::strikes()) return nullptr;
  void* out = __libc_realloc(before, size);
  if (!before && out) ++torture::blocks;
  if (before && size == 0) --torture::blocks;
  return out;
}
void* memalign(size_t alignment, size_t size) {
  if (torture::strikes()) return nullptr;
  void* out = __libc_memalign(alignment, size);
  if (out) ++torture::blocks;
  return out;
}
void* aligned_alloc(size_t alignment, size_t size) {
  return memalign(alignment, size);
}
int posix_memalign(void** out, size_t alignment, size_t size) {
  *out = memalign(alignment, size);
  return *out ? 0 : ENOMEM;
}
void free(void* block) {
  if (!block) return;
  --torture::blocks;
  __libc_free(block);
}

}  // extern "C"

#endif
