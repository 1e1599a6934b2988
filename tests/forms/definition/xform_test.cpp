// XForms as they are written in the field: model, instances, binds, texts in languages, body, side files.
#include "forms/definition/xform.h"

#include <algorithm>

#include "forms/definition/geojson.h"
#include "tests/forms/definition/forms.h"
#include "tests/support/xforms.h"

using definition::no_node;
using definition::Node;
using definition::NodeKind;
using definition::ReadSurvey;
using support::says;
using support::side_file;
using support::xform;

namespace {

ReadSurvey read(const std::string& text, const definition::SideFiles& files = {}) {
  return definition::read_xform(base::view_of(text), "form.xml", files, questions::table());
}

const Node& node(const ReadSurvey& form, std::string_view name) {
  REQUIRE_MESSAGE(form.survey, support::texts_of(form));
  auto all = form.survey->named(name);
  REQUIRE_MESSAGE(!all.empty(), "no node " << name);
  return form.survey->nodes[all[0]];
}

std::string input(const std::string& ref) {
  return "<input ref='" + ref + "'><label>L</label></input>";
}

}  // namespace

TEST_CASE("xform: a control and a bind make the question's type") {
  struct Case {
    const char *type, *control, *becomes;
  };
  const Case cases[] = {
      {"string", "input", "text"},
      {"int", "input", "integer"},
      {"decimal", "input", "decimal"},
      {"date", "input", "date"},
      {"dateTime", "input", "datetime"},
      {"time", "input", "time"},
      {"geopoint", "input", "geopoint"},
      {"geotrace", "input", "geotrace"},
      {"geoshape", "input", "geoshape"},
      {"barcode", "input", "text"},
      {"", "input", "text"},
      {"string", "trigger", "acknowledge"},
      {"int", "range", "range"},
  };
  for (const Case& c : cases) {
    CAPTURE(std::string(c.type));
    std::string control = c.control;
    std::string more = control == "range" ? " start='1' end='5' step='1'" : "";
    auto form = read(xform("<a/>", "<bind nodeset='/data/a' type='" + std::string(c.type) + "'/>",
                           "<" + control + " ref='/data/a'" + more + "><label>L</label></" + control + ">"));
    CHECK(std::string(node(form, "a").type->words.front()) == c.becomes);
    CHECK(says(form) == "");
  }
}

TEST_CASE("xform: uploads are told apart by what they take") {
  for (auto [media, becomes] : {std::pair{"image/*", "image"},
                                {"audio/*", "audio"},
                                {"video/*", "video"},
                                {"application/*", "file"}}) {
    auto form =
        read(xform("<a/>", "<bind nodeset='/data/a' type='binary'/>",
                   "<upload ref='/data/a' mediatype='" + std::string(media) + "'><label>L</label></upload>"));
    CHECK(std::string(node(form, "a").type->words.front()) == becomes);
  }
}

TEST_CASE("xform: binds say what holds, and relative and absolute paths are the same") {
  auto form =
      read(xform("<g><a/><b/></g>",
                 "<bind nodeset='/data/g' relevant='true()'/>"
                 "<bind nodeset='/data/g/b' type='int' required='true()' readonly='../a = 1' "
                 "constraint='. &gt; 0' jr:constraintMsg='More than 0' jr:requiredMsg='Please' "
                 "relevant=' ../a != 2 '/>",
                 "<group ref='/data/g'><label>G</label>" + input("/data/g/a") + input("b") + "</group>"));
  const Node& b = node(form, "b");
  CHECK(b.parent == form.survey->by_name.find("g")->second[0]);
  for (const definition::Logic* logic : {&b.required, &b.read_only, &b.constraint, &b.relevant})
    CHECK_FALSE(logic->compiled.empty());
  CHECK(b.constraint_message.source[0] == "More than 0");
  CHECK(b.required_message.source[0] == "Please");
  CHECK(says(form) == "");
}

