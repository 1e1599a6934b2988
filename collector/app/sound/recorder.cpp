#include "collector/app/sound/recorder.h"

#include <algorithm>

namespace sound {

using namespace std::chrono_literals;

Recorder::Recorder(System& system, const RecorderOptions& options, std::function<void()> wake)
    : system_(system), options_(options), wake_(std::move(wake)), thread_([this] { run(); }) {}

Recorder::~Recorder() {
  finish();
}

base::Error Recorder::error() const {
  std::lock_guard<std::mutex> lock(mutex_);
  return error_;
}

void Recorder::fail(base::Error error) {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    error_ = std::move(error);
  }
  state_ = State::failed;
  if (wake_) wake_();
}

void Recorder::pause() {
  wants_pause_ = true;
}

void Recorder::resume() {
  wants_pause_ = false;
}

void Recorder::finish() {
  wants_end_ = true;
  if (thread_.joinable()) thread_.join();
}

std::vector<base::Bytes> Recorder::take() {
  std::lock_guard<std::mutex> lock(mutex_);
  return std::exchange(parts_, {});
}

std::vector<int16_t> Recorder::heard() {
  std::lock_guard<std::mutex> lock(mutex_);
  return heard_;
}

void Recorder::run() {
  auto input = system_.open_input();
  if (!input) return fail(input.error());
  std::unique_ptr<Encoder> encoder;
  if (options_.keeps) {
    auto made = system_.encoder(options_.voice_only, [this](base::ByteView bytes) {
      std::lock_guard<std::mutex> lock(mutex_);
      parts_.emplace_back(bytes.begin(), bytes.end());
    });
    if (!made) return fail(made.error());
    encoder = std::move(*made);
  }
  if (auto done = (*input)->start(); !done) return fail(done.error());
  state_ = State::recording;
  bool good = listen(**input, encoder.get());
  (*input)->stop();
  if (encoder) (void)encoder->finish();
  if (good) state_ = State::done;
  if (wake_) wake_();
}

// Until it ends; false: the microphone is lost.
bool Recorder::listen(Input& input, Encoder* encoder) {
  std::vector<int16_t> samples(rate / 2);
  auto between = std::chrono::milliseconds(1000 / std::max(1, options_.wakes_a_second));
  auto next_wake = std::chrono::steady_clock::now();
  float loudest_since = 0;
  while (!wants_end_) {
    if (wants_pause_ && state_ == State::recording) {
      input.stop();
      state_ = State::paused;
      level_ = 0;
      if (wake_) wake_();
    } else if (!wants_pause_ && state_ == State::paused) {
      if (auto done = input.start(); !done) {
        fail(done.error());
        return false;
      }
      state_ = State::recording;
      quiet_samples_ = 0;
    }
    if (state_ == State::paused) {
      std::this_thread::sleep_for(50ms);
      continue;
    }
    size_t count = input.read(samples);
    std::span<const int16_t> got(samples.data(), count);
    if (options_.most_ms > 0)
      got = got.first(std::min<size_t>(
          count, static_cast<size_t>(std::max<int64_t>(0, samples_of(options_.most_ms) - samples_))));
    if (!got.empty()) {
      float peak = peak_of(got);
      loudest_since = std::max(loudest_since, peak);
      loudest_ = std::max(loudest_.load(), peak);
      quiet_samples_ = peak < quiet_level ? quiet_samples_ + static_cast<int64_t>(got.size()) : 0;
      samples_ += static_cast<int64_t>(got.size());
      if (encoder) {
        if (auto done = encoder->write(got); !done) {
          fail(done.error());
          return false;
        }
      } else {
        std::lock_guard<std::mutex> lock(mutex_);
        heard_.insert(heard_.end(), got.begin(), got.end());
      }
    }
    if (input.lost()) {
      fail({base::Fault::missing, "microphone", "The microphone is gone."});
      return false;
    }
    if (options_.most_ms > 0 && samples_ >= samples_of(options_.most_ms)) return true;
    if (auto now = std::chrono::steady_clock::now(); now >= next_wake) {
      next_wake = now + between;
      level_ = loudest_since;
      loudest_since = 0;
      if (wake_) wake_();
    }
    std::this_thread::sleep_for(40ms);
  }
  // What is still on its way.
  size_t count = input.read(samples);
  if (count > 0 && state_ == State::recording) {
    samples_ += static_cast<int64_t>(count);
    if (encoder) (void)encoder->write({samples.data(), count});
  }
  return true;
}

}  // namespace sound
