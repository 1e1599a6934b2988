// XForms of a few lines: the model's instance, its binds and actions, and the body.
//
//   Form form(support::xform("<a/><b/>", "<bind nodeset='/data/b' calculate='/data/a + 1'/>", "<input ref='/data/a'/>"));
#pragma once

#include <string>

namespace support {

inline std::string xform(const std::string& instance, const std::string& model, const std::string& body,
                         const std::string& before_instance = "") {
  return "<h:html xmlns='http://www.w3.org/2002/xforms' xmlns:h='http://www.w3.org/1999/xhtml' "
         "xmlns:jr='http://openrosa.org/javarosa' xmlns:odk='http://www.opendatakit.org/xforms' "
         "xmlns:orx='http://openrosa.org/xforms'><h:head><h:title>T</h:title><model>" +
         before_instance + "<instance><data id='t' version='1'>" + instance + "</data></instance>" + model +
         "</model></h:head><h:body>" + body + "</h:body></h:html>";
}

}  // namespace support
