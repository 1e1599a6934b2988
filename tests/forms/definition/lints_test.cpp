// Lints: each on a form that it is for, and silent on the same form put right.
#include "forms/definition/lints.h"
#include "tests/forms/definition/forms.h"

TEST_CASE("lint: each finds what it is for, with its cell, and is silent when it is put right") {
  struct Case {
    std::string code, survey, place, mended;
  };
  const std::string choices = "list_name,name,label,part\nyn,y,Yes,a\nyn,n,No,b\n";
  const Case cases[] = {
      {"unreachable", "type,name,label,relevant\ntext,a,A,1 = 2\n", "survey!D2",
       "type,name,label,relevant\ntext,a,A,1 = 1\n"},
      {"unreachable",
       "type,name,label,relevant\nselect_one yn,q,Q,\nbegin_group,g,G,${q} = 'y'\ntext,a,A,${q} = "
       "'n'\nend_group,,,\n",
       "survey!D4",
       "type,name,label,relevant\nselect_one yn,q,Q,\nbegin_group,g,G,${q} = 'y'\ntext,a,A,${q} = "
       "'y'\nend_group,,,\n"},
      {"never_offered", "type,name,label,choice_filter\nselect_one yn,q,Q,false()\n", "survey!D2",
       "type,name,label,choice_filter\nselect_one yn,q,Q,part = 'a'\n"},
      {"unlisted_value", "type,name,label,relevant\nselect_one yn,q,Q,\ntext,a,A,${q} = 'yes'\n", "survey!D3",
       "type,name,label,relevant\nselect_one yn,q,Q,\ntext,a,A,${q} = 'y'\n"},
      {"unlisted_value",
       "type,name,label,relevant\nselect_multiple yn,q,Q,\ntext,a,A,\"selected(${q}, 'x')\"\n", "survey!D3",
       "type,name,label,relevant\nselect_multiple yn,q,Q,\ntext,a,A,\"selected(${q}, 'n')\"\n"},
      {"types_apart", "type,name,label,relevant\ninteger,n,N,\ntext,a,A,${n} = 'many'\n", "survey!D3",
       "type,name,label,relevant\ninteger,n,N,\ntext,a,A,${n} = '3'\n"},
      {"types_apart", "type,name,label,relevant\ndate,d,D,\ntext,a,A,${d} > 'soon'\n", "survey!D3",
       "type,name,label,relevant\ndate,d,D,\ntext,a,A,${d} > '2026-01-01'\n"},
      {"blank_number", "type,name,label,calculation\ninteger,n,N,\ncalculate,c,,${n} + 1\n", "survey!D3",
       "type,name,label,calculation\ninteger,n,N,\ncalculate,c,,\"coalesce(${n}, 0) + 1\"\n"},
      {"loose_pattern", "type,name,label,constraint\ntext,a,A,\"regex(., '[0-9]+')\"\n", "survey!D2",
       "type,name,label,constraint\ntext,a,A,\"regex(., '^[0-9]+$')\"\n"},
      {"nested_once", "type,name,label,calculation\ncalculate,c,,once(random()) * 100\n", "survey!D2",
       "type,name,label,calculation\ncalculate,c,,once(random() * 100)\n"},
      {"equal_decimals", "type,name,label,relevant\ndecimal,d,D,\ntext,a,A,${d} = 0.1\n", "survey!D3",
       "type,name,label,relevant\ndecimal,d,D,\ntext,a,A,${d} < 0.1\n"},
      {"blank_index",
       "type,name,label,calculation\ninteger,n,N,\nbegin_repeat,r,R,\ntext,a,A,\nend_repeat,,,\ncalculate,c,,"
       "\"indexed-repeat(${a}, ${r}, ${n})\"\n",
       "survey!D6",
       "type,name,label,calculation\ninteger,n,N,\nbegin_repeat,r,R,\ntext,a,A,\nend_repeat,,,\ncalculate,c,,"
       "\"indexed-repeat(${a}, ${r}, 1)\"\n"}};
  auto found = [&](const std::string& survey, const std::string& code) {
    auto read = support::read_form({{"survey", survey}, {"choices", choices}});
    REQUIRE_MESSAGE(read.survey, support::texts_of(read));
    std::string out;
    for (const definition::Diagnostic& d : definition::lint(*read.survey)) {
      CHECK(d.severity != definition::Severity::error);
      if (d.code == code) out += definition::address(d.place);
    }
    return out;
  };
  for (const Case& c : cases) {
    CAPTURE(c.code);
    CAPTURE(c.survey);
    CHECK(found(c.survey, c.code) == c.place);
    CHECK(found(c.mended, c.code).empty());
  }
}

TEST_CASE("lint: a filter over a long list that no index serves is said, one that is served is not") {
  std::string csv = "name,label,part,height\n";
  for (int i = 0; i < 1200; ++i)
    csv += "v" + std::to_string(i) + ",L,p" + std::to_string(i % 7) + "," + std::to_string(i) + "\n";
  auto count = [&](const std::string& filter) {
    auto read = support::read_form(
        {{"survey",
          "type,name,label,choice_filter\ntext,w,W,\nselect_one_from_file t.csv,q,Q,\"" + filter + "\"\n"}},
        support::side_file("t.csv", csv));
    REQUIRE_MESSAGE(read.survey, support::texts_of(read));
    int n = 0;
    for (const definition::Diagnostic& d : definition::lint(*read.survey)) n += d.code == "slow_filter";
    return n;
  };
  CHECK(count("contains(label, ${w})") == 1);
  CHECK(count("part = ${w}") == 0);
  CHECK(count("part = ${w} and contains(label, 'x')") == 0);
}

TEST_CASE("lint: every row of the table has a code and a phrase of its own") {
  std::set<std::string_view> codes;
  for (const definition::Lint& one : definition::lints()) {
    CHECK(codes.insert(one.code).second);
    CHECK(one.looks_for.size() > 10);
  }
}
