// Attachments: the stream is written here chunk by chunk, so that chunks can be what a sealer would never write.
#include "sync/seal/attachment.h"

#include <sodium.h>

#include "tests/vectors/testkit/makers.h"

namespace testkit {
namespace {

constexpr size_t grain = 4096, sealed_chunk = grain + 17, chunks = 16;
constexpr uint8_t message = 0, push_tag = 1, rekey_tag = 2, final_tag = 3;

struct Chunk {
  Bytes plain;
  uint8_t tag = message;
};

seal::AttachmentHeader place() {
  seal::AttachmentHeader h{support::example_project(), {}, {}, seal::Grain::recording};
  h.record.bytes.fill(0x77);
  h.id.bytes.fill(0x88);
  return h;
}

// The stream of `like` (its header, its key) over these chunks.
Bytes stream(const Bytes& like, const std::vector<Chunk>& all) {
  Bytes out(like.begin(), like.begin() + 80);
  // Sealing again under the same header needs the sender's state: it equals the receiver's at its start.
  crypto_secretstream_xchacha20poly1305_state state;
  crypto_secretstream_xchacha20poly1305_init_pull(&state, out.data() + 56,
                                                  support::counting(0x80).view().data());
  uint64_t index = 0;
  for (const Chunk& chunk : all) {
    base::Writer bound;
    bound.bytes(ByteView(out).subspan(40, 16));
    bound.u64(index);
    if (index++ == 0) bound.bytes(seal::hash("sv1.att-head", ByteView(out).first(80)).bytes);
    Bytes sealed(chunk.plain.size() + 17);
    crypto_secretstream_xchacha20poly1305_push(&state, sealed.data(), nullptr, chunk.plain.data(),
                                               chunk.plain.size(), bound.peek().data(), bound.peek().size(),
                                               chunk.tag);
    out.insert(out.end(), sealed.begin(), sealed.end());
  }
  return out;
}

std::vector<Chunk> honest() {
  std::vector<Chunk> all(chunks, {Bytes(grain, 0), message});
  std::string hello = "hello";
  std::copy(hello.begin(), hello.end(), all[0].plain.begin());
  all.back().tag = final_tag;
  return all;
}

Fields hashed(const Bytes& file) {
  seal::AttachmentHash hash;
  hash.add(file);
  return {{"hash", hash.take().hex()}};
}

}  // namespace

Kit attachments() {
  Bytes file;
  auto collect = [&](ByteView part) -> base::Status {
    file.insert(file.end(), part.begin(), part.end());
    return {};
  };
  seal::AttachmentSealer sealer(place(), support::counting(0x80), collect);
  (void)sealer.write(base::view_of("hello"));
  auto ref = sealer.close();
  Kit kit("attachment", file,
          {{"project", place().project.hex()},
           {"record", place().record.hex()},
           {"id", place().id.hex()},
           {"key", hex(ref->key)},
           {"length", "5"},
           {"hash", ref->hash.hex()},
           {"content", hex(seal::hash("example", base::view_of("hello")).bytes)}});
  auto with = [&](const char* name, const char* why, const char* expect, const Bytes& bytes,
                  Fields more = {}) {
    Fields given = hashed(bytes);
    for (const auto& [field, value] : more) given[field] = value;
    kit.add(name, why, expect, bytes, given);
  };
  kit.add("good", "five bytes of a recording", "good", kit.base());
  with("good-again", "the same chunks from another hand", "good", stream(kit.base(), honest()));
  for (size_t n : {size_t{0}, size_t{4}, size_t{79}})
    kit.add("cut-" + std::to_string(n), "cut in the header", "length", kit.first(n));
  for (size_t at : {size_t{0}, size_t{3}})
    kit.add("magic-" + std::to_string(at), "another magic", "magic", kit.flipped(at));
  for (uint8_t suite : {uint8_t{0}, uint8_t{2}})
    kit.add("suite-" + std::to_string(suite), "another suite", "suite", kit.with(4, suite));
  for (uint8_t g : {uint8_t{0}, uint8_t{11}, uint8_t{13}, uint8_t{63}})
    kit.add("grain-" + std::to_string(g), "a size that no chunk has", "grain", kit.with(5, g));
  for (size_t at : {size_t{6}, size_t{7}})
    kit.add("reserved-" + std::to_string(at), "a reserved byte is not zero", "reserved", kit.with(at, 1));
  for (auto [name, at] : {std::pair{"project", size_t{8}}, {"record", size_t{24}}, {"id", size_t{40}}}) {
    kit.add(std::string("place-") + name, "it belongs elsewhere", "place", kit.flipped(at));
    kit.add(std::string("wanted-") + name, "another one is wanted", "place", kit.base(),
            {{name, std::string(32, '1').replace(0, 2, "ab")}});
  }
  kit.add("grain-16", "the other grain", "chunk", kit.with(5, 16));
  kit.add("stream-header", "another header of the stream", "chunk", kit.flipped(60));
  kit.add("other-key", "opened with another key", "chunk", kit.base(),
          {{"key", hex(support::counting(0x81).view())}});
  for (auto [name, at] : {std::pair{"first-tag", size_t{80}},
                          {"first", size_t{100}},
                          {"first-mac", 80 + sealed_chunk - 1},
                          {"second", 80 + sealed_chunk + 50},
                          {"last", 80 + 15 * sealed_chunk + 5}})
    kit.add(std::string("chunk-") + name, "one of its bytes was changed", "chunk", kit.flipped(at));
  Bytes swapped = kit.base();
  std::swap_ranges(swapped.begin() + 80, swapped.begin() + 80 + sealed_chunk,
                   swapped.begin() + 80 + sealed_chunk);
  kit.add("chunks-swapped", "the first two chunks exchanged", "chunk", swapped);
  Bytes dropped = joined({ByteView(file).first(80), ByteView(file).subspan(80 + sealed_chunk)});
  dropped.resize(80 + 2 * sealed_chunk);
  kit.add("chunk-dropped", "the first chunk is missing", "chunk", dropped);
  Bytes twice = joined({ByteView(file).first(80 + sealed_chunk), ByteView(file).subspan(80, sealed_chunk)});
  kit.add("chunk-twice", "the first chunk twice", "chunk", twice);
  for (auto [name, tag] : {std::pair{"push", push_tag}, {"rekey", rekey_tag}}) {
    auto all = honest();
    all[15].tag = tag;
    with((std::string("tag-") + name).c_str(), "a tag that no chunk of ours has", "chunk",
         stream(kit.base(), all));
  }
  kit.add("cut-final", "the last chunk is missing", "cut", kit.first(80 + 15 * sealed_chunk));
  kit.add("cut-chunks", "nothing but the header", "cut", kit.first(80));
  kit.add("cut-one", "the last byte is missing", "cut", kit.first(file.size() - 1));
  kit.add("cut-most", "all but a byte of the last chunk is missing", "cut",
          kit.first(80 + 15 * sealed_chunk + 1));
  auto open_end = honest();
  open_end.back().tag = message;
  with("no-final", "the last chunk is not marked", "cut", stream(kit.base(), open_end));
  kit.add("longer-1", "a byte behind the final chunk", "trailing", kit.longer({0}));
  kit.add("longer-chunk", "a chunk behind the final chunk", "trailing", kit.longer(Bytes(sealed_chunk, 3)));
  auto early = honest();
  early.resize(2);
  early[0].tag = final_tag;
  with("final-early", "the final chunk first, another behind it", "trailing", stream(kit.base(), early));
  auto shorter = honest();
  shorter.resize(15);
  shorter.back().tag = final_tag;
  with("size-shorter", "a chunk less than the length needs", "size", stream(kit.base(), shorter));
  auto longer = honest();
  longer.back().tag = message;
  longer.push_back({Bytes(grain, 0), final_tag});
  with("size-longer", "a chunk more than the length needs", "size", stream(kit.base(), longer));
  kit.add("size-other", "the revision says another length", "size", kit.base(), {{"length", "70000"}});
  auto dirty = honest();
  dirty.back().plain[grain - 1] = 1;
  with("padding-last", "the last byte of the padding is not zero", "padding", stream(kit.base(), dirty));
  kit.add("padding-first", "the revision says a byte less: it stands in the padding", "padding", kit.base(),
          {{"length", "4"}});
  kit.add("hash", "not the file that the revision names", "hash", kit.base(),
          {{"hash", std::string(64, '0')}});
  return kit;
}

}  // namespace testkit
