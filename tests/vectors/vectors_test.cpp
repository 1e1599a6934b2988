// Every worked example of the format pages holds against the code; and with RIHLA_WRITE_VECTORS set, the
// examples are printed anew (sealing draws nonces of its own, so a page's sealed bytes are made once).
#include <doctest/doctest.h>

#include <cstdlib>
#include <iostream>
#include <nlohmann/json.hpp>

#include "forms/definition/xlsform.h"
#include "forms/questions/table.h"
#include "sync/exchange/bundle.h"
#include "sync/record/packed.h"
#include "sync/record/enrolment.h"
#include "sync/record/fingerprint.h"
#include "sync/record/migration.h"
#include "sync/record/revision.h"
#include "sync/record/statement.h"
#include "sync/seal/envelope.h"
#include "sync/seal/kit.h"
#include "sync/seal/package.h"
#include "sync/seal/profile_key.h"
#include "sync/seal/withdrawal.h"
#include "tests/vectors/vectors.h"

namespace {

using base::Bytes;
using base::ByteView;
using support::counting;
using support::example_project;
using support::Fields;

std::string hex(ByteView bytes) {
  return base::to_hex(bytes);
}
Bytes unhex(const std::string& text) {
  auto bytes = base::from_hex(text);
  REQUIRE(bytes);
  return *bytes;
}

Fields vector(const std::string& name) {
  static const std::map<std::string, Fields> all = support::vectors_of_pages();
  auto at = all.find(name);
  REQUIRE_MESSAGE(at != all.end(), "no page holds the example ", name);
  return at->second;
}

seal::Card example_card() {
  seal::Card card;
  for (size_t i = 0; i < card.code.size(); ++i) card.code[i] = static_cast<uint8_t>(0x11 * i);
  return card;
}

record::Revision example_revision() {
  record::Revision r;
  r.record = seal::record_id_of(example_project(), seal::card_keys(example_project(), example_card()).pub);
  r.device = seal::DeviceKeys::from(counting(0)).id;
  r.sequence = 7;
  r.full = true;
  r.form.bytes.fill(0x22);
  r.form_id = "visit";
  r.form_version = "3";
  r.at = base::Instant{1763900000000};
  r.author = "amina";
  base::InstanceId one;
  one.bytes.fill(0x33);
  r.answers = {
      {{"actor", {one}}, *record::make_value(record::Tag::present, "1"), record::Origin::given},
      {{"actor/act_name", {one}}, *record::make_value(record::Tag::text, "الجمعية"), record::Origin::given},
      {{"age", {}}, *record::make_value(record::Tag::integer, "34"), record::Origin::given},
      {{"langs", {}}, *record::make_value(record::Tag::choices, "nl fr"), record::Origin::given}};
  return r;
}

record::Entry example_entry() {
  record::Entry entry;
  entry.at = base::Instant{1763900000000};
  entry.key = {"age", {}};
  entry.value = *record::make_value(record::Tag::integer, "34");
  return entry;
}

std::vector<record::Entry> example_journal() {
  record::Entry spoken;
  spoken.kind = record::EntryKind::language;
  spoken.at = base::Instant{1763900000000};
  spoken.text = "ar";
  return {spoken, example_entry()};
}

record::Migration example_migration() {
  std::vector<std::string> before = {"actor", "actor/name", "age", "job", "old"};
  std::vector<std::string> after = {"actor", "actor/title", "years", "job", "post"};
  record::FormHash from, to;
  from.bytes.fill(0x22);
  to.bytes.fill(0x55);
  return *record::make_migration(from, to,
                                 {{"actor", "actor", {}, {}},
                                  {"actor/name", "actor/title", {}, {}},
                                  {"age", "years", {}, record::Tag::decimal},
                                  {"job", "job", {{"1", "staff"}, {"2", ""}}, {}},
                                  {"job", "post", {{"1", ""}, {"2", "mayor"}}, {}},
                                  {"old", "", {}, {}}},
                                 before, after);
}

record::Statement example_statement() {
  record::Statement s;
  s.project = example_project();
  s.sequence = 2;
  s.previous.bytes.fill(0x44);
  s.type = record::StatementType::publish;
  s.at = base::Instant{1763900000000};
  s.text = "visit";
  s.version = "3";
  s.hash.bytes.fill(0x22);
  s.package.bytes.fill(0x55);
  s.number = 1;
  return s;
}

const std::pair<record::Tag, const char*> example_values[] = {
    {record::Tag::cleared, ""},         {record::Tag::text, "Fès"},        {record::Tag::integer, "-98"},
    {record::Tag::decimal, "0.50"},     {record::Tag::date, "2026-11-24"}, {record::Tag::choice, "yes"},
    {record::Tag::choices, "nl fr nl"}, {record::Tag::ranking, "nl fr"},   {record::Tag::consent, "yes"},
    {record::Tag::present, "2"}};

record::View view_of(const Fields& v) {
  record::View view;
  for (int n = 1; v.count("line." + std::to_string(n)); ++n) {
    auto json = nlohmann::json::parse(v.at("line." + std::to_string(n)));
    if (json.contains("withdrawn")) {
      view.withdrawn.push_back(*base::RecordId::from_hex(json["withdrawn"].get<std::string>()));
      continue;
    }
    record::RecordView one;
    one.id = *base::RecordId::from_hex(json["record"].get<std::string>());
    for (const auto& cell : json["cells"]) {
      record::Cell c;
      c.key.question = cell["question"];
      for (const auto& id : cell["instances"])
        c.key.instances.push_back(*base::InstanceId::from_hex(id.get<std::string>()));
      auto value_of = [](const nlohmann::json& value) {
        bool set = value["tag"] == "choices";
        std::string text = set ? "" : value["text"].get<std::string>();
        if (set)
          for (const auto& item : value["items"]) text += (text.empty() ? "" : " ") + item.get<std::string>();
        return *record::make_value(set ? record::Tag::choices : record::Tag::integer, text);
      };
      c.shown = value_of(cell["shown"]);
      for (const auto& candidate : cell["candidates"])
        c.candidates.push_back({value_of(candidate), record::Origin::given, {}, {}, "", {}, true});
      one.cells.push_back(std::move(c));
    }
    view.records.push_back(std::move(one));
  }
  return view;
}

base::Bytes form_bytes(const Fields& v) {
  definition::Workbook book{"example", {}};
  for (const char* name : {"survey", "settings"}) {
    std::string text = v.at(name);
    for (size_t at = 0; (at = text.find("\\n", at)) != std::string::npos;) text.replace(at, 2, "\n");
    book.sheets.push_back(*definition::read_csv(base::view_of(text), name));
  }
  auto read = definition::read_xlsform(book, {}, questions::table());
  REQUIRE(read.survey);
  return definition::canonical_bytes(*read.survey);
}

// ---- writing

void block(const std::string& name, const std::vector<std::pair<std::string, std::string>>& fields) {
  std::cout << "```vector " << name << "\n";
  for (const auto& [field, value] : fields) std::cout << field << " = " << value << "\n";
  std::cout << "```\n";
}

void write_all() {
  seal::DeviceKeys device = seal::DeviceKeys::from(counting(0));
  seal::DeviceKeys coordinator = seal::DeviceKeys::from(counting(0x40));
  seal::BoxKeys epoch = seal::BoxKeys::from_seed(counting(0x20));
  seal::SystemRandom random;
  auto made = seal::make_profile_key("correct horse battery", seal::demo_cost, random);
  block("profile-key", {{"passphrase", "correct horse battery"},
                        {"passes", "1"},
                        {"memory_kib", "8192"},
                        {"generation", "1"},
                        {"file", hex(made->file)},
                        {"master", hex(made->master.view())}});
  seal::SignKeys card = seal::card_keys(example_project(), example_card());
  block("card", {{"project", example_project().hex()},
                 {"code", hex(example_card().code)},
                 {"text", example_card().text()},
                 {"public", hex(card.pub.bytes)},
                 {"record", seal::record_id_of(example_project(), card.pub).hex()}});
  record::Revision revision = example_revision();
  Bytes plain = *record::encode_revision(revision);
  block("revision", {{"bytes", hex(plain)},
                     {"record", revision.record.hex()},
                     {"device", revision.device.hex()},
                     {"sequence", "7"},
                     {"kind", "1"},
                     {"flags", "1"},
                     {"form_id", "visit"},
                     {"form_version", "3"},
                     {"at", "1763900000000"},
                     {"author", "amina"},
                     {"answers", "4"},
                     {"answer.age", "34"}});
  seal::EnvelopeHeader header{example_project(), revision.record, device.id, 7, {}, card.pub};
  header.previous.bytes.fill(0x66);
  Bytes sealed = *seal::seal_revision(plain, header, {epoch.pub}, device);
  auto parsed = seal::parse_envelope(sealed);
  std::ofstream(std::string(RIHLA_SOURCE) + "/tests/vectors/envelope.svr", std::ios::binary)
      .write(reinterpret_cast<const char*>(sealed.data()), static_cast<std::streamsize>(sealed.size()));
  block("envelope", {{"file", "tests/vectors/envelope.svr"},
                     {"size", std::to_string(sealed.size())},
                     {"project", header.project.hex()},
                     {"record", header.record.hex()},
                     {"device", header.device.hex()},
                     {"sequence", "7"},
                     {"previous", hex(header.previous.bytes)},
                     {"withdrawal", hex(header.withdrawal.bytes)},
                     {"signer", hex(device.sign.pub.bytes)},
                     {"epoch_seed", hex(counting(0x20).view())},
                     {"epoch_public", hex(epoch.pub.bytes)},
                     {"id", parsed->id.hex()},
                     {"plain", hex(plain)},
                     {"stub", hex(seal::stub_of(*parsed))}});
  seal::Tombstone t;
  t.project = example_project();
  t.record = revision.record;
  Bytes tombstone = seal::make_tombstone(t, card);
  block("tombstone", {{"bytes", hex(tombstone)},
                      {"authority", "1"},
                      {"project", t.project.hex()},
                      {"record", t.record.hex()},
                      {"signer", hex(card.pub.bytes)},
                      {"id", hex(seal::parse_tombstone(tombstone)->id.bytes)}});
  std::string sheet = "type,name,label\ntext,code,Code\n";
  Bytes package = *seal::seal_package(example_project(), {{"survey.csv", Bytes(sheet.begin(), sheet.end())}},
                                      counting(0x60), 1, coordinator);
  block("package", {{"bytes", hex(package)},
                    {"read_key", hex(counting(0x60).view())},
                    {"signer", hex(coordinator.sign.pub.bytes)},
                    {"generation", "1"},
                    {"id", hex(seal::package_id(package)->bytes)},
                    {"file.survey.csv", hex(base::view_of(sheet))}});
  for (size_t i = 0; i < std::size(example_values); ++i) {
    auto [tag, text] = example_values[i];
    record::Value value = *record::make_value(tag, text);
    block("value." + std::to_string(i + 1), {{"tag", std::to_string(static_cast<int>(tag))},
                                             {"given", text},
                                             {"kept", record::display(value)},
                                             {"bytes", hex(record::canonical(value))}});
  }
  block("entry", {{"bytes", hex(record::encode_entry(example_entry()))},
                  {"kind", "1"},
                  {"at", "1763900000000"},
                  {"origin", "1"},
                  {"question", "age"},
                  {"value", "34"}});
  block("journal",
        {{"bytes", hex(record::pack_journal(example_journal()))}, {"entries", "2"}, {"language", "ar"}});
  Bytes enrolment = record::make_enrolment("amina", device);
  auto e = record::parse_enrolment(enrolment);
  block("enrolment", {{"bytes", hex(enrolment)},
                      {"label", "amina"},
                      {"sign", hex(e->sign.bytes)},
                      {"box", hex(e->box.bytes)},
                      {"device", e->device.hex()},
                      {"id", hex(e->id.bytes)},
                      {"spoken", record::spoken(e->id)}});
  record::Statement statement = example_statement();
  Bytes signed_bytes = record::sign_statement(statement, coordinator);
  block("statement", {{"bytes", hex(signed_bytes)},
                      {"type", "7"},
                      {"signer", statement.signer.hex()},
                      {"sequence", "2"},
                      {"text", "visit"},
                      {"version", "3"},
                      {"number", "1"},
                      {"id", statement.id.hex()}});
  block("migration", {{"bytes", hex(record::encode_migration(example_migration()))},
                      {"rules", "6"},
                      {"rule.1", "actor = actor"},
                      {"rule.2", "actor/name = actor/title"},
                      {"rule.3", "age = years as 3"},
                      {"rule.4", "job = job 1:staff 2:"},
                      {"rule.5", "job = post 1: 2:mayor"},
                      {"rule.6", "old ="}});
  base::SeededRandom pads(7);
  seal::Kit kit{example_project(), 1, counting(0x80), counting(0xa0)};
  auto sheets = kit.sheets("Example", pads);
  std::vector<std::pair<std::string, std::string>> fields = {
      {"project", example_project().hex()},
      {"generation", "1"},
      {"root_seed", hex(kit.root_seed.view())},
      {"recovery_seed", hex(kit.recovery_seed.view())},
      {"recovery_public", hex(kit.recovery().pub.bytes)}};
  for (size_t n : {size_t{0}, size_t{2}})
    for (int line = 1; line <= 14; ++line) {
      std::string name = std::to_string(line),
                  start = std::string(name.size() < 2 ? 1 : 0, ' ') + name + "  ";
      size_t at = sheets[n].find("\n" + start) + 1;
      fields.push_back({"sheet." + std::to_string(n + 1) + "." + name,
                        sheets[n].substr(at + start.size(), sheets[n].find('\n', at) - at - start.size())});
    }
  block("kit", fields);
  Bytes bundle = *exchange::write_bundle(
      example_project(), device, 5,
      {{exchange::ItemKind::tombstone, tombstone}, {exchange::ItemKind::statement, signed_bytes}});
  auto b = exchange::read_bundle(bundle);
  block("bundle", {{"bytes", hex(bundle)},
                   {"project", example_project().hex()},
                   {"exporter", device.id.hex()},
                   {"signer", hex(device.sign.pub.bytes)},
                   {"number", "5"},
                   {"items", "2"},
                   {"item.1", "7 " + std::to_string(tombstone.size())},
                   {"item.2", "4 " + std::to_string(signed_bytes.size())},
                   {"hash", hex(b->hash.bytes)},
                   {"name", exchange::bundle_name(b->number, b->hash)}});
  Fields lines;
  lines["line.1"] =
      R"({"record":"00112233445566778899aabbccddeeff","cells":[{"question":"actor/langs","instances":["33333333333333333333333333333333"],"shown":{"tag":"choices","items":["fr","nl"]},"candidates":[]},{"question":"age","instances":[],"shown":{"tag":"integer","text":"43"},"candidates":[{"tag":"integer","text":"34"},{"tag":"integer","text":"43"}]}]})";
  lines["line.2"] = R"({"withdrawn":"ffffffffffffffffffffffffffffffff"})";
  base::Hash f = record::fingerprint(view_of(lines));
  block("fingerprint", {{"line.1", lines["line.1"]},
                        {"line.2", lines["line.2"]},
                        {"fingerprint", hex(f.bytes)},
                        {"spoken", record::spoken(f)}});
}

}  // namespace

