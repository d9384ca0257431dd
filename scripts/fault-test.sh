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
    "$sabil" search --index "$1" --all --limit 0 --format json 2>&1 | grep -oE '"found":\{"count":[0-9]+' |
        grep -oE '[0-9]+$' || echo unreadable
}

# Decisions of a run of the product in this folder must not take part.
index() { # arguments of `sabil index`
    "$sabil" index --decisions "$work/none.sqlite" "$@"
}

small=1000 large=5000
"$sabil" fixtures generate --count $small --seed 7 >"$work/base.jsonl"
"$sabil" fixtures generate --count $large --seed 7 >"$work/more.jsonl"
index --rebuild --index "$work/index" "$work/base.jsonl" >/dev/null 2>&1
before=$(count "$work/index")
[[ $before == "$small" ]]
verdict 'the index to begin with' $? "$before of $small records"

# 1. SIGKILL in mid-commit: the index holds all of a run or nothing of it, and the next writer gets in.
killed() { # name, rounds, arguments of index …
    local name=$1 rounds=$2 survived=0 hits=0 tries=0 round details= started took writer after
    shift 2
    cp -r "$work/index" "$work/killed"
    started=$EPOCHREALTIME
    index --index "$work/killed" "$@" >/dev/null 2>&1
    took=$(awk -v a="$started" -v b="$EPOCHREALTIME" 'BEGIN { print b - a }')
    rm -rf "$work"/killed*
    # A run that ends before it is killed proves little: it is repeated, and the next kills come earlier.
    while ((hits < rounds && tries < 3 * rounds)); do
        tries=$((tries + 1)) round=$((hits + 1))
        cp -r "$work/index" "$work/killed"
        index --index "$work/killed" "$@" >/dev/null 2>&1 &
        writer=$!
        # Half of the kills over the whole run, half over its end, where tables are swapped.
        sleep "$(awk -v r="$round" -v n="$rounds" -v t="$took" \
            'BEGIN { h = n / 2; printf "%.3f", t * (r <= h ? 0.05 + 0.8 * r / h : 0.8 + 0.2 * (r - h) / h) }')"
        # The command is a child of the subshell that runs it.
        if pkill -KILL -P "$writer" 2>/dev/null; then
            hits=$((hits + 1))
        else
            took=$(awk -v t="$took" 'BEGIN { print 0.85 * t }')
        fi
        wait "$writer" 2>/dev/null
        after=$(count "$work/killed")
        if [[ $after == "$small" || $after == "$large" ]]; then
            survived=$((survived + 1))
        else
            details+="; round $round: $after records"
        fi
        index --index "$work/killed" corpus-fixtures/records/en.jsonl >/dev/null 2>&1 ||
            details+="; round $round: no writer after the kill"
        index --rebuild --index "$work/killed" corpus-fixtures/records/en.jsonl >/dev/null 2>&1 ||
            details+="; round $round: no rebuild after the kill"
        rm -rf "$work"/killed*
    done
    [[ $survived == "$tries" && -z $details && $hits == "$rounds" ]]
    verdict "$name" $? "$survived of $tries hold a whole commit, $hits of them killed while running$details"
}
killed 'killed in mid-commit' 20 "$work/more.jsonl"
killed 'killed in a rebuild' 20 --rebuild "$work/more.jsonl"

# 2. A truncated index.
for table in postlist position termlist docdata iamglass; do
    cp -r "$work/index" "$work/truncated"
    file=$(find "$work/truncated/" -name "$table*" | head -n 1)
    truncate -s 100 "$file"
    refused "truncated $table" 65 'corrupt|truncated|damaged|rebuild' \
        "$sabil" search --index "$work/truncated" 'social protection'
    index --rebuild --index "$work/truncated" "$work/base.jsonl" >/dev/null 2>&1
    after=$(count "$work/truncated")
    [[ $after == "$small" ]]
    verdict "truncated $table, built anew" $? "$after of $small records"
    rm -rf "$work/truncated"
done

