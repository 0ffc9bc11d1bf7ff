#!/bin/sh
# Three arms, one hub: extract/, storage/ and query/ include graph/ and themselves; graph/ includes nothing of ours.
cd "$(dirname "$0")/.." || exit 2
bad=$(for arm in graph extract storage query; do
  grep -rnE '#include "' "$arm" --include='*.h' --include='*.cpp' | grep -vE "#include \"(graph|$arm)/"
done)
[ -z "$bad" ] || { echo "includes against the arrows of the house:"; echo "$bad"; exit 1; }
echo "arrows hold"
