// .xlsx as programs write it, and as nobody should.
#include <doctest/doctest.h>

#include "forms/base/random.h"
#include "forms/definition/workbook.h"
#include "tests/support/workbook_bytes.h"

using base::Fault;
using support::Parts;
using support::workbook_parts;

namespace {

using Rows = std::vector<std::vector<std::string>>;

base::Result<definition::Workbook> read(const base::Bytes& bytes) {
  return definition::read_xlsx(bytes, "form.xlsx");
}
base::Result<definition::Workbook> read(const Parts& parts) {
  return read(support::zip(parts));
}

Rows rows_of(const Parts& parts) {
  auto book = read(parts);
  REQUIRE(book);
  REQUIRE_FALSE(book->sheets.empty());
  return book->sheets[0].rows;
}

std::string inline_cell(const std::string& place, const std::string& text) {
  return "<c r=\"" + place + "\" t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
}

}  // namespace

TEST_CASE("xlsx: a cell of each kind gives the text that a person sees") {
  struct Case {
    std::string why;
    std::string cell;
    std::string text;
  };
  const Case cases[] = {
      {"shared", "<c t=\"s\"><v>1</v></c>", "two"},
      {"shared, first", "<c t=\"s\"><v>0</v></c>", "one"},
      {"shared, out of range", "<c t=\"s\"><v>99</v></c>", ""},
      {"shared, below zero", "<c t=\"s\"><v>-1</v></c>", ""},
      {"shared, beyond any number", "<c t=\"s\"><v>99999999999999999999999</v></c>", ""},
      {"inline", "<c t=\"inlineStr\"><is><t>a &amp; b</t></is></c>", "a & b"},
      {"rich",
       "<c t=\"inlineStr\"><is><r><t>bold</t></r><r><t xml:space=\"preserve\"> plain</t></r></is></c>",
       "bold plain"},
      {"phonetic guides are left out", "<c t=\"inlineStr\"><is><t>漢</t><rPh><t>kan</t></rPh></is></c>",
       "漢"},
      {"a formula's last value", "<c t=\"str\"><f>1+1</f><v>two</v></c>", "two"},
      {"a formula's number", "<c><f>1+1</f><v>2</v></c>", "2"},
      {"a formula without a value", "<c><f>1+1</f></c>", ""},
      {"an error", "<c t=\"e\"><v>#REF!</v></c>", "#REF!"},
      {"true", "<c t=\"b\"><v>1</v></c>", "TRUE"},
      {"false", "<c t=\"b\"><v>0</v></c>", "FALSE"},
      {"a whole number as a decimal", "<c><v>5.0</v></c>", "5"},
      {"a number", "<c><v>0.1</v></c>", "0.1"},
      {"a negative number", "<c><v>-98</v></c>", "-98"},
      {"a large number", "<c><v>1e20</v></c>", "1e+20"},
      {"not a number", "<c><v>abc</v></c>", "abc"},
      {"a date", "<c s=\"1\"><v>46350</v></c>", "2026-11-24"},
      {"a date and time", "<c s=\"1\"><v>46350.5</v></c>", "2026-11-24T12:00:00"},
      {"a time", "<c s=\"2\"><v>0.604166666666667</v></c>", "14:30:00"},
      {"a date format of its own", "<c s=\"3\"><v>46350</v></c>", "2026-11-24"},
      {"a red number is no date", "<c s=\"4\"><v>46350</v></c>", "46350"},
      {"a date beyond the calendar", "<c s=\"1\"><v>1e300</v></c>", "1e+300"},
      {"a style that is not there", "<c s=\"4000000000\"><v>3</v></c>", "3"},
      {"an ISO date", "<c t=\"d\"><v>2026-11-24</v></c>", "2026-11-24"},
      {"escaped control characters", "<c t=\"inlineStr\"><is><t>a_x000D_\n_x0041_b</t></is></c>", "a\nAb"},
      {"an underscore is only that", "<c t=\"inlineStr\"><is><t>_x00_x_</t></is></c>", "_x00_x_"}};
  for (const Case& c : cases) {
    CAPTURE(c.why);
    Parts parts = workbook_parts({{"survey", "<row r=\"1\">" + c.cell + "<c t=\"s\"><v>0</v></c></row>"}},
                                 {"one", "two"});
    parts["xl/styles.xml"] =
        "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"dd/mm/yyyy\"/>"
        "<numFmt numFmtId=\"165\" formatCode=\"[Red]0.00&quot; days&quot;\"/></numFmts>"
        "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"20\"/><xf numFmtId=\"164\"/>"
        "<xf numFmtId=\"165\"/></cellXfs></styleSheet>";
    Rows rows = rows_of(parts);
    REQUIRE(rows.size() == 1);
    REQUIRE(rows[0].size() == 2);
    CHECK(rows[0][0] == c.text);
  }
}

