#include <doctest/doctest.h>

#include "forms/base/bytes.h"
#include "forms/base/ids.h"

TEST_CASE("bytes: what a writer writes a reader reads, little-endian") {
  base::Writer out;
  out.tag("SVB1");
  out.u8(1);
  out.u16(0x0203);
  out.u32(0x04050607);
  out.u64(0x08090a0b0c0d0e0fULL);
  out.zeros(3);
  out.text32("ⵜⴰⵎⴰⵣⵉⵖⵜ");
  base::Bytes file = out.take();
  CHECK(base::to_hex(base::ByteView(file).subspan(4, 7)) == "01030207060504");
  base::Reader in(file);
  CHECK(in.tag("SVB1"));
  CHECK(in.u8() == 1);
  CHECK(in.u16() == 0x0203);
  CHECK(in.u32() == 0x04050607);
  CHECK(in.u64() == 0x08090a0b0c0d0e0fULL);
  CHECK(in.zeros(3));
  CHECK(in.text32() == "ⵜⴰⵎⴰⵣⵉⵖⵜ");
  CHECK(in.ok());
  CHECK(in.at_end());
}

TEST_CASE("bytes: a reader never reads past its end, at any truncation") {
  base::Writer out;
  out.tag("ABCD");
  out.u64(7);
  out.text32("hello");
  base::Bytes whole = out.take();
  for (size_t n = 0; n < whole.size(); ++n) {
    base::Reader in(base::ByteView(whole).first(n));
    in.tag("ABCD");
    in.u64();
    in.text32();
    CHECK_FALSE(in.ok());
    CHECK(in.u32() == 0);  // stays so
  }
}

TEST_CASE("bytes: a length that the bytes do not hold allocates nothing") {
  base::Writer out;
  out.u32(0xffffffff);
  base::Bytes lie = out.take();
  base::Reader in(lie);
  CHECK(in.text32().empty());
  CHECK_FALSE(in.ok());
}

TEST_CASE("hex: reads what it writes and refuses the rest with a place") {
  base::Bytes bytes = {0x00, 0xff, 0x1a};
  CHECK(base::to_hex(bytes) == "00ff1a");
  CHECK(base::from_hex("00FF1a").value() == bytes);
  CHECK(base::from_hex("0").error().fault == base::Fault::invalid);
  CHECK(base::from_hex("0g").error().where.find("1") != std::string::npos);
}

TEST_CASE("ids: a seeded random gives the same ids, another seed others") {
  base::SeededRandom a(1), b(1), c(2);
  auto first = base::RecordId::from(a);
  CHECK(first == base::RecordId::from(b));
  CHECK(first != base::RecordId::from(c));
  CHECK_FALSE(first.is_zero());
  CHECK(base::RecordId::from_hex(first.hex()).value() == first);
}

TEST_CASE("random: below() stays in its bounds and reaches them") {
  base::SeededRandom random(3);
  bool low = false, high = false;
  for (int i = 0; i < 2000; ++i) {
    uint64_t v = random.below(7);
    REQUIRE(v < 7);
    low |= v == 0;
    high |= v == 6;
    double u = random.unit();
    REQUIRE((u >= 0 && u < 1));
  }
  CHECK((low && high));
}
