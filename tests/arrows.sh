#!/bin/sh
# Three arms, one hub: extract/, storage/ and query/ include graph/ and themselves; graph/ includes nothing of ours; no file but
# main.cpp sees all three arms.
cd "$(dirname "$0")/.." || exit 2
bad=$(for arm in graph extract storage query; do
  grep -rnE '#include "(graph|extract|storage|query|commands)/' "$arm" --include='*.h' --include='*.cpp' | grep -vE "#include \"(graph|$arm)/"
done)
all=$(for file in commands/*; do
  seen=$(grep -ohE '#include "(extract|storage|query)/' "$file" | sort -u | wc -l)
  [ "$seen" -lt 3 ] || echo "$file sees all three arms"
done)
[ -z "$bad$all" ] || { echo "includes against the arrows of the house:"; echo "$bad"; echo "$all"; exit 1; }
echo "arrows hold"
