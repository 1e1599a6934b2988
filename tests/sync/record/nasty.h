// The questions of the random histories and what may be answered: the values that break programs first.
#pragma once

#include "sync/record/value.h"

namespace support {

using namespace record;

// What a question of each kind may hold, the nasty ones first.
inline const std::vector<Value>& values_of(Tag tag) {
  static const std::map<Tag, std::vector<Value>> all = [] {
    std::map<Tag, std::vector<std::string>> texts = {
        {Tag::text,
         {"e\xCC\x81t\xC3\xA9", "\xC3\xA9te\xCC\x81", "\xC4\xB0stanbul", "istanbul", "\xC4\xB1stanbul",
          "I\xCC\x87stanbul", "\xD8\xA2\xD8\xA8", "\xD8\xA7\xD9\x93\xD8\xA8",
          "\xD9\x85\xD9\x8F\xD8\xAD\xD9\x85\xD9\x8E\xD9\x91\xD8\xAF", " ", "=1+1", std::string(5000, 'x')}},
        {Tag::integer, {"0", "-1", "9223372036854775807", "-9223372036854775808", "7"}},
        {Tag::decimal,
         {"-0", "0.0", "5e-324", "0.1", "1e22", "1" + std::string(400, '0'), "-2.5", "0.30000000000000004"}},
        {Tag::choices, {"", "a", "b", "a b", "b c", "a b c d", "d"}},
        {Tag::consent, {"yes", "no", "later"}},
        {Tag::date, {"2026-02-28", "2024-02-29", "1446-01-01"}},
        {Tag::present, {"1", "2", "10"}},
    };
    std::map<Tag, std::vector<Value>> out;
    for (const auto& [kind, list] : texts)
      for (const std::string& t : list)
        if (auto v = make_value(kind, t)) out[kind].push_back(*v);
    return out;
  }();
  return all.at(tag);
}
struct Asked {
  std::string question;
  Tag tag;
  int depth = 0;  // repeats around it
};
inline const std::vector<Asked>& questions() {
  static const std::vector<Asked> all = {{"name", Tag::text},
                                         {"age", Tag::integer},
                                         {"income", Tag::decimal},
                                         {"langs", Tag::choices},
                                         {"agree", Tag::consent},
                                         {"day", Tag::date},
                                         {"member", Tag::present, 1},
                                         {"member/job", Tag::text, 1},
                                         {"member/tongues", Tag::choices, 1},
                                         {"member/child", Tag::present, 2},
                                         {"member/child/age", Tag::integer, 2}};
  return all;
}

}  // namespace support
