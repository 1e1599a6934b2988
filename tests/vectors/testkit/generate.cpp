// testkit_generate FOLDER: writes the testkit anew. Sealing draws nonces of its own, so the result differs each time;
// what is committed is one run.
#include <cstdio>

#include "tests/vectors/testkit/makers.h"

int main(int count, char** words) {
  if (count != 2 || !seal::start()) return 2;
  size_t sum = 0;
  for (auto maker : {testkit::envelopes, testkit::stubs, testkit::heads, testkit::keys, testkit::tombstones,
                     testkit::attachments, testkit::packages, testkit::bundles, testkit::revisions}) {
    testkit::Kit kit = maker();
    kit.write(words[1]);
    sum += kit.size();
  }
  std::printf("%zu vectors\n", sum);
  return 0;
}
