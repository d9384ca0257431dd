"""Reproduces third parties' figures with `sabil eval score`: trec_eval's means, and the published nDCG@10 of Lucene's runs.

Usage: third_party.py COLLECTIONS BINARY [NAME …]
  COLLECTIONS  a folder of BEIR folders with qrels/test.tsv and lucene.trec; with names only those of them
  BINARY       the sabil to be compared
Needs: pip install pytrec_eval-terrier (trec_eval 9 as a library).

Writes third-party.tsv beside this file and prints two Markdown tables. Exit code 1 when a mean differs from trec_eval's by more
than 1e-6, or from the published figure by more than its last digit's half.
"""

import csv
import pathlib
import subprocess
import sys

import pytrec_eval

HERE = pathlib.Path(__file__).resolve().parent
# Name here, name there.
MEASURES = {
    "nDCG@10": "ndcg_cut_10", "AP": "map", "RR": "recip_rank", "P@10": "P_10", "R@20": "recall_20", "Rprec": "Rprec",
    "Bpref": "bpref",
}
FAMILIES = {"ndcg_cut.10", "map", "recip_rank", "P.10", "recall.20", "Rprec", "bpref"}
LIMIT = 1e-6
# Half of the last digit of a figure with four decimals, and a little for its own rounding.
PRINTED = 0.5e-4 + 1e-9


def read_qrels(path):
    qrels = {}
    with path.open(encoding="utf-8") as file:
        for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row[2].lstrip("-").isdigit():
                qrels.setdefault(row[0], {})[row[1]] = int(row[2])
    return qrels


def read_run(path):
    run = {}
    with path.open(encoding="utf-8") as file:
        for line in file:
            query, _, document, _, score, _ = line.split()
            run.setdefault(query, {})[document] = float(score)
    return run


def theirs(folder):
    """Means over all judged queries, one without results counting 0."""
    qrels = read_qrels(folder / "qrels" / "test.tsv")
    figures = pytrec_eval.RelevanceEvaluator(qrels, FAMILIES).evaluate(read_run(folder / "lucene.trec"))
    return {
        name: sum(figures.get(query, {}).get(other, 0.0) for query in qrels) / len(qrels)
        for name, other in MEASURES.items()
    }, len(qrels)


def ours(folder, binary):
    command = [
        binary, "eval", "score", "--qrels", str(folder / "qrels" / "test.tsv"), "--run", str(folder / "lucene.trec"),
        "--measures", ",".join(MEASURES), "--exact",
    ]
    lines = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout
    return {name: float(value) for name, _, value in (line.split("\t") for line in lines.splitlines())}


def main():
    collections, binary, *wanted = sys.argv[1:]
    with (HERE / "reference-ranking.tsv").open(encoding="utf-8") as file:
        published = {row["collection"]: float(row["Lucene"]) for row in csv.DictReader(file, delimiter="\t")}
    rows, worst, wrong = [], 0.0, 0
    for folder in sorted(pathlib.Path(collections).iterdir()):
        if wanted and folder.name not in wanted:
            continue
        if not (folder / "qrels" / "test.tsv").exists() or not (folder / "lucene.trec").exists():
            continue
        own, (other, queries) = ours(folder, binary), theirs(folder)
        worst = max([worst] + [abs(own[name] - other[name]) for name in MEASURES])
        known = published.get(folder.name)
        if known is None or abs(known - own["nDCG@10"]) > PRINTED:
            wrong += 1
        rows.append((folder.name, queries, known, own, other))
    if not rows:
        raise SystemExit(f"{collections} holds no folder with qrels/test.tsv and lucene.trec")

    with (HERE / "third-party.tsv").open("w", encoding="utf-8") as file:
        print("collection", "queries", "measure", "trec_eval", "sabil", "difference", "published", sep="\t", file=file)
        for name, queries, known, own, other in rows:
            for measure in MEASURES:
                stated = f"{known:.4f}" if measure == "nDCG@10" and known is not None else ""
                print(
                    name, queries, measure, f"{other[measure]:.8f}", f"{own[measure]:.8f}",
                    f"{own[measure] - other[measure]:.1e}", stated, sep="\t", file=file)

    print("| collection | queries | published nDCG@10 | Sabil's | difference | trec_eval's | difference |")
    print("|---|---|---|---|---|---|---|")
    for name, queries, known, own, other in rows:
        value = own["nDCG@10"]
        print(
            f"| {name} | {queries} | {known:.4f} | {value:.6f} | {value - known:+.6f} | {other['nDCG@10']:.6f} "
            f"| {value - other['nDCG@10']:.0e} |")
    print()
    rest = [name for name in MEASURES if name != "nDCG@10"]
    print("| collection | " + " | ".join(rest) + " | largest difference |")
    print("|---|" + "---|" * (len(rest) + 1))
    for name, _, _, own, other in rows:
        cells = [f"{own[measure]:.6f} / {other[measure]:.6f}" for measure in rest]
        largest = max(abs(own[measure] - other[measure]) for measure in MEASURES)
        print(f"| {name} | " + " | ".join(cells) + f" | {largest:.0e} |")
    print(f"\nThe largest difference from trec_eval is {worst:.1e}; {len(rows) - wrong} of {len(rows)} published figures agree.")
    return 1 if worst > LIMIT or wrong else 0


if __name__ == "__main__":
    sys.exit(main())
