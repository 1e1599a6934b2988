#include "sync/seal/attachment.h"

#include <sodium.h>

#include <bit>
#include <cstring>

#include "forms/base/memory.h"

namespace seal {
namespace {

using base::Fault;

constexpr uint64_t least_padded = 64 << 10;
constexpr size_t overhead =
    crypto_secretstream_xchacha20poly1305_ABYTES;  // 17: the tag, then the authenticator
constexpr size_t stream_header = crypto_secretstream_xchacha20poly1305_HEADERBYTES;  // 24
static_assert(overhead == 17 && stream_header == 24);

using StreamState = crypto_secretstream_xchacha20poly1305_state;
using SecretState = Secret<sizeof(StreamState)>;
StreamState* stream(SecretState& secret) {
  return reinterpret_cast<StreamState*>(secret.bytes().data());
}

tl::unexpected<base::Error> refuse(const char* code, const char* sentence, Fault fault = Fault::corrupt) {
  return base::fail(fault, std::string("attachment (") + code + ")", sentence);
}

size_t chunk_size(Grain grain) {
  return size_t{1} << static_cast<unsigned>(grain);
}

// Each chunk is bound to its attachment and its place; the first one to the whole header.
Bytes bound(const AttachmentId& id, uint64_t index, ByteView header) {
  base::Writer out;
  out.bytes(id.bytes);
  out.u64(index);
  if (index == 0) out.bytes(hash("sv1.att-head", header).bytes);
  return out.take();
}

}  // namespace

uint64_t padded_attachment_size(uint64_t size) {
  if (size <= least_padded) return least_padded;
  // Padmé: as many low bits are zero as the length's magnitude can spare.
  auto magnitude = static_cast<unsigned>(std::bit_width(size) - 1);
  unsigned spared = magnitude - static_cast<unsigned>(std::bit_width(magnitude));
  uint64_t mask = (uint64_t{1} << spared) - 1;
  return (size + mask) & ~mask;
}

Result<AttachmentHeader> attachment_header(ByteView bytes) {
  if (bytes.size() < attachment_header_size) return refuse("length", "It is cut short.");
  base::Reader in(bytes);
  if (!in.tag("SVA1")) return refuse("magic", "This is not a sealed attachment.");
  if (in.u8() != 1)
    return refuse("suite", "It was made by a newer version; update the program. The file is left untouched.",
                  Fault::unsupported);
  AttachmentHeader h;
  h.grain = static_cast<Grain>(in.u8());
  if (h.grain != Grain::recording && h.grain != Grain::file)
    return refuse("grain", "Its chunks have a size that this version does not know.", Fault::unsupported);
  if (!in.zeros(2)) return refuse("reserved", "A byte that must be zero is not.");
  h.project.bytes = in.array<16>();
  h.record.bytes = in.array<16>();
  h.id.bytes = in.array<16>();
  return h;
}

struct AttachmentHash::State {
  crypto_generichash_blake2b_state hash;
};
AttachmentHash::AttachmentHash() : state_(std::make_unique<State>()) {
  uint8_t person[crypto_generichash_blake2b_PERSONALBYTES] = {};
  uint8_t salt[crypto_generichash_blake2b_SALTBYTES] = {};
  std::memcpy(person, "sv1.att-hash", 12);
  crypto_generichash_blake2b_init_salt_personal(&state_->hash, nullptr, 0, 32, salt, person);
}
AttachmentHash::~AttachmentHash() = default;
void AttachmentHash::add(ByteView bytes) {
  crypto_generichash_blake2b_update(&state_->hash, bytes.data(), bytes.size());
}
Hash AttachmentHash::take() {
  Hash out;
  crypto_generichash_blake2b_final(&state_->hash, out.bytes.data(), out.bytes.size());
  return out;
}

struct AttachmentSealer::State {
  AttachmentSink sink;
  AttachmentRef ref;
  SecretState secret;
  AttachmentHash hash;
  Bytes header, waiting;  // waiting: less than a chunk, in clear
  size_t chunk = 0;
  uint64_t index = 0, padding = 0;
  bool closed = false;
  Status broken;  // the sink's first refusal

  ~State() { wipe(std::span<uint8_t>(waiting)); }

