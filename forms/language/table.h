// Table: a list that expressions look things up in: rows of cells under named columns. A choice list, a CSV
// file and a plain secondary instance (root/item/columns) are tables.
//
//   Table t;  int p = t.add_column("p");  t.add_row({"b1", "Place B 1", "a1"});
//   for (Table::Equal at = t.equal(p, "a1"); at.row() != no_row; at.next()) …
//
// Cells are views into one block of text, valid while the table lives. A cell may be absent, which reads as
// "". Indexes are made at first use, once, under a lock: a finished table may be read from several threads.
// Cost: a lookup is O(1) on average, or O(log rows) by number; memory is the text and 8 bytes a cell.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace language {

inline constexpr uint32_t no_row = UINT32_MAX;

class Table {
 public:
  Table();
  ~Table();
  Table(const Table& other);  // without its indexes: they are made again when they are wanted
  Table& operator=(const Table& other);
  Table(Table&&) noexcept;
  Table& operator=(Table&&) noexcept;

  int add_column(std::string_view name);                  // its index; rows that are there have no such cell
  void add_row(std::span<const std::string_view> cells);  // one a column from the first; the rest are absent
  void set(uint32_t row, int column, std::string_view cell);
  void reserve(size_t rows, size_t bytes);

  const std::vector<std::string>& columns() const { return columns_; }
  int column(std::string_view name) const;  // -1: there is none
  uint32_t row_count() const { return rows_; }
  std::string_view cell(uint32_t row, int column) const {
    const Cell& at = cells_[static_cast<size_t>(row) * columns_.size() + static_cast<size_t>(column)];
    return at.offset == absent ? std::string_view() : std::string_view(text_).substr(at.offset, at.length);
  }
  bool has(uint32_t row, int column) const {
    return cells_[static_cast<size_t>(row) * columns_.size() + static_cast<size_t>(column)].offset != absent;
  }

  // Rows whose cell is exactly this text, in order.
  class Equal {
   public:
    uint32_t row() const { return row_; }  // no_row: that was the last
    void next() { row_ = (*next_)[row_]; }

   private:
    friend class Table;
    const std::vector<uint32_t>* next_ = nullptr;
    uint32_t row_ = no_row;
  };
  Equal equal(int column, std::string_view text) const;
  uint32_t distinct(int column) const;  // how many different texts the column has

  // Rows by the number their cell holds, smallest first; what is no number is left out.
  struct Numbered {
    double number = 0;
    uint32_t row = 0;
  };
  std::span<const Numbered> by_number(int column) const;

 private:
  static constexpr uint32_t absent = UINT32_MAX;
  struct Cell {
    uint32_t offset = absent, length = 0;
  };
  struct Index;  // of one column
  const Index& index(int column) const;
  void forget_indexes();

  std::vector<std::string> columns_;
  uint32_t rows_ = 0;
  std::vector<Cell> cells_;  // row after row
  std::string text_;
  struct Indexes;  // by column, made when first asked for, under a lock
  mutable std::unique_ptr<Indexes> indexes_;
};

}  // namespace language
