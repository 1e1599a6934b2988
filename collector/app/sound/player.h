// Player: a recording being heard, in a thread of its own, from memory.
//
//   Player p(*system, opus_bytes, wake);  p.play();  p.speed(1.5);  p.back(3000);  p.pause();
//
// The position is what is being heard. At the end it stops and stands at the beginning again.
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "collector/app/sound/sound.h"

namespace sound {

class Player {
 public:
  Player(System& system, base::Bytes opus, std::function<void()> wake);
  Player(System& system, std::vector<int16_t> samples, std::function<void()> wake);  // of a test
  ~Player();

  bool failed() const { return failed_; }
  bool playing() const { return wants_play_; }
  int64_t ms() const { return ms_of(position_); }
  int64_t length_ms() const { return ms_of(length_); }
  double speed() const { return speed_; }
  void play();
  void pause();
  void back(int64_t ms);
  void seek(int64_t ms);
  void speed(double factor);

 private:
  void run();
  bool feed(Output& output, Decoder& decoder, Tempo& tempo);
  void poke();

  System& system_;
  base::Bytes opus_;
  std::vector<int16_t> samples_;
  std::function<void()> wake_;
  std::atomic<bool> wants_play_{false}, wants_end_{false}, failed_{false};
  std::atomic<int64_t> position_{0}, length_{0}, wants_seek_{-1};
  std::atomic<double> speed_{1};
  std::mutex mutex_;
  std::condition_variable changed_;
  std::thread thread_;
};

}  // namespace sound
