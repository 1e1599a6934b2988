// A project of one coordinator and one device, with a vault of the device's own; for the tests of sync/store.
#pragma once

#include <doctest/doctest.h>

#include "sync/seal/envelope.h"
#include "sync/seal/withdrawal.h"
#include "sync/store/central.h"
#include "sync/store/vault.h"
#include "tests/support/folder.h"

namespace world {

using namespace store;
inline constexpr const char* words = "a passphrase of words";

inline record::Entry entry(const std::string& q, const std::string& v) {
  record::Entry e;
  e.key.question = q;
  e.value = *record::make_value(record::Tag::text, v);
  return e;
}

struct World {
  support::Folder folder;
  base::SeededRandom random{8};
  seal::DeviceKeys root = seal::DeviceKeys::from(seal::Key::from(random));
  seal::DeviceKeys coordinator = seal::DeviceKeys::from(seal::Key::from(random));
  seal::BoxKeys epoch = seal::BoxKeys::from_seed(seal::Key::from(random));
  base::ProjectId project = base::ProjectId::from(random);
  seal::Card card = seal::Card::from(random);
  seal::SignKeys withdrawal = seal::card_keys(project, card);
  std::unique_ptr<Vault> vault = *Vault::create(folder.path() / "v", words, seal::demo_cost, random);

  std::filesystem::path at() const { return folder.path() / "v"; }
  base::RecordId record() const { return seal::record_id_of(project, withdrawal.pub); }
  void join() {
    Membership m;
    m.project = project;
    m.name = "project";
    m.root = root.sign.pub;
    REQUIRE(vault->set_membership(m));
  }
  // Another respondent: another card, another record.
  void next_respondent() {
    card = seal::Card::from(random);
    withdrawal = seal::card_keys(project, card);
  }
  // A draft with one answer, finished and readable for `window`.
  base::RevisionId finish(uint8_t n, Window window, base::Instant now) {
    base::DraftId id;
    id.bytes[0] = n;
    REQUIRE(vault->begin_draft(id, {}));
    REQUIRE(vault->append(id, {entry("q", "x")}));
    Bytes sealed = envelope(vault->next_sequence(), vault->head());
    Sealing s = sealing(sealed);
    static const Bytes content{1, 2, 3};
    s.readable = content;
    s.window = window;
    s.now = now;
    REQUIRE(vault->finish(id, s));
    return s.summary.last;
  }

  Bytes envelope(uint64_t sequence, const base::Hash& previous) {
    seal::EnvelopeHeader h{project,          seal::record_id_of(project, withdrawal.pub),
                           vault->keys().id, sequence,
                           previous,         withdrawal.pub};
    return *seal::seal_revision(base::view_of("content"), h, {epoch.pub}, vault->keys());
  }
  Sealing sealing(ByteView envelope) {
    Sealing s;
    auto parsed = seal::parse_envelope(envelope);
    s.envelope = envelope;
    s.summary.record = parsed->header.record;
    s.summary.last = parsed->id;
    s.summary.title = "t";
    s.summary.name = "n";
    return s;
  }
  Bytes say(const seal::DeviceKeys& by, uint64_t n, record::StatementType type,
            const seal::DeviceKeys& subject) {
    record::Statement s;
    s.project = project;
    s.sequence = n;
    s.type = type;
    s.subject = subject.id;
    s.subject_sign = subject.sign.pub;
    s.subject_box = subject.box.pub;
    return record::sign_statement(s, by);
  }
  std::vector<Item> authority() {
    return {{ItemKind::statement, say(root, 1, record::StatementType::appoint, coordinator)},
            {ItemKind::statement, say(coordinator, 1, record::StatementType::enrol, vault->keys())}};
  }
};

inline base::DraftId draft(uint8_t n) {
  base::DraftId id;
  id.bytes[0] = n;
  return id;
}

}  // namespace world
