#include "sync/record/view.h"

#include <algorithm>

#include "sync/record/cells.h"
#include "sync/record/merge.h"

namespace record {

size_t RecordView::conflicts() const {
  return static_cast<size_t>(
      std::count_if(cells.begin(), cells.end(), [](const Cell& cell) { return cell.conflict; }));
}

bool holds(const Withdrawal& w, const Authority& authority, const base::DeviceId& founder) {
  if (w.by_card || authority.is_coordinator(w.signer)) return true;
  return authority.member(w.signer) && !authority.is_revoked(w.signer) && w.signer == founder;
}

RecordView view_record(std::vector<Revision> counted, const Authority& authority) {
  RecordView out;
  if (counted.empty()) return out;
  History history(std::move(counted), authority);
  const Revision& first = history.first();
  out.id = first.record;
  out.form = first.form;
  out.form_id = first.form_id;
  out.form_version = first.form_version;
  out.founder = history.founder();
  out.author = first.author;
  out.at = first.at;
  out.refused = first.refused;
  out.incomplete = history.is_incomplete();
  out.heads = history.heads();
  out.cells = cells_of(history);
  return out;
}

Link link_of(const Revision& r) {
  return {r.device, r.sequence, r.id, r.previous, r.record, false};
}

View view(const Holdings& holdings, const Authority& authority) {
  Merge merge;
  merge.set_authority(authority);
  std::unordered_map<RevisionId, const Revision*, base::IdHash> by_id;
  for (const Revision& r : holdings.revisions) {
    by_id[r.id] = &r;
    merge.add(link_of(r));
  }
  for (Link link : holdings.unopened) {
    link.is_stub = true;
    merge.add(link);
  }
  for (const seal::Head& head : holdings.heads) merge.add(head);
  merge.set_withdrawals({holdings.withdrawals.begin(), holdings.withdrawals.end()});
  View out;
  for (const Merge::Work& work : merge.work()) {
    std::vector<Revision> counted;
    for (const RevisionId& id : work.counted) counted.push_back(*by_id.at(id));
    RecordView one = view_record(std::move(counted), authority);
    merge.done(work, one);
    if (merge.is_shown(work.record)) out.records.push_back(std::move(one));
  }
  std::sort(out.records.begin(), out.records.end(),
            [](const RecordView& a, const RecordView& b) { return a.id < b.id; });
  out.withdrawn = merge.withdrawn();
  out.fingerprint = merge.fingerprint();
  return out;
}

Key link_key(const RecordId& larger) {
  base::InstanceId id;
  id.bytes = larger.bytes;
  return {"@link", {id}};
}

}  // namespace record
