// Authority: who may do what, from the set of statements alone (STATEMENT.md has the table of how they join).
#include "sync/record/authority.h"

#include <algorithm>
#include <unordered_map>

namespace record {

class AuthorityBuilder {
 public:
  AuthorityBuilder(ProjectId project, const seal::PublicSign& root, const std::vector<Statement>& statements)
      : project_(project), root_(seal::device_id_of(root)), all_(statements) {
    std::sort(all_.begin(), all_.end(), [](const Statement& x, const Statement& y) {
      return std::tie(x.signer, x.sequence, x.id) < std::tie(y.signer, y.sequence, y.id);
    });
    all_.erase(std::unique(all_.begin(), all_.end(),
                           [](const Statement& x, const Statement& y) { return x.id == y.id; }),
               all_.end());
  }

  Authority build() {
    find_root_words();
    sort_out();
    members();
    for (const Statement* s : good_) take(*s);
    epochs();
    read_keys();
    forms();
    joined();
    return std::move(a_);
  }

 private:
  // ---- who may speak

  // The root is a sheet of paper used on several machines: its words need no order, each of them counts.
  void find_root_words() {
    for (const Statement& s : all_)
      if (s.signer == root_ && s.project == project_) root_words_.push_back(&s);
    drop_replaced(root_words_);
    for (const Statement* s : root_words_)
      if (s->type == StatementType::appoint && seal::device_id_of(s->subject_sign) == s->subject) {
        auto [at, fresh] = a_.members_.try_emplace(s->subject);
        if (fresh || s->id < at->second.by) at->second = member_of(*s, "coordinator");
      }
    std::map<base::DeviceId, std::vector<const Statement*>> ends;
    for (const Statement* s : root_words_)
      if (s->type == StatementType::revoke) {
        a_.ends_[s->subject].push_back(s->frontiers);
        ends_of_words_[s->subject].push_back(s);
      }
  }

  Member member_of(const Statement& s, const char* role) const {
    bool reviewer = s.role == "reviewer";  // nobody becomes more than that by a role's name
    return {s.subject, s.subject_sign, s.subject_box, s.label, reviewer ? "reviewer" : role,
            s.text,    s.hash,         s.id,          s.signer};
  }

  // One signer's words, in order: from the first number with two of them on, none counts; of a revoked one
  // only what leads to the word its revocation names.
  void sort_out() {
    for (size_t from = 0; from < all_.size();) {
      size_t to = from;
      while (to < all_.size() && all_[to].signer == all_[from].signer) ++to;
      if (all_[from].signer != root_) chain(from, to);
      from = to;
    }
    for (const Statement& s : all_)
      if (s.signer == root_ && s.project != project_) a_.parked_.push_back(s);
    drop_replaced(good_);
  }

  void chain(size_t from, size_t to) {
    const base::DeviceId& signer = all_[from].signer;
    auto who = a_.members_.find(signer);
    bool may = who != a_.members_.end() && who->second.role == "coordinator";
    uint64_t fork = fork_of(from, to);
    auto ends = ends_of_words_.find(signer);
    std::set<StatementId> good;
    if (may && ends != ends_of_words_.end()) {
      good = leading_to(*ends->second[0], from, to);
      for (const Statement* end : ends->second) {
        std::set<StatementId> both;
        for (const StatementId& id : leading_to(*end, from, to))
          if (good.count(id)) both.insert(id);
        good = std::move(both);
      }
    } else if (may && fork != UINT64_MAX) {
      a_.forks_.push_back({signer, fork});
    }
    uint64_t expected = 1;
    for (size_t i = from; i < to; ++i) {
      const Statement& s = all_[i];
      bool counts = may && s.project == project_ &&
                    (ends != ends_of_words_.end() ? good.count(s.id) > 0 : s.sequence < fork);
      if (counts)
        good_.push_back(&s);
      else
        a_.parked_.push_back(s);
      if (may && s.sequence > expected)
        for (uint64_t n = expected; n < s.sequence && n < expected + 64; ++n)
          a_.missing_.push_back({signer, n, {}});
      expected = std::max(expected, s.sequence + 1);
    }
  }

  // The first number under which two different words are known: held, or named as the one before.
  uint64_t fork_of(size_t from, size_t to) const {
    std::map<uint64_t, base::Hash> known;
    uint64_t fork = UINT64_MAX;
    auto see = [&](uint64_t n, const std::array<uint8_t, 32>& id) {
      auto [at, fresh] = known.try_emplace(n, base::Hash{id});
      if (!fresh && at->second.bytes != id) fork = std::min(fork, n);
    };
    see(0, {});
    for (size_t i = from; i < to; ++i) {
      see(all_[i].sequence, all_[i].id.bytes);
      if (all_[i].sequence > 0) see(all_[i].sequence - 1, all_[i].previous.bytes);
    }
    return fork;
  }