TEST_CASE("vectors: written anew on demand") {
  if (std::getenv("RIHLA_WRITE_VECTORS")) write_all();
}

TEST_CASE("vectors: FORM.md") {
  Fields v = vector("form");
  base::Bytes bytes = form_bytes(v);
  if (std::getenv("RIHLA_WRITE_VECTORS"))
    std::cout << "bytes = " << hex(bytes) << "\nhash = " << hex(seal::hash("sv1.form-hash", bytes).bytes)
              << "\n";
  CHECK(hex(bytes) == v["bytes"]);
  CHECK(hex(seal::hash("sv1.form-hash", bytes).bytes) == v["hash"]);
}

TEST_CASE("vectors: PROFILE_KEY.md") {
  Fields v = vector("profile-key");
  auto master = seal::open_profile_key(unhex(v["file"]), v["passphrase"]);
  REQUIRE(master);
  CHECK(hex(master->view()) == v["master"]);
  CHECK(seal::open_profile_key(unhex(v["file"]), v["passphrase"] + "x").error().fault == base::Fault::locked);
}

TEST_CASE("vectors: ENVELOPE.md") {
  Fields v = vector("envelope");
  std::string file = support::file_text(v["file"]);
  CHECK(std::to_string(file.size()) == v["size"]);
  auto e = seal::parse_envelope(base::view_of(file));
  REQUIRE(e);
  CHECK(e->header.project.hex() == v["project"]);
  CHECK(e->header.record.hex() == v["record"]);
  CHECK(e->header.device.hex() == v["device"]);
  CHECK(std::to_string(e->header.sequence) == v["sequence"]);
  CHECK(hex(e->header.previous.bytes) == v["previous"]);
  CHECK(hex(e->header.withdrawal.bytes) == v["withdrawal"]);
  CHECK(e->id.hex() == v["id"]);
  seal::DeviceKeys device = seal::DeviceKeys::from(counting(0));
  CHECK(hex(device.sign.pub.bytes) == v["signer"]);
  CHECK(seal::verify_envelope(*e, device.sign.pub));
  seal::BoxKeys epoch = seal::BoxKeys::from_seed(seal::Key(ByteView(unhex(v["epoch_seed"]))));
  CHECK(hex(epoch.pub.bytes) == v["epoch_public"]);
  auto plain = seal::open_envelope(*e, epoch);
  REQUIRE(plain);
  CHECK(hex(*plain) == v["plain"]);
  CHECK(hex(seal::stub_of(*e)) == v["stub"]);
  auto stub = seal::parse_stub(unhex(v["stub"]));
  REQUIRE(stub);
  CHECK(stub->id.hex() == v["id"]);
  CHECK(seal::verify_stub(*stub, device.sign.pub));
}

