// Admission: what a device takes in of a bundle: words, forms, withdrawals, and what it leaves out.
//
//   auto taken = admit_words(device, bundle, carrier);      // whoever carried it: each proves itself
//   if (taken->left_out) aside.put(name, state);                 // not read again until something has changed
//
// A coordinator's form is kept, of anybody else's bundle only one that a word here publishes. Words that nobody here
// may say yet are kept for the day their right arrives, of strangers within bounds (central_items.h). So whoever can
// write into a place cannot fill a laptop.
#pragma once

#include <map>

#include "collector/app/withdrawals.h"
#include "sync/exchange/bundle.h"

namespace app {

struct Taken {
  int items = 0;
  int left_out = 0;  // come from nobody this project knows, and there is no room to keep them
};
base::Result<Taken> admit_words(Profile& device, const exchange::Bundle& bundle, Carrier carrier);

// Bundles of which something was left out, and how things stood then: as long as they stand so, reading the bundle
// again would bring nothing. At most 1,000 are remembered. One text, to be kept where the replica keeps things.
class Aside {
 public:
  explicit Aside(std::string_view text = {});
  bool has(const std::string& name) const { return states_.count(name) > 0; }
  bool is(const std::string& name, const std::string& state) const;
  void put(const std::string& name, const std::string& state);
  std::string text() const;

 private:
  std::map<std::string, std::string> states_;
};

}  // namespace app