TEST_CASE("xlsx: a workbook that counts days from 1904 gives the same dates") {
  Parts parts = workbook_parts({{"survey", "<row><c s=\"0\"><v>44888</v></c></row>"}});
  parts["xl/styles.xml"] = "<styleSheet><cellXfs><xf numFmtId=\"14\"/></cellXfs></styleSheet>";
  std::string& book = parts["xl/workbook.xml"];
  book.insert(book.find("<sheets>"), "<workbookPr date1904=\"1\"/>");
  CHECK(rows_of(parts) == Rows{{"2026-11-24"}});
}

TEST_CASE("xlsx: cells stand where their references say, rows keep their numbers") {
  CHECK(rows_of(workbook_parts({{"survey", "<row r=\"2\">" + inline_cell("C2", "x") + "</row><row r=\"4\">" +
                                               inline_cell("A4", "y") + "</row>"}})) ==
        Rows{{}, {"", "", "x"}, {}, {"y"}});
  // Without references: one after the other.
  CHECK(rows_of(workbook_parts(
            {{"survey", "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>"}})) ==
        Rows{{"1", "2"}, {"3"}});
  // Rows that go backwards or are beyond a sheet follow each other.
  CHECK(rows_of(workbook_parts({{"survey",
                                 "<row r=\"2\"><c><v>1</v></c></row><row r=\"1\"><c><v>2</v></c></row>"
                                 "<row r=\"4294967295\"><c><v>3</v></c></row>"}})) ==
        Rows{{}, {"1"}, {"2"}, {"3"}});
  // A column beyond the widest sheet is not there.
  CHECK(rows_of(workbook_parts({{"survey", "<row>" + inline_cell("ZZZZ1", "x") + inline_cell("A1", "y") +
                                               "</row>"}})) == Rows{{"y"}});
}

TEST_CASE("xlsx: prefixes and white space between the parts, as Gnumeric writes it, change nothing") {
  Parts plain =
      workbook_parts({{"survey",
                       "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>1</v></c><c r=\"B1\" s=\"1\"><v>46350</v></c>"
                       "</row><row r=\"2\"><c r=\"A2\" t=\"s\"><v>0</v></c></row>"}},
                     {"one", "two"});
  plain["xl/styles.xml"] =
      "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>";
  Rows wanted = {{"two", "2026-11-24"}, {"one"}};
  CHECK(rows_of(plain) == wanted);
  Parts spaced = plain;
  for (auto& [name, text] : spaced) {
    std::string out;
    for (size_t i = 0; i < text.size(); ++i) {
      bool inside = i > 0 && text[i - 1] == '>' && text[i] == '<';
      if (inside && text.compare(i, 4, "</t>") != 0) out += "\n    ";
      out += text[i];
    }
    text = out;
  }
  CHECK(rows_of(spaced) == wanted);
  Parts prefixed = plain;
  for (auto& [name, text] : prefixed) {
    if (name.find(".rels") != std::string::npos) continue;
    std::string out;
    for (size_t i = 0; i < text.size(); ++i) {
      out += text[i];
      if (text[i] != '<') continue;
      if (text[i + 1] == '/') out += text[++i];
      out += "x:";
    }
    text = out;
  }
  CHECK(rows_of(prefixed) == wanted);
}

TEST_CASE("xlsx: what is not a workbook is refused, with a fault and a sentence") {
  struct Case {
    std::string why;
    base::Bytes bytes;
    Fault fault;
  };
  Parts good = workbook_parts({{"survey", "<row><c><v>1</v></c></row>"}});
  auto without = [&](const char* name) {
    Parts parts = good;
    parts.erase(name);
    return support::zip(parts);
  };
  auto with = [&](const char* name, const std::string& text) {
    Parts parts = good;
    parts[name] = text;
    return support::zip(parts);
  };
  auto bytes_of = [](std::string_view text) { return base::Bytes(text.begin(), text.end()); };
  base::Bytes cut = support::zip(good);
  cut.resize(cut.size() / 2);
  base::Bytes torn = support::zip(good);
  torn[60] ^= 0xff;
  const Case cases[] = {
      {"nothing", {}, Fault::corrupt},
      {"text", bytes_of("type,name,label\n"), Fault::corrupt},
      {"a web page", bytes_of("<html>sign in</html>"), Fault::corrupt},
      {"a zip cut short", cut, Fault::corrupt},
      {"a damaged part", torn, Fault::corrupt},
      {"an empty zip", support::zip(Parts{}), Fault::corrupt},
      {"another kind of zip", support::zip(Parts{{"word/document.xml", "<w/>"}}), Fault::corrupt},
      {"no workbook part", without("xl/workbook.xml"), Fault::corrupt},
      {"no relations", without("xl/_rels/workbook.xml.rels"), Fault::missing},
      {"a sheet that is not there", without("xl/worksheets/sheet1.xml"), Fault::missing},
      {"a sheet that is no XML", with("xl/worksheets/sheet1.xml", "<worksheet><sheetData>"), Fault::corrupt},
      {"an empty sheet part", with("xl/worksheets/sheet1.xml", ""), Fault::corrupt},
      {"entities",
       with("xl/worksheets/sheet1.xml",
            "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><worksheet>&a;</worksheet>"),
       Fault::corrupt},
      {"a cell of two MiB",
       with("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row>" +
                                            inline_cell("B1", std::string(2 << 20, 'x')) +
                                            "</row></sheetData></worksheet>"),
       Fault::full}};
  for (const Case& c : cases) {
    CAPTURE(c.why);
    auto book = read(c.bytes);
    REQUIRE_FALSE(book);
    CHECK(book.error().fault == c.fault);
    CHECK(book.error().where.find(c.fault == Fault::full ? "B1" : "form.xlsx") != std::string::npos);
    CHECK(book.error().detail.size() > 20);
  }
}