TEST_CASE("vectors: TOMBSTONE.md") {
  Fields card = vector("card");
  auto parsed = seal::parse_card(card["text"]);
  REQUIRE(parsed);
  CHECK(hex(parsed->code) == card["code"]);
  seal::SignKeys keys = seal::card_keys(example_project(), *parsed);
  CHECK(hex(keys.pub.bytes) == card["public"]);
  CHECK(seal::record_id_of(example_project(), keys.pub).hex() == card["record"]);
  Fields v = vector("tombstone");
  auto t = seal::parse_tombstone(unhex(v["bytes"]));
  REQUIRE(t);
  CHECK(t->record.hex() == v["record"]);
  CHECK(t->project.hex() == v["project"]);
  CHECK(hex(t->signer.bytes) == v["signer"]);
  CHECK(hex(t->id.bytes) == v["id"]);
  CHECK(hex(seal::make_tombstone(*t, keys)) == v["bytes"]);  // signing is deterministic
}

TEST_CASE("vectors: PACKAGE.md") {
  Fields v = vector("package");
  seal::DeviceKeys coordinator = seal::DeviceKeys::from(counting(0x40));
  CHECK(hex(coordinator.sign.pub.bytes) == v["signer"]);
  auto p =
      seal::open_package(unhex(v["bytes"]), seal::Key(ByteView(unhex(v["read_key"]))), coordinator.sign.pub);
  REQUIRE(p);
  CHECK(std::to_string(p->generation) == v["generation"]);
  CHECK(hex(p->id.bytes) == v["id"]);
  REQUIRE(p->files.size() == 1);
  CHECK(hex(p->files["survey.csv"]) == v["file.survey.csv"]);
}

