// QuestionType: what one family of XLSForm types is, does and shows. One file in forms/questions/<family>/ is
// one type; CMake finds it and writes the table (questions::table()).
//
//   extern const QuestionType integer_question;
//   const QuestionType integer_question{.words = {"integer", "int"}, .data = DataType::integer,
//                                       .control = …, .accept = …};
//
// A type describes its screen as a plain Control (control.h); the window has one file a kind of control.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "forms/base/error.h"
#include "forms/definition/control.h"

namespace definition {

struct Node;

enum class DataType : uint8_t {
  none,  // notes
  text,
  integer,
  decimal,
  boolean,
  date,
  time,
  date_time,
  choice,
  choices,
  ranking,
  place,
  trace,
  shape,
  attachment,
};

// Values the form system fills by itself.
enum class Capture : uint8_t {
  none,
  start,
  end,
  today,
  device_id,
  username,
  email,
  phone_number,
  uuid,
  audit
};

struct QuestionType {
  std::vector<std::string_view> words = {};  // XLSForm type words, first is the canonical one
  DataType data = DataType::text;
  Capture capture = Capture::none;
  bool takes_list = false;        // "select_one LIST"
  std::string_view not_yet = {};  // English reason when the type is only shown; empty when supported
  Control (*control)(const Node& node) = nullptr;
  // What a person typed → the value as stored (ODK text form), or what to say. `typed` is never empty.
  base::Result<std::string> (*accept)(const Node& node, std::string_view typed) = nullptr;
};

using QuestionTypes = std::span<const QuestionType* const>;

}  // namespace definition
