// Forms for the benchmarks, made here when no folder of them is given: the same shapes as the generated ones.
#pragma once

#include <fstream>
#include <iterator>
#include <string>

namespace bench {

inline std::string xform(const std::string& instance, const std::string& binds, const std::string& body,
                         const std::string& lists = {}) {
  return "<?xml version=\"1.0\"?><h:html xmlns=\"http://www.w3.org/2002/xforms\" "
         "xmlns:h=\"http://www.w3.org/1999/xhtml\" xmlns:jr=\"http://openrosa.org/javarosa\"><h:head>"
         "<h:title>bench</h:title><model><instance><data id=\"bench\" version=\"1\">" +
         instance + "</data></instance>\n" + lists + binds + "</model></h:head><h:body>" + body +
         "</h:body></h:html>";
}

inline std::string number(const char* prefix, size_t i) {
  return prefix + std::to_string(i);
}

// Each question relevant on the one before.
inline std::string flat(size_t n) {
  std::string instance, binds, body;
  for (size_t i = 1; i <= n; ++i) {
    std::string q = number("q", i);
    instance += "<" + q + "/>";
    binds += "<bind nodeset=\"/data/" + q + "\" type=\"string\"" +
             (i > 1 ? " relevant=\" /data/" + number("q", i - 1) + " != '' \"" : "") + "/>\n";
    body += "<input ref=\"/data/" + q + "\"><label>Question number " + std::to_string(i) + "</label></input>\n";
  }
  return xform(instance, binds, body);
}

// Each calculation on the one before.
inline std::string calc(size_t n) {
  std::string instance = "<q0/>", binds = "<bind nodeset=\"/data/q0\" type=\"int\"/>\n";
  for (size_t i = 1; i <= n; ++i) {
    instance += "<" + number("c", i) + "/>";
    binds += "<bind nodeset=\"/data/" + number("c", i) + "\" type=\"int\" calculate=\" /data/" +
             (i == 1 ? "q0" : number("c", i - 1)) + " + 1\"/>\n";
  }
  return xform(instance + "<n/>", binds, "<input ref=\"/data/q0\"><label>Start</label></input>");
}

// A counted repeat of ten questions, the first of them summed outside.
inline std::string repeat() {
  std::string inner = "<x/>", binds = "<bind nodeset=\"/data/n\" type=\"int\"/><bind nodeset=\"/data/rep/x\" type=\"int\"/>";
  std::string body = "<input ref=\"/data/rep/x\"><label>Amount</label></input>";
  for (size_t i = 1; i < 10; ++i) {
    inner += "<" + number("q", i) + "/>";
    binds += "<bind nodeset=\"/data/rep/" + number("q", i) + "\" type=\"string\"/>";
    body += "<input ref=\"/data/rep/" + number("q", i) + "\"><label>Q</label></input>";
  }
  binds += "<bind nodeset=\"/data/total\" type=\"int\" calculate=\" sum( /data/rep/x )\"/>";
  return xform("<n/><rep jr:template=\"\">" + inner + "</rep><total/>", binds,
               "<input ref=\"/data/n\"><label>How many?</label></input><group ref=\"/data/rep\"><label>Member</label>"
               "<repeat nodeset=\"/data/rep\" jr:count=\" /data/n \">" + body + "</repeat></group>");
}

// Four levels of choices, each filtered by the one above.
inline std::string cascade(size_t total) {
  size_t a = std::max<size_t>(2, (total + 500) / 1000), b = a * 10, c = b * 10, d = total > a + b + c ? total - a - b - c : c;
  const size_t sizes[] = {a, b, c, d};
  std::string lists, instance, body;
  for (int level = 0; level < 4; ++level) {
    std::string letter(1, static_cast<char>('a' + level));
    std::string above(1, static_cast<char>('a' + level - 1));
    lists += "<instance id=\"l" + letter + "\"><root>";
    for (size_t i = 0; i < sizes[level]; ++i)
      lists += "<item><name>" + letter + std::to_string(i) + "</name><label>Place " + std::to_string(i) + "</label>" +
               (level > 0 ? "<p>" + above + std::to_string(i * sizes[level - 1] / sizes[level]) + "</p>" : "") +
               "</item>";
    lists += "</root></instance>\n";
    instance += "<" + letter + "/>";
    body += "<select1 ref=\"/data/" + letter + "\"><label>Level</label><itemset nodeset=\"instance('l" + letter +
            "')/root/item" + (level > 0 ? "[p= /data/" + above + " ]" : "") +
            "\"><value ref=\"name\"/><label ref=\"label\"/></itemset></select1>";
  }
  return xform(instance, "", body, lists);
}

inline std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace bench
