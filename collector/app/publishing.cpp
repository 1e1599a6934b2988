#include "collector/app/publishing.h"

#include <algorithm>
#include <set>

#include "collector/app/interview.h"
#include "forms/base/utf8.h"
#include "sync/seal/package.h"

namespace app {

using base::Bytes;
using base::Fault;
using base::Status;
using record::Statement;
using record::StatementType;

namespace {

base::Result<Bytes> package_of(Profile& coordinator, const FormFile& form) {
  uint64_t generation = 0;
  auto key = coordinator.read_key(&generation);
  if (!key) return base::pass(key.error());
  seal::Files files;
  for (const definition::Sheet& sheet : form.book.sheets) {
    std::string text = definition::write_csv(sheet);
    files[sheet.name + ".csv"] = Bytes(text.begin(), text.end());
  }
  // Only the lists the form names travel with it.
  for (const definition::ChoiceList& list : form.read.survey->lists)
    if (auto at = form.files.find(base::lower(list.name)); list.from_file && at != form.files.end())
      files["lists/" + at->first] = at->second;
  for (const std::string& name : media_files_of(*form.read.survey))
    if (auto at = form.files.find(name); at != form.files.end()) files["lists/" + name] = at->second;
  return seal::seal_package(coordinator.membership()->project, files, *key, static_cast<uint32_t>(generation),
                            coordinator.keys());
}

// What becomes of each question of `before`: as the rules say, else by its name.
base::Result<record::Migration> migration_between(const definition::Survey& before,
                                                  const base::FormHash& from, const definition::Survey& after,
                                                  const base::FormHash& to,
                                                  const std::vector<record::Rule>& rules) {
  std::vector<std::string> olds = questions_of(before), news = questions_of(after);
  std::vector<record::Rule> all = rules;
  std::set<std::string> said, taken;
  for (const record::Rule& rule : rules) {
    said.insert(rule.from);
    taken.insert(rule.to);
  }
  for (const std::string& question : olds) {
    if (said.count(question)) continue;
    definition::NodeIndex now = after.by_identity(question);
    bool stays = now != definition::no_node && taken.count(question) == 0;
    record::Rule rule{question, stays ? question : std::string(), {}, std::nullopt};
    // The same question, now another kind of value: its texts are read as that, where they are.
    if (stays && kind_of_value(before, before.by_identity(question)) != kind_of_value(after, now))
      rule.as = kind_of_value(after, now);
    all.push_back(std::move(rule));
  }
  return record::make_migration(from, to, all, olds, news);
}

Status say_migration(Profile& coordinator, const record::Migration& migration) {
  Statement s;
  s.type = StatementType::migration;
  s.hash.bytes = migration.from.bytes;
  s.package.bytes = migration.to.bytes;
  s.content = record::encode_migration(migration);
  s.number = 1;
  auto said = coordinator.say(std::move(s));
  return said ? Status() : Status(base::pass(said.error()));
}

}  // namespace

base::FormHash form_hash(const definition::Survey& survey) {
  return {seal::hash("sv1.form-hash", definition::canonical_bytes(survey)).bytes};
}

std::vector<std::string> questions_of(const definition::Survey& survey) {
  std::vector<std::string> out;
  for (const definition::Node& node : survey.nodes) {
    bool holds = node.kind == definition::NodeKind::repeat ||
                 (node.kind == definition::NodeKind::question && node.type &&
                  node.type->data != definition::DataType::none);
    if (holds) out.push_back(node.identity);
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

base::Result<Published> publish(Profile& coordinator, const FormFile& form, const PublishWish& wish) {
  if (auto may = coordinator.may_coordinate(); !may) return base::pass(may.error());
  if (!form.read.survey)
    return base::fail(Fault::invalid, form.book.name,
                      "This form has errors; mend them before publishing it.");
  const definition::Survey& survey = *form.read.survey;
  base::FormHash hash = form_hash(survey);
  std::vector<record::PublishedForm> editions = coordinator.authority().editions(survey.form_id);
  for (const record::PublishedForm& published : coordinator.forms())
    if (published.form_id == survey.form_id && published.hash == hash && published.version == survey.version)
      return Published{};
  Published out;
  out.is_new = true;
  // Before anything is said: whether the step from the version before can be taken.
  std::optional<record::Migration> step;
  if (!editions.empty() && editions.back().hash != hash) {
    auto before = coordinator.form(editions.back().package);
    if (!before) return base::pass(before.error());
    auto migration =
        migration_between(*(*before)->read.survey, editions.back().hash, survey, hash, wish.rules);
    if (!migration) return base::pass(migration.error());
    for (const auto& [question, rules] : migration->rules)
      if (rules[0].to.empty()) out.kept_apart.push_back(question);
    step = std::move(*migration);
  }
  auto package = package_of(coordinator, form);
  if (!package) return base::pass(package.error());
  auto id = seal::package_id(*package);
  if (!id) return base::pass(id.error());
  if (auto done = coordinator.central()->add_package(*id, *package); !done) return base::pass(done.error());
  Statement s;
  s.type = StatementType::publish;
  s.text = survey.form_id;
  s.version = survey.version;
  s.hash.bytes = hash.bytes;
  s.package = *id;
  s.number = coordinator.authority().last_edition(survey.form_id) + 1;
  if (auto said = coordinator.say(std::move(s)); !said) return base::pass(said.error());
  if (step)
    if (auto done = say_migration(coordinator, *step); !done) return base::pass(done.error());
  return out;
}

Status some_form_has(Profile& profile, const std::string& language) {
  if (language.empty()) return {};
  std::set<std::string> all;
  for (const record::PublishedForm& form : profile.forms()) {
    auto file = profile.form(form.package);
    if (!file || !(*file)->read.survey) continue;
    const definition::Survey& survey = *(*file)->read.survey;
    if (survey.language_index(language) >= 0) return {};
    all.insert(survey.languages.begin(), survey.languages.end());
  }
  std::string names;
  for (const std::string& name : all) names += (names.empty() ? "" : ", ") + name;
  return base::fail(
      Fault::missing, language,
      "No form of this project has this language; there are: " + (names.empty() ? "none" : names) + ".");
}

Status withdraw_form(Profile& coordinator, const std::string& form_id) {
  if (auto may = coordinator.may_coordinate(); !may) return may;
  for (const record::PublishedForm& form : coordinator.forms()) {
    if (form.form_id != form_id) continue;
    Statement s;
    s.type = StatementType::withdraw_form;
    s.text = form_id;
    s.number = coordinator.authority().last_edition(form_id);
    auto said = coordinator.say(std::move(s));
    return said ? Status() : Status(base::pass(said.error()));
  }
  return base::fail(Fault::missing, form_id, "No form of this name is offered now.");
}

}  // namespace app
