// Events about what is attached to answers: files, drawings, sounds, and notes. Part of events.h.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace app {

struct AttachFile {
  std::string question, path;
};  // "" as question: the one that the folder was opened for
struct Detach {
  std::string question;
};
struct Browse {
  std::string question, folder;
};  // "" as folder: where one was last
struct BrowseFolders {
  std::string folder;
};  // to choose a folder; "": where one was last
struct TakeFolder {
  std::string folder;
};  // for the screen that asked
struct CloseBrowser {};
struct Draw {
  std::string question;
  std::vector<std::vector<float>> strokes;  // each x, y, x, y … as parts of the picture's width and height
  float shape = 0.5f;                       // height by width of what was drawn on
  std::string over;                         // the attachment that it was drawn over; "": blank
};
struct Record {
  std::string question;
};  // also goes on after a pause
struct PauseRecording {};
struct EndRecording {};
struct MarkRecording {};  // this moment, with the question that is on screen
struct TestMicrophone {};
struct Play {
  std::string question;
};  // also goes on after a pause
struct PausePlaying {};
struct PlayBack {
  int ms = 3000;
};
struct PlayFrom {
  float part = 0;
};  // of its length
struct PlayAt {
  std::string question;
  int64_t ms = 0;
};  // heard from there, whether it was open or not
struct PlaySpeed {
  float factor = 1;
};
struct StopPlaying {};
struct PlayPrompt {
  std::string question, language;
};  // what the form has recorded for it; language "" : the interview's
struct WriteNote {
  std::string question, text;
};

}  // namespace app