TEST_CASE("vectors: VALUES.md") {
  for (size_t i = 0; i < std::size(example_values); ++i) {
    Fields v = vector("value." + std::to_string(i + 1));
    CAPTURE(v["given"]);
    CHECK(std::to_string(static_cast<int>(example_values[i].first)) == v["tag"]);
    auto value = record::make_value(example_values[i].first, v["given"]);
    REQUIRE(value);
    CHECK(record::display(*value) == v["kept"]);
    CHECK(hex(record::canonical(*value)) == v["bytes"]);
    auto back = record::parse_value(unhex(v["bytes"]));
    REQUIRE(back);
    CHECK(*back == *value);
  }
}

TEST_CASE("vectors: JOURNAL.md") {
  Fields v = vector("entry");
  CHECK(hex(record::encode_entry(example_entry())) == v["bytes"]);
  auto entry = record::decode_entry(unhex(v["bytes"]));
  REQUIRE(entry);
  CHECK(std::to_string(static_cast<int>(entry->kind)) == v["kind"]);
  CHECK(std::to_string(entry->at.ms) == v["at"]);
  CHECK(entry->key.question == v["question"]);
  CHECK(record::display(entry->value) == v["value"]);
  Fields j = vector("journal");
  CHECK(hex(record::pack_journal(example_journal())) == j["bytes"]);
  auto entries = record::unpack_journal(unhex(j["bytes"]));
  REQUIRE(entries);
  CHECK(std::to_string(entries->size()) == j["entries"]);
  CHECK(record::fold(*entries).language == j["language"]);
}