  Status hand_on(ByteView bytes) {
    hash.add(bytes);
    if (broken) broken = sink(bytes);
    return broken;
  }
  Status seal_chunk(ByteView plain, bool last) {
    if (index == 0)
      if (auto done = hand_on(header); !done) return done;
    Bytes sealed(plain.size() + overhead);
    Bytes with = bound(ref.id, index++, header);
    crypto_secretstream_xchacha20poly1305_push(stream(secret), sealed.data(), nullptr, plain.data(),
                                               plain.size(), with.data(), with.size(),
                                               last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL
                                                    : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE);
#ifdef RIHLA_SEALING_OFF
    std::copy(plain.begin(), plain.end(), sealed.begin());  // the control of the canary hunt
#endif
    return hand_on(sealed);
  }
  // Takes whole chunks, and keeps the last one back: it may be the final one.
  Status take(ByteView plain) {
    while (!plain.empty()) {
      if (waiting.size() == chunk) {
        auto done = seal_chunk(waiting, false);
        wipe(std::span<uint8_t>(waiting));
        waiting.clear();
        if (!done) return done;
      }
      ByteView part = plain.first(std::min(plain.size(), chunk - waiting.size()));
      waiting.insert(waiting.end(), part.begin(), part.end());
      plain = plain.subspan(part.size());
    }
    return {};
  }
};

AttachmentSealer::AttachmentSealer(const AttachmentHeader& header, const Key& key, AttachmentSink sink)
    : state_(std::make_unique<State>()) {
  State& s = *state_;
  s.sink = std::move(sink);
  s.ref.id = header.id;
  std::copy(key.view().begin(), key.view().end(), s.ref.key.begin());
  s.chunk = chunk_size(header.grain);
  s.waiting.reserve(s.chunk);
  base::Writer out;
  out.tag("SVA1");
  out.u8(1);
  out.u8(static_cast<uint8_t>(header.grain));
  out.zeros(2);
  out.bytes(header.project.bytes);
  out.bytes(header.record.bytes);
  out.bytes(header.id.bytes);
  std::array<uint8_t, stream_header> start{};
  crypto_secretstream_xchacha20poly1305_init_push(stream(s.secret), start.data(), key.view().data());
  out.bytes(start);
  s.header = out.take();
}
AttachmentSealer::~AttachmentSealer() = default;
AttachmentSealer::AttachmentSealer(AttachmentSealer&&) noexcept = default;

Status AttachmentSealer::write(ByteView plain) {
  State& s = *state_;
  RIHLA_CHECK(!s.closed);
  if (!s.broken) return s.broken;
  if (s.ref.size + plain.size() > largest_attachment)
    return refuse("length", "An attachment is at most 2 GiB. What was recorded so far is kept.", Fault::full);
  s.ref.size += plain.size();
  try {
    return s.take(plain);
  } catch (const std::bad_alloc&) {  // part of it may be taken: what is on disk by now is what is left
    return s.broken = base::no_memory();
  }
}

uint64_t AttachmentSealer::written() const {
  return state_->ref.size;
}

Result<AttachmentRef> AttachmentSealer::close() {
  State& s = *state_;
  RIHLA_CHECK(!s.closed);
  s.closed = true;
  if (!s.broken) return base::pass(s.broken.error());
  uint64_t padding = padded_attachment_size(s.ref.size) - s.ref.size;
  const Bytes zeros(4096, 0);
  for (uint64_t left = padding; left > 0;) {
    size_t n = static_cast<size_t>(std::min<uint64_t>(left, zeros.size()));
    if (auto done = s.take(ByteView(zeros).first(n)); !done) return base::pass(done.error());
    left -= n;
  }
  if (auto done = s.seal_chunk(s.waiting, true); !done) return base::pass(done.error());
  s.ref.hash = s.hash.take();
  return s.ref;
}

struct AttachmentOpener::State {
  AttachmentSink sink;
  AttachmentHeader place;
  AttachmentRef ref;
  SecretState secret;
  Bytes header, waiting;
  size_t chunk = 0;
  uint64_t index = 0, plain = 0, padding_seen = 0;
  bool begun = false, final = false;
  AttachmentHash hash;
  bool zeros = true;