TEST_CASE("xform: texts come from itext in every language, with media and values in them") {
  auto form = read(xform(
      "<a/><b/>",
      "<itext><translation lang='English (en)' default='true()'>"
      "<text id='a:label'><value>How are you, <output value='/data/b'/>?</value>"
      "<value form='image'>jr://images/you.png</value></text>"
      "<text id='a:hint'><value>Say</value><value form='guidance'>Softly</value></text></translation>"
      "<translation lang='العربية (ar)'><text id='a:label'><value>كيف "
      "حالك</value></text></translation></itext>",
      "<input ref='/data/a'><label ref=\"jr:itext('a:label')\"/><hint ref=\"jr:itext('a:hint')\"/></input>"));
  const Node& a = node(form, "a");
  CHECK(form.survey->languages == std::vector<std::string>{"English (en)", "العربية (ar)"});
  CHECK(form.survey->default_language == 0);
  CHECK(a.label.source[1] == "كيف حالك");
  REQUIRE(a.label.pieces[0].size() == 3);
  CHECK(a.label.pieces[0][0].literal == "How are you, ");
  CHECK_FALSE(a.label.pieces[0][1].value.empty());
  CHECK(a.hint.source[0] == "Say");
  CHECK(a.guidance.source[0] == "Softly");
  CHECK(a.media.at("image").source[0] == "you.png");
}

TEST_CASE("xform: choices stand in the body, in an instance, or in a file; a filter is kept") {
  const std::string model =
      "<instance id='towns'><root><item><name>fes</name><label>Fès</label><part>n</part></item>"
      "<item><name>agadir</name><label>Agadir</label><part>s</part></item></root></instance>"
      "<instance id='villages' src='jr://file-csv/villages.csv'/>";
  const std::string body =
      "<select1 ref='/data/a'><label>A</label><item><label>Yes</label><value>y</value></item>"
      "<item><label>No</label><value>n</value></item></select1>"
      "<select ref='/data/b'><label>B</label><itemset nodeset=\"instance('towns')/root/item[part = "
      "/data/a]\">"
      "<value ref='name'/><label ref='label'/></itemset></select>"
      "<select1 ref='/data/c'><label>C</label><itemset nodeset=\"instance('villages')/root/item\">"
      "<value ref='code'/><label ref='title'/></itemset></select1>";
  auto form =
      read(xform("<a/><b/><c/>", model, body), side_file("villages.csv", "code,title\n1,Asni\n2,Imlil\n"));
  CHECK(says(form) == "");
  const auto& lists = form.survey->lists;
  const Node &a = node(form, "a"), &b = node(form, "b"), &c = node(form, "c");
  CHECK(lists[static_cast<size_t>(a.list)].value(1) == "n");
  CHECK(lists[static_cast<size_t>(a.list)].label(0, 0) == "Yes");
  CHECK(std::string(b.type->words.front()) == "select_multiple");
  CHECK_FALSE(b.choices.empty());
  CHECK(lists[static_cast<size_t>(c.list)].size() == 2);
  CHECK(lists[static_cast<size_t>(c.list)].table.cell(1, c.value_column) == "2");
}

TEST_CASE("xform: a file that is missing is an empty list, and said") {
  auto form =
      read(xform("<c/>", "<instance id='v' src='jr://file-csv/villages.csv'/>",
                 "<select1 ref='/data/c'><label>C</label><itemset nodeset=\"instance('v')/root/item\">"
                 "<value ref='name'/><label ref='label'/></itemset></select1>"));
  REQUIRE(form.survey);
  CHECK(support::contains(says(form), "missing_file"));
  CHECK(form.survey->lists[static_cast<size_t>(node(form, "c").list)].missing);
}

TEST_CASE("xform: an XML file is a table where it is one, and a tree where it is not") {
  const std::string model = "<instance id='v' src='jr://file/v.xml'/>";
  auto form = read(
      xform("<c/>", model + "<bind nodeset='/data/c' calculate=\"instance('v')/root/item[2]/name\"/>", ""),
      side_file("v.xml", "<root><item><name>1</name></item><item><name>2</name></item></root>"));
  CHECK(form.survey->lists[0].size() == 2);
  CHECK(form.survey->lists[0].tree == nullptr);
  auto deep =
      read(xform("<c/>", model + "<bind nodeset='/data/c' calculate=\"instance('v')/root/a/b/@n\"/>", ""),
           side_file("v.xml", "<root><a><b n='7'/></a></root>"));
  REQUIRE(deep.survey);
  CHECK(deep.survey->lists[0].tree != nullptr);
}

