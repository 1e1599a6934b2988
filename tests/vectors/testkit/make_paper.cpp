// What people type from paper, and the journal an interview brings along.
#include "sync/record/entry.h"
#include "sync/seal/kit.h"
#include "tests/vectors/testkit/makers.h"

namespace testkit {

namespace {

// A sheet's bytes as KIT.md writes them on paper.
const std::string signs = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

std::string line_of(const std::string& data, size_t line) {
  size_t a = line, b = line;
  for (size_t i = 0; i < data.size(); ++i) {
    size_t c = signs.find(data[i]);
    a += (i + 1) * c;
    b += ((i + 3) * (i + 2) + 1) * c;
  }
  return data + signs[a % 31] + signs[b % 29];
}

std::vector<std::string> lines_of(ByteView bytes) {
  std::string all;
  uint32_t bits = 0;
  int held = 0;
  for (uint8_t byte : bytes) {
    bits = bits << 8 | byte;
    for (held += 8; held >= 5; held -= 5) all += signs[bits >> (held - 5) & 31];
  }
  if (held) all += signs[bits << (5 - held) & 31];
  std::vector<std::string> out;
  for (size_t at = 0; at < all.size(); at += 18) out.push_back(line_of(all.substr(at, 18), at / 18));
  return out;
}

Bytes text_of(const std::vector<std::string>& lines) {
  std::string out = "words for people\n";
  for (size_t i = 0; i < lines.size(); ++i)
    if (!lines[i].empty()) out += std::to_string(i + 1) + " " + lines[i] + "\n";
  return {out.begin(), out.end()};
}

}  // namespace

Kit kits() {
  auto sheet = [](uint8_t number) {
    Bytes out(156);
    Bytes secret(64), pads[3] = {Bytes(64), Bytes(64), Bytes(64)};
    for (size_t i = 0; i < 64; ++i) {
      secret[i] = static_cast<uint8_t>(0x80 + i);
      pads[0][i] = static_cast<uint8_t>(i * 3 + 1);
      pads[1][i] = static_cast<uint8_t>(i * 7 + 2);
      pads[2][i] = static_cast<uint8_t>(secret[i] ^ pads[0][i] ^ pads[1][i]);
    }
    out[0] = 1;
    out[1] = number;
    out[2] = 1;
    std::fill(out.begin() + 4, out.begin() + 20, uint8_t{0x11});
    base::Hash check = seal::hash("sv1.kit-check", joined({ByteView(out).subspan(4, 16), ByteView(out).subspan(2, 2), secret}));
    put(out, 20, ByteView(check.bytes).first(8));
    size_t at = 28;
    for (size_t n = 0; n < 3; ++n)
      if (n + 1 != number) put(out, at, pads[n]), at += 64;
    return out;
  };
  const Bytes one = sheet(1), three = sheet(3);
  auto both = [](const std::vector<std::string>& a, const std::vector<std::string>& b) {
    return joined({text_of(a), Bytes(1, '\f'), text_of(b)});
  };
  const std::vector<std::string> a = lines_of(one), b = lines_of(three);
  std::string root;
  for (size_t i = 0; i < 32; ++i) root += hex(Bytes(1, static_cast<uint8_t>(0x80 + i)));
  Kit kit("kit", both(a, b), {{"root_seed", root}});
  // Sheet 1 with a line changed; sheet 1 with a byte changed and written out again.
  auto line = [&](size_t n, const std::string& text) {
    auto own = a;
    own[n] = text;
    return both(own, b);
  };
  auto byte = [&](size_t at, uint8_t value) {
    Bytes own = one;
    own[at] = value;
    return both(lines_of(own), b);
  };
  kit.add("good", "sheets 1 and 3", "good", kit.base());
  kit.add("good-turned", "sheets 3 and 1", "good", both(b, a));
  kit.add("good-2-3", "sheets 2 and 3", "good", both(lines_of(sheet(2)), b));
  auto typed = a;
  for (std::string& text : typed) {
    for (char& c : text) c = c == '0' ? 'o' : c == '1' ? 'l' : static_cast<char>(c >= 'A' ? c - 'A' + 'a' : c);
    text.insert(9, " -");
  }
  kit.add("good-typed", "in small letters, o for 0, l for 1, spaces and hyphens", "good", both(typed, b));
  kit.add("sign-less", "a sign is missing in line 3", "length", line(2, a[2].substr(1)));
  kit.add("sign-more", "a sign too many in line 3", "length", line(2, a[2] + "0"));
  kit.add("last-long", "the last line as long as the others", "length", line(13, a[13] + "000"));
  for (size_t at : {size_t{0}, size_t{9}, size_t{17}, size_t{18}, size_t{19}}) {
    std::string wrong = a[1];
    wrong[at] = wrong[at] == 'Q' ? 'R' : 'Q';
    kit.add("sign-" + std::to_string(at), "a wrong sign in line 2", "check", line(1, wrong));
  }
  std::string swapped = a[4];
  size_t at = 0;
  while (swapped[at] == swapped[at + 1]) ++at;
  std::swap(swapped[at], swapped[at + 1]);
  kit.add("swapped", "two signs of line 5 swapped", "check", line(4, swapped));
  kit.add("line-other", "line 6 in the place of line 7", "check", line(6, a[5]));
  for (size_t n : {size_t{0}, size_t{7}, size_t{13}})
    kit.add("missing-" + std::to_string(n + 1), "a line is missing", "missing", line(n, ""));
  kit.add("nothing", "nothing typed", "missing", {});
  kit.add("half", "half a sheet", "missing", kit.first(200));
  for (uint8_t version : {uint8_t{0}, uint8_t{2}})
    kit.add("version-" + std::to_string(version), "another version", "version", byte(0, version));
  for (uint8_t number : {uint8_t{0}, uint8_t{4}})
    kit.add("number-" + std::to_string(number), "a sheet that is none", "number", byte(1, number));
  kit.add("project", "of another project", "kits", byte(4, 0x12));
  kit.add("generation", "of another generation", "kits", byte(2, 2));
  kit.add("kit", "of another kit", "kits", byte(20, static_cast<uint8_t>(one[20] ^ 1)));
  kit.add("same", "one sheet twice", "same", both(a, a));
  kit.add("as-other", "sheet 1 says that it is sheet 2", "fit", byte(1, 2));
  kit.add("pad", "a pad that was changed", "fit", byte(120, static_cast<uint8_t>(one[120] ^ 1)));
  return kit;
}

Kit journals() {
  using record::Entry, record::EntryKind;
  Entry language;
  language.kind = EntryKind::language;
  language.text = "ar";
  Entry answer;
  answer.at.ms = 1'763'900'000'000;
  answer.key = {"age", {base::InstanceId{}}};
  answer.value = *record::make_value(record::Tag::integer, "34");
  Kit kit("journal", record::pack_journal({language, answer}), {{"entries", "2"}});
  const Bytes& whole = kit.base();
  // Strings: "" and "age"; the second entry begins behind the first.
  const size_t strings = 4 + 4 + 4 + 3, first = strings + 4, text_at = first + 1 + 8 + 1 + 4 + 1 + 4 + 1,
               second = text_at + 4 + 2;
  auto with = [&](size_t at, ByteView bytes) {
    Bytes out = whole;
    put(out, at, bytes);
    return out;
  };
  kit.add("good", "a language and an answer in an instance", "good", whole);
  kit.add("good-empty", "no entry", "good", record::pack_journal({}), {{"entries", "0"}});
  kit.add("good-unknown", "an entry of a kind this version does not know", "good", kit.with(second, 200));
  for (size_t n : {size_t{0}, size_t{3}, size_t{10}, first, first + 5, second + 20, whole.size() - 1})
    kit.add("cut-" + std::to_string(n), "cut after " + std::to_string(n) + " bytes", "length", kit.first(n));
  kit.add("longer", "a byte behind the last entry", "length", kit.longer({0}));
  kit.add("strings-more", "more strings than are there", "length", with(0, le32(0xffffffff)));
  kit.add("entries-more", "one entry more than is there", "length", with(strings, le32(3)));
  kit.add("entries-less", "one entry less than is there", "length", with(strings, le32(1)));
  kit.add("entries-most", "more entries than any journal has", "count", with(strings, le32(1'000'001)));
  for (size_t at : {first, second})
    kit.add("kind-" + std::to_string(at), "kind 0", "kind", kit.with(at, 0));
  for (uint8_t origin : {uint8_t{0}, uint8_t{4}})
    kit.add("origin-" + std::to_string(origin), "an origin that is none", "origin", kit.with(second + 9, origin));
  for (uint32_t n : {2u, 0xffffffffu})
    kit.add("question-" + std::to_string(n), "a question that is not in the table", "question",
            with(second + 10, le32(n)));
  kit.add("depth", "nine instances", "depth", kit.with(second + 14, 9));
  const size_t value = second + 15 + 16;
  kit.add("value-tag", "a kind of value that is none", "value", kit.with(value + 4, 99));
  kit.add("value-writing", "a number in another writing", "value", kit.with(value + 9, '0'));
  kit.add("value-length", "a value shorter than it says itself", "value", with(value + 5, le32(3)));
  kit.add("text-longer", "a text longer than the journal", "length", with(text_at, le32(0xffff)));
  return kit;
}

}  // namespace testkit
