#include "collector/export/submission.h"

#include <algorithm>
#include <map>

namespace exports {
namespace {

using definition::Node;
using definition::NodeIndex;
using definition::NodeKind;
using Ids = std::vector<base::InstanceId>;

std::string escaped(std::string_view text) {
  std::string out;
  for (char c : text) {
    switch (c) {
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '&':
        out += "&amp;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        // XML 1.0 has no other control characters.
        if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t') out += c;
    }
  }
  return out;
}

std::string uuid(const base::RecordId& record) {
  std::string hex = record.hex();
  return "uuid:" + hex.substr(0, 8) + "-" + hex.substr(8, 4) + "-" + hex.substr(12, 4) + "-" + hex.substr(16, 4) + "-" +
         hex.substr(20);
}

class Submission {
 public:
  Submission(const definition::Survey& survey, const Case& one) : survey_(survey), case_(one) {
    for (const CaseAnswer& answer : one.answers) answers_[{answer.node, answer.instances}] = &answer.text;
  }

  std::string run() {
    const std::string& root = survey_.nodes[0].name;
    out_ = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<" + root + attribute("id", survey_.form_id) +
           (survey_.version.empty() ? "" : attribute("version", survey_.version)) +
           " xmlns:orx=\"http://openrosa.org/xforms\" xmlns:jr=\"http://openrosa.org/javarosa\">";
    inside(0, {});
    if (!has_meta_) out_ += "<meta><instanceID>" + uuid(case_.record) + "</instanceID></meta>";
    return out_ + "</" + root + ">\n";
  }

 private:
  static std::string attribute(const std::string& name, const std::string& value) {
    return " " + name + "=\"" + escaped(value) + "\"";
  }

  void inside(NodeIndex parent, const Ids& around) {
    for (NodeIndex child : survey_.nodes[parent].children) {
      const Node& node = survey_.nodes[child];
      if (node.is_attribute) continue;
      if (node.kind == NodeKind::question) {
        question(child, around);
      } else if (node.kind == NodeKind::group) {
        has_meta_ = has_meta_ || (parent == 0 && node.name.find("meta") != std::string::npos && survey_.from_xform);
        wrapped(child, around);
      } else {
        for (const CaseInstance& instance : case_.instances)
          if (instance.repeat == child && instance.instances.size() == around.size() + 1 &&
              std::equal(around.begin(), around.end(), instance.instances.begin()))
            wrapped(child, instance.instances);
      }
    }
  }

  void wrapped(NodeIndex group, const Ids& around) {
    const std::string& name = survey_.nodes[group].name;
    size_t before = out_.size();
    out_ += "<" + name + attributes(group, around) + ">";
    size_t start = out_.size();
    inside(group, around);
    bool empty = out_.size() == start;
    if (empty && survey_.nodes[group].kind == NodeKind::group)
      out_.resize(before);  // hidden, or nothing in it was asked
    else
      out_ += "</" + name + ">";
  }

  std::string attributes(NodeIndex node, const Ids& around) const {
    std::string out;
    for (NodeIndex child : survey_.nodes[node].children) {
      const Node& one = survey_.nodes[child];
      auto at = one.is_attribute ? answers_.find({child, around}) : answers_.end();
      if (one.is_attribute) out += attribute(one.name.substr(1), at == answers_.end() ? one.default_value.source : *at->second);
    }
    return out;
  }

  void question(NodeIndex index, const Ids& around) {
    const Node& node = survey_.nodes[index];
    auto at = answers_.find({index, around});
    bool id = survey_.capture_of(index) == definition::Capture::uuid;
    if (at == answers_.end() && !id) return;
    std::string text = at != answers_.end() ? *at->second : uuid(case_.record);
    out_ += "<" + node.name + attributes(index, around) + ">" + escaped(text) + "</" + node.name + ">";
  }

  const definition::Survey& survey_;
  const Case& case_;
  std::map<std::pair<NodeIndex, Ids>, const std::string*> answers_;
  std::string out_;
  bool has_meta_ = false;  // the form says its own
};

}  // namespace

std::string submission_xml(const definition::Survey& survey, const Case& one) {
  return Submission(survey, one).run();
}

}  // namespace exports
