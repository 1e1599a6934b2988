// The entities sheet: which entities an interview makes or changes, and in which container each stands.
// Source: https://getodk.github.io/xforms-spec/entities; the choice of containers follows pyxform 4.5, so that
// a form converted elsewhere has its entities in the same place.
#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "forms/base/utf8.h"
#include "forms/definition/reading.h"
#include "forms/definition/references.h"

namespace definition {
namespace {

using Path = std::vector<NodeIndex>;  // containers from the form down

bool is_blank(const std::vector<std::string>& row) {
  return std::all_of(row.begin(), row.end(),
                     [](const std::string& cell) { return base::trim(cell).empty(); });
}

struct Mention {  // what binds an entity to a place: a save_to, or a name in its columns
  Path path;
  Place place;
  std::string property;  // "" for a name
  std::string question;
};

class Entities {
 public:
  Entities(Reading& reading, const Sheet& sheet)
      : reading_(reading),
        survey_(reading.survey),
        sheet_(sheet),
        columns_(sheet, "entities", reading.diagnostics) {}

  void read() {
    for (const Column& column : columns_.all())
      if (!column.known && !column.name.empty())
        reading_.say(Severity::error, columns_.place(1, column.name), "unknown_column",
                     "the entities sheet has no such column; it has list_name, entity_id, create_if, "
                     "update_if and label");
    for (size_t r = 1; r < sheet_.rows.size(); ++r)
      if (!is_blank(sheet_.rows[r])) row(static_cast<int>(r) + 1, sheet_.rows[r]);
  }

  void place() {
    mentions_.resize(survey_.entities.size());
    save_tos();
    names();
    allocate();
  }

 private:
  void refuse(const Place& place, std::string code, std::string text) {
    reading_.say(Severity::error, place, std::move(code), std::move(text));
  }

  // A property's or a list's name; `what` says which.
  bool good_name(const std::string& name, const Place& place, const std::string& what) {
    if (name.rfind("__", 0) == 0)
      refuse(place, "reserved_name", what + " \"" + name + "\" must not begin with two underscores");
    else if (!is_xml_name(name))
      refuse(place, "bad_name",
             what + " \"" + name +
                 "\" cannot be a name: only letters, digits, _, - and . may stand in it, and it "
                 "begins with a letter or _");
    else
      return true;
    return false;
  }

  void row(int number, const std::vector<std::string>& cells) {
    auto logic = [&](const char* column) {
      return Logic{columns_.logic(cells, column), columns_.place(number, column), {}};
    };
    Entity entity;
    entity.list = columns_.text(cells, "list_name");
    entity.place = columns_.place(number, "list_name");
    entity.id = logic("entity_id");
    entity.create_if = logic("create_if");
    entity.update_if = logic("update_if");
    entity.label = logic("label");
    bool id = !entity.id.source.empty(), label = !entity.label.source.empty();
    if (entity.list.empty())
      return refuse(entity.place, "no_entity_list", "an entity needs the name of its list");
    if (entity.list.find('.') != std::string::npos)
      refuse(entity.place, "bad_name",
             "the name of a list of entities must not have a period: \"" + entity.list + "\"");
    else
      good_name(entity.list, entity.place, "the list");
    if (!id && !entity.update_if.source.empty())
      refuse(columns_.place(number, "update_if"), "no_entity_id",
             "to change an entity, say which one in entity_id; to make a new one, use create_if instead of "
             "update_if");
    else if (id && !entity.create_if.source.empty() && entity.update_if.source.empty())
      refuse(columns_.place(number, "create_if"), "no_update_if",
             "with entity_id and create_if together, update_if must say when the entity is changed instead "
             "of made");
    else if (!id && !label)
      refuse(entity.place, "no_entity_label", "a new entity of \"" + entity.list + "\" needs a label");
    for (const Entity& other : survey_.entities)
      if (other.list == entity.list)
        return refuse(entity.place, "duplicate_entity",
                      "the list \"" + entity.list + "\" stands in this sheet twice");
    bool attached = std::any_of(reading_.attached.begin(), reading_.attached.end(), [&](const Attached& one) {
      return one.id == entity.list && !one.by_expression;
    });
    if (id && !attached)
      reading_.say(
          Severity::warning, entity.place, "no_entity_file",
          "to change entities of \"" + entity.list +
              "\" the form needs their list: add a row csv-external with that name, or select from its file");
    survey_.entities.push_back(std::move(entity));
  }

