#include "collector/app/interview.h"
#include "sync/seal/withdrawal.h"
#include "tests/collector/app/campaign.h"

using namespace support;

namespace {

struct Held {
  Campaign campaign;
  std::unique_ptr<app::Profile> device;
  std::unique_ptr<app::Interview> interview;
  Held() { open(); }
  void open() {
    interview.reset();
    device.reset();
    auto profile = app::Profile::open(campaign.workspace(), "amina", words, campaign.world());
    REQUIRE(profile);
    device = std::move(*profile);
    auto drafts = device->vault().drafts();
    REQUIRE(drafts);
    auto opened = drafts->empty() ? app::Interview::begin(*device, device->forms()[0], 0)
                                  : app::Interview::open(*device, drafts->front().id);
    REQUIRE(opened);
    interview = std::move(*opened);
  }
  engine::NodeId node(const std::string& question) {
    auto index = interview->survey().by_identity(question);
    REQUIRE(index != definition::no_node);
    return interview->session().find({index, {}});
  }
  void answer(const std::string& question, const std::string& value) {
    campaign.clock().advance_ms(3000);
    REQUIRE(interview->shown(node(question)));
    campaign.clock().advance_ms(2000);
    REQUIRE(interview->store(node(question), value));
  }
  std::string value(const std::string& question) {
    return std::string(interview->session().value(node(question)));
  }
};

}  // namespace

TEST_CASE(
    "interview: undo takes back one thing a person did after the other, and is on disk like an answer") {
  Held h;
  h.answer("consent", "yes");
  h.answer("age", "34");
  h.answer("note", "first");
  h.answer("note", "second");
  CHECK(*h.interview->undo());
  CHECK(h.value("note") == "first");
  h.open();  // the program ended here
  CHECK(h.value("note") == "first");
  h.campaign.clock().advance_ms(1000);
  CHECK(*h.interview->undo());
  CHECK(h.value("note") == "");
  CHECK(*h.interview->undo());
  CHECK(h.value("age") == "");
  CHECK(*h.interview->undo());
  CHECK(h.value("consent") == "");
  CHECK_FALSE(*h.interview->undo());
}

