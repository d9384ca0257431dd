#!/usr/bin/env bash
# Compares every file of corpus-fixtures with the checksum in MANIFEST.tsv.
# `--write` writes the manifest anew (keep the source and licence columns true).
set -euo pipefail
cd "$(dirname "$0")/../corpus-fixtures"

listing() {
    find . -type f ! -name MANIFEST.tsv -printf '%P\n' | LC_ALL=C sort
}

if [[ ${1:-} == --write ]]; then
    {
        printf 'file\tsha256\tsource\tlicence\n'
        listing | while IFS= read -r file; do
            origin=$'written for Sabil\tGPL-2.0-or-later'
            [[ $file == */WordBreakTest-* ]] && origin=$'Unicode Character Database 17.0\tUnicode-3.0'
            printf '%s\t%s\t%s\n' "$file" "$(sha256sum "$file" | cut -d' ' -f1)" "$origin"
        done
    } >MANIFEST.tsv
    exit 0
fi

status=0
while IFS=$'\t' read -r file digest _; do
    [[ $file == file ]] && continue
    if [[ ! -f $file ]]; then
        printf 'corpus-fixtures/%s is in MANIFEST.tsv and missing: restore it, or run scripts/check-manifest.sh --write\n' "$file"
        status=1
    elif [[ $(sha256sum "$file" | cut -d' ' -f1) != "$digest" ]]; then
        printf 'corpus-fixtures/%s differs from MANIFEST.tsv: run scripts/check-manifest.sh --write if the change is meant\n' "$file"
        status=1
    fi
done <MANIFEST.tsv
while IFS= read -r file; do
    if ! cut -f1 MANIFEST.tsv | grep -qxF "$file"; then
        printf 'corpus-fixtures/%s is not in MANIFEST.tsv: run scripts/check-manifest.sh --write\n' "$file"
        status=1
    fi
done < <(listing)
exit "$status"
