"""Compares every ranking measure of `sabil eval score` with trec_eval, gdeval, cwl_eval, trectools and ir_measures.

Usage: oracles.py COLLECTIONS BINARY [NAME …]
  COLLECTIONS  a folder of BEIR folders with qrels/test.tsv and a TREC run, lucene.trec; with names only those of them
  BINARY       the sabil to be compared
Needs: pip install ir_measures pytrec_eval-terrier cwl-eval trectools, and perl.

Prints a Markdown table: for each measure and collection the largest difference over all judged queries and their mean. Exit
code 1 when one is above 1e-6 or a figure is missing.
"""

import csv
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "corpus-fixtures" / "evaluation"))

import ir_measures  # noqa: E402
import references  # noqa: E402

NAMES = """nDCG nDCG@10 nDCG(dcg='exp-log2') nDCG(dcg='exp-log2')@10 AP AP@100 AP@10 AP(rel=2)@10 RR RR@10 RR(rel=2) P@1 P@10
P(rel=2)@5 R@5 R@100 R(rel=2)@10 Rprec Rprec(rel=2) Bpref Bpref(rel=2) Judged Judged@10 Success@1 Success@5 Success(rel=2)@5
ERR ERR@10 ERR@20 RBP RBP@10 RBP(p=0.5) RBP(rel=1) RBP(p=0.5,rel=1) RBP(rel=2)@10 SetP SetP(rel=2) SetR SetF SetF(rel=2)
""".split()
LIMIT = 1e-6


def qrels(path):
    with path.open(encoding="utf-8") as file:
        for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row[2].lstrip("-").isdigit():
                yield ir_measures.Qrel(row[0], row[1], int(row[2]))


def largest_differences(folder, binary, measures):
    """Largest difference by name of measure, and the number of figures compared."""
    command = [
        binary, "eval", "score", "--qrels", str(folder / "qrels" / "test.tsv"), "--run", str(folder / "lucene.trec"),
        "--measures", ",".join(map(str, measures)), "--per-query", "--exact",
    ]
    own = {}
    for line in subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines():
        name, query, value = line.split("\t")
        own[name, query] = float(value)
    expected = references.figures(
        measures, qrels(folder / "qrels" / "test.tsv"), ir_measures.read_trec_run(str(folder / "lucene.trec")))
    if own.keys() != expected.keys():
        raise SystemExit(f"{folder.name}: figures of one side only: {sorted(own.keys() ^ expected.keys())[:5]}")
    differences = {}
    for key, value in expected.items():
        differences[key[0]] = max(differences.get(key[0], 0.0), abs(value - own[key]))
    return differences, len(expected)


def main():
    collections, binary, *wanted = sys.argv[1:]
    measures = [ir_measures.parse_measure(name) for name in NAMES]
    columns, counts = {}, {}
    for folder in sorted(pathlib.Path(collections).iterdir()):
        if wanted and folder.name not in wanted:
            continue
        if (folder / "qrels" / "test.tsv").exists() and (folder / "lucene.trec").exists():
            columns[folder.name], counts[folder.name] = largest_differences(folder, binary, measures)
            print(f"{folder.name}: {counts[folder.name]} figures", file=sys.stderr)
    if not columns:
        raise SystemExit(f"{collections} holds no folder with qrels/test.tsv and lucene.trec")
    print("| measure | reference | " + " | ".join(columns) + " |")
    print("|---|---|" + "---|" * len(columns))
    for measure in measures:
        cells = [f"{column[str(measure)]:.0e}" if column[str(measure)] else "0" for column in columns.values()]
        print(f"| {measure} | {references.program(measure)} | " + " | ".join(cells) + " |")
    print("| figures compared | | " + " | ".join(map(str, counts.values())) + " |")
    worst = max(value for column in columns.values() for value in column.values())
    print(f"\nThe largest difference is {worst:.1e}.")
    return 1 if worst > LIMIT else 0


if __name__ == "__main__":
    sys.exit(main())
