// Ogg Opus through libopusenc and libopusfile; tempo through sonic.
#include "collector/app/sound/module/module.h"

#include <opusenc.h>
#include <opusfile.h>
#include <sonic.h>

#include <algorithm>
#include <cstring>

namespace sound {
namespace {

using base::Fault;

class OpusEncoder : public Encoder {
 public:
  static base::Result<std::unique_ptr<Encoder>> make(bool voice_only, Sink sink) {
    std::unique_ptr<OpusEncoder> out(new OpusEncoder(std::move(sink)));
    static const OpusEncCallbacks calls = {
        [](void* self, const unsigned char* bytes, opus_int32 length) {
          static_cast<OpusEncoder*>(self)->sink_({bytes, static_cast<size_t>(length)});
          return 0;
        },
        [](void*) { return 0; }};
    out->comments_ = ope_comments_create();
    int error = 0;
    out->encoder_ = ope_encoder_create_callbacks(&calls, out.get(), out->comments_, rate, 1, 0, &error);
    if (!out->encoder_) return base::fail(Fault::unsupported, "sound", "The speech codec does not start.");
    // Speech: about 11 MB an hour. Pages of half a second: what a power cut takes is little more.
    ope_encoder_ctl(out->encoder_, OPUS_SET_BITRATE(voice_only ? 24'000 : 48'000));
    ope_encoder_ctl(out->encoder_, OPUS_SET_COMPLEXITY(5));
    ope_encoder_ctl(out->encoder_, OPUS_SET_SIGNAL(voice_only ? OPUS_SIGNAL_VOICE : OPUS_AUTO));
    ope_encoder_ctl(out->encoder_, OPE_SET_MUXING_DELAY(rate / 2));
    return out;
  }
  ~OpusEncoder() override {
    if (encoder_) ope_encoder_destroy(encoder_);
    if (comments_) ope_comments_destroy(comments_);
  }
  base::Status write(std::span<const int16_t> samples) override {
    if (ope_encoder_write(encoder_, samples.data(), static_cast<int>(samples.size())) != OPE_OK)
      return base::fail(Fault::corrupt, "sound", "The speech codec failed.");
    return {};
  }
  base::Status finish() override {
    if (ope_encoder_drain(encoder_) != OPE_OK)
      return base::fail(Fault::corrupt, "sound", "The speech codec failed.");
    return {};
  }

 private:
  explicit OpusEncoder(Sink sink) : sink_(std::move(sink)) {}
  Sink sink_;
  OggOpusComments* comments_ = nullptr;
  OggOpusEnc* encoder_ = nullptr;
};

class OpusDecoder : public Decoder {
 public:
  static base::Result<std::unique_ptr<Decoder>> make(base::Bytes bytes) {
    std::unique_ptr<OpusDecoder> out(new OpusDecoder(std::move(bytes)));
    int error = 0;
    out->file_ = op_open_memory(out->bytes_.data(), out->bytes_.size(), &error);
    if (!out->file_) return base::fail(Fault::corrupt, "sound", "This recording cannot be read.");
    return out;
  }
  ~OpusDecoder() override {
    if (file_) op_free(file_);
    std::fill(bytes_.begin(), bytes_.end(), uint8_t{0});
  }
  int64_t length() const override { return std::max<ogg_int64_t>(0, op_pcm_total(file_, -1)); }
  bool seek(int64_t sample) override {
    return op_pcm_seek(file_, std::clamp<int64_t>(sample, 0, length())) == 0;
  }
  size_t read(std::span<int16_t> into) override {
    size_t done = 0;
    int holes = 0;
    std::vector<opus_int16> part(5760 * 2);
    while (done < into.size()) {
      if (left_.empty()) {
        int n = op_read_stereo(file_, part.data(), static_cast<int>(part.size()));
        if (n == OP_HOLE && ++holes < 100) continue;
        if (n <= 0) break;
        for (int i = 0; i < n; ++i)
          left_.push_back(static_cast<int16_t>(
              (part[static_cast<size_t>(2 * i)] + part[static_cast<size_t>(2 * i + 1)]) / 2));
      }
      size_t take = std::min(into.size() - done, left_.size());
      std::copy_n(left_.begin(), take, into.begin() + static_cast<long>(done));
      left_.erase(left_.begin(), left_.begin() + static_cast<long>(take));
      done += take;
    }
    return done;
  }

 private:
  explicit OpusDecoder(base::Bytes bytes) : bytes_(std::move(bytes)) {}
  base::Bytes bytes_;
  OggOpusFile* file_ = nullptr;
  std::vector<int16_t> left_;
};

class SonicTempo : public Tempo {
 public:
  SonicTempo() : stream_(sonicCreateStream(rate, 1)) {}
  ~SonicTempo() override { sonicDestroyStream(stream_); }
  void speed(double factor) override { sonicSetSpeed(stream_, static_cast<float>(factor)); }
  void put(std::span<const int16_t> samples) override {
    sonicWriteShortToStream(stream_, const_cast<int16_t*>(samples.data()), static_cast<int>(samples.size()));
  }
  void flush() override { sonicFlushStream(stream_); }
  size_t take(std::span<int16_t> into) override {
    return static_cast<size_t>(
        std::max(0, sonicReadShortFromStream(stream_, into.data(), static_cast<int>(into.size()))));
  }

 private:
  sonicStream stream_;
};

}  // namespace

base::Result<std::unique_ptr<Encoder>> opus_encoder(bool voice_only, Sink sink) {
  return OpusEncoder::make(voice_only, std::move(sink));
}

base::Result<std::unique_ptr<Decoder>> opus_decoder(base::Bytes bytes) {
  return OpusDecoder::make(std::move(bytes));
}

std::unique_ptr<Tempo> sonic_tempo() {
  return std::make_unique<SonicTempo>();
}

}  // namespace sound
