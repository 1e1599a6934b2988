// The central file: copies of it, what waits in its quarantine, its log.
#include "collector/window/screen.h"

namespace window {
namespace {

using app::CentralView;

struct Part {
  const char* id;
  app::Key label;
  size_t count;
};

// Lines under the chosen part; each returns the height it took.
class Lines {
 public:
  Lines(Kit& kit, const app::Strings& s, const CentralView& view, bool free, Scratch& scratch, Events& events)
      : kit_(kit), t_(kit.look()), s_(s), view_(view), free_(free), scratch_(scratch), events_(events) {}

  float copies(Rect r) {
    float y = r.y + receipts(r);
    for (const std::string& one : view_.copies) y += copy(one, {r.x, y, r.w, 0});
    if (view_.copies.empty()) y += nothing(r, tr(s_, "file.no_copies.text"));
    // A copy from elsewhere: another disk, another coordinator's.
    std::string other = scratch_.place;
    y += kit_.text({r.x, y + 8, r.w, 20}, tr(s_, "file.other_copy.label"), t_.quiet, {.size = 14, .wrap = false}) + 14;
    std::string out;
    (void)kit_.field("file.other", {r.x, y, r.w, 46}, other, {.size = 16, .label = tr(s_, "file.other_copy.label")}, out);
    scratch_.place = out;
    y += 52;
    if (!scratch_.place.empty()) y += restore(scratch_.place, {r.x, y, r.w, 0});
    return y - r.y;
  }

  // What stands on the project's withdrawal cards.
  float card(Rect r) {
    float y = r.y + kit_.text({r.x, r.y, r.w, 66}, tr(s_, "file.card.text"), t_.quiet, {.size = 14.5f}) + 12;
    bool go = false;
    auto labelled = [&](const char* id, const std::string& label, std::string& value, float w) {
      y += kit_.text({r.x, y, r.w, 44}, label, t_.quiet, {.size = 14}) + 4;
      std::string typed;
      go |= kit_.field(id, {r.x, y, w, 46}, value, {.size = 16, .label = label}, typed).entered;
      value = typed;
      y += 58;
    };
    labelled("file.contact", tr(s_, "file.card_contact.label"), scratch_.card_contact, r.w);
    labelled("file.until", s_.tr("file.card_until.label", {{"example", view_.until_example}}), scratch_.card_until,
             std::min(r.w, 300.f));
    bool here = kit_.focus() == "file.contact" || kit_.focus() == "file.until";
    go |= button("file.keep_card", tr(s_, "file.card.button"), {r.x, y, r.w, 46}, here && free_ ? "Enter" : nullptr);
    if (go && free_) events_.push_back(app::SetCardTerms{scratch_.card_contact, scratch_.card_until});
    return y + 58 - r.y;
  }

  float waiting(Rect r) {
    float y = r.y;
    if (view_.waiting.empty()) return nothing(r, tr(s_, "waiting.none.text"));
    for (const app::WaitingView& one : view_.waiting) {
      std::string take = tr(s_, "waiting.take.button");
      bool sure = scratch_.removing == one.id;
      std::string away = sure ? tr(s_, "waiting.sure.button") : tr(s_, "waiting.throw.button");
      float tw = kit_.text_width(take, {.size = 16}) + 36;
      float aw = kit_.text_width(away, {.size = 16}) + 36;
      float w = r.w - tw - aw - 40;
      std::string head = app::joined({one.what, one.who, one.since}, " · ");
      float hh = kit_.text_height(w, head, {.size = 15.5f, .bold = true});
      float h = std::max(54.f, hh + kit_.text_height(w, one.why, {.size = 14.5f}) + 16);
      kit_.fill({r.x, y, r.w, h}, t_.ground, 10);
      kit_.text({r.x + 14, y + 7, w, hh}, head, t_.ink, {.size = 15.5f, .bold = true});
      kit_.text({r.x + 14, y + 8 + hh, w, h}, one.why, t_.quiet, {.size = 14.5f});
      if (kit_.button("waiting.take." + one.id, {r.right() - tw - aw - 18, y + h / 2 - 20, tw, 40}, take, Look::plain, free_))
        events_.push_back(app::TakeIn{one.id});
      if (kit_.button("waiting.throw." + one.id, {r.right() - aw - 10, y + h / 2 - 20, aw, 40}, away, Look::quiet, free_)) {
        if (sure) events_.push_back(app::ThrowAway{one.id});
        scratch_.removing = sure ? "" : one.id;
      }
      y += h + 8;
    }
    return y - r.y;
  }

