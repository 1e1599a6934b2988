// Sound: what a microphone, a loudspeaker and a speech codec can do, behind one small interface. The real ones
// (PortAudio, Opus) stand in a module that is loaded at first use: where it is absent, sound is off, with a
// word, and nothing else changes. FileSound (file_sound.h) is the same from files, for tests.
//
//   System* system = app::sound_module();               // null: no module here
//   auto in = system->open_input();   (*in)->start();   n = (*in)->read(samples);
//
// Samples are mono, 16 bits, 48,000 a second. An Input and an Output are used by one thread at a time; none of
// their functions waits. Errors: missing (no such device), unsupported (it does not open).
#pragma once

#include <functional>
#include <memory>
#include <span>

#include "forms/base/bytes.h"
#include "forms/base/error.h"

namespace sound {

inline constexpr int rate = 48'000;
inline constexpr int64_t samples_of(int64_t ms) {
  return ms * rate / 1000;
}
inline constexpr int64_t ms_of(int64_t samples) {
  return samples * 1000 / rate;
}

class Input {
 public:
  virtual ~Input() = default;
  virtual base::Status start() = 0;
  virtual void stop() = 0;
  virtual size_t read(std::span<int16_t> into) = 0;  // what has come since
  virtual bool lost() const = 0;                     // unplugged, or so slow that samples were dropped
};

class Output {
 public:
  virtual ~Output() = default;
  virtual base::Status start() = 0;
  virtual void stop() = 0;
  virtual size_t room() const = 0;  // samples it takes now
  virtual void write(std::span<const int16_t> samples) = 0;
  virtual bool silent() const = 0;  // everything written has been heard
};

class Encoder {  // to Ogg Opus; bytes go to the sink it was made with, in order
 public:
  virtual ~Encoder() = default;
  virtual base::Status write(std::span<const int16_t> samples) = 0;
  virtual base::Status finish() = 0;
};
using Sink = std::function<void(base::ByteView)>;

class Decoder {
 public:
  virtual ~Decoder() = default;
  virtual int64_t length() const = 0;  // samples
  virtual bool seek(int64_t sample) = 0;
  virtual size_t read(std::span<int16_t> into) = 0;  // 0: the end, or damage
};

class Tempo {  // faster or slower, the voice as high as it was
 public:
  virtual ~Tempo() = default;
  virtual void speed(double factor) = 0;
  virtual void put(std::span<const int16_t> samples) = 0;
  virtual void flush() = 0;
  virtual size_t take(std::span<int16_t> into) = 0;
};

class System {
 public:
  virtual ~System() = default;
  virtual base::Result<std::unique_ptr<Input>> open_input() = 0;
  virtual base::Result<std::unique_ptr<Output>> open_output() = 0;
  virtual base::Result<std::unique_ptr<Encoder>> encoder(bool voice_only, Sink sink) = 0;
  virtual base::Result<std::unique_ptr<Decoder>> decoder(base::Bytes opus) = 0;
  virtual std::unique_ptr<Tempo> tempo() = 0;
};

// How loud: 0 silence, 1 as loud as it can be; the largest sample of them.
float peak_of(std::span<const int16_t> samples);
// On a meter that the eye reads: -60 dB is 0, 0 dB is 1.
float meter_of(float peak);

}  // namespace sound
