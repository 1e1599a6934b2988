#include "collector/app/trial.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "collector/app/form_files.h"

namespace fs = std::filesystem;

namespace {

app::FormFile form_of(std::vector<std::vector<std::string>> survey) {
  definition::Workbook book{"test", {}};
  book.sheets.push_back({"survey", std::move(survey)});
  app::FormFile form = app::form_from_sheets(std::move(book), {});
  REQUIRE(form.read.survey);
  return form;
}

std::vector<fs::path> corpus() {
  const char* shared = std::getenv("RIHLA_SHARED");
  fs::path folder = fs::path(shared && *shared ? shared : RIHLA_SOURCE "/../shared") / "corpus";
  std::vector<fs::path> out;
  std::error_code error;
  for (fs::recursive_directory_iterator at(folder, error); !error && at != fs::recursive_directory_iterator();
       at.increment(error))
    if (std::string end = at->path().extension().string(); end == ".xlsx" || end == ".xlsm" || end == ".xml")
      out.push_back(at->path());
  std::sort(out.begin(), out.end());
  if (out.empty()) std::printf("SKIPPED: trial of the corpus: no forms in %s\n", folder.c_str());
  return out;
}

}  // namespace

TEST_CASE(
    "trial: an interview goes to its end, answers what a later answer made wrong, and adds an instance") {
  app::FormFile form = form_of({{"type", "name", "label", "relevant", "constraint", "required"},
                                {"integer", "low", "Low", "", ". < ${high} or ${high} = ''", "yes"},
                                {"integer", "high", "High", "", ". > 3 and . < 900", "yes"},
                                {"begin_repeat", "person", "Person", "", "", ""},
                                {"text", "who", "Who", "", "", "yes"},
                                {"end_repeat", "", "", "", "", ""}});
  app::Trial trial = app::try_form(*form.read.survey, 0, 7);
  CHECK(trial.ended);
  CHECK(trial.unmet.empty());
  CHECK(trial.answered >= 4);  // two people
  app::Trial again = app::try_form(*form.read.survey, 0, 7);
  CHECK(again.answered == trial.answered);
}

TEST_CASE("trial: what nobody can answer is listed by question, and the interview goes on") {
  app::FormFile form = form_of({{"type", "name", "label", "constraint", "required"},
                                {"integer", "never", "Never", ". > 5 and . < 5", "yes"},
                                {"text", "after", "After", "", "yes"}});
  app::Trial trial = app::try_form(*form.read.survey, 0, 1);
  CHECK(trial.ended);
  REQUIRE(trial.unmet.size() == 1);
  CHECK(trial.unmet[0].question == "never");
  CHECK(trial.answered == 1);
}

TEST_CASE("trial: logic beyond every bound is told by its question") {
  app::FormFile form = form_of({{"type", "name", "label", "repeat_count"},
                                {"begin_repeat", "crowd", "Crowd", "2000000"},
                                {"text", "who", "Who", ""},
                                {"end_repeat", "", "", ""}});
  app::Trial trial = app::try_form(*form.read.survey, 0, 1, 50);
  REQUIRE_FALSE(trial.unmet.empty());
  bool told = std::any_of(trial.unmet.begin(), trial.unmet.end(), [](const app::TrialFinding& f) {
    return f.question == "crowd" && f.text.find("more instances") != std::string::npos;
  });
  CHECK(told);
}

TEST_CASE("trial: every form of the corpus that opens is answered to its end in every language") {
  int forms = 0, interviews = 0, met = 0, answered = 0;
  for (const fs::path& path : corpus()) {
    auto form = app::read_form(path, {});
    if (!form || !form->read.survey) continue;
    ++forms;
    std::vector<app::TrialFinding> told;
    size_t languages = std::max<size_t>(1, form->read.survey->languages.size());
    for (size_t language = 0; language < languages; ++language) {
      CAPTURE(path.string());
      CAPTURE(language);
      app::Trial trial = app::try_form(*form->read.survey, static_cast<int>(language), 1, 5000);
      CHECK(trial.ended);
      ++interviews;
      met += trial.unmet.empty();
      answered += trial.answered;
      for (const app::TrialFinding& one : trial.unmet)
        if (std::find(told.begin(), told.end(), one) == told.end()) told.push_back(one);
    }
    for (const app::TrialFinding& one : told)
      std::printf("trial: %s: not met: %s: %s\n", path.filename().c_str(), one.question.c_str(),
                  one.text.c_str());
  }
  if (forms > 0)
    std::printf("trial: %d forms, %d interviews, %d answers; in %d of them every question was met\n", forms,
                interviews, answered, met);
}