  float log(Rect r) {
    float y = r.y;
    if (!view_.log_is_whole) {
      kit_.icon(Icon::alert, r.x + 12, y + 12, 20, t_.warn);
      y += kit_.text({r.x + 32, y + 2, r.w - 32, 60}, tr(s_, "log.changed.text"), t_.ink, {.size = 15}) + 12;
    }
    if (view_.log.empty()) return y + nothing({r.x, y, r.w, 0}, tr(s_, "log.none.text")) - r.y;
    float column = 0;
    for (const app::LoggedView& one : view_.log) column = std::max(column, kit_.text_width(one.when, {.size = 14}));
    for (const app::LoggedView& one : view_.log) {
      float x = r.x + column + 22;
      float w = r.right() - x - (one.holds ? 0.f : 30.f);
      float h = std::max(26.f, kit_.text_height(w, one.what, {.size = 15}) + 6);
      kit_.text({r.x, y + 2, column + 4, 20}, one.when, t_.quiet, {.size = 14, .wrap = false});
      kit_.text({x, y, w, h}, one.what, t_.ink, {.size = 15});
      if (!one.holds) kit_.icon(Icon::alert, r.right() - 12, y + 11, 18, t_.warn);
      y += h;
    }
    return y - r.y;
  }

 private:
  bool button(const char* id, const std::string& label, Rect r, const char* key) {
    float w = std::min(r.w, kit_.text_width(label, {.size = 16}) + 60 + (key ? kit_.cap_width(key) + 14 : 0));
    return kit_.button(id, {r.x, r.y, w, r.h}, label, Look::plain, free_, Icon::check, false, key);
  }

  // Where the copy lies that receipts rest on, and another place for it.
  float receipts(Rect r) {
    std::string label = tr(s_, "file.backup_place.label");
    float y = r.y + kit_.text({r.x, r.y, r.w, 44}, label, t_.ink, {.size = 15.5f, .bold = true}) + 4;
    y += kit_.text({r.x, y, r.w, 44}, s_.tr("file.backup_place.text", {{"place", view_.backup_place}}), t_.quiet,
                   {.size = 14.5f}) + 4;
    if (view_.one_disk) {
      kit_.icon(Icon::info, r.x + 10, y + 10, 18, t_.quiet);
      y += kit_.text({r.x + 26, y, r.w - 26, 60}, tr(s_, "file.same_disk.text"), t_.ink, {.size = 14.5f}) + 6;
    }
    bool here = kit_.focus() == "file.backups";
    const char* key = here && free_ ? "Enter" : nullptr;
    std::string words = tr(s_, "file.backup_place.button");
    float bw = kit_.text_width(words, {.size = 16}) + 60 + kit_.cap_width("Enter") + 14;
    std::string typed;
    bool go = kit_.field("file.backups", {r.x, y + 4, r.w - bw - 10, 46}, scratch_.backups, {.size = 16, .label = label}, typed)
                  .entered;
    scratch_.backups = typed;
    go |= button("file.keep_backups", words, {r.right() - bw, y + 4, bw, 46}, key);
    if (go && free_ && !scratch_.backups.empty()) events_.push_back(app::KeepBackupsAt{scratch_.backups});
    y += 66;
    kit_.fill({r.x, y, r.w, 1}, t_.line);
    return y + 14 - r.y;
  }