  std::set<StatementId> leading_to(const Statement& end, size_t from, size_t to) const {
    std::set<StatementId> out;
    std::map<StatementId, const Statement*> by_id;
    for (size_t i = from; i < to; ++i) by_id[all_[i].id] = &all_[i];
    for (auto at = by_id.find({end.hash.bytes}); at != by_id.end();
         at = by_id.find({at->second->previous.bytes}))
      if (!out.insert(at->first).second) break;
    return out;
  }

  // A word may take the place of others of its kind; a receipt and an offer only of its signer's own.
  static void drop_replaced(std::vector<const Statement*>& words) {
    std::map<StatementId, const Statement*> by_id;
    for (const Statement* s : words) by_id[s->id] = s;
    std::set<StatementId> replaced;
    for (const Statement* s : words)
      for (const StatementId& id : s->replaces) {
        auto old = by_id.find(id);
        if (old == by_id.end() || old->second->type != s->type || old->second == s) continue;
        bool own_only = s->type == StatementType::receipt || s->type == StatementType::offer ||
                        s->type == StatementType::epoch_destroyed || s->type == StatementType::shredded ||
                        s->type == StatementType::declare_lost || s->type == StatementType::countersign;
        bool same_subject = s->subject == old->second->subject;
        if ((own_only && s->signer != old->second->signer) || !same_subject) continue;
        replaced.insert(id);
      }
    std::erase_if(words, [&](const Statement* s) { return replaced.count(s->id) > 0; });
  }

  // ---- what they say

  void members() {
    for (const Statement* s : good_) {
      if (s->type == StatementType::enrol && seal::device_id_of(s->subject_sign) == s->subject) {
        // Two enrolments of one device say the same key; the smaller id's label holds.
        auto [at, fresh] = a_.members_.try_emplace(s->subject, member_of(*s, "device"));
        if (!fresh && at->second.role != "coordinator" && s->id < at->second.by)
          at->second = member_of(*s, "device");
      }
    }
    for (const Statement* s : good_) {
      if (s->type != StatementType::revoke) continue;
      auto target = a_.members_.find(s->subject);
      if (target != a_.members_.end() && target->second.role == "coordinator") continue;  // only the root may
      a_.ends_[s->subject].push_back(s->frontiers);
    }
    for (auto& [device, ends] : a_.ends_) std::sort(ends.begin(), ends.end(), shorter);
  }

  static bool shorter(const std::vector<Frontier>& x, const std::vector<Frontier>& y) {
    auto key = [](const std::vector<Frontier>& ends) {
      std::vector<RevisionId> ids;
      for (const Frontier& f : ends) ids.push_back(f.revision);
      return ids;
    };
    return key(x) < key(y);
  }

  void take(const Statement& s) {
    switch (s.type) {
      case StatementType::epoch_open:
        a_.epochs_.push_back({s.number,
                              s.subject_box,
                              seal::key_id_of(s.subject_box),
                              s.slots,
                              false,
                              false,
                              false,
                              {},
                              s.signer,
                              s.id});
        break;
      case StatementType::receipt:
        a_.receipts_.push_back(s);
        break;
      case StatementType::declare_lost:
        a_.lost_[s.subject].insert(s.signer);
        break;
      case StatementType::shredded:
        if (auto record = base::RecordId::from_bytes(s.content)) a_.shredded_[*record].insert(s.signer);
        break;
      case StatementType::send_back:
        if (s.content.size() > 16) {
          auto record = *base::RecordId::from_bytes(base::ByteView(s.content).first(16));
          a_.send_backs_.push_back({record, s.subject, s.id, s.signer, s.at,
                                    base::Bytes(s.content.begin() + 16, s.content.end())});
          a_.asked_.insert({s.subject, record});
        }
        break;
      default:
        break;
    }
  }

  void epochs() {
    const Statement* kit = nullptr;  // the highest generation; of one generation the smaller id
    for (const Statement* s : root_words_)
      if (s->type == StatementType::recovery &&
          (!kit || s->number > kit->number || (s->number == kit->number && s->id < kit->id)))
        kit = s;
    if (kit) {
      a_.kit_generation_ = kit->number;
      a_.recovery_ = kit->subject_box;
    }
    std::map<base::DeviceId, std::vector<const Statement*>> offers;
    for (const Statement* s : good_)
      if (s->type == StatementType::offer) offers[s->signer].push_back(s);
    for (auto& [signer, all] : offers) {
      std::sort(all.begin(), all.end(), [](const Statement* x, const Statement* y) {
        return std::tie(x->number, x->id) < std::tie(y->number, y->id);
      });
      for (const Statement* s : all) a_.offers_[signer].push_back(s->subject_box);
    }
    for (Epoch& epoch : a_.epochs_) {
      for (const Statement* s : good_) {
        if (s->hash.bytes != epoch.by.bytes) continue;
        if (s->type == StatementType::countersign && s->signer != epoch.opened_by) epoch.countersigned = true;
        if (s->type == StatementType::epoch_close) epoch.closed = true;
        if (s->type == StatementType::epoch_destroyed) epoch.destroyed_by.insert(s->signer);
        if (s->type == StatementType::rewrap)
          epoch.keyring.insert(epoch.keyring.end(), s->slots.begin(), s->slots.end());
      }
      epoch.is_whole = a_.recovery_ && a_.lacking(epoch).empty();
    }
    std::sort(a_.epochs_.begin(), a_.epochs_.end(), [](const Epoch& x, const Epoch& y) {
      return std::tie(x.number, x.by) < std::tie(y.number, y.by);
    });
  }

