"""The original pipeline on the same text: one JSON object, as bench_language run prints it.

    python3 bench/language/spacy_words.py MODEL FILE BATCH_SIZE

MODEL is the folder or name of en_core_web_md. One thread; a text is one line of FILE.
"""
import json
import os
import resource
import sys
import time

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"):
    os.environ[variable] = "1"

import spacy  # noqa: E402  after the number of threads is set

started = time.perf_counter()
nlp = spacy.load(sys.argv[1])
nlp("Load me.")
loaded = time.perf_counter()
with open(sys.argv[2], encoding="utf8") as file:
    texts = file.read().splitlines()
cpu = time.process_time()
words = sum(len(document) for document in nlp.pipe(texts, batch_size=int(sys.argv[3]), n_process=1))
print(json.dumps({
    "words": words,
    "cpu": time.process_time() - cpu,
    "load_ms": 1000 * (loaded - started),
    "peak_kb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
    "version": spacy.__version__,
}))
