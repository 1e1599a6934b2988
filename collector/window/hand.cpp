#include "collector/window/hand.h"

#include <GLFW/glfw3.h>

#include <cmath>

namespace window {
namespace {

Hand& hand_of(GLFWwindow* w) {
  return *static_cast<Hand*>(glfwGetWindowUserPointer(w));
}

Input with_mods(Input::Kind kind, int mods) {
  Input i;
  i.kind = kind;
  i.shift = mods & GLFW_MOD_SHIFT;
  i.control = (mods & GLFW_MOD_CONTROL) || (mods & GLFW_MOD_SUPER);
  i.alt = (mods & GLFW_MOD_ALT) && !(mods & GLFW_MOD_CONTROL);
  return i;
}

Key named(int key) {
  switch (key) {
    case GLFW_KEY_ENTER:
    case GLFW_KEY_KP_ENTER:
      return Key::enter;
    case GLFW_KEY_ESCAPE:
      return Key::escape;
    case GLFW_KEY_TAB:
      return Key::tab;
    case GLFW_KEY_SPACE:
      return Key::space;
    case GLFW_KEY_LEFT:
      return Key::left;
    case GLFW_KEY_RIGHT:
      return Key::right;
    case GLFW_KEY_UP:
      return Key::up;
    case GLFW_KEY_DOWN:
      return Key::down;
    case GLFW_KEY_HOME:
      return Key::home;
    case GLFW_KEY_END:
      return Key::end;
    case GLFW_KEY_PAGE_UP:
      return Key::page_up;
    case GLFW_KEY_PAGE_DOWN:
      return Key::page_down;
    case GLFW_KEY_BACKSPACE:
      return Key::backspace;
    case GLFW_KEY_DELETE:
      return Key::erase;
    default:
      return key >= GLFW_KEY_F1 && key <= GLFW_KEY_F12
                 ? static_cast<Key>(static_cast<int>(Key::f1) + key - GLFW_KEY_F1)
                 : Key::none;
  }
}

void on_key(GLFWwindow* w, int key, int scancode, int action, int mods) {
  if (action == GLFW_RELEASE) return;
  Input i = with_mods(Input::Kind::key, mods);
  i.key = named(key);
  if (key >= GLFW_KEY_0 && key <= GLFW_KEY_9) {
    i.key = Key::digit;
    i.digit = key - GLFW_KEY_0;
  } else if (key >= GLFW_KEY_KP_0 && key <= GLFW_KEY_KP_9) {
    i.key = Key::digit;
    i.digit = key - GLFW_KEY_KP_0;
  } else if (key >= GLFW_KEY_A && key <= GLFW_KEY_Z) {
    i.key = Key::letter;
    const char* name = glfwGetKeyName(key, scancode);
    bool latin = name && name[0] && !name[1] &&
                 ((name[0] >= 'a' && name[0] <= 'z') || (name[0] >= 'A' && name[0] <= 'Z'));
    i.letter = latin ? static_cast<char>(name[0] & ~0x20) : static_cast<char>(key);
  }
  hand_of(w).queue.push(i);
}

void on_character(GLFWwindow* w, unsigned c) {
  Input i;
  i.kind = Input::Kind::character;
  i.character = c;
  hand_of(w).queue.push(i);
}

void on_mouse(GLFWwindow* w, int button, int action, int mods) {
  if (button != GLFW_MOUSE_BUTTON_LEFT) return;
  Hand& hand = hand_of(w);
  Input i = with_mods(action == GLFW_PRESS ? Input::Kind::press : Input::Kind::release, mods);
  i.x = static_cast<float>(hand.x) / hand.scale;
  i.y = static_cast<float>(hand.y) / hand.scale;
  if (action == GLFW_PRESS) {
    double now = glfwGetTime();
    bool again =
        now - hand.pressed_at < 0.4 && std::hypot(hand.x - hand.pressed_x, hand.y - hand.pressed_y) < 5;
    hand.clicks = again ? hand.clicks % 3 + 1 : 1;
    i.clicks = hand.clicks;
    hand.pressed_at = now;
    hand.pressed_x = hand.x;
    hand.pressed_y = hand.y;
  }
  hand.queue.push(i);
}

void on_scroll(GLFWwindow* w, double, double y) {
  Input i;
  i.kind = Input::Kind::scroll;
  i.y = static_cast<float>(y);
  hand_of(w).queue.push(i);
}

}  // namespace

Input Hand::move() const {
  Input i;
  i.kind = Input::Kind::move;
  i.x = static_cast<float>(x) / scale;
  i.y = static_cast<float>(y) / scale;
  return i;
}

void Hand::attach(GLFWwindow* window) {
  glfwSetWindowUserPointer(window, this);
  glfwSetKeyCallback(window, on_key);
  glfwSetCharCallback(window, on_character);
  glfwSetMouseButtonCallback(window, on_mouse);
  glfwSetScrollCallback(window, on_scroll);
  glfwSetCursorPosCallback(window, [](GLFWwindow* w, double mx, double my) {
    Hand& hand = hand_of(w);
    hand.x = mx;
    hand.y = my;
    hand.queue.push(hand.move());
  });
  glfwSetDropCallback(window, [](GLFWwindow* w, int count, const char** paths) {
    for (int n = 0; n < count; ++n) hand_of(w).dropped.emplace_back(paths[n]);
  });
  glfwSetFramebufferSizeCallback(window, [](GLFWwindow* w, int, int) { hand_of(w).resized = true; });
  glfwSetWindowRefreshCallback(window, [](GLFWwindow* w) { hand_of(w).resized = true; });
}

}  // namespace window
