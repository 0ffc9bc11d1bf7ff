#include "bench/language/arithmetic.h"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <vector>

#include "extract/language/kernels.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "bench/language/arithmetic.cpp"
#include "hwy/foreach_target.h"
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace relata::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

// Twelve independent chains of multiply-adds that never leave the registers; returns the floating-point operations done.
double MultiplyAdd(std::size_t rounds, float* sink) {
  const hn::ScalableTag<float> d;
  const auto x = hn::Set(d, 1.0000001f), y = hn::Set(d, 1e-9f);
  // Different beginnings: equal chains would be merged into one.
  auto a = hn::Set(d, 1.0f), b = hn::Set(d, 2.0f), c = hn::Set(d, 3.0f), e = hn::Set(d, 4.0f), f = hn::Set(d, 5.0f), g = hn::Set(d, 6.0f),
       h = hn::Set(d, 7.0f), i = hn::Set(d, 8.0f), j = hn::Set(d, 9.0f), k = hn::Set(d, 10.0f), l = hn::Set(d, 11.0f),
       m = hn::Set(d, 12.0f);
  for (std::size_t round = 0; round < rounds; ++round) {
    a = hn::MulAdd(a, x, y);
    b = hn::MulAdd(b, x, y);
    c = hn::MulAdd(c, x, y);
    e = hn::MulAdd(e, x, y);
    f = hn::MulAdd(f, x, y);
    g = hn::MulAdd(g, x, y);
    h = hn::MulAdd(h, x, y);
    i = hn::MulAdd(i, x, y);
    j = hn::MulAdd(j, x, y);
    k = hn::MulAdd(k, x, y);
    l = hn::MulAdd(l, x, y);
    m = hn::MulAdd(m, x, y);
  }
  const auto sum =
      hn::Add(hn::Add(hn::Add(a, b), hn::Add(c, e)), hn::Add(hn::Add(hn::Add(f, g), hn::Add(h, i)), hn::Add(hn::Add(j, k), hn::Add(l, m))));
  *sink = hn::GetLane(hn::SumOfLanes(d, sum));
  return 2.0 * 12.0 * static_cast<double>(rounds * hn::Lanes(d));
}

}  // namespace relata::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace relata {

HWY_EXPORT(MultiplyAdd);

namespace {

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

// The best of several short measurements: what disturbs a measurement only makes it slower.
template <typename Work>
double best_rate(const Work& work) {
  double best = 0;
  for (int i = 0; i < 20; ++i) {
    const double before = cpu_seconds();
    const double operations = work();
    best = std::max(best, operations / (cpu_seconds() - before));
  }
  return best;
}

// One window layer over as many rows as the runtime computes at once.
double window_layer(const kernels::MaxoutLayer& layer, const std::vector<float>& in, std::vector<float>& out) {
  constexpr std::size_t kRows = 248, kTimes = 40;
  for (std::size_t i = 0; i < kTimes; ++i)
    kernels::maxout_layer(layer, in.data(), kernels::kWidth, kRows, in.data() + kernels::kWidth, out.data());
  return 2.0 * kTimes * kRows * kernels::kMaxout * kernels::kMaxout;
}

}  // namespace

int print_arithmetic() {
  float sink = 0;
  const double peak = best_rate([&] { return HWY_DYNAMIC_DISPATCH(MultiplyAdd)(2'000'000, &sink); });
  std::vector<float> weights(kernels::kMaxout * kernels::kMaxout, 0.01f), bias(kernels::kMaxout), gain(kernels::kWidth, 1.0f),
      in(256 * kernels::kWidth, 0.5f), out(256 * kernels::kWidth);
  for (std::size_t i = 0; i < in.size(); ++i) in[i] = static_cast<float>(i % 17) * 0.1f;
  const kernels::MaxoutLayer layer{{weights.data(), bias.data(), 6, kernels::kMaxout}, gain.data(), gain.data()};
  const double reached = best_rate([&] { return window_layer(layer, in, out); });
  std::printf("{\"target\": \"%s\", \"peak\": %.1f, \"window_layers\": %.1f, \"share\": %.3f, \"sink\": %g}\n",
              kernels::target_name(kernels::current_target()), peak * 1e-9, reached * 1e-9, reached / peak, static_cast<double>(sink));
  return 0;
}

}  // namespace relata
#endif  // HWY_ONCE
