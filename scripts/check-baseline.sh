#!/usr/bin/env bash
# The gate's baseline is the one that the last line of accepted.tsv accepts, and that line says why.
# Usage: scripts/check-baseline.sh [FOLDER]
set -uo pipefail
cd "$(dirname "$0")/.."
folder=${1:-benchmarks/gate}
remedy='make it by: sabil eval gate --accept --reason "…"'

fail() {
    printf '%s: %s; %s\n' "$folder" "$1" "$remedy"
    exit 1
}

[[ -f $folder/baseline.tsv && -f $folder/accepted.tsv ]] || fail 'baseline.tsv or accepted.tsv is missing'
IFS=$'\t' read -r date _ digest reason < <(tail -n 1 "$folder/accepted.tsv")
[[ $date =~ ^[0-9]{4}-[0-9]{2}-[0-9]{2}$ ]] || fail 'the last line of accepted.tsv has no date'
[[ $(sha256sum "$folder/baseline.tsv" | cut -d' ' -f1) == "$digest" ]] ||
    fail 'baseline.tsv is not what the last line of accepted.tsv accepts: a baseline changes only with a reason'
[[ ${#reason} -ge 15 && $reason == *' '* ]] || fail "the last line of accepted.tsv gives no reason (\"$reason\")"
