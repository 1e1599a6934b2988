#include "collector/app/form_vectors.h"

#include "collector/app/devices.h"
#include "forms/base/utf8.h"

namespace app {
namespace {

constexpr const char* drawer = "rihla-svg";
constexpr size_t most_known = 12, most_answer = size_t{largest_svg_side} * largest_svg_side * 6 + 64;
constexpr int patience_s = 5;

}  // namespace

std::shared_ptr<const VectorPicture> FormVectors::find(const definition::SideFiles& files, const std::string& name, int side,
                                                       const std::vector<std::string>& ids) {
  auto file = files.find(base::lower(name));
  if (file == files.end() || file->second.size() > largest_svg || !looks_like_svg(file->second)) return nullptr;
  std::string key = file->first + ":" + std::to_string(side);
  for (const std::string& id : ids) key += "\n" + id;
  if (auto known = known_.find(key); known != known_.end()) return known->second;
  if (known_.size() >= most_known) known_.clear();
  std::shared_ptr<const VectorPicture>& drawn = known_[key];
  base::Bytes request = vector_request(file->second, side, ids);
  auto answer = draw_ ? draw_(request) : run_part(drawer, request, most_answer, patience_s);
  if (!answer) return nullptr;
  if (auto read = read_vector(*answer, ids.size())) drawn = std::make_shared<const VectorPicture>(std::move(*read));
  return drawn;
}

bool FormVectors::is_off() const {
  return !draw_ && !has_part(drawer);
}

}  // namespace app
