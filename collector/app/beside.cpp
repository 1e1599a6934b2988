#include "collector/app/beside.h"

namespace app {

base::Result<std::optional<seal::AttachmentRef>> put_beside(Profile& profile, record::Revision& r) {
  auto overflow = record::take_overflow(r);
  if (!overflow) return base::pass(overflow.error());
  if (overflow->empty()) return std::optional<seal::AttachmentRef>();
  auto ref = profile.vault().put_beside({profile.membership()->project, r.record,
                                         base::AttachmentId::from(*profile.world().random), seal::Grain::file},
                                        *overflow);
  seal::wipe(std::span<uint8_t>(*overflow));
  if (!ref) return base::pass(ref.error());
  r.overflow = ref->id;
  r.attachments.push_back(*ref);
  return std::optional(*ref);
}

}  // namespace app
