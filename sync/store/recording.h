// Recording: an attachment on its way into a vault, sealed chunk by chunk while it is made.
//
//   auto r = vault->begin_media(draft, {project, record, id, Grain::recording}, "voice.opus");
//   (*r)->write(samples);  …  auto media = (*r)->close();     // then journal media->answer() as the answer
//
// Each whole chunk is on disk, sealed, when write() returns. A recording that is dropped without close(), or whose
// program dies, is mended when the draft is opened again: whole chunks are kept. cancel() leaves nothing.
#pragma once

#include "sync/store/files.h"
#include "sync/store/interviews.h"

namespace store {

struct Media {  // an attachment of a draft
  seal::AttachmentRef ref;
  std::string name;                     // as the person knows it: "photo.jpg"
  bool damaged = false;                 // its file does not open, and cannot be mended
  std::string answer() const;  // canonical text of a Tag::attachment value: id in hex, '/', name
};

class Recording {
 public:
  ~Recording();
  Status write(ByteView plain);
  Result<Media> close();
  Status cancel();
  uint64_t written() const;
  std::string answer() const;  // as close() will say: journalled before, a recording that is cut short is found

 private:
  friend class Vault;
  struct State;
  explicit Recording(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace store
