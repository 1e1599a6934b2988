#include "collector/app/centre.h"

#include <algorithm>
#include <set>

#include "collector/app/publishing.h"
#include "collector/app/table_digest.h"
#include "collector/app/table_words.h"
#include "collector/app/version.h"
#include "collector/app/worked_case.h"
#include "forms/base/zone.h"

namespace app {
namespace {

using base::Fault;
using base::Status;

std::string short_name(const std::string& form_id) {
  size_t at = form_id.rfind('_');
  return at == std::string::npos ? form_id : form_id.substr(at + 1);
}

class Assembly {
 public:
  Assembly(Profile& profile, Merged& merged, std::string_view language)
      : profile_(profile), merged_(merged), language_(language) {}

  base::Result<Dataset> assemble() {
    record::Merge& merge = merged_.merge();
    out_.fingerprint = merge.fingerprint();
    out_.records = merge.records();
    out_.withdrawn = merge.withdrawn().size();
    out_.revisions = merged_.revisions();
    out_.unopened = merged_.unopened();
    out_.set_aside = merge.set_aside();
    std::map<base::FormHash, std::vector<base::RecordId>> by_form;
    for (const auto& [id, s] : merged_.summaries()) {
      by_form[s.form].push_back(id);
      out_.refused += s.refused ? 1 : 0;
      out_.needs_review += s.needs_review ? 1 : 0;
      out_.incomplete += s.incomplete ? 1 : 0;
      if (s.conflicts > 0)
        if (auto done = disagree(id, s); !done) return base::pass(done.error());
    }
    for (auto& [hash, ids] : by_form) {
      const Summary& s = merged_.summaries().at(ids.front());
      out_.forms.push_back(
          {s.form_id, short_name(s.form_id), hash, merged_.form(hash), Cases(&merged_, std::move(ids))});
    }
    std::sort(out_.forms.begin(), out_.forms.end(), [&](const Dataset::Form& a, const Dataset::Form& b) {
      return std::make_tuple(a.id, edition(a.hash), a.hash) < std::make_tuple(b.id, edition(b.hash), b.hash);
    });
    find_likenesses();
    return std::move(out_);
  }

 private:
  uint64_t edition(const base::FormHash& hash) const {
    const record::PublishedForm* form = profile_.authority().form(hash);
    return form ? form->edition : 0;
  }

  // ---- conflicts

  Status disagree(const base::RecordId& id, const Summary& s) {
    auto view = merged_.view_of(id);
    if (!view) return base::pass(view.error());
    std::optional<WorkedCase> worked;
    auto file = merged_.form(view->form);
    if (file) worked.emplace(work_out(*view, *file->read.survey, profile_.world().clock->offset_minutes()));
    for (const record::Cell& cell : view->cells)
      if (cell.conflict) out_.conflicts.push_back(disagreement(id, s, cell, worked ? &*worked : nullptr));
    return {};
  }

  Disagreement disagreement(const base::RecordId& id, const Summary& s, const record::Cell& cell,
                            const WorkedCase* worked) const {
    Disagreement d{id, cell.key, s.code, cell.key.question, {}, -1};
    engine::NodeId at = engine::no_id;
    definition::NodeIndex node = definition::no_node;
    int language = 0;
    if (worked) {
      const definition::Survey& survey = worked->session.survey();
      language = language_of(survey, language_);
      node = survey.by_identity(cell.key.question);
      if (node != definition::no_node) {
        at = worked->session.find({node, cell.key.instances});
        d.label = worked->session.text(survey.nodes[node].label, at == engine::no_id ? 0 : at, language);
      }
    }
    if (d.label.empty()) d.label = cell.key.question;
    for (const record::Candidate& candidate : cell.candidates) {
      std::string shown = record::display(candidate.value);
      if (at != engine::no_id && worked->session.survey().nodes[node].type &&
          worked->session.survey().nodes[node].type->data == definition::DataType::choice)
        shown = worked->session.choice_label(at, shown, language);
      if (candidate.value == cell.shown && d.shown_side < 0) d.shown_side = static_cast<int>(d.sides.size());
      d.sides.push_back(
          {candidate.value, shown, profile_.label_of(candidate.device), when(candidate), candidate.entitled,
           given(candidate)});
    }
    return d;
  }

