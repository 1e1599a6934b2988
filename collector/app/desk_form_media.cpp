// What a form shows and says beside its words: pictures of labels and choices, recorded prompts.
#include "collector/app/desk_state.h"
#include "collector/app/places.h"
#include "forms/base/utf8.h"

namespace app {

using definition::ChoiceList;
using engine::NodeId;

namespace {

constexpr int label_side = 720, choice_side = 220, areas_side = 1000;
constexpr size_t most_form_pictures = 200;

const std::string& in_language(const definition::Text& text, int language, int fallback) {
  static const std::string none;
  auto of = [&](int l) -> const std::string& {
    return l >= 0 && static_cast<size_t>(l) < text.source.size() ? text.source[static_cast<size_t>(l)] : none;
  };
  return of(language).empty() ? of(fallback) : of(language);
}

std::string_view media_of(const ChoiceList& list, const char* kind, uint32_t row, int language,
                          int fallback) {
  auto at = list.media.find(kind);
  if (at == list.media.end()) return {};
  for (int l : {language, fallback}) {
    bool has =
        l >= 0 && static_cast<size_t>(l) < at->second.size() && at->second[static_cast<size_t>(l)] >= 0;
    if (!has) continue;
    std::string_view name = list.table.cell(row, at->second[static_cast<size_t>(l)]);
    if (!name.empty()) return name;
  }
  return {};
}

}  // namespace

std::shared_ptr<const Picture> OpenDesk::form_picture(std::string_view name, int side) {
  std::string file = base::lower(name);
  std::string key = file + ":" + std::to_string(side);
  if (auto at = form_pictures_.find(key); at != form_pictures_.end()) return at->second;
  std::shared_ptr<const Picture> picture;
  if (auto at = interview_->files().find(file); at != interview_->files().end())
    if (auto decoded = decode_picture(at->second, side))
      picture = std::make_shared<const Picture>(std::move(*decoded));
  if (form_pictures_.size() >= most_form_pictures) form_pictures_.clear();
  form_pictures_[key] = picture;
  return picture;
}

// An image map, or a word why there is only its list; another picture in its place is shown above the list.
void OpenDesk::add_areas(QuestionView& view, const std::string& name) {
  std::vector<std::string> ids;
  for (const ChoiceView& choice : view.choices) ids.push_back(choice.value);
  view.areas = vectors_.find(interview_->files(), name, areas_side, ids);
  if (view.areas || view.picture) return;
  view.remark = strings_.tr(vectors_.is_off() ? Key("image_map.off.remark") : Key("image_map.missing.remark"));
}

void OpenDesk::add_form_media(QuestionView& view, NodeId node) {
  if (view.control.kind == definition::ControlKind::place && view.control.shape == definition::PlaceShape::point)
    view.places = town_choices(interview_->survey().language_code(language_));
  const definition::Survey& survey = interview_->survey();
  const definition::Node& asked = survey.nodes[interview_->session().definition_of(node)];
  bool chooses = view.control.kind == definition::ControlKind::choice_one ||
                 view.control.kind == definition::ControlKind::choice_many;
  std::string image;
  if (auto at = asked.media.find("image"); at != asked.media.end())
    image = in_language(at->second, language_, survey.default_language);
  bool areas = chooses && view.control.look == definition::ChoiceLook::image_map;
  if (!image.empty()) view.picture = form_picture(image, label_side);
  if (areas) add_areas(view, image);
  if (!image.empty() && !areas && !view.picture)
    if (auto drawn = vectors_.find(interview_->files(), image, label_side, {}))
      view.picture = std::shared_ptr<const Picture>(drawn, &drawn->picture);  // owned with the rest of it
  if (auto at = asked.media.find("audio"); at != asked.media.end())
    for (size_t l = 0; l < at->second.source.size() && l < survey.languages.size(); ++l) {
      const std::string& name = at->second.source[l];
      if (name.empty() || !interview_->files().count(base::lower(name))) continue;
      const std::string& language = survey.languages[l];
      view.prompts.push_back({language, language.substr(0, language.find(" ("))});
    }
  if (asked.list < 0 || view.choices.empty()) return;
  const ChoiceList& list = survey.lists[static_cast<size_t>(asked.list)];
  int geometry = view.control.look == definition::ChoiceLook::map ? list.table.column("geometry") : -1;
  bool pictures = list.media.count("image") > 0;
  if (!pictures && geometry < 0) return;
  for (ChoiceView& choice : view.choices) {
    uint32_t row = list.find(choice.value);
    if (row == language::no_row) continue;
    if (geometry >= 0) choice.place = list.table.cell(row, geometry);
    if (!pictures) continue;
    std::string_view name = media_of(list, "image", row, language_, survey.default_language);
    if (!name.empty()) choice.picture = form_picture(name, choice_side);
  }
}

void OpenDesk::on(const PlayPrompt& e) {
  NodeId node = interview_ ? find_address(interview_->session(), e.question) : engine::no_id;
  if (is_recording_whole()) return say(strings_.tr("sound.whole_runs.notice"));
  if (node == engine::no_id || sounding_.recorder) return;
  const definition::Survey& survey = interview_->survey();
  const definition::Node& asked = survey.nodes[interview_->session().definition_of(node)];
  auto audio = asked.media.find("audio");
  if (audio == asked.media.end()) return;
  end_sound();
  sounding_.question = e.question;
  if (!sound_system()) {
    sounding_.problem = strings_.tr("sound.off.problem");
    return show_sound();
  }
  for (size_t l = 0; l < audio->second.source.size() && l < survey.languages.size(); ++l) {
    if (!e.language.empty() && survey.languages[l] != e.language) continue;
    auto file = interview_->files().find(base::lower(audio->second.source[l]));
    if (file == interview_->files().end()) continue;
    sounding_.player = std::make_unique<sound::Player>(*sound_system(), file->second, around_.wake);
    sounding_.player->play();
    break;
  }
  show_sound();
}

}  // namespace app
