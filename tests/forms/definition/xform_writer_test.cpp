// XForms as they are written: the conventions that other tools rely on, each on a small form.
#include "forms/definition/xform_writer.h"
#include "tests/forms/definition/forms.h"

using support::contains;
using support::read_form;

namespace {

std::string written(const support::SheetTexts& sheets) {
  auto read = read_form(sheets);
  REQUIRE_MESSAGE(read.survey, support::texts_of(read));
  return definition::write_xform(*read.survey);
}

}  // namespace

TEST_CASE("xform: each convention stands in what is written") {
  struct Case {
    std::string why, survey, wanted;
    std::string choices = "list_name,name,label\nyn,y,Yes\nyn,n,No\n";
  };
  const Case cases[] = {
      {"outside of repeats, absolute", "type,name,label,relevant\ntext,a,A,\ntext,b,B,${a} = 'x'\n",
       "nodeset=\"/data/b\" type=\"string\" relevant=\" /data/a  = 'x'\""},
      {"in a repeat, relative",
       "type,name,label,relevant\nbegin_repeat,r,R,\ntext,a,A,\nbegin_group,g,G,\ntext,b,B,${a} = "
       "'x'\nend_group,,,\nend_repeat,,,\n",
       "relevant=\" ../../a  = 'x'\""},
      {"in a list's predicate, from where the question stands",
       "type,name,label,calculation\nbegin_repeat,r,R,\ntext,a,A,\ncalculate,c,,instance('yn')/root/"
       "item[name = ${a}]/label\nselect_one yn,s,S,\nend_repeat,,,\n",
       "calculate=\"instance('yn')/root/item[name =  current()/../a ]/label\""},
      {"indexed-repeat names wholes",
       "type,name,label,calculation\nbegin_repeat,r,R,\ntext,a,A,\ncalculate,p,,position(..)\ncalculate,c,,"
       "\"indexed-repeat(${a}, ${r}, ${p} - 1)\"\nend_repeat,,,\n",
       "calculate=\"indexed-repeat( /data/r/a ,  /data/r ,  ../p  - 1)\""},
      {"a repeat has a template and an instance",
       "type,name,label\nbegin_repeat,r,R\ntext,a,A\nend_repeat,,\n",
       "<r jr:template=\"\"><a/></r><r><a/></r>"},
      {"a count that is an expression has a node",
       "type,name,label,repeat_count\nbegin_repeat,r,R,1 + 1\ntext,a,A,\nend_repeat,,,\n",
       "<bind nodeset=\"/data/r_count\" type=\"string\" readonly=\"true()\" calculate=\"1 + 1\"/>"},
      {"and the repeat counts by it",
       "type,name,label,repeat_count\nbegin_repeat,r,R,1 + 1\ntext,a,A,\nend_repeat,,,\n",
       "<repeat nodeset=\"/data/r\" jr:count=\" /data/r_count \">"},
      {"every interview has its id", "type,name,label\ntext,a,A\n",
       "<bind nodeset=\"/data/meta/instanceID\" type=\"string\" readonly=\"true()\" jr:preload=\"uid\"/>"},
      {"a value in a label", "type,name,label\ntext,a,A\nnote,n,You said ${a}.\n",
       "<label>You said <output value=\" /data/a \"/>.</label>"},
      {"a list's value in a label",
       "type,name,label\nselect_one yn,a,A\nnote,n,instance('yn')/root/item[name = ${a}]/label it is\n",
       "<output value=\"instance('yn')/root/item[name =  /data/a ]/label\"/> it is"},
      {"languages", "type,name,label::en,label::fr\ntext,a,A,Â\n",
       "<text id=\"/data/a:label\"><value>Â</value></text>"},
      {"no translation is a dash", "type,name,label::en,label::fr\ntext,a,A,Â\ntext,b,B,\n",
       "<text id=\"/data/b:label\"><value>-</value></text>"},
      {"guidance", "type,name,label,guidance_hint\ntext,a,A,G\n",
       "<text id=\"/data/a:hint\"><value form=\"guidance\">G</value></text>"},
      {"media", "type,name,label,image\ntext,a,A,m.png\n", "<value form=\"image\">jr://images/m.png</value>"},
      {"choices are an instance", "type,name,label\nselect_one yn,a,A\n",
       "<instance id=\"yn\"><root><item><name>y</name><label>Yes</label></item>"},
      {"a filter", "type,name,label,choice_filter\ntext,w,W,\nselect_one yn,a,A,part = ${w}\n",
       "nodeset=\"instance('yn')/root/item[part =  /data/w ]\"", "list_name,name,label,part\nyn,y,Yes,p\n"},
      {"in an order of its own", "type,name,label,parameters\nselect_one yn,a,A,randomize=true seed=4\n",
       "nodeset=\"randomize(instance('yn')/root/item, 4)\""},
      {"choices from answers",
       "type,name,label\nbegin_repeat,r,R\ntext,a,A\nend_repeat,,\nselect_one ${a},s,S\n",
       "<itemset nodeset=\"/data/r[./a != '']\"><value ref=\"a\"/><label ref=\"a\"/></itemset>"},
      {"a default that is evaluated", "type,name,label,default\ntext,a,A,uuid()\n",
       "<setvalue event=\"odk-instance-first-load\" ref=\"/data/a\" value=\"uuid()\"/>"},
      {"in new instances too", "type,name,label,default\nbegin_repeat,r,R,\ntext,a,A,uuid()\nend_repeat,,,\n",
       "<setvalue event=\"odk-new-repeat\" ref=\"/data/r/a\" value=\"uuid()\"/></repeat>"},
      {"a trigger", "type,name,label,trigger,calculation\ntext,a,A,,\ndate,d,,${a},today()\n",
       "<setvalue event=\"xforms-value-changed\" ref=\"/data/d\" value=\"today()\"/></input>"},
      {"a place taken in passing", "type,name,label,trigger\ntext,a,A,\nbackground-geopoint,p,,${a}\n",
       "<odk:setgeopoint event=\"xforms-value-changed\" ref=\"/data/p\"/>"},
      {"a file of choices", "type,name,label\nselect_one_from_file t.csv,a,A\n",
       "<instance id=\"t\" src=\"jr://file-csv/t.csv\"/>"},
      {"the interview before", "type,name,label,default\ntext,a,A,${last-saved#a}\n",
       "value=\" instance('__last-saved')/data/a \""},
      {"attributes that are passed through",
       "type,name,label,bind::orx:x,body::kb:y,instance::z\ntext,a,A,1,2,3\n", "<a z=\"3\"/>"},
      {"a message with a value", "type,name,label,constraint,constraint_message\ntext,a,A,. != '',not ${a}\n",
       "jr:constraintMsg=\"jr:itext('/data/a:jr:constraintMsg')\""},
      {"a table-list",
       "type,name,label,appearance\nbegin_group,g,G,table-list\nselect_one yn,a,A,\nend_group,,,\n",
       "appearance=\"list-nolabel\" ref=\"/data/g/a\""}};
  for (const Case& c : cases) {
    CAPTURE(c.why);
    std::string xml = written({{"survey", c.survey}, {"choices", c.choices}});
    CHECK_MESSAGE(contains(xml, c.wanted), c.wanted, "\nin ", xml);
  }
}

