#include "query/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <array>
#include <map>

namespace relata {
namespace {

const prometheus::Histogram::BucketBoundaries kSeconds{0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10};

struct Counted {
  prometheus::Histogram* seconds = nullptr;
  std::array<prometheus::Counter*, 6> statuses{};  // by first digit
};

}  // namespace

struct Metrics::Parts {
  prometheus::Registry registry;
  std::map<std::string, Counted, std::less<>> routes;

  explicit Parts(std::vector<std::string> names) {
    auto& seconds = prometheus::BuildHistogram().Name("relata_http_request_seconds").Help("Time from a whole request to its answer, by route").Register(registry);
    auto& requests = prometheus::BuildCounter().Name("relata_http_requests_total").Help("Requests answered, by route and class of status").Register(registry);
    names.emplace_back("other");
    for (const std::string& name : names) {
      Counted& one = routes[name];
      one.seconds = &seconds.Add({{"route", name}}, kSeconds);
      for (std::size_t digit = 2; digit < one.statuses.size(); ++digit) one.statuses[digit] = &requests.Add({{"route", name}, {"status", std::to_string(digit) + "xx"}});
    }
  }
};

Metrics::Metrics(const std::vector<std::string>& routes) : parts_(std::make_unique<Parts>(routes)) {}
Metrics::~Metrics() = default;

void Metrics::answered(const std::string& route, int status, std::chrono::nanoseconds time) {
  auto found = parts_->routes.find(route);
  if (found == parts_->routes.end()) found = parts_->routes.find("other");
  found->second.seconds->Observe(std::chrono::duration<double>(time).count());
  const auto digit = static_cast<std::size_t>(status / 100);
  if (digit >= 2 && digit < found->second.statuses.size()) found->second.statuses[digit]->Increment();
}

std::string Metrics::text(const std::vector<Figure>& figures) const {
  prometheus::Registry now;
  for (const Figure& figure : figures) prometheus::BuildGauge().Name(figure.name).Help(figure.help).Register(now).Add({}).Set(figure.value);
  std::vector<prometheus::MetricFamily> all = parts_->registry.Collect();
  for (prometheus::MetricFamily& family : now.Collect()) all.push_back(std::move(family));
  return prometheus::TextSerializer().Serialize(all);
}

}  // namespace relata
