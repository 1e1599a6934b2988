#include "collector/app/sound/player.h"

#include <algorithm>
#include <chrono>

namespace sound {

using namespace std::chrono_literals;

namespace {

// Samples that are there already, as a decoder gives them.
class Plain : public Decoder {
 public:
  explicit Plain(std::vector<int16_t> samples) : samples_(std::move(samples)) {}
  int64_t length() const override { return static_cast<int64_t>(samples_.size()); }
  bool seek(int64_t sample) override {
    at_ = static_cast<size_t>(std::clamp<int64_t>(sample, 0, length()));
    return true;
  }
  size_t read(std::span<int16_t> into) override {
    size_t n = std::min(into.size(), samples_.size() - at_);
    std::copy_n(samples_.begin() + static_cast<long>(at_), n, into.begin());
    at_ += n;
    return n;
  }

 private:
  std::vector<int16_t> samples_;
  size_t at_ = 0;
};

}  // namespace

Player::Player(System& system, base::Bytes opus, std::function<void()> wake)
    : system_(system), opus_(std::move(opus)), wake_(std::move(wake)), thread_([this] { run(); }) {}

Player::Player(System& system, std::vector<int16_t> samples, std::function<void()> wake)
    : system_(system), samples_(std::move(samples)), wake_(std::move(wake)), thread_([this] { run(); }) {}

Player::~Player() {
  wants_end_ = true;
  poke();
  if (thread_.joinable()) thread_.join();
}

void Player::poke() {
  std::lock_guard<std::mutex> lock(mutex_);
  changed_.notify_all();
}

void Player::play() {
  wants_play_ = true;
  poke();
}

void Player::pause() {
  wants_play_ = false;
  poke();
}

void Player::seek(int64_t ms) {
  wants_seek_ = std::clamp<int64_t>(samples_of(ms), 0, std::max<int64_t>(0, length_));
  position_ = wants_seek_.load();
  poke();
}

void Player::back(int64_t by_ms) {
  seek(ms() - by_ms);
}

void Player::speed(double factor) {
  speed_ = std::clamp(factor, 0.5, 3.0);
}

void Player::run() {
  std::unique_ptr<Decoder> decoder;
  if (!samples_.empty()) {
    decoder = std::make_unique<Plain>(std::move(samples_));
  } else if (auto made = system_.decoder(std::move(opus_)); made) {
    decoder = std::move(*made);
  }
  auto output = system_.open_output();
  std::unique_ptr<Tempo> tempo = system_.tempo();
  if (!decoder || !output || !tempo) {
    failed_ = true;
    wants_play_ = false;
    if (wake_) wake_();
    return;
  }
  length_ = decoder->length();
  if (wake_) wake_();
  bool started = false;
  while (!wants_end_) {
    if (!wants_play_) {
      if (started) (*output)->stop();
      started = false;
      std::unique_lock<std::mutex> lock(mutex_);
      changed_.wait(lock, [this] { return wants_play_ || wants_end_; });
      continue;
    }
    if (!started && !(*output)->start()) {
      failed_ = true;
      wants_play_ = false;
      if (wake_) wake_();
      return;
    }
    started = true;
    if (!feed(**output, *decoder, *tempo)) {  // the end was heard
      decoder->seek(0);
      position_ = 0;
      wants_play_ = false;
    }
    if (wake_) wake_();
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait_for(lock, 60ms, [this] { return wants_end_ || !wants_play_ || wants_seek_ >= 0; });
  }
  if (started) (*output)->stop();
}

bool Player::feed(Output& output, Decoder& decoder, Tempo& tempo) {
  if (int64_t to = wants_seek_.exchange(-1); to >= 0) {
    decoder.seek(to);
    position_ = to;
    output.stop();  // what was on its way is not heard
    (void)output.start();
  }
  double factor = speed_;
  tempo.speed(factor);
  std::vector<int16_t> in(rate / 20);
  std::vector<int16_t> out(rate / 5);
  bool ended = false;
  for (int parts = 0; parts < 40 && output.room() > 0; ++parts) {
    size_t ready = tempo.take({out.data(), std::min(out.size(), output.room())});
    if (ready > 0) {
      output.write({out.data(), ready});
      position_ =
          std::min<int64_t>(length_, position_ + static_cast<int64_t>(static_cast<double>(ready) * factor));
      continue;
    }
    if (ended) break;
    size_t got = decoder.read(in);
    if (got == 0) {
      ended = true;
      tempo.flush();
    } else {
      tempo.put({in.data(), got});
    }
  }
  return !ended || !output.silent();
}

}  // namespace sound