TEST_CASE("xlsx: an old .xls says how to save it, whatever it is called") {
  base::Bytes old = {0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0};
  auto book = read(old);
  REQUIRE_FALSE(book);
  CHECK(book.error().fault == Fault::unsupported);
  CHECK(book.error().detail.find("save it as .xlsx") != std::string::npos);
}

TEST_CASE("xlsx: a part that unpacks beyond reason is refused before it is unpacked") {
  auto bomb = [](size_t copies, uint32_t says) {
    std::vector<support::Stored> parts;
    for (const auto& [name, text] : workbook_parts({{"survey", ""}}))
      parts.push_back({name, text, static_cast<uint32_t>(text.size()), support::crc32(text), 0});
    parts.push_back({"xl/sharedStrings.xml", support::deflated_run(copies), says, 0, 8});
    return support::zip(parts);
  };
  struct Case {
    std::string why;
    base::Bytes bytes;
    Fault fault;
  };
  const Case cases[] = {{"158 times its size", bomb(20'000, 20'000 * 258 + 1), Fault::full},
                        {"4 GiB, so it says", bomb(10, 0xfffffff0u), Fault::full},
                        {"more than it says", bomb(20'000, 1000), Fault::corrupt},
                        {"less than it says", bomb(10, 100'000), Fault::corrupt}};
  for (const Case& c : cases) {
    CAPTURE(c.why);
    auto book = read(c.bytes);
    REQUIRE_FALSE(book);
    CHECK(book.error().fault == c.fault);
  }
}

TEST_CASE("xlsx: claims of very many rows or columns cost no memory, or are refused") {
  std::string far = "<row r=\"1048576\">" + inline_cell("XFD1048576", "x") + "</row>";
  auto one = read(workbook_parts({{"survey", "<dimension ref=\"A1:XFD1048576\"/>" + far}}));
  REQUIRE(one);
  CHECK(one->sheets[0].rows.size() == 1'048'576);
  // Many sheets whose only cell is the last one.
  std::vector<std::pair<std::string, std::string>> sheets;
  for (int i = 0; i < 200; ++i) sheets.emplace_back("s" + std::to_string(i), far);
  auto many = read(workbook_parts(sheets));
  REQUIRE_FALSE(many);
  CHECK(many.error().fault == Fault::full);
  // Many rows whose only cell is in the last column.
  std::string wide;
  for (int i = 1; i <= 1000; ++i)
    wide += "<row r=\"" + std::to_string(i) + "\">" + inline_cell("XFD" + std::to_string(i), "x") + "</row>";
  auto gaps = read(workbook_parts({{"survey", wide}}));
  REQUIRE_FALSE(gaps);
  CHECK(gaps.error().fault == Fault::full);
}

TEST_CASE("xlsx: any byte may be wrong: it is read or refused, never more") {
  base::Bytes good = support::zip(workbook_parts(
      {{"survey", "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>"}, {"choices", ""}}, {"type"}));
  base::SeededRandom random(5);
  int read_well = 0;
  for (int round = 0; round < 3000; ++round) {
    base::Bytes bytes = good;
    size_t at = random.below(bytes.size());
    if (round % 3 == 0)
      bytes.resize(at);
    else
      bytes[at] = static_cast<uint8_t>(random.below(256));
    auto book = read(bytes);
    read_well += book ? 1 : 0;
    if (!book) CHECK_FALSE(book.error().detail.empty());
  }
  CHECK(read_well > 0);
  CHECK(read_well < 3000);
}
