#include "collector/app/media_box.h"

#include "sync/store/recording.h"

namespace app {

using base::Bytes;
using base::ByteView;
using base::Fault;
using base::Status;

namespace {

constexpr size_t most_practised = 64 << 20;

class VaultWriter : public MediaWriter {
 public:
  explicit VaultWriter(std::unique_ptr<store::Recording> recording) : recording_(std::move(recording)) {}
  Status write(ByteView bytes) override { return recording_->write(bytes); }
  Status close() override {
    auto media = recording_->close();
    if (!media) return base::pass(media.error());
    return {};
  }
  Status cancel() override { return recording_->cancel(); }
  std::string answer() const override { return recording_->answer(); }

 private:
  std::unique_ptr<store::Recording> recording_;
};

}  // namespace

class PractisedWriter : public MediaWriter {
 public:
  PractisedWriter(MediaBox& box, std::string answer) : box_(box), answer_(std::move(answer)) {
    box_.practised_[answer_] = {};
  }
  Status write(ByteView bytes) override {
    size_t all = bytes.size();
    for (const auto& [answer, kept] : box_.practised_) all += kept.size();
    if (all > most_practised)
      return base::fail(Fault::full, "practice", "Practice keeps 64 MB of attachments.");
    Bytes& to = box_.practised_[answer_];
    to.insert(to.end(), bytes.begin(), bytes.end());
    return {};
  }
  Status close() override { return {}; }
  Status cancel() override {
    box_.practised_.erase(answer_);
    return {};
  }
  std::string answer() const override { return answer_; }

 private:
  MediaBox& box_;
  std::string answer_;
};

MediaBox::~MediaBox() {
  forget();
}

void MediaBox::forget() {
  for (auto& [answer, bytes] : practised_) seal::wipe(std::span<uint8_t>(bytes));
  practised_.clear();
}

base::Result<std::unique_ptr<MediaWriter>> MediaBox::begin(Interview& interview, engine::NodeId node,
                                                           const std::string& name, seal::Grain grain) {
  if (interview.is_practice()) {
    std::string id = std::to_string(++count_);
    id.insert(0, 32 - id.size(), '0');
    return std::make_unique<PractisedWriter>(*this, id + "/" + name);
  }
  auto recording = interview.record_media(node, name, grain);
  if (!recording) return base::pass(recording.error());
  return std::make_unique<VaultWriter>(std::move(*recording));
}

base::Result<Bytes> MediaBox::read(Interview& interview, const std::string& answer, size_t most) {
  if (auto at = practised_.find(answer); at != practised_.end()) return at->second;
  Bytes out;
  auto done = interview.read_media(answer, [&](ByteView bytes) -> Status {
    if (out.size() + bytes.size() > most)
      return base::fail(Fault::full, "attachment", "This attachment is too large to be shown.");
    out.insert(out.end(), bytes.begin(), bytes.end());
    return {};
  });
  if (!done) return base::pass(done.error());
  return out;
}

}  // namespace app