TEST_CASE("interview: notes, reasons, pauses and times are read from the journal, after reopening too") {
  Held h;
  h.answer("consent", "yes");
  h.answer("age", "34");
  h.answer("age", "43");
  REQUIRE(h.interview->give_reason(h.node("age"), "misheard"));
  REQUIRE(h.interview->note(h.node("age"), "was not sure"));
  REQUIRE(h.interview->pause());
  h.campaign.clock().advance_ms(600'000);
  REQUIRE(h.interview->resume());
  h.open();
  auto journal = h.interview->journal();
  REQUIRE(journal);
  record::Key age{"age", {}};
  auto history = record::history_of(*journal, age);
  REQUIRE(history.size() == 2);
  CHECK(history[1].reason == "misheard");
  CHECK(record::notes_of(*journal)[age] == "was not sure");
  CHECK(record::times_of(*journal)[age] < 20'000);
  CHECK(record::times_of(*journal)[age] >= 4'000);
}

TEST_CASE("interview: practice has its undo too, and leaves nothing") {
  Held h;
  auto form = h.device->form(h.device->forms()[0].package);
  REQUIRE(form);
  h.interview = app::Interview::practise(*form, h.campaign.world(), 0);
  h.answer("consent", "yes");
  h.answer("age", "34");
  CHECK(*h.interview->undo());
  CHECK(h.value("age") == "");
  CHECK(h.value("consent") == "yes");
  CHECK_FALSE(h.interview->record_media(h.node("note"), "x.jpg", seal::Grain::file));
}

TEST_CASE(
    "interview: an attachment that an answer names goes with the revision; one that none names does not") {
  Held h;
  h.answer("consent", "yes");
  const base::Bytes picture(70'000, 0x5a);
  std::vector<store::Media> made;
  for (int i = 0; i < 2; ++i) {
    auto r = h.interview->record_media(h.node("note"), "photo.jpg", seal::Grain::file);
    REQUIRE(r);
    REQUIRE((*r)->write(picture));
    made.push_back(*(*r)->close());
  }
  base::Bytes seen;
  auto sink = [&](base::ByteView part) -> base::Status {
    seen.insert(seen.end(), part.begin(), part.end());
    return {};
  };
  h.open();
  REQUIRE(h.interview->read_media(made[0].answer(), sink));
  CHECK(seen == picture);
  CHECK(h.device->vault().media_outbox()->empty());
}

TEST_CASE("interview: a journal that is too long for an envelope goes beside it, and the finish holds") {
  Held h;
  h.answer("consent", "yes");
  h.answer("case_code", "R-1");
  std::string long_note(2000, 'n');
  for (int i = 0; i < 150; ++i) h.answer("note", long_note + std::to_string(i));
  auto record = h.interview->finish();
  REQUIRE(record);
  auto media = h.device->vault().media_outbox();
  REQUIRE(media->size() == 1);
  // It is read here while the window is open, whole.
  auto readable = h.device->vault().readable(*record, h.campaign.clock().now());
  REQUIRE(readable);
  auto content = record::decode_revision(*readable);
  REQUIRE(content);
  CHECK(record::unpack_journal(content->journal)->size() > 300);
}

TEST_CASE("interview: a refusal keeps the day and not the time, and nothing of it is read again") {
  Held h;
  h.answer("consent", "no");
  auto record = h.interview->finish();
  REQUIRE(record);
  auto known = h.device->vault().finished();
  REQUIRE(known->size() == 1);
  CHECK((*known)[0].refused);
  CHECK(((*known)[0].at.ms + 3600'000) % (24 * 3600'000) == 0);
  CHECK_FALSE(h.device->vault().readable(*record, h.campaign.clock().now()));
}

TEST_CASE("amend: after the window it is done blindly, outside repeats, and reaches the centre") {
  Held h;
  h.answer("consent", "yes");
  h.answer("case_code", "R-1");
  h.answer("age", "34");
  auto record = h.interview->finish();
  REQUIRE(record);
  h.campaign.clock().advance_ms(int64_t{25} * 3600 * 1000);
  CHECK_FALSE(app::Interview::reopen(*h.device, *record));
  REQUIRE(app::amend(*h.device, *record, {{{"age", {}}, "43"}}, "read it wrongly"));
  base::InstanceId instance;
  CHECK(app::amend(*h.device, *record, {{{"actor/act_name", {instance}}, "x"}}, "").error().fault ==
        base::Fault::locked);
  CHECK(app::amend(*h.device, *record, {{{"nothing", {}}, "x"}}, "").error().fault == base::Fault::missing);
  CHECK(app::amend(*h.device, *record, {{{"consent", {}}, "no"}}, "").error().fault == base::Fault::locked);
  CHECK(h.device->vault().outbox()->size() == 2);
  REQUIRE(app::sync_with(*h.device, h.campaign.share(), {}, {}).outcome);
  auto centre = h.campaign.desk_of("salma");
  h.campaign.sync(*centre);
  centre->apply(app::Visit{app::Go::table});
  centre->wait();
  const auto& table = screen<app::TableView>(*centre);
  auto column =
      std::find(table.columns.begin(), table.columns.end(), "How old are you?") - table.columns.begin();
  REQUIRE(table.rows.size() == 1);
  CHECK(table.rows[0][static_cast<size_t>(column)] == "43");
}

TEST_CASE("interview: an answer longer than the record holds is refused with a sentence, and what stood there stays") {
  Held h;
  h.answer("consent", "yes");
  h.answer("note", "first");
  auto said = h.interview->store(h.node("note"), std::string((size_t{1} << 20) + 1, 'x'));
  REQUIRE_FALSE(said);
  CHECK(said.error().fault == base::Fault::full);
  CHECK(h.value("note") == "first");
  h.open();  // the program ended here
  CHECK(h.value("note") == "first");
  h.answer("note", std::string(size_t{1} << 20, 'x'));
  h.open();
  CHECK(h.value("note").size() == size_t{1} << 20);
}
