#include "tests/sync/store/world.h"

using namespace world;

namespace {

constexpr base::Instant noon{1'772'000'000'000};

Bytes sound(size_t n) {
  base::SeededRandom random(n);
  Bytes out(n);
  random.fill(out);
  return out;
}

seal::AttachmentHeader place(World& w, uint8_t n, seal::Grain grain = seal::Grain::recording) {
  seal::AttachmentHeader h{w.project, w.record(), {}, grain};
  h.id.bytes[0] = n;
  return h;
}

Bytes read(World& w, const base::DraftId& id, const seal::AttachmentId& media) {
  Bytes out;
  auto done = w.vault->read_media(id, media, [&](ByteView part) -> Status {
    out.insert(out.end(), part.begin(), part.end());
    return {};
  });
  CHECK_MESSAGE(done.has_value(), (done ? "" : base::describe(done.error())));
  return out;
}

size_t files(World& w) {
  size_t n = 0;
  std::error_code none;
  for (const auto& file : std::filesystem::directory_iterator(w.at() / "media", none))
    n += file.is_regular_file();
  return n;
}

}  // namespace

TEST_CASE("media: what was recorded reads back, whatever its length") {
  World w;
  w.join();
  REQUIRE(w.vault->begin_draft(draft(1), {}));
  uint8_t n = 0;
  for (size_t size : {size_t{0}, size_t{1}, size_t{4095}, size_t{4096}, size_t{4097}, size_t{65536},
                      size_t{65537}, size_t{200'000}, size_t{262'144}})
    for (auto grain : {seal::Grain::recording, seal::Grain::file}) {
      CAPTURE(size);
      auto r = w.vault->begin_media(draft(1), place(w, ++n, grain), "voice.opus");
      REQUIRE(r);
      Bytes all = sound(size);
      for (size_t at = 0; at < size; at += 1000)
        REQUIRE((*r)->write(ByteView(all).subspan(at, std::min<size_t>(1000, size - at))));
      auto media = (*r)->close();
      REQUIRE(media);
      CHECK(media->ref.size == size);
      CHECK(media->answer() == media->ref.id.hex() + "/voice.opus");
      CHECK(read(w, draft(1), media->ref.id) == all);
      CHECK(std::filesystem::file_size(w.at() / "media" / (media->ref.id.hex() + ".sva")) >= 65536);
    }
  CHECK(w.vault->media(draft(1))->size() == n);
}

TEST_CASE("media: nothing of it stands in clear, not while it is recorded either") {
  World w;
  w.join();
  REQUIRE(w.vault->begin_draft(draft(1), {}));
  auto r = w.vault->begin_media(draft(1), place(w, 1), "canary-name-5512.opus");
  std::string canary = "canary-sound-4471 ";
  for (int i = 0; i < 1000; ++i) REQUIRE((*r)->write(base::view_of(canary)));
  auto hunt = [&] {
    for (const auto& file : std::filesystem::recursive_directory_iterator(w.at()))
      if (file.is_regular_file()) {
        std::string raw = w.folder.read(std::filesystem::relative(file.path(), w.folder.path()).string());
        for (const char* found : {"canary-sound-4471", "canary-name-5512"})
          CHECK_MESSAGE(raw.find(found) == std::string::npos, file.path().string());
      }
  };
  hunt();
  REQUIRE((*r)->close());
  hunt();
}

