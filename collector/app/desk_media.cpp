// The desk's verbs on what is attached to answers: files, pictures, drawings, notes.
#include <algorithm>
#include <fstream>

#include "collector/app/answer_text.h"
#include "collector/app/desk_state.h"
#include "collector/app/locale.h"
#include "collector/app/platform.h"
#include "forms/base/utf8.h"

namespace app {

namespace fs = std::filesystem;
using base::Fault;
using definition::Drawing;
using definition::MediaKind;
using engine::NodeId;

namespace {

constexpr int shown_side = 900;           // of a picture on the screen
constexpr size_t most_kept_pictures = 6;  // decoded, in memory
constexpr uint64_t largest_file = 512ull << 20;
constexpr size_t most_entries = 2000;
constexpr int drawn_width = 1600;

// A name that can be an answer: the last part of a path, without what no file may have.
std::string plain_name(const fs::path& path, const std::string& extension) {
  std::string name = base::nfc(extension.empty() ? path.filename().string() : path.stem().string());
  std::string out;
  for (uint32_t c : base::code_points(name))
    if (c >= 0x20 && c != '/' && c != '\\' && out.size() < 80) base::append_utf8(out, c);
  if (out.empty()) out = "file";
  return extension.empty() ? out : out + "." + extension;
}

std::string extension_of(const fs::path& path) {
  std::string e = path.extension().string();
  return base::lower(e.empty() ? e : e.substr(1));
}

bool fits(MediaKind kind, const fs::path& path) {
  const std::string e = extension_of(path);
  auto one_of = [&](std::initializer_list<const char*> all) {
    return std::any_of(all.begin(), all.end(), [&](const char* one) { return e == one; });
  };
  switch (kind) {
    case MediaKind::image:
      return one_of({"jpg", "jpeg", "png"});
    case MediaKind::audio:
      return one_of({"opus", "ogg", "mp3", "m4a", "wav", "amr", "aac", "flac", "3gp"});
    case MediaKind::video:
      return one_of({"mp4", "mov", "mkv", "webm", "avi", "3gp", "m4v"});
    case MediaKind::file:
      return true;
  }
  return false;
}

base::Result<base::Bytes> whole_file(const fs::path& path, uint64_t most) {
  std::error_code error;
  uint64_t size = fs::file_size(path, error);
  if (error) return base::fail(Fault::missing, path.filename().string(), "This file is not there.");
  if (size > most) return base::fail(Fault::full, path.filename().string(), "This file is too large.");
  std::ifstream in(path, std::ios::binary);
  base::Bytes out(size);
  in.read(reinterpret_cast<char*>(out.data()), static_cast<std::streamsize>(size));
  if (static_cast<uint64_t>(in.gcount()) != size)
    return base::fail(Fault::missing, path.filename().string(), "This file cannot be read.");
  return out;
}

}  // namespace

NodeId DeskHeld::media_node(const std::string& question) const {
  if (!interview_) return engine::no_id;
  NodeId node = find_address(interview_->session(), question);
  if (node == engine::no_id) return node;
  const definition::Node& asked = interview_->survey().nodes[interview_->session().definition_of(node)];
  return asked.type && asked.type->data == definition::DataType::attachment ? node : engine::no_id;
}

// What a question of pictures, sounds or files shows of its answer.
MediaView OpenDesk::media_view(const QuestionView& q) {
  MediaView out{attachment_id(q.value), attachment_name(q.value), "", nullptr};
  if (q.control.media != MediaKind::image) return out;
  auto kept =
      std::find_if(pictures_.begin(), pictures_.end(), [&](const auto& one) { return one.first == q.value; });
  if (kept == pictures_.end()) {
    std::shared_ptr<const Picture> picture;
    if (auto bytes = media_.read(*interview_, q.value, largest_picture_file))
      if (auto decoded = decode_picture(*bytes, shown_side))
        picture = std::make_shared<const Picture>(std::move(*decoded));
    pictures_.insert(pictures_.begin(), {q.value, std::move(picture)});
    if (pictures_.size() > most_kept_pictures) pictures_.pop_back();
    kept = pictures_.begin();
  }
  out.picture = kept->second;
  return out;
}

// Bytes sealed as the answer of a question: nothing of them is ever in the clear on disk.
base::Status OpenDesk::attach(NodeId node, const std::string& name, base::ByteView bytes) {
  auto writer = media_.begin(*interview_, node, name, seal::Grain::file);
  if (!writer) return base::pass(writer.error());
  if (auto done = (*writer)->write(bytes); !done) {
    (void)(*writer)->cancel();
    return done;
  }
  std::string answer = (*writer)->answer();
  if (auto done = (*writer)->close(); !done) return done;
  store_answer(node, answer, false);
  return {};
}

void OpenDesk::on(const AttachFile& e) {
  std::string question = e.question;
  if (question.empty() && browser_) question = browser_->question;
  NodeId node = media_node(question);
  if (node == engine::no_id) return;
  const definition::Node& asked = interview_->survey().nodes[interview_->session().definition_of(node)];
  definition::Control control = asked.type->control(asked);
  fs::path path(e.path);
  auto refuse = [&](Key words) {
    problems_[question] = [this, words](NodeId) { return strings_.tr(words); };
    browser_.reset();
    show_interview();
  };
  if (!fits(control.media, path)) {
    if (control.media == MediaKind::image) return refuse("media.not_picture.problem");
    return refuse("media.kind.problem");
  }
  // Reading, decoding and sealing take a while: in a thread of their own, with a word meanwhile.
  auto result = std::make_shared<base::Result<std::pair<std::string, base::Bytes>>>(
      base::fail(Fault::missing, "file", ""));
  int most = control.most_pixels > 0 ? control.most_pixels : usual_longer_side;
  bool is_picture = control.media == MediaKind::image;
  start(
      strings_.tr("media.reading.step"),
      [result, path, most, is_picture] {
        auto bytes = whole_file(path, is_picture ? largest_picture_file : largest_file);
        if (!bytes) {
          *result = base::pass(bytes.error());
          return;
        }
        if (!is_picture) {
          *result = std::pair{plain_name(path, ""), std::move(*bytes)};
          return;
        }
        auto clean = clean_picture(*bytes, most);
        if (!clean)
          *result = base::pass(clean.error());
        else
          *result = std::pair{plain_name(path, clean->extension), std::move(clean->bytes)};
      },
      [this, result, question] {
        browser_.reset();
        NodeId at = media_node(question);
        if (at == engine::no_id) return;
        base::Status done =
            *result ? attach(at, (*result)->first, (*result)->second) : base::pass(result->error());
        if (*result) seal::wipe(std::span<uint8_t>((*result)->second));
        if (done) return;
        problems_[question] = [this, error = done.error()](NodeId) {
          return error.fault == Fault::full          ? strings_.tr("media.too_large.problem")
                 : error.fault == Fault::unsupported ? strings_.tr("media.not_picture.problem")
                 : error.fault == Fault::corrupt     ? strings_.tr("media.damaged.problem")
                                                     : fault_text(error);
        };
        show_interview();
      });
}

void OpenDesk::on(const Detach& e) {
  NodeId node = media_node(e.question);
  if (node == engine::no_id) return;
  if (sounding_.question == e.question) end_sound();
  store_answer(node, "", false);
}

void OpenDesk::on(const Draw& e) {
  NodeId node = media_node(e.question);
  if (node == engine::no_id || e.strokes.empty()) return;
  int height = std::clamp(static_cast<int>(drawn_width * e.shape), 100, 3000);
  Picture picture = blank_picture(drawn_width, height, 0xffffffff);
  bool over = false;
  if (!e.over.empty())
    if (auto bytes =
            media_.read(*interview_, std::string(interview_->session().value(node)), largest_picture_file))
      if (auto decoded = decode_picture(*bytes, usual_longer_side)) {
        picture = std::move(*decoded);
        over = true;
      }
  for (const std::vector<float>& way : e.strokes)
    draw_stroke(picture, {way, over ? 0.006f : 0.004f, over ? 0xff1010e0u : 0xff2e1e16u});
  auto bytes = over ? encode_jpeg(picture) : encode_png(picture);
  std::string name = std::string(interview_->survey().name(interview_->session().definition_of(node)));
  base::Status done =
      bytes ? attach(node, name + (over ? ".jpg" : ".png"), *bytes) : base::pass(bytes.error());
  if (!done) {
    problems_[e.question] = [this, error = done.error()](NodeId) { return fault_text(error); };
    show_interview();
  }
}

void OpenDesk::on(const Browse& e) {
  NodeId node = media_node(e.question);
  if (node == engine::no_id) return;
  const definition::Node& asked = interview_->survey().nodes[interview_->session().definition_of(node)];
  MediaKind kind = asked.type->control(asked).media;
  BrowserView view;
  view.question = e.question;
  if (!e.folder.empty()) browsed_ = e.folder;
  if (browsed_.empty()) browsed_ = home_folder();
  view.folder = browsed_.string();
  for (const fs::path& way : {home_folder(), fs::path("/media"), fs::path("/run/media"), fs::path("/")}) {
    std::error_code there;
    if (fs::is_directory(way, there)) view.ways.push_back(way.string());
  }
  std::error_code error;
  fs::directory_iterator at(browsed_, fs::directory_options::skip_permission_denied, error);
  for (; !error && at != fs::directory_iterator() && view.entries.size() < most_entries;
       at.increment(error)) {
    std::error_code of_entry;
    std::string name = at->path().filename().string();
    if (name.empty() || name[0] == '.' || !base::is_utf8(name)) continue;
    bool folder = at->is_directory(of_entry);
    if (!folder && (!at->is_regular_file(of_entry) || !fits(kind, at->path()))) continue;
    std::string size = folder ? "" : write_bytes(frame_.language, at->file_size(of_entry));
    view.entries.push_back({name, size, folder});
  }
  if (error) view.problem = strings_.tr("media.folder.problem");
  std::sort(view.entries.begin(), view.entries.end(), [](const auto& a, const auto& b) {
    if (a.is_folder != b.is_folder) return a.is_folder;
    return base::search_fold(a.name) < base::search_fold(b.name);
  });
  browser_ = std::move(view);
  show_interview();
}

void OpenDesk::on(const CloseBrowser&) {
  browser_.reset();
  if (std::holds_alternative<InterviewView>(screen_)) return show_interview();
  show_asking();
}

void OpenDesk::on(const WriteNote& e) {
  if (!interview_) return;
  NodeId node = find_address(interview_->session(), e.question);
  if (node == engine::no_id) return;
  auto text = base::nfc(base::trim(e.text));
  if (auto done = interview_->note(node, text); !done) return say(done.error());
  notes_[e.question] = text;
  show_interview();
}

void OpenDesk::forget_media() {
  end_sound();
  if (!other_) media_.forget();  // what was practised in the other interview is still heard and shown there
  pictures_.clear();
  form_pictures_.clear();
  vectors_.forget();
  notes_.clear();
  browser_.reset();
}

// The notes of this interview, read once when it is opened.
void OpenDesk::read_notes() {
  notes_.clear();
  auto journal = interview_->journal();
  if (!journal) return;
  for (const auto& [key, text] : record::notes_of(*journal)) {
    for (size_t part = 1; part <= interview_->recordings(); ++part)
      if (key == Interview::recording_key(part)) notes_["recording." + std::to_string(part)] = text;
    if (auto path = engine_path(interview_->survey(), key))
      if (NodeId node = interview_->session().find(*path); node != engine::no_id)
        notes_[address_of(interview_->session(), node)] = text;
  }
}

}  // namespace app
