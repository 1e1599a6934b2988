#include "sync/record/fingerprint.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "sync/record/codec.h"

namespace record {
namespace {

using Json = nlohmann::ordered_json;

constexpr uint8_t format_version = 2;
constexpr const char* tag_names[] = {"cleared", "text",  "integer",    "decimal", "boolean",
                                     "date",    "time",  "date_time",  "choice",  "choices",
                                     "ranking", "place", "attachment", "consent", "present"};

// Of the candidates, each value once: two people who gave the same answer leave one trace.
std::vector<Value> distinct_values(const Cell& cell) {
  std::vector<Value> out;
  for (const Candidate& candidate : cell.candidates)
    if (out.empty() || !(out.back() == candidate.value)) out.push_back(candidate.value);
  return out;
}

}  // namespace

base::Hash leaf_of(const RecordView& record) {
  base::Writer out;
  out.u8(format_version);
  out.bytes(record.id.bytes);
  out.u32(static_cast<uint32_t>(record.cells.size()));
  for (const Cell& cell : record.cells) {
    put_key(out, cell.key);
    put_value(out, cell.shown);
    std::vector<Value> values = distinct_values(cell);
    out.u32(static_cast<uint32_t>(values.size()));
    for (const Value& value : values) put_value(out, value);
  }
  return seal::hash("sv1.fp-record", out.peek());
}

base::Hash withdrawn_leaf(const RecordId& record) {
  base::Writer out;
  out.u8(format_version);
  out.bytes(record.bytes);
  return seal::hash("sv1.fp-gone", out.peek());
}

Leaves::Bucket& Leaves::bucket(const RecordId& record) {
  if (buckets_.empty()) {
    branches_.resize(256);
    stale_branches_.resize(256);
    buckets_.resize(65536);  // last: that there are some says that all is there
  }
  Bucket& out = buckets_[record.bytes[0] * 256u + record.bytes[1]];
  out.is_stale = true;
  stale_branches_[record.bytes[0]] = true;
  return out;
}

void Leaves::set(const RecordId& record, const base::Hash& leaf) {
  auto& leaves = bucket(record).leaves;
  auto at = std::lower_bound(leaves.begin(), leaves.end(), record,
                             [](const auto& one, const RecordId& id) { return one.first < id; });
  if (at != leaves.end() && at->first == record) {
    at->second = leaf;
    return;
  }
  leaves.insert(at, {record, leaf});
  ++size_;
}

void Leaves::erase(const RecordId& record) {
  if (!find(record)) return;
  std::erase_if(bucket(record).leaves, [&](const auto& one) { return one.first == record; });
  --size_;
}

std::optional<base::Hash> Leaves::find(const RecordId& record) const {
  if (buckets_.empty()) return std::nullopt;
  const auto& leaves = buckets_[record.bytes[0] * 256u + record.bytes[1]].leaves;
  auto at = std::lower_bound(leaves.begin(), leaves.end(), record,
                             [](const auto& one, const RecordId& id) { return one.first < id; });
  return at != leaves.end() && at->first == record ? std::optional(at->second) : std::nullopt;
}

base::Hash Leaves::fingerprint() {
  base::Writer top;
  top.u8(format_version);
  top.u64(size_);
  for (size_t branch = 0; branch < branches_.size(); ++branch) {
    if (stale_branches_[branch]) {
      base::Writer node;
      for (size_t i = 0; i < 256; ++i) {
        Bucket& one = buckets_[branch * 256 + i];
        if (one.is_stale) {
          base::Writer leaves;
          for (const auto& [id, leaf] : one.leaves) leaves.bytes(leaf.bytes);
          one.hash = seal::hash("sv1.fp-bucket", leaves.peek());
          one.is_stale = false;  // not before: the memory may be short
        }
        if (one.leaves.empty()) continue;
        node.u8(static_cast<uint8_t>(i));
        node.bytes(one.hash.bytes);
      }
      branches_[branch] = node.size() ? seal::hash("sv1.fp-branch", node.peek()) : base::Hash{};
      stale_branches_[branch] = false;
    }
    if (branches_[branch].is_zero()) continue;
    top.u8(static_cast<uint8_t>(branch));
    top.bytes(branches_[branch].bytes);
  }
  return seal::hash("sv1.fingerprint", top.peek());
}

base::Hash fingerprint(const View& view) {
  Leaves leaves;
  for (const RecordView& record : view.records) leaves.set(record.id, leaf_of(record));
  for (const RecordId& id : view.withdrawn) leaves.set(id, withdrawn_leaf(id));
  return leaves.fingerprint();
}

namespace {

std::string line_of(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace

std::string values_line(const RecordView& record) {
  Json json{{"record", record.id.hex()}, {"cells", Json::array()}};
  auto json_of = [](const Value& value) {
    Json v{{"tag", tag_names[static_cast<size_t>(value.tag)]}};
    if (value.tag == Tag::choices || value.tag == Tag::ranking)
      v["items"] = value.items;
    else if (value.tag != Tag::cleared)
      v["text"] = value.text;
    return v;
  };
  for (const Cell& cell : record.cells) {
    Json one{{"question", cell.key.question}, {"instances", Json::array()}, {"shown", json_of(cell.shown)}};
    for (const base::InstanceId& id : cell.key.instances) one["instances"].push_back(id.hex());
    one["candidates"] = Json::array();
    for (const Value& value : distinct_values(cell)) one["candidates"].push_back(json_of(value));
    json["cells"].push_back(std::move(one));
  }
  return line_of(json);
}

std::string withdrawn_line(const RecordId& record) {
  return line_of({{"withdrawn", record.hex()}});
}

std::string values_lines(const View& view) {
  std::string out;
  for (const RecordView& record : view.records) out += values_line(record);
  for (const RecordId& id : view.withdrawn) out += withdrawn_line(id);
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
