#!/usr/bin/env bash
# Does the gate catch what it must, and let pass what it must? Plants regressions and harmless changes, and counts.
# Usage: benchmarks/gate/trials.sh [--runs N] [KIND …]        kinds: filter weight slow harmless; all when none is named
#
#   filter    a filter of the analysis is switched off (the ranking part of the gate is to fail)
#   weight    a weight of the ranking is halved (the same)
#   slow      every search takes 30 % longer (the speed part is to fail)
#   harmless  another build of the program, other seeds of the folds, every file of records,
#             queries, labels in another order, every index built anew (all parts are to pass)
#
# Every run has its own order of lines, so that a verdict is not that of one order. The program with switches is built in a
# clone of HEAD by plant.py, or is the one that PLANTED names. Results go to WORK/trials.tsv (WORK: var/trials); runs that stand
# there are not repeated. Exit 1 when a count is not full.
set -euo pipefail
cd "$(dirname "$0")/../.."
root=$PWD
work=${WORK:-$root/var/trials}
runs=10
[[ ${1:-} == --runs ]] && runs=$2 && shift 2
kinds=("$@")
((${#kinds[@]})) || kinds=(filter weight slow harmless)
mkdir -p "$work"

planted=${PLANTED:-$work/source/.build/release/sabil}
if [[ ! -x $planted ]]; then
    rm -rf "$work/source"
    git clone -q --shared . "$work/source"
    python3 benchmarks/gate/plant.py "$work/source"
    (cd "$work/source" && swift build -c release --product sabil)
fi
make -s -C benchmarks/xapian-yardstick yardstick

# What is switched off or halved, by turns. Each is a regression on the development queries; what is not is in README.md.
filters=(stemmer:ar stemmer:fr stemmer:es stemmer:en)
weights=(k1 b idfExponent conceptWeight foreignGramWeight)

# A copy of what is judged with the lines of every file in the order of a seed.
shuffled() { # folder, seed
    rm -rf "$1"
    mkdir -p "$1"
    cp -r corpus-fixtures/records corpus-fixtures/search corpus-fixtures/labels "$1/"
    python3 - "$1" "$2" <<'PYTHON'
import pathlib, random, sys

folder, seed = pathlib.Path(sys.argv[1]), int(sys.argv[2])
chance = random.Random(seed)
files = [*folder.glob("records/??.jsonl"), folder / "search/queries.jsonl", *folder.glob("search/qrels/*.tsv"), folder / "labels/splits.tsv"]
for path in sorted(files):
    lines = path.read_text(encoding="utf-8").splitlines()
    head = lines[:1] if path.suffix == ".tsv" else []
    rest = lines[len(head):]
    chance.shuffle(rest)
    path.write_text("".join(line + "\n" for line in head + rest), encoding="utf-8")
PYTHON
}

# Rules and experiments of their own: with a parameter halved, or another seed of the folds.
rules() { # folder, seed, parameter or nothing
    rm -rf "$1"
    mkdir -p "$1"
    python3 - "$1" "$2" "${3:-}" <<'PYTHON'
import pathlib, re, sys

folder, seed, weight = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3]
source = pathlib.Path("Sources/SabilSearch/RankingParameters.swift").read_text(encoding="utf-8")
text = pathlib.Path("benchmarks/gate/gate.yaml").read_text(encoding="utf-8")
for name in re.findall(r"benchmarks/experiments/\S+\.yaml", text):
    experiment = pathlib.Path(name).read_text(encoding="utf-8")
    if "kind: classify" in experiment:
        experiment += f"seed: {seed}\n"
    elif weight:
        value = float(re.search(rf"var {weight}(?:: \w+)? = ([0-9.]+)", source).group(1))
        experiment += f"parameters: {{{weight}: {value / 2}}}\n"
    path = folder / pathlib.Path(name).name
    path.write_text(experiment, encoding="utf-8")
    text = text.replace(name, str(path))
(folder / "gate.yaml").write_text(text, encoding="utf-8")
PYTHON
}

table=$work/trials.tsv
[[ -f $table ]] || printf 'kind\trun\tplanted\tverdict\tfirst failing line\n' >"$table"
for kind in "${kinds[@]}"; do
    for run in $(seq 1 "$runs"); do
        grep -q "^$kind"$'\t'"$run"$'\t' "$table" && continue
        plant= what=order weight= parts=()
        case $kind in
        filter) plant=${filters[(run - 1) % ${#filters[@]}]} what=$plant parts=(--only ranking) ;;
        weight) weight=${weights[(run - 1) % ${#weights[@]}]} what=$weight/2 parts=(--only ranking) ;;
        slow) plant=slow:30 what=$plant parts=(--only speed) ;;
        harmless) what="order, seed $run, build" ;;
        *) printf 'there is no kind %s\n' "$kind" >&2 && exit 64 ;;
        esac
        shuffled "$work/fixtures" "$run"
        rules "$work/rules" "$run" "$weight"
        status=0
        SABIL_PLANT=$plant "$planted" eval gate --rules "$work/rules/gate.yaml" --baseline "${BASELINE:-benchmarks/gate}" \
            --fixtures "$work/fixtures" --output "$work/out" ${parts[@]+"${parts[@]}"} >"$work/$kind-$run.txt" 2>"$work/errors" || status=$?
        case $status in
        0) verdict=passed ;;
        1) verdict=caught ;;
        *) cat "$work/errors" >&2 && exit "$status" ;;
        esac
        line=$(grep -m 1 'FAILED' "$work/$kind-$run.txt" | tr -s ' ' || true)
        printf '%s\t%s\t%s\t%s\t%s\n' "$kind" "$run" "$what" "$verdict" "$line" | tee -a "$table"
    done
done

bad=0
for kind in "${kinds[@]}"; do
    wanted=caught
    [[ $kind == harmless ]] && wanted=passed
    count=$(awk -F'\t' -v kind="$kind" -v wanted="$wanted" -v runs="$runs" '$1 == kind && $2 <= runs && $4 == wanted' "$table" | wc -l)
    printf '%s: %s %s of %s\n' "$kind" "$wanted" "$count" "$runs"
    ((count == runs)) || bad=1
done
exit $bad