TEST_CASE("vectors: REVISION.md") {
  Fields v = vector("revision");
  CHECK(hex(*record::encode_revision(example_revision())) == v["bytes"]);
  auto r = record::decode_revision(unhex(v["bytes"]));
  REQUIRE(r);
  CHECK(r->record.hex() == v["record"]);
  CHECK(r->device.hex() == v["device"]);
  CHECK(std::to_string(r->sequence) == v["sequence"]);
  CHECK(r->form_id == v["form_id"]);
  CHECK(r->form_version == v["form_version"]);
  CHECK(std::to_string(r->at.ms) == v["at"]);
  CHECK(r->author == v["author"]);
  CHECK(std::to_string(r->answers.size()) == v["answers"]);
  CHECK(r->full);
  CHECK(!r->refused);
  // Packed: what a reader makes of it is fixed, how hard a writer packs is not.
  Fields p = vector("packed");
  auto plain = record::unpack_content(unhex(p["bytes"]));
  REQUIRE(plain);
  CHECK(std::to_string(plain->size()) == p["size"]);
  CHECK(seal::hash("example", *plain).hex() == p["hash"]);
  auto long_one = record::decode_revision(unhex(p["bytes"]));
  REQUIRE(long_one);
  CHECK(std::to_string(long_one->answers.size()) == p["answers"]);
  CHECK(record::display(long_one->answers.at(0).value) == std::string(std::stoul(p["answer.story"]), 'x'));
  CHECK(*record::encode_revision(*long_one) == *plain);
}

