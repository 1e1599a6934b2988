// Reads an XML document into a language::Tree, which expressions walk.
//
//   Result<language::Tree> tree = read_xml_tree(bytes, "places.xml");
//
// Errors: Fault::invalid with the byte where the document is no XML; Fault::full above 64 MiB. Entities of a DTD
// are not expanded, so no document grows. Cost: linear. Source: XPath 1.0 §5; pugixml appears only here and in
// the other readers of this folder.
#pragma once

#include "forms/base/bytes.h"
#include "forms/base/error.h"
#include "forms/language/tree.h"

namespace definition {

base::Result<language::Tree> read_xml_tree(base::ByteView bytes, const std::string& name);

}  // namespace definition
