#include "collector/app/typed_correction.h"

namespace app {
namespace {

constexpr const char* setting = "correction.typed";  // the record, the question, what was typed: a line each

}  // namespace

base::Status keep_typed(Profile& profile, const TypedCorrection& typed) {
  return profile.vault().set_setting(setting, typed.record.hex() + "\n" + typed.question + "\n" + typed.typed);
}

std::optional<TypedCorrection> typed_correction(Profile& profile) {
  std::string text = profile.vault().setting(setting);
  size_t first = text.find('\n');
  size_t second = first == std::string::npos ? first : text.find('\n', first + 1);
  if (second == std::string::npos) return std::nullopt;
  auto record = base::RecordId::from_hex(text.substr(0, first));
  if (!record) return std::nullopt;
  auto readable = profile.vault().readable(*record, profile.world().clock->now());
  if (!readable && readable.error().fault == base::Fault::missing) {
    (void)profile.vault().set_setting(setting, "");
    return std::nullopt;
  }
  if (readable) seal::wipe(std::span<uint8_t>(*readable));
  return TypedCorrection{*record, text.substr(first + 1, second - first - 1), text.substr(second + 1)};
}

base::Status forget_typed(Profile& profile, const base::RecordId& record, const std::string& question) {
  std::string start = record.hex() + "\n" + question + "\n";
  if (!profile.vault().setting(setting).starts_with(start)) return {};
  return profile.vault().set_setting(setting, "");
}

}  // namespace app
