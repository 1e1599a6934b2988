// Errors are values. Nearly every failure here is ordinary (a wrong key, a full disk, a broken form, no
// network) and the caller must choose what the user sees, so nothing is thrown across our own interfaces.
//
//   Result<Survey> survey = open(path);
//   if (!survey) return tl::unexpected(survey.error());
//   return fail(Fault::corrupt, "bundle 7", "the hash at the end does not match");
//
// `fault` is what the caller acts on, `where` a place the user knows (sheet and cell, question, file and
// offset), `detail` a full English sentence that says what to do. The window translates the fault and shows
// `where`; the command line prints all three. A form full of mistakes is not an Error: it is a list of
// definition::Diagnostic.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

namespace base {

enum class Fault {
  invalid,      // the request or the content makes no sense; change it
  corrupt,      // bytes are damaged or forged; ask for them again
  locked,       // wrong passphrase, no key, or no permission
  unsupported,  // made by a newer version, or not yet built; update
  missing,      // a file, form, list, key or record is not there
  conflict,     // it exists already, or something else holds it
  full,         // disk, quota or a stated limit
  offline,      // the other side does not answer
  cancelled,    // the user stopped it; nothing changed
};

// Stable lower-case word for a fault: "invalid", "corrupt", …; the exit codes of `rihla` follow this order.
std::string_view fault_name(Fault fault);

struct Error {
  Fault fault = Fault::invalid;
  std::string where;
  std::string detail;
};

// One line for a terminal or a log: "corrupt: bundle 7: the hash at the end does not match".
std::string describe(const Error& error);

template <class T>
using Result = tl::expected<T, Error>;
using Status = Result<void>;

inline tl::unexpected<Error> fail(Fault fault, std::string where, std::string detail) {
  return tl::unexpected<Error>(Error{fault, std::move(where), std::move(detail)});
}
inline tl::unexpected<Error> pass(Error error) {
  return tl::unexpected<Error>(std::move(error));
}

// A broken invariant of our own: print the place and stop. Never for input from outside.
[[noreturn]] void broken(const char* condition, const char* file, int line);
#define RIHLA_CHECK(condition) ((condition) ? void(0) : ::base::broken(#condition, __FILE__, __LINE__))

}  // namespace base
