#include "collector/app/table_words.h"

namespace app {

exports::Words table_words(const Strings& s) {
  exports::Words out;
  out.record = s.tr("column.record.label");
  out.form_version = s.tr("column.form_version.label");
  out.state = s.tr("column.state.label");
  out.interviewer = s.tr("column.interviewer.label");
  out.device = s.tr("column.device.label");
  out.finished = s.tr("column.finished.label");
  out.open_conflicts = s.tr("column.open_conflicts.label");
  out.needs_review = s.tr("column.needs_review.label");
  out.same_as = s.tr("column.same_as.label");
  out.position = s.tr("column.position.label", {{"name", "{name}"}});
  out.unknown = s.tr("column.unknown.label", {{"name", "{name}"}});
  out.states = {{"finished", s.tr("column.finished.state")}, {"refused", s.tr("column.refused.state")}};
  out.types = {{"text", s.tr("type.text.label")},
               {"integer", s.tr("type.integer.label")},
               {"decimal", s.tr("type.decimal.label")},
               {"boolean", s.tr("type.boolean.label")},
               {"date", s.tr("type.date.label")},
               {"time", s.tr("type.time.label")},
               {"date_time", s.tr("type.date_time.label")},
               {"select_one", s.tr("type.select_one.label")},
               {"select_multiple", s.tr("type.select_multiple.label")},
               {"ranking", s.tr("type.ranking.label")},
               {"place", s.tr("type.place.label")},
               {"trace", s.tr("type.trace.label")},
               {"shape", s.tr("type.shape.label")},
               {"attachment", s.tr("type.attachment.label")},
               {"note", s.tr("type.note.label")}};
  return out;
}

}  // namespace app
