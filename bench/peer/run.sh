#!/bin/bash
# Relata beside the bare in-memory reference of the peer benchmark, one after the other: bench/peer/run.sh PEERS SCALE [RIVALS]
#
# PEERS: a writable folder with the benchmark's bin/gen, bin/ref and queries/SCALE.tsv (made by its queries.py); SCALE: 100k, 1m, 10m.
# RIVALS: a folder with the results of other systems. The graph is made once, in PEERS/relata_SCALE.
set -eu
peers=$1 scale=$2
case $scale in 100k) facts=100000 ;; 1m) facts=1000000 ;; 10m) facts=10000000 ;; *) echo "scale: 100k, 1m or 10m" >&2; exit 2 ;; esac
cd "$(dirname "$0")/../.."
ninja -C build bench_peer >/dev/null
mkdir -p "$peers/data/$scale" "$peers/results"
[ -s "$peers/data/$scale/facts.csv" ] || "$peers/bin/gen" "$facts" "$peers/data/$scale" --no-jsonl
"$peers/bin/ref" "$peers/data/$scale" "$peers/queries/$scale.tsv" "$peers/results/cppref_$scale.json" >"$peers/queries/$scale.expected"
build/bench_peer "$peers/relata_$scale" "$peers/data/$scale" "$peers/queries/$scale.tsv" "$peers/queries/$scale.expected" "$peers/results/relata_$scale.json"
python3 bench/peer/ratio.py "$scale" "$peers/results" ${3:+"$3"}
