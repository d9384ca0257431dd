"""Writes examples.tsv and what scikit-learn and liblinear's own programs say of them. See README.md.

Usage: python3 make-expected.py [liblinear-train liblinear-predict]
"""

import subprocess
import sys
import tempfile

import numpy as np
import scipy.sparse
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.naive_bayes import ComplementNB, MultinomialNB
from sklearn.neighbors import NearestCentroid
from sklearn.preprocessing import normalize

TRAIN, TEST, FEATURES, LABELS = 90, 30, 40, 4
programs = sys.argv[1:3] or ["liblinear-train", "liblinear-predict"]
random = np.random.RandomState(20261121)

# Labels differ in how frequent they are, and each has features of its own, some shared with the next label.
labels = random.choice(LABELS, TRAIN + TEST, p=[0.4, 0.25, 0.2, 0.15])
rates = np.full((LABELS, FEATURES), 0.3)
for label in range(LABELS):
    rates[label, label * 8:label * 8 + 12] = 1.6
counts = random.poisson(rates[labels])
# A document is never empty, and every feature is in some training document.
counts[:, 0] += counts.sum(axis=1) == 0
counts[0] += counts[:TRAIN].sum(axis=0) == 0
train, test = counts[:TRAIN], counts[TRAIN:]
known, asked = labels[:TRAIN], labels[TRAIN:]

with open("examples.tsv", "w") as out:
    out.write("part\tlabel\tcounts\n")
    for place, (label, row) in enumerate(zip(labels, counts)):
        out.write(f"{'train' if place < TRAIN else 'test'}\t{label}\t{','.join(map(str, row))}\n")


def numbers(values):
    return ",".join(repr(float(value)) for value in values)


with open("naive-bayes-expected.tsv", "w") as out:
    out.write("kind\tsmoothing\trow\tlog likelihoods\n")
    for kind, model in ("multinomial", MultinomialNB), ("complement", ComplementNB):
        for smoothing in (1.0, 0.3):
            fitted = model(alpha=smoothing).fit(train, known)
            for row, scores in enumerate(fitted._joint_log_likelihood(test)):
                out.write(f"{kind}\t{smoothing}\t{row}\t{numbers(scores)}\n")

weighting = TfidfTransformer(sublinear_tf=True, smooth_idf=True, norm="l2").fit(train)
weights = weighting.transform(counts).toarray()
with open("tfidf-expected.tsv", "w") as out:
    out.write("what\trow\tweights\n")
    out.write(f"idf\t0\t{numbers(weighting.idf_)}\n")
    for row, values in enumerate(weights[TRAIN:]):
        out.write(f"test\t{row}\t{numbers(values)}\n")

# Whole parts of 1/65536, as centroids are counted; what is read back is exactly what was given.
whole = np.rint(weights * 65536).astype(int)
with open("weights.tsv", "w") as out:
    out.write("part\tlabel\tparts of 65536\n")
    for place, (label, row) in enumerate(zip(labels, whole)):
        out.write(f"{'train' if place < TRAIN else 'test'}\t{label}\t{','.join(map(str, row))}\n")
exact = whole / 65536
with open("centroids-expected.tsv", "w") as out:
    out.write("label\tweights\n")
    for label in range(LABELS):
        outside, inside = NearestCentroid().fit(exact[:TRAIN], known == label).centroids_
        out.write(f"{label}\t{numbers(normalize(np.maximum(inside - outside, 0)[None])[0])}\n")


def problem(path, rows, targets):
    with open(path, "w") as file:
        for row, target in zip(rows, targets):
            entries = " ".join(f"{place + 1}:{value!r}" for place, value in enumerate(map(float, row)) if value)
            file.write(f"{target} {entries}\n")


with open("liblinear-expected.tsv", "w") as out, tempfile.TemporaryDirectory() as folder:
    out.write("cost\tlabel\tpredictions\tweights and bias\n")
    for cost in ("0.3", "1", "3"):
        # Each label against the rest, then all at once: the program itself then trains one against the rest.
        for label in [*range(LABELS), "all"]:
            own = (lambda rows: rows) if label == "all" else (lambda rows: np.where(rows == label, 1, -1))
            problem(f"{folder}/train", exact[:TRAIN], own(known))
            problem(f"{folder}/test", exact[TRAIN:], own(asked))
            options = ["-s", "1", "-c", cost, "-e", "0.00001", "-B", "1", "-q"]
            subprocess.run([programs[0], *options, f"{folder}/train", f"{folder}/model"], check=True)
            subprocess.run(
                [programs[1], f"{folder}/test", f"{folder}/model", f"{folder}/out"], check=True,
                stdout=subprocess.DEVNULL)
            predictions = ",".join(open(f"{folder}/out").read().split())
            header, _, body = open(f"{folder}/model").read().partition("\nw\n")
            order = next(line for line in header.split("\n") if line.startswith("label")).split()[1:]
            learnt = [] if label == "all" else np.array(body.split(), dtype=float) * (1 if order[0] == "1" else -1)
            out.write(f"{cost}\t{label}\t{predictions}\t{numbers(learnt)}\n")
