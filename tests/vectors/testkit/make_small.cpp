// Key files, tombstones, form packages, revisions' contents.
#include <zlib.h>

#include "sync/record/revision.h"
#include "sync/seal/envelope.h"
#include "sync/seal/package.h"
#include "sync/seal/profile_key.h"
#include "sync/seal/withdrawal.h"
#include "tests/vectors/testkit/makers.h"

namespace testkit {

// The order of the group, little-endian: s + L says the same as s, and is refused.
Bytes with_high_s(Bytes bytes) {
  const Bytes order = *base::from_hex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
  unsigned carry = 0;
  size_t at = bytes.size() - 32;
  for (size_t i = 0; i < 32; ++i) {
    carry += static_cast<unsigned>(bytes[at + i]) + order[i];
    bytes[at + i] = static_cast<uint8_t>(carry);
    carry >>= 8;
  }
  return bytes;
}

Kit keys() {
  seal::SystemRandom random;
  const char* words = "correct horse battery";
  auto made = seal::make_profile_key(words, seal::demo_cost, random);
  Kit kit("key", made->file, {{"passphrase", words}, {"master", hex(made->master.view())}});
  auto hashed = [](Bytes bytes) {
    put(bytes, 320, seal::hash("sv1.key-file", ByteView(bytes).first(320)).bytes);
    return bytes;
  };
  kit.add("good", "the floor's cost", "good", kit.base());
  for (size_t n : {size_t{0}, size_t{4}, size_t{5}, size_t{320}, size_t{351}})
    kit.add("cut-" + std::to_string(n), "cut after " + std::to_string(n) + " bytes", "length", kit.first(n));
  kit.add("longer", "a byte behind the hash", "length", kit.longer({0}));
  for (size_t at : {size_t{0}, size_t{1}, size_t{2}})
    kit.add("magic-" + std::to_string(at), "another magic", "magic", kit.flipped(at));
  kit.add("version", "SVK2, with a hash of its own", "suite", hashed(kit.with(3, '2')));
  kit.add("suite", "suite 2, with a hash of its own", "suite", hashed(kit.with(4, 2)));
  kit.add("version-damaged", "the version's sign is damaged: put right, the hash holds", "hash",
          kit.flipped(3));
  kit.add("suite-damaged", "the suite is damaged: put right, the hash holds", "hash", kit.with(4, 5));
  for (auto [name, at] : {std::pair{"algorithm", size_t{5}},
                          {"reserved", size_t{6}},
                          {"passes", size_t{8}},
                          {"memory", size_t{14}},
                          {"salt", size_t{16}},
                          {"profile", size_t{40}},
                          {"generation", size_t{48}},
                          {"nonce", size_t{56}},
                          {"commitment", size_t{80}},
                          {"body", size_t{112}},
                          {"escrow", size_t{200}},
                          {"hash", size_t{340}}})
    kit.add(std::string("damaged-") + name, "changed, the hash is not", "hash", kit.flipped(at));
  kit.add("algorithm", "Argon2i", "algorithm", hashed(kit.with(5, 1)));
  for (size_t at : {size_t{6}, size_t{7}, size_t{160}, size_t{319}})
    kit.add("reserved-" + std::to_string(at), "a reserved byte is not zero", "reserved",
            hashed(kit.with(at, 1)));
  for (auto [name, at, value] : {std::tuple{"passes-0", size_t{8}, 0u},
                                 {"passes-11", size_t{8}, 11u},
                                 {"passes-most", size_t{8}, 0xffffffffu},
                                 {"memory-0", size_t{12}, 0u},
                                 {"memory-less", size_t{12}, 8191u},
                                 {"memory-more", size_t{12}, 1048577u},
                                 {"memory-most", size_t{12}, 0xffffffffu}}) {
    Bytes out = kit.base();
    put(out, at, le32(value));
    kit.add(name, "a cost that no profile of ours has", "cost", hashed(out));
  }
  kit.add("other-words", "another passphrase", "passphrase", kit.base(),
          {{"passphrase", "correct horse batterY"}});
  for (auto [name, at] : {std::pair{"salt", size_t{16}},
                          {"profile", size_t{32}},
                          {"generation", size_t{48}},
                          {"nonce", size_t{60}},
                          {"commitment", size_t{111}}})
    kit.add(std::string("bound-") + name, "changed and hashed again: the commitment does not hold",
            "passphrase", hashed(kit.flipped(at)));
  Bytes passes = kit.base();
  put(passes, 8, le32(2));
  kit.add("bound-passes", "another cost, hashed again: another stretched key", "passphrase", hashed(passes));
  kit.add("body", "the sealed master key was changed, hashed again", "body", hashed(kit.flipped(112)));
  kit.add("body-tag", "its tag was changed, hashed again", "body", hashed(kit.flipped(159)));
  return kit;
}

Kit tombstones() {
  seal::Card card;
  for (size_t i = 0; i < card.code.size(); ++i) card.code[i] = static_cast<uint8_t>(0x11 * i);
  const base::ProjectId project = support::example_project();
  seal::SignKeys by_card = seal::card_keys(project, card);
  seal::Tombstone t;
  t.project = project;
  t.record = seal::record_id_of(project, by_card.pub);
  Kit kit("tombstone", seal::make_tombstone(t, by_card), {});
  auto again = [](Bytes bytes, const seal::SignKeys& by) {
    return signed_again(std::move(bytes), "sv1.tomb-id", "sv1.tomb-sig", by);
  };
  seal::Tombstone c = t;
  c.authority = seal::TombstoneAuthority::coordinator;
  c.statement.bytes.fill(0x5a);
  Bytes coordinators = seal::make_tombstone(c, coordinator().sign);
  c.authority = seal::TombstoneAuthority::device_request;
  kit.add("good-card", "by the card", "good", kit.base());
  kit.add("good-coordinator", "by a coordinator", "good", coordinators);
  kit.add("good-device", "a device's request", "good", seal::make_tombstone(c, device().sign));
  for (size_t n : {size_t{0}, size_t{4}, size_t{5}, size_t{104}, size_t{167}})
    kit.add("cut-" + std::to_string(n), "cut after " + std::to_string(n) + " bytes", "length", kit.first(n));
  kit.add("longer", "a byte behind the signature", "length", kit.longer({0}));
  for (size_t at = 0; at < 4; ++at)
    kit.add("magic-" + std::to_string(at), "another magic", "magic", kit.flipped(at));
  for (uint8_t suite : {uint8_t{0}, uint8_t{2}})
    kit.add("suite-" + std::to_string(suite), "another suite", "suite", kit.with(4, suite));
  for (uint8_t authority : {uint8_t{0}, uint8_t{4}, uint8_t{255}})
    kit.add("authority-" + std::to_string(authority), "an authority that is none, signed", "authority",
            again(kit.with(5, authority), by_card));
  for (size_t at : {size_t{6}, size_t{7}})
    kit.add("reserved-" + std::to_string(at), "a reserved byte is not zero, signed", "reserved",
            again(kit.with(at, 1), by_card));
  kit.add("reserved-statement", "a card names a statement, signed", "reserved",
          again(kit.with(72, 1), by_card));
  kit.add("project", "a card for another project, signed", "record_id", again(kit.flipped(8), by_card));
  kit.add("record", "a card for another's record, signed", "record_id", again(kit.flipped(24), by_card));
  Bytes forged = kit.base();
  put(forged, 40, other_device().sign.pub.bytes);
  kit.add("signer", "another key as the card's, signed by it", "record_id",
          again(forged, other_device().sign));
  for (auto [name, at] : {std::pair{"r", size_t{104}}, {"s", size_t{140}}})
    kit.add(std::string("signature-") + name, "the signature was changed", "signature", kit.flipped(at));
  Bytes zeros = kit.base();
  std::fill(zeros.end() - 64, zeros.end(), uint8_t{0});
  kit.add("signature-zeros", "a signature of zeros", "signature", zeros);
  kit.add("signature-high-s", "a signature whose second half is not reduced", "signature",
          with_high_s(kit.base()));
  kit.add("signature-other", "signed by another than it says", "signature",
          again(kit.base(), other_device().sign));
  kit.add("signature-context", "signed as an envelope", "signature",
          signed_again(kit.base(), "sv1.tomb-id", "sv1.rev-sig", by_card));
  kit.add("as-coordinator", "a card's, said to be a coordinator's", "signature", kit.with(5, 2));
  for (auto [name, at] : {std::pair{"record", size_t{24}},
                          {"project", size_t{10}},
                          {"statement", size_t{72}},
                          {"signer", size_t{41}}}) {
    Bytes out = coordinators;
    out[at] ^= 1;
    kit.add(std::string("coordinator-") + name, "a coordinator's, changed and not signed again", "signature",
            out);
  }
  return kit;
}

Kit packages() {
  seal::Key read_key = support::counting(0x60);
  std::string sheet = "type,name,label\ntext,code,Code\n";
  Bytes survey(sheet.begin(), sheet.end());
  Kit kit("package",
          *seal::seal_package(support::example_project(), {{"choices.csv", {}}, {"survey.csv", survey}},
                              read_key, 1, coordinator()),
          {{"signer", hex(coordinator().sign.pub.bytes)},
           {"read_key", hex(read_key.view())},
           {"files", "choices.csv survey.csv"}});
  auto again = [](Bytes bytes) {
    return signed_again(std::move(bytes), "sv1.form-id", "sv1.form-sig", coordinator().sign);
  };
  // Any content, sealed and signed as a coordinator could.
  auto holding = [&](const Bytes& plain) {
    Bytes out = kit.first(72);
    put(out, 44, le32(static_cast<uint32_t>(plain.size() + 16)));
    seal::Nonce nonce;
    std::copy_n(out.begin() + 48, nonce.size(), nonce.begin());
    Bytes body = seal::encrypt(read_key, nonce, plain, out);
    out.insert(out.end(), body.begin(), body.end());
    out.resize(out.size() + 64);
    return again(out);
  };
  auto files = [&](std::initializer_list<std::string> names, uint32_t count) {
    base::Writer out;
    out.u32(count);
    for (const std::string& name : names) {
      out.text32(name);
      out.text32("x");
    }
    return out.take();
  };
  kit.add("good", "two files", "good", kit.base());
  kit.add("good-empty", "no file", "good", holding(files({}, 0)), {{"files", ""}});
  for (size_t n : {size_t{0}, size_t{4}, size_t{5}, size_t{72}, size_t{151}, kit.base().size() - 1})
    kit.add("cut-" + std::to_string(n), "cut after " + std::to_string(n) + " bytes", "length", kit.first(n));
  kit.add("longer", "a byte behind the signature", "length", kit.longer({0}));
  kit.add("magic", "another magic", "magic", kit.flipped(1));
  kit.add("suite", "another suite", "suite", kit.with(4, 2));
  for (size_t at : {size_t{5}, size_t{7}})
    kit.add("reserved-" + std::to_string(at), "a reserved byte is not zero, signed", "reserved",
            again(kit.with(at, 1)));
  for (auto [name, size] : {std::pair{"size-0", 0u}, {"size-less", 15u}, {"size-most", 0xffffffffu}}) {
    Bytes out = kit.base();
    put(out, 44, le32(size));
    kit.add(name, "a size that is not the content's", "length", again(out));
  }
  kit.add("signer", "another signer in the header", "unknown_signer", again(kit.flipped(24)));
  for (auto [name, at] : {std::pair{"project", size_t{8}},
                          {"generation", size_t{40}},
                          {"nonce", size_t{50}},
                          {"body", size_t{80}},
                          {"signature", kit.base().size() - 10}})
    kit.add(std::string("unsigned-") + name, "changed and not signed again", "signature", kit.flipped(at));
  kit.add("other-key", "another read key", "body", kit.base(),
          {{"read_key", hex(support::counting(0x61).view())}});
  for (auto [name, at] :
       {std::pair{"bound-project", size_t{8}}, {"bound-generation", size_t{40}}, {"body-first", size_t{72}}})
    kit.add(name, "changed and signed again", "body", again(kit.flipped(at)));
  const std::string nul("a\0b", 3);
  kit.add("content-count", "one file less than stated", "content", holding(files({"a"}, 2)));
  kit.add("content-more", "one file more than stated", "content", holding(files({"a", "b"}, 1)));
  kit.add("content-many", "more files than a package holds", "content", holding(files({"a"}, 0xffffffff)));
  kit.add("content-order", "names not in order", "content", holding(files({"b", "a"}, 2)));
  kit.add("content-twice", "one name twice", "content", holding(files({"a", "a"}, 2)));
  kit.add("content-empty-name", "a file without a name", "content", holding(files({""}, 1)));
  kit.add("content-above", "a name that leads above", "content", holding(files({"../a"}, 1)));
  kit.add("content-root", "a name that begins at the root", "content", holding(files({"/a"}, 1)));
  kit.add("content-backslash", "a name with a backslash", "content", holding(files({"a\\b"}, 1)));
  kit.add("content-nul", "a name with a NUL", "content", holding(files({nul}, 1)));
  kit.add("content-long-name", "a name of 201 bytes", "content", holding(files({std::string(201, 'a')}, 1)));
  kit.add("content-nothing", "no content at all", "content", holding({}));
  return kit;
}

Kit revisions() {
  record::Revision r;
  r.record.bytes.fill(1);
  r.device.bytes.fill(2);
  r.sequence = 3;
  r.parents.resize(2);
  r.parents[1].bytes.fill(9);
  r.answers = {{{"a", {}}, *record::make_value(record::Tag::integer, "34"), record::Origin::given},
               {{"b", {}}, *record::make_value(record::Tag::text, "x"), record::Origin::given}};
  Kit kit("revision", *record::encode_revision(r), {});
  const Bytes& whole = kit.base();
  // Where field n (from 0) begins: tag 2, length 4, bytes.
  std::vector<size_t> at = {0};
  while (at.back() < whole.size())
    at.push_back(at.back() + 6 + base::Reader(ByteView(whole).subspan(at.back() + 2)).u32());
  auto field = [&](size_t n) { return ByteView(whole).subspan(at[n], at[n + 1] - at[n]); };
  auto without = [&](size_t n) {
    return joined({ByteView(whole).first(at[n]), ByteView(whole).subspan(at[n + 1])});
  };
  auto added = [&](uint16_t tag, const Bytes& bytes) {
    base::Writer out;
    out.bytes(whole);
    out.u16(tag);
    out.u32(static_cast<uint32_t>(bytes.size()));
    out.bytes(bytes);
    return out.take();
  };
  // Field n with other content.
  auto replaced = [&](size_t n, const Bytes& bytes) {
    return joined({ByteView(whole).first(at[n] + 2), le32(static_cast<uint32_t>(bytes.size())), bytes,
                   ByteView(whole).subspan(at[n + 1])});
  };
  kit.add("good", "the twelve fields", "good", whole);
  kit.add("cut-3", "cut in a tag's length", "length", kit.first(3));
  kit.add("cut-10", "cut in a field", "length", kit.first(10));
  kit.add("cut-last", "its last byte is missing", "length", kit.first(whole.size() - 1));
  kit.add("order", "two fields in the wrong order", "order",
          joined({field(1), field(0), ByteView(whole).subspan(at[2])}));
  kit.add("twice", "one field twice", "order", joined({field(0), ByteView(whole)}));
  kit.add("unknown", "an unknown field that must be understood", "unsupported", added(0xffff, {1}));
  for (size_t n : {size_t{0}, size_t{5}, size_t{11}})
    kit.add("missing-" + std::to_string(n), "one of the twelve is missing", "fields", without(n));
  kit.add("field-longer", "a record id of 17 bytes", "field", replaced(0, Bytes(17, 1)));
  kit.add("field-shorter", "a sequence of 7 bytes", "field", replaced(2, Bytes(7, 0)));
  for (uint8_t kind : {uint8_t{0}, uint8_t{5}})
    kit.add("kind-" + std::to_string(kind), "another kind", "kind", replaced(3, {kind}));
  kit.add("parents-17", "more parents than there may be", "parents", replaced(7, Bytes(17 * 32, 1)));
  kit.add("parents-part", "half a parent", "parents", replaced(7, Bytes(48, 1)));
  kit.add("flags", "another flag", "flags", replaced(10, {4}));
  auto answers = [&](std::initializer_list<std::pair<std::string, Bytes>> all, uint32_t count,
                     uint8_t origin = 1) {
    base::Writer out;
    out.u32(count);
    for (const auto& [question, value] : all) {
      out.text32(question);
      out.u8(0);
      out.u8(origin);
      out.u32(static_cast<uint32_t>(value.size()));
      out.bytes(value);
    }
    return replaced(11, out.take());
  };
  auto value = [](uint8_t tag, const std::string& text) {
    base::Writer out;
    out.u8(tag);
    out.text32(text);
    return out.take();
  };
  const Bytes good = value(1, "x");
  kit.add("answers-order", "questions not in order", "answers", answers({{"b", good}, {"a", good}}, 2));
  kit.add("answers-twice", "one question twice", "answers", answers({{"a", good}, {"a", good}}, 2));
  kit.add("answers-count", "one answer less than stated", "answers", answers({{"a", good}}, 2));
  kit.add("answers-origin", "an origin that is none", "answers", answers({{"a", good}}, 1, 4));
  kit.add("answers-zeros", "a number with a needless zero", "answers", answers({{"a", value(2, "034")}}, 1));
  kit.add("answers-decimal", "a decimal that ends in zero", "answers", answers({{"a", value(3, "0.50")}}, 1));
  kit.add("answers-nfd", "a text that is not NFC", "answers", answers({{"a", value(1, "e\xcc\x81")}}, 1));
  kit.add("answers-utf8", "a text that is not UTF-8", "answers", answers({{"a", value(1, "\xff")}}, 1));
  kit.add("answers-cleared", "a cleared answer with a text", "answers", answers({{"a", value(0, "x")}}, 1));
  kit.add("answers-attachment", "an attachment that is a path", "answers",
          answers({{"a", value(12, "../x")}}, 1));
  auto attachments = [&](std::initializer_list<uint8_t> ids, uint32_t count) {
    base::Writer out;
    out.u32(count);
    for (uint8_t id : ids) {
      out.bytes(Bytes(16, id));
      out.bytes(Bytes(32, 0x40));
      out.u64(5);
      out.bytes(Bytes(32, 0x41));
    }
    return out.take();
  };
  kit.add("attachments-none", "a list of none: the field is left out instead", "attachments",
          added(0x800d, attachments({}, 0)));
  kit.add("attachments-order", "attachments not in order", "attachments",
          added(0x800d, attachments({2, 1}, 2)));
  kit.add("attachments-twice", "one attachment twice", "attachments", added(0x800d, attachments({1, 1}, 2)));
  kit.add("attachments-count", "one attachment less than stated", "attachments",
          added(0x800d, attachments({1}, 2)));
  kit.add("attachments-more", "one attachment more than stated", "field", added(0x800d, attachments({1, 2}, 1)));
  kit.add("overflow-alone", "what overflowed is named, and no attachment", "overflow",
          added(0x800e, Bytes(16, 1)));
  kit.add("overflow-zeros", "what overflowed is named by zeros, as if nothing had", "overflow",
          added(0x800e, Bytes(16, 0)));
  auto packed = [](const Bytes& inside, uint32_t stated, const Bytes& behind = {}) {
    uLongf size = compressBound(static_cast<uLong>(inside.size()));
    Bytes stream(size);
    compress2(stream.data(), &size, inside.data(), static_cast<uLong>(inside.size()), 9);
    stream.resize(size);
    base::Writer out;
    out.u16(0x8000);
    out.u32(static_cast<uint32_t>(4 + stream.size() + behind.size()));
    out.u32(stated);
    out.bytes(stream);
    out.bytes(behind);
    return out.take();
  };
  record::Revision told = r;
  told.answers[1].value = *record::make_value(record::Tag::text, std::string(9000, 'x'));
  const Bytes large = *record::encode_revision(told);
  const auto stated = static_cast<uint32_t>(large.size());
  kit.add("packed", "content over 8,191 bytes, packed", "good", packed(large, stated));
  kit.add("packed-small", "what would have fitted unpacked", "packed",
          packed(whole, static_cast<uint32_t>(whole.size())));
  kit.add("packed-less", "more in the stream than is stated", "packed", packed(large, stated - 1));
  kit.add("packed-more", "less in the stream than is stated", "packed", packed(large, stated + 1));
  kit.add("packed-huge", "it states more than a revision may hold", "packed", packed(large, 0xffffffff));
  kit.add("packed-behind", "bytes behind the stream", "packed", packed(large, stated, {0}));
  const Bytes once = packed(large, stated);
  kit.add("packed-field", "a field behind the packed one", "packed", joined({once, added(0x0001, {1})}));
  kit.add("packed-length", "the packed field is cut", "packed", Bytes(once.begin(), once.end() - 1));
  base::Writer twice;  // packed content that is long enough to be packed again
  twice.u16(0x8000);
  twice.u32(9000);
  twice.bytes(Bytes(9000, 7));
  kit.add("packed-twice", "packed again", "packed", packed(twice.peek(), 9006));
  return kit;
}

}  // namespace testkit
