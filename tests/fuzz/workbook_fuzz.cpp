// A workbook: its first byte says what the rest is: the bytes of an .xlsx; CSV sheets (survey, choices, settings,
// entities, side file) parted by form feeds; or the XML of two sheets and of the shared strings.
#include "forms/questions/table.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/workbook_bytes.h"

namespace {

void sheets(const uint8_t* data, size_t size) {
  definition::Workbook book{"fuzz", {}};
  definition::SideFiles files;
  const char* const names[] = {"survey", "choices", "settings", "entities", "external_choices"};
  size_t next = 0;
  for (const std::string& piece : fuzz::pieces(data, size)) {
    if (next == std::size(names)) {
      files["towns.csv"] = base::Bytes(piece.begin(), piece.end());
      break;
    }
    auto sheet = definition::read_csv(base::view_of(piece), names[next++]);
    if (sheet && !piece.empty()) book.sheets.push_back(std::move(*sheet));
  }
  fuzz::look_at(definition::read_xlsform(book, files, questions::table()));
}

void bytes(base::ByteView view) {
  auto book = definition::read_xlsx(view, "fuzz.xlsx");
  if (!book) {
    fuzz::must(!book.error().detail.empty(), "a refusal has words");
    return;
  }
  fuzz::look_at(definition::read_xlsform(*book, {}, questions::table()));
}

void parts(const uint8_t* data, size_t size) {
  std::vector<std::string> texts = fuzz::pieces(data, size);
  texts.resize(4);
  support::Parts made = support::workbook_parts({{"survey", texts[0]}, {"choices", texts[1]}}, {texts[2]});
  if (!texts[3].empty()) made["xl/workbook.xml"] = texts[3];
  base::Bytes zipped = support::zip(made);
  bytes(zipped);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  if (data[0] == 'P')
    bytes({data, size});  // "PK": as it is
  else if (data[0] % 2 == 0)
    sheets(data + 1, size - 1);
  else
    parts(data + 1, size - 1);
  return 0;
}
