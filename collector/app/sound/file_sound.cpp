#include "collector/app/sound/file_sound.h"

#include <algorithm>
#include <cmath>

namespace sound {

using base::Fault;

std::vector<int16_t> tone(double hertz, int64_t ms, double loudness) {
  std::vector<int16_t> out(static_cast<size_t>(samples_of(ms)));
  for (size_t i = 0; i < out.size(); ++i)
    out[i] = static_cast<int16_t>(std::lround(
        32767 * loudness * std::sin(2 * 3.14159265358979 * hertz * static_cast<double>(i) / rate)));
  return out;
}

std::vector<int16_t> quiet(int64_t ms) {
  return std::vector<int16_t>(static_cast<size_t>(samples_of(ms)));
}

base::Result<std::vector<int16_t>> read_wav(base::ByteView file) {
  base::Reader in(file);
  in.tag("RIFF");
  in.u32();
  in.tag("WAVE");
  while (in.ok() && in.left() >= 8) {
    std::string name(base::text_of(in.bytes(4)));
    uint32_t size = in.u32();
    base::ByteView part = in.bytes(std::min<size_t>(size, in.left()));
    if (name == "fmt " && part.size() >= 16) {
      base::Reader f(part);
      bool plain = f.u16() == 1 && f.u16() == 1 && f.u32() == rate;
      f.bytes(6);
      if (!plain || f.u16() != 16) break;
    }
    if (name != "data") continue;
    std::vector<int16_t> out(part.size() / 2);
    for (size_t i = 0; i < out.size(); ++i) out[i] = static_cast<int16_t>(part[2 * i] | part[2 * i + 1] << 8);
    return out;
  }
  return base::fail(Fault::unsupported, "sound", "This is no WAV file of one channel, 16 bits and 48 kHz.");
}

// Hears the file at the pace of the clock; what was said while it was stopped is gone.
class FileInput : public Input {
 public:
  explicit FileInput(FileSound& sound) : sound_(sound) {}
  base::Status start() override {
    from_ = sound_.clock_;
    started_ = true;
    return {};
  }
  void stop() override { started_ = false; }
  size_t read(std::span<int16_t> into) override {
    if (!started_ || sound_.unplugged_) return 0;
    int64_t now = std::min<int64_t>(sound_.clock_, static_cast<int64_t>(sound_.heard_.size()));
    int64_t n = std::clamp<int64_t>(now - from_, 0, static_cast<int64_t>(into.size()));
    std::copy_n(sound_.heard_.begin() + static_cast<long>(std::min<int64_t>(from_, now)), n, into.begin());
    from_ += n;
    return static_cast<size_t>(n);
  }
  bool lost() const override { return sound_.unplugged_; }

 private:
  FileSound& sound_;
  int64_t from_ = 0;
  bool started_ = false;
};

class FileOutput : public Output {
 public:
  explicit FileOutput(FileSound& sound) : sound_(sound) {}
  base::Status start() override { return {}; }
  void stop() override {}
  size_t room() const override { return rate / 10; }
  void write(std::span<const int16_t> samples) override {
    std::lock_guard<std::mutex> lock(sound_.mutex_);
    sound_.played_.insert(sound_.played_.end(), samples.begin(), samples.end());
  }
  bool silent() const override { return true; }

 private:
  FileSound& sound_;
};

namespace {

// Samples as they are, little-endian: what stands for a codec where there is none.
class PlainEncoder : public Encoder {
 public:
  explicit PlainEncoder(Sink sink) : sink_(std::move(sink)) {}
  base::Status write(std::span<const int16_t> samples) override {
    base::Writer out;
    for (int16_t s : samples) out.u16(static_cast<uint16_t>(s));
    sink_(out.peek());
    return {};
  }
  base::Status finish() override { return {}; }

 private:
  Sink sink_;
};

class PlainDecoder : public Decoder {
 public:
  explicit PlainDecoder(base::Bytes bytes) : bytes_(std::move(bytes)) {}
  int64_t length() const override { return static_cast<int64_t>(bytes_.size() / 2); }
  bool seek(int64_t sample) override {
    at_ = std::clamp<int64_t>(sample, 0, length());
    return true;
  }
  size_t read(std::span<int16_t> into) override {
    size_t n = 0;
    for (; n < into.size() && at_ < length(); ++n, ++at_)
      into[n] = static_cast<int16_t>(bytes_[static_cast<size_t>(2 * at_)] |
                                     bytes_[static_cast<size_t>(2 * at_ + 1)] << 8);
    return n;
  }

 private:
  base::Bytes bytes_;
  int64_t at_ = 0;
};

// Every so many-th sample: faster, and higher; enough to see that speed arrives.
class PlainTempo : public Tempo {
 public:
  void speed(double factor) override { factor_ = factor; }
  void put(std::span<const int16_t> samples) override {
    for (double at = 0; at < static_cast<double>(samples.size()); at += factor_)
      waiting_.push_back(samples[static_cast<size_t>(at)]);
  }
  void flush() override {}
  size_t take(std::span<int16_t> into) override {
    size_t n = std::min(into.size(), waiting_.size());
    std::copy_n(waiting_.begin(), n, into.begin());
    waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<long>(n));
    return n;
  }

 private:
  double factor_ = 1;
  std::vector<int16_t> waiting_;
};

}  // namespace

std::vector<int16_t> FileSound::played() const {
  std::lock_guard<std::mutex> lock(mutex_);
  return played_;
}

base::Result<std::unique_ptr<Input>> FileSound::open_input() {
  if (unplugged_) return base::fail(Fault::missing, "microphone", "There is no microphone.");
  return std::make_unique<FileInput>(*this);
}

base::Result<std::unique_ptr<Output>> FileSound::open_output() {
  return std::make_unique<FileOutput>(*this);
}

base::Result<std::unique_ptr<Encoder>> FileSound::encoder(bool voice_only, Sink sink) {
  if (codec_) return codec_->encoder(voice_only, std::move(sink));
  return std::make_unique<PlainEncoder>(std::move(sink));
}

base::Result<std::unique_ptr<Decoder>> FileSound::decoder(base::Bytes opus) {
  if (codec_) return codec_->decoder(std::move(opus));
  return std::make_unique<PlainDecoder>(std::move(opus));
}

std::unique_ptr<Tempo> FileSound::tempo() {
  if (codec_) return codec_->tempo();
  return std::make_unique<PlainTempo>();
}

}  // namespace sound
