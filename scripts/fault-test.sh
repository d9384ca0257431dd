#!/usr/bin/env bash
# Faults injected for real against the release binary: each must be a clear error, and nothing may be lost.
# Usage: scripts/fault-test.sh BINARY        prints one line per fault; exit 1 when any of them failed
set -uo pipefail

sabil=$(realpath "$1")
cd "$(dirname "$0")/.."
work=$(mktemp -d)
mounted=
cleanup() {
    [[ $mounted ]] && umount "$work/full" 2>/dev/null
    rm -rf "$work"
}
trap cleanup EXIT
passed=0 failed=0

verdict() { # name, 0 or 1, details
    if [[ $2 == 0 ]]; then
        printf 'ok    %s: %s\n' "$1" "$3"
        passed=$((passed + 1))
    else
        printf 'FAIL  %s: %s\n' "$1" "$3"
        failed=$((failed + 1))
    fi
}

# Runs a command that must fail with the given status and a message that matches; prints the message it gave.
refused() { # name, status, pattern, command …
    local name=$1 status=$2 pattern=$3 output actual
    shift 3
    output=$("$@" 2>&1 >/dev/null) && actual=0 || actual=$?
    local line
    line=$(grep -iE -m 1 "$pattern" <<<"$output" || true)
    if [[ $actual == "$status" && $line ]]; then
        verdict "$name" 0 "exit $actual, \"$line\""
    else
        verdict "$name" 1 "wanted exit $status and /$pattern/, got exit $actual: $(head -c 400 <<<"$output")"
    fi
}

count() { # index → its number of records, or what went wrong
    "$sabil" search --index "$1" --limit 0 --format json '' 2>&1 | grep -oE '"total": *[0-9]+' | grep -oE '[0-9]+$' ||
        echo unreadable
}

"$sabil" fixtures generate --count 3000 --seed 7 >"$work/base.jsonl"
"$sabil" fixtures generate --count 24000 --seed 7 >"$work/more.jsonl"
"$sabil" index --rebuild --index "$work/index" "$work/base.jsonl" >/dev/null 2>&1
before=$(count "$work/index")

# 1. SIGKILL in mid-commit: the index holds all of a run or nothing of it.
survived=0 details=
for round in $(seq 1 20); do
    cp -r "$work/index" "$work/killed"
    "$sabil" index --index "$work/killed" "$work/more.jsonl" >/dev/null 2>&1 &
    writer=$!
    # Spread the kills over the run: some while writing, most while tables grow and are swapped.
    sleep "$(awk -v r="$round" 'BEGIN { printf "%.2f", 0.15 + r * 0.22 }')"
    kill -KILL "$writer" 2>/dev/null && hit=killed || hit=done
    wait "$writer" 2>/dev/null
    after=$(count "$work/killed")
    if [[ $after == "$before" || $after == 24000 ]]; then
        survived=$((survived + 1))
    else
        details+=" round $round: $after records ($hit);"
    fi
    # The next writer must not meet a stale lock.
    "$sabil" index --index "$work/killed" corpus-fixtures/records/en.jsonl >/dev/null 2>&1 ||
        details+=" round $round: no writer after the kill;"
    rm -rf "$work/killed"
done
verdict 'killed in mid-commit' "$((survived == 20 ? 0 : 1))" "$survived of 20 reopened with the last commit$details"

# 2. A truncated index.
for table in postlist termlist docdata iamglass; do
    cp -r "$work/index" "$work/truncated"
    file=$(find "$work/truncated/" -name "$table*" | head -n 1)
    truncate -s 100 "$file"
    refused "truncated $table" 65 'corrupt|truncated|damaged|rebuild' \
        "$sabil" search --index "$work/truncated" 'social protection'
    rm -rf "$work/truncated"
done

# 3. A model with a wrong magic, and one cut short.
"$sabil" train --model "$work/model" corpus-fixtures/records/en.jsonl >/dev/null 2>&1
weights=$(find "$work/model" -name weights.bin | head -n 1)
cp "$weights" "$work/weights.sound"
printf 'NOTSABIL' | dd of="$weights" bs=1 conv=notrunc status=none
refused 'model with a wrong magic' 65 'magic|no model|not a model' \
    "$sabil" suggest --model "$work/model" --text 'A cash transfer for children'
cp "$work/weights.sound" "$weights"
truncate -s 1000 "$weights"
refused 'model cut short' 65 'truncated|short|corrupt|damaged' \
    "$sabil" suggest --model "$work/model" --text 'A cash transfer for children'

# 4. Broken Turtle.
cp -r taxonomy "$work/taxonomy"
sed -i '60s/.*/  skos:prefLabel "never closed@en ;/' "$work/taxonomy/sabil.ttl"
refused 'broken Turtle' 65 'sabil\.ttl:[0-9]+:[0-9]+' "$sabil" taxonomy check --taxonomy "$work/taxonomy"

# 5. A line of 100 MB and invalid UTF-8 among good lines: refused with their line, the good ones kept.
{
    head -n 2 corpus-fixtures/records/en.jsonl
    printf '{"id":"huge","type":"publication","title":"'
    head -c 104857600 /dev/zero | tr '\0' 'x'
    printf '"}\n'
    printf '{"id":"bad","type":"publication","title":"caf\xff"}\n'
    sed -n 3,4p corpus-fixtures/records/en.jsonl
} >"$work/odd.jsonl"
output=$("$sabil" index --rebuild --index "$work/odd" "$work/odd.jsonl" 2>&1)
status=$?
kept=$(count "$work/odd")
[[ $status == 1 && $kept == 4 && $output == *'line 3'* && $output == *'line 4'* ]]
verdict '100 MB line and invalid UTF-8' $? "exit $status, $kept of 4 good records kept; $(grep -E 'line [34]' <<<"$output" | cut -c1-110 | tr '\n' '|')"

# 6. A locked index: the second writer is told, the first goes on.
"$sabil" index --index "$work/index" - < <(cat corpus-fixtures/records/fr.jsonl; sleep 4) >/dev/null 2>&1 &
first=$!
sleep 1.5
refused 'locked index' 69 'lock' "$sabil" index --index "$work/index" corpus-fixtures/records/es.jsonl
wait "$first"
verdict 'the first writer' $? "finished with $(count "$work/index") records"

# 7. A full disk: the last commit stays.
before=$(count "$work/index")
mkdir "$work/full"
if mount -t tmpfs -o size=$(($(du -sk "$work/index" | cut -f1) + 3000))k tmpfs "$work/full" 2>/dev/null; then
    mounted=1
    cp -r "$work/index" "$work/full/index"
    refused 'full disk' 74 'disk|space' "$sabil" index --index "$work/full/index" "$work/more.jsonl"
    after=$(count "$work/full/index")
    verdict 'after the full disk' "$([[ $after == "$before" ]]; echo $?)" "$after of $before records"
else
    # No right to mount: a limit on file size gives the same failed writes.
    cp -r "$work/index" "$work/full/index"
    limit=$(($(du -k "$work"/full/index/postlist* | cut -f1) + 500))
    refused 'full disk (file size limit)' 74 'disk|space|large|write' \
        bash -c "trap '' XFSZ; ulimit -f $limit; exec '$sabil' index --index '$work/full/index' '$work/more.jsonl'"
    after=$(count "$work/full/index")
    verdict 'after the full disk' "$([[ $after == "$before" ]]; echo $?)" "$after of $before records"
fi

printf '%s passed, %s failed\n' "$passed" "$failed"
((failed == 0))
