// What the service counts about itself, in the format of Prometheus (prometheus.io/docs/instrumenting/exposition_formats).
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace relata {

// A value at the time of asking: name as in "relata_graph_statements", help, value.
struct Figure {
  std::string name, help;
  double value = 0;
};

// Any number of threads.
class Metrics {
 public:
  explicit Metrics(const std::vector<std::string>& routes);  // "GET /v1/entities/{id}"; every other is counted as "other"
  ~Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  void answered(const std::string& route, int status, std::chrono::nanoseconds time);
  // All that was counted, and the figures.
  std::string text(const std::vector<Figure>& figures) const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace relata
