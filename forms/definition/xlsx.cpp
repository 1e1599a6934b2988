// .xlsx: a zip of XML parts. Cached values as text, dates as ISO, bounded against hostile files.
// Source: ECMA-376 part 1, §18 (SpreadsheetML).
#include <zip.h>

#include <charconv>
#include <cmath>
#include <map>
#include <memory>
#include <pugixml.hpp>

#include "forms/base/time.h"
#include "forms/base/utf8.h"
#include "forms/definition/workbook.h"

namespace definition {
namespace {

using base::Fault;

constexpr uint64_t most_unpacked = uint64_t{64} << 20;
constexpr uint64_t most_ratio = 100;
constexpr size_t most_cells = 2'000'000;
constexpr size_t longest_cell = size_t{1} << 20;
constexpr size_t most_rows = 2'200'000;
constexpr int widest_row = 16384;

struct ZipCloser {
  void operator()(zip_t* zip) const { zip_discard(zip); }
};
struct FileCloser {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};

class Package {
 public:
  static base::Result<std::unique_ptr<Package>> open(base::ByteView bytes, const std::string& name) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    zip_t* zip = source ? zip_open_from_source(source, ZIP_RDONLY, &error) : nullptr;
    zip_error_fini(&error);
    if (!zip) {
      if (source) zip_source_free(source);
      return base::fail(
          Fault::corrupt, name,
          "This is not a whole .xlsx workbook: it is damaged, cut short, or another kind of file.");
    }
    auto package = std::make_unique<Package>();
    package->zip_.reset(zip);
    package->name_ = name;
    package->packed_ = bytes.size();
    return package;
  }

  // The part as XML; missing parts are Fault::missing.
  base::Result<std::unique_ptr<pugi::xml_document>> part(const std::string& path) {
    zip_stat_t stat;
    if (zip_stat(zip_.get(), path.c_str(), ZIP_FL_NOCASE, &stat) != 0)
      return base::fail(Fault::missing, name_, "The workbook has no part " + path + ".");
    unpacked_ += stat.size;
    if (unpacked_ > most_unpacked ||
        (stat.size > (1 << 20) && stat.size > most_ratio * std::max<uint64_t>(stat.comp_size, 1)))
      return base::fail(Fault::full, name_,
                        "This workbook unpacks to more than 64 MiB, or is packed beyond reason. A form is "
                        "never that large.");
    std::unique_ptr<zip_file_t, FileCloser> file(zip_fopen_index(zip_.get(), stat.index, 0));
    std::string text(stat.size, '\0');
    if (!file || zip_fread(file.get(), text.data(), stat.size) != static_cast<zip_int64_t>(stat.size))
      return base::fail(Fault::corrupt, name_, "The part " + path + " of this workbook is damaged.");
    if (text.find("<!DOCTYPE") != std::string::npos || text.find("<!ENTITY") != std::string::npos)
      return base::fail(Fault::corrupt, name_,
                        "The part " + path + " declares entities, which no workbook needs. It is refused.");
    auto document = std::make_unique<pugi::xml_document>();
    if (!document->load_buffer(text.data(), text.size(), pugi::parse_default | pugi::parse_ws_pcdata))
      return base::fail(Fault::corrupt, name_, "The part " + path + " of this workbook is not XML.");
    return document;
  }

