// Recording and hearing, from files: pace, pauses, parts, silence, a microphone that is pulled out; and the
// real codec where its module is built.
#include <doctest/doctest.h>

#include <cmath>

#include "collector/app/platform.h"
#include "collector/app/sound/file_sound.h"
#include "collector/app/sound/player.h"
#include "collector/app/sound/recorder.h"

using namespace sound;

namespace {

template <class Condition>
bool soon(Condition condition) {  // another thread gets there; the bound is for a machine that stands still
  auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::yield();
  }
  return true;
}

base::Bytes joined(const std::vector<base::Bytes>& parts) {
  base::Bytes out;
  for (const base::Bytes& part : parts) out.insert(out.end(), part.begin(), part.end());
  return out;
}

// Seconds of sound in a sine's cycles: how often it rises through zero.
double cycles(const std::vector<int16_t>& samples) {
  int n = 0;
  for (size_t i = 1; i < samples.size(); ++i) n += samples[i - 1] < 0 && samples[i] >= 0;
  return n;
}

std::vector<int16_t> decoded(System& system, base::Bytes bytes) {
  auto decoder = system.decoder(std::move(bytes));
  REQUIRE(decoder);
  std::vector<int16_t> out(static_cast<size_t>((*decoder)->length()) + rate);
  size_t n = 0;
  while (size_t got = (*decoder)->read({out.data() + n, std::min<size_t>(rate, out.size() - n)})) n += got;
  out.resize(n);
  return out;
}

}  // namespace

TEST_CASE("recorder: what is heard is kept, in order, in parts; a pause is not") {
  FileSound files(tone(440, 9000));
  int wakes = 0;
  Recorder r(files, {}, [&] { ++wakes; });
  REQUIRE(soon([&] { return r.state() == Recorder::State::recording; }));
  files.advance(2000);
  REQUIRE(soon([&] { return r.ms() == 2000; }));
  r.pause();
  REQUIRE(soon([&] { return r.state() == Recorder::State::paused; }));
  files.advance(3000);
  r.resume();
  REQUIRE(soon([&] { return r.state() == Recorder::State::recording; }));
  files.advance(1000);
  REQUIRE(soon([&] { return r.ms() == 3000; }));
  std::vector<base::Bytes> parts = r.take();
  CHECK(parts.size() >= 2);
  r.finish();
  for (base::Bytes& more : r.take()) parts.push_back(std::move(more));
  CHECK(r.state() == Recorder::State::done);
  std::vector<int16_t> heard = decoded(files, joined(parts));
  CHECK(heard.size() == 3u * rate);
  CHECK(cycles(heard) == doctest::Approx(440 * 3).epsilon(0.01));
  CHECK(r.loudest() == doctest::Approx(0.5).epsilon(0.02));
  CHECK(wakes > 0);
}

TEST_CASE("recorder: silence is told after a while, and taken back when somebody speaks") {
  std::vector<int16_t> heard = quiet(silence_ms + 2000);
  std::vector<int16_t> voice = tone(300, 2000, 0.2);
  heard.insert(heard.end(), voice.begin(), voice.end());
  FileSound files(heard);
  Recorder r(files, {}, {});
  REQUIRE(soon([&] { return r.state() == Recorder::State::recording; }));
  files.advance(silence_ms - 1000);
  REQUIRE(soon([&] { return r.ms() == silence_ms - 1000; }));
  CHECK_FALSE(r.is_silent());
  files.advance(1500);
  CHECK(soon([&] { return r.is_silent(); }));
  files.advance(2500);
  CHECK(soon([&] { return !r.is_silent(); }));
}

TEST_CASE("recorder: a microphone that is pulled out fails with a word; what was heard before stays") {
  FileSound files(tone(440, 5000));
  Recorder r(files, {}, {});
  REQUIRE(soon([&] { return r.state() == Recorder::State::recording; }));
  files.advance(1000);
  REQUIRE(soon([&] { return r.ms() == 1000; }));
  files.unplug();
  CHECK(soon([&] { return r.state() == Recorder::State::failed; }));
  CHECK(r.error().fault == base::Fault::missing);
  r.finish();
  CHECK(joined(r.take()).size() == 2u * rate);
  Recorder none(files, {}, {});  // and there is none any more
  CHECK(soon([&] { return none.state() == Recorder::State::failed; }));
}

TEST_CASE("recorder: a test of three seconds ends by itself and can be heard") {
  FileSound files(tone(440, 9000, 0.1));
  Recorder r(files, {.keeps = false, .most_ms = 3000}, {});
  REQUIRE(soon([&] { return r.state() == Recorder::State::recording; }));
  for (int n = 0; n < 8; ++n) files.advance(500);
  CHECK(soon([&] { return r.state() == Recorder::State::done; }));
  CHECK(r.ms() == 3000);
  CHECK(r.heard().size() == 3u * rate);
  CHECK(r.take().empty());
  CHECK(r.loudest() == doctest::Approx(0.1).epsilon(0.02));
  Player p(files, r.heard(), {});
  p.play();
  CHECK(soon([&] { return files.played().size() >= 3u * rate; }));
}