TEST_CASE("vectors: STATEMENT.md and ENROLMENT.md") {
  Fields v = vector("statement");
  record::Statement made = example_statement();
  CHECK(hex(record::sign_statement(made, seal::DeviceKeys::from(counting(0x40)))) == v["bytes"]);
  auto s = record::decode_statement(unhex(v["bytes"]));
  REQUIRE(s);
  CHECK(s->id.hex() == v["id"]);
  CHECK(s->signer.hex() == v["signer"]);
  CHECK(std::to_string(static_cast<int>(s->type)) == v["type"]);
  CHECK(std::to_string(s->sequence) == v["sequence"]);
  CHECK(s->text == v["text"]);
  CHECK(s->version == v["version"]);
  Fields e = vector("enrolment");
  CHECK(hex(record::make_enrolment("amina", seal::DeviceKeys::from(counting(0)))) == e["bytes"]);
  auto enrolment = record::parse_enrolment(unhex(e["bytes"]));
  REQUIRE(enrolment);
  CHECK(enrolment->label == e["label"]);
  CHECK(enrolment->device.hex() == e["device"]);
  CHECK(hex(enrolment->id.bytes) == e["id"]);
  CHECK(record::spoken(enrolment->id) == e["spoken"]);
}

TEST_CASE("vectors: MIGRATION.md") {
  Fields v = vector("migration");
  CHECK(hex(record::encode_migration(example_migration())) == v["bytes"]);
  auto m = record::decode_migration(unhex(v["bytes"]));
  REQUIRE(m);
  CHECK(*m == example_migration());
}