 private:
  std::unique_ptr<zip_t, ZipCloser> zip_;
  std::string name_;
  uint64_t packed_ = 0, unpacked_ = 0;
};

// Local name of an element, whatever its prefix.
std::string_view local(const pugi::xml_node& node) {
  std::string_view name = node.name();
  size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

pugi::xml_node child(const pugi::xml_node& node, std::string_view wanted) {
  for (pugi::xml_node c : node.children())
    if (local(c) == wanted) return c;
  return {};
}

// The children of that name; the white space that some programs put between them is none.
std::vector<pugi::xml_node> elements(const pugi::xml_node& node, std::string_view wanted) {
  std::vector<pugi::xml_node> out;
  for (pugi::xml_node c : node.children())
    if (local(c) == wanted) out.push_back(c);
  return out;
}

// The texts of a rich or plain string, phonetic guides left out.
std::string rich_text(const pugi::xml_node& node) {
  std::string out;
  for (pugi::xml_node c : node.children()) {
    if (local(c) == "t") out += c.text().get();
    if (local(c) == "r")
      for (pugi::xml_node t : c.children())
        if (local(t) == "t") out += t.text().get();
  }
  return out;
}

// _x000D_ and the like stand for control characters.
std::string unescaped(const std::string& text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    unsigned code = 0;
    if (text[i] == '_' && i + 6 < text.size() && text[i + 1] == 'x' && text[i + 6] == '_' &&
        std::from_chars(text.data() + i + 2, text.data() + i + 6, code, 16).ptr == text.data() + i + 6) {
      if (code != '\r') base::append_utf8(out, code);
      i += 6;
    } else {
      out += text[i];
    }
  }
  return out;
}

bool is_date_format(std::string_view code) {
  bool in_quotes = false;
  bool in_brackets = false;
  for (char c : code) {
    if (c == '"') in_quotes = !in_quotes;
    if (c == '[') in_brackets = true;
    if (c == ']') in_brackets = false;
    if (!in_quotes && !in_brackets && std::string_view("ymdhsYMDHS").find(c) != std::string_view::npos)
      return true;
  }
  return false;
}

std::vector<bool> date_styles(const pugi::xml_node& sheet) {
  std::map<int, bool> formats;
  for (pugi::xml_node f : elements(child(sheet, "numFmts"), "numFmt"))
    formats[f.attribute("numFmtId").as_int()] = is_date_format(f.attribute("formatCode").value());
  std::vector<bool> out;
  for (pugi::xml_node xf : elements(child(sheet, "cellXfs"), "xf")) {
    int id = xf.attribute("numFmtId").as_int();
    auto own = formats.find(id);
    out.push_back(own != formats.end() ? own->second : (id >= 14 && id <= 22) || (id >= 45 && id <= 47));
  }
  return out;
}

std::string number_text(const std::string& raw, bool is_date, bool from_1904) {
  double value = 0;
  auto end = std::from_chars(raw.data(), raw.data() + raw.size(), value);
  if (end.ec != std::errc() || end.ptr != raw.data() + raw.size()) return raw;
  if (is_date && value >= 0 && value < 3e6) {
    double days = std::floor(value);
    auto seconds = static_cast<int64_t>(std::llround((value - days) * 86400));
    // Serial 1 is 1900-01-01, and 1900 is wrongly taken for a leap year.
    int64_t epoch = from_1904 ? base::days_from_civil({1904, 1, 1}) : base::days_from_civil({1899, 12, 30});
    std::string date = base::format_date(base::civil_from_days(epoch + static_cast<int64_t>(days)));
    auto two = [](int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    std::string time = two(seconds / 3600) + ":" + two(seconds / 60 % 60) + ":" + two(seconds % 60);
    if (days == 0) return time;
    return seconds == 0 ? date : date + "T" + time;
  }
  if (value == std::floor(value) && std::fabs(value) < 1e15)
    return std::to_string(static_cast<int64_t>(value));
  char text[400];
  auto out = std::to_chars(text, text + sizeof text, value);
  return {text, out.ptr};
}

// "AB12" → column 28; 0 when there is no letter.
int column_of(std::string_view reference) {
  int column = 0;
  for (char c : reference) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (c < 'A' || c > 'Z' || column > widest_row) break;
    column = column * 26 + (c - 'A' + 1);
  }
  return column;
}

class Reader {
 public:
  Reader(Package& package, std::string name) : package_(package) { book_.name = std::move(name); }

  base::Result<Workbook> run() {
    auto main = package_.part("xl/workbook.xml");
    if (!main) {
      if (main.error().fault == Fault::missing)
        return base::fail(Fault::corrupt, book_.name,
                          "This zip file is not an .xlsx workbook. Save the form as .xlsx and try again.");
      return base::pass(main.error());
    }
    pugi::xml_node workbook = child(**main, "workbook");
    from_1904_ = child(workbook, "workbookPr").attribute("date1904").as_bool();
    auto relations = package_.part("xl/_rels/workbook.xml.rels");
    if (!relations) return base::pass(relations.error());
    std::map<std::string, std::string> targets;
    for (pugi::xml_node r : elements(child(**relations, "Relationships"), "Relationship"))
      targets[r.attribute("Id").value()] = r.attribute("Target").value();
    if (auto strings = package_.part("xl/sharedStrings.xml"); strings) {
      for (pugi::xml_node si : elements(child(**strings, "sst"), "si"))
        shared_.push_back(unescaped(rich_text(si)));
    } else if (strings.error().fault != Fault::missing) {
      return base::pass(strings.error());
    }
    if (auto styles = package_.part("xl/styles.xml"); styles)
      dates_ = date_styles(child(**styles, "styleSheet"));
    for (pugi::xml_node s : elements(child(workbook, "sheets"), "sheet")) {
      std::string id;
      for (pugi::xml_attribute a : s.attributes())
        if (std::string_view name = a.name();
            name == "id" || (name.size() > 3 && name.substr(name.size() - 3) == ":id"))
          id = a.value();
      std::string target = targets[id];
      if (target.empty()) continue;
      std::string path = target[0] == '/' ? target.substr(1) : "xl/" + target;
      auto part = package_.part(path);
      if (!part) return base::pass(part.error());
      if (auto done = sheet(s.attribute("name").value(), child(**part, "worksheet")); !done)
        return base::pass(done.error());
    }
    return std::move(book_);
  }

