#include "forms/definition/geojson.h"

#include <nlohmann/json.hpp>

#include "forms/language/value.h"

namespace definition {
namespace {

using Json = nlohmann::json;

// [longitude, latitude, altitude] as "latitude longitude altitude accuracy".
std::string point(const Json& at) {
  if (!at.is_array() || at.size() < 2 || !at[0].is_number() || !at[1].is_number()) return {};
  std::string altitude =
      at.size() > 2 && at[2].is_number() ? language::number_text(at[2].get<double>()) : "0";
  return language::number_text(at[1].get<double>()) + " " + language::number_text(at[0].get<double>()) + " " +
         altitude + " 0";
}

std::string line(const Json& points) {
  std::string out;
  if (points.is_array())
    for (const Json& at : points)
      if (std::string one = point(at); !one.empty()) out += (out.empty() ? "" : "; ") + one;
  return out;
}

std::string geometry(const Json& shape) {
  if (!shape.is_object() || !shape.contains("coordinates")) return {};
  std::string type = shape.value("type", "");
  const Json& at = shape["coordinates"];
  if (type == "Point") return point(at);
  if (type == "LineString") return line(at);
  if (type == "Polygon" && at.is_array() && !at.empty()) return line(at[0]);
  return {};
}

std::string text(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_null()) return {};
  if (value.is_number()) return language::number_text(value.get<double>());
  return value.dump();
}

}  // namespace

base::Result<language::Table> read_geojson(base::ByteView bytes, const std::string& name) {
  Json all = Json::parse(bytes.begin(), bytes.end(), nullptr, false);
  if (!all.is_object() || all.value("type", "") != "FeatureCollection" || !all.contains("features") ||
      !all["features"].is_array())
    return base::fail(base::Fault::invalid, name, "the file " + name + " is no GeoJSON FeatureCollection");
  language::Table table;
  table.add_column("geometry");
  table.add_column("id");
  for (const Json& feature : all["features"]) {
    if (!feature.is_object()) continue;
    std::vector<std::string> cells = {geometry(feature.value("geometry", Json())),
                                      text(feature.value("id", Json()))};
    Json properties = feature.value("properties", Json::object());
    if (properties.is_object())
      for (const auto& [key, value] : properties.items()) {
        int column = table.column(key);
        if (column < 0) column = table.add_column(key);
        cells.resize(std::max(cells.size(), static_cast<size_t>(column) + 1));
        cells[static_cast<size_t>(column)] = text(value);
      }
    std::vector<std::string_view> views(cells.begin(), cells.end());
    table.add_row(views);
  }
  return table;
}

}  // namespace definition
