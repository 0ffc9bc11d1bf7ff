"""Runs Relata and spaCy in turns and prints the comparison. Called by bench/language.sh.

All rates are words (tokens) a second of processor time on one thread, unless it says wall clock: what else the machine does then
matters less. Loading is not part of the rates.
"""
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time

RELATA, PYTHON, MODEL, ROUNDS, LARGEST = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5])
PROGRAM = os.path.join(os.path.dirname(RELATA), "relata")
HERE = os.path.dirname(os.path.abspath(__file__))
COMPARED = 300_000  # bytes of text for the main comparison


def output(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def relata(file, threads=1, *arithmetic):
    return json.loads(output(RELATA, "run", file, str(threads), *arithmetic))


def spacy(file, batch):
    return json.loads(output(PYTHON, os.path.join(HERE, "spacy_words.py"), MODEL, file, str(batch)))


def rate(run, clock="cpu"):
    return run["words"] / max(run[clock], 1e-9)


def make_text(folder, size):
    path = os.path.join(folder, f"{size}.txt")
    with open(path, "w", encoding="utf8") as file:
        subprocess.run([RELATA, "text", str(size)], check=True, stdout=file)
    return path


def machine():
    with open("/proc/cpuinfo", encoding="utf8") as file:
        names = [line.split(":")[1].strip() for line in file if line.startswith("model name")]
    return f"{names[0] if names else platform.machine()}, {os.cpu_count()} cores, {platform.platform()}, load {os.getloadavg()[0]:.1f}"


def print_runs(name, runs, theirs):
    ratios = [rate(a) / rate(b) for a, b in zip(runs, theirs)]
    print(f"  {name:34} {statistics.median(map(rate, runs)):8.0f} words/s   ratio {statistics.median(ratios):5.1f} ({min(ratios):.1f} to {max(ratios):.1f})"
          f"   load {statistics.median(r['load_ms'] for r in runs):7.1f} ms   peak {max(r['peak_kb'] for r in runs) / 1024:5.0f} MB")


def cold_start(folder):
    """Milliseconds from starting the process to its end with the analysis of one line."""
    path = os.path.join(folder, "line.txt")
    with open(path, "w", encoding="utf8") as file:
        file.write("The minister signed the agreement on Friday.\n")
    times = []
    for _ in range(10):
        before = time.perf_counter()
        relata(path)
        times.append(1000 * (time.perf_counter() - before))
    return times


def whole(text, words):
    """`relata extract` as users run it, from reading to JSON, start of the process included; one article a line of the text."""
    articles = text + ".jsonl"
    with open(text, encoding="utf8") as lines, open(articles, "w", encoding="utf8") as out:
        for number, line in enumerate(lines):
            out.write(json.dumps({"uri": f"article-{number}", "published": "2024-11-18", "text": line.rstrip("\n")}) + "\n")
    process = subprocess.Popen([PROGRAM, "extract", articles], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        raise RuntimeError(f"relata extract ended with {status}")
    return {"words": words, "cpu": usage.ru_utime + usage.ru_stime, "load_ms": 0.0, "peak_kb": usage.ru_maxrss}


def compare(folder):
    text = make_text(folder, COMPARED)
    best_batch = max((8, 32, 128), key=lambda batch: rate(spacy(text, batch)))
    theirs, ours, reduced, extract = [], [], [], []
    for _ in range(ROUNDS):
        theirs.append(spacy(text, best_batch))
        ours.append(relata(text))
        reduced.append(relata(text, 1, "reduced"))
        extract.append(whole(text, ours[-1]["words"]))
    print(f"text: {COMPARED / 1000:.0f} KB of generated articles, {ours[0]['words']} words; spaCy {theirs[0]['version']}, one thread, batches of {best_batch} texts")
    if ours[0]["words"] != theirs[0]["words"]:
        print(f"  NOTE: spaCy counts {theirs[0]['words']} words")
    print(f"processor time, {ROUNDS} rounds in turns, median:")
    print_runs("spaCy", theirs, theirs)
    print_runs("Relata, full precision", ours, theirs)
    print_runs(f"Relata, reduced ({reduced[0]['arithmetic']} on this machine)", reduced, theirs)
    print_runs("relata extract, reading to JSON", extract, theirs)
    return best_batch


def sizes(folder, batch):
    print("\n  text size    Relata words/s    spaCy words/s    ratio    Relata peak MB")
    size = 1000
    while size <= LARGEST * 1_000_000:
        text = make_text(folder, size)
        ours = relata(text)
        # The original would need an hour for the largest; its rate no longer changes.
        theirs = spacy(text, batch) if size <= 1_000_000 else None
        other = f"{rate(theirs):14.0f} {rate(ours) / rate(theirs):10.1f}" if theirs else f"{'-':>14} {'-':>10}"
        print(f"{size / 1000:9.0f} KB {rate(ours):15.0f} {other} {ours['peak_kb'] / 1024:15.0f}", flush=True)
        os.remove(text)
        size *= 10


def threads(folder):
    text = make_text(folder, 5_000_000)
    best = {n: min((relata(text, n) for _ in range(3)), key=lambda run: run["wall"]) for n in range(1, min(os.cpu_count(), 8) + 1)}
    print("\nthreads (wall clock, best of 3):")
    for n, run in best.items():
        print(f"  {n}: {rate(run, 'wall'):10.0f} words/s   x{rate(run, 'wall') / rate(best[1], 'wall'):.2f}   processor time x{run['cpu'] / best[1]['cpu']:.2f}")


def main():
    print(f"machine: {machine()}")
    arithmetic = json.loads(output(RELATA, "peak"))
    print(f"arithmetic: {arithmetic['target']}, peak {arithmetic['peak']:.0f} GFLOP/s a core, window layers {arithmetic['window_layers']:.0f} GFLOP/s = {100 * arithmetic['share']:.0f}%")
    with tempfile.TemporaryDirectory() as folder:
        times = cold_start(folder)
        print(f"start of the process to the analysis of one line: {min(times):.0f} ms at best, {statistics.median(times):.0f} ms median of {len(times)}")
        batch = compare(folder)
        sizes(folder, batch)
        threads(folder)


main()