 private:
  base::Status sheet(std::string name, const pugi::xml_node& node) {
    Sheet out;
    out.name = std::move(name);
    size_t next_row = 1;
    for (pugi::xml_node row : child(node, "sheetData").children()) {
      if (local(row) != "row") continue;
      size_t number = row.attribute("r").as_uint(static_cast<unsigned>(next_row));
      if (number < next_row || number > 1'100'000) number = next_row;
      next_row = number + 1;
      std::vector<std::string> cells;
      int next_column = 1;
      for (pugi::xml_node c : row.children()) {
        if (local(c) != "c") continue;
        int column = column_of(c.attribute("r").value());
        if (column == 0) column = next_column;
        next_column = column + 1;
        if (column > widest_row) continue;
        std::string value = cell(c);
        if (value.size() > longest_cell)
          return base::fail(Fault::full, out.name + "!" + column_letters(column) + std::to_string(number),
                            "This cell holds more than 1 MiB of text.");
        if (value.empty()) continue;
        if (cells.size() < static_cast<size_t>(column)) {
          cells_ += static_cast<size_t>(column) - cells.size();  // the gaps too: they take memory
          cells.resize(static_cast<size_t>(column));
        }
        cells[static_cast<size_t>(column) - 1] = std::move(value);
        if (cells_ > most_cells)
          return base::fail(Fault::full, book_.name, "This workbook has more than 2,000,000 cells.");
      }
      if (cells.empty()) continue;  // rows without text are only numbered
      if (out.rows.size() < number) {
        rows_ += number - out.rows.size();
        if (rows_ > most_rows)
          return base::fail(Fault::full, book_.name, "This workbook has more than 2,200,000 rows.");
        out.rows.resize(number);
      }
      out.rows[number - 1] = std::move(cells);
    }
    book_.sheets.push_back(std::move(out));
    return {};
  }

  std::string cell(const pugi::xml_node& c) const {
    std::string type = c.attribute("t").value();
    if (type == "inlineStr") return unescaped(rich_text(child(c, "is")));
    std::string raw = child(c, "v").text().get();
    if (type == "s") {
      size_t index = 0;
      bool good = std::from_chars(raw.data(), raw.data() + raw.size(), index).ec == std::errc();
      return good && index < shared_.size() ? shared_[index] : std::string();
    }
    if (type == "b") return raw == "1" ? "TRUE" : raw == "0" ? "FALSE" : raw;
    if (type == "str" || type == "e" || type == "d") return type == "str" ? unescaped(raw) : raw;
    auto style = static_cast<size_t>(c.attribute("s").as_uint());
    return number_text(raw, style < dates_.size() && dates_[style], from_1904_);
  }

  Package& package_;
  Workbook book_;
  std::vector<std::string> shared_;
  std::vector<bool> dates_;
  size_t cells_ = 0, rows_ = 0;
  bool from_1904_ = false;
};

}  // namespace

base::Result<Workbook> read_xlsx(base::ByteView bytes, std::string name) {
  constexpr uint8_t ole[] = {0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1};
  if (bytes.size() >= sizeof ole && std::equal(std::begin(ole), std::end(ole), bytes.begin()))
    return base::fail(Fault::unsupported, name,
                      "This is an old .xls workbook. Open it in LibreOffice or Excel, choose Save as, and "
                      "save it as .xlsx.");
  auto package = Package::open(bytes, name);
  if (!package) return base::pass(package.error());
  return Reader(**package, std::move(name)).run();
}

}  // namespace definition
