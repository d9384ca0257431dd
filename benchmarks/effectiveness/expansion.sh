#!/usr/bin/env bash
# Whether expansion through the taxonomy costs anything where queries and documents are in one language.
# Usage: benchmarks/effectiveness/expansion.sh BINARY COLLECTIONS [TAXONOMY]
#   COLLECTIONS   as for measure.sh; those whose reference language is "many" or "cross" are left out
# Ranks each collection without and with the taxonomy and compares the two runs query by query (paired randomisation).
# Writes benchmarks/effectiveness/expansion.tsv: collection, nDCG@10 with, without, difference, p, low, high.
set -euo pipefail
[[ -x ${1:-} && -d ${2:-} ]] || { echo "usage: benchmarks/effectiveness/expansion.sh BINARY COLLECTIONS [TAXONOMY]" >&2; exit 64; }
sabil=$(realpath "$1")
collections=$(realpath "$2")
here=$(cd "$(dirname "$0")" && pwd)
taxonomy=$(realpath "${3:-$here/../../taxonomy}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

. "$here/say.sh"

{
    printf 'collection\twith\twithout\tdifference\tp\tlow\thigh\n'
    for name in $(awk -F '\t' 'NR > 1 && $2 != "many" && $2 != "cross" { print $1 }' "$here/reference-ranking.tsv"); do
        folder=$collections/$name
        [[ -f $folder/corpus.jsonl ]] || continue
        "$sabil" eval rank --beir "$folder" --run "$work/without.trec" >&2
        "$sabil" eval rank --beir "$folder" --taxonomy "$taxonomy" --run "$work/with.trec" >&2
        "$sabil" eval score --qrels "$folder/qrels/test.tsv" --run "$work/with.trec" --baseline "$work/without.trec" \
            --measures nDCG@10 2>/dev/null |
            awk -F '\t' -v OFS='\t' -v name="$name" '$1 == "nDCG@10" { print name, $3, $4, $5, $6, $7, $8 }' | say
    done
} >"$work/expansion.tsv"
mv "$work/expansion.tsv" "$here/expansion.tsv"
