#include "sync/seal/package.h"

namespace seal {
namespace {

using base::Fault;

// 0 "SVF1" · 4 suite · 5 zero 3 · 8 project 16 · 24 signer device 16 · 40 generation u32 · 44 size u32 · 48
// nonce 24 · 72 ciphertext · signature 64
constexpr size_t header_size = 72, signature_size = 64;
constexpr size_t most_files = 256;
constexpr size_t largest = size_t{64} << 20;

bool is_plain_name(std::string_view name) {
  return !name.empty() && name.size() <= 200 && name.front() != '/' &&
         name.find("..") == std::string_view::npos && name.find('\\') == std::string_view::npos &&
         name.find('\0') == std::string_view::npos;
}

}  // namespace

Result<Bytes> seal_package(const base::ProjectId& project, const Files& files, const Key& read_key,
                           uint32_t generation, const DeviceKeys& keys) {
  base::Writer plain;
  if (files.size() > most_files)
    return base::fail(Fault::full, "form package", "A package holds at most 256 files.");
  plain.u32(static_cast<uint32_t>(files.size()));
  for (const auto& [name, bytes] : files) {
    if (!is_plain_name(name))
      return base::fail(Fault::invalid, name, "This cannot be a file's name in a package.");
    plain.text32(name);
    plain.u32(static_cast<uint32_t>(bytes.size()));
    plain.bytes(bytes);
  }
  if (plain.size() > largest)
    return base::fail(Fault::full, "form package", "A form with its lists is at most 64 MiB.");
  base::Writer out;
  Nonce nonce = fresh_nonce();
  out.tag("SVF1");
  out.u8(1);
  out.zeros(3);
  out.bytes(project.bytes);
  out.bytes(keys.id.bytes);
  out.u32(generation);
  out.u32(static_cast<uint32_t>(plain.size() + 16));
  out.bytes(nonce);
  Bytes cipher = encrypt(read_key, nonce, plain.peek(), out.peek());
  out.bytes(cipher);
  Signature signature = sign(keys.sign, "sv1.form-sig", hash("sv1.form-id", out.peek()));
  out.bytes(signature.bytes);
  return out.take();
}

Result<Hash> package_id(ByteView bytes) {
  base::Reader in(bytes);
  if (bytes.size() < 5) return base::fail(Fault::corrupt, "form package (length)", "It is cut short.");
  if (!in.tag("SVF1"))
    return base::fail(Fault::corrupt, "form package (magic)", "This is not a form package.");
  if (in.u8() != 1)
    return base::fail(Fault::unsupported, "form package (suite)",
                      "It was made by a newer version; update the program.");
  if (bytes.size() < header_size + 16 + signature_size)
    return base::fail(Fault::corrupt, "form package (length)", "It is cut short or has bytes left over.");
  if (!in.zeros(3))
    return base::fail(Fault::corrupt, "form package (reserved)", "A byte that must be zero is not.");
  in.bytes(16 + 16 + 4);
  size_t size = in.u32();
  if (!in.ok() || size < 16 || size > largest + 16 || bytes.size() != header_size + size + signature_size)
    return base::fail(Fault::corrupt, "form package (length)", "It is cut short or has bytes left over.");
  return hash("sv1.form-id", bytes.first(bytes.size() - signature_size));
}

Result<Package> open_package(ByteView bytes, const Key& read_key, const PublicSign& signer) {
  auto id = package_id(bytes);
  if (!id) return base::pass(id.error());
  Package p;
  p.id = *id;
  base::Reader in(bytes);
  in.bytes(8);
  p.project.bytes = in.array<16>();
  p.signer.bytes = in.array<16>();
  p.generation = in.u32();
  in.u32();
  Nonce nonce = in.array<24>();
  Signature signature{base::Reader(bytes.subspan(bytes.size() - signature_size)).array<64>()};
  if (p.signer != device_id_of(signer))
    return base::fail(Fault::locked, "form package (unknown_signer)", "It was signed by somebody else.");
  if (!verify(signer, "sv1.form-sig", *id, signature))
    return base::fail(Fault::corrupt, "form package (signature)",
                      "The signature does not hold: it was changed or forged.");
  auto plain =
      decrypt(read_key, nonce, bytes.subspan(header_size, bytes.size() - header_size - signature_size),
              bytes.first(header_size));
  if (!plain)
    return base::fail(Fault::locked, "form package (body)",
                      "This device's read key does not open it. Sync again to get the newest key.");
  base::Reader files(*plain);
  uint32_t count = files.u32();
  std::string before;
  for (uint32_t i = 0; i < count && files.ok() && i <= most_files; ++i) {
    std::string name(files.text32());
    ByteView content = files.bytes(files.u32());
    if (!is_plain_name(name) || (i > 0 && name <= before)) files.refuse();
    before = name;
    p.files[name].assign(content.begin(), content.end());
  }
  if (!files.ok() || !files.at_end() || p.files.size() != count)
    return base::fail(Fault::corrupt, "form package (content)", "What it holds is not a list of files.");
  return p;
}

}  // namespace seal
