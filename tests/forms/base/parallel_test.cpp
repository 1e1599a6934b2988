#include "forms/base/parallel.h"

#include <doctest/doctest.h>

#include <vector>

TEST_CASE("parallel: each number is done once, also those that are left when the first thread comes to help") {
  for (size_t count : {size_t{0}, size_t{1}, size_t{15}, size_t{16}, size_t{1000}}) {
    std::vector<int> done(count);
    base::Parallel work(count, [&](size_t i) { ++done[i]; });
    work.finish();
    work.finish();
    CHECK(done == std::vector<int>(count, 1));
    base::in_parallel(count, [&](size_t i) { ++done[i]; });
    CHECK(done == std::vector<int>(count, 2));
  }
}

TEST_CASE("parallel: where memory ends in the work, whichever thread it was, the first one is told") {
  for (size_t at : {size_t{0}, size_t{7}, size_t{999}}) {
    auto work = [&](size_t i) {
      if (i == at) throw std::bad_alloc();
    };
    CHECK_THROWS_AS(base::in_parallel(1000, work), std::bad_alloc);
    base::Parallel let_pass(1000, work);  // its destructor does not throw
  }
}
