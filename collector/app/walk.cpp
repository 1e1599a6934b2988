#include "collector/app/walk.h"

#include <algorithm>

namespace app {

using definition::ControlKind;
using engine::no_id;
using engine::NodeId;
using engine::Session;

bool is_shown(const Session& session, NodeId node) {
  const definition::Node& definition = session.survey().nodes[session.definition_of(node)];
  return definition.kind == definition::NodeKind::question && definition.type && definition.type->control &&
         definition.type->control(definition).kind != ControlKind::hidden;
}

namespace {

// Children in document order; those of a hidden group are not walked.
std::vector<NodeId> open_children(const Session& session, NodeId node) {
  return session.relevant(node) ? session.children(node) : std::vector<NodeId>();
}

// First or last shown question inside `node`, itself included.
NodeId edge_question(const Session& session, NodeId node, bool first) {
  std::vector<NodeId> open = {node};
  while (!open.empty()) {
    NodeId at = open.back();
    open.pop_back();
    if (!session.relevant(at)) continue;
    if (is_shown(session, at)) return at;
    std::vector<NodeId> inside = open_children(session, at);
    if (first) std::reverse(inside.begin(), inside.end());
    open.insert(open.end(), inside.begin(), inside.end());
  }
  return no_id;
}

// Climbs from `from`, looking through the siblings on one side of the way.
NodeId beside(const Session& session, NodeId from, bool forward) {
  for (NodeId at = from; at != 0 && at != no_id; at = session.parent(at)) {
    std::vector<NodeId> siblings = session.children(session.parent(at));
    auto here = std::find(siblings.begin(), siblings.end(), at);
    if (here == siblings.end()) continue;
    if (forward) {
      for (auto next = here + 1; next != siblings.end(); ++next)
        if (NodeId found = edge_question(session, *next, true); found != no_id) return found;
    } else {
      for (auto next = here; next != siblings.begin();)
        if (NodeId found = edge_question(session, *--next, false); found != no_id) return found;
    }
  }
  return no_id;
}

}  // namespace

NodeId next_question(const Session& session, NodeId from) {
  if (from != 0) return beside(session, from, true);
  return edge_question(session, 0, true);
}

NodeId first_question(const Session& session, NodeId inside) {
  return edge_question(session, inside, true);
}

NodeId previous_question(const Session& session, NodeId from) {
  return beside(session, from, false);
}

bool is_answerable(const Session& session, NodeId node) {
  const definition::Node& definition = session.survey().nodes[session.definition_of(node)];
  return is_shown(session, node) && session.relevant(node) && !session.read_only(node) &&
         definition.type->control(definition).look != definition::ChoiceLook::heading && definition.type->data != definition::DataType::none && definition.type->not_yet.empty();
}

}  // namespace app
