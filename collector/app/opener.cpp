#include "collector/app/opener.h"

#include <algorithm>
#include <fstream>

#include "sync/seal/attachment.h"
#include "sync/seal/envelope.h"

namespace app {
namespace {

using base::Bytes;

Bytes bound(const base::KeyId& vault_key, const base::RevisionId& revision) {
  base::Writer out;
  out.text32("keyslot");
  out.bytes(vault_key.bytes);
  out.bytes(revision.bytes);
  return out.take();
}

store::Keyslot wrap(const base::RevisionId& revision, const base::KeyId& id, const seal::Key& vault_key,
                    const seal::Key& content) {
  return {revision, id, seal::seal_row(vault_key, content.view(), bound(id, revision))};
}

std::optional<seal::Key> unwrap(const store::Keyslot& slot, const std::map<base::KeyId, seal::Key>& keys) {
  auto at = keys.find(slot.vault_key);
  if (slot.wrapped.empty() || at == keys.end()) return std::nullopt;
  auto content = seal::open_row(at->second, slot.wrapped, bound(slot.vault_key, slot.revision));
  if (!content || content->size() != 32) return std::nullopt;
  seal::Key out{base::ByteView(*content)};
  seal::wipe(std::span<uint8_t>(*content));
  return out;
}

}  // namespace

base::Result<Opener> Opener::of(Profile& coordinator) {
  store::Central* central = coordinator.central();
  if (!central)
    return base::fail(base::Fault::locked, coordinator.label(),
                      "Only a coordinator's profile holds the central file.");
  Opener out;
  out.media_ = store::Central::media_folder(central->path());
  auto sealed = central->vault_keys();
  if (!sealed) return base::pass(sealed.error());
  for (const record::Epoch& epoch : coordinator.authority().epochs()) {
    auto keys = coordinator.epoch_keys(epoch);
    if (!keys) continue;
    if (auto at = sealed->find(epoch.key_id); at != sealed->end()) {
      if (auto key = seal::open_sealed(*keys, at->second); key && key->size() == 32) {
        out.vault_keys_.emplace(epoch.key_id, seal::Key(base::ByteView(*key)));
        seal::wipe(std::span<uint8_t>(*key));
      }
    } else {
      seal::Key key = seal::fresh_key();
      if (auto done = central->put_vault_key(epoch.key_id, seal::seal_to(epoch.key, key.view())); !done)
        return base::pass(done.error());
      out.vault_keys_.emplace(epoch.key_id, std::move(key));
    }
    out.epochs_.emplace(epoch.key_id, std::move(*keys));
  }
  return out;
}

Opened Opener::open(const store::Opening& opening) const {
  Opened out;
  std::optional<seal::Key> content = unwrap(opening.keyslot, vault_keys_);
  for (auto at = epochs_.begin(); !content && at != epochs_.end(); ++at) {
    auto key = seal::content_key(opening.bytes, at->second);
    if (!key) continue;
    content = std::move(*key);
    if (auto vault_key = vault_keys_.find(at->first); vault_key != vault_keys_.end())
      out.keyslot = wrap(opening.revision, at->first, vault_key->second, *content);
  }
  if (!content) return out;
  auto plain = seal::open_with(opening.bytes, *content);
  if (!plain) return out;
  auto revision = record::decode_revision(*plain);
  seal::wipe(std::span<uint8_t>(*plain));
  seal::EnvelopeHeader header = seal::header_of(opening.bytes);
  // What is sealed inside must be what stands on the outside.
  if (!revision || revision->record != header.record || revision->device != header.device ||
      revision->sequence != header.sequence)
    return out;
  revision->id = opening.revision;
  revision->previous = header.previous;
  revision->withdrawal = header.withdrawal;
  out.attachments.emplace();
  for (const seal::AttachmentRef& ref : revision->attachments) out.attachments->push_back(ref.hash);
  if (!revision->overflow.is_zero() && !put_back(*revision, header.project)) return out;
  out.revision = std::move(*revision);
  return out;
}

// What did not fit into the envelope, from the attachment that holds it (REVISION.md, "overflow").
bool Opener::put_back(record::Revision& revision, const base::ProjectId& project) const {
  auto ref = std::find_if(revision.attachments.begin(), revision.attachments.end(),
                          [&](const seal::AttachmentRef& one) { return one.id == revision.overflow; });
  if (ref == revision.attachments.end() || ref->size > record::largest_overflow) return false;
  std::ifstream file(store::Central::attachment_file(media_, ref->hash), std::ios::binary);
  Bytes plain;
  plain.reserve(ref->size);
  seal::AttachmentOpener opener({project, revision.record, ref->id}, *ref, [&](base::ByteView bytes) -> base::Status {
    plain.insert(plain.end(), bytes.begin(), bytes.end());
    return {};
  });
  Bytes piece(size_t{1} << 16);
  bool good = file.good();
  while (good && file) {
    file.read(reinterpret_cast<char*>(piece.data()), static_cast<std::streamsize>(piece.size()));
    good = opener.feed(base::ByteView(piece).first(static_cast<size_t>(file.gcount()))).has_value();
  }
  good = good && opener.close() && record::put_back(revision, plain);
  seal::wipe(std::span<uint8_t>(plain));
  return good;
}

base::Result<store::Keyslot> Opener::rewrap(const store::Keyslot& slot, const base::KeyId& to) const {
  auto content = unwrap(slot, vault_keys_);
  auto key = vault_keys_.find(to);
  if (!content || key == vault_keys_.end())
    return base::fail(base::Fault::locked, "key slot", "This profile's keys do not open it.");
  return wrap(slot.revision, to, key->second, *content);
}

std::optional<store::Keyslot> Opener::keyslot_for(const store::Opening& opening,
                                                  const base::KeyId& to) const {
  auto key = vault_keys_.find(to);
  if (key == vault_keys_.end()) return std::nullopt;
  for (const auto& [id, keys] : epochs_)
    if (auto content = seal::content_key(opening.bytes, keys); content)
      return wrap(opening.revision, to, key->second, *content);
  return std::nullopt;
}

}  // namespace app
