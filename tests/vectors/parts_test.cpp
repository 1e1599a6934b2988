// The worked examples of ATTACHMENT.md, HEAD.md and of what overflows (REVISION.md); written anew on demand as in
// vectors_test.cpp.
#include <doctest/doctest.h>

#include <cstdlib>
#include <iostream>

#include "sync/record/revision.h"
#include "sync/record/send_back.h"
#include "sync/seal/attachment.h"
#include "sync/seal/head.h"
#include "sync/seal/withdrawal.h"
#include "tests/vectors/vectors.h"

namespace {

using base::Bytes;
using base::ByteView;
using support::counting;
using support::example_project;
using support::Fields;

Fields vector(const std::string& name) {
  static const std::map<std::string, Fields> all = support::vectors_of_pages();
  auto at = all.find(name);
  REQUIRE_MESSAGE(at != all.end(), "no page holds the example ", name);
  return at->second;
}

seal::AttachmentHeader example_place() {
  seal::AttachmentHeader h{example_project(), {}, {}, seal::Grain::recording};
  h.record.bytes.fill(0x77);
  h.id.bytes.fill(0x88);
  return h;
}

seal::Head example_head() {
  seal::Head h{.project = example_project(), .sequence = 42};
  h.revision.bytes.fill(0x99);
  return h;
}

// 10,000 answers: q00000 … q09999, the integer i under the i-th.
record::Revision ten_thousand() {
  record::Revision r;
  for (int i = 0; i < 10000; ++i) {
    std::string digits = std::to_string(i);
    r.answers.push_back({{"q" + std::string(5 - digits.size(), '0') + digits, {}},
                         *record::make_value(record::Tag::text, std::string(100, 'x') + digits),
                         record::Origin::given});
  }
  return r;
}

}  // namespace

TEST_CASE("vectors: SEND_BACK.md") {
  Fields v = vector("send-back");
  Bytes bytes = *base::from_hex(v["bytes"]);
  auto record = *base::RecordId::from_hex(v["record"]);
  CHECK(std::equal(record.bytes.begin(), record.bytes.end(), bytes.begin()));
  auto keys = seal::BoxKeys::from_seed(seal::Key(ByteView(*base::from_hex(v["box_seed"]))));
  auto s = record::open_send_back(record, ByteView(bytes).subspan(16), keys);
  REQUIRE(s);
  CHECK(s->form_id == v["form_id"]);
  CHECK(s->form_version == v["form_version"]);
  CHECK(s->name == v["name"]);
  CHECK(s->comment == v["comment"]);
  CHECK(std::to_string(s->hours) == v["hours"]);
  CHECK(s->questions == std::vector<std::string>{v["question"]});
  REQUIRE(s->answers.size() == 1);
  CHECK(record::display(s->answers[0].value) == v["answer"]);
}

TEST_CASE("vectors: ATTACHMENT.md") {
  seal::AttachmentHeader place = example_place();
  if (std::getenv("RIHLA_WRITE_VECTORS")) {
    Bytes file;
    seal::AttachmentSealer sealer(place, counting(0x80), [&](ByteView b) -> base::Status {
      file.insert(file.end(), b.begin(), b.end());
      return {};
    });
    REQUIRE(sealer.write(base::view_of("hello")));
    auto ref = sealer.close();
    std::ofstream(std::string(RIHLA_SOURCE) + "/tests/vectors/attachment.sva", std::ios::binary)
        .write(reinterpret_cast<const char*>(file.data()), static_cast<std::streamsize>(file.size()));
    std::cout << "```vector attachment\nfile = tests/vectors/attachment.sva\nsize = " << file.size()
              << "\nproject = " << place.project.hex() << "\nrecord = " << place.record.hex()
              << "\nid = " << place.id.hex() << "\nkey = " << base::to_hex(ref->key)
              << "\nlength = " << ref->size << "\nhash = " << ref->hash.hex()
              << "\ncontent = " << base::to_hex(base::view_of("hello")) << "\n```\n";
    for (uint64_t n : {0ull, 65536ull, 65537ull, 100000ull, 1000000ull, 123456789ull})
      std::cout << "padded." << n << " = " << seal::padded_attachment_size(n) << "\n";
    return;
  }
  Fields v = vector("attachment");
  std::string file = support::file_text(v["file"]);
  CHECK(std::to_string(file.size()) == v["size"]);
  seal::AttachmentRef ref;
  ref.id = *base::AttachmentId::from_hex(v["id"]);
  auto key = base::from_hex(v["key"]);
  std::copy(key->begin(), key->end(), ref.key.begin());
  ref.size = std::stoull(v["length"]);
  ref.hash = *base::Hash::from_hex(v["hash"]);
  Bytes content;
  seal::AttachmentOpener opener(place, ref, [&](ByteView b) -> base::Status {
    content.insert(content.end(), b.begin(), b.end());
    return {};
  });
  REQUIRE(opener.feed(base::view_of(file)));
  REQUIRE(opener.close());
  CHECK(base::to_hex(content) == v["content"]);
  for (const auto& [name, value] : v)
    if (name.rfind("padded.", 0) == 0)
      CHECK(std::to_string(seal::padded_attachment_size(std::stoull(name.substr(7)))) == value);
}

TEST_CASE("vectors: HEAD.md") {
  seal::DeviceKeys device = seal::DeviceKeys::from(counting(0));
  Bytes made = seal::make_head(example_head(), device);
  if (std::getenv("RIHLA_WRITE_VECTORS")) {
    std::cout << "```vector head\nbytes = " << base::to_hex(made)
              << "\nkind = 1\nproject = " << example_project().hex() << "\ndevice = " << device.id.hex()
              << "\nsequence = 42\nrevision = " << example_head().revision.hex()
              << "\nsigner = " << base::to_hex(device.sign.pub.bytes)
              << "\nid = " << seal::parse_head(made)->id.hex() << "\n```\n";
    return;
  }
  Fields v = vector("head");
  CHECK(base::to_hex(made) == v["bytes"]);  // signing is deterministic
  auto h = seal::parse_head(*base::from_hex(v["bytes"]));
  REQUIRE(h);
  CHECK(h->id.hex() == v["id"]);
  CHECK(seal::verify_head(*h, device.sign.pub));
}

TEST_CASE("vectors: REVISION.md, what overflows") {
  record::Revision r = ten_thousand();
  Bytes overflow = *record::take_overflow(r);
  std::string hash = seal::hash("example", overflow).hex();
  if (std::getenv("RIHLA_WRITE_VECTORS")) {
    std::cout << "```vector overflow\nanswers = 10000\nsize = " << overflow.size() << "\nhash = " << hash
              << "\nbegins = " << base::to_hex(ByteView(overflow).first(140)) << "\n```\n";
    return;
  }
  Fields v = vector("overflow");
  CHECK(std::to_string(overflow.size()) == v["size"]);
  CHECK(hash == v["hash"]);
  CHECK(r.answers.empty());
  REQUIRE(record::put_back(r, overflow));
  CHECK(r.answers == ten_thousand().answers);
}
