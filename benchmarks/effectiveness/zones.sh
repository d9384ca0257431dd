#!/usr/bin/env bash
# What zones that were set for a wanted precision come to on documents that nothing was learnt from.
# Usage: benchmarks/effectiveness/zones.sh BINARY COLLECTIONS
#   COLLECTIONS   a folder with the classification folders below
# Writes benchmarks/effectiveness/zones.tsv: collection, then the columns of `sabil eval classify --zones`.
set -euo pipefail
[[ -x ${1:-} && -d ${2:-} ]] || { echo "usage: benchmarks/effectiveness/zones.sh BINARY COLLECTIONS" >&2; exit 64; }
sabil=$(realpath "$1")
collections=$(realpath "$2")
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for name in canlaw_acts codes_fr disaster_messages sib200; do
    folder=$collections/$name
    vocabulary=(--words "$here/../../taxonomy")
    [[ -f $folder/labels.tsv ]] && vocabulary+=(--taxonomy "$folder/labels.tsv")
    "$sabil" eval classify --train "$folder/train.jsonl" --test "$folder/test.jsonl" "${vocabulary[@]}" \
        --suggestions "$work/suggestions.jsonl" --zones "$work/$name.tsv" --per-language >/dev/null
    echo "$name measured" >&2
done
{
    printf 'collection\t%s\n' "$(head -n 1 "$work/canlaw_acts.tsv")"
    for name in canlaw_acts codes_fr disaster_messages sib200; do sed "1d; s/^/$name\t/" "$work/$name.tsv"; done
} >"$here/zones.tsv"
