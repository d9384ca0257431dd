#!/usr/bin/env bash
# What indexing and queries cost at several sizes, for Sabil and for plain Xapian, taking turns; then figures, growth exponents
# and a drawing in benchmarks/scale.{json,md,svg}.
#
# Usage: benchmarks/scale.sh BINARY [SIZE…]          sizes: 1000 10000 100000 1000000 (1k, 10k, 100k, 1M are read too)
#   WORK=DIR         where records, indexes and runs are kept (var/scale): 13 GB of room for a million records
#   RECORDS=FILE     generated records to take the first SIZE lines of, when they are there already (`sabil fixtures generate
#                    --seed 1`: the beginning of a larger file is the smaller one)
#   SABIL_INDEX=DIR SABIL_FIGURES=FILE, YARDSTICK_INDEX=DIR YARDSTICK_FIGURES=FILE
#                    an index of these records that is there already, and the JSON object that building it printed: stands in
#                    for the first round of indexing; for one SIZE only. Sabil's must be of the same BINARY
#   ROUNDS=N         rounds of queries (3); indexing takes 3 rounds up to 10,000 records, 2 up to 100,000, 1 beyond
#   KINDS='plain …'  kinds of queries (plain facets highlights expansion completion spelling similar)
#   WARM=1           run each set of queries once unmeasured right before the measured process: for machines that give the memory of
#                    files back while the other program runs
#   KEEP=1           keep the indexes of a finished size
#   TABLES=0         measure only
# Every run is written down as it ends, with the digest of the program: a run that is there for the same size, round and
# program is not made again, so an interrupted series goes on where it stopped. Remove WORK to begin anew.
set -euo pipefail

fail() {
    printf 'scale.sh: %s\n' "$1" >&2
    exit "${2:-64}"
}
[[ $# -ge 1 ]] || fail 'usage: benchmarks/scale.sh BINARY [SIZE…]'
[[ -x $1 ]] || fail "$1 is no program: build it with \`make build\`" 69
sabil=$(realpath "$1")
shift
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/.."
[[ -z ${RECORDS:-} ]] || RECORDS=$(realpath "$RECORDS")
work=${WORK:-var/scale}
mkdir -p "$work"
work=$(cd "$work" && pwd)
query_rounds=${ROUNDS:-3}
make -s -C "$here/xapian-yardstick" yardstick || fail 'the yardstick could not be built; its message is above' 69
yardstick=$here/xapian-yardstick/yardstick

sizes=()
for size in "${@:-1000 10000 100000 1000000}"; do
    for one in $size; do
        number=${one/%k/000}
        number=${number/%M/000000}
        [[ $number =~ ^[1-9][0-9]*$ ]] || fail "'$one' is no number of records"
        sizes+=("$number")
    done
done

digest_of() { sha256sum "$1" | cut -c 1-12; }
read -ra kinds <<<"${KINDS:-plain facets highlights expansion completion spelling similar}"
declare -A program=([sabil]=$sabil [yardstick]=$yardstick)
declare -A digest=([sabil]=$(digest_of "$sabil") [yardstick]=$(digest_of "$yardstick"))

# One file a pair of programs, so that a new binary begins a new series and the old one stays.
runs=$work/runs-${digest[sabil]}-${digest[yardstick]}.jsonl
touch "$runs"

measured() { # size, program, what, round
    grep -qF "{\"records\":$1,\"program\":\"$2\",\"what\":\"$3\",\"round\":$4," "$runs"
}

note() { # size, program, what, round, figures
    printf '{"records":%d,"program":"%s","what":"%s","round":%d,"digest":"%s","date":"%s","figures":%s}\n' \
        "$1" "$2" "$3" "$4" "${digest[$2]}" "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$5" >>"$runs"
    printf '%s  %9d records  %-9s  %-10s  round %d\n' "$(date +%H:%M:%S)" "$1" "$2" "$3" "$4" >&2
}

turns() { # round: the programs, who begins goes round
    if (($1 % 2)); then echo sabil yardstick; else echo yardstick sabil; fi
}

index() { # size, program
    rm -rf "$work/$1-$2"
    case $2 in
        sabil) "$sabil" eval speed --records "$work/$1.jsonl" --index "$work/$1-sabil" 2>"$work/stderr" ;;
        yardstick) "$yardstick" index "$work/$1.jsonl" "$work/$1-yardstick" --compact 2>"$work/stderr" ;;
    esac
}

query() { # size, program, what
    local flags=() file=$work/queries.txt
    case $3 in
        plain) ;;
        facets) flags=(--facets) ;;
        highlights) flags=(--highlight) ;;
        # Plain Xapian has nothing like these; what its plain query costs stands there.
        expansion) flags=(--expand concepts) ;;
        completion | similar) flags=(--ask "$3") ;;
        spelling) flags=(--misspell) ;;
    esac
    case $2 in
        sabil) "$sabil" eval speed --queries "$file" --index "$work/$1-sabil" "${flags[@]}" ;;
        yardstick) "$yardstick" query "$work/$1-yardstick" "$file" "${flags[@]}" ;;
    esac
}

