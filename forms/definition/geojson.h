// Reads a GeoJSON FeatureCollection into a table: geometry (as ODK writes places), id, then the properties.
//
//   Result<language::Table> towns = read_geojson(bytes, "towns.geojson");
//
// Points, lines and polygons (their outer ring). Errors: Fault::invalid with what is no feature collection.
// Source: RFC 7946; https://docs.getodk.org/form-datasets/#selects-from-geojson.
#pragma once

#include "forms/base/bytes.h"
#include "forms/base/error.h"
#include "forms/language/table.h"

namespace definition {

base::Result<language::Table> read_geojson(base::ByteView bytes, const std::string& name);

}  // namespace definition
