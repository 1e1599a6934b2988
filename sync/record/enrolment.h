// Enrolment request: what a new device shows a coordinator (SVE1; ENROLMENT.md): its public keys and a label,
// signed by itself.
//
//   Bytes file = make_enrolment(label, keys);   Result<Enrolment> e = parse_enrolment(file);
//   spoken(e->id)                                // twenty digits, the same on both screens
//
// The request's hash is the `previous` of the device's first sealed revision.
#pragma once

#include "sync/seal/crypto.h"

namespace record {

struct Enrolment {
  std::string label;
  seal::PublicSign sign;
  seal::PublicBox box;
  base::DeviceId device;
  base::Hash id;
};

base::Bytes make_enrolment(const std::string& label, const seal::DeviceKeys& keys);
base::Result<Enrolment> parse_enrolment(base::ByteView bytes);

}  // namespace record
