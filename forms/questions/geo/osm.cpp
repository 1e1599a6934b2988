// osm (a building or road of OpenStreetMap): shown, can be skipped, not yet answered.
#include "forms/questions/typed.h"

namespace questions {

using namespace definition;

extern const QuestionType osm_question;
const QuestionType osm_question{.words = {"osm"},
                                .data = DataType::attachment,
                                .not_yet = "not yet supported: it is shown and can be skipped",
                                .control = not_yet};

}  // namespace questions
