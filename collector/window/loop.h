// Loop: the real window. Waits for events, handles each in a pass of its own, then draws once; no event, no
// frame.
//
//   return run_window({.workspace = folder, .language = "fr"});
//
// OpenGL 3, else 2, chosen when the window opens. `shots`: draws the screens of a workspace to PNG and ends.
#pragma once

#include <filesystem>
#include <string>

namespace window {

struct WindowOptions {
  std::filesystem::path practice;  // forms to practise with; empty: those that come with the program
  std::filesystem::path workspace, fonts, lists, shots,
      registry;  // registry: a file, rewritten after each frame
  std::string profile, passphrase, language, theme;  // theme, language: empty, as the person likes them
  float scale = 0;  // 0: the screen's own
  int width = 1280, height = 800;
  int pages = 200;  // of each form, for shots
  int opengl = 0;  // 2, 3: only that one
};

int run_window(const WindowOptions& options);

}  // namespace window
