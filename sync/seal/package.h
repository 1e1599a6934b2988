// Package: files sealed together for a project's members (SVF1; PACKAGE.md): a form with its lists.
//
//   Result<Bytes> package = seal_package(project, {{"survey.csv", bytes}, …}, read_key, generation, keys);
//   Result<Package> back = open_package(*package, read_key, signer);
//
// Sealed with the project's read key, which every member's slot holds; signed by the coordinator who made it.
// At most 256 files of 64 MiB in all; names are plain: no folder above, no absolute path.
#pragma once

#include <map>

#include "sync/seal/crypto.h"

namespace seal {

using Files = std::map<std::string, Bytes>;

struct Package {
  base::ProjectId project;
  base::DeviceId signer;
  uint32_t generation = 0;
  Hash id;  // of the sealed bytes; what a publish statement names
  Files files;
};

Result<Bytes> seal_package(const base::ProjectId& project, const Files& files, const Key& read_key,
                           uint32_t generation, const DeviceKeys& keys);
Result<Package> open_package(ByteView bytes, const Key& read_key, const PublicSign& signer);
Result<Hash> package_id(ByteView bytes);  // structure checked, nothing opened

}  // namespace seal
