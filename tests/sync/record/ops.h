// ops(): random operations of a history as plain numbers, so that a failing one shrinks. Up to 200. story.h plays them.
#pragma once

#include <rapidcheck.h>

#include <cstdint>
#include <ostream>
#include <vector>

namespace support {

struct Op {
  uint8_t kind = 0, who = 0, record = 0, what = 0;
  uint32_t dice = 0;
};
inline std::ostream& operator<<(std::ostream& out, const Op& op) {
  return out << '{' << int(op.kind) << ',' << int(op.who) << ',' << int(op.record) << ',' << int(op.what)
             << ',' << op.dice << '}';
}
inline rc::Gen<std::vector<Op>> ops() {
  auto byte = rc::gen::map(rc::gen::inRange(0, 256), [](int n) { return static_cast<uint8_t>(n); });
  auto dice = rc::gen::map(rc::gen::inRange<int64_t>(0, int64_t{1} << 32),
                           [](int64_t n) { return static_cast<uint32_t>(n); });
  auto one = rc::gen::build<Op>(rc::gen::set(&Op::kind, byte), rc::gen::set(&Op::who, byte),
                                rc::gen::set(&Op::record, byte), rc::gen::set(&Op::what, byte),
                                rc::gen::set(&Op::dice, dice));
  return rc::gen::scale(2.0, rc::gen::container<std::vector<Op>>(one));
}

}  // namespace support
