// The content of a revision, packed where it would not fit the least block.
#include "sync/record/packed.h"

#include <doctest/doctest.h>

#include "sync/record/revision.h"

using namespace record;

namespace {

base::Bytes content(size_t size) {
  base::Bytes out(size);
  for (size_t i = 0; i < size; ++i) out[i] = static_cast<uint8_t>("actor/act_name"[i % 14] + (i / 700) % 3);
  return out;
}

Revision long_revision(size_t answers) {
  Revision r;
  r.record.bytes[0] = 1;
  r.device.bytes[0] = 2;
  r.sequence = 1;
  r.full = true;
  r.form_id = "staff";
  for (size_t n = 0; n < answers; ++n) {
    Key key{"question_" + std::to_string(100'000 + n), {}};
    r.answers.push_back({key, *make_value(Tag::text, "answer " + std::to_string(n * 7919)), Origin::given});
  }
  return r;
}

}  // namespace

TEST_CASE("packed: what fits the least block stays as it is, what does not comes back byte for byte") {
  for (size_t size : {0u, 1u, 8190u, 8191u}) {
    CAPTURE(size);
    base::Bytes plain = content(size);
    CHECK(pack_content(plain) == plain);
    CHECK(*unpack_content(plain) == plain);
  }
  for (size_t size : {8192u, 20'000u, 1'048'575u}) {
    CAPTURE(size);
    base::Bytes plain = content(size);
    base::Bytes small = pack_content(plain);
    CHECK(small.size() < plain.size() / 4);
    CHECK(is_packed(small));
    CHECK(*unpack_content(small) == plain);
  }
}

TEST_CASE("packed: an interview is read from what was packed like from what was not") {
  Revision r = long_revision(600);
  base::Bytes plain = *encode_revision(r);
  base::Bytes small = pack_content(plain);
  CHECK(plain.size() > 20'000);
  CHECK(small.size() < 8192);
  auto back = decode_revision(small);
  REQUIRE(back);
  CHECK(back->answers == r.answers);
  CHECK(*encode_revision(*back) == plain);
}

TEST_CASE("packed: what is changed, cut, lengthened, packed twice or a bomb is refused with its word") {
  base::Bytes plain = content(20'000);
  base::Bytes small = pack_content(plain);
  auto refused = [](const base::Bytes& bytes) {
    auto back = unpack_content(bytes);
    return !back && back.error().fault == base::Fault::corrupt && back.error().where == "revision (packed)";
  };
  for (size_t n = 2; n < small.size(); ++n) CHECK(refused(base::Bytes(small.begin(), small.begin() + static_cast<long>(n))));
  base::Bytes longer = small;
  longer.push_back(0);
  CHECK(refused(longer));
  longer[2] = static_cast<uint8_t>(longer[2] + 1);  // … and counted
  CHECK(refused(longer));
  for (size_t n = 2; n < small.size(); ++n) {
    base::Bytes other = small;
    other[n] ^= 0x10;
    auto back = unpack_content(other);
    CHECK((!back || *back == plain));  // a window size that deflate does not use changes nothing
  }
  base::Bytes bomb = pack_content(base::Bytes(1'048'575, 0));
  bomb[6] = 0xff;
  bomb[7] = 0xff;
  bomb[8] = 0xff;
  bomb[9] = 0x7f;  // says that it is two gigabytes
  CHECK(refused(bomb));
  base::Bytes twice = small;
  twice.resize(9000, 0);  // a packed one inside a packed one
  CHECK(refused(pack_content(twice)));
}