  void read_keys() {
    std::map<std::pair<uint64_t, base::Hash>, ReadKey> keys;
    for (const Statement* s : good_) {
      if (s->type != StatementType::read_key) continue;
      ReadKey& key = keys[{s->number, s->hash}];
      key.generation = s->number;
      key.mark = s->hash;
      key.slots.insert(key.slots.end(), s->slots.begin(), s->slots.end());
    }
    // Of one generation the smaller mark is sealed with: it comes last.
    for (auto& [id, key] : keys) a_.read_keys_.push_back(std::move(key));
    std::stable_sort(a_.read_keys_.begin(), a_.read_keys_.end(), [](const ReadKey& x, const ReadKey& y) {
      return x.generation != y.generation ? x.generation < y.generation : y.mark < x.mark;
    });
  }

  void forms() {
    struct Word {
      uint64_t number;
      bool withdraws;
      const Statement* s;
    };
    std::map<std::string, std::vector<Word>> words;
    std::map<FormHash, const Statement*> migrations;
    for (const Statement* s : good_) {
      if (s->type == StatementType::publish) words[s->text].push_back({s->number, false, s});
      if (s->type == StatementType::withdraw_form) words[s->text].push_back({s->number, true, s});
      if (s->type != StatementType::migration || s->hash == s->package) continue;
      auto [at, fresh] = migrations.try_emplace(FormHash{s->hash.bytes}, s);
      if (!fresh && std::tie(at->second->number, at->second->id) < std::tie(s->number, s->id)) at->second = s;
    }
    for (auto& [id, all] : words) {
      // By edition; a withdrawal after the publication of its number.
      std::sort(all.begin(), all.end(), [](const Word& x, const Word& y) {
        return std::tie(x.number, x.withdraws, x.s->id) < std::tie(y.number, y.withdraws, y.s->id);
      });
      for (const Word& word : all) {
        if (word.withdraws) continue;
        const Statement& s = *word.s;
        PublishedForm form{s.text, s.version, {s.hash.bytes}, s.package, s.id, s.at, s.number};
        a_.by_hash_[form.hash] = form;
        a_.packages_.insert(form.package);
        a_.editions_[id].push_back(std::move(form));
      }
      if (all.back().withdraws) a_.withdrawn_forms_.insert(id);
      a_.last_editions_[id] = all.back().number;
    }
    for (const auto& [from, s] : migrations) {
      // Only forward, between two editions of one form: so no circle is possible.
      const PublishedForm* older = a_.form(from);
      const PublishedForm* newer = a_.form({s->package.bytes});
      if (!older || !newer || older->form_id != newer->form_id || older->edition >= newer->edition) continue;
      auto m = decode_migration(s->content);
      if (!m || m->from != from || m->to.bytes != s->package.bytes) continue;
      a_.migrations_.emplace(from, std::move(*m));
      a_.migrated_by_.push_back(s->id);
    }
  }

  void joined() {
    std::map<std::pair<std::string, uint64_t>, const Statement*> policies;
    std::map<base::DeviceId, const Statement*> offsets;
    for (const Statement* s : good_) {
      if (s->type == StatementType::policy) {
        auto [at, fresh] = policies.try_emplace({s->text, s->number}, s);
        if (!fresh && s->id < at->second->id) at->second = s;
      }
      if (s->type == StatementType::clock_offset) {
        auto [at, fresh] = offsets.try_emplace(s->subject, s);
        if (!fresh && s->id < at->second->id) at->second = s;
      }
    }
    for (const auto& [key, s] : policies)
      a_.policies_[key.first] = {s->number, s->label};  // the highest number comes last
    for (const auto& [device, s] : offsets) a_.offsets_[device] = static_cast<int64_t>(s->number);
  }

  ProjectId project_;
  base::DeviceId root_;
  std::vector<Statement> all_;
  std::vector<const Statement*> root_words_, good_;
  std::map<base::DeviceId, std::vector<const Statement*>> ends_of_words_;
  Authority a_;
};

Authority Authority::from(ProjectId project, const seal::PublicSign& root,
                          const std::vector<Statement>& statements) {
  return AuthorityBuilder(project, root, statements).build();
}

}  // namespace record
