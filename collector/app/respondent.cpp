#include "collector/app/respondent.h"

#include <algorithm>
#include <charconv>
#include <map>

namespace app {
namespace {

using definition::DataType;
using definition::Node;

enum class Kind : uint8_t { sentence, actor, town };

struct Stock {
  std::string_view language;
  std::vector<std::string_view> sentences, actors;
};

// Things people might say, without names of persons; the demonstration's open answers.
const std::vector<Stock>& stocks() {
  static const std::vector<Stock> all = {
      {"en",
       {"The youth council started after the second visit.", "People from both towns know each other by now.",
        "Without the association nobody would have come.",
        "It took two years before the waste plan was used."},
       {"Youth council", "Town hall front desk", "Women's cooperative", "Twinning committee", "Sports club"}},
      {"fr",
       {"L’association a fait le lien entre la commune et les familles.",
        "Nous avons appris à écouter les jeunes.", "Sans interprète, la première réunion aurait échoué.",
        "Le plan de tri a été repris par deux communes voisines."},
       {"Conseil des jeunes", "Guichet de la commune", "Coopérative de femmes", "Comité de jumelage",
        "Club sportif"}},
      {"ar",
       {"الجمعية هي التي جمعت بين الجماعة والأسر.", "تعلّمنا كيف نستمع إلى الشباب.",
        "بدون الترجمة لم يكن اللقاء الأول لينجح.", "استفادت جماعتان مجاورتان من خطة النفايات."},
       {"مجلس الشباب", "شباك الجماعة", "تعاونية نسائية", "لجنة التوأمة", "نادٍ رياضي"}},
      {"tr",
       {"Dernek, belediye ile aileleri bir araya getirdi.", "Gençleri dinlemeyi öğrendik.",
        "Tercüman olmasaydı ilk toplantı yürümezdi.", "Atık planını iki komşu ilçe de uyguladı."},
       {"Gençlik meclisi", "Belediye danışma masası", "Kadın kooperatifi", "Kardeş şehir komitesi",
        "Spor kulübü"}},
      {"nl",
       {"De vereniging bracht de gemeente en de gezinnen bij elkaar.",
        "We hebben geleerd naar jongeren te luisteren.", "Zonder tolk was de eerste bijeenkomst mislukt.",
        "Twee buurgemeenten namen het afvalplan over."},
       {"Jongerenraad", "Loket van de gemeente", "Vrouwencoöperatie", "Stedenbandcommissie", "Sportclub"}}};
  return all;
}

constexpr std::string_view towns[] = {"Berkane", "Larache",  "Tiznit",  "Emirdağ",
                                      "Kulu",    "Deventer", "Zaanstad"};

// What an open question asks for, as far as its name tells.
Kind kind_of(const Node& definition) {
  auto has = [&](std::string_view part) { return definition.name.find(part) != std::string::npos; };
  for (const char* part :
       {"commune", "municipality", "town", "city", "village", "admin1", "admin2", "region"})
    if (has(part)) return Kind::town;
  return has("name") || has("organisation") ? Kind::actor : Kind::sentence;
}

constexpr double largest = 1e12;  // bounds that no person would name are passed over

// Every number that stands in an expression's source, so that bounds are tried.
std::vector<double> numbers_in(const std::string& source) {
  std::vector<double> found;
  for (size_t at = 0; at < source.size();) {
    bool starts = source[at] >= '0' && source[at] <= '9';
    if (!starts) {
      ++at;
      continue;
    }
    double value = 0;
    auto end = std::from_chars(source.data() + at, source.data() + source.size(), value);
    bool negative = at > 0 && source[at - 1] == '-';
    if (value <= largest) found.push_back(negative ? -value : value);
    at = static_cast<size_t>(end.ptr - source.data());
  }
  return found;
}

// The pattern of the first regex(., '…') in a constraint.
std::string pattern_in(const std::string& source) {
  size_t at = source.find("regex(");
  if (at == std::string::npos) return {};
  size_t open = source.find_first_of("'\"", at);
  if (open == std::string::npos) return {};
  size_t close = source.find(source[open], open + 1);
  return close == std::string::npos ? std::string() : source.substr(open + 1, close - open - 1);
}

// What stands between quotes: the words an expression compares with.
std::vector<std::string> words_in(const std::string& expression) {
  std::vector<std::string> out;
  for (size_t at = expression.find_first_of("'\""); at != std::string::npos;) {
    size_t end = expression.find(expression[at], at + 1);
    if (end == std::string::npos) break;
    if (end > at + 1) out.push_back(expression.substr(at + 1, end - at - 1));
    at = expression.find_first_of("'\"", end + 1);
  }
  return out;
}

std::string whole(double value) {
  return std::to_string(static_cast<int64_t>(value));
}

}  // namespace

std::optional<std::string> Respondent::answer(const engine::Session& session, engine::NodeId node) {
  const Node& definition = session.survey().nodes[session.definition_of(node)];
  if (!definition.type || definition.type->data == DataType::none || !definition.type->not_yet.empty())
    return std::nullopt;
  bool required = session.required(node);
  if (!required && random_.unit() < leave_blank) return std::nullopt;
  for (int attempt = 0; attempt < tries; ++attempt) {
    std::string typed = candidate(session, node, attempt);
    if (typed.empty()) return std::nullopt;
    auto stored = definition.type->accept ? definition.type->accept(definition, typed)
                                          : base::Result<std::string>(typed);
    if (stored && session.judge(node, *stored) == engine::Judgement::fine) return typed;
  }
  if (std::find(unmet_.begin(), unmet_.end(), definition.identity) == unmet_.end())
    unmet_.push_back(definition.identity);
  return std::nullopt;
}

std::string Respondent::candidate(const engine::Session& session, engine::NodeId node, int attempt) {
  const Node& definition = session.survey().nodes[session.definition_of(node)];
  bool free_text = session.takes_free_text(node);
  switch (definition.type->data) {
    case DataType::integer:
    case DataType::decimal:
      return number(definition, attempt);
    case DataType::choice:
    case DataType::choices:
    case DataType::ranking:
      return free_text ? words(definition) : choices(session, node, attempt);
    case DataType::date: {
      int64_t day = base::days_from_civil({2026, 3, 1}) -
                    static_cast<int64_t>(random_.below(attempt < 20 ? 400 : 12000));
      return base::format_date(base::civil_from_days(day));
    }
    case DataType::time: {
      auto two = [](uint64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
      uint64_t hour = 8 + random_.below(10);
      return two(hour) + ":" + two(random_.below(60));
    }
    case DataType::date_time: {
      int64_t day = base::days_from_civil({2026, 3, 1}) - static_cast<int64_t>(random_.below(400));
      return base::format_date(base::civil_from_days(day)) + "T14:30";
    }
    case DataType::place:
      return place();
    case DataType::trace:
    case DataType::shape:
      return place() + "; " + place() + "; " + place();
    case DataType::boolean:
      return "true";
    case DataType::text: {
      std::string pattern = pattern_in(definition.constraint.source);
      if (!pattern.empty())
        if (auto fitting = text_for_pattern(pattern, random_)) return *fitting;
      if (attempt % 4 == 1) return number(definition, attempt);
      std::vector<std::string> quoted = words_in(definition.constraint.source);
      if (attempt % 4 == 2 && !quoted.empty()) return quoted[random_.below(quoted.size())];
      return words(definition);
    }
    default:
      return {};
  }
}

std::string Respondent::number(const Node& definition, int attempt) {
  std::vector<double> bounds = numbers_in(definition.constraint.source);
  for (const char* end : {"start", "end"})  // a range names its own
    if (auto at = definition.parameters.find(end); at != definition.parameters.end())
      for (double bound : numbers_in(at->second)) bounds.push_back(bound);
  if (definition.repeat_count) return whole(1 + static_cast<double>(random_.below(3)));
  std::vector<double> plain;
  std::copy_if(bounds.begin(), bounds.end(), std::back_inserter(plain), [](double b) { return b >= 0; });
  double low = plain.empty() ? 0 : *std::min_element(plain.begin(), plain.end());
  double high = plain.empty() ? 20 : *std::max_element(plain.begin(), plain.end());
  if (plain.size() == 1) high = low + 40;
  // Rosters stay small: a count of many is rarely what is tried.
  double span = std::max(1.0, attempt < 4 ? std::min(high - low, 60.0) : high - low);
  if (high - low <= 20 && attempt < 4) span = std::min(span, 4.0 + static_cast<double>(random_.below(7)));
  double value = low + static_cast<double>(random_.below(static_cast<uint64_t>(span) + 1));
  if (attempt > 20 && !bounds.empty())
    value = bounds[random_.below(bounds.size())] + static_cast<double>(random_.below(5)) - 2;
  return whole(value);
}

// Somewhere between Tangier and Marrakesh.
std::string Respondent::place() {
  auto degrees = [&](int least, uint64_t span) {
    int hundredths = least + static_cast<int>(random_.below(span));
    return std::to_string(hundredths / 100) + "." + (hundredths % 100 < 10 ? "0" : "") +
           std::to_string(hundredths % 100);
  };
  return degrees(3160, 410) + " -" + degrees(500, 280);
}

std::string Respondent::choices(const engine::Session& session, engine::NodeId node, int attempt) {
  std::vector<engine::Offer> offers = session.offers(node, session.language());
  if (offers.empty()) return {};
  const Node& definition = session.survey().nodes[session.definition_of(node)];
  // Consent is mostly given, so that there is an interview to tell of.
  auto role = definition.extra.find("x_role");
  if (role != definition.extra.end() && role->second.rfind("consent", 0) == 0 && random_.unit() < 0.85)
    for (const engine::Offer& offer : offers)
      if (offer.value == "yes") return offer.value;
  // Long lists begin with what is usual.
  if (definition.type->data == DataType::choice) {
    size_t among = offers.size() > 60 && random_.unit() < 0.9 ? 3 : offers.size();
    return offers[random_.below(among)].value;
  }
  for (size_t i = offers.size(); i > 1; --i) std::swap(offers[i - 1], offers[random_.below(i)]);
  size_t count = offers.size();
  if (definition.type->data == DataType::choices)
    count = attempt > 10 ? 1 : 1 + random_.below(std::min<size_t>(offers.size(), 3));
  std::string joined;
  for (size_t i = 0; i < count; ++i) joined += (i ? " " : "") + offers[i].value;
  return joined;
}

std::string Respondent::words(const Node& definition) {
  Kind kind = kind_of(definition);
  if (kind == Kind::town) return std::string(towns[random_.below(std::size(towns))]);
  const Stock* spoken = &stocks()[0];
  for (const Stock& stock : stocks())
    if (stock.language == language_) spoken = &stock;
  const auto& from = kind == Kind::actor ? spoken->actors : spoken->sentences;
  return std::string(from[random_.below(from.size())]);
}

}  // namespace app