  // Corrected by what the clock of that device is known to be off.
  base::Instant given(const record::Candidate& candidate) const {
    return base::Instant{candidate.at.ms - profile_.authority().clock_offset_ms(candidate.device)};
  }

  std::string when(const record::Candidate& candidate) const {
    std::string out = base::format_iso(given(candidate), profile_.world().clock->offset_minutes()).substr(0, 16);
    std::replace(out.begin(), out.end(), 'T', ' ');
    return out;
  }

  // ---- likely duplicates

  void find_likenesses() {
    std::map<std::tuple<std::string, std::string, std::string>, std::vector<base::RecordId>> alike;
    for (const auto& [id, s] : merged_.summaries()) {
      if (s.refused) continue;
      if (!s.code.empty()) alike[{"case code", s.form_id, s.code}].push_back(id);
      if (!s.person.empty()) alike[{"person", s.form_id, s.person}].push_back(id);
    }
    std::set<std::pair<base::RecordId, base::RecordId>> listed;
    auto list = [&](const base::RecordId& a, const base::RecordId& b, const std::string& why,
                    const std::string& what) {
      if (!listed.insert({a, b}).second) return;
      out_.likenesses.push_back({a, b, why, what, decision(a, b)});
    };
    for (const auto& [key, ids] : alike) {
      const auto& [why, form, what] = key;
      // Every pair of a few; of many, each with the first.
      size_t firsts = ids.size() <= 8 ? ids.size() : 1;
      for (size_t i = 0; i < firsts; ++i)
        for (size_t j = i + 1; j < ids.size(); ++j) list(ids[i], ids[j], why, why == "person" ? "" : what);
    }
    // What was decided of two that are no longer alike stays visible, so that it can be undone.
    for (const auto& [id, s] : merged_.summaries())
      for (const auto& [other, value] : s.links)
        if (!decision(id, other).empty() && merged_.summaries().count(other)) list(id, other, "decided", "");
    join();
  }

  std::string decision(const base::RecordId& first, const base::RecordId& second) const {
    for (const auto& [other, value] : merged_.summaries().at(first).links)
      if (other == second) return value.tag == record::Tag::cleared ? "" : value.text;
    return "";
  }

  void join() {
    std::map<base::RecordId, base::RecordId>& first = out_.same_as;
    auto root = [&](base::RecordId id) {
      for (auto at = first.find(id); at != first.end() && at->second != id; at = first.find(id))
        id = at->second;
      return id;
    };
    for (const Likeness& l : out_.likenesses) {
      if (l.decision != "same") continue;
      base::RecordId a = root(l.first), b = root(l.second);
      first.try_emplace(a, a);
      first.try_emplace(b, b);
      if (a != b) first[std::max(a, b)] = std::min(a, b);
    }
    for (auto& [id, to] : first) to = root(id);
  }

