// Withdrawal: the card a respondent takes home, and the tombstone (SVT1; TOMBSTONE.md) it makes.
//
//   Card card = Card::from(random);  card.text()          // "7H3K-9QWX-…-…", printed, never stored, never
//   typed in a form SignKeys keys = card_keys(project, *parse_card(typed));  record_id_of(project, keys.pub)
//   Bytes tombstone = make_tombstone({.authority = Authority::card, …}, keys);
//
// 16 Crockford base-32 characters hold 80 random bits, two more check them: one wrong character, or two
// neighbours swapped, is noticed. Typing is forgiving: case, spaces, hyphens, O for 0, I and L for 1.
#pragma once

#include "sync/seal/crypto.h"

namespace seal {

struct Card {
  std::array<uint8_t, 10> code{};
  static Card from(base::Random& random);
  std::string text() const;  // four groups of four and the check: "ABCD-EFGH-JKMN-PQRS-TV"
};
Result<Card> parse_card(std::string_view typed);
SignKeys card_keys(const base::ProjectId& project, const Card& card);
SignKeys cardless_keys(
    base::Random& random);  // the secret is dropped by the caller: nobody can withdraw by card

// Who founds a record holds its withdrawal key for that moment and signs the device's id with it: the proof
// that goes into each of that device's revisions, so that nobody else can pass for the founder.
Signature prove_founder(const base::RecordId& record, const base::DeviceId& device,
                        const SignKeys& withdrawal);
bool is_founder(const PublicSign& withdrawal, const base::RecordId& record, const base::DeviceId& device,
                const Signature& proof);

enum class TombstoneAuthority : uint8_t { card = 1, coordinator = 2, device_request = 3 };

struct Tombstone {
  TombstoneAuthority authority = TombstoneAuthority::card;
  base::ProjectId project;
  base::RecordId record;
  PublicSign signer;
  Hash statement;  // that gave the signer its right; zeros for a card
  Signature signature;
  Hash id;
};
inline constexpr size_t tombstone_size = 168;

Bytes make_tombstone(const Tombstone& what, const SignKeys& keys);  // signer is taken from keys
Result<Tombstone> parse_tombstone(ByteView bytes);  // signature verified; a card's key bound to the record

}  // namespace seal
