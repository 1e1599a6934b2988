#include "sync/seal/kit.h"

#include <vector>

namespace seal {
namespace {

using base::Fault;

constexpr std::string_view signs = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr size_t a_line = 18;  // signs of data; two of check behind them
constexpr size_t secret_size = 64, share_size = 2 * secret_size;
// version u8, sheet u8, generation u16, project 16, check 8, two pads of 64
constexpr size_t sheet_size = 1 + 1 + 2 + 16 + 8 + share_size;
constexpr size_t sheet_signs = (sheet_size * 8 + 4) / 5;
constexpr size_t lines = (sheet_signs + a_line - 1) / a_line;

using Pad = std::array<uint8_t, secret_size>;

// Bound to everything but the pads: two sheets fit together or they do not.
std::array<uint8_t, 8> check_of(const base::ProjectId& project, uint16_t generation, ByteView secret) {
  base::Writer out;
  out.bytes(project.bytes);
  out.u16(generation);
  out.bytes(secret);
  Bytes all = out.take();
  Hash h = hash("sv1.kit-check", all);
  wipe(std::span<uint8_t>(all));
  std::array<uint8_t, 8> check;
  std::copy_n(h.bytes.begin(), check.size(), check.begin());
  return check;
}

std::string to_signs(ByteView bytes) {
  std::string out;
  uint32_t bits = 0;
  int held = 0;
  for (uint8_t byte : bytes) {
    bits = bits << 8 | byte;
    for (held += 8; held >= 5; held -= 5) out += signs[bits >> (held - 5) & 31];
  }
  if (held) out += signs[bits << (5 - held) & 31];
  return out;
}

// Two check signs a line: one wrong sign, two swapped, or a line in another's place are noticed.
std::string check_signs(std::string_view data, size_t line) {
  size_t a = line, b = line;
  for (size_t i = 0; i < data.size(); ++i) {
    size_t c = signs.find(data[i]);
    a += (i + 1) * c;
    b += ((i + 3) * (i + 2) + 1) * c;
  }
  return {signs[a % 31], signs[b % 29]};
}

std::string in_groups(const std::string& text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) out += (i && i % 4 == 0 ? "-" : "") + std::string(1, text[i]);
  return out;
}

struct Sheet {
  uint8_t number = 0;
  uint16_t generation = 0;
  base::ProjectId project;
  std::array<uint8_t, 8> check{};
  std::array<Pad, 2> pads{};  // the two that are not its own, in order
};

char plain(char c) {
  if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c;
}

// "7  ABCD-EFGH-…": the number of the line, then its signs.
Result<Sheet> read_sheet(const std::string& text) {
  std::vector<std::string> found(lines);
  size_t at = 0;
  while (at < text.size()) {
    size_t end = std::min(text.find('\n', at), text.size());
    std::string line = text.substr(at, end - at);
    at = end + 1;
    size_t i = line.find_first_not_of(" \t\r");
    size_t number = 0, digits = 0;
    for (; i < line.size() && line[i] >= '0' && line[i] <= '9' && digits < 3; ++i, ++digits)
      number = number * 10 + static_cast<size_t>(line[i] - '0');
    bool apart = i < line.size() && (line[i] == ' ' || line[i] == '\t' || line[i] == '.' || line[i] == ':');
    if (digits == 0 || digits > 2 || !apart || number < 1 || number > lines) continue;
    std::string data;
    bool foreign = false;
    for (++i; i < line.size(); ++i) {
      char c = plain(line[i]);
      if (c == ' ' || c == '-' || c == '\t' || c == '\r') continue;
      foreign = foreign || signs.find(c) == std::string_view::npos;
      data += c;
    }
    if (foreign || data.empty()) continue;  // a sentence that begins with a number
    const std::string where = "line " + std::to_string(number);
    size_t wanted = number == lines ? sheet_signs - a_line * (lines - 1) : a_line;
    if (data.size() != wanted + 2)
      return base::fail(Fault::invalid, where + " (length)",
                        "It has " + std::to_string(data.size()) + " signs; " + std::to_string(wanted + 2) +
                            " stand on the sheet.");
    if (check_signs(data.substr(0, wanted), number - 1) != data.substr(wanted))
      return base::fail(Fault::invalid, where + " (check)", "A sign in it is wrong. Compare it with the sheet.");
    found[number - 1] = data.substr(0, wanted);
  }
  std::string all;
  for (size_t n = 0; n < lines; ++n) {
    if (found[n].empty())
      return base::fail(Fault::invalid, "line " + std::to_string(n + 1) + " (missing)",
                        "This line of the sheet is missing.");
    all += found[n];
  }
  Bytes bytes;
  uint32_t bits = 0;
  int held = 0;
  for (char c : all) {
    bits = bits << 5 | static_cast<uint32_t>(signs.find(c));
    held += 5;
    if (held < 8) continue;
    held -= 8;
    bytes.push_back(static_cast<uint8_t>(bits >> held));
  }
  base::Reader in(bytes);
  Sheet sheet;
  if (in.u8() != 1)
    return base::fail(Fault::unsupported, "sheet (version)", "It was made by a newer version; update the program.");
  sheet.number = in.u8();
  sheet.generation = in.u16();
  sheet.project.bytes = in.array<16>();
  sheet.check = in.array<8>();
  for (Pad& pad : sheet.pads) pad = in.array<secret_size>();
  wipe(std::span<uint8_t>(bytes));
  wipe(all);
  if (!in.ok() || !in.at_end() || sheet.number < 1 || sheet.number > 3)
    return base::fail(Fault::corrupt, "sheet (number)", "This is not a sheet of a recovery kit.");
  return sheet;
}

}  // namespace

