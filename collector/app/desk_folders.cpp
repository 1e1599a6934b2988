// The desk's folders: where exports and copies go by themselves, and choosing another.
#include <algorithm>

#include "collector/app/desk_state.h"
#include "collector/app/platform.h"
#include "collector/export/format.h"
#include "forms/base/utf8.h"

namespace app {

namespace fs = std::filesystem;

namespace {

constexpr size_t most_folders = 2000;

}  // namespace

// "~/x" is one's home's; what does not say where it begins stands in the project's own folder.
fs::path DeskHeld::folder_named(const std::string& typed) const {
  fs::path documents = around_.documents.empty() ? documents_folder() : around_.documents;
  std::string name = profile_ && profile_->membership() ? profile_->membership()->name : "";
  fs::path own = documents / (name.empty() ? "Rihla" : exports::plain_name(name));
  std::string text = base::trim(typed);
  if (text.empty()) return own;
  if (text == "~" || text.rfind("~/", 0) == 0)
    return home_folder() / text.substr(std::min<size_t>(2, text.size()));
  fs::path path = text;
  return path.is_absolute() ? path.lexically_normal() : (own / path).lexically_normal();
}

void OpenDesk::show_asking() {
  if (std::holds_alternative<SyncView>(screen_)) return show_sync();
  if (std::holds_alternative<ExportView>(screen_)) return show_export();
  if (std::holds_alternative<CentralView>(screen_)) return show_central();
}

void OpenDesk::on(const BrowseFolders& e) {
  if (!profile_) return;
  BrowserView view;
  view.of_folders = true;
  fs::path folder = e.folder.empty() ? browsed_ : fs::path(e.folder);
  std::error_code there;
  while (!folder.empty() && !fs::is_directory(folder, there) && folder.has_relative_path())
    folder = folder.parent_path();
  if (folder.empty() || !folder.is_absolute()) folder = home_folder();
  browsed_ = folder;
  view.folder = folder.string();
  std::vector<fs::path> ways = {home_folder(), folder_named("").parent_path()};
  for (const fs::path& stick : sticks()) ways.push_back(stick);
  ways.push_back("/");
  for (const fs::path& way : ways)
    if (fs::is_directory(way, there)) view.ways.push_back(way.string());
  std::error_code error;
  fs::directory_iterator at(folder, fs::directory_options::skip_permission_denied, error);
  for (; !error && at != fs::directory_iterator() && view.entries.size() < most_folders;
       at.increment(error)) {
    std::error_code of_entry;
    std::string name = at->path().filename().string();
    if (name.empty() || name[0] == '.' || !base::is_utf8(name) || !at->is_directory(of_entry)) continue;
    view.entries.push_back({name, "", true});
  }
  if (error) view.problem = strings_.tr("media.folder.problem");
  std::sort(view.entries.begin(), view.entries.end(), [](const auto& a, const auto& b) {
    return base::search_fold(a.name) < base::search_fold(b.name);
  });
  browser_ = std::move(view);
  show_asking();
}

void OpenDesk::on(const TakeFolder& e) {
  browser_.reset();
  if (std::holds_alternative<SyncView>(screen_)) return on(ChoosePlace{e.folder});
  if (std::holds_alternative<ExportView>(screen_)) export_folder_ = e.folder;
  if (std::holds_alternative<CentralView>(screen_)) central_.folder = e.folder;
  show_asking();
}

}  // namespace app
