#include "collector/app/inspect.h"

#include "sync/exchange/bundle.h"
#include "sync/record/enrolment.h"
#include "sync/record/view.h"
#include "sync/seal/attachment.h"
#include "sync/seal/head.h"
#include "sync/seal/package.h"
#include "sync/seal/withdrawal.h"

namespace app {
namespace {

using base::ByteView;
using base::Fault;

void header_lines(Lines& out, const seal::EnvelopeHeader& h) {
  out.emplace_back("project", h.project.hex());
  out.emplace_back("interview", h.record.hex());
  out.emplace_back("device", h.device.hex());
  out.emplace_back("number of this device", std::to_string(h.sequence));
  out.emplace_back("after", h.previous.hex());
}

// What is written to be read: by people, or by other programs.
base::Result<Lines> explain_text(ByteView bytes) {
  std::string_view text = base::text_of(bytes.first(std::min<size_t>(4096, bytes.size())));
  auto begins = [&](std::string_view part) { return text.substr(0, part.size()) == part; };
  std::string size = std::to_string(bytes.size()) + " bytes";
  if (begins("RIHLA RECOVERY KIT, sheet "))
    return Lines{
        {"file", "a sheet of a project's recovery kit: print it, give it to its holder, destroy the file"},
        {"content", "readable: any two of the three sheets open the project"}};
  if (begins("{\"record\":") || begins("{\"withdrawn\":"))
    return Lines{{"file", "what a dataset's fingerprint covers (values.jsonl, VALUES.md)"},
                 {"size", size},
                 {"content", "readable: exported answers"}};
  if (begins("{\n  \"interviews\":"))
    return Lines{{"file", "the report of a demonstration (demo.json)"},
                 {"size", size},
                 {"content", "readable: no answers"}};
  if (begins("\xef\xbb\xbf"
             "name,value,label\nproject,") ||
      begins("\xef\xbb\xbf"
             "table,column,type,"))
    return Lines{{"file", "what an export says of itself (about.csv or codebook.csv)"},
                 {"size", size},
                 {"content", "readable"}};
  if (begins("\xef\xbb\xbf"
             "record,"))
    return Lines{
        {"file", "a table of an export (CSV)"}, {"size", size}, {"content", "readable: exported answers"}};
  return base::fail(Fault::invalid, "file",
                    "This is not a file of Rihla's: none of our formats begins like it.");
}

base::Result<Lines> explain(ByteView bytes) {
  std::string_view magic = base::text_of(bytes.first(std::min<size_t>(4, bytes.size())));
  Lines out;
  if (magic == "SVR1") {
    if (bytes.size() == seal::stub_size) {
      auto stub = seal::parse_stub(bytes);
      if (!stub) return base::pass(stub.error());
      out.emplace_back("file", "what is left of a withdrawn interview (SVR1 stub)");
      header_lines(out, stub->header);
      return out;
    }
    auto e = seal::parse_envelope(bytes);
    if (!e) return base::pass(e.error());
    out.emplace_back("file", "a sealed interview revision (SVR1)");
    header_lines(out, e->header);
    out.emplace_back("revision", e->id.hex());
    out.emplace_back("sealed to", std::to_string(e->slot_count) + " key(s)");
    out.emplace_back("size", std::to_string(bytes.size()) + " bytes, padded");
  } else if (magic == "SVB1") {
    auto b = exchange::read_bundle(bytes);
    if (!b) return base::pass(b.error());
    out.emplace_back("file", "a bundle (SVB1)");
    out.emplace_back("project", b->project.hex());
    out.emplace_back("from", b->exporter.hex());
    out.emplace_back("number", std::to_string(b->number));
    out.emplace_back("signed", b->is_signed ? "yes" : "no: its number proves nothing");
    std::map<std::string, std::pair<int, size_t>> kinds;
    for (const exchange::Item& item : b->items) {
      auto& [count, size] = kinds[std::string(exchange::item_name(item.kind))];
      ++count;
      size += item.bytes.size();
    }
    for (const auto& [name, kind] : kinds)
      out.emplace_back(name, std::to_string(kind.first) + ", " + std::to_string(kind.second) + " bytes");
  } else if (magic == "SVK1") {
    if (bytes.size() != seal::profile_key_size)
      return base::fail(Fault::corrupt, "profile key", "It is cut short or has bytes left over.");
    base::Reader in(bytes);
    in.bytes(8);
    uint32_t passes = in.u32();
    uint32_t memory = in.u32();
    in.bytes(32);
    out = {{"file", "a profile's key, locked by its passphrase (SVK1)"},
           {"Argon2id", std::to_string(memory / 1024) + " MiB, " + std::to_string(passes) + " passes"},
           {"generation", std::to_string(in.u64())}};
  } else if (magic == "SVT1") {
    auto t = seal::parse_tombstone(bytes);
    if (!t) return base::pass(t.error());
    out = {{"file", "a withdrawal (SVT1)"},
           {"interview", t->record.hex()},
           {"by", t->authority == seal::TombstoneAuthority::card          ? "the respondent's card"
                  : t->authority == seal::TombstoneAuthority::coordinator ? "a coordinator"
                                                                          : "a device's request"}};
  } else if (magic == "SVS1") {
    auto s = record::decode_statement(bytes);
    if (!s) return base::pass(s.error());
    out = {{"file", "a statement (SVS1)"},
           {"says", std::string(record::statement_name(s->type))},
           {"signer", s->signer.hex()},
           {"number", std::to_string(s->sequence)}};
    if (!s->label.empty()) out.emplace_back("label", s->label);
    if (!s->text.empty()) out.emplace_back("about", s->text + " " + s->version);
  } else if (magic == "SVF1") {
    auto id = seal::package_id(bytes);
    if (!id) return base::pass(id.error());
    out = {{"file", "a form package, sealed to the project (SVF1)"},
           {"id", id->hex()},
           {"signer", base::to_hex(bytes.subspan(24, 16))},
           {"size", std::to_string(bytes.size()) + " bytes"}};
  } else if (magic == "SVE1") {
    auto e = record::parse_enrolment(bytes);
    if (!e) return base::pass(e.error());
    out = {{"file", "a request to be enrolled (SVE1)"},
           {"label", e->label},
           {"device", e->device.hex()},
           {"check", record::spoken(e->id)}};
  } else if (base::text_of(bytes.first(std::min<size_t>(15, bytes.size()))) == "SQLite format 3") {
    out = {{"file", "a vault or central file (SQLite)"},
           {"size", std::to_string(bytes.size()) + " bytes"},
           {"content", "sealed row by row; open it with its profile"}};
  } else if (magic == "SVA1") {
    auto header = seal::attachment_header(bytes);
    if (!header) return base::pass(header.error());
    out = {{"file", "an attachment, sealed in chunks (SVA1)"},
           {"project", header->project.hex()},
           {"interview", header->record.hex()},
           {"id", header->id.hex()},
           {"kind", header->grain == seal::Grain::recording ? "a recording" : "a picture or a file"},
           {"size", std::to_string(bytes.size()) + " bytes, padded"}};
  } else if (magic == "SVH1") {
    auto h = seal::parse_head(bytes);
    if (!h) return base::pass(h.error());
    out = {{"file", "how far a device's chain goes (SVH1)"},
           {"project", h->project.hex()},
           {"device", h->device.hex()},
           {"number of this device", std::to_string(h->sequence)}};
  } else {
    return explain_text(bytes);
  }
  return out;
}

}  // namespace

base::Result<Lines> inspect_file(const std::filesystem::path& file) {
  auto bytes = read_file(file, uint64_t{1} << 30);
  if (!bytes) return base::pass(bytes.error());
  auto lines = explain(*bytes);
  if (!lines)
    return base::fail(lines.error().fault, file.string() + ": " + lines.error().where, lines.error().detail);
  return lines;
}

}  // namespace app