  Path path_to(NodeIndex container) const {
    Path out;
    for (NodeIndex at = container; at != no_node; at = survey_.nodes[at].parent) out.push_back(at);
    std::reverse(out.begin(), out.end());
    return out;
  }

  // The containers down to the innermost repeat, or the form alone.
  Path scope_of(const Path& path) const {
    size_t end = path.size();
    while (end > 1 && survey_.nodes[path[end - 1]].kind != NodeKind::repeat) --end;
    return {path.begin(), path.begin() + static_cast<std::ptrdiff_t>(end)};
  }
  size_t repeats_in(const Path& path) const {
    return static_cast<size_t>(std::count_if(
        path.begin(), path.end(), [&](NodeIndex at) { return survey_.nodes[at].kind == NodeKind::repeat; }));
  }
  size_t below_scope(const Path& path) const { return path.size() - scope_of(path).size(); }

  void save_tos() {
    for (NodeIndex i = 1; i < survey_.nodes.size(); ++i) {
      Node& node = survey_.nodes[i];
      auto at = node.extra.find("save_to");
      if (at == node.extra.end() || node.kind != NodeKind::question) continue;
      Place place = reading_.survey_columns->place(node.place.row, "save_to");
      std::string list, property = at->second;
      size_t hash = property.find('#');
      if (hash != std::string::npos && property.find('#', hash + 1) != std::string::npos) {
        refuse(place, "bad_save_to", "a save_to has at most one #: list#property");
        continue;
      }
      if (hash != std::string::npos) {
        list = property.substr(0, hash);
        property = property.substr(hash + 1);
      } else if (survey_.entities.size() > 1) {
        refuse(place, "bad_save_to",
               "there are several entities, so say of which this is a property: list#" + property);
        continue;
      } else if (survey_.entities.empty()) {
        refuse(place, "no_entities",
               "a save_to needs an entity to save to; declare it in a sheet \"entities\"");
        continue;
      } else {
        list = survey_.entities[0].list;
      }
      size_t entity = 0;
      while (entity < survey_.entities.size() && survey_.entities[entity].list != list) ++entity;
      if (entity == survey_.entities.size()) {
        std::vector<std::string> lists;
        for (const Entity& one : survey_.entities) lists.push_back(one.list);
        std::string near = base::nearest(list, lists);
        refuse(place, "unknown_entity",
               "the entities sheet has no list \"" + list + "\"" +
                   (near.empty() ? "" : "; did you mean \"" + near + "\"?"));
        continue;
      }
      std::string low = base::lower(property);
      if (low == "name" || low == "label") {
        refuse(place, "reserved_name",
               "an entity has its name and label already; give the property another name");
        continue;
      }
      if (!good_name(property, place, "the property")) continue;
      bool twice = std::any_of(mentions_[entity].begin(), mentions_[entity].end(),
                               [&](const Mention& one) { return one.property == property; });
      if (twice)
        refuse(place, "duplicate_property",
               "another question fills the property \"" + property + "\" already");
      mentions_[entity].push_back({path_to(node.parent), place, property, node.name});
    }
  }

  void names() {
    for (size_t i = 0; i < survey_.entities.size(); ++i) {
      const Entity& entity = survey_.entities[i];
      std::set<NodeIndex> named;
      for (const Logic* logic : {&entity.id, &entity.create_if, &entity.update_if, &entity.label})
        for (const Reference& r : references_in(logic->source))
          for (NodeIndex node : survey_.named(r.name)) named.insert(node);
      for (NodeIndex node : named)
        mentions_[i].push_back(
            {path_to(survey_.nodes[node].parent), entity.place, "", survey_.nodes[node].name});
      // In the order of the survey's rows, as they are met.
      std::stable_sort(mentions_[i].begin(), mentions_[i].end(),
                       [](const Mention& a, const Mention& b) { return a.path.size() < b.path.size(); });
    }
  }

  struct Request {
    size_t entity = 0;
    Path scope, wanted;
    std::vector<Path> lineages;  // of its save_tos
  };

  static bool begins(const Path& path, const Path& start) {
    return start.size() <= path.size() && std::equal(start.begin(), start.end(), path.begin());
  }