TEST_CASE("media: a recording that was cut short keeps its whole chunks") {
  World w;
  w.join();
  REQUIRE(w.vault->begin_draft(draft(1), {}));
  Bytes all = sound(50'000);
  {
    auto r = w.vault->begin_media(draft(1), place(w, 1), "voice.opus");
    REQUIRE((*r)->write(all));
  }  // the program ends here
  w.vault.reset();
  w.vault = *Vault::open(w.at(), words, noon);
  auto media = w.vault->media(draft(1));
  REQUIRE(media);
  REQUIRE(media->size() == 1);
  Bytes kept = read(w, draft(1), (*media)[0].ref.id);
  CHECK(kept.size() >= 50'000 - 2 * 4096);
  CHECK(std::equal(kept.begin(), kept.end(), all.begin()));
  CHECK(files(w) == 1);
  // And it stays as it is from now on.
  CHECK((*w.vault->media(draft(1)))[0].ref == (*media)[0].ref);
}

TEST_CASE("media: cut at any byte of its file, what opens is the beginning of what was recorded") {
  World w;
  w.join();
  REQUIRE(w.vault->begin_draft(draft(1), {}));
  Bytes all = sound(20'000);
  uint8_t n = 0;
  for (size_t cut : {size_t{0}, size_t{5}, size_t{80}, size_t{81}, size_t{4192}, size_t{4193}, size_t{4194},
                     size_t{9000}, size_t{16'500}}) {
    CAPTURE(cut);
    auto h = place(w, ++n);
    {
      auto r = w.vault->begin_media(draft(1), h, "voice.opus");
      REQUIRE((*r)->write(all));
    }
    auto part = w.at() / "media" / (h.id.hex() + ".part");
    std::filesystem::resize_file(part, cut);
    auto media = w.vault->media(draft(1));
    REQUIRE(media);
    size_t whole = cut < 80 ? 0 : (cut - 80) / (4096 + 17) * 4096;
    auto at = std::find_if(media->begin(), media->end(), [&](const Media& m) { return m.ref.id == h.id; });
    CHECK((at != media->end()) == (whole > 0));
    if (at == media->end()) continue;
    Bytes kept = read(w, draft(1), h.id);
    CHECK(kept.size() == whole);
    CHECK(std::equal(kept.begin(), kept.end(), all.begin()));
  }
}

TEST_CASE("media: cut between its last bytes and its row, it is whole and no longer than it was") {
  World w;
  w.join();
  REQUIRE(w.vault->begin_draft(draft(1), {}));
  Bytes all = sound(10'000);
  auto h = place(w, 1);
  auto final_name = w.at() / "media" / (h.id.hex() + ".sva");
  {
    auto r = w.vault->begin_media(draft(1), h, "voice.opus");
    REQUIRE((*r)->write(all));
    std::filesystem::create_directory(final_name);
    std::ofstream(final_name / "in the way") << "x";
    CHECK_FALSE((*r)->close());  // everything is written; its last rename is refused
  }
  std::filesystem::remove_all(final_name);
  auto media = w.vault->media(draft(1));
  REQUIRE(media);
  REQUIRE(media->size() == 1);
  CHECK((*media)[0].ref.size == all.size());
  CHECK(read(w, draft(1), h.id) == all);
}

TEST_CASE("media: finishing keeps what the revision names, deletes the rest, and the key is gone") {
  World w;
  w.join();
  REQUIRE(w.vault->begin_draft(draft(1), {}));
  REQUIRE(w.vault->append(draft(1), {entry("q", "x")}));
  std::vector<Media> made;
  for (uint8_t n : {uint8_t{1}, uint8_t{2}}) {
    auto r = w.vault->begin_media(draft(1), place(w, n), "photo.jpg");
    REQUIRE((*r)->write(sound(5000)));
    made.push_back(*(*r)->close());
  }
  Bytes e = w.envelope(1, w.vault->head());
  Sealing s = w.sealing(e);
  s.attachments = {made[0].ref};
  REQUIRE(w.vault->finish(draft(1), s));
  CHECK(files(w) == 1);
  auto out = w.vault->media_outbox();
  REQUIRE(out->size() == 1);
  CHECK((*out)[0].id == made[0].ref.id);
  CHECK((*out)[0].record == w.record());
  CHECK((*out)[0].hash == made[0].ref.hash);
  CHECK_FALSE(w.vault->media(draft(1)));
  // With what the revision says of it, it opens; and only so.
  Bytes back;
  auto sink = [&](ByteView part) -> Status {
    back.insert(back.end(), part.begin(), part.end());
    return {};
  };
  REQUIRE(w.vault->read_media({w.project, w.record(), made[0].ref.id}, made[0].ref, sink));
  CHECK(back == sound(5000));
  REQUIRE(w.vault->apply_receipt(1, s.summary.last));
  CHECK(w.vault->media_outbox()->empty());
  CHECK(w.vault->kept_media()->size() == 1);  // sealed, for a centre whose disk dies
  CHECK(files(w) == 1);
  CHECK(*w.vault->drop_kept(0) == 1);
  CHECK(w.vault->kept_media()->empty());
  CHECK(files(w) == 0);
}

TEST_CASE("media: a finish that names one that is not whole changes nothing") {
  World w;
  w.join();
  REQUIRE(w.vault->begin_draft(draft(1), {}));
  auto r = w.vault->begin_media(draft(1), place(w, 1), "photo.jpg");
  REQUIRE((*r)->write(sound(5000)));
  Bytes e = w.envelope(1, w.vault->head());
  Sealing s = w.sealing(e);
  seal::AttachmentRef ref;
  ref.id = place(w, 1).id;
  s.attachments = {ref};
  CHECK(w.vault->finish(draft(1), s).error().fault == base::Fault::missing);
  CHECK(w.vault->drafts()->size() == 1);
  CHECK(w.vault->outbox()->empty());
}

TEST_CASE("media: dropping a draft, or a withdrawal, takes its files too") {
  World w;
  w.join();
  for (bool withdrawn : {false, true}) {
    REQUIRE(w.vault->begin_draft(draft(1), {}));
    auto r = w.vault->begin_media(draft(1), place(w, 1), "photo.jpg");
    REQUIRE((*r)->write(sound(5000)));
    auto media = (*r)->close();
    CHECK(files(w) == 1);
    if (withdrawn) {
      Bytes e = w.envelope(1, w.vault->head());
      Sealing s = w.sealing(e);
      s.attachments = {media->ref};
      REQUIRE(w.vault->finish(draft(1), s));
      CHECK(files(w) == 1);
      REQUIRE(w.vault->shred(w.record()));
    } else {
      REQUIRE(w.vault->drop_draft(draft(1)));
    }
    CHECK(files(w) == 0);
  }
}

TEST_CASE("media: a name is a name and never a path") {
  World w;
  w.join();
  REQUIRE(w.vault->begin_draft(draft(1), {}));
  for (const char* name : {"", "a/b", "../x"})
    CHECK(w.vault->begin_media(draft(1), place(w, 1), name).error().fault == base::Fault::invalid);
}
