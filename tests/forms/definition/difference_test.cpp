// Two versions of a form: what changed, and that no answer is destroyed.
#include <set>

#include "forms/base/random.h"
#include "forms/definition/difference.h"
#include "tests/forms/definition/forms.h"

using definition::Effect;

namespace {

const std::string choices = "list_name,name,label,x_id\nyn,y,Yes,1\nyn,n,No,2\n";

std::string says(const std::string& before, const std::string& after,
                 const std::string& choices_after = choices) {
  auto a = support::read_form({{"survey", before}, {"choices", choices}});
  auto b = support::read_form({{"survey", after}, {"choices", choices_after}});
  REQUIRE_MESSAGE(a.survey, support::texts_of(a));
  REQUIRE_MESSAGE(b.survey, support::texts_of(b));
  std::string out;
  for (const definition::Change& change : definition::difference(*a.survey, *b.survey).changes) {
    CHECK(change.text.size() > 10);
    out += change.identity + " " + change.what + " " + std::to_string(static_cast<int>(change.effect)) + "\n";
  }
  return out;
}

}  // namespace

TEST_CASE("difference: each kind of change has its effect on interviews begun before") {
  struct Case {
    std::string why, before, after, wanted;
    std::string choices_after = choices;
  };
  const std::string head = "type,name,label,relevant,x_id\n";
  const Case cases[] = {
      {"nothing", head + "text,a,A,,\n", head + "text,a,A,,\n", ""},
      {"a label", head + "text,a,A,,\n", head + "text,a,B,,\n", "a label 1\n"},
      {"a condition", head + "text,a,A,,\n", head + "text,a,A,1 = 1,\n", "a relevant 2\n"},
      {"one more", head + "text,a,A,,\n", head + "text,a,A,,\ntext,b,B,,\n", "b added 3\n"},
      {"one less", head + "text,a,A,,\ntext,b,B,,\n", head + "text,a,A,,\n", "b removed 5\n"},
      {"renamed by x_id", head + "text,a,A,,q1\n", head + "text,b,A,,q1\n", "b renamed 0\n"},
      {"renamed, its old name as x_id", head + "text,a,A,,\n", head + "text,b,A,,a\n", "b renamed 0\n"},
      {"another type", head + "text,a,A,,\n", head + "integer,a,A,,\n", "a type 5\n"},
      {"into a group", head + "text,a,A,,\n", head + "begin_group,g,G,,\ntext,a,A,,\nend_group,,,,\n",
       "a moved 1\ng added 1\n"},
      {"a choice recoded", head + "select_one yn,a,A,,\n", head + "select_one yn,a,A,,\n",
       "a codes 4\na list 2\n", "list_name,name,label,x_id\nyn,yes,Yes,1\nyn,n,No,2\n"},
      {"a choice gone", head + "select_one yn,a,A,,\n", head + "select_one yn,a,A,,\n", "a list 5\n",
       "list_name,name,label,x_id\nyn,y,Yes,1\n"}};
  for (const Case& c : cases) {
    CAPTURE(c.why);
    CHECK(says(c.before, c.after, c.choices_after) == c.wanted);
  }
}

TEST_CASE("migrate: answers move, follow their codes, or are kept with the reason") {
  auto a = support::read_form(
      {{"survey",
        "type,name,label\nselect_one yn,q,Q\nselect_multiple yn,m,M\ninteger,n,N\ntext,t,T\ntext,gone,G\n"
        "begin_repeat,r,R\ntext,inside,I\nend_repeat,,\n"},
       {"choices", choices}});
  auto b = support::read_form(
      {{"survey",
        "type,name,label\nselect_one yn,q,Q\nselect_multiple yn,m,M\ndecimal,n,N\ninteger,t,T\n"
        "begin_repeat,r,R\ntext,inside,I\nend_repeat,,\n"},
       {"choices", "list_name,name,label,x_id\nyn,yes,Yes,1\n"}});
  REQUIRE(a.survey);
  REQUIRE(b.survey);
  definition::Difference d = definition::difference(*a.survey, *b.survey);
  auto in_a = [&](const char* name) { return a.survey->named(name)[0]; };
  auto in_b = [&](const char* name) { return b.survey->named(name)[0]; };
  base::InstanceId id{};
  definition::Draft draft{{{in_a("r"), {id}}},
                          {{in_a("q"), {}, "y", true},
                           {in_a("m"), {}, "y n", true},
                           {in_a("n"), {}, "12", true},
                           {in_a("t"), {}, "twelve", true},
                           {in_a("gone"), {}, "kept", true},
                           {in_a("inside"), {id}, "here", true}}};
  definition::Migrated moved = definition::migrate(d, *a.survey, *b.survey, draft);
  CHECK(moved.draft.instances == std::vector<definition::DraftInstance>{{in_b("r"), {id}}});
  CHECK(moved.draft.answers == std::vector<definition::DraftAnswer>{{in_b("q"), {}, "yes", true},
                                                                    {in_b("n"), {}, "12", true},
                                                                    {in_b("inside"), {id}, "here", true}});
  std::string kept;
  for (const definition::ArchivedAnswer& one : moved.archived) kept += one.identity + "=" + one.text + " ";
  CHECK(kept == "m=y n t=twelve gone=kept ");
}

