#include "collector/app/contacts.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "forms/base/random.h"

namespace app {
namespace {

using Json = nlohmann::json;

constexpr size_t most_contacts = 2000;

Json encode(const Contact& c) {
  return {{"id", c.id},   {"code", c.code}, {"outcome", static_cast<int>(c.outcome)},
          {"at", c.at.ms}, {"day", c.day},   {"hour", c.hour},
          {"note", c.note}};
}

Contact decode(const Json& json) {
  Contact c;
  c.id = json.value("id", "");
  c.code = json.value("code", "");
  c.outcome = static_cast<Outcome>(std::clamp(json.value("outcome", 0), 0, 3));
  c.at.ms = json.value("at", int64_t{0});
  c.day = json.value("day", "");
  c.hour = json.value("hour", "");
  c.note = json.value("note", "");
  return c;
}

}  // namespace

Contacts::Contacts(store::Vault& vault) : vault_(vault) {
  Json json = Json::parse(vault_.setting("contacts"), nullptr, false);
  if (!json.is_array()) return;
  for (const Json& one : json)
    if (one.is_object()) all_.push_back(decode(one));
}

std::vector<Contact> Contacts::due() const {
  std::vector<Contact> out;
  for (const Contact& c : all_)
    if (!c.day.empty()) out.push_back(c);
  std::sort(out.begin(), out.end(), [](const Contact& a, const Contact& b) {
    return std::tie(a.day, a.hour, a.id) < std::tie(b.day, b.hour, b.id);
  });
  return out;
}

base::Status Contacts::keep(Contact contact, base::Random& random) {
  if (all_.size() >= most_contacts)
    return base::fail(base::Fault::full, "contacts", "The list is full. Take some away first.");
  contact.id = base::DraftId::from(random).hex();
  all_.insert(all_.begin(), std::move(contact));
  return write();
}

base::Status Contacts::settle(const std::string& id, Outcome outcome) {
  for (Contact& c : all_)
    if (c.id == id) {
      c.outcome = outcome;
      c.day.clear();
      c.hour.clear();
    }
  return write();
}

base::Status Contacts::drop(const std::string& id) {
  std::erase_if(all_, [&](const Contact& c) { return c.id == id; });
  return write();
}

base::Status Contacts::write() {
  Json json = Json::array();
  for (const Contact& c : all_) json.push_back(encode(c));
  return vault_.set_setting("contacts", json.dump());
}

}  // namespace app
