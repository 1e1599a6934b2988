// An XForm, and after a form feed the text of its side file towns.csv.
#include "forms/definition/xform.h"
#include "forms/definition/xform_writer.h"
#include "forms/questions/table.h"
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::vector<std::string> texts = fuzz::pieces(data, size);
  definition::SideFiles files;
  if (texts.size() > 1) files["towns.csv"] = base::Bytes(texts[1].begin(), texts[1].end());
  definition::ReadSurvey read =
      definition::read_xform(base::view_of(texts[0]), "fuzz.xml", files, questions::table());
  fuzz::look_at(read);
  if (!read.survey) return 0;
  std::string written = definition::write_xform(*read.survey);
  fuzz::look_at(definition::read_xform(base::view_of(written), "fuzz.xml", files, questions::table()));
  return 0;
}
