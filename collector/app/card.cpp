#include "collector/app/card.h"

#include <charconv>

namespace app {
namespace {

constexpr int most_days = 3650;
constexpr std::string_view blank_contact = "________________________________________";
constexpr std::string_view blank_day = "____________________";

std::optional<int> days_of(std::string_view text) {
  int days = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), days);
  bool whole = error == std::errc() && end == text.data() + text.size();
  return whole && days > 0 && days <= most_days ? std::optional(days) : std::nullopt;
}

}  // namespace

CardTerms card_terms(const record::Authority& authority, base::Clock& clock) {
  CardTerms terms{authority.policy("card_contact"), base::parse_date(authority.policy("card_until"))};
  if (auto days = days_of(authority.policy("card_until")))
    terms.until = base::local_date(base::Instant{clock.now().ms + int64_t{*days} * 86'400'000}, clock.offset_minutes());
  return terms;
}

CardWords card_words(const Strings& strings, const CardTerms& terms) {
  std::string contact = terms.contact.empty() ? std::string(blank_contact) : terms.contact;
  std::string day = terms.until ? strings.date(*terms.until, DateLook::whole) : std::string(blank_day);
  return {strings.tr("card.respondent.title"),
          {strings.tr("card.respondent.text"), strings.tr("card.contact.text", {{"contact", contact}}),
           strings.tr("card.until.text", {{"date", day}}), strings.tr("card.apart.text")},
          strings.right_to_left()};
}

base::Status check_card_policy(const std::string& key, const std::string& value) {
  if (key == "card_until" && !base::parse_date(value) && !days_of(value))
    return base::fail(base::Fault::invalid, key,
                      "It is a day, such as 2027-06-30, or a number of days from the interview, such as 90.");
  return {};
}

}  // namespace app
