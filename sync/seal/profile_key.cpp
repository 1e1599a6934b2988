#include "sync/seal/profile_key.h"

#include <sodium.h>

#include "forms/base/utf8.h"
#include "sync/seal/crypto.h"

namespace seal {
namespace {

using base::Fault;

constexpr size_t shortest_passphrase = 8;  // in characters
constexpr uint32_t most_passes = 10;
constexpr uint32_t most_memory_kib = 1024 * 1024;
constexpr size_t commit_at = 80, hashed = 320;

struct Parsed {
  ArgonCost cost;
  std::array<uint8_t, 16> salt{}, profile{};
  uint64_t generation = 0;
  Nonce nonce{};
  std::array<uint8_t, 32> commit{};
  std::array<uint8_t, 48> sealed{};
};

Result<Key> stretch(std::string_view passphrase, const std::array<uint8_t, 16>& salt, ArgonCost cost) {
  Key out;
  // The same words typed on another keyboard: é in one sign or in two.
  std::string words = base::nfc(passphrase);
  int failed = crypto_pwhash(out.bytes().data(), 32, words.data(), words.size(), salt.data(), cost.passes,
                             size_t{cost.memory_kib} * 1024, crypto_pwhash_ALG_ARGON2ID13);
  wipe(words);
  if (failed != 0)
    return base::fail(Fault::full, "profile key",
                      "There is not enough memory to open this profile. Close other programs and try again.");
  return out;
}

Bytes write(const Parsed& p) {
  base::Writer out;
  out.tag("SVK1");
  out.u8(1);
  out.u8(crypto_pwhash_ALG_ARGON2ID13);
  out.zeros(2);
  out.u32(p.cost.passes);
  out.u32(p.cost.memory_kib);
  out.bytes(p.salt);
  out.bytes(p.profile);
  out.u64(p.generation);
  out.bytes(p.nonce);
  out.bytes(p.commit);
  out.bytes(p.sealed);
  out.zeros(8 + 80 + 8 + 64);  // escrow: not used; reserved
  Hash h = hash("sv1.key-file", out.peek());
  out.bytes(h.bytes);
  return out.take();
}

Bytes bound_of(const Parsed& p) {
  Bytes whole = write(p);
  return {whole.begin(), whole.begin() + commit_at};
}

Result<Bytes> wrap(Parsed p, const Key& master, std::string_view passphrase) {
  auto kek = stretch(passphrase, p.salt, p.cost);
  if (!kek) return base::pass(kek.error());
  p.nonce = fresh_nonce();
  Bytes bound = bound_of(p);
  p.commit = keyed_hash("sv1.key-commit", *kek, bound).bytes;
  Bytes sealed = encrypt(*kek, p.nonce, master.view(), bound);
  std::copy(sealed.begin(), sealed.end(), p.sealed.begin());
  return write(p);
}

tl::unexpected<base::Error> refuse(const char* code, const char* sentence, Fault fault = Fault::corrupt) {
  return base::fail(fault, std::string("profile key (") + code + ")", sentence);
}

// Whether a file that names another version is one of ours with its first bytes damaged: put right, its hash holds.
bool is_damaged_version(ByteView file) {
  if (file.size() != profile_key_size) return false;
  Bytes mended(file.begin(), file.begin() + hashed);
  mended[3] = '1';
  mended[4] = 1;
  return hash("sv1.key-file", mended).bytes == base::Reader(file.subspan(hashed)).array<32>();
}

Result<Parsed> parse(ByteView file) {
  constexpr const char* damaged =
      "The file is damaged. Its other generation is tried next; else restore a backup.";
  if (file.size() < 5) return refuse("length", damaged);
  if (file[0] != 'S' || file[1] != 'V' || file[2] != 'K') return refuse("magic", damaged);
  if ((file[3] != '1' || file[4] != 1) && !is_damaged_version(file))
    return refuse(
        "suite",
        "It was made by a newer version of this program. The file is left untouched; update the program.",
        Fault::unsupported);
  if (file.size() != profile_key_size) return refuse("length", damaged);
  if (hash("sv1.key-file", file.first(hashed)).bytes != base::Reader(file.subspan(hashed)).array<32>())
    return refuse("hash", damaged);
  base::Reader in(file);
  Parsed p;
  in.bytes(5);
  if (in.u8() != crypto_pwhash_ALG_ARGON2ID13) return refuse("algorithm", damaged);
  if (!in.zeros(2)) return refuse("reserved", damaged);
  p.cost.passes = in.u32();
  p.cost.memory_kib = in.u32();
  p.salt = in.array<16>();
  p.profile = in.array<16>();
  p.generation = in.u64();
  p.nonce = in.array<24>();
  p.commit = in.array<32>();
  p.sealed = in.array<48>();
  if (!in.zeros(160)) return refuse("reserved", damaged);
  if (p.cost.passes < 1 || p.cost.passes > most_passes || p.cost.memory_kib < demo_cost.memory_kib ||
      p.cost.memory_kib > most_memory_kib)
    return refuse("cost", "The file asks for more memory or time than any profile of ours; it is refused.");
  return p;
}

}  // namespace

ArgonCost cost_for(uint64_t memory_bytes) {
  if (memory_bytes >= uint64_t{3800} << 20) return {};
  if (memory_bytes >= uint64_t{1800} << 20) return {4, 128 * 1024};
  return floor_cost;
}

Result<NewProfile> make_profile_key(std::string_view passphrase, ArgonCost cost, base::Random& random) {
  if (base::length(passphrase) < shortest_passphrase)
    return base::fail(Fault::invalid, "passphrase",
                      "A passphrase has at least 8 characters; five or more words are better.");
  NewProfile made{{}, Key::from(random)};
  Parsed p;
  p.cost = cost;
  p.generation = 1;
  randombytes_buf(p.salt.data(), p.salt.size());
  random.fill(p.profile);
  auto file = wrap(p, made.master, passphrase);
  // Where even a machine of that size has not so much to spare now, it costs a little less, down to the floor.
  while (!file && file.error().fault == Fault::full && p.cost.memory_kib > floor_cost.memory_kib) {
    p.cost = {floor_cost.passes, p.cost.memory_kib / 2};
    file = wrap(p, made.master, passphrase);
  }
  if (!file) return base::pass(file.error());
  made.file = std::move(*file);
  return made;
}

Status check_profile_key(ByteView file) {
  auto p = parse(file);
  return p ? Status() : base::pass(p.error());
}

Result<Key> open_profile_key(ByteView file, std::string_view passphrase) {
  auto p = parse(file);
  if (!p) return base::pass(p.error());
  auto kek = stretch(passphrase, p->salt, p->cost);
  if (!kek) return base::pass(kek.error());
  ByteView bound = file.first(commit_at);
  Hash commit = keyed_hash("sv1.key-commit", *kek, bound);
  if (sodium_memcmp(commit.bytes.data(), p->commit.data(), 32) != 0)
    return refuse("passphrase", "This is not the passphrase of this profile.", Fault::locked);
  auto master = decrypt(*kek, p->nonce, p->sealed, bound);
  if (!master)
    return refuse("body", "The file is damaged. Its other generation is tried next; else restore a backup.");
  Key key{ByteView(*master)};
  wipe(std::span<uint8_t>(*master));
  return key;
}

Result<Bytes> change_passphrase(ByteView file, std::string_view old_words, std::string_view new_words,
                                ArgonCost cost) {
  auto master = open_profile_key(file, old_words);
  if (!master) return base::pass(master.error());
  if (base::length(new_words) < shortest_passphrase)
    return base::fail(Fault::invalid, "passphrase",
                      "A passphrase has at least 8 characters; five or more words are better.");
  Parsed p = *parse(file);
  p.cost = cost;
  ++p.generation;
  randombytes_buf(p.salt.data(), p.salt.size());
  return wrap(p, *master, new_words);
}

}  // namespace seal
