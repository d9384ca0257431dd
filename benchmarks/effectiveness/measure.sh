#!/usr/bin/env bash
# Runs ranking and classification on every judged collection of a folder and writes a table of figures.
# Usage: benchmarks/effectiveness/measure.sh BINARY COLLECTIONS [rank|classify|all]
#   COLLECTIONS   a folder of BEIR folders (corpus.jsonl, queries.jsonl, qrels/test.tsv, optionally lucene.trec: a run of
#                 Lucene to compare with) and of classification folders (train.jsonl, test.jsonl)
# Writes benchmarks/effectiveness/{ranking,classification}.tsv.
set -euo pipefail
sabil=$(realpath "$1")
collections=$(realpath "$2")
what=${3:-all}
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

. "$here/say.sh"

# A table takes the place of the old one whole, and only if it holds a collection.
keep() { # FILE
    (($(wc -l <"$work/$1") > 1)) || { echo "no collection in $collections; $1 stays as it was" >&2 && exit 65; }
    mv "$work/$1" "$here/$1"
}

if [[ $what != classify ]]; then
    {
        printf 'collection\tnDCG@10\tR@100\tLucene nDCG@10\tdifference\tp\tlow\thigh\tseconds\n'
        for folder in "$collections"/*/; do
            name=$(basename "$folder")
            [[ -f $folder/corpus.jsonl && -f $folder/qrels/test.tsv ]] || continue
            started=$EPOCHREALTIME
            "$sabil" eval rank --beir "$folder" --run "$work/run.trec" >&2
            seconds=$(awk -v a="$started" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.1f", b - a }')
            "$sabil" eval score --qrels "$folder/qrels/test.tsv" --run "$work/run.trec" >"$work/score" 2>"$work/notes"
            value=$(awk -F'\t' '$1 == "nDCG@10" { print $3 }' "$work/score")
            recall=$(awk -F'\t' '$1 == "R@100" { print $3 }' "$work/score")
            if [[ -f $folder/lucene.trec ]]; then
                "$sabil" eval score --qrels "$folder/qrels/test.tsv" --run "$work/run.trec" \
                    --baseline "$folder/lucene.trec" --measures nDCG@10 >"$work/paired" 2>/dev/null
                rest=$(awk -F'\t' -v OFS='\t' '{ print $4, $5, $6, $7, $8 }' "$work/paired")
            else
                rest=$'\t\t\t\t'
            fi
            printf '%s\t%s\t%s\t%s\t%s\n' "$name" "$value" "$recall" "$rest" "$seconds" | say
        done
    } >"$work/ranking.tsv"
    keep ranking.tsv
fi

if [[ $what != rank ]]; then
    {
        printf 'collection\tmicro F1\tmacro F1\tF1@5\tP@1\tP@3\tP@5\tnDCG@5\tnDCG@10\tseconds\n'
        for folder in "$collections"/*/; do
            name=$(basename "$folder")
            [[ -f $folder/train.jsonl && -f $folder/test.jsonl ]] || continue
            vocabulary=(--words "$here/../../taxonomy")
            for file in "$folder"/yso-en.tsv "$folder"/labels.tsv; do
                [[ -f $file ]] && vocabulary+=(--taxonomy "$file")
            done
            started=$EPOCHREALTIME
            "$sabil" eval classify --train "$folder/train.jsonl" --test "$folder/test.jsonl" \
                --suggestions "$work/suggestions.jsonl" "${vocabulary[@]}" >"$work/score" 2>"$work/notes"
            seconds=$(awk -v a="$started" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.1f", b - a }')
            row=$name
            for measure in 'micro F1' 'macro F1' 'F1@5' 'P@1' 'P@3' 'P@5' 'nDCG@5' 'nDCG@10'; do
                row+=$'\t'$(awk -F'\t' -v m="$measure" '$1 == m { print $3 }' "$work/score")
            done
            printf '%s\t%s\n' "$row" "$seconds" | say
        done
    } >"$work/classification.tsv"
    keep classification.tsv
fi
