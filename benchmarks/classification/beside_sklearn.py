"""Trains and asks Sabil and scikit-learn's LinearSVC on the same lines in turns, and prints time, memory, latency and ratios.

Usage: python3 benchmarks/classification/beside_sklearn.py BINARY FOLDER [--rounds N] [--lines N]
  FOLDER   a collection: train.jsonl, test.jsonl (`_id`, `title`, `text`, `lang`, `labels`), optionally yso-en.tsv or labels.tsv
  --lines  only so many lines of each file

Both read the same files in a process of their own, train, suggest for every test line, and are measured from outside: CPU seconds
and largest memory of the process. Sabil is `sabil eval classify` as it comes: members, folds, calibration and cuts included.
scikit-learn is what most people write: TF-IDF of words and pairs (sublinear, min_df 2), one LinearSVC against the rest per label,
labels with a positive margin or the best one; no folds, no calibration.
"""

import argparse
import json
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time

COLUMNS = ["wall s", "CPU s", "memory MB", "training s", "ms a line", "micro F1"]


def lines(path, limit):
    with open(path) as file:
        return [line for _, line in zip(range(limit), file)]


def peer(train, test):
    """The scikit-learn side, in a process of its own; prints training seconds, milliseconds a line, micro F1."""
    import numpy as np
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.metrics import f1_score
    from sklearn.multiclass import OneVsRestClassifier
    from sklearn.preprocessing import MultiLabelBinarizer
    from sklearn.svm import LinearSVC

    def read(path):
        entries = [json.loads(line) for line in open(path)]
        return [e.get("title", "") + "\n" + e.get("text", "") for e in entries], [e["labels"] for e in entries]

    texts, labels = read(train)
    asked, gold = read(test)
    binarizer = MultiLabelBinarizer().fit(labels)
    started = time.perf_counter()
    vectorizer = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2)
    model = OneVsRestClassifier(LinearSVC()).fit(vectorizer.fit_transform(texts), binarizer.transform(labels))
    trained = time.perf_counter()
    scores = model.decision_function(vectorizer.transform(asked))
    if scores.ndim == 1:
        scores = np.stack([-scores, scores], axis=1)
    chosen = scores > 0
    if all(len(one) == 1 for one in labels):
        chosen = np.zeros_like(chosen)
        chosen[np.arange(len(scores)), scores.argmax(axis=1)] = True
    else:
        chosen[np.arange(len(scores)), scores.argmax(axis=1)] |= ~chosen.any(axis=1)
    seconds = time.perf_counter() - trained
    known = [[label for label in one if label in set(binarizer.classes_)] for one in gold]
    f1 = f1_score(binarizer.transform(known), chosen, average="micro")
    print(trained - started, 1000 * seconds / len(asked), f1)


def measured(command):
    """Runs a command; its output and messages, wall seconds, CPU seconds and largest memory in MB."""
    started = time.perf_counter()
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as messages:
        process = subprocess.Popen(command, stdout=out, stderr=messages, text=True)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0), messages.seek(0)
        text, said = out.read(), messages.read()
    if process.returncode != 0:
        sys.exit(f"{command[0]} failed ({process.returncode}): {said.strip()[-500:]}")
    return text, said, time.perf_counter() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def sabil(arguments, folder, vocabulary):
    command = [arguments.binary, "eval", "classify", "--train", f"{folder}/train.jsonl", "--test", f"{folder}/test.jsonl",
               "--suggestions", f"{folder}/suggestions.jsonl", *vocabulary]
    text, said, wall, cpu, memory = measured(command)
    f1 = next(float(line.split("\t")[2]) for line in text.splitlines() if line.startswith("micro F1\tall\t"))
    found = re.search(r"trained in ([0-9.]+) s; (\d+) test lines in ([0-9.]+) s", said)
    return [wall, cpu, memory, float(found[1]), 1000 * float(found[3]) / int(found[2]), f1]


def sklearn(_, folder, __):
    text, _, wall, cpu, memory = measured(
        [sys.executable, __file__, "--peer", f"{folder}/train.jsonl", f"{folder}/test.jsonl"])
    return [wall, cpu, memory, *map(float, text.split())]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("binary")
    parser.add_argument("collection")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--lines", type=int, default=sys.maxsize)
    arguments = parser.parse_args()
    arguments.binary = str(pathlib.Path(arguments.binary).resolve())
    collection = pathlib.Path(arguments.collection)
    vocabulary = ["--words", str(pathlib.Path(__file__).resolve().parents[2] / "taxonomy")]
    for name in ("yso-en.tsv", "labels.tsv"):
        if (collection / name).exists():
            vocabulary += ["--taxonomy", str(collection / name)]
    with tempfile.TemporaryDirectory() as folder:
        for name in ("train.jsonl", "test.jsonl"):
            pathlib.Path(folder, name).write_text("".join(lines(collection / name, arguments.lines)))
        rounds = {"sabil": [], "scikit-learn": []}
        sides = [("sabil", sabil), ("scikit-learn", sklearn)]
        for turn in range(arguments.rounds):
            # Who begins goes round, so that what else the machine does falls on both.
            for name, run in sides if turn % 2 == 0 else sides[::-1]:
                rounds[name].append(run(arguments, folder, vocabulary))
    print("what", "sabil", "scikit-learn", "ratio", "least", "greatest", sep="\t")
    for place, column in enumerate(COLUMNS):
        own, theirs = ([row[place] for row in rounds[name]] for name in rounds)
        ratios = [a / b for a, b in zip(own, theirs) if b > 0]
        figures = [statistics.median(own), statistics.median(theirs)]
        digits = 4 if column == "micro F1" else 2
        print(column, *(f"{figure:.{digits}f}" for figure in figures),
              *(f"{figure:.2f}" for figure in (statistics.median(ratios), min(ratios), max(ratios))), sep="\t")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--peer"]:
        peer(*sys.argv[2:4])
    else:
        main()
