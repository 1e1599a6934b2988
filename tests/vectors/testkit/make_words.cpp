// Statements, enrolment requests, what is sent back, migrations.
#include "sync/record/enrolment.h"
#include "sync/record/migration.h"
#include "sync/record/send_back.h"
#include "sync/record/statement.h"
#include "tests/vectors/testkit/makers.h"

namespace testkit {

namespace {

void cuts(Kit& kit, std::initializer_list<size_t> sizes) {
  for (size_t n : sizes)
    kit.add("cut-" + std::to_string(n), "cut after " + std::to_string(n) + " bytes", "length", kit.first(n));
}

const std::string not_utf8 = "a\xff";

}  // namespace

Kit statements() {
  record::Statement s;
  s.project = support::example_project();
  s.type = record::StatementType::receipt;
  s.sequence = 7;
  s.previous.bytes.fill(0x44);
  s.at.ms = 1'763'900'000'000;
  s.replaces.resize(2);
  s.replaces[1].bytes.fill(0x22);
  s.label = "a label";
  s.number = 3;
  s.slots.resize(1);
  s.frontiers.resize(1);
  s.frontiers[0].sequence = 9;
  s.content = {1, 2, 3};
  auto made = [&](const record::Statement& what) {
    record::Statement own = what;
    return record::sign_statement(own, coordinator());
  };
  Kit kit("statement", made(s), {});
  auto again = [](Bytes bytes) {
    return signed_again(std::move(bytes), "sv1.stmt-id", "sv1.stmt-sig", coordinator().sign);
  };
  const size_t whole = kit.base().size();
  kit.add("good", "a receipt with something in every part", "good", kit.base());
  record::Statement plain;
  plain.project = s.project;
  plain.sequence = 1;
  for (uint8_t type : {uint8_t{1}, uint8_t{9}, record::last_statement_type}) {
    plain.type = static_cast<record::StatementType>(type);
    kit.add("good-" + std::to_string(type), "of another type, nothing in it", "good", made(plain));
  }
  cuts(kit, {0, 7, 8, 71, 123, whole - 65, whole - 1});
  kit.add("longer", "a byte behind the signature", "length", kit.longer({0}));
  kit.add("longer-signed", "a byte before the signature, signed", "length",
          again(joined({kit.first(whole - 64), Bytes(1, 0), Bytes(64, 0)})));
  kit.add("magic", "another magic", "magic", again(kit.flipped(3)));
  for (uint8_t suite : {uint8_t{0}, uint8_t{2}})
    kit.add("suite-" + std::to_string(suite), "another suite, signed", "suite", again(kit.with(4, suite)));
  for (uint8_t type : {uint8_t{0}, uint8_t{record::last_statement_type + 1}, uint8_t{255}})
    kit.add("type-" + std::to_string(type), "a type that is none, signed", "type", again(kit.with(5, type)));
  for (size_t at : {size_t{6}, size_t{7}})
    kit.add("reserved-" + std::to_string(at), "a reserved byte is not zero, signed", "reserved",
            again(kit.with(at, 1)));
  auto counted = [&](size_t at, uint32_t count) {
    Bytes out = kit.base();
    put(out, at, le32(count));
    return again(out);
  };
  const size_t replaces = 120, slots = replaces + 4 + 64 + 80 + 4 + 7 + 12 + 72, frontiers = slots + 4 + 88;
  for (auto [name, at] : {std::pair{"replaces", replaces}, {"slots", slots}, {"frontiers", frontiers}}) {
    kit.add(std::string("lists-") + name, "4,097 stated, signed", "lists", counted(at, 4097));
  }
  kit.add("more-frontiers", "one more stated than is there, signed", "length", counted(frontiers, 2));
  kit.add("lists-most", "all bits of a count, signed", "lists", counted(replaces, 0xffffffff));
  for (auto [name, text] : {std::pair{"label", &record::Statement::label},
                            {"role", &record::Statement::role},
                            {"text", &record::Statement::text},
                            {"version", &record::Statement::version}}) {
    record::Statement bad = s;
    bad.*text = not_utf8;
    kit.add(std::string("text-") + name, "not UTF-8, signed", "text", made(bad));
  }
  kit.add("signer", "another id than its key's, signed", "signer", again(kit.flipped(24)));
  Bytes other = kit.base();
  put(other, 40, other_device().sign.pub.bytes);
  kit.add("signer-key", "another key than the id's, signed by it", "signer",
          signed_again(other, "sv1.stmt-id", "sv1.stmt-sig", other_device().sign));
  for (auto [name, at] : {std::pair{"project", size_t{8}},
                          {"sequence", size_t{72}},
                          {"previous", size_t{80}},
                          {"time", size_t{112}},
                          {"content", whole - 65},
                          {"r", whole - 64},
                          {"s", whole - 20}})
    kit.add(std::string("unsigned-") + name, "changed and not signed again", "signature", kit.flipped(at));
  kit.add("signature-context", "signed as an enrolment request", "signature",
          signed_again(kit.base(), "sv1.stmt-id", "sv1.cert-sig", coordinator().sign));
  kit.add("signature-high-s", "a signature whose second half is not reduced", "signature",
          with_high_s(kit.base()));
  return kit;
}

Kit enrolments() {
  Kit kit("enrolment", record::make_enrolment("amina", device()), {});
  auto again = [](Bytes bytes) {
    return signed_again(std::move(bytes), "sv1.enrol-id", "sv1.cert-sig", device().sign);
  };
  kit.add("good", "a device's request", "good", kit.base());
  kit.add("good-empty", "without a label", "good", record::make_enrolment("", device()));
  kit.add("good-longest", "a label of 200 bytes", "good",
          record::make_enrolment(std::string(200, 'a'), device()));
  cuts(kit, {0, 7, 8, 72, 76, kit.base().size() - 1});
  kit.add("longer", "a byte behind the signature", "length", kit.longer({0}));
  Bytes most = kit.base();
  put(most, 72, le32(0xffffffff));
  kit.add("label-most", "a label longer than the file, signed", "length", again(most));
  kit.add("magic", "another magic, signed", "magic", again(kit.flipped(0)));
  for (uint8_t suite : {uint8_t{0}, uint8_t{2}})
    kit.add("suite-" + std::to_string(suite), "another suite, signed", "suite", again(kit.with(4, suite)));
  for (size_t at : {size_t{5}, size_t{6}, size_t{7}})
    kit.add("reserved-" + std::to_string(at), "a reserved byte is not zero, signed", "reserved",
            again(kit.with(at, 1)));
  kit.add("label-long", "a label of 201 bytes", "label",
          record::make_enrolment(std::string(201, 'a'), device()));
  kit.add("label-utf8", "a label that is not UTF-8", "label", record::make_enrolment(not_utf8, device()));
  for (auto [name, at] :
       {std::pair{"sign", size_t{8}}, {"box", size_t{40}}, {"label", size_t{76}}, {"r", size_t{81}}})
    kit.add(std::string("unsigned-") + name, "changed and not signed again", "signature", kit.flipped(at));
  kit.add("signature-other", "signed by another", "signature",
          signed_again(kit.base(), "sv1.enrol-id", "sv1.cert-sig", other_device().sign));
  return kit;
}

Kit send_backs() {
  record::SendBack s;
  s.record.bytes.fill(0x77);
  s.withdrawal.bytes.fill(0x78);
  s.parents.resize(1);
  s.form.bytes.fill(0x55);
  s.form_id = "visit";
  s.form_version = "3";
  s.name = "A-17";
  s.comment = "Is that the year of birth?";
  s.questions = {"age"};
  s.answers = {{{"age", {}}, *record::make_value(record::Tag::integer, "1990"), record::Origin::given}};
  auto content = record::seal_send_back(s, epoch().pub);
  auto box_of = [](const Bytes& all) { return Bytes(all.begin() + 16, all.end()); };
  Bytes plain = *seal::open_sealed(epoch(), ByteView(content).subspan(16));
  Kit kit("send_back", box_of(content),
          {{"record", s.record.hex()},
           {"box_seed", hex(support::counting(0x20).view())},
           {"content", seal::hash("example", plain).hex()}});
  auto holding = [](const Bytes& bytes) { return seal::seal_to(epoch().pub, bytes); };
  auto with = [&](size_t at, ByteView bytes) {
    Bytes out = plain;
    put(out, at, bytes);
    return holding(out);
  };
  kit.add("good", "one question, one answer", "good", kit.base());
  for (size_t n : {size_t{0}, size_t{47}, size_t{60}, kit.base().size() - 1})
    kit.add("cut-" + std::to_string(n), "cut after " + std::to_string(n) + " bytes", "box", kit.first(n));
  kit.add("longer", "a byte behind the box", "box", kit.longer({0}));
  for (size_t at : {size_t{0}, size_t{33}, size_t{60}})
    kit.add("box-" + std::to_string(at), "the box was changed", "box", kit.flipped(at));
  kit.add("other", "sealed to another device", "box", seal::seal_to(device().box.pub, plain));
  for (uint8_t version : {uint8_t{0}, uint8_t{2}})
    kit.add("version-" + std::to_string(version), "another version", "version", with(0, Bytes(1, version)));
  kit.add("nothing", "nothing in it", "version", holding({}));
  for (size_t n : {size_t{1}, size_t{48}, size_t{100}})
    kit.add("inside-" + std::to_string(n), "its content is cut", "length",
            holding({plain.begin(), plain.begin() + static_cast<long>(n)}));
  const size_t parents = 49, texts = parents + 4 + 32 + 32, questions = texts + 4 * 4 + 5 + 1 + 4 + 26 + 4;
  for (auto [name, at] : {std::pair{"parents", parents}, {"questions", questions}, {"answers", questions + 11}})
    kit.add(std::string("list-") + name, "10,001 stated", "length", with(at, le32(10'001)));
  kit.add("text-longer", "a text longer than the content", "length", with(texts, le32(0xffff)));
  const size_t answer = questions + 15;
  kit.add("depth", "nine instances of a key", "answers", with(answer + 7, Bytes(1, 9)));
  for (uint8_t origin : {uint8_t{0}, uint8_t{4}})
    kit.add("origin-" + std::to_string(origin), "an origin that is none", "answers",
            with(answer + 8, Bytes(1, origin)));
  kit.add("value", "a value in another writing", "answers", with(answer + 18, Bytes(1, '0')));
  kit.add("answer-cut", "an answer is cut", "answers", holding({plain.begin(), plain.end() - 1}));
  Bytes more = plain;
  more.push_back(0);
  kit.add("left-over", "a byte behind the last answer", "length", holding(more));
  kit.add("record", "about another record than it says", "record", with(1, Bytes(16, 1)));
  return kit;
}

Kit migrations() {
  struct Part {
    std::string from;
    uint8_t place;
    std::string to;
    uint8_t kind;
    std::vector<std::pair<std::string, std::string>> codes;
  };
  auto encoded = [](const std::vector<Part>& parts, uint32_t count) {
    base::Writer out;
    out.bytes(Bytes(32, 0x22));
    out.bytes(Bytes(32, 0x55));
    out.u32(count);
    for (const Part& part : parts) {
      out.text32(part.from);
      out.u8(part.place);
      if (part.place == 2) out.text32(part.to);
      out.u8(part.kind);
      out.u32(static_cast<uint32_t>(part.codes.size()));
      for (const auto& [code, becomes] : part.codes) {
        out.text32(code);
        out.text32(becomes);
      }
    }
    return out.take();
  };
  const std::vector<Part> rules = {{"age", 2, "years", 3, {}},
                                   {"job", 1, "", 0xff, {{"1", "staff"}, {"2", ""}}},
                                   {"job", 2, "post", 0xff, {{"1", ""}, {"2", "mayor"}}},
                                   {"old", 0, "", 0xff, {}}};
  Kit kit("migration", encoded(rules, 4), {});
  auto changed = [&](size_t n, auto change) {
    std::vector<Part> own = rules;
    change(own[n]);
    return encoded(own, 4);
  };
  kit.add("good", "renamed, recoded, split, dropped", "good", kit.base());
  kit.add("good-empty", "no rule", "good", encoded({}, 0));
  for (size_t n : {size_t{0}, size_t{63}, size_t{67}, size_t{70}, size_t{76}, kit.base().size() - 1})
    kit.add("cut-" + std::to_string(n), "cut after " + std::to_string(n) + " bytes", "length", kit.first(n));
  kit.add("longer", "a byte behind the last rule", "length", kit.longer({0}));
  kit.add("count-more", "one rule more than is there", "length", encoded(rules, 5));
  kit.add("count-less", "one rule less than is there", "length", encoded(rules, 3));
  kit.add("count-most", "more rules than any form has", "count", encoded(rules, 0xffffffff));
  for (uint8_t place : {uint8_t{3}, uint8_t{255}})
    kit.add("place-" + std::to_string(place), "a place that is none", "place",
            changed(0, [&](Part& p) { p.place = place; }));
  kit.add("place-empty", "another identity, and it is empty", "place", changed(0, [](Part& p) { p.to = ""; }));
  kit.add("place-same", "another identity, and it is the same", "place",
          changed(0, [](Part& p) { p.to = "age"; }));
  for (uint8_t kind : {uint8_t{15}, uint8_t{254}})
    kit.add("kind-" + std::to_string(kind), "a kind that is none", "kind",
            changed(0, [&](Part& p) { p.kind = kind; }));
  kit.add("codes-order", "codes out of order", "codes",
          changed(1, [](Part& p) { std::swap(p.codes[0], p.codes[1]); }));
  kit.add("codes-twice", "one code twice", "codes", changed(1, [](Part& p) { p.codes[1].first = "1"; }));
  kit.add("order", "rules out of order", "order", encoded({rules[1], rules[0]}, 2));
  kit.add("twice", "two questions become one", "twice", changed(2, [](Part& p) { p.to = "years"; }));
  kit.add("twice-same", "a question with a rule twice", "twice", encoded({rules[1], rules[1]}, 2));
  return kit;
}

}  // namespace testkit
