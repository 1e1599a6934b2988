#include "sync/seal/withdrawal.h"

#include "sync/seal/envelope.h"

namespace seal {
namespace {

using base::Fault;

constexpr std::string_view letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";  // Crockford: no I, L, O, U

int value_of(char c) {
  if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  if (c == 'O') c = '0';
  if (c == 'I' || c == 'L') c = '1';
  size_t at = letters.find(c);
  return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

std::array<uint8_t, 16> characters_of(const Card& card) {
  std::array<uint8_t, 16> out{};
  uint32_t bits = 0;
  int held = 0;
  size_t at = 0;
  for (uint8_t byte : card.code) {
    bits = bits << 8 | byte;
    held += 8;
    while (held >= 5) {
      held -= 5;
      out[at++] = static_cast<uint8_t>(bits >> held & 31);
    }
  }
  return out;
}

// Two sums modulo 31 and 29 with different weights: a wrong character or a swap of neighbours changes one.
std::array<uint8_t, 2> check_of(const std::array<uint8_t, 16>& characters) {
  uint32_t a = 0;
  uint32_t b = 0;
  for (size_t i = 0; i < characters.size(); ++i) {
    a += static_cast<uint32_t>(i + 1) * characters[i];
    b += static_cast<uint32_t>((i + 3) * (i + 2)) * characters[i] + characters[i];
  }
  return {static_cast<uint8_t>(a % 31), static_cast<uint8_t>(b % 29)};
}

}  // namespace

Card Card::from(base::Random& random) {
  Card card;
  random.fill(card.code);
  return card;
}

std::string Card::text() const {
  auto characters = characters_of(*this);
  std::string out;
  for (size_t i = 0; i < characters.size(); ++i) {
    if (i && i % 4 == 0) out += '-';
    out += letters[characters[i]];
  }
  auto check = check_of(characters);
  out += '-';
  out += letters[check[0]];
  out += letters[check[1]];
  return out;
}

Result<Card> parse_card(std::string_view typed) {
  std::vector<uint8_t> values;
  for (char c : typed) {
    if (c == ' ' || c == '-' || c == '\t') continue;
    int v = value_of(c);
    if (v < 0)
      return base::fail(
          Fault::invalid, "withdrawal card",
          "The sign \"" + std::string(1, c) + "\" does not stand on any card. Read the card again.");
    values.push_back(static_cast<uint8_t>(v));
  }
  if (values.size() != 18)
    return base::fail(Fault::invalid, "withdrawal card",
                      "A card has 18 signs; " + std::to_string(values.size()) + " were typed.");
  std::array<uint8_t, 16> characters{};
  std::copy_n(values.begin(), 16, characters.begin());
  auto check = check_of(characters);
  if (check[0] != values[16] || check[1] != values[17])
    return base::fail(
        Fault::invalid, "withdrawal card",
        "The signs do not fit together: one of them is wrong, or two are swapped. Read the card again.");
  Card card;
  uint32_t bits = 0;
  int held = 0;
  size_t at = 0;
  for (uint8_t v : characters) {
    bits = bits << 5 | v;
    held += 5;
    if (held < 8) continue;
    held -= 8;
    card.code[at++] = static_cast<uint8_t>(bits >> held & 0xff);
  }
  return card;
}

SignKeys card_keys(const base::ProjectId& project, const Card& card) {
  Bytes all(project.bytes.begin(), project.bytes.end());
  all.insert(all.end(), card.code.begin(), card.code.end());
  Key seed{ByteView(hash("sv1.wdr-seed", all).bytes)};
  return SignKeys::from_seed(seed);
}

SignKeys cardless_keys(base::Random& random) {
  return SignKeys::from_seed(Key::from(random));
}

namespace {

Hash founding_of(const base::RecordId& record, const base::DeviceId& device) {
  Bytes all(record.bytes.begin(), record.bytes.end());
  all.insert(all.end(), device.bytes.begin(), device.bytes.end());
  return hash("sv1.found-id", all);
}

}  // namespace

Signature prove_founder(const base::RecordId& record, const base::DeviceId& device,
                        const SignKeys& withdrawal) {
  return sign(withdrawal, "sv1.found-sig", founding_of(record, device));
}

bool is_founder(const PublicSign& withdrawal, const base::RecordId& record, const base::DeviceId& device,
                const Signature& proof) {
  return verify(withdrawal, "sv1.found-sig", founding_of(record, device), proof);
}

namespace {

Bytes body_of(const Tombstone& t) {
  base::Writer out;
  out.tag("SVT1");
  out.u8(1);
  out.u8(static_cast<uint8_t>(t.authority));
  out.zeros(2);
  out.bytes(t.project.bytes);
  out.bytes(t.record.bytes);
  out.bytes(t.signer.bytes);
  out.bytes(t.statement.bytes);
  return out.take();
}

}  // namespace

Bytes make_tombstone(const Tombstone& what, const SignKeys& keys) {
  Tombstone t = what;
  t.signer = keys.pub;
  Bytes body = body_of(t);
  Signature signature = sign(keys, "sv1.tomb-sig", hash("sv1.tomb-id", body));
  body.insert(body.end(), signature.bytes.begin(), signature.bytes.end());
  return body;
}

Result<Tombstone> parse_tombstone(ByteView bytes) {
  auto refuse = [](const char* what, const char* sentence, Fault fault = Fault::corrupt) {
    return base::fail(fault, std::string("tombstone (") + what + ")", sentence);
  };
  if (bytes.size() < 5) return refuse("length", "It is cut short.");
  base::Reader in(bytes);
  if (!in.tag("SVT1")) return refuse("magic", "This is not a withdrawal.");
  if (in.u8() != 1)
    return refuse("suite", "It was made by a newer version; update the program.", Fault::unsupported);
  if (bytes.size() != tombstone_size) return refuse("length", "It is cut short or has bytes left over.");
  uint8_t authority = in.u8();
  if (authority < 1 || authority > 3) return refuse("authority", "It names no authority we know.");
  if (!in.zeros(2)) return refuse("reserved", "A byte that must be zero is not.");
  Tombstone t;
  t.authority = static_cast<TombstoneAuthority>(authority);
  t.project.bytes = in.array<16>();
  t.record.bytes = in.array<16>();
  t.signer.bytes = in.array<32>();
  t.statement.bytes = in.array<32>();
  t.signature.bytes = in.array<64>();
  t.id = hash("sv1.tomb-id", bytes.first(bytes.size() - 64));
  if (t.authority == TombstoneAuthority::card && !t.statement.is_zero())
    return refuse("reserved", "A card names no statement.");
  if (t.authority == TombstoneAuthority::card && t.record != record_id_of(t.project, t.signer))
    return refuse("record_id", "This card does not belong to that record.");
  if (!verify(t.signer, "sv1.tomb-sig", t.id, t.signature))
    return refuse("signature", "The signature does not hold: it was changed or forged.");
  return t;
}

}  // namespace seal
