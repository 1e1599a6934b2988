#include "collector/app/table_digest.h"

#include <algorithm>

#include "sync/seal/crypto.h"

namespace app {

std::string table_digest(const exports::Table& table) {
  constexpr size_t a_piece = size_t{1} << 20;
  base::Bytes piece;
  piece.reserve(a_piece + (size_t{1} << 16));
  auto add = [&](const std::string& text) {  // its length, so that no two lists of texts are alike
    size_t at = piece.size();
    piece.resize(at + 4 + text.size());
    for (int shift = 0; shift < 32; shift += 8) piece[at++] = static_cast<uint8_t>(text.size() >> shift);
    std::copy(text.begin(), text.end(), piece.begin() + static_cast<long>(at));
  };
  auto fold = [&] {  // what came before stands in front of the next piece
    base::Hash sum = seal::hash("sv1.table", piece);
    piece.assign(sum.bytes.begin(), sum.bytes.end());
  };
  for (const exports::Column& column : table.columns) add(column.name);
  for (const std::vector<exports::Cell>& row : table.rows) {
    for (const exports::Cell& cell : row) add(cell.code);
    if (piece.size() > a_piece) fold();
  }
  fold();
  return base::to_hex(std::span(piece).first(8));
}

}  // namespace app