TEST_CASE("migrate: over random edits of a form and random drafts, no answer is destroyed") {
  base::SeededRandom random(29);
  const std::vector<std::string> types = {
      "text",      "integer", "decimal",  "date", "select_one yn", "select_multiple yn",
      "calculate", "note",    "geopoint", "image"};
  const std::vector<std::string> answers = {"y",          "n",          "y n",           "12",   "-3.5",
                                            "2026-11-24", "some words", "34.0 -5.0 0 0", "maybe"};
  auto form = [&](int rows) {
    std::string out = "type,name,label,calculation,x_id\n";
    int open = 0;
    for (int i = 0; i < rows; ++i) {
      if (random.below(5) == 0) {
        out += "begin_repeat,r" + std::to_string(i) + ",R,,\n";
        ++open;
      }
      std::string type = types[random.below(types.size())];
      std::string name = "q" + std::to_string(random.below(30)) + "_" + std::to_string(i % 3);
      out += type + "," + name + ",L," + (type == "calculate" ? "1 + 1" : "") + "," +
             (random.below(4) == 0 ? "id" + std::to_string(random.below(20)) : "") + "\n";
      if (open > 0 && random.below(3) == 0) {
        out += "end_repeat,,,,\n";
        --open;
      }
    }
    for (; open > 0; --open) out += "end_repeat,,,,\n";
    return out;
  };
  int rounds = 0;
  for (int round = 0; round < 400; ++round) {
    CAPTURE(round);
    auto a = support::read_form({{"survey", form(12)}, {"choices", choices}});
    auto b = support::read_form(
        {{"survey", form(12)},
         {"choices", random.below(2) ? choices : "list_name,name,label,x_id\nyn,yes,Yes,1\nyn,n,No,2\n"}});
    if (!a.survey || !b.survey) continue;
    ++rounds;
    definition::Draft draft;
    for (definition::NodeIndex i = 1; i < a.survey->nodes.size(); ++i) {
      std::vector<base::InstanceId> ids(a.survey->repeats_around(i).size());
      for (base::InstanceId& id : ids) random.fill(id.bytes);
      if (a.survey->nodes[i].kind == definition::NodeKind::repeat)
        draft.instances.push_back({i, ids});
      else if (a.survey->nodes[i].kind == definition::NodeKind::question)
        draft.answers.push_back({i, ids, answers[random.below(answers.size())], true});
    }
    definition::Difference d = definition::difference(*a.survey, *b.survey);
    definition::Migrated moved = definition::migrate(d, *a.survey, *b.survey, draft);
    std::multiset<std::string> kept;
    for (const definition::ArchivedAnswer& one : moved.archived) {
      CHECK_FALSE(one.why.empty());
      kept.insert(one.identity + "=" + one.text);
    }
    std::set<definition::NodeIndex> places;
    for (const definition::DraftAnswer& one : moved.draft.answers)
      CHECK(places.insert(one.node).second);  // none on top of another
    for (const definition::DraftAnswer& one : draft.answers) {
      CAPTURE(one.text);
      if (kept.contains(a.survey->nodes[one.node].identity + "=" + one.text)) continue;
      definition::NodeIndex to = d.to[one.node];
      REQUIRE(to != definition::no_node);
      // It moved: as it was, or word by word to other codes, each of which leads back to one.
      std::string wanted;
      auto codes = d.codes.find(to);
      for (size_t at = 0; at < one.text.size();) {
        size_t end = std::min(one.text.find(' ', at), one.text.size());
        std::string word = one.text.substr(at, end - at);
        at = end + 1;
        if (codes != d.codes.end())
          if (auto code = codes->second.find(word); code != codes->second.end()) word = code->second;
        wanted += (wanted.empty() ? "" : " ") + word;
      }
      bool there = std::any_of(
          moved.draft.answers.begin(), moved.draft.answers.end(), [&](const definition::DraftAnswer& m) {
            return m.node == to && m.instances == one.instances && (m.text == one.text || m.text == wanted);
          });
      CHECK(there);
    }
  }
  CHECK(rounds > 100);
}
