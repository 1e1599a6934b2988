// The type column: which words mean what, old spellings included.
#include <algorithm>

#include "forms/base/utf8.h"
#include "forms/definition/reading.h"

namespace definition {
namespace {

struct Spelling {
  std::string_view written, word;
};
// Source: pyxform's question type dictionary, the spellings met in forms.
constexpr Spelling old_spellings[] = {{"select one", "select_one"},
                                      {"select1", "select_one"},
                                      {"add select one prompt using", "select_one"},
                                      {"select one from", "select_one"},
                                      {"select one using", "select_one"},
                                      {"select all that apply from", "select_multiple"},
                                      {"select all that apply", "select_multiple"},
                                      {"select multiple from", "select_multiple"},
                                      {"select multiple", "select_multiple"},
                                      {"add select multiple prompt using", "select_multiple"},
                                      {"select one from file", "select_one_from_file"},
                                      {"select multiple from file", "select_multiple_from_file"},
                                      {"q string", "text"},
                                      {"add text prompt", "text"},
                                      {"q int", "integer"},
                                      {"add integer prompt", "integer"},
                                      {"q decimal", "decimal"},
                                      {"add decimal prompt", "decimal"},
                                      {"q date", "date"},
                                      {"add date prompt", "date"},
                                      {"add note prompt", "note"},
                                      {"q note", "note"},
                                      {"q select", "select_multiple"},
                                      {"q select1", "select_one"},
                                      {"q geopoint", "geopoint"},
                                      {"q location", "geopoint"},
                                      {"add location prompt", "geopoint"},
                                      {"add image prompt", "image"},
                                      {"add audio prompt", "audio"},
                                      {"add video prompt", "video"},
                                      {"q picture", "image"},
                                      {"q audio", "audio"},
                                      {"q video", "video"},
                                      {"q barcode", "barcode"},
                                      {"q acknowledge", "acknowledge"},
                                      {"get start time", "start"},
                                      {"get end time", "end"},
                                      {"get today", "today"},
                                      {"get device id", "deviceid"},
                                      {"uri:deviceid", "deviceid"},
                                      {"uri:subscriberid", "subscriberid"},
                                      {"uri:simserial", "simserial"},
                                      {"uri:phonenumber", "phonenumber"},
                                      {"uri:username", "username"},
                                      {"uri:email", "email"},
                                      {"select multiple using", "select_multiple"},
                                      {"add photo prompt", "image"},
                                      {"add file prompt", "file"},
                                      {"add barcode prompt", "barcode"},
                                      {"add acknowledge prompt", "acknowledge"},
                                      {"add calculate prompt", "calculate"},
                                      {"q calculate", "calculate"},
                                      {"add date time prompt", "datetime"},
                                      {"add datetime prompt", "datetime"},
                                      {"q date time", "datetime"},
                                      {"q datetime", "datetime"},
                                      {"q image", "image"},
                                      {"start time", "start"},
                                      {"end time", "end"},
                                      {"device id", "deviceid"},
                                      {"get phone number", "phonenumber"},
                                      {"subscriber id", "subscriberid"},
                                      {"get subscriber id", "subscriberid"},
                                      {"sim id", "simserial"},
                                      {"get sim id", "simserial"},
                                      {"percentage", "integer"},
                                      {"number of days in last month", "integer"},
                                      {"number of days in last six months", "integer"},
                                      {"number of days in last year", "integer"}};

std::string lowered(const std::string& text) {
  return base::lower(base::collapse(text));
}

}  // namespace

Bracket bracket_of(const std::string& type_cell) {
  std::string word = lowered(type_cell);
  std::replace(word.begin(), word.end(), '_', ' ');
  if (word == "begin group") return Bracket::begin_group;
  if (word == "end group") return Bracket::end_group;
  if (word == "begin repeat" || word == "begin lgroup" || word == "begin looped group")
    return Bracket::begin_repeat;
  if (word == "end repeat" || word == "end lgroup" || word == "end looped group") return Bracket::end_repeat;
  if (word == "begin loop" || word.rfind("begin loop ", 0) == 0) return Bracket::begin_loop;
  if (word == "end loop") return Bracket::end_loop;
  // Kobo's score, rank and matrix are groups with a look of their own.
  if (word.rfind("begin score", 0) == 0 || word.rfind("begin rank", 0) == 0 ||
      word.rfind("begin kobomatrix", 0) == 0)
    return Bracket::begin_group;
  if (word.rfind("end score", 0) == 0 || word.rfind("end rank", 0) == 0 ||
      word.rfind("end kobomatrix", 0) == 0)
    return Bracket::end_group;
  return Bracket::none;
}

std::string loop_list(const std::string& type_cell) {
  std::string rest = base::collapse(type_cell).substr(std::string_view("begin loop").size());
  if (base::lower(rest).rfind(" over ", 0) == 0) rest = rest.substr(5);
  return base::trim(rest);
}

std::vector<std::string> type_words(QuestionTypes types) {
  std::vector<std::string> out = {"begin_group", "end_group", "begin_repeat", "end_repeat"};
  for (const QuestionType* type : types) out.emplace_back(type->words.front());
  return out;
}

bool takes_file(const QuestionType& type) {
  return type.takes_list && type.words.front().find("from_file") != std::string_view::npos;
}

TypeWord type_of(const std::string& type_cell, QuestionTypes types) {
  std::string cell = base::collapse(type_cell);
  TypeWord out;
  for (std::string_view tail : {" or_other", " or specify other", " or other"}) {
    if (cell.size() <= tail.size() || base::lower(cell.substr(cell.size() - tail.size())) != tail) continue;
    out.or_other = true;
    cell.resize(cell.size() - tail.size());
  }
  // The longest known beginning is the type, what follows its argument.
  std::string low = base::lower(cell);
  size_t best = 0;
  std::string_view word;
  auto offer = [&](std::string_view written, std::string_view means) {
    bool fits = low.rfind(written, 0) == 0 && (low.size() == written.size() || low[written.size()] == ' ');
    if (fits && written.size() > best) {
      best = written.size();
      word = means;
    }
  };
  for (const QuestionType* type : types)
    for (std::string_view name : type->words) offer(name, type->words.front());
  for (const Spelling& spelling : old_spellings) offer(spelling.written, spelling.word);
  if (best == 0) return out;
  for (const QuestionType* type : types)
    if (type->words.front() == word) out.type = type;
  out.argument = base::trim(cell.substr(best));
  return out;
}

}  // namespace definition
