// Every vector of the testkit gives exactly the code it names, and nothing of it is handed out; and every code that
// a format page names is named by a vector.
#include <doctest/doctest.h>

#include <fstream>
#include <set>

#include "sync/exchange/bundle.h"
#include "sync/record/enrolment.h"
#include "sync/record/migration.h"
#include "sync/record/revision.h"
#include "sync/record/send_back.h"
#include "sync/record/statement.h"
#include "sync/seal/attachment.h"
#include "sync/seal/envelope.h"
#include "sync/seal/head.h"
#include "sync/seal/kit.h"
#include "sync/seal/package.h"
#include "sync/seal/profile_key.h"
#include "sync/seal/withdrawal.h"
#include "tests/vectors/testkit/kit.h"

namespace {

using base::Bytes;
using base::ByteView;
using testkit::Fields;
using testkit::Vector;

std::string folder() {
  return std::string(RIHLA_SOURCE) + "/tests/vectors/testkit";
}
Bytes unhex(const std::string& text) {
  auto bytes = base::from_hex(text);
  REQUIRE(bytes);
  return *bytes;
}
seal::PublicSign signer_of(const Fields& given) {
  return {base::Reader(unhex(given.at("signer"))).array<32>()};
}
// The code stands in parentheses behind the place: "bundle (hash)".
std::string code_of(const base::Error& error) {
  size_t open = error.where.rfind('(');
  size_t close = error.where.rfind(')');
  return open == std::string::npos || close < open ? "no code: " + error.where
                                                   : error.where.substr(open + 1, close - open - 1);
}
std::string is(bool condition) {
  return condition ? "good" : "opened, and is not what was sealed";
}

std::string envelope(const Vector& v) {
  auto e = seal::parse_envelope(v.bytes);
  if (!e) return code_of(e.error());
  if (auto good = seal::verify_envelope(*e, signer_of(v.given)); !good) return code_of(good.error());
  auto plain =
      seal::open_envelope(*e, seal::BoxKeys::from_seed(seal::Key(ByteView(unhex(v.given.at("epoch_seed"))))));
  if (!plain) return code_of(plain.error());
  auto r = record::decode_revision(*plain);
  if (!r) return code_of(r.error());
  if (auto same = record::agrees(*r, e->header); !same) return code_of(same.error());
  return is(seal::hash("example", *plain).hex() == v.given.at("content"));
}

std::string stub(const Vector& v) {
  auto s = seal::parse_stub(v.bytes);
  if (!s) return code_of(s.error());
  auto good = seal::check_stub(*s, signer_of(v.given));
  return good ? "good" : code_of(good.error());
}

std::string head(const Vector& v) {
  auto h = seal::parse_head(v.bytes);
  if (!h) return code_of(h.error());
  auto good = seal::verify_head(*h, signer_of(v.given));
  return good ? "good" : code_of(good.error());
}

std::string key(const Vector& v) {
  auto master = seal::open_profile_key(v.bytes, v.given.at("passphrase"));
  if (!master) return code_of(master.error());
  return is(base::to_hex(master->view()) == v.given.at("master"));
}

std::string tombstone(const Vector& v) {
  auto t = seal::parse_tombstone(v.bytes);
  return t ? "good" : code_of(t.error());
}

std::string attachment(const Vector& v) {
  seal::AttachmentHeader place{*base::ProjectId::from_hex(v.given.at("project")),
                               *base::RecordId::from_hex(v.given.at("record")),
                               *base::AttachmentId::from_hex(v.given.at("id")), seal::Grain::file};
  seal::AttachmentRef ref;
  ref.id = place.id;
  Bytes key_bytes = unhex(v.given.at("key"));
  std::copy(key_bytes.begin(), key_bytes.end(), ref.key.begin());
  ref.size = std::stoull(v.given.at("length"));
  ref.hash = *base::Hash::from_hex(v.given.at("hash"));
  Bytes content;
  seal::AttachmentOpener opener(place, ref, [&](ByteView part) -> base::Status {
    content.insert(content.end(), part.begin(), part.end());
    return {};
  });
  if (auto done = opener.feed(v.bytes); !done) return code_of(done.error());
  if (auto done = opener.close(); !done) return code_of(done.error());
  return is(seal::hash("example", content).hex() == v.given.at("content"));
}

std::string package(const Vector& v) {
  auto p =
      seal::open_package(v.bytes, seal::Key(ByteView(unhex(v.given.at("read_key")))), signer_of(v.given));
  if (!p) return code_of(p.error());
  std::string names;
  for (const auto& [name, bytes] : p->files) names += (names.empty() ? "" : " ") + name;
  auto files = v.given.find("files");
  return is(names == (files == v.given.end() ? "" : files->second));
}

std::string bundle(const Vector& v) {
  seal::PublicSign signer = signer_of(v.given);
  auto b = exchange::read_bundle(v.bytes, &signer);
  if (!b) return code_of(b.error());
  return is(std::to_string(b->items.size()) == v.given.at("items"));
}

std::string revision(const Vector& v) {
  auto r = record::decode_revision(v.bytes);
  return r ? "good" : code_of(r.error());
}

std::string statement(const Vector& v) {
  auto s = record::decode_statement(v.bytes);
  if (!s) return code_of(s.error());
  Bytes again = record::encode_statement(*s);
  return is(std::equal(again.begin(), again.end(), v.bytes.begin(), v.bytes.end() - 64));
}

std::string enrolment(const Vector& v) {
  auto e = record::parse_enrolment(v.bytes);
  return e ? "good" : code_of(e.error());
}

std::string send_back(const Vector& v) {
  auto keys = seal::BoxKeys::from_seed(seal::Key(ByteView(unhex(v.given.at("box_seed")))));
  auto s = record::open_send_back(*base::RecordId::from_hex(v.given.at("record")), v.bytes, keys);
  if (!s) return code_of(s.error());
  Bytes again = record::seal_send_back(*s, keys.pub);
  return is(seal::hash("example", *seal::open_sealed(keys, ByteView(again).subspan(16))).hex() ==
            v.given.at("content"));
}

std::string migration(const Vector& v) {
  auto m = record::decode_migration(v.bytes);
  if (!m) return code_of(m.error());
  return is(record::encode_migration(*m) == v.bytes);
}

std::string kit(const Vector& v) {
  std::string text(v.bytes.begin(), v.bytes.end());
  size_t end = std::min(text.find('\f'), text.size());
  auto k = seal::join_sheets({text.substr(0, end), end < text.size() ? text.substr(end + 1) : std::string()});
  if (!k) return code_of(k.error());
  return is(base::to_hex(k->root_seed.view()) == v.given.at("root_seed"));
}

std::string journal(const Vector& v) {
  auto entries = record::unpack_journal(v.bytes);
  if (!entries) return code_of(entries.error());
  return is(std::to_string(entries->size()) == v.given.at("entries") && record::pack_journal(*entries) == v.bytes);
}

struct Format {
  std::string name;
  std::string (*read)(const Vector&);
  std::string page;
};
const Format formats[] = {
    {"envelope", envelope, "seal/ENVELOPE.md"},     {"stub", stub, "seal/ENVELOPE.md"},
    {"head", head, "seal/HEAD.md"},                 {"key", key, "seal/PROFILE_KEY.md"},
    {"tombstone", tombstone, "seal/TOMBSTONE.md"},  {"attachment", attachment, "seal/ATTACHMENT.md"},
    {"package", package, "seal/PACKAGE.md"},        {"bundle", bundle, "exchange/BUNDLE.md"},
    {"revision", revision, "record/REVISION.md"},   {"statement", statement, "record/STATEMENT.md"},
    {"enrolment", enrolment, "record/ENROLMENT.md"}, {"send_back", send_back, "record/SEND_BACK.md"},
    {"migration", migration, "record/MIGRATION.md"}, {"kit", kit, "seal/KIT.md"},
    {"journal", journal, "record/JOURNAL.md"},
};

// Of the one line of the page that tells the checks: what stands between backquotes.
std::set<std::string> codes_of(const Format& format) {
  std::ifstream page(std::string(RIHLA_SOURCE) + "/sync/" + format.page);
  std::set<std::string> out;
  int lines = 0;
  for (std::string line; std::getline(page, line);) {
    if (line.rfind("Checked in this order, each with a code of its own:", 0) != 0) continue;
    ++lines;
    for (size_t at = line.find('`'); at != std::string::npos; at = line.find('`', at)) {
      size_t end = line.find('`', at + 1);
      out.insert(line.substr(at + 1, end - at - 1));
      at = end + 1;
    }
  }
  CHECK_MESSAGE(lines == 1, format.page, ": ", lines, " lines tell its checks");
  if (format.name == "stub")  // up to the signature: it holds nothing that could be opened
    for (const char* code : {"no_slot", "unwrap", "commit", "body", "padding", "inner"}) out.erase(code);
  if (format.name == "revision") out.erase("inner");  // seen only with its envelope: a vector of that
  return out;
}

}  // namespace

TEST_CASE("testkit: every vector gives exactly the code it names") {
  size_t sum = 0;
  for (const Format& format : formats) {
    auto vectors = testkit::read(folder(), format.name);
    CHECK(vectors.size() >= 15);
    std::set<std::string> raised;
    std::set<std::string> names;
    for (const Vector& v : vectors) {
      CHECK_MESSAGE(format.read(v) == v.expect, format.name, ": ", v.name, ": ", v.why);
      CHECK_MESSAGE(names.insert(v.name).second, format.name, ": two vectors are named ", v.name);
      raised.insert(v.expect);
    }
    sum += vectors.size();
    CHECK_MESSAGE(raised.erase("good") == 1, format.name, ": no vector is good");
    const std::set<std::string> named = codes_of(format);
    for (const std::string& code : named)
      CHECK_MESSAGE(raised.count(code) == 1, format.name, ": no vector raises ", code);
    for (const std::string& code : raised)
      CHECK_MESSAGE(named.count(code) == 1, format.name, ": its page does not name ", code);
  }
  CHECK(sum >= 400);
  MESSAGE(sum << " vectors");
}
