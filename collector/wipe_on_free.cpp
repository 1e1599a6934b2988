// Linked into the programs, before the C library: what is given back to the heap is wiped first, by every library of
// the process, so that no answer lies in memory that nobody owns any more. glibc; left out where a sanitizer or
// another allocator keeps the heap.
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define __SANITIZE_ADDRESS__ 1
#endif
#endif
#if __has_include(<gnu/libc-version.h>) && !defined(__SANITIZE_ADDRESS__)

#include <malloc.h>

#include <algorithm>
#include <cstring>

extern "C" {

void __libc_free(void*);
void* __libc_malloc(size_t);

void free(void* block) {
  if (!block) return;
  explicit_bzero(block, malloc_usable_size(block));
  __libc_free(block);
}

// Never in place where it grows: the C library would move the bytes and leave the old ones behind.
void* realloc(void* block, size_t size) {
  if (!block) return __libc_malloc(size);
  if (size == 0) {
    free(block);
    return nullptr;
  }
  size_t room = malloc_usable_size(block);
  if (size <= room && size > room / 2) return block;
  void* out = __libc_malloc(size);
  if (!out) return nullptr;
  std::memcpy(out, block, std::min(room, size));
  free(block);
  return out;
}

}  // extern "C"

#endif