TEST_CASE("vectors: KIT.md") {
  Fields v = vector("kit");
  auto sheet = [&](const std::string& n) {
    std::string text = "words for people\n";
    for (int line = 1; line <= 14; ++line)
      text += std::to_string(line) + " " + v["sheet." + n + "." + std::to_string(line)] + "\n";
    return text;
  };
  auto kit = seal::join_sheets({sheet("1"), sheet("3")});
  REQUIRE(kit);
  CHECK(kit->project.hex() == v["project"]);
  CHECK(std::to_string(kit->generation) == v["generation"]);
  CHECK(hex(kit->root_seed.view()) == v["root_seed"]);
  CHECK(hex(kit->recovery_seed.view()) == v["recovery_seed"]);
  CHECK(hex(kit->recovery().pub.bytes) == v["recovery_public"]);
}

TEST_CASE("vectors: BUNDLE.md") {
  Fields v = vector("bundle");
  seal::PublicSign signer{base::Reader(unhex(v["signer"])).array<32>()};
  auto b = exchange::read_bundle(unhex(v["bytes"]), &signer);
  REQUIRE(b);
  CHECK(b->is_signed);
  CHECK(b->project.hex() == v["project"]);
  CHECK(b->exporter.hex() == v["exporter"]);
  CHECK(std::to_string(b->number) == v["number"]);
  CHECK(hex(b->hash.bytes) == v["hash"]);
  CHECK(exchange::bundle_name(b->number, b->hash) == v["name"]);
  REQUIRE(std::to_string(b->items.size()) == v["items"]);
  for (size_t i = 0; i < b->items.size(); ++i)
    CHECK(std::to_string(static_cast<int>(b->items[i].kind)) + " " +
              std::to_string(b->items[i].bytes.size()) ==
          v["item." + std::to_string(i + 1)]);
  auto again = exchange::write_bundle(example_project(), seal::DeviceKeys::from(counting(0)), 5, b->items);
  REQUIRE(again);
  CHECK(hex(*again) == v["bytes"]);
}

TEST_CASE("vectors: RECORD.md, the fingerprint") {
  Fields v = vector("fingerprint");
  record::View view = view_of(v);
  base::Hash f = record::fingerprint(view);
  CHECK(hex(f.bytes) == v["fingerprint"]);
  CHECK(record::spoken(f) == v["spoken"]);
  CHECK(record::values_lines(view) == v["line.1"] + "\n" + v["line.2"] + "\n");
}
