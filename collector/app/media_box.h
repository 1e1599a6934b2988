// MediaBox: attachments of the interview that is open, whether it is sealed in a vault or only practised.
//
//   auto writer = box.begin(interview, node, "photo.jpg", Grain::file);
//   (*writer)->write(bytes);   interview.store(node, (*writer)->answer());   (*writer)->close();
//   auto bytes = box.read(interview, answer, 64 << 20);
//
// A practised attachment lives in memory, 64 MB together, and is wiped with the box. Errors: as the vault's; full
// beyond a bound.
#pragma once

#include <map>
#include <memory>

#include "collector/app/interview.h"

namespace app {

class MediaWriter {
 public:
  virtual ~MediaWriter() = default;
  virtual base::Status write(base::ByteView bytes) = 0;
  virtual base::Status close() = 0;
  virtual base::Status cancel() = 0;
  virtual std::string answer() const = 0;  // "id/name": the value of the question
};

class MediaBox {
 public:
  ~MediaBox();
  base::Result<std::unique_ptr<MediaWriter>> begin(Interview& interview, engine::NodeId node,
                                                   const std::string& name, seal::Grain grain);
  base::Result<base::Bytes> read(Interview& interview, const std::string& answer, size_t most);
  void forget();  // what was practised

 private:
  friend class PractisedWriter;
  std::map<std::string, base::Bytes> practised_;  // by answer
  int count_ = 0;
};

}  // namespace app
