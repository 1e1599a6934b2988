#include <doctest/doctest.h>

#include "sync/record/journal.h"
#include "sync/record/revision.h"

using namespace record;

namespace {

Revision with(size_t answers, size_t length, size_t entries) {
  Revision r;
  r.full = true;
  for (size_t i = 0; i < answers; ++i)
    r.answers.push_back({{"q" + std::to_string(100000 + i), {}},
                         *make_value(Tag::text, std::string(length, 'x') + std::to_string(i)),
                         Origin::given});
  std::vector<Entry> journal;
  for (size_t i = 0; i < entries; ++i) {
    Entry e;
    e.key = {"q" + std::to_string(i % 500), {}};
    e.value = *make_value(Tag::text, "some words of an answer");
    journal.push_back(e);
  }
  if (entries > 0) r.journal = pack_journal(journal);
  return r;
}

bool same(const Revision& a, const Revision& b) {
  return a.answers == b.answers && a.journal == b.journal && a.full == b.full;
}

}  // namespace

TEST_CASE("overflow: finishing never fails for size, and nothing is lost on the way") {
  struct Case {
    const char* what;
    size_t answers, length, entries;
    bool journal_out, answers_out;
  };
  for (const Case& c :
       {Case{"small", 10, 10, 10, false, false}, Case{"10,000 values", 10'000, 10, 100, false, false},
        Case{"a long journal", 10, 10, 20'000, true, false},
        Case{"30,000 values", 30'000, 20, 100, false, true}, Case{"both", 30'000, 100, 30'000, true, true},
        Case{"one text of nearly 1 MiB", 1, 1'000'000, 10, false, false}}) {
    CAPTURE(c.what);
    const Revision whole = with(c.answers, c.length, c.entries);
    Revision r = whole;
    auto out = take_overflow(r);
    REQUIRE(out);
    CHECK(out->empty() == !(c.journal_out || c.answers_out));
    CHECK(r.journal.empty() == (c.journal_out || c.entries == 0));
    CHECK(r.answers.empty() == c.answers_out);
    if (!out->empty()) {
      seal::AttachmentRef ref;
      ref.id.bytes[0] = 7;
      ref.size = out->size();
      r.attachments = {ref};
      r.overflow = ref.id;
    }
    auto plain = encode_revision(r);
    REQUIRE(plain);
    auto back = decode_revision(*plain);
    REQUIRE(back);
    CHECK(back->overflow == r.overflow);
    CHECK(back->attachments == r.attachments);
    if (!out->empty()) REQUIRE(put_back(*back, *out));
    CHECK(same(*back, whole));
  }
}

TEST_CASE("overflow: what was cut, changed, or belongs elsewhere is not put back") {
  Revision r = with(30'000, 20, 20'000);
  base::Bytes out = *take_overflow(r);
  const Revision bare = r;
  for (size_t cut : {size_t{0}, size_t{1}, size_t{5}, size_t{6}, out.size() / 2, out.size() - 1}) {
    Revision again = bare;
    CHECK(put_back(again, base::ByteView(out).first(cut)).has_value() == false);
  }
  Revision full = with(3, 10, 10);
  CHECK_FALSE(put_back(full, out));  // it has answers of its own
  base::Bytes longer = out;
  longer.push_back(0);
  Revision again = bare;
  CHECK_FALSE(put_back(again, longer));
}

TEST_CASE("overflow: attachments are named once, in order, and the overflow is one of them") {
  Revision r = with(1, 1, 0);
  seal::AttachmentRef a;
  a.id.bytes[0] = 2;
  seal::AttachmentRef b;
  b.id.bytes[0] = 1;
  r.attachments = {a, b};
  auto back = decode_revision(*encode_revision(r));
  REQUIRE(back);
  CHECK(back->attachments == std::vector<seal::AttachmentRef>{b, a});
  r.overflow.bytes[0] = 3;
  CHECK_FALSE(decode_revision(*encode_revision(r)));
  r.overflow = a.id;
  CHECK(decode_revision(*encode_revision(r)));
  r.attachments = {a, a};
  CHECK_FALSE(decode_revision(*encode_revision(r)));
}
