// The recording of a whole interview on its way: from the laptop, where the interview is finished while it runs, to the
// centre, which opens it.
#include <chrono>
#include <thread>

#include "collector/app/centre.h"
#include "collector/app/merged.h"
#include "collector/app/sound/file_sound.h"
#include "sync/seal/attachment.h"
#include "tests/collector/app/campaign.h"

using namespace support;

namespace {

std::string survey(bool with_question) {
  return std::string(
             "type,name,label::English (en),relevant,x_role\n"
             "select_one yn,consent,Do you agree?,,consent\n"
             "text,case_code,Code,${consent} = 'yes',case_code\n"
             "select_one yn,consent_audio,May we record?,${consent} = 'yes',consent_audio\n") +
         (with_question ? "background-audio,whole,Recording,${consent_audio} = 'yes',\n" : "") +
         "text,story,What happened?,${consent} = 'yes',\n";
}

}  // namespace

TEST_CASE("recording the interview: finished while it runs, it comes whole to the centre, on its question or beside them") {
  for (bool with_question : {true, false}) {
    CAPTURE(with_question);
    const std::string sheet = survey(with_question);
    Campaign campaign(sheet.c_str());
    sound::FileSound heard(sound::tone(440, 20'000));
    auto device = app::Desk::open(campaign.workspace(), {.clock = &campaign.clock(),
                                                         .random = campaign.world().random,
                                                         .sound = [&heard] { return &heard; },
                                                         .documents = campaign.documents()});
    device->apply(app::Unlock{"amina", words});
    device->wait();
    device->apply(app::NewInterview{"visit"});
    device->apply(app::Answer{"consent", "yes"});
    device->apply(app::Answer{"case_code", "MA1"});
    device->apply(app::Answer{"consent_audio", "yes"});
    device->apply(app::JumpTo{"story"});
    device->apply(app::Record{screen<app::InterviewView>(*device).recordable});
    auto comes = [&](auto it_is_so) {
      auto given_up = std::chrono::steady_clock::now() + std::chrono::seconds(60);
      while (!it_is_so(std::get<app::InterviewView>(device->screen()).sound) &&
             std::chrono::steady_clock::now() < given_up) {
        std::this_thread::yield();
        device->poll();
      }
      return it_is_so(std::get<app::InterviewView>(device->screen()).sound);
    };
    REQUIRE(comes([](const app::SoundView& v) { return v.state == app::SoundState::recording; }));
    heard.advance(5000);
    REQUIRE(comes([](const app::SoundView& v) { return v.ms >= 4900; }));
    device->apply(app::Answer{"story", "told"});
    device->apply(app::Visit{app::Go::submit});
    device->apply(app::Finish{});
    REQUIRE(std::holds_alternative<app::HomeView>(device->screen()));
    CHECK_FALSE(device->frame().recording);
    campaign.sync(*device);

    auto salma = app::Profile::open(campaign.workspace(), "salma", words, campaign.world());
    REQUIRE(salma);
    for (int round = 0; round < 2; ++round)  // opened first, then what it names is fetched
      REQUIRE(app::sync_with(**salma, campaign.share(), {}, {}).outcome);
    CHECK((*salma)->central()->attachments_wanted()->empty());
    auto merged = (*salma)->merged();
    REQUIRE(merged);
    REQUIRE((*merged)->update());
    REQUIRE((*merged)->summaries().size() == 1);
    auto id = (*merged)->summaries().begin()->first;
    auto revisions = (*merged)->revisions_of(id);
    REQUIRE(revisions);
    REQUIRE(revisions->size() == 1);
    const record::Revision& r = revisions->front();
    REQUIRE(r.attachments.size() == 1);
    auto sealed = (*salma)->central()->attachment(r.attachments[0].hash);
    REQUIRE(sealed);
    size_t heard_bytes = 0;
    seal::AttachmentOpener opener({(*salma)->membership()->project, id, r.attachments[0].id}, r.attachments[0],
                                  [&](base::ByteView bytes) -> base::Status {
                                    heard_bytes += bytes.size();
                                    return {};
                                  });
    REQUIRE(opener.feed(*sealed));
    REQUIRE(opener.close());
    CHECK(heard_bytes > 4 * 48'000 * 2);  // samples as they are: five seconds of them
    auto view = (*merged)->view_of(id);
    REQUIRE(view);
    bool is_named = false;
    for (const record::Cell& cell : view->cells)
      is_named = is_named || cell.key.question == (with_question ? "whole" : "background-audio");
    CHECK(is_named);
    auto dataset = app::Centre::look(**salma, "en");
    REQUIRE(dataset);
    std::string columns;
    for (const exports::Table& table : app::tables_of(**salma, *dataset, "en").tables)
      for (const exports::Column& column : table.columns) columns += column.name + " ";
    CHECK_MESSAGE(columns.find(with_question ? "whole" : "background-audio") != std::string::npos, columns);
  }
}