  bool request(size_t entity, Request& out) {
    const std::vector<Mention>& all = mentions_[entity];
    out.entity = entity;
    out.scope = out.wanted = {0};
    const Mention* deepest = nullptr;
    const Mention* saved = nullptr;
    auto deeper = [&](const Path& a, const Path& b) {
      return std::pair(repeats_in(a), below_scope(a)) > std::pair(repeats_in(b), below_scope(b));
    };
    for (const Mention& one : all) {
      if (!deepest || deeper(one.path, deepest->path)) deepest = &one;
      if (one.property.empty()) continue;
      if (!saved || deeper(one.path, saved->path)) saved = &one;
      if (std::find(out.lineages.begin(), out.lineages.end(), one.path) == out.lineages.end())
        out.lineages.push_back(one.path);
    }
    if (!deepest) return true;
    out.scope = scope_of(deepest->path);
    if (!saved) {
      out.wanted = deepest->path;
    } else {
      Path common = out.lineages[0];
      for (const Path& other : out.lineages) {
        auto [end, ignored] = std::mismatch(common.begin(), common.end(), other.begin(), other.end());
        common.erase(end, common.end());
      }
      Path scope = scope_of(saved->path);
      out.wanted = out.lineages.size() == 1 || deeper(common, scope) ? common : scope;
    }
    bool good = true;
    auto text_of = [&](const Path& path) {
      std::string text;
      for (NodeIndex at : path) text += "/" + survey_.nodes[at].name;
      return text;
    };
    for (const Mention& one : all) {
      Path scope = scope_of(one.path);
      bool apart = !begins(out.scope, scope) || (!one.property.empty() && scope_of(out.wanted) != scope);
      if (!apart) continue;
      good = false;
      const std::string& list = survey_.entities[entity].list;
      std::string tail = "bring the value over with a calculate, or make two entities of it";
      if (one.property.empty())
        refuse(one.place, "entity_apart",
               "the entity \"" + list + "\" takes \"" + one.question + "\" from " + text_of(scope) +
                   " and other answers from " + text_of(out.scope) + ", which are not in one instance; " +
                   tail);
      else
        refuse(one.place, "entity_apart",
               "\"" + one.question + "\" stands in " + text_of(scope) + ", and the entity \"" + list +
                   "\" has answers from " + text_of(begins(out.scope, scope) ? out.wanted : out.scope) +
                   "; " + tail);
    }
    return good;
  }

  void allocate() {
    std::vector<Request> requests;
    for (size_t i = 0; i < survey_.entities.size(); ++i)
      if (Request made; request(i, made)) requests.push_back(std::move(made));
    if (requests.size() != survey_.entities.size()) return;  // told
    if (requests.size() == 1 && requests[0].scope.size() == 1)
      return;                      // one entity of the form is the form's
    std::map<Path, size_t> taken;  // which entity holds or reserves a container
    std::stable_sort(requests.begin(), requests.end(), [](const Request& a, const Request& b) {
      return a.scope.size() != b.scope.size() ? a.scope.size() < b.scope.size() : a.entity < b.entity;
    });
    for (const Request& one : requests) {
      const size_t* other = nullptr;
      bool placed = false;
      for (size_t depth = one.wanted.size(); depth >= one.scope.size() && !placed && depth > 0; --depth) {
        Path here(one.wanted.begin(), one.wanted.begin() + static_cast<std::ptrdiff_t>(depth));
        auto at = taken.find(here);
        if (at == taken.end()) {
          survey_.entities[one.entity].holder = here.back();
          taken.emplace(here, one.entity);
          for (const Path& lineage : one.lineages)
            for (size_t end = lineage.size(); end >= here.size() && end > 0; --end)
              taken[Path(lineage.begin(), lineage.begin() + static_cast<std::ptrdiff_t>(end))] = one.entity;
          placed = true;
          break;
        }
        other = &at->second;
        // Its own save_tos stand where another entity is: going up would not help.
        bool blocked = std::any_of(one.lineages.begin(), one.lineages.end(),
                                   [&](const Path& lineage) { return taken.contains(lineage); });
        if (blocked) break;
      }
      if (!placed)
        refuse(survey_.entities[one.entity].place, "entity_taken",
               "each group, repeat or form can hold one entity, and \"" + survey_.entities[*other].list +
                   "\" has the only one where \"" + survey_.entities[one.entity].list + "\" could stand");
    }
  }

  Reading& reading_;
  Survey& survey_;
  const Sheet& sheet_;
  Columns columns_;
  std::vector<std::vector<Mention>> mentions_;
};

}  // namespace

void read_entities(Reading& reading) {
  const Sheet none{"entities", {}};
  const Sheet* sheet = reading.book.find("entities");
  Entities entities(reading, sheet ? *sheet : none);
  if (sheet) entities.read();
  entities.place();
}

}  // namespace definition
