// FileSound: a microphone that hears a file and a loudspeaker that writes into memory, for tests and for
// machines without either. Time is the caller's: advance() lets so much of it pass.
//
//   FileSound sound(tone(440, 5000));   Recorder r(sound, …);   sound.advance(3000);
//
// The codec is the module's where it is given, else samples as they are, so that nothing else need be there.
#pragma once

#include <atomic>
#include <mutex>
#include <vector>

#include "collector/app/sound/sound.h"

namespace sound {

std::vector<int16_t> tone(double hertz, int64_t ms, double loudness = 0.5);
std::vector<int16_t> quiet(int64_t ms);
base::Result<std::vector<int16_t>> read_wav(base::ByteView file);  // 16 bits, 48 kHz, mono

class FileSound : public System {
 public:
  explicit FileSound(std::vector<int16_t> heard, System* codec = nullptr)
      : heard_(std::move(heard)), codec_(codec) {}
  void advance(int64_t ms) { clock_ += samples_of(ms); }
  void unplug() { unplugged_ = true; }
  std::vector<int16_t> played() const;

  base::Result<std::unique_ptr<Input>> open_input() override;
  base::Result<std::unique_ptr<Output>> open_output() override;
  base::Result<std::unique_ptr<Encoder>> encoder(bool voice_only, Sink sink) override;
  base::Result<std::unique_ptr<Decoder>> decoder(base::Bytes opus) override;
  std::unique_ptr<Tempo> tempo() override;

 private:
  friend class FileInput;
  friend class FileOutput;
  std::vector<int16_t> heard_;
  System* codec_;  // borrowed
  std::atomic<int64_t> clock_{0};
  std::atomic<bool> unplugged_{false};
  mutable std::mutex mutex_;
  std::vector<int16_t> played_;
};

}  // namespace sound
