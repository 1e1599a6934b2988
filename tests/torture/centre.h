// A centre as the trials need it: one place that knows how the central file is asked.
#pragma once

#include "forms/base/memory.h"
#include "sync/exchange/bundle.h"
#include "sync/store/central.h"
#include "sync/store/vault.h"

namespace torture {

class Centre {
 public:
  static base::Result<std::unique_ptr<Centre>> open(const std::filesystem::path& file) {
    auto central = store::Central::open(file);
    if (!central) return base::pass(central.error());
    std::unique_ptr<Centre> out(new Centre);
    out->central_ = std::move(*central);
    return out;
  }
  base::Status import(const std::string& name, const std::vector<exchange::Item>& items,
                      const base::ProjectId& project, const seal::PublicSign& root) try {
    std::vector<store::Item> all;
    for (const exchange::Item& item : items)
      all.push_back({static_cast<store::ItemKind>(item.kind), item.bytes});
    auto done = central_->import({name, {}, at}, all, project, root);
    return done ? base::Status() : base::pass(done.error());
  } catch (const std::bad_alloc&) {  // here, in copying the items
    return base::no_memory();
  }
  bool imported(const std::string& name) { return central_->imported(name); }
  base::Result<std::vector<base::Bytes>> envelopes() { return central_->envelopes(); }
  base::Result<int64_t> quarantined() { return central_->quarantined(); }
  base::Status backup_to(const std::filesystem::path& file) { return central_->backup_to(file, at); }
  store::Central& file() { return *central_; }

 private:
  static constexpr base::Instant at{1'772'000'000'000};
  std::unique_ptr<store::Central> central_;
};

}  // namespace torture
