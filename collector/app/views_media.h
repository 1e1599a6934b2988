// What is attached to answers, as screens show it: pictures, sounds, files, and the folder they are chosen from.
// Same rules as views.h. Pixels are shared between the desk's cache and the views that show them, so that
// making a view anew copies none; both only read them.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "collector/app/pictures/picture.h"

namespace app {

struct SoundMark {  // a moment of a recording that somebody marked
  int64_t ms = 0;
  std::string clock, words;  // "01:23"; what was asked then, "" where nothing was
};

struct MediaView {
  std::string id;                          // of the attachment; what a texture may be kept by
  std::string name, size;                  // "photo.jpg", "340 kB"
  std::shared_ptr<const Picture> picture;  // for the screen; null: no picture, or it cannot be shown
  std::vector<SoundMark> marks = {};       // of a sound
};

enum class SoundState : uint8_t {
  idle,
  off,      // this program has no sound module
  opening,  // the microphone is being opened
  testing,  // three seconds, to hear whether one is heard
  tested,   // and what came of it
  recording,
  paused,
  loading,  // a recording is being opened
  playing,
  held,    // a recording that is open and stands still
  failed,  // problem says why
};

struct SoundView {
  SoundState state = SoundState::idle;
  std::string question;  // which it belongs to; "" with a test of the microphone
  bool whole = false;    // the recording of the whole interview
  int64_t ms = 0, length_ms = 0;
  float level = 0, loudest = 0;  // 0 to 1, as a meter shows it
  bool is_silent = false;        // nothing was heard for a while
  int marks = 0;
  float speed = 1;
  std::string problem;
};

struct BrowserView {  // a folder to choose a file from
  struct Entry {
    std::string name, size;
    bool is_folder = false;
  };
  std::string question, folder;   // the question that asks; the folder as a path
  std::vector<std::string> ways;  // other places to begin: home, sticks
  std::vector<Entry> entries;     // folders first, then files that may be chosen
  std::string problem;
  bool of_folders = false;  // a folder is chosen, not a file
};

}  // namespace app
