// testkit_generate FOLDER [FORMAT …]: writes the testkit anew, all of it or these formats. Sealing draws nonces of its own, so the result differs each time;
// what is committed is one run.
#include <algorithm>
#include <cstdio>

#include "tests/vectors/testkit/makers.h"

int main(int count, char** words) {
  if (count < 2 || !seal::start()) return 2;
  size_t sum = 0;
  for (auto maker : {testkit::envelopes, testkit::stubs, testkit::heads, testkit::keys, testkit::tombstones,
                     testkit::attachments, testkit::packages, testkit::bundles, testkit::revisions,
                     testkit::statements, testkit::enrolments, testkit::send_backs, testkit::migrations,
                     testkit::kits, testkit::journals}) {
    testkit::Kit kit = maker();
    if (count > 2 && std::find(words + 2, words + count, kit.format()) == words + count) continue;
    kit.write(words[1]);
    sum += kit.size();
  }
  std::printf("%zu vectors\n", sum);
  return 0;
}
