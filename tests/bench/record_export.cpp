// W9: a project with one laptop and a form of 250 questions; its sealed interviews come in as a bundle, are imported
// into the central file, opened and merged on two threads, and written as a CSV of 250 columns.
#include "collector/app/centre.h"
#include "collector/app/export_verbs.h"
#include "collector/app/project.h"
#include "collector/app/publishing.h"
#include "collector/app/replicas.h"
#include "sync/exchange/bundle.h"
#include "sync/seal/withdrawal.h"
#include "tests/bench/figures.h"
#include "tests/bench/record_merging.h"
#include "tests/support/folder.h"

namespace {

constexpr size_t questions = 250;

template <class T>
T must(base::Result<T> result) {
  if (result) return std::move(*result);
  std::fprintf(stderr, "%s\n", base::describe(result.error()).c_str());
  std::exit(1);
}
void must(const base::Status& status) {
  if (status) return;
  std::fprintf(stderr, "%s\n", base::describe(status.error()).c_str());
  std::exit(1);
}

app::FormFile form() {
  definition::Workbook book{"wide", {}};
  std::string rows = "type,name,label\n";
  for (size_t q = 0; q < questions; ++q) rows += "text,q" + std::to_string(100 + q) + ",Question\n";
  book.sheets.push_back(*definition::read_csv(base::view_of(rows), "survey"));
  book.sheets.push_back(
      *definition::read_csv(base::view_of("form_title,form_id,version\nWide,wide,1\n"), "settings"));
  return app::form_from_sheets(std::move(book), {});
}

// Interviews of one laptop, 250 answers in 4 kB each, sealed to the project's epoch and signed.
base::Bytes bundle_of(app::Profile& laptop, size_t n) {
  record::PublishedForm form = laptop.forms().at(0);
  record::Revision r;
  r.full = true;
  r.form = form.hash;
  r.form_id = form.form_id;
  r.form_version = form.version;
  r.author = "amina";
  for (size_t q = 0; q < questions; ++q)
    r.answers.push_back({{"q" + std::to_string(100 + q), {}},
                         *record::make_value(record::Tag::text, "a1"),
                         record::Origin::given});
  seal::PublicBox epoch = laptop.authority().current_epoch()->key;
  base::Hash previous = laptop.authority().member(laptop.keys().id)->request;
  base::SeededRandom random(9);
  std::vector<exchange::Item> items;
  for (size_t i = 0; i < n; ++i) {
    seal::SignKeys card = seal::cardless_keys(random);
    r.record = seal::record_id_of(laptop.membership()->project, card.pub);
    r.device = laptop.keys().id;
    r.sequence = i + 1;
    r.answers[0].value = *record::make_value(record::Tag::text, std::to_string(i));
    base::Bytes plain = must(record::encode_revision(r));
    base::Bytes sealed = must(seal::seal_revision(
        plain, {laptop.membership()->project, r.record, r.device, r.sequence, previous, card.pub}, {epoch},
        laptop.keys()));
    previous.bytes = seal::parse_envelope(sealed)->id.bytes;
    items.push_back({exchange::ItemKind::revision, std::move(sealed)});
  }
  return must(exchange::write_bundle(laptop.membership()->project, laptop.keys(), 1000, items));
}

}  // namespace

void bench::import_to_export(size_t n) {
  if (!n) n = 5'000;
  support::Folder folder;
  base::ManualClock clock{base::Instant{1'763'900'000'000}};
  base::SeededRandom random(3);
  app::World world{&clock, &random, seal::demo_cost};
  const char* words = "a passphrase of words";
  base::Bytes bundle;
  {
    auto founded = must(app::new_project(folder.path() / "first",
                                         {"Wide", false, {{"salma", words}, {"joost", words}}}, world));
    app::Profile& salma = *founded.coordinators[0];
    (void)must(app::publish(salma, form(), {}));
    auto laptop = must(app::Profile::create(folder.path() / "first", "amina", words, world));
    must(app::join_project(*laptop, must(app::enrol(salma, app::enrolment_request(*laptop)))));
    bundle = bundle_of(*laptop, n);
  }
  int round = 0;
  std::unique_ptr<app::Profile> salma;
  std::filesystem::path workspace;
  figure(
      "W9", "merge_export", n,
      [&] {
        if (must(app::admit_bundle(*salma, "bundle", bundle)) != static_cast<int>(n)) std::exit(1);
        (void)must(app::export_tables(*salma, "csv", workspace / "csv", "en"));
      },
      [&] {
        salma.reset();
        if (!workspace.empty()) std::filesystem::remove_all(workspace);
        workspace = folder.path() / ("round" + std::to_string(++round));
        std::filesystem::copy(folder.path() / "first", workspace, std::filesystem::copy_options::recursive);
        std::filesystem::create_directories(workspace / "csv");
        salma = must(app::Profile::open(workspace, "salma", words, world));
      });
}
