// Hand: GLFW's callbacks made into Inputs. Internal to the loop.
//
//   Hand hand;   hand.attach(window);   glfwWaitEvents();   while (auto i = hand.queue.pop()) …
//
// Letters are those of the layout where it has Latin ones, else those of the physical key; digits are the
// physical row and the pad, with or without Shift (on AZERTY the key of "&" is the key of 1).
#pragma once

#include <string>
#include <vector>

#include "collector/window/input_queue.h"

struct GLFWwindow;

namespace window {

struct Hand {
  InputQueue queue;
  float scale = 1;                   // pixels of the screen for one of ours
  bool resized = true;               // or uncovered: a frame is due
  std::vector<std::string> dropped;  // files let fall on the window
  double x = 0, y = 0;               // of the mouse, pixels

  void attach(GLFWwindow* window);  // must stay where it is from now on
  Input move() const;               // the mouse where it is
  double pressed_at = -10;          // seconds; for double clicks
  double pressed_x = 0, pressed_y = 0;
  int clicks = 0;
};

}  // namespace window