# 3. A model with a wrong magic, and one cut short.
"$sabil" train --model "$work/model" --decisions "$work/none.sqlite" corpus-fixtures/records/en.jsonl >/dev/null 2>&1
weights=$(find "$work/model" -name weights.bin | head -n 1)
cp "$weights" "$work/weights.sound"
printf 'NOTSABIL' | dd of="$weights" bs=1 conv=notrunc status=none
refused 'model with a wrong magic' 65 'does not begin as a model|some other file' \
    "$sabil" suggest --model "$work/model" --text 'A cash transfer for children'
cp "$work/weights.sound" "$weights"
truncate -s 1000 "$weights"
refused 'model cut short' 65 'ends before its content' \
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
output=$(index --rebuild --index "$work/odd" "$work/odd.jsonl" 2>&1)
status=$?
kept=$(count "$work/odd")
[[ $status == 1 && $kept == 4 && $output == *'line 3'* && $output == *'line 4'* ]]
verdict '100 MB line and invalid UTF-8' $? "exit $status, $kept of 4 good records kept; $(grep -E 'line [34]' <<<"$output" | cut -c1-110 | tr '\n' '|')"

# 6. A locked index: the second writer is told before it reads anything, the first goes on.
locked() { # name, arguments of the first …
    local name=$1 first
    shift
    index --index "$work/index" "$@" - < <(cat corpus-fixtures/records/fr.jsonl; sleep 8) >/dev/null 2>&1 &
    first=$!
    sleep 3
    refused "$name, second writer" 69 'lock' \
        timeout 4 "$sabil" index --index "$work/index" --decisions "$work/none.sqlite" - < <(sleep 6)
    refused "$name, rebuild" 69 'lock' \
        timeout 4 "$sabil" index --rebuild --index "$work/index" --decisions "$work/none.sqlite" - < <(sleep 6)
    refused "$name, deletion" 69 'lock' timeout 4 "$sabil" delete --index "$work/index" gen-00000001
    wait "$first"
    verdict "$name, first writer" $? "finished with $(count "$work/index") records"
}
locked 'locked by an update'
locked 'locked by a rebuild' --rebuild
index --rebuild --index "$work/index" "$work/base.jsonl" >/dev/null 2>&1

# 7. Somebody's folder or file named as the index: left alone.
mkdir "$work/letters"
echo 'Dear friend' >"$work/letters/letter.txt"
for way in '' --rebuild; do
    refused "a folder of letters as index $way" 64 'letter\.txt' \
        "$sabil" index $way --index "$work/letters" --decisions "$work/none.sqlite" "$work/base.jsonl"
    refused "a file as index $way" 64 'no directory' \
        "$sabil" index $way --index "$work/letters/letter.txt" --decisions "$work/none.sqlite" "$work/base.jsonl"
done
[[ $(cat "$work/letters/letter.txt") == 'Dear friend' && $(ls "$work/letters") == letter.txt ]]
verdict 'the letters' $? 'are still there'

# 8. A full disk: the last commit stays, for an update and for a rebuild.
before=$(count "$work/index")
mkdir "$work/full"
size=$(du -sk "$work/index" | cut -f1)
full() { # name, arguments of index …
    local name=$1 after
    shift
    if mount -t tmpfs -o size=$((size + 3000))k tmpfs "$work/full" 2>/dev/null; then
        mounted=1
        cp -r "$work/index" "$work/full/index"
        refused "$name" 74 'disk|space' \
            "$sabil" index --index "$work/full/index" --decisions "$work/none.sqlite" "$@" "$work/more.jsonl"
    else
        # No right to mount: a limit on file size gives the same failed writes.
        cp -r "$work/index" "$work/full/index"
        local limit=$(($(du -k "$work"/full/index/postlist* | cut -f1) + 500))
        refused "$name (file size limit)" 74 'disk|space|large|write' bash -c "trap '' XFSZ; ulimit -f $limit
            exec '$sabil' index --index '$work/full/index' --decisions '$work/none.sqlite' $* '$work/more.jsonl'"
    fi
    after=$(count "$work/full/index")
    [[ $after == "$before" ]]
    verdict "after the $name" $? "$after of $before records; beside the index: $(ls "$work/full" | tr '\n' ' ')"
    if [[ $mounted ]]; then umount "$work/full" && mounted=; else rm -rf "$work"/full/*; fi
}
full 'full disk'
full 'full disk, rebuild' --rebuild

printf '%s passed, %s failed\n' "$passed" "$failed"
((failed == 0))
