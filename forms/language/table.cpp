#include "forms/language/table.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <mutex>

#include "forms/language/value.h"

namespace language {

// Equal texts are chained in row order; the first of each chain stands in an open table.
struct Table::Index {
  std::vector<uint32_t> heads;  // by hash; a power of two; no_row where nobody is
  std::vector<uint32_t> next;   // by row
  uint32_t distinct = 0;
  std::once_flag numbers_made;
  std::vector<Numbered> numbers;
};

struct Table::Indexes {
  std::mutex mutex;
  std::vector<std::unique_ptr<Index>> columns;
};

Table::Table() : indexes_(std::make_unique<Indexes>()) {}
Table::~Table() = default;
Table::Table(Table&&) noexcept = default;
Table& Table::operator=(Table&&) noexcept = default;

Table::Table(const Table& other)
    : columns_(other.columns_),
      rows_(other.rows_),
      cells_(other.cells_),
      text_(other.text_),
      indexes_(std::make_unique<Indexes>()) {}

Table& Table::operator=(const Table& other) {
  if (this != &other) *this = Table(other);
  return *this;
}

void Table::forget_indexes() {
  if (!indexes_->columns.empty()) indexes_->columns.clear();
}

int Table::add_column(std::string_view name) {
  forget_indexes();
  size_t before = columns_.size();
  columns_.emplace_back(name);
  if (rows_ > 0) {
    std::vector<Cell> wider(static_cast<size_t>(rows_) * columns_.size());
    for (size_t row = 0; row < rows_; ++row)
      std::copy_n(cells_.begin() + static_cast<std::ptrdiff_t>(row * before), before,
                  wider.begin() + static_cast<std::ptrdiff_t>(row * columns_.size()));
    cells_ = std::move(wider);
  }
  return static_cast<int>(before);
}

void Table::add_row(std::span<const std::string_view> cells) {
  forget_indexes();
  for (size_t i = 0; i < columns_.size(); ++i) {
    Cell cell;
    if (i < cells.size() && cells[i].data() != nullptr) {
      cell = {static_cast<uint32_t>(text_.size()), static_cast<uint32_t>(cells[i].size())};
      text_ += cells[i];
    }
    cells_.push_back(cell);
  }
  ++rows_;
}

void Table::set(uint32_t row, int column, std::string_view cell) {
  forget_indexes();
  Cell& at = cells_[static_cast<size_t>(row) * columns_.size() + static_cast<size_t>(column)];
  at = {static_cast<uint32_t>(text_.size()), static_cast<uint32_t>(cell.size())};
  text_ += cell;
}

void Table::reserve(size_t rows, size_t bytes) {
  cells_.reserve(rows * columns_.size());
  text_.reserve(bytes);
}

int Table::column(std::string_view name) const {
  for (size_t i = 0; i < columns_.size(); ++i)
    if (columns_[i] == name) return static_cast<int>(i);
  return -1;
}

const Table::Index& Table::index(int column) const {
  std::lock_guard guard(indexes_->mutex);
  auto& indexes = indexes_->columns;
  if (indexes.size() < columns_.size()) indexes.resize(columns_.size());
  std::unique_ptr<Index>& made = indexes[static_cast<size_t>(column)];
  if (made) return *made;
  made = std::make_unique<Index>();
  size_t size = 16;
  while (size < static_cast<size_t>(rows_) * 2) size *= 2;
  made->heads.assign(size, no_row);
  made->next.assign(rows_, no_row);
  for (uint32_t row = rows_; row-- > 0;) {
    std::string_view text = cell(row, column);
    size_t at = std::hash<std::string_view>{}(text) & (size - 1);
    while (made->heads[at] != no_row && cell(made->heads[at], column) != text) at = (at + 1) & (size - 1);
    made->distinct += made->heads[at] == no_row;
    made->next[row] = made->heads[at];
    made->heads[at] = row;
  }
  return *made;
}

Table::Equal Table::equal(int column, std::string_view text) const {
  const Index& by = index(column);
  size_t mask = by.heads.size() - 1;
  size_t at = std::hash<std::string_view>{}(text)&mask;
  while (by.heads[at] != no_row && cell(by.heads[at], column) != text) at = (at + 1) & mask;
  Equal rows;
  rows.next_ = &by.next;
  rows.row_ = by.heads[at];
  return rows;
}

uint32_t Table::distinct(int column) const {
  return index(column).distinct;
}

std::span<const Table::Numbered> Table::by_number(int column) const {
  auto& by = const_cast<Index&>(index(column));  // filled once, under its own flag
  std::call_once(by.numbers_made, [&] {
    for (uint32_t row = 0; row < rows_; ++row)
      if (double number = text_number(cell(row, column)); !std::isnan(number))
        by.numbers.push_back({number, row});
    std::stable_sort(by.numbers.begin(), by.numbers.end(),
                     [](const Numbered& a, const Numbered& b) { return a.number < b.number; });
  });
  return by.numbers;
}

}  // namespace language
