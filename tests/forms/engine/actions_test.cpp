// What a form does by itself: on the first load, each time it is opened, in a new instance, when an answer changes.
#include "tests/forms/engine/interview.h"
#include "tests/support/xforms.h"

using support::Form;
using support::Interview;
using support::xform;

namespace {

const std::string inputs =
    "<input ref='/data/a'><label>A</label></input><input ref='/data/b'><label>B</label></input>";

std::string setvalue(const std::string& event, const std::string& ref, const std::string& rest) {
  return "<setvalue event='" + event + "' ref='" + ref + "' " + rest + "/>";
}

}  // namespace

TEST_CASE("actions: on the first load a value is set once; on load each time the interview is opened") {
  Form form(xform("<a/><b>1</b>",
                  setvalue("odk-instance-first-load", "/data/a", "value=\"concat(/data/a, 'f')\"") +
                      setvalue("odk-instance-load", "/data/b", "value='/data/b + 1'"),
                  inputs));
  Interview it(form);
  CHECK(it.value("a") == "f");
  CHECK(it.value("b") == "2");
  engine::Session again = it.resumed();
  CHECK(again.value(it.at("a")) == "f");
  CHECK(again.value(it.at("b")) == "3");
}

TEST_CASE("actions: both events in one action are two events") {
  Form form(xform("<a/><b/>",
                  "<setvalue event='odk-instance-first-load odk-new-repeat' ref='/data/a'>yes</setvalue>",
                  inputs));
  Interview it(form);
  CHECK(it.value("a") == "yes");
}

TEST_CASE("actions: a new instance sets values in itself, and not in those that are there from the start") {
  Form form(
      xform("<total>7</total><p jr:template=''><x/></p><p><x/></p>", "",
            "<group ref='/data/p'><repeat nodeset='/data/p'><input ref='/data/p/x'><label>X</label></input>" +
                setvalue("odk-new-repeat", "/data/p/x", "value='position(..) * /data/total'") +
                "</repeat></group>"));
  Interview it(form);
  CHECK(it.value("p/x") == "");
  it.add("", "p");
  CHECK(it.value("p[2]/x") == "14");
  CHECK(it.value("p/x") == "");
}

TEST_CASE("actions: when a question changes, its targets are set, in its own instance") {
  Form form(xform("<p><x/><y/></p><p><x/><y/></p>", "",
                  "<group ref='/data/p'><repeat nodeset='/data/p'><input ref='/data/p/x'><label>X</label>" +
                      setvalue("xforms-value-changed", "/data/p/y", "value='../x * 2'") +
                      "</input></repeat></group>"));
  Interview it(form);
  it.set("p[2]/x", "4");
  CHECK(it.value("p[2]/y") == "8");
  CHECK(it.value("p/y") == "");
  it.set("p[2]/x", "4");  // the same answer again is no change
}

TEST_CASE("actions: what is set sets off what listens to it, and calculations see each step") {
  Form form(xform("<a/><b/><c/><d/>", "<bind nodeset='/data/d' calculate='/data/b + 100'/>",
                  "<input ref='/data/a'><label>A</label>" +
                      setvalue("xforms-value-changed", "/data/b", "value='/data/a + 1'") +
                      "</input><input ref='/data/b'><label>B</label>" +
                      setvalue("xforms-value-changed", "/data/c", "value='/data/d'") + "</input>"));
  Interview it(form);
  it.set("a", "1");
  CHECK(it.value("b") == "2");
  CHECK(it.value("c") == "102");
}

TEST_CASE("actions: a place and a recording are read, and nothing else happens") {
  Form form(xform("<a/><b/>",
                  "<odk:setgeopoint event='odk-instance-first-load' ref='/data/a'/>"
                  "<odk:recordaudio event='odk-instance-load' ref='/data/b'/>",
                  inputs));
  Interview it(form);
  CHECK(it.value("a") == "");
  CHECK(it.value("b") == "");
}

TEST_CASE("triggers of an XLSForm: the calculation is done when the question changes, and at no other time") {
  Form form(
      "| survey | type | name | label | calculation | trigger |\n"
      "| | integer | a | A | | |\n| | integer | b | B | | |\n"
      "| | calculate | c | | ${a} + ${b} | ${a} |\n");
  Interview it(form);
  it.set("b", "10");
  CHECK(it.value("c") == "");
  it.set("a", "1");
  CHECK(it.value("c") == "11");
  it.set("b", "20");
  CHECK(it.value("c") == "11");
  CHECK(it.session().origin(it.at("c")) == engine::Origin::captured);
}

TEST_CASE(
    "preloads: what the device knows is there from the start, and stays when the interview is resumed") {
  Form form(
      xform("<start/><today/><dev/><user/><u/>",
            "<bind nodeset='/data/start' type='dateTime' jr:preload='timestamp' jr:preloadParams='start'/>"
            "<bind nodeset='/data/today' type='date' jr:preload='date' jr:preloadParams='today'/>"
            "<bind nodeset='/data/dev' jr:preload='property' jr:preloadParams='deviceid'/>"
            "<bind nodeset='/data/user' jr:preload='property' jr:preloadParams='username'/>"
            "<bind nodeset='/data/u' jr:preload='uid'/>",
            "<input ref='/data/start'><label>S</label></input>"));
  Interview it(form);
  CHECK(it.value("start") == "2026-11-24T11:04:00.000+01:00");
  CHECK(it.value("today") == "2026-11-24");
  CHECK(it.value("dev") == "device-1");
  CHECK(it.value("user") == "amal");
  CHECK(it.value("u").substr(0, 5) == "uuid:");
  engine::Session again = it.resumed();
  for (const char* name : {"start", "u"}) CHECK(again.value(it.at(name)) == it.value(name));
}

TEST_CASE("instances: what an XForm's instance holds is there, templates and given ones alike") {
  Form form(
      xform("<a>5</a><p jr:template=''><x>1</x></p><p><x>3</x></p><p><x/></p>", "",
            "<input ref='/data/a'><label>A</label></input><group ref='/data/p'><repeat nodeset='/data/p'>"
            "<input ref='/data/p/x'><label>X</label></input></repeat></group>"));
  Interview it(form);
  CHECK(it.value("a") == "5");
  CHECK(it.value("p/x") == "3");
  CHECK(it.value("p[2]/x") == "");
  it.add("", "p");
  CHECK(it.value("p[3]/x") == "1");
}

TEST_CASE("repeats: an instance moves, and what reads positions follows") {
  Form form(
      "| survey | type | name | label | calculation |\n"
      "| | begin repeat | p | P | |\n| | text | x | X | |\n| | calculate | n | | position(..) |\n"
      "| | end repeat | | | |\n| | calculate | all | | join(' ', ${x}) |\n");
  Interview it(form);
  it.set("p/x", "a");
  for (const char* name : {"b", "c"}) {
    it.add("", "p");
    it.set("p[" + std::string(name[0] == 'b' ? "2" : "3") + "]/x", name);
  }
  CHECK(it.value("all") == "a b c");
  engine::NodeId last = it.at("p[3]");
  engine::Change change = it.session().move(last, 0);
  CHECK(it.value("all") == "c a b");
  CHECK(it.value("p/n") == "1");
  CHECK(it.at("p") == last);
  CHECK(it.value("p[3]/x") == "b");
  CHECK_FALSE(change.changed.empty());
  CHECK_FALSE(it.session().move(0, 1).accepted);
}
