#!/usr/bin/env bash
# Baseline figures of the engine on the judged queries and the label splits of corpus-fixtures, per language and kind.
# Usage: benchmarks/effectiveness/fixtures.sh [--test] BINARY
# Measures the development parts; with --test the test parts too. Without it their committed rows stay as they are.
# Needs python3 for the classification part. Writes fixtures-ranking.tsv, fixtures-paired.tsv and
# fixtures-classification.tsv beside itself.
# Change nothing on account of the figures of the test parts: they have been looked at at several states, and each look costs.
set -euo pipefail
parts=(dev)
if [[ ${1:-} == --test ]]; then
    parts=(dev test)
    shift
fi
[[ -x ${1:-} ]] || { echo "usage: benchmarks/effectiveness/fixtures.sh [--test] BINARY" >&2; exit 64; }
sabil=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The rows of the test parts as they are committed: column COLUMN of FILE names the part.
kept() { # FILE COLUMN
    ((${#parts[@]} == 2)) || awk -F '\t' -v column="$2" '$column == "test"' "$here/$1"
}
kept fixtures-ranking.tsv 1 >"$work/kept-ranking.tsv"
kept fixtures-classification.tsv 2 >"$work/kept-classification.tsv"

for expand in none labels concepts; do
    "$sabil" eval rank --records corpus-fixtures/records/{en,fr,es,ar}.jsonl --taxonomy taxonomy --expand "$expand" \
        --queries corpus-fixtures/search/queries.jsonl --run "$work/$expand.trec"
done
{
    printf 'part\texpand\tmeasure\tgroup\tvalue\n'
    for part in "${parts[@]}"; do
        for expand in none labels concepts; do
            for by in lang kind; do
                "$sabil" eval score --qrels "corpus-fixtures/search/qrels/$part.tsv" --run "$work/$expand.trec" \
                    --measures nDCG@10,AP@100,R@100,Judged@10 --queries corpus-fixtures/search/queries.jsonl --by "$by" |
                    awk -v OFS='\t' -v head="$part	$expand" -v by="$by" 'by == "lang" || $2 != "all" { print head, $0 }'
            done
        done
    done
    cat "$work/kept-ranking.tsv"
} >"$work/fixtures-ranking.tsv"
{
    printf 'expand\tmeasure\tgroup\tvalue\tnone\tdifference\tp\tlow\thigh\n'
    for expand in labels concepts; do
        "$sabil" eval score --qrels corpus-fixtures/search/qrels/dev.tsv --run "$work/$expand.trec" \
            --baseline "$work/none.trec" --measures nDCG@10,AP@100,R@100 --queries corpus-fixtures/search/queries.jsonl \
            --by lang 2>/dev/null | sed "s/^/$expand\t/"
    done
} >"$work/fixtures-paired.tsv"

printf 'split\tpart\tgroup\trecords\tmicro F1\tmacro F1\tnDCG@5\tF1@5\n' >"$work/fixtures-classification.tsv"
for split in by_date by_subject; do
    python3 - "$split" "$work" <<'PYTHON'
import csv, json, sys

split, work = sys.argv[1:]
part = {row["id"]: row[split] for row in csv.DictReader(open("corpus-fixtures/labels/splits.tsv"), delimiter="\t")}
files = {name: open(f"{work}/{split}.{name}.jsonl", "w") for name in ("train", "dev", "test")}
for language in ("en", "fr", "es", "ar"):
    for line in open(f"corpus-fixtures/records/{language}.jsonl"):
        record = json.loads(line)
        # The language and the work make the id, so that versions of one work share a fold.
        entry = {
            "_id": f"{language}-{record['uuid']}", "title": record["title"],
            "text": record.get("abstract", "") + "\n" + record.get("body", ""), "lang": record["language"],
            "labels": [tag["id"] for tag in record["concepts"]] + record.get("population_groups", []),
            "date": record.get("date"),
        }
        files[part[record["id"]]].write(json.dumps(entry, ensure_ascii=False) + "\n")
PYTHON
    for part in "${parts[@]}"; do
        "$sabil" eval classify --train "$work/$split.train.jsonl" --test "$work/$split.$part.jsonl" \
            --taxonomy taxonomy --suggestions "$work/$split.$part.suggestions" >"$work/$split.$part.score"
        python3 - "$split" "$part" "$work" >>"$work/fixtures-classification.tsv" <<'PYTHON'
import collections, json, math, sys

split, part, work = sys.argv[1:]
gold = {}
for line in open(f"{work}/{split}.{part}.jsonl"):
    entry = json.loads(line)
    gold[entry["_id"]] = set(entry["labels"])
said = {}
for line in open(f"{work}/{split}.{part}.suggestions"):
    entry = json.loads(line)
    said[entry["_id"]] = entry["suggestions"]


def f1(hits, given, wanted):
    return 2 * hits / (given + wanted) if given + wanted else 0.0


def figures(ids):
    total, labels = [0, 0, 0], collections.defaultdict(lambda: [0, 0, 0])
    gain = at_five = 0.0
    for name in ids:
        chosen = {s["label"] for s in said[name] if s["selected"]}
        for label in chosen | gold[name]:
            counts = (label in chosen and label in gold[name], label in chosen, label in gold[name])
            for target in (total, labels[label]):
                for place, count in enumerate(counts):
                    target[place] += count
        first = [s["label"] for s in said[name][:5]]
        ideal = sum(1 / math.log2(place + 2) for place in range(min(5, len(gold[name]))))
        gain += sum(1 / math.log2(place + 2) for place, label in enumerate(first) if label in gold[name]) / ideal
        at_five += f1(len(set(first) & gold[name]), len(first), len(gold[name]))
    macro = [f1(*counts) for counts in labels.values() if counts[2]]
    return f1(*total), sum(macro) / len(macro), gain / len(ids), at_five / len(ids)


groups = {"all": list(gold)} | {
    "lang=" + language: [name for name in gold if name.startswith(language)] for language in ("ar", "en", "es", "fr")
}
for group, ids in groups.items():
    print(split, part, group, len(ids), *(f"{value:.4f}" for value in figures(ids)), sep="\t")
PYTHON
    done
    awk -F '\t' -v split_name="$split" '$1 == split_name' "$work/kept-classification.tsv" >>"$work/fixtures-classification.tsv"
done
# All three or none: a failure on the way leaves the tables as they were.
mv "$work"/fixtures-{ranking,paired,classification}.tsv "$here/"
cat "$here/fixtures-classification.tsv"