TEST_CASE("xform: repeats: templates, counts, and whether anybody may add") {
  auto form = read(xform(
      "<n/><p jr:template=''><x>1</x></p><q><y/></q><r><z/></r>", "<bind nodeset='/data/n' type='int'/>",
      input("/data/n") + "<group ref='/data/p'><label>P</label><repeat nodeset='/data/p'>" +
          input("/data/p/x") +
          "</repeat></group><group ref='/data/q'><repeat nodeset='/data/q' "
          "jr:count='/data/n'>" +
          input("/data/q/y") +
          "</repeat></group><group ref='/data/r'>"
          "<repeat nodeset='/data/r' jr:noAddRemove='true()'>" +
          input("/data/r/z") + "</repeat></group>"));
  const Node &p = node(form, "p"), &q = node(form, "q"), &r = node(form, "r");
  for (const Node* repeat : {&p, &q, &r}) CHECK(repeat->kind == NodeKind::repeat);
  CHECK(p.label.source[0] == "P");
  CHECK(node(form, "x").default_value.source == "1");
  CHECK_FALSE(q.repeat_count.compiled.empty());
  CHECK(r.fixed_count);
  CHECK_FALSE(p.fixed_count);
}

TEST_CASE("xform: what cannot be opened is refused with its line; what can is opened with a word") {
  struct Case {
    std::string text, says;
    bool opens;
  };
  const Case cases[] = {
      {"<nothing/>", "no_xform", false},
      {"not even XML", "no_xml", false},
      {"<h:html xmlns:h='http://www.w3.org/1999/xhtml'><h:head/><h:body/></h:html>", "no_xform", false},
      {"<h:html xmlns:h='http://www.w3.org/1999/xhtml'><h:head><model/></h:head><h:body/></h:html>",
       "no_instance", false},
      {xform("<a/>", "<bind nodeset='/data/b' type='int'/>", input("/data/a")), "unknown_name", true},
      {xform("<a/>", "<bind nodeset='/data/a' relevant='/data/b ='/>", input("/data/a")), "syntax", false},
      {xform("<a/>", "<bind nodeset='/data/a' calculate='/data/nobody'/>", ""), "unknown_name", true},
      {xform("<a/>", "", input("/data/b")), "unknown_name", false},
      {xform("<a/>", "",
             "<select1 ref='/data/a'><label>A</label><itemset nodeset=\"instance('x')/root/item\">"
             "<value ref='name'/><label ref='label'/></itemset></select1>"),
       "unknown_list", false},
      {xform("<a/><b/>",
             "<bind nodeset='/data/a' calculate='/data/b'/><bind nodeset='/data/b' calculate='/data/a'/>",
             ""),
       "cycle", false},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    auto form = read(c.text);
    std::string all = says(form, true);
    CHECK_MESSAGE(support::contains(all, c.says), all);
    CHECK((form.survey != nullptr) == c.opens);
  }
}

TEST_CASE("xform: a control that nobody knows is passed over and said") {
  auto form =
      read(xform("<a/>", "", "<hologram ref='/data/a'><label>H</label></hologram>" + input("/data/a")));
  REQUIRE(form.survey);
  CHECK(support::contains(says(form, true), "unknown_control"));
}

TEST_CASE("xform: any text may be cut off anywhere: it is read, or refused with a sentence") {
  std::string whole = xform("<a/><p jr:template=''><x/></p>",
                            "<bind nodeset='/data/a' type='int' relevant='/data/p/x = 1'/>"
                            "<instance id='l'><root><item><name>a</name></item></root></instance>",
                            input("/data/a") + "<group ref='/data/p'><repeat nodeset='/data/p'>" +
                                input("/data/p/x") + "</repeat></group>");
  for (size_t cut = 0; cut < whole.size(); ++cut) {
    auto form = read(whole.substr(0, cut));
    if (form.survey) continue;
    CAPTURE(cut);
    CHECK_FALSE(form.diagnostics.empty());
  }
}

