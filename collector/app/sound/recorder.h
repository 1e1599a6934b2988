// Recorder: a recording being made, in a thread of its own: microphone to encoder, level and silence told.
//
//   Recorder r(*system, {.voice_only = true}, [] { wake the window; });
//   for (Bytes& part : r.take()) recording->write(part);         // on the main thread, again and again
//   r.pause();  r.resume();  r.finish();                         // finish() waits for the last part
//
// Each part is a second or less of sound, so what a power cut can take is little more than a second. A pause
// keeps the device closed. `wake` is called from the thread, at most so many times a second as there is
// something new to see.
#pragma once

#include <atomic>
#include <chrono>
#include <mutex>
#include <thread>
#include <vector>

#include "collector/app/sound/sound.h"

namespace sound {

struct RecorderOptions {
  bool voice_only = true;
  bool keeps = true;    // false: a test of the microphone, whose sound is kept in memory alone (heard())
  int64_t most_ms = 0;  // ends by itself; 0: never
  int wakes_a_second = 2;
};

// Silence that deserves a word: nothing above this level for so long.
inline constexpr float quiet_level = 0.01f;  // -40 dB
inline constexpr int64_t silence_ms = 12'000;

class Recorder {
 public:
  enum class State : uint8_t { opening, recording, paused, done, failed };

  Recorder(System& system, const RecorderOptions& options, std::function<void()> wake);
  ~Recorder();  // finishes

  State state() const { return state_; }
  base::Error error() const;  // of State::failed
  int64_t ms() const { return ms_of(samples_); }
  float level() const { return level_; }      // 0 to 1, of the last moment
  float loudest() const { return loudest_; }  // since the beginning
  bool is_silent() const { return quiet_samples_ >= samples_of(silence_ms); }
  void pause();
  void resume();
  void finish();
  std::vector<base::Bytes> take();
  std::vector<int16_t> heard();  // keeps false: the samples

 private:
  void run();
  void fail(base::Error error);
  bool listen(Input& input, Encoder* encoder);

  System& system_;
  RecorderOptions options_;
  std::function<void()> wake_;
  std::atomic<State> state_{State::opening};
  std::atomic<bool> wants_pause_{false}, wants_end_{false};
  std::atomic<int64_t> samples_{0}, quiet_samples_{0};
  std::atomic<float> level_{0}, loudest_{0};
  mutable std::mutex mutex_;
  std::vector<base::Bytes> parts_;
  std::vector<int16_t> heard_;
  base::Error error_{};
  std::thread thread_;  // last: everything else is there when it begins
};

}  // namespace sound