TEST_CASE("xform: an entity stands in meta, with what it is made or changed by") {
  std::string made = written({{"survey", "type,name,label,save_to\ntext,q,Q,height\n"},
                              {"entities", "list_name,label\ntrees,${q}\n"}});
  for (const char* wanted : {"entities:entities-version=\"2024.1.0\"",
                             "<entity dataset=\"trees\" create=\"1\" id=\"\"><label/></entity>",
                             "entities:saveto=\"height\"", "ref=\"/data/meta/entity/@id\" value=\"uuid()\"",
                             "nodeset=\"/data/meta/entity/label\" type=\"string\" calculate=\" /data/q \""})
    CHECK_MESSAGE(contains(made, wanted), wanted, "\nin ", made);
  std::string changed =
      written({{"survey", "type,name,label\ncsv-external,trees,\nbegin_repeat,r,R\ntext,q,Q\nend_repeat,,\n"},
               {"entities", "list_name,entity_id\ntrees,${q}\n"}});
  for (const char* wanted :
       {"entities:entities-version=\"2025.1.0\"",
        "calculate=\"instance('trees')/root/item[name= current()/../../../q ]/__version\"",
        "nodeset=\"/data/r/meta/entity/@id\" type=\"string\" calculate=\" ../../../q \""})
    CHECK_MESSAGE(contains(changed, wanted), wanted, "\nin ", changed);
  CHECK_FALSE(contains(changed, "setvalue"));
}

TEST_CASE("xform: settings say how it is sent and what its root is") {
  std::string xml =
      written({{"survey", "type,name,label\ntext,a,A\n"},
               {"settings",
                "form_title,form_id,version,name,style,submission_url,public_key,auto_send,namespaces,"
                "attribute::x,instance_name\n"
                "T & U,f,3,hh,pages,https://x.org,KEY,true,\"esri=\"\"http://e.com\"\"\",9,${a}\n"}});
  for (const char* wanted :
       {"<h:title>T &amp; U</h:title>", "<hh x=\"9\" id=\"f\" version=\"3\">", "class=\"pages\"",
        "<submission action=\"https://x.org\" method=\"post\" base64RsaPublicKey=\"KEY\" "
        "orx:auto-send=\"true\"/>",
        "xmlns:esri=\"http://e.com\"",
        "nodeset=\"/hh/meta/instanceName\" type=\"string\" calculate=\" /hh/a \""})
    CHECK_MESSAGE(contains(xml, wanted), wanted, "\nin ", xml);
}
