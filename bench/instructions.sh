#!/usr/bin/env bash
# Instructions that parsing 100 KB of our own text takes, counted by callgrind: a number that does not depend on how busy the
# machine is. Fails when it is more than 3% above the recorded one (bench/language/instructions.tsv).
#   bench/instructions.sh [--record] [--build DIR]
# Callgrind knows neither AVX-512 nor fused multiply-add (it emulates it, a hundred times slower): the SSE4 kernels are counted, and
# apart from everything else, which they would hide. Compilers and C libraries differ by a percent or two: record anew when they change.
set -euo pipefail
cd "$(dirname "$0")/.."

record= build=build
while [ $# -gt 0 ]; do
  case "$1" in
    --record) record=1; shift ;;
    --build) build=${2:?--build takes a folder}; shift 2 ;;
    -h|--help) sed -n '2,7s/^# *//p' "$0"; exit 0 ;;
    *) echo "bench/instructions.sh: unknown argument '$1' (--help)" >&2; exit 2 ;;
  esac
done
command -v valgrind >/dev/null || { echo "bench/instructions.sh: needs valgrind (apt-get install valgrind)" >&2; exit 2; }

[ -f "$build/build.ninja" ] || cmake --preset release -B "$build" >/dev/null
cmake --build "$build" --target bench_language >/dev/null
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
"$build/bench_language" text 100000 >"$folder/text"
valgrind --tool=callgrind --callgrind-out-file="$folder/counts" "$build/bench_language" run "$folder/text" 1 SSE4 >/dev/null 2>"$folder/log" ||
  { cat "$folder/log" >&2; exit 2; }
callgrind_annotate --threshold=100 --inclusive=no "$folder/counts" | tr -d , | awk '
  /PROGRAM TOTALS/ { total = $1 }
  /relata::kernels::N_/ { kernels += $1 }
  END { printf "kernels\t%.0f\nrest\t%.0f\n", kernels, total - kernels }' >"$folder/now"
file=bench/language/instructions.tsv
if [ -n "$record" ]; then
  { echo "# Instructions for 100 KB of generated text (bench/instructions.sh --record)"; cat "$folder/now"; } | tee "$file"
  exit 0
fi
grep -v '^#' "$file" | join -t "$(printf '\t')" - "$folder/now" | awk -F '\t' '
  { printf "%-8s %8.1f million, recorded %.1f (%+.2f%%)\n", $1, $3 / 1e6, $2 / 1e6, 100 * ($3 / $2 - 1); slower += $3 > 1.03 * $2 }
  END { exit slower > 0 || NR != 2 }' || { echo "more than 3% slower: find out why, or record anew (--record) with the reason in the commit" >&2; exit 1; }