make_queries() {
    # 500 queries of two or three words, from titles of records that are not indexed.
    [[ -s $work/queries.txt ]] && return
    "$sabil" fixtures generate --count 1000 --seed 1000001 2>/dev/null |
        sed -nE 's/^.*"language":"([a-z]+)","title":"(([^"\\]|\\.)*)".*$/\1\t\2/p' |
        awk -F '\t' '{
            least = $1 == "ar" ? 7 : 4  # bytes: four letters
            gsub(/[^[:alpha:] \t\200-\377]/, " ", $2); count = split(tolower($2), words, " "); text = ""; taken = 0
            for (i = 1; i <= count && taken < 2 + NR % 2; i++) if (length(words[i]) >= least) { text = text " " words[i]; taken++ }
            if (taken == 2 + NR % 2) print $1 "\t" substr(text, 2)
        }' | head -n 500 >"$work/queries.part" || true
    [[ $(wc -l <"$work/queries.part") -ge 300 ]] || fail 'making queries failed: too few were made' 70
    mv "$work/queries.part" "$work/queries.txt"
}

make_records() { # size
    [[ -s $work/$1.jsonl ]] && return
    if [[ -n ${RECORDS:-} ]]; then
        # The first lines, without a reader's complaint when it stops early.
        awk -v count="$1" '{ print } NR == count { exit }' "$RECORDS" >"$work/$1.part"
        [[ $(wc -l <"$work/$1.part") -eq $1 ]] || fail "$RECORDS holds fewer than $1 records"
    else
        "$sabil" fixtures generate --count "$1" --seed 1 >"$work/$1.part" 2>/dev/null
    fi
    mv "$work/$1.part" "$work/$1.jsonl"
}

# What was built elsewhere stands in as the first round of indexing. Figures of a build that had no turns beside it are worth
# less; its date is that of the file.
adopt() { # size, program, index, figures
    [[ -d $3 && -s $4 ]] || fail "an index to stand in is a folder, and its figures a file; '$3' and '$4' are not"
    measured "$1" "$2" index 1 ||
        printf '{"records":%d,"program":"%s","what":"index","round":1,"digest":"%s","date":"%s","figures":%s}\n' \
            "$1" "$2" "${digest[$2]}" "$(date -u -r "$4" +%Y-%m-%dT%H:%M:%SZ)" "$(tr -d '\n' <"$4")" >>"$runs"
    [[ -e $work/$1-$2 ]] || ln -s "$(realpath "$3")" "$work/$1-$2"
    printf '%s' "${digest[$2]}" >"$work/$1-$2.digest"
}

make_queries
if [[ -n ${SABIL_INDEX:-}${YARDSTICK_INDEX:-} ]]; then
    ((${#sizes[@]} == 1)) || fail 'an index to stand in goes with one size'
    [[ -z ${SABIL_INDEX:-} ]] || adopt "${sizes[0]}" sabil "$SABIL_INDEX" "${SABIL_FIGURES:-}"
    [[ -z ${YARDSTICK_INDEX:-} ]] || adopt "${sizes[0]}" yardstick "$YARDSTICK_INDEX" "${YARDSTICK_FIGURES:-}"
fi
for size in "${sizes[@]}"; do
    index_rounds=1
    ((size <= 100000)) && index_rounds=2
    ((size <= 10000)) && index_rounds=3
    missing=0
    for name in sabil yardstick; do
        for ((round = 1; round <= index_rounds; round++)); do measured "$size" $name index "$round" || missing=1; done
        for what in "${kinds[@]}"; do
            [[ $name == yardstick && $what != plain && $what != facets && $what != highlights ]] && continue
            for ((round = 1; round <= query_rounds; round++)); do measured "$size" $name $what "$round" || missing=1; done
        done
    done
    if ((!missing)); then
        printf '%d records: measured already\n' "$size" >&2
        continue
    fi
    for ((round = 1; round <= index_rounds; round++)); do
        for name in $(turns "$round"); do
            # The index of another binary must not answer for this one: the mark says whose it is.
            if measured "$size" "$name" index "$round" &&
                { ((round < index_rounds)) || [[ $(cat "$work/$size-$name.digest" 2>/dev/null) == "${digest[$name]}" ]]; }; then
                continue
            fi
            make_records "$size"
            rm -f "$work/$size-$name.digest"
            figures=$(index "$size" "$name") || {
                tail -n 5 "$work/stderr" >&2 || true
                fail "indexing $size records with $name failed" 70
            }
            printf '%s' "${digest[$name]}" >"$work/$size-$name.digest"
            measured "$size" "$name" index "$round" || note "$size" "$name" index "$round" "$figures"
        done
    done
    for ((round = 1; round <= query_rounds; round++)); do
        for what in "${kinds[@]}"; do
            for name in $(turns "$round"); do
                [[ $name == yardstick && $what != plain && $what != facets && $what != highlights ]] && continue
                measured "$size" "$name" "$what" "$round" && continue
                [[ ${WARM:-0} != 1 ]] || query "$size" "$name" "$what" >/dev/null || true
                figures=$(query "$size" "$name" "$what") || fail "$what queries of $size records with $name failed" 70
                note "$size" "$name" "$what" "$round" "$figures"
            done
        done
    done
    if [[ ${KEEP:-0} != 1 ]]; then
        rm -rf "$work/$size-sabil" "$work/$size-yardstick" "$work/$size-sabil.digest" "$work/$size-yardstick.digest" \
            "$work/$size.jsonl"
    fi
done

if [[ ${TABLES:-1} != 0 ]]; then
    "$sabil" eval scale "$runs" --output "$here/scale.json" --markdown "$here/scale.md" --svg "$here/scale.svg"
    cat "$here/scale.md"
fi
