#!/usr/bin/env bash
# Runs extract.py on a cluster of two workers on this machine and compares its lines with those of one `relata extract`.
# usage: samples/spark/test.sh [ARTICLES.jsonl]        needs Java 17 and Python 3; installs pyspark into build/spark once
set -euo pipefail
cd "$(dirname "$0")/../.."
articles=${1:-build/spark/articles.jsonl}
relata=$(realpath "${RELATA:-build/relata}")
venv=${SPARK_VENV:-build/spark/venv}
mkdir -p build/spark
[ -x "$venv/bin/spark-submit" ] || { python3 -m venv "$venv" && "$venv/bin/pip" install -q 'pyspark==3.5.3'; }
if [ ! -f "$articles" ]; then
  python3 - "$articles" <<'PY'
import json, random, sys
draw, people = random.Random(3), ["Marta Lindqvist", "Tomas Berg", "Anna Kovacs", "Peter Holm", "Ilse Kranjec"]
with open(sys.argv[1], "w", encoding="utf-8") as file:
    for number in range(200):
        text = " ".join(f"{draw.choice(people)} {draw.choice(['met', 'praised', 'accused'])} {draw.choice(people)} in Oslo on Monday." for _ in range(6))
        file.write(json.dumps({"uri": f"article-{number}", "published": "2024-05-17", "text": text}) + "\n")
    file.write('{"text": broken\n')
PY
fi
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
PYSPARK_PYTHON=$(realpath -s "$venv/bin/python") "$venv/bin/spark-submit" --master 'local-cluster[2,1,1024]' samples/spark/extract.py "$relata" "$PWD/${articles#"$PWD"/}" "file://$out/lines" \
  > "$out/log" 2>&1 || { tail -30 "$out/log"; exit 1; }
cat "$out"/lines/part-* | LC_ALL=C sort > "$out/spark"
{ "$relata" extract "$articles" 2> /dev/null || [ $? -eq 2 ]; } | LC_ALL=C sort > "$out/one"
cmp "$out/spark" "$out/one"
echo "Spark: $(wc -l < "$out/spark") lines from $(ls "$out"/lines/part-* | wc -l) partitions, the same as one process"