TEST_CASE(
    "player: plays, goes back three seconds, goes faster, stops at the end and stands at the beginning") {
  FileSound files({});
  base::Writer bytes;
  for (int16_t s : tone(440, 4000)) bytes.u16(static_cast<uint16_t>(s));
  Player p(files, bytes.peek(), {});
  REQUIRE(soon([&] { return p.length_ms() == 4000; }));
  p.seek(3500);
  CHECK(p.ms() == 3500);
  p.back(3000);
  CHECK(p.ms() == 500);
  p.back(3000);
  CHECK(p.ms() == 0);
  p.play();
  CHECK(soon([&] { return !p.playing(); }));  // the end was heard
  CHECK(p.ms() == 0);
  CHECK(files.played().size() == 4u * rate);
  p.speed(2);
  p.play();
  CHECK(soon([&] { return !p.playing(); }));
  CHECK(files.played().size() == doctest::Approx(6.0 * rate).epsilon(0.02));
  p.speed(100);
  CHECK(p.speed() == 3);
}

TEST_CASE("player: what is no recording fails with a word") {
  System* real = app::sound_module();
  if (!real) {
    MESSAGE("SKIPPED: the sound module is not built here");
    return;
  }
  FileSound files({}, real);
  Player p(files, base::Bytes{1, 2, 3}, {});
  CHECK(soon([&] { return p.failed(); }));
}

TEST_CASE("opus: speech comes back as it was, 24 kbit a second; damage is heard as silence, never a crash") {
  System* real = app::sound_module();
  if (!real) {
    MESSAGE("SKIPPED: the sound module is not built here");
    return;
  }
  FileSound files(tone(440, 20'000), real);
  Recorder r(files, {}, {});
  REQUIRE(soon([&] { return r.state() == Recorder::State::recording; }));
  size_t largest = 0;
  std::vector<base::Bytes> parts;
  for (int n = 0; n < 20; ++n) {
    files.advance(500);
    REQUIRE(soon([&] { return r.ms() == 500 * (n + 1); }));
    for (base::Bytes& part : r.take()) {
      largest = std::max(largest, part.size());
      parts.push_back(std::move(part));
    }
  }
  CHECK(parts.size() >= 14);  // a part is on its way every half second or so
  CHECK(largest < 6000);
  r.finish();
  for (base::Bytes& part : r.take()) parts.push_back(std::move(part));
  base::Bytes opus = joined(parts);
  CHECK(opus.size() < 10 * 24'000 / 8 * 1.3);
  std::vector<int16_t> heard = decoded(*real, opus);
  CHECK(heard.size() == doctest::Approx(10.0 * rate).epsilon(0.01));
  CHECK(cycles(heard) == doctest::Approx(4400).epsilon(0.02));
  // Cut short, as a power cut leaves it: what there is can be heard.
  base::Bytes cut(opus.begin(), opus.begin() + static_cast<long>(opus.size() / 2));
  CHECK(decoded(*real, cut).size() > 4u * rate);
  for (size_t i = 0; i < opus.size(); i += 97) opus[i] ^= 0x55;
  auto damaged = real->decoder(opus);
  if (damaged) {
    std::vector<int16_t> some(rate);
    for (int n = 0; n < 40 && (*damaged)->read(some) > 0; ++n) {
    }
  }
  // Faster, as high as before.
  auto tempo = real->tempo();
  tempo->speed(2);
  tempo->put(tone(440, 4000));
  tempo->flush();
  std::vector<int16_t> fast(5u * rate);
  size_t n = 0;
  while (size_t got = tempo->take({fast.data() + n, fast.size() - n})) n += got;
  fast.resize(n);
  CHECK(n == doctest::Approx(2.0 * rate).epsilon(0.05));
  CHECK(cycles(fast) == doctest::Approx(880).epsilon(0.05));
}

TEST_CASE("sound: a meter from silence to full, and WAV files of the right kind only") {
  CHECK(meter_of(0) == 0);
  CHECK(meter_of(0.0005f) == 0);
  CHECK(meter_of(1) == doctest::Approx(1));
  CHECK(meter_of(0.0316f) == doctest::Approx(0.5).epsilon(0.01));
  base::Writer wav;
  wav.tag("RIFF");
  wav.u32(40);
  wav.tag("WAVE");
  wav.tag("fmt ");
  wav.u32(16);
  wav.u16(1);
  wav.u16(1);
  wav.u32(rate);
  wav.u32(2 * rate);
  wav.u16(2);
  wav.u16(16);
  wav.tag("data");
  wav.u32(4);
  wav.u16(7);
  wav.u16(0xffff);
  base::Bytes bytes = wav.peek();
  auto samples = read_wav(bytes);
  REQUIRE(samples);
  CHECK(*samples == std::vector<int16_t>{7, -1});
  bytes[22] = 2;  // two channels
  CHECK_FALSE(read_wav(bytes));
  CHECK_FALSE(read_wav({}));
}