TEST_CASE("geojson: points, lines and areas are places as answers hold them, with their properties") {
  const std::string text =
      R"({"type":"FeatureCollection","features":[
        {"type":"Feature","id":"w1","properties":{"title":"Well","deep":12},"geometry":{"type":"Point","coordinates":[-6.83,34.02]}},
        {"type":"Feature","properties":{"title":"Road"},"geometry":{"type":"LineString","coordinates":[[1,2],[3,4]]}},
        {"type":"Feature","id":"f","properties":{"title":"Field"},"geometry":{"type":"Polygon","coordinates":[[[0,0],[0,1],[1,1],[0,0]]]}}]})";
  auto table = definition::read_geojson(base::view_of(text), "w.geojson");
  REQUIRE(table);
  auto cell = [&](uint32_t row, const char* column) {
    return std::string(table->cell(row, table->column(column)));
  };
  CHECK(cell(0, "geometry") == "34.02 -6.83 0 0");
  CHECK(cell(1, "geometry") == "2 1 0 0; 4 3 0 0");
  CHECK(cell(2, "geometry") == "0 0 0 0; 1 0 0 0; 1 1 0 0; 0 0 0 0");
  CHECK(cell(0, "id") == "w1");
  CHECK(cell(0, "deep") == "12");
  CHECK(cell(2, "title") == "Field");
  CHECK_FALSE(definition::read_geojson(base::view_of(std::string("{}")), "w.geojson"));
  CHECK_FALSE(definition::read_geojson(base::view_of(std::string("[1,")), "w.geojson"));
}

TEST_CASE("xform: control characters in a text are left out (they once kept the reader for ever)") {
  ReadSurvey form = read(xform(
      "<a/>", "", "<input ref='/data/a'><label>A\x01\x01\x02 <output value='/data/a\x01'/></label></input>"));
  REQUIRE(form.survey);
  CHECK(form.survey->nodes[1].label.source[0] == "A ${a}");
}

TEST_CASE("xform: a blank between two values, or at the end of words set apart, is part of what is said") {
  struct Case {
    const char *label, *said;
  };
  const Case cases[] = {
      {"<output value='/data/a'/> <output value='/data/b'/>", "${a} ${b}"},
      {"<output value='/data/a'/>\n<output value='/data/b'/>", "${a}\n${b}"},
      {"<output value='/data/a'/><output value='/data/b'/>", "${a}${b}"},
      {" You, <output value='/data/a'/> ", "You, ${a}"},
      {"<b>Do</b> <i>you</i> <u><i>know</i> </u>her?", "Do you know her?"},
      {"<b> <i>so</i></b>", "so"},
      {"x<b> <i>so</i></b>", "x so"},
      {" \n ", ""},
      {"<![CDATA[ a < b ]]>", "a < b"},
      {"one <![CDATA[& two]]>", "one & two"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.label);
    ReadSurvey form = read(
        xform("<a/><b/>", "", "<input ref='/data/a'><label>" + std::string(c.label) + "</label></input>"));
    const auto& source = node(form, "a").label.source;
    CHECK((source.empty() ? "" : source[0]) == c.said);
  }
}

TEST_CASE("xform: a list that is a tree keeps the blanks that its file has") {
  ReadSurvey form = read(xform(
      "<a/>", "<instance id='t'><root> <x k='1'><y>a</y> <y>b</y></x></root></instance>", input("/data/a")));
  REQUIRE(form.survey);
  const auto& tree = form.survey->lists.front().tree;
  REQUIRE(tree);
  std::string room;
  CHECK(tree->string_value(0, room) == " a b");
}

TEST_CASE("xform: controls of one name in two groups have each their own choices") {
  ReadSurvey form =
      read(xform("<g><q/></g><h><q/></h>", "",
                 "<select1 ref='/data/g/q'><label>G</label><item><label>One</label><value>1</value>"
                 "</item></select1><select1 ref='/data/h/q'><label>H</label><item><label>Two</label>"
                 "<value>2</value></item></select1>"));
  REQUIRE(form.survey);
  REQUIRE(form.survey->lists.size() == 2);
  CHECK(form.survey->lists[0].id == "q items");
  CHECK(form.survey->lists[1].id == "q items 2");
}

TEST_CASE("xform: a label that names no text is told once") {
  ReadSurvey form = read(xform("<a/>", "",
                               "<select1 ref='/data/a'><label>A</label><item><label ref=\"jr:itext('no')\"/>"
                               "<value>1</value></item></select1>"));
  REQUIRE(form.survey);
  CHECK(std::count_if(form.diagnostics.begin(), form.diagnostics.end(),
                      [](const auto& d) { return d.code == "unknown_itext"; }) == 1);
}