Kit Kit::from(const base::ProjectId& project, base::Random& random) {
  return {project, 1, Key::from(random), Key::from(random)};
}

Kit Kit::next(base::Random& random) const {
  return {project, static_cast<uint16_t>(generation + 1), root_seed.copy(), Key::from(random)};
}

std::array<std::string, 3> Kit::sheets(const std::string& name, base::Random& random) const {
  Secret<secret_size> secret;
  std::copy(root_seed.view().begin(), root_seed.view().end(), secret.bytes().begin());
  std::copy(recovery_seed.view().begin(), recovery_seed.view().end(), secret.bytes().begin() + 32);
  // secret = pad 1 ^ pad 2 ^ pad 3; sheet n has the two others.
  std::array<Pad, 3> pads;
  random.fill(pads[0]);
  random.fill(pads[1]);
  for (size_t i = 0; i < secret_size; ++i)
    pads[2][i] = static_cast<uint8_t>(secret.view()[i] ^ pads[0][i] ^ pads[1][i]);
  std::array<uint8_t, 8> check = check_of(project, generation, secret.view());
  std::array<std::string, 3> out;
  for (size_t n = 0; n < 3; ++n) {
    base::Writer w;
    w.u8(1);
    w.u8(static_cast<uint8_t>(n + 1));
    w.u16(generation);
    w.bytes(project.bytes);
    w.bytes(check);
    for (size_t other = 0; other < 3; ++other)
      if (other != n) w.bytes(pads[other]);
    Bytes bytes = w.take();
    std::string data = to_signs(bytes);
    wipe(std::span<uint8_t>(bytes));
    std::string& text = out[n];
    text =
        "RIHLA RECOVERY KIT, sheet " + std::to_string(n + 1) + " of 3\nproject: " + name +
        "\nkit: " + std::to_string(generation) + ", " + base::to_hex(check) +
        "\n\nAny two of the three sheets open the project; one alone tells nothing. Keep them apart, with\n"
        "different people, on paper. To use them: rihla project kit --help\n\n";
    for (size_t line = 0; line * a_line < data.size(); ++line) {
      std::string part = data.substr(line * a_line, a_line);
      std::string number = std::to_string(line + 1);
      text += std::string(number.size() < 2 ? 1 : 0, ' ') + number + "  " +
              in_groups(part + check_signs(part, line)) + "\n";
    }
    wipe(data);
  }
  for (Pad& pad : pads) wipe(pad);
  return out;
}

Result<Kit> join_sheets(const std::array<std::string, 2>& texts) {
  auto one = read_sheet(texts[0]);
  if (!one) return base::fail(one.error().fault, "first sheet, " + one.error().where, one.error().detail);
  auto two = read_sheet(texts[1]);
  if (!two) return base::fail(two.error().fault, "second sheet, " + two.error().where, two.error().detail);
  if (one->project != two->project || one->generation != two->generation || one->check != two->check)
    return base::fail(Fault::conflict, "sheets (kits)",
                      "They belong to two different kits. Take two of the newest one.");
  if (one->number == two->number)
    return base::fail(Fault::invalid, "sheets (same)", "These are two copies of one sheet; take another.");
  std::array<Pad, 3> pads{};
  std::array<bool, 3> known{};
  bool fits = true;  // of the pad that both hold
  for (const Sheet& sheet : {*one, *two}) {
    size_t held = 0;
    for (size_t n = 0; n < 3; ++n) {
      if (n + 1 == sheet.number) continue;
      fits = fits && (!known[n] || pads[n] == sheet.pads[held]);
      known[n] = true;
      pads[n] = sheet.pads[held++];
    }
  }
  Secret<secret_size> secret;
  for (size_t i = 0; i < secret_size; ++i)
    secret.bytes()[i] = static_cast<uint8_t>(pads[0][i] ^ pads[1][i] ^ pads[2][i]);
  for (Pad& pad : pads) wipe(pad);
  if (!fits || check_of(one->project, one->generation, secret.view()) != one->check)
    return base::fail(Fault::corrupt, "sheets (fit)", "They do not fit together: one of them was changed.");
  return Kit{one->project, one->generation, Key(secret.view().first(32)), Key(secret.view().subspan(32))};
}

}  // namespace seal
