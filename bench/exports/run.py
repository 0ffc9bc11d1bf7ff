#!/usr/bin/env python3
"""How fast `relata export` is, beside writing the same bytes to the same place in the same run.

    bench/exports/run.py RELATA GRAPH [FOLDER] [--formats graphml,gexf,...]

GRAPH: a graph's folder or address; FOLDER: where the files go (default: the current one); they are removed again. For each format: size, seconds
on the clock and of processor time, MB a second, the share of the plain writer's speed, peak memory, and how much of it is the process's own
(the rest are pages of the graph's image and libraries, which the system may drop).
"""
import argparse
import os
import subprocess
import threading
import time

PIECE = 1 << 20


def own_memory(process, ended, peak):
    """Highest RssAnon of a running process, in MB, looked at every 50 ms."""
    while not ended.wait(0.05):
        try:
            with open(f"/proc/{process.pid}/status") as status:
                for line in status:
                    if line.startswith("RssAnon"):
                        peak[0] = max(peak[0], int(line.split()[1]) / 1024)
        except OSError:
            return


def export(relata, graph, format, path):
    start, peak = time.monotonic(), [0.0]
    process = subprocess.Popen([relata, "export", "--format", format, "--db", graph, "-o", path])
    ended = threading.Event()
    watcher = threading.Thread(target=own_memory, args=(process, ended, peak))
    watcher.start()
    _, status, used = os.wait4(process.pid, 0)
    ended.set()
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.monotonic() - start
    watcher.join()
    if process.returncode != 0:
        raise SystemExit(f"export --format {format} ended with {process.returncode}")
    return wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, peak[0]


def write_again(source, path):
    """Seconds to write the bytes of `source` to `path`, in pieces of 1 MB; reading them is not counted."""
    spent = 0.0
    with open(source, "rb", buffering=0) as read, open(path, "wb", buffering=0) as out:
        while piece := read.read(PIECE):
            start = time.monotonic()
            out.write(piece)
            spent += time.monotonic() - start
    return spent


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("relata")
    parser.add_argument("graph")
    parser.add_argument("folder", nargs="?", default=".")
    parser.add_argument("--formats", default="graphml,gexf,csv_relations,nquads,jsonl")
    given = parser.parse_args()
    path = os.path.join(given.folder, "relata-export")
    print("| format | MB | s | processor s | MB/s | MB/s of processor time | plain writing, MB/s | share | peak MB | own MB |\n|---|---|---|---|---|---|---|---|---|---|")
    for format in given.formats.split(","):
        try:
            wall, cpu, peak, own = export(given.relata, given.graph, format, path)
            size = os.path.getsize(path) / 1e6
            again = write_again(path, path + ".again")
        finally:
            for file in (path, path + ".again"):
                if os.path.exists(file):
                    os.remove(file)
        print(f"| {format} | {size:.0f} | {wall:.1f} | {cpu:.1f} | {size / wall:.0f} | {size / cpu:.0f} | {size / again:.0f} | {again / wall:.2f} | {peak:.0f} | {own:.0f} |", flush=True)


if __name__ == "__main__":
    main()
