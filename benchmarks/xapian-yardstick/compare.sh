#!/usr/bin/env bash
# Sabil beside a plain C++ Xapian program (TermGenerator, QueryParser, Enquire) on the same generated records, in one run.
# Usage: benchmarks/xapian-yardstick/compare.sh BINARY [COUNT] [ROUNDS]
# Needs: libxapian-dev, nlohmann-json3-dev, a C++ compiler, python3 (for the table). Prints Markdown; figures are ratios of
# medians over the rounds, in which the two programs take turns.
set -euo pipefail
sabil=$(realpath "$1")
count=${2:-20000}
rounds=${3:-3}
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
make -s -C "$here" yardstick
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$sabil" fixtures generate --count "$count" --seed 20 >"$work/records.jsonl"
# 1,000 queries of two or three words, from titles of records that are not indexed.
"$sabil" fixtures generate --count 1000 --seed 21 |
    python3 -c '
import json, sys
for number, line in enumerate(sys.stdin):
    record = json.loads(line)
    words = [w.strip(".,;:()«»\"") for w in record["title"].split() if len(w) > 3]
    print(record["language"] + "\t" + " ".join(words[: 2 + number % 2] or ["protection"]))
' >"$work/queries.txt"

for round in $(seq 1 "$rounds"); do
    rm -rf "$work/sabil" "$work/plain"
    "$sabil" eval speed --records "$work/records.jsonl" --index "$work/sabil" >>"$work/index.sabil" 2>/dev/null
    "$here/yardstick" index "$work/records.jsonl" "$work/plain" --compact >>"$work/index.plain"
    for facets in '' --facets; do
        "$sabil" eval speed --queries "$work/queries.txt" --index "$work/sabil" $facets >>"$work/query$facets.sabil"
        "$here/yardstick" query "$work/plain" "$work/queries.txt" $facets >>"$work/query$facets.plain"
    done
done

python3 - "$work" "$count" "$rounds" <<'PYTHON'
import json, statistics, sys

work, count, rounds = sys.argv[1:]


def median(name, program, key):
    with open(f"{work}/{name}.{program}") as lines:
        return statistics.median(json.loads(line)[key] for line in lines)


rows = [
    ("indexing, records per wall second", "index", "documents_per_second", 1),
    ("indexing, records per CPU second", "index", "documents_per_cpu_second", 1),
    ("index, MB", "index", "index_bytes", 1e6),
    ("indexing, peak memory, MB", "index", "max_rss_kilobytes", 1e3),
    ("query p50, ms", "query", "p50_ms", 1),
    ("query p99, ms", "query", "p99_ms", 1),
    ("query with facets p50, ms", "query--facets", "p50_ms", 1),
    ("query with facets p99, ms", "query--facets", "p99_ms", 1),
    ("querying, peak memory, MB", "query--facets", "max_rss_kilobytes", 1e3),
]
print(f"{count} generated records, 1,000 queries, medians of {rounds} rounds\n")
print("| | Sabil | plain Xapian | ratio |\n|---|---|---|---|")
for label, name, key, unit in rows:
    ours, theirs = median(name, "sabil", key) / unit, median(name, "plain", key) / unit
    print(f"| {label} | {ours:,.2f} | {theirs:,.2f} | {ours / theirs:.2f} |")
PYTHON
