// FormVectors: the vector pictures of the form that is open, drawn once by rihla-svg (pictures/vector.h).
//
//   FormVectors vectors(around.draw_svg);
//   auto drawn = vectors.find(interview.files(), "map.svg", 1000, {"hand", "foot"});     // null: it cannot be drawn
//
// What failed, or took too long, is not tried again with every answer: it is kept as null until forget().
// Not thread-safe. Cost: some 50 ms a picture the first time; five seconds at the worst.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>

#include "collector/app/pictures/vector.h"
#include "forms/definition/xlsform.h"

namespace app {

class FormVectors {
 public:
  using Draw = std::function<std::optional<base::Bytes>(base::ByteView request)>;
  explicit FormVectors(Draw draw) : draw_(std::move(draw)) {}  // none: the program beside this one

  std::shared_ptr<const VectorPicture> find(const definition::SideFiles& files, const std::string& name, int side,
                                            const std::vector<std::string>& ids);
  bool is_off() const;  // nothing here draws
  void forget() { known_.clear(); }

 private:
  Draw draw_;
  std::map<std::string, std::shared_ptr<const VectorPicture>> known_;  // by name, size and ids
};

}  // namespace app
