#include "sync/record/fingerprint.h"

#include <nlohmann/json.hpp>

namespace record {
namespace {

using Json = nlohmann::ordered_json;

constexpr uint8_t format_version = 1;
constexpr const char* tag_names[] = {"cleared", "text",  "integer",    "decimal", "boolean",
                                     "date",    "time",  "date_time",  "choice",  "choices",
                                     "ranking", "place", "attachment", "consent", "present"};

// Each value once: two people who gave the same answer leave one trace.
std::vector<Value> distinct_values(const Cell& cell) {
  std::vector<Value> out;
  for (const Candidate& candidate : cell.candidates)
    if (out.empty() || !(out.back() == candidate.value)) out.push_back(candidate.value);
  return out;
}

}  // namespace

base::Hash fingerprint(const View& view) {
  base::Writer out;
  out.u8(format_version);
  for (const RecordView& record : view.records) {
    out.u8(1);
    out.bytes(record.id.bytes);
    out.u32(static_cast<uint32_t>(record.cells.size()));
    for (const Cell& cell : record.cells) {
      out.text32(cell.key.question);
      out.u8(static_cast<uint8_t>(cell.key.instances.size()));
      for (const base::InstanceId& id : cell.key.instances) out.bytes(id.bytes);
      std::vector<Value> values = distinct_values(cell);
      out.u32(static_cast<uint32_t>(values.size()));
      for (const Value& value : values) {
        base::Bytes bytes = canonical(value);
        out.u32(static_cast<uint32_t>(bytes.size()));
        out.bytes(bytes);
      }
    }
  }
  for (const RecordId& id : view.withdrawn) {
    out.u8(2);
    out.bytes(id.bytes);
  }
  return seal::hash("sv1.fingerprint", out.peek());
}

std::string values_lines(const View& view) {
  std::string out;
  auto line = [&](const Json& json) {
    out += json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
  };
  for (const RecordView& record : view.records) {
    Json json{{"record", record.id.hex()}, {"cells", Json::array()}};
    for (const Cell& cell : record.cells) {
      Json one{{"question", cell.key.question}, {"instances", Json::array()}, {"candidates", Json::array()}};
      for (const base::InstanceId& id : cell.key.instances) one["instances"].push_back(id.hex());
      for (const Value& value : distinct_values(cell)) {
        Json v{{"tag", tag_names[static_cast<size_t>(value.tag)]}};
        if (value.tag == Tag::choices || value.tag == Tag::ranking)
          v["items"] = value.items;
        else if (value.tag != Tag::cleared)
          v["text"] = value.text;
        one["candidates"].push_back(std::move(v));
      }
      json["cells"].push_back(std::move(one));
    }
    line(json);
  }
  for (const RecordId& id : view.withdrawn) line({{"withdrawn", id.hex()}});
  return out;
}

// The first nine bytes as a big-endian number modulo 10^20.
std::string spoken(const base::Hash& hash) {
  std::string digits(20, '0');
  std::array<uint8_t, 9> number{};
  std::copy_n(hash.bytes.begin(), number.size(), number.begin());
  for (size_t d = digits.size(); d-- > 0;) {
    unsigned rest = 0;
    for (uint8_t& byte : number) {
      unsigned now = rest * 256 + byte;
      byte = static_cast<uint8_t>(now / 10);
      rest = now % 10;
    }
    digits[d] = static_cast<char>('0' + rest);
  }
  std::string out;
  for (size_t i = 0; i < digits.size(); ++i) out += (i && i % 4 == 0 ? " " : "") + std::string(1, digits[i]);
  return out;
}

}  // namespace record