  Status begin() {
    auto h = attachment_header(header);
    if (!h) return base::pass(h.error());
    if (h->project != place.project || h->record != place.record || h->id != ref.id)
      return refuse("place", "It belongs to another interview or another answer.");
    chunk = chunk_size(h->grain);
    begun = true;
    if (crypto_secretstream_xchacha20poly1305_init_pull(
            stream(secret), header.data() + attachment_header_size - stream_header, ref.key.data()) != 0)
      return refuse("chunk", "Its content was changed.");
    return {};
  }
  Status open_chunk(ByteView sealed, const char* otherwise = "chunk") {
    Bytes out(sealed.size() - std::min(sealed.size(), overhead));
    Bytes with = bound(ref.id, index++, header);
    uint8_t tag = 0;
    bool good =
        sealed.size() > overhead &&
        crypto_secretstream_xchacha20poly1305_pull(stream(secret), out.data(), nullptr, &tag, sealed.data(),
                                                   sealed.size(), with.data(), with.size()) == 0 &&
        (tag == crypto_secretstream_xchacha20poly1305_TAG_MESSAGE ||
         tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL);
#ifdef RIHLA_SEALING_OFF
    std::copy_n(sealed.begin(), out.size(), out.begin());
    tag = sealed.size() < chunk + overhead || plain + out.size() == padded_attachment_size(ref.size) ? 3 : 0;
    good = true;
#endif
    if (!good) return refuse(otherwise, "It is cut short, or its content was changed.");
    final = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
    uint64_t before = plain;
    plain += out.size();
    size_t content =
        static_cast<size_t>(std::min<uint64_t>(out.size(), ref.size - std::min(ref.size, before)));
    for (size_t i = content; i < out.size(); ++i) zeros = zeros && out[i] == 0;
    Status done = content > 0 ? sink(ByteView(out).first(content)) : Status();
    wipe(std::span<uint8_t>(out));
    return done;
  }
};

AttachmentOpener::AttachmentOpener(const AttachmentHeader& place, const AttachmentRef& ref,
                                   AttachmentSink sink)
    : state_(std::make_unique<State>()) {
  state_->sink = std::move(sink);
  state_->place = place;
  state_->ref = ref;
}
AttachmentOpener::~AttachmentOpener() = default;
AttachmentOpener::AttachmentOpener(AttachmentOpener&&) noexcept = default;

Status AttachmentOpener::feed(ByteView sealed) {
  State& s = *state_;
  s.hash.add(sealed);
  if (!s.begun) {
    ByteView part = sealed.first(std::min(sealed.size(), attachment_header_size - s.header.size()));
    s.header.insert(s.header.end(), part.begin(), part.end());
    sealed = sealed.subspan(part.size());
    if (s.header.size() < attachment_header_size) return {};
    if (auto done = s.begin(); !done) return done;
  }
  while (!sealed.empty()) {
    if (s.final) return refuse("trailing", "Bytes stand behind its end.");
    ByteView part = sealed.first(std::min(sealed.size(), s.chunk + overhead - s.waiting.size()));
    s.waiting.insert(s.waiting.end(), part.begin(), part.end());
    sealed = sealed.subspan(part.size());
    if (s.waiting.size() < s.chunk + overhead) return {};
    if (auto done = s.open_chunk(s.waiting); !done) return done;
    s.waiting.clear();
  }
  return {};
}

Status AttachmentOpener::close() {
  State& s = *state_;
  if (!s.begun) return refuse("length", "It is cut short.");
  // A short last chunk that does not open: whether it was cut or changed cannot be told.
  if (!s.waiting.empty())
    if (auto done = s.open_chunk(s.waiting, "cut"); !done) return done;
  if (!s.final) return refuse("cut", "It is cut short.");
  if (s.plain != padded_attachment_size(s.ref.size))
    return refuse("size", "Its length is not what its revision says.");
  if (!s.zeros) return refuse("padding", "Its padding is wrong.");
  if (s.hash.take() != s.ref.hash) return refuse("hash", "It is not the file its revision names.");
  return {};
}

uint64_t AttachmentOpener::opened() const {
  return std::min(state_->plain, state_->ref.size);
}

}  // namespace seal
