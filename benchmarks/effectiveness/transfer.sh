#!/usr/bin/env bash
# Learns from the lines of one language and suggests for those of every language, beside a model of all languages.
# Usage: benchmarks/effectiveness/transfer.sh BINARY COLLECTIONS
#   COLLECTIONS   a folder with the classification folders canlaw_acts (en, fr) and sib200 (ar, en, es, fr)
# Writes benchmarks/effectiveness/transfer.tsv: collection, languages learnt from, lines, language asked, lines, micro F1,
# macro F1, nDCG@5.
set -euo pipefail
sabil=$(realpath "$1")
collections=$(realpath "$2")
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

{
    printf 'collection\tlearnt from\tlines\tasked\tlines asked\tmicro F1\tmacro F1\tnDCG@5\n'
    for name in canlaw_acts sib200; do
        folder=$collections/$name
        vocabulary=(--words "$here/../../taxonomy")
        [[ -f $folder/labels.tsv ]] && vocabulary+=(--taxonomy "$folder/labels.tsv")
        mapfile -t languages < <(grep -ohE '"lang": ?"[a-z]+"' "$folder/train.jsonl" | grep -oE '[a-z]+"$' | tr -d '"' | sort -u)
        for from in "${languages[@]}" all; do
            pattern="\"lang\": ?\"$from\""
            [[ $from == all ]] && pattern=.
            grep -E "$pattern" "$folder/train.jsonl" >"$work/train.jsonl"
            "$sabil" eval classify --train "$work/train.jsonl" --test "$folder/test.jsonl" "${vocabulary[@]}" \
                --suggestions "$work/suggestions.jsonl" --per-language >"$work/score" 2>"$work/notes"
            for asked in "${languages[@]}"; do
                row="$name\t$from\t$(wc -l <"$work/train.jsonl")\t$asked\t$(grep -cE "\"lang\": ?\"$asked\"" "$folder/test.jsonl")"
                for measure in 'micro F1' 'macro F1' 'nDCG@5'; do
                    row+="\t$(awk -F'\t' -v m="$measure" -v g="lang=$asked" '$1 == m && $2 == g { print $3 }' "$work/score")"
                done
                printf '%b\n' "$row"
                printf '%b\n' "$row" >&2
            done
        done
    done
} >"$work/transfer.tsv"
mv "$work/transfer.tsv" "$here/transfer.tsv"