  float nothing(Rect r, const std::string& words) {
    return kit_.text({r.x, r.y, r.w, 60}, words, t_.quiet, {.size = 15}) + 10;
  }

  float copy(const std::string& path, Rect r) {
    std::string label = tr(s_, "file.restore.button");
    float w = kit_.text_width(label, {.size = 16}) + 36;
    kit_.icon(Icon::disk, r.x + 12, r.y + 22, 20, t_.quiet);
    kit_.text({r.x + 32, r.y, r.w - w - 44, 44}, path, t_.ink, {.size = 15, .wrap = false, .middle = true, .may_cut = true});
    if (kit_.button("file.restore." + path, {r.right() - w, r.y + 2, w, 40}, label, Look::quiet, free_)) {
      scratch_.removing = path;
      kit_.focus("file.passphrase");
    }
    return 48 + (scratch_.removing == path ? restore(path, {r.x, r.y + 48, r.w, 0}) : 0);
  }

  // What it means, and the passphrase: the profile is opened anew on the copy.
  float restore(const std::string& path, Rect r) {
    float y = r.y + kit_.text({r.x, r.y, r.w, 66}, tr(s_, "file.restore.text"), t_.quiet, {.size = 14.5f}) + 8;
    std::string out;
    float w = kit_.text_width(tr(s_, "file.restore_now.button"), {.size = 17.5f, .bold = true}) + 62 + kit_.cap_width("Enter");
    FieldResult field = kit_.field("file.passphrase", {r.x, y, r.w - w - 12, 46}, scratch_.passphrase,
                                   {.password = true, .size = 17, .label = tr(s_, "unlock.passphrase.label")}, out);
    scratch_.passphrase = out;
    const char* key = kit_.focus() == "file.passphrase" ? "Enter" : nullptr;
    bool go = kit_.button("file.restore_now", {r.right() - w, y, w, 46}, tr(s_, "file.restore_now.button"), Look::primary,
                          free_ && !scratch_.passphrase.empty(), Icon::none, false, key);
    if ((go || field.entered) && !scratch_.passphrase.empty()) {
      events_.push_back(app::RestoreCentral{"", scratch_.passphrase, path});
      wipe(scratch_.passphrase);
      scratch_.removing.clear();
      kit_.forget_fields();
    }
    return y + 58 - r.y;
  }

