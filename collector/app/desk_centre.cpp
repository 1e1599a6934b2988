#include <algorithm>

#include "collector/app/central_file.h"
#include "collector/app/desk_state.h"
#include "collector/app/platform.h"
#include "collector/app/seen.h"
#include "forms/base/utf8.h"
#include "forms/definition/edit.h"

namespace app {

namespace fs = std::filesystem;

namespace {

constexpr int rows_a_page = 40;

std::string base_name(const std::string& language) {
  return language.substr(0, language.find(" ("));
}

}  // namespace

// ---- sync

void OpenDesk::on(const ChoosePlace& e) {
  place_ = base::trim(e.address);
  // A folder is remembered from the root: the program may be started anywhere next time.
  if (!place_.empty() && place_.find("://") == std::string::npos) place_ = folder_named(place_).string();
  if (profile_) (void)remember_place(*profile_, place_);
  show_sync();
}

void OpenDesk::show_sync() {
  SyncView view;
  view.place = place_;
  view.browser = browser_;
  if (!place_.empty()) view.offered.push_back(place_);
  for (const fs::path& stick : sticks())
    if (stick.string() != place_) view.offered.push_back(stick.string());
  view.running = busy();
  view.done = finished_;
  {
    std::lock_guard<std::mutex> lock(progress_mutex_);
    view.bytes_done = progress_.bytes_done;
    view.bytes_total = progress_.bytes_total;
    if (busy()) {
      std::string number = strings_.number(progress_.number);
      if (progress_name_ == "sending")
        view.step = strings_.tr("sync.sending.step", {{"number", number}});
      else if (progress_name_ == "receiving")
        view.step =
            strings_.tr("sync.receiving.step", {{"number", number}, {"of", strings_.number(progress_.of)}});
      else
        view.step = strings_.tr("sync.listing.step");
    }
  }
  if (!busy() && profile_)
    if (auto outbox = profile_->vault().outbox(); outbox && !profile_->is_coordinator())
      view.left = static_cast<int>(outbox->size());
  if (finished_) {
    view.sent = report_.sent;
    view.received = report_.received;
    if (report_.outcome) {
      view.results.push_back(
          strings_.tr("sync.sent.result", {{"count", strings_.number(report_.sent)}}, report_.sent));
      view.results.push_back(strings_.tr("sync.received.result",
                                         {{"count", strings_.number(report_.received)}}, report_.received));
      if (one_disk_) view.results.push_back(strings_.tr("file.one_disk.text"));
    } else {
      view.problems.push_back(fault_text(report_.outcome.error()));
    }
    for (const std::string& problem : report_.problems) {
      std::string name = problem.substr(0, problem.find(": "));
      bool is_file = name.find(".sv") != std::string::npos;  // else a sentence of its own
      view.problems.push_back(is_file ? strings_.tr("sync.left_alone.problem", {{"name", name}}) : problem);
    }
  }
  screen_ = std::move(view);
}

void OpenDesk::on(const StartSync&) {
  if (!profile_) return;
  if (place_.empty()) return say(strings_.tr("sync.no_place.notice"), true);
  finished_ = false;
  auto work = [this] {
    report_ = sync_with(*profile_, place_, {}, [this](const exchange::SyncStep& step) {
      {
        std::lock_guard<std::mutex> lock(progress_mutex_);
        progress_ = step;
        progress_name_ = step.name;
        progress_fresh_ = true;
      }
      if (around_.wake) around_.wake();
      return !cancel_;
    });
    one_disk_ = report_.outcome && tell_of_one_disk(*profile_);
    if (report_.outcome) count_centre(*profile_, frame_.language, around_.clock->now());
  };
  start(strings_.tr("sync.listing.step"), work, [this] {
    finished_ = true;
    dataset_.reset();
    (void)profile_->refresh();
    show_sync();
  });
  show_sync();
}

// ---- the dataset

void OpenDesk::look(std::function<void()> show) {
  auto found = std::make_shared<base::Result<Dataset>>(Dataset{});
  auto tables = std::make_shared<exports::Tables>();
  auto work = [this, found, tables] {
    *found = Centre::look(*profile_, frame_.language);
    if (*found) *tables = tables_of(*profile_, **found, frame_.language);
  };
  start(strings_.tr("task.looking.step"), work, [this, found, tables, show = std::move(show)] {
    if (!*found) return say(found->error());
    dataset_ = std::move(**found);
    tables_ = std::move(*tables);
    keep_seen(*profile_, *dataset_);
    show();
  });
}

void OpenDesk::on(const Merge&) {
  if (profile_ && profile_->is_coordinator()) look([this] { show_table(); });
}

void OpenDesk::show_conflicts() {
  ConflictsView view;
  for (const Disagreement& d : dataset_->conflicts) {
    ConflictView one{d.record.hex(), d.case_code, d.key.question, d.label, {}, d.shown_side};
    for (const auto& side : d.sides)
      one.sides.push_back({record::display(side.value), side.shown, side.who, moment_text(side.at)});
    view.conflicts.push_back(std::move(one));
  }
  conflict_ = std::clamp(conflict_, 0, std::max(0, static_cast<int>(view.conflicts.size()) - 1));
  view.selected = conflict_;
  view.chosen_side = side_;
  screen_ = std::move(view);
}

void OpenDesk::on(const SelectConflict& e) {
  conflict_ = e.index;
  side_ = -1;
  if (dataset_) show_conflicts();
}

void OpenDesk::on(const ChooseSide& e) {
  side_ = e.index;
  if (dataset_) show_conflicts();
}

void OpenDesk::on(const Settle& e) {
  if (!dataset_ || static_cast<size_t>(conflict_) >= dataset_->conflicts.size()) return;
  if (side_ < 0) return say(strings_.tr("conflicts.choose.notice"), true);
  if (auto done = settle(*profile_, dataset_->conflicts[static_cast<size_t>(conflict_)], side_, e.reason);
      !done)
    return say(done.error());
  side_ = -1;
  look([this] {
    show_conflicts();
    say(strings_.tr("conflicts.settled.notice"));
  });
}

void OpenDesk::show_table() {
  TableView view;
  for (const exports::Table& table : tables_->tables) view.tables.push_back(table.name);
  table_ = std::clamp(table_, 0, std::max(0, static_cast<int>(view.tables.size()) - 1));
  view.table = table_;
  view.labels = labels_;
  view.fingerprint = record::spoken(dataset_->fingerprint);
  view.unopened = static_cast<int>(dataset_->unopened);
  view.conflicts = static_cast<int>(dataset_->conflicts.size());
  if (auto gaps = profile_->central()->gaps(profile_->authority()); gaps)
    view.missing = static_cast<int>(gaps->size());
  if (!tables_->tables.empty()) {
    const exports::Table& table = tables_->tables[static_cast<size_t>(table_)];
    view.total_rows = static_cast<int>(table.rows.size());
    view.first_row = first_row_ = std::clamp(first_row_, 0, std::max(0, view.total_rows - 1));
    for (const exports::Column& column : table.columns)
      view.columns.push_back(labels_ && !column.label.empty() ? column.label : column.name);
    for (int r = first_row_; r < std::min(first_row_ + rows_a_page, view.total_rows); ++r) {
      std::vector<std::string> row;
      for (const exports::Cell& cell : table.rows[static_cast<size_t>(r)])
        row.push_back(labels_ && !cell.label.empty() ? cell.label : cell.code);
      view.rows.push_back(std::move(row));
    }
  }
  screen_ = std::move(view);
}

void OpenDesk::on(const SelectTable& e) {
  table_ = e.index;
  first_row_ = 0;
  if (tables_) show_table();
}
void OpenDesk::on(const ShowLabels& e) {
  labels_ = e.on;
  if (tables_) show_table();
}
void OpenDesk::on(const ScrollTable& e) {
  first_row_ = e.first_row;
  if (tables_) show_table();
}

void OpenDesk::show_export() {
  ExportView view;
  for (const auto& [name, help] : export_formats()) view.formats.push_back(name);
  view.folder = export_folder_;
  view.result = export_result_;
  view.browser = browser_;
  screen_ = std::move(view);
}

void OpenDesk::on(const ExportTo& e) {
  if (!profile_ || !profile_->is_coordinator()) return;
  export_folder_ = folder_named(e.folder).string();
  (void)profile_->vault().set_setting("export.folder", export_folder_);
  std::error_code ignored;
  fs::create_directories(export_folder_, ignored);
  auto written = std::make_shared<base::Result<std::vector<std::string>>>();
  auto work = [this, written, e] {
    *written = export_tables(*profile_, e.format, export_folder_, frame_.language);
  };
  start(strings_.tr("task.writing.step"), work, [this, written] {
    export_result_.clear();
    if (*written) {
      for (const std::string& name : **written) export_result_ += (export_result_.empty() ? "" : ", ") + name;
      auto count = static_cast<long>((*written)->size());
      say(strings_.tr("export.done.notice", {{"count", strings_.number(count)}}, count));
    } else {
      say(written->error());
    }
    show_export();
  });
}

// ---- the editor

void OpenDesk::on(const SelectForm& e) {
  edited_form_ = e.form;
  changes_.clear();
  text_row_ = 0;
  published_.reset();
  show_editor();
}

void OpenDesk::show_editor() {
  EditorView view;
  std::vector<record::PublishedForm> forms = profile_->forms();
  for (const record::PublishedForm& form : forms) view.forms.push_back(form.form_id);
  if (edited_form_.empty() && !forms.empty()) edited_form_ = forms.front().form_id;
  for (const record::PublishedForm& form : forms) {
    if (form.form_id != edited_form_) continue;
    view.version = form.version;
    if (published_) continue;
    auto file = profile_->form(form.package);
    if (!file) {
      say(file.error());
      break;
    }
    published_ = *file;
    edited_ = published_->book;
    edited_files_ = published_->files;
    const definition::Survey& here = *published_->read.survey;
    auto at = std::find(here.languages.begin(), here.languages.end(), text_language_name_);
    text_language_ = at == here.languages.end() ? here.default_language
                                                : static_cast<int>(at - here.languages.begin());
  }
  view.form = edited_form_;
  view.next_version = definition::next_version(view.version);
  if (!published_) {
    screen_ = std::move(view);
    return;
  }
  FormFile now = form_from_sheets(edited_, edited_files_);
  const definition::Survey& before = *published_->read.survey;
  const definition::Survey& survey = now.read.survey ? *now.read.survey : before;
  for (const std::string& language : survey.languages) view.languages.push_back(base_name(language));
  view.language = text_language_;
  for (const definition::Node& node : survey.nodes) {
    definition::NodeIndex old = before.by_identity(node.identity);
    for (const auto& [column, text, was] :
         {std::make_tuple("label", &node.label,
                          old == definition::no_node ? nullptr : &before.nodes[old].label),
          std::make_tuple("hint", &node.hint,
                          old == definition::no_node ? nullptr : &before.nodes[old].hint)}) {
      // A question without a hint yet can get one.
      bool hintable = column == std::string_view("hint") && !node.label.empty() && node.type &&
                      node.kind == definition::NodeKind::question;
      if (text->empty() && !hintable) continue;
      std::vector<std::string> texts = text->source;
      texts.resize(survey.languages.size());
      view.rows.push_back({node.name, column, texts, was && was->source != text->source});
    }
  }
  text_row_ = std::clamp(text_row_, 0, std::max(0, static_cast<int>(view.rows.size()) - 1));
  view.selected = text_row_;
  if (!view.rows.empty()) {
    engine::Environment environment;
    environment.clock = around_.clock;
    environment.random = around_.random;
    environment.language = text_language_;
    engine::Session session = engine::Session::begin(survey, environment);
    const TextRow& row = view.rows[static_cast<size_t>(text_row_)];
    for (definition::NodeIndex node : survey.named(row.question)) {
      std::vector<engine::NodeId> open = {0};
      while (!open.empty()) {
        engine::NodeId at = open.back();
        open.pop_back();
        if (session.definition_of(at) == node) view.preview = question_view(session, at, text_language_, -1);
        for (engine::NodeId child : session.children(at)) open.push_back(child);
      }
    }
    if (view.preview.label.empty()) view.preview.label = row.texts[static_cast<size_t>(text_language_)];
    view.preview.right_to_left = survey.is_right_to_left(text_language_);
  }
  view.changes = changes_;
  view.may_publish = !changes_.empty() && now.read.survey;
  screen_ = std::move(view);
}

void OpenDesk::on(const SelectText& e) {
  text_row_ = e.row;
  text_language_ = e.language;
  if (!published_) return;
  const std::vector<std::string>& languages = published_->read.survey->languages;
  if (e.language >= 0 && static_cast<size_t>(e.language) < languages.size())
    text_language_name_ = languages[static_cast<size_t>(e.language)];
  show_editor();
}

void OpenDesk::on(const EditText& e) {
  const auto* view = std::get_if<EditorView>(&screen_);
  if (!view || !published_ || view->rows.empty()) return;
  TextRow row = view->rows[static_cast<size_t>(view->selected)];
  const std::string& language = published_->read.survey->languages[static_cast<size_t>(text_language_)];
  if (row.texts[static_cast<size_t>(text_language_)] == e.text) return;
  if (auto done = definition::set_text(edited_, row.question, row.column, language, e.text); !done)
    return say(done.error());
  std::string change = row.question + ", " + row.column + ", " + base_name(language);
  if (std::find(changes_.begin(), changes_.end(), change) == changes_.end()) changes_.push_back(change);
  show_editor();
}

void OpenDesk::on(const Publish&) {
  const auto* view = std::get_if<EditorView>(&screen_);
  if (!view || !view->may_publish) return;
  if (auto done = definition::set_version(edited_, view->next_version); !done) return say(done.error());
  FormFile form = form_from_sheets(edited_, edited_files_);
  std::string version = view->next_version;
  if (auto done = publish(*profile_, form); !done) return say(done.error());
  changes_.clear();
  published_.reset();
  show_editor();
  say(strings_.tr("editor.published.notice", {{"version", version}}));
}

}  // namespace app
