#!/usr/bin/env python3
"""Relata beside the bare reference and the rivals: ratio.py SCALE RESULTS [RIVALS]

RESULTS has cppref_SCALE.json and relata_SCALE.json of one run; RIVALS, another folder, results of other systems at that scale. A line a class:
reference and Relata p50 and p99 in ms, their ratios, wrong answers, and the rival that comes nearest: its p50 over the queries it finished, the first n, and
how many times that is Relata's p50 over the same.
"""
import glob
import json
import os
import statistics
import sys


def classes(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)["classes"]


def main():
    scale, results = sys.argv[1], sys.argv[2]
    reference, relata = classes(f"{results}/cppref_{scale}.json"), classes(f"{results}/relata_{scale}.json")
    rivals = {}
    for path in glob.glob(f"{sys.argv[3]}/*_{scale}.json") if len(sys.argv) > 3 else []:
        name = os.path.basename(path).rsplit("_", 1)[0]
        if name not in ("cppref", "relata"):
            rivals[name] = classes(path)
    print(f"{'class':6}{'reference':>20}{'relata':>20}{'p50':>7}{'p99':>7}{'wrong':>7}  best rival")
    for name, bare in reference.items():
        mine = relata[name]
        beside = [(other[name]["p50_ms"] / statistics.median(mine["lat_ms"][:other[name]["n"]]), other[name]["p50_ms"], rival, other[name]["n"])
                  for rival, other in rivals.items() if other.get(name, {}).get("n")]
        told = "{2} {1:.3f} over {3} ({0:.1f}x)".format(*min(beside)) if beside else "-"
        print(f"{name:6}{bare['p50_ms']:>10.4f}{bare['p99_ms']:>10.4f}{mine['p50_ms']:>10.4f}{mine['p99_ms']:>10.4f}"
              f"{mine['p50_ms'] / bare['p50_ms']:>7.2f}{mine['p99_ms'] / bare['p99_ms']:>7.2f}{mine['wrong']:>7}  {told}")


if __name__ == "__main__":
    main()
