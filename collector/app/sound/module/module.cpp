// The sound of this machine: PortAudio's default devices, Opus, sonic. Built as a module of its own.
#include "collector/app/sound/module/module.h"

#include <portaudio.h>

#include <algorithm>
#include <array>
#include <atomic>

namespace sound {
namespace {

using base::Fault;

// Samples between PortAudio's thread and ours, without a lock: one writes, one reads.
class Ring {
 public:
  size_t put(const int16_t* from, size_t count) {
    size_t w = written_.load(std::memory_order_relaxed);
    size_t n = std::min(count, size - (w - read_.load(std::memory_order_acquire)));
    for (size_t i = 0; i < n; ++i) samples_[(w + i) % size] = from[i];
    written_.store(w + n, std::memory_order_release);
    return n;
  }
  size_t take(int16_t* to, size_t count) {
    size_t r = read_.load(std::memory_order_relaxed);
    size_t n = std::min(count, written_.load(std::memory_order_acquire) - r);
    for (size_t i = 0; i < n; ++i) to[i] = samples_[(r + i) % size];
    read_.store(r + n, std::memory_order_release);
    return n;
  }
  size_t waiting() const { return written_ - read_; }
  size_t room() const { return size - waiting(); }
  void clear() { read_ = written_.load(); }
  static constexpr size_t size = 1 << 18;  // five seconds

 private:
  std::array<int16_t, size> samples_{};
  std::atomic<size_t> written_{0}, read_{0};
};

class Started {  // PortAudio, for as long as a stream lives
 public:
  Started() : good_(Pa_Initialize() == paNoError) {}
  ~Started() {
    if (good_) Pa_Terminate();
  }
  bool good() const { return good_; }

 private:
  bool good_;
};

class PortInput : public Input {
 public:
  static base::Result<std::unique_ptr<Input>> open() {
    std::unique_ptr<PortInput> out(new PortInput());
    PaDeviceIndex device = out->started_.good() ? Pa_GetDefaultInputDevice() : paNoDevice;
    if (device == paNoDevice) return base::fail(Fault::missing, "microphone", "There is no microphone.");
    PaStreamParameters p{device, 1, paInt16, Pa_GetDeviceInfo(device)->defaultHighInputLatency, nullptr};
    auto heard = [](const void* in, void*, unsigned long frames, const PaStreamCallbackTimeInfo*,
                    PaStreamCallbackFlags, void* self) -> int {
      auto& me = *static_cast<PortInput*>(self);
      if (in && me.ring_.put(static_cast<const int16_t*>(in), frames) < frames) me.dropped_ = true;
      return paContinue;
    };
    if (Pa_OpenStream(&out->stream_, &p, nullptr, rate, paFramesPerBufferUnspecified, paClipOff, heard,
                      out.get()) != paNoError)
      return base::fail(Fault::unsupported, "microphone",
                        "The microphone does not open. Is another program using it?");
    return out;
  }
  ~PortInput() override {
    if (stream_) Pa_CloseStream(stream_);
  }
  base::Status start() override {
    ring_.clear();
    if (Pa_StartStream(stream_) != paNoError)
      return base::fail(Fault::unsupported, "microphone", "The microphone does not start.");
    running_ = true;
    return {};
  }
  void stop() override {
    if (running_) Pa_StopStream(stream_);
    running_ = false;
  }
  size_t read(std::span<int16_t> into) override { return ring_.take(into.data(), into.size()); }
  bool lost() const override { return dropped_ || (running_ && Pa_IsStreamActive(stream_) != 1); }

 private:
  PortInput() = default;
  Started started_;
  PaStream* stream_ = nullptr;
  Ring ring_;
  std::atomic<bool> dropped_{false};
  bool running_ = false;
};

class PortOutput : public Output {
 public:
  static base::Result<std::unique_ptr<Output>> open() {
    std::unique_ptr<PortOutput> out(new PortOutput());
    PaDeviceIndex device = out->started_.good() ? Pa_GetDefaultOutputDevice() : paNoDevice;
    if (device == paNoDevice) return base::fail(Fault::missing, "loudspeaker", "There is no loudspeaker.");
    PaStreamParameters p{device, 1, paInt16, Pa_GetDeviceInfo(device)->defaultHighOutputLatency, nullptr};
    auto fill = [](const void*, void* to, unsigned long frames, const PaStreamCallbackTimeInfo*,
                   PaStreamCallbackFlags, void* self) -> int {
      auto& me = *static_cast<PortOutput*>(self);
      auto* samples = static_cast<int16_t*>(to);
      size_t n = me.ring_.take(samples, frames);
      std::fill(samples + n, samples + frames, int16_t{0});
      return paContinue;
    };
    if (Pa_OpenStream(&out->stream_, nullptr, &p, rate, paFramesPerBufferUnspecified, paClipOff, fill,
                      out.get()) != paNoError)
      return base::fail(Fault::unsupported, "loudspeaker", "The loudspeaker does not open.");
    return out;
  }
  ~PortOutput() override {
    if (stream_) Pa_CloseStream(stream_);
  }
  base::Status start() override {
    if (!running_ && Pa_StartStream(stream_) != paNoError)
      return base::fail(Fault::unsupported, "loudspeaker", "The loudspeaker does not start.");
    running_ = true;
    return {};
  }
  void stop() override {
    if (running_) Pa_AbortStream(stream_);
    running_ = false;
    ring_.clear();
  }
  // A fifth of a second ahead: speed and pauses are heard soon.
  size_t room() const override { return ahead > ring_.waiting() ? ahead - ring_.waiting() : 0; }
  void write(std::span<const int16_t> samples) override { ring_.put(samples.data(), samples.size()); }
  bool silent() const override { return ring_.waiting() == 0; }

 private:
  static constexpr size_t ahead = rate / 5;
  PortOutput() = default;
  Started started_;
  PaStream* stream_ = nullptr;
  Ring ring_;
  bool running_ = false;
};

class RealSystem : public System {
 public:
  base::Result<std::unique_ptr<Input>> open_input() override { return PortInput::open(); }
  base::Result<std::unique_ptr<Output>> open_output() override { return PortOutput::open(); }
  base::Result<std::unique_ptr<Encoder>> encoder(bool voice_only, Sink sink) override {
    return opus_encoder(voice_only, std::move(sink));
  }
  base::Result<std::unique_ptr<Decoder>> decoder(base::Bytes bytes) override {
    return opus_decoder(std::move(bytes));
  }
  std::unique_ptr<Tempo> tempo() override { return sonic_tempo(); }
};

}  // namespace

System& real_system() {
  static RealSystem system;
  return system;
}

}  // namespace sound

extern "C" __attribute__((visibility("default"))) sound::System* rihla_sound() {
  return &sound::real_system();
}
