#include <doctest/doctest.h>

#include "sync/seal/kit.h"

namespace {

using namespace seal;

bool same(const Key& a, const Key& b) {
  return std::equal(a.view().begin(), a.view().end(), b.view().begin());
}

}  // namespace

TEST_CASE("kit: any two of three sheets give it back, one alone nothing") {
  base::SeededRandom random(4);
  base::ProjectId project = base::ProjectId::from(random);
  Kit kit = Kit::from(project, random);
  auto sheets = kit.sheets("Twinning", random);
  for (auto [a, b] : {std::pair(0, 1), {1, 2}, {2, 0}, {1, 0}}) {
    auto back = join_sheets({sheets[static_cast<size_t>(a)], sheets[static_cast<size_t>(b)]});
    REQUIRE(back);
    CHECK(back->project == project);
    CHECK(same(back->root_seed, kit.root_seed));
    CHECK(same(back->recovery_seed, kit.recovery_seed));
  }
  CHECK(join_sheets({sheets[0], sheets[0]}).error().fault == base::Fault::invalid);
  // What a sheet holds is two random pads: neither is the secret, nor their sum.
  std::string hex = base::to_hex(kit.root_seed.view());
  for (const std::string& sheet : sheets) CHECK(sheet.find(hex.substr(0, 8)) == std::string::npos);
}

TEST_CASE("kit: typing is forgiving, and a wrong line is named") {
  base::SeededRandom random(5);
  Kit kit = Kit::from(base::ProjectId::from(random), random);
  auto sheets = kit.sheets("x", random);
  std::string typed = sheets[0];
  for (char& c : typed)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  std::replace(typed.begin(), typed.end(), '-', ' ');
  CHECK(join_sheets({typed, sheets[1]}));
  int changed = 0;
  size_t first = sheets[0].find("\n 1  ") + 5;
  for (size_t i = first; i < sheets[0].size(); ++i) {
    std::string bad = sheets[0];
    if (bad[i] == '-' || bad[i] == '\n' || bad[i] == ' ') continue;
    size_t start = bad.rfind('\n', i) + 1;
    if (i < start + 4) continue;  // the line's number
    bad[i] = bad[i] == 'Q' ? 'R' : 'Q';
    auto joined = join_sheets({bad, sheets[1]});
    REQUIRE_FALSE(joined);
    std::string number = bad.substr(start, 2);
    number.erase(0, number.find_first_not_of(' '));
    CHECK(joined.error().where == "first sheet, line " + number + " (check)");
    ++changed;
  }
  CHECK(changed > 240);
  std::string torn = sheets[1].substr(0, sheets[1].size() / 2);
  CHECK(join_sheets({sheets[0], torn}).error().fault == base::Fault::invalid);
}

TEST_CASE("kit: the next generation keeps the root; sheets of two kits do not mix") {
  base::SeededRandom random(6);
  Kit kit = Kit::from(base::ProjectId::from(random), random);
  Kit next = kit.next(random);
  CHECK(next.generation == 2);
  CHECK(same(next.root_seed, kit.root_seed));
  CHECK_FALSE(same(next.recovery_seed, kit.recovery_seed));
  auto old_sheets = kit.sheets("x", random), new_sheets = next.sheets("x", random);
  CHECK(join_sheets({old_sheets[0], new_sheets[1]}).error().fault == base::Fault::conflict);
  auto reprinted = kit.sheets("x", random);  // the same kit printed again has other pads
  CHECK(join_sheets({old_sheets[0], reprinted[1]}).error().fault == base::Fault::corrupt);
}