  Profile& profile_;
  Merged& merged_;
  std::string language_;
  Dataset out_;
};

}  // namespace

exports::Case Cases::operator[](size_t i) const {
  return std::move(merged_->cases_of(std::span(&ids_.at(i), 1)).front());
}

void Cases::each(const std::function<void(exports::Case&)>& use) const {
  constexpr size_t ahead = 256;
  std::vector<exports::Case> now;
  auto use_all = [&] {
    for (exports::Case& one : now) use(one);
  };
  for (size_t from = 0; from < ids_.size(); from += ahead)
    now = merged_->cases_of(std::span(ids_).subspan(from, std::min(ahead, ids_.size() - from)), use_all);
  use_all();
}

size_t Dataset::undecided() const {
  return static_cast<size_t>(std::count_if(likenesses.begin(), likenesses.end(),
                                           [](const Likeness& l) { return l.decision.empty(); }));
}

base::Result<Dataset> Centre::look(Profile& profile, std::string_view language,
                                   const MergeProgress& progress) {
  auto merged = profile.merged();
  if (!merged) return base::pass(merged.error());
  if (auto done = (*merged)->update(progress); !done) return base::pass(done.error());
  return Assembly(profile, **merged, language).assemble();
}

exports::Tables tables_of(Profile& profile, const Dataset& dataset, std::string_view language) {
  exports::Tables out;
  const Strings strings(language.empty() ? "en" : language);
  const exports::Words words = table_words(strings);
  std::map<std::string, int> names;
  for (const Dataset::Form& form : dataset.forms) {
    if (!form.file) continue;
    const definition::Survey& survey = *form.file->read.survey;
    int index = language_of(survey, language);
    int edition = ++names[form.name];
    std::string name = form.name + (edition > 1 ? "-v" + std::to_string(edition) : "");
    auto each = [&dataset, &form](const std::function<void(const exports::Case&)>& use) {
      form.cases.each([&](exports::Case& one) {
        auto same = dataset.same_as.find(one.record);
        if (same != dataset.same_as.end()) one.same_as = same->second.hex();
        if (one.state != "gone") use(one);
      });
    };
    std::vector<exports::Table> tables = exports::tabulate(survey, name, each, index, words);
    std::vector<exports::CodebookRow> rows = exports::codebook(survey, tables, index, words);
    out.codebook.insert(out.codebook.end(), rows.begin(), rows.end());
    for (exports::Table& table : tables) out.tables.push_back(std::move(table));
    out.forms.push_back({name, &survey, each});
  }
  Profile* held = &profile;
  out.values = [held](const std::function<Status(std::string_view)>& use) -> Status {
    auto merged = held->merged();
    if (!merged) return base::pass(merged.error());
    for (const auto& [id, s] : (*merged)->summaries()) {
      auto view = (*merged)->view_of(id);
      if (!view) return base::pass(view.error());
      if (auto done = use(record::values_line(*view)); !done) return done;
    }
    for (const base::RecordId& id : (*merged)->merge().withdrawn())
      if (auto done = use(record::withdrawn_line(id)); !done) return done;
    return {};
  };
  out.notes = {
      {"project", profile.membership() ? profile.membership()->name : "",
       strings.tr("about_table.project.label")},
      {"fingerprint", record::spoken(dataset.fingerprint), strings.tr("about_table.fingerprint.label")},
      {"interviews", std::to_string(dataset.records), strings.tr("about_table.interviews.label")},
      {"revisions not opened", std::to_string(dataset.unopened), strings.tr("about_table.unopened.label")},
      {"revisions set aside", std::to_string(dataset.set_aside), strings.tr("about_table.set_aside.label")},
      {"interviews whose beginning is missing", std::to_string(dataset.incomplete),
       strings.tr("about_table.incomplete.label")},
      {"conflicts not settled", std::to_string(dataset.conflicts.size()),
       strings.tr("about_table.conflicts.label")},
      {"likely duplicates not decided", std::to_string(dataset.undecided()),
       strings.tr("about_table.duplicates.label")},
      {"exported by", profile.label(), strings.tr("about_table.by.label")},
      {"exported at", base::format_iso(profile.world().clock->now(), profile.world().clock->offset_minutes()),
       strings.tr("about_table.at.label")},
      {"program", std::string(version), strings.tr("about_table.program.label")},
      {"time-zone data", base::zone_data_version()}};
  for (const Dataset::Form& form : dataset.forms)
    if (form.file)
      out.notes.push_back(
          {"form " + form.id, form.hash.hex(), strings.tr("about_table.form.label", {{"name", form.id}})});
  for (const exports::Table& table : out.tables)
    out.notes.push_back({"digest of " + table.name, table_digest(table)});
  return out;
}

}  // namespace app
