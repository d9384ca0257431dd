#!/usr/bin/env bash
# What each part of the ranking is worth: every same-language collection ranked with all parts, then with one part left out.
# Usage: benchmarks/effectiveness/ablation.sh BINARY COLLECTIONS
#   COLLECTIONS   as for measure.sh; those whose reference language is "many" or "cross" are left out
# Writes benchmarks/effectiveness/ablation.tsv: part, collection, language, nDCG@10 with all parts, without the part,
# difference (what leaving it out costs is negative), p of the paired randomisation. Needs python3.
set -euo pipefail
[[ -x ${1:-} && -d ${2:-} ]] || { echo "usage: benchmarks/effectiveness/ablation.sh BINARY COLLECTIONS" >&2; exit 64; }
sabil=$(realpath "$1")
collections=$(realpath "$2")
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Part and the parameters (of RankingParameters.swift) that leave it out.
parts=(
    'none|'
    'early words|leadWeight: 0'
    'letter sequences|gramWeight: 0, foreignGramWeight: 0'
    'both kinds of pairs|orderedPairWeight: 0, nearPairWeight: 0'
    'full title|fullTitleWeight: 0'
)
mapfile -t names < <(awk -F '\t' 'NR > 1 && $2 != "many" && $2 != "cross" { print $1 }' "$here/reference-ranking.tsv")
files=()
for number in "${!parts[@]}"; do
    for name in "${names[@]}"; do
        [[ -f $collections/$name/corpus.jsonl ]] || continue
        file=$work/$number-$name.yaml
        sed "s/^name: .*/name: $number-$name/" "$here/../experiments/rank-$name.yaml" >"$file"
        [[ -z ${parts[number]#*|} ]] || echo "parameters: {${parts[number]#*|}}" >>"$file"
        files+=("$file")
    done
done
"$sabil" eval run "${files[@]}" --collections "$collections" --output "$work/results" >"$work/log" || { cat "$work/log" >&2; exit 1; }
{
    printf 'part\tcollection\tlanguage\tall\twithout\tdifference\tp\n'
    for number in "${!parts[@]}"; do
        ((number)) || continue
        for name in "${names[@]}"; do
            [[ -f $collections/$name/corpus.jsonl ]] || continue
            language=$(awk -F '\t' -v name="$name" '$1 == name { print $2 }' "$here/reference-ranking.tsv")
            "$sabil" eval score --qrels "$collections/$name/qrels/test.tsv" --run "$work/results/runs/$number-$name@"*.trec \
                --baseline "$work/results/runs/0-$name@"*.trec --measures nDCG@10 2>/dev/null |
                awk -F '\t' -v OFS='\t' -v part="${parts[number]%%|*}" -v name="$name" -v language="$language" \
                    '$1 == "nDCG@10" { print part, name, language, $4, $3, $5, $6 }'
        done
    done
} >"$work/ablation.tsv"
mv "$work/ablation.tsv" "$here/ablation.tsv"
