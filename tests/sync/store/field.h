// Field: a project with real keys and no stores: its words, sealed revisions in unbroken chains, heads and
// tombstones, ready to be imported; for the tests of the central file and of schedules.
//
//   Field f;  std::vector<Item> items = f.words();  items.push_back(f.seal(f.devices[0], 1));
#pragma once

#include <doctest/doctest.h>

#include "sync/seal/envelope.h"
#include "sync/seal/package.h"
#include "sync/store/central.h"
#include "tests/support/folder.h"

namespace support {

using store::Item;
using store::ItemKind;

class Field {
 public:
  explicit Field(int wanted = 2) {
    for (int i = 0; i < 2; ++i) coordinators.push_back(keys());
    for (int i = 0; i < wanted; ++i) devices.push_back(keys());
    for (auto& c : coordinators) say(root, about(record::StatementType::appoint, c));
    for (auto& d : devices) say(coordinators[0], about(record::StatementType::enrol, d));
  }

  seal::DeviceKeys keys() { return seal::DeviceKeys::from(seal::Key::from(random)); }

  static record::Statement about(record::StatementType type, const seal::DeviceKeys& subject) {
    record::Statement s;
    s.type = type;
    s.subject = subject.id;
    s.subject_sign = subject.sign.pub;
    s.subject_box = subject.box.pub;
    return s;
  }
  Item say(const seal::DeviceKeys& by, record::Statement s) {
    auto& [sequence, previous] = chains_[{by.id, true}];
    s.project = project;
    s.sequence = ++sequence;
    s.previous = previous;
    base::Bytes bytes = record::sign_statement(s, by);
    previous.bytes = s.id.bytes;
    words_.push_back({ItemKind::statement, bytes});
    return words_.back();
  }
  const std::vector<Item>& words() const { return words_; }
  record::Authority authority() const {
    std::vector<record::Statement> all;
    for (const Item& item : words_) all.push_back(*record::decode_statement(item.bytes));
    return record::Authority::from(project, root.sign.pub, all);
  }

  // The withdrawal key of respondent `n`.
  seal::SignKeys card(int n) const {
    seal::Card one;
    one.code[0] = static_cast<uint8_t>(n);
    one.code[1] = static_cast<uint8_t>(n >> 8);
    return seal::card_keys(project, one);
  }
  base::RecordId record_of(int n) const { return seal::record_id_of(project, card(n).pub); }

  Item seal(const seal::DeviceKeys& by, int respondent, const std::string& content = "content") {
    auto& [sequence, previous] = chains_[{by.id, false}];
    seal::EnvelopeHeader h{project, record_of(respondent), by.id, ++sequence, previous, card(respondent).pub};
    base::Bytes bytes = *seal::seal_revision(base::view_of(content), h, {epoch.pub}, by);
    previous.bytes = seal::parse_envelope(bytes)->id.bytes;
    return {ItemKind::revision, bytes};
  }
  Item head(const seal::DeviceKeys& by, base::KeyId closes = {}) {
    auto& [sequence, previous] = chains_[{by.id, false}];
    seal::Head h;
    h.kind = closes.is_zero() ? seal::Head::Kind::running : seal::Head::Kind::closing;
    h.project = project;
    h.sequence = sequence;
    h.revision.bytes = previous.bytes;
    h.epoch = closes;
    return {ItemKind::head, seal::make_head(h, by)};
  }
  Item tombstone(int respondent) const {
    seal::Tombstone t;
    t.project = project;
    t.record = record_of(respondent);
    return {ItemKind::tombstone, seal::make_tombstone(t, card(respondent))};
  }
  Item tombstone_by(const seal::DeviceKeys& who, int respondent, seal::TombstoneAuthority authority) const {
    seal::Tombstone t;
    t.authority = authority;
    t.project = project;
    t.record = record_of(respondent);
    return {ItemKind::tombstone, seal::make_tombstone(t, who.sign)};
  }
  static Item stub(const Item& revision) {
    return {ItemKind::stub, seal::stub_of(*seal::parse_envelope(revision.bytes))};
  }

  base::Result<store::Imported> import(store::Central& central, const std::string& name,
                                       std::vector<Item> items, const base::DeviceId& carrier = {}) {
    return central.import({name, carrier, {++now_}}, items, project, root.sign.pub);
  }

  base::SeededRandom random{31};
  base::ProjectId project = base::ProjectId::from(random);
  seal::DeviceKeys root = keys();
  seal::BoxKeys epoch = seal::BoxKeys::from_seed(seal::Key::from(random));
  std::vector<seal::DeviceKeys> coordinators, devices;

 private:
  std::map<std::pair<base::DeviceId, bool>, std::pair<uint64_t, base::Hash>> chains_;
  std::vector<Item> words_;
  int64_t now_ = 1000;
};

}  // namespace support