  Kit& kit_;
  const Theme& t_;
  const app::Strings& s_;
  const CentralView& view_;
  bool free_;
  Scratch& scratch_;
  Events& events_;
};

}  // namespace

Events draw_central(Kit& kit, const app::Strings& s, const app::Frame& frame, const CentralView& view,
                    Scratch& scratch) {
  Events events;
  const Theme& t = kit.look();
  if (scratch.shown != "file") {
    scratch.shown = "file";
    scratch.folder = view.folder;
    scratch.removing.clear();
    scratch.place.clear();
    scratch.backups.clear();
    scratch.card_contact = view.card_contact;
    scratch.card_until = view.card_until;
    wipe(scratch.passphrase);
    kit.forget_fields();
    kit.focus("file.folder");
  }
  if (choosing_folder(kit, s, view.browser, scratch, scratch.folder, events)) return events;
  Rect r = draw_places(kit, s, frame, app::Go::central_file, events);
  kit.text({r.x, r.y, r.w, 36}, tr(s, "file.title.label"), t.ink, {.size = 24, .bold = true, .wrap = false});
  Rect card{r.x, r.y + 60, std::min(r.w, 820.f), r.h - 60};
  kit.card(card);
  float x = card.x + 32, w = card.w - 64;
  Rect area{card.x + 4, card.y + 8, card.w - 8, card.h - 16};
  float& content = scratch.heights["file"];
  float offset = kit.scroll_area("file", area, content);
  kit.clip(area);
  float top = card.y + 24 - offset;
  float y = top;
  kit.text({x, y, w, 20}, tr(s, "file.place.label"), t.quiet, {.size = 14, .wrap = false});
  kit.text({x, y + 22, w, 26}, view.place, t.ink, {.size = 16, .wrap = false, .may_cut = true});
  y += 60;
  kit.text({x, y, w, 20}, tr(s, "file.folder.label"), t.quiet, {.size = 14, .wrap = false});
  std::string out;
  std::string browse = tr(s, "folder.browse.button");
  float bw = kit.text_width(browse, {.size = 16}) + 60;
  (void)kit.field("file.folder", {x, y + 24, w - bw - 12, 48}, scratch.folder, {.size = 17, .label = tr(s, "file.folder.label")}, out);
  scratch.folder = out;
  if (kit.button("file.browse", {x + w - bw, y + 24, bw, 48}, browse, Look::plain, true, Icon::folder))
    events.push_back(app::BrowseFolders{scratch.folder});
  y += 88;
  float third = (w - 24) / 3;
  bool free = frame.working.empty();
  if (kit.button("file.backup", {x, y, third, 50}, tr(s, "file.backup.button"), Look::primary, free))
    events.push_back(app::BackUpTo{scratch.folder});
  if (kit.button("file.verify", {x + third + 12, y, third, 50}, tr(s, "file.verify.button"), Look::plain, free))
    events.push_back(app::VerifyCentral{});
  if (kit.button("file.move", {x + 2 * (third + 12), y, third, 50}, tr(s, "file.move.button"), Look::plain, free))
    events.push_back(app::MoveCentral{scratch.folder});
  y += 62;
  auto line = [&](Icon icon, Colour ink, const std::string& text) {
    float h = std::max(26.f, kit.text_height(w - 32, text, {.size = 15}) + 4);
    kit.icon(icon, x + 12, y + 12, 20, ink);
    kit.text({x + 32, y + 2, w - 32, h}, text, t.ink, {.size = 15});
    y += h + 2;
  };
  if (view.results.empty() && view.problems.empty())
    y += kit.text({x, y, w, 66}, tr(s, "file.note.text"), t.quiet, {.size = 14.5f}) + 8;
  for (const std::string& one : view.results) line(Icon::saved, t.good, one);
  for (const std::string& one : view.problems) line(Icon::alert, t.warn, one);
  y += 8;
  const Part parts[] = {{"file.copies", "file.copies.label", view.copies.size()},
                        {"file.waiting", "waiting.title.label", view.waiting.size()},
                        {"file.log", "log.title.label", view.log.size()},
                        {"file.card", "file.card.label", 0}};
  float px = x;
  for (int n = 0; n < 4; ++n) {
    const Part& part = parts[n];
    std::string label = tr(s, part.label);
    if (n < 3) label += " (" + s.number(static_cast<long>(part.count)) + ")";
    float pw = kit.text_width(label, {.size = 15, .bold = true}) + 36;
    if (px > x && px + pw > x + w) {
      px = x;
      y += 44;
    }
    Rect chip{px, y, pw, 38};
    bool on = scratch.part == n;
    kit.fill(chip, on ? t.soft : kit.hovered(chip) ? t.hover : t.card, 19);
    kit.stroke(chip, on ? t.accent : t.line, 19, on ? 2.f : 1.f);
    kit.text(chip, label, t.ink, {.size = 15, .bold = on, .align = Align::centre, .wrap = false, .middle = true});
    if (kit.hit(part.id, chip, label)) scratch.part = n;
    if (on) kit.state("chosen");
    px += pw + 8;
  }
  y += 52;
  Lines lines(kit, s, view, free, scratch, events);
  Rect rest{x, y, w, 0};
  y += scratch.part == 0   ? lines.copies(rest)
       : scratch.part == 1 ? lines.waiting(rest)
       : scratch.part == 2 ? lines.log(rest)
                           : lines.card(rest);
  content = y - top + 40;
  kit.unclip();
  if (view.browser) draw_browser(kit, s, *view.browser, scratch, events);
  return events;
}

}  // namespace window
