#include "forms/language/table.h"

#include <doctest/doctest.h>

#include <charconv>
#include <set>
#include <string>
#include <vector>

#include "forms/base/random.h"
#include "tests/support/runs.h"

namespace {

using language::Table;

uint64_t pick(base::Random& random, uint64_t n) {
  uint64_t out = 0;
  random.fill({reinterpret_cast<uint8_t*>(&out), sizeof(out)});
  return out % n;
}

const char* const cells[] = {"", "a", "b", "rabat", "1", "2", "10", "2.0", "-1", "1e3", " ", "A", "é"};

}  // namespace

TEST_CASE(
    "table: an index finds what looking at every row finds, in the same order, and after every change") {
  support::property("index = scan", 300, 20'000, [](uint64_t seed) -> std::string {
    base::SeededRandom random(seed);
    Table table;
    int columns = 1 + static_cast<int>(pick(random, 3));
    for (int i = 0; i < columns; ++i) table.add_column("c" + std::to_string(i));
    for (uint64_t round = 0; round < 4; ++round) {
      for (uint64_t n = pick(random, 30); n > 0; --n) {
        std::vector<std::string_view> row;
        for (uint64_t i = pick(random, static_cast<uint64_t>(columns) + 1); i > 0; --i)
          row.emplace_back(cells[pick(random, std::size(cells))]);
        table.add_row(row);
      }
      if (table.row_count() > 0 && pick(random, 2) == 0)
        table.set(static_cast<uint32_t>(pick(random, table.row_count())),
                  static_cast<int>(pick(random, static_cast<uint64_t>(columns))),
                  cells[pick(random, std::size(cells))]);
      for (int column = 0; column < columns; ++column) {
        std::set<std::string_view> different;
        for (uint32_t row = 0; row < table.row_count(); ++row) different.insert(table.cell(row, column));
        if (table.distinct(column) != different.size()) return "distinct";
        for (const char* text : cells) {
          std::vector<uint32_t> scanned;
          for (uint32_t row = 0; row < table.row_count(); ++row)
            if (table.cell(row, column) == text) scanned.push_back(row);
          std::vector<uint32_t> found;
          for (Table::Equal at = table.equal(column, text); at.row() != language::no_row; at.next())
            found.push_back(at.row());
          if (found != scanned) return "rows of \"" + std::string(text) + "\"";
        }
        double before = -1e300;
        size_t numbers = 0;
        for (const Table::Numbered& one : table.by_number(column)) {
          if (one.number < before) return "numbers out of order";
          before = one.number;
          ++numbers;
        }
        size_t scanned = 0;
        for (uint32_t row = 0; row < table.row_count(); ++row) {
          std::string_view cell = table.cell(row, column);
          double number = 0;
          auto end =
              std::from_chars(cell.data(), cell.data() + cell.size(), number, std::chars_format::fixed);
          scanned += !cell.empty() && end.ec == std::errc() && end.ptr == cell.data() + cell.size();
        }
        if (numbers != scanned)
          return "which cells are numbers: " + std::to_string(numbers) + " for " + std::to_string(scanned);
      }
      Table copy = table;  // its indexes are its own
      if (copy.row_count() == 0) continue;
      copy.set(0, 0, "zz");
      if (copy.equal(0, "zz").row() != 0 || table.equal(0, "zz").row() != language::no_row) return "a copy";
    }
    return "";
  });
}

TEST_CASE("table: a cell that is absent reads as blank and is told apart from one that is blank") {
  Table table;
  table.add_column("a");
  table.add_column("b");
  std::string_view row[] = {""};
  table.add_row(row);
  CHECK(table.has(0, 0));
  CHECK_FALSE(table.has(0, 1));
  CHECK(table.cell(0, 1).empty());
  int late = table.add_column("c");
  CHECK_FALSE(table.has(0, late));
  table.set(0, late, "x");
  CHECK(table.cell(0, late) == "x");
  CHECK(table.column("c") == late);
  CHECK(table.column("d") == -1);
}
