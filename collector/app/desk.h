// Desk: the product without a screen. It holds where a person is and what they see; every verb is an Event.
//
//   auto desk = Desk::open(workspace_folder, surroundings);
//   desk->apply(Unlock{"amina", passphrase});
//   draw(desk->frame(), desk->screen());            // the window's part
//
// An Answer is on disk and sealed when apply() returns; only then is QuestionView::saved true. Long work
// (unlocking, sync, merge, export) runs as a task in a thread of its own: poll() takes over its progress and
// results and says whether anything changed, so the window sleeps otherwise. Nothing here knows a pixel. One
// thread calls it. Errors never escape: they become Frame::notice or a view's problem.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

#include "collector/app/events.h"
#include "collector/app/sound/sound.h"
#include "collector/app/views.h"
#include "forms/base/random.h"
#include "forms/base/time.h"

namespace app {

struct Surroundings {
  base::Clock* clock = nullptr;         // borrowed
  base::Random* random = nullptr;       // borrowed
  std::filesystem::path lists = {};     // side files that come with the program; may be empty
  std::filesystem::path practice = {};  // forms to practise with; empty: those that come with the program
  std::function<sound::System*()> sound = {};  // asked at first use; none, or null: sound is off
  std::filesystem::path documents = {};  // where exports go by themselves; empty: this user's folder of documents
  std::function<void()> wake = {};  // called from a task's thread when poll() has something; may be empty
  bool locks_memory = true;  // platform.h; false: said once a profile is open
  // What rihla-svg writes to a request (form_vectors.h); none: the one that lies beside the program is asked.
  std::function<std::optional<base::Bytes>(base::ByteView)> draw_svg = {};
};

class Desk {
 public:
  static std::unique_ptr<Desk> open(const std::filesystem::path& workspace, Surroundings surroundings);
  virtual ~Desk() = default;
  virtual const Frame& frame() const = 0;
  virtual const Screen& screen() const = 0;
  virtual void apply(const Event& event) = 0;
  virtual bool poll() = 0;        // true: frame or screen changed
  virtual bool busy() const = 0;  // a task runs; what is applied meanwhile is passed over, but for CancelTask
  virtual void wait() = 0;        // until it has ended and been taken over: for tests and pictures
};

}  // namespace app
