#include "sync/seal/quick_lock.h"

#include "forms/base/utf8.h"

namespace seal {
namespace {

using base::Fault;

Key key_of(const Key& pepper, std::string_view code) {
  std::string plain = base::ascii_digits(base::nfc(code));  // ٤٨١٢ is 4812
  Hash h = keyed_hash("sv1.quick-code", pepper, base::view_of(plain));
  wipe(plain);
  Key out{ByteView(h.bytes)};
  wipe(std::span<uint8_t>(h.bytes));
  return out;
}

}  // namespace

Result<QuickLock> QuickLock::arm(const Key& master, std::string_view code) {
  if (base::length(code) < 4)
    return base::fail(Fault::invalid, "code", "A code for coming back has at least 4 digits or letters.");
  QuickLock out;
  out.pepper_ = fresh_key();
  out.nonce_ = fresh_nonce();
  out.wrapped_ = encrypt(key_of(out.pepper_, code), out.nonce_, master.view(), {});
  return out;
}

Result<Key> QuickLock::open(std::string_view code) {
  if (tries_ == 0) return base::fail(Fault::locked, "code", "Three wrong codes: give the passphrase.");
  auto master = decrypt(key_of(pepper_, code), nonce_, wrapped_, {});
  if (!master) {
    if (--tries_ == 0) {
      pepper_ = Key();
      wipe(std::span<uint8_t>(wrapped_));
    }
    return base::fail(Fault::locked, "code",
                      tries_ == 0 ? "Three wrong codes: give the passphrase."
                                  : "This is not the code. " + std::to_string(tries_) +
                                        " more tries, then the passphrase.");
  }
  tries_ = most_tries;
  Key out{ByteView(*master)};
  wipe(std::span<uint8_t>(*master));
  return out;
}

}  // namespace seal
