// Offices: the two kinds of centre that schedules play with, and what travels between them and the laptops.
//
//   Makers makers(seed, real);   auto office = makers.office(folder / "a");   office->take(parcel);
//
// A paper one holds sets and the incremental merge, without cryptography: thousands of schedules a minute. A real one
// is a central file with sealed envelopes, signed heads and statements: one schedule in some.
#pragma once

#include <filesystem>
#include <memory>
#include <set>

#include "sync/record/merge.h"
#include "sync/seal/withdrawal.h"
#include "sync/store/central.h"

namespace torture {

struct Parcel {  // typed for paper, sealed for real
  std::vector<record::Revision> revisions;
  std::vector<record::Link> stubs;
  std::vector<seal::Head> heads;
  std::set<record::RecordId> gone;  // by their cards
  std::vector<record::Statement> words;
  std::vector<store::Item> items;
};

struct Rules {  // who signs; the same for every office of a schedule
  record::ProjectId project;
  seal::DeviceKeys root;
  std::vector<seal::DeviceKeys> coordinators, devices;
  std::vector<record::Statement> words;  // appointments and enrolments
  std::vector<store::Item> items;
  seal::BoxKeys epoch;
  explicit Rules(uint64_t seed);
  void begin() { chains_ = after_words_; }  // a new schedule: nothing but the words was said
  record::Statement say(const seal::DeviceKeys& by, record::Statement statement, store::Item* item = nullptr);
  seal::SignKeys card(int respondent) const;
  record::RecordId record_of(int respondent) const {
    return seal::record_id_of(project, card(respondent).pub);
  }

 private:
  std::map<base::DeviceId, std::pair<uint64_t, base::Hash>> chains_, after_words_;
};

// Where real offices leave bundles for one another: a name, and what is in it.
struct Shelf {
  struct File {
    store::PlaceFile file;
    std::vector<store::Item> items;
  };
  std::vector<File> files;
  std::vector<store::PlaceFile> listing() const {
    std::vector<store::PlaceFile> out;
    for (const File& one : files) out.push_back(one.file);
    return out;
  }
};

class Office {
 public:
  virtual ~Office() = default;
  virtual bool take(const Parcel& parcel, const store::PlaceFile& from = {}) = 0;  // all of it, or nothing: false
  virtual Parcel everything() { return {}; }  // paper
  // Real: a sync with a place, as two halves. Nothing but what a centre passes on by itself goes there.
  virtual bool read(const Shelf&) { return false; }
  virtual void write(Shelf&) {}
  virtual void back_up() = 0;
  virtual void restore() = 0;  // what came since the backup is gone
  virtual std::vector<record::Frontier> backed_up() = 0;
  virtual std::vector<record::Frontier> held() = 0;  // not yet in a backup
  virtual std::vector<record::Gap> gaps() = 0;
  virtual std::vector<record::Fork> forks() = 0;
  virtual std::set<record::RevisionId> whole() = 0;
  virtual base::Hash fingerprint() = 0;
  virtual void look() {}  // at the dataset, in between
};
std::unique_ptr<Office> paper_office(const Rules& rules);
std::unique_ptr<Office> real_office(const Rules& rules, size_t whose, const std::filesystem::path& folder);

}  // namespace torture
