"""Writes suggestions.tsv, calibration.tsv and what Annif and scikit-learn say of them. See README.md."""

import io
import random

import numpy as np
from annif.eval import EvaluationBatch
from annif.suggestion import SubjectSuggestion, SuggestionBatch, filter_suggestion
from sklearn.calibration import calibration_curve
from sklearn.metrics import average_precision_score, brier_score_loss

random.seed(20261123)
labels = [f"k{number:02d}" for number in range(30)]
documents = []
for number in range(197):
    # k27 is never right, k28 is never suggested, k29 neither; labels differ in how frequent they are.
    gold = {label for place, label in enumerate(labels[:27]) if random.random() < 0.3 / (1 + place / 4)}
    if random.random() < 0.05:
        gold.add("k28")
    if number in (3, 50, 51):
        gold = set()
    scores = {}
    for label in labels[:28]:
        # Thousandths, so that single precision keeps them apart; of equal ones in a document the first counts.
        score = round(min(0.999, max(0.001, random.gauss(0.55 if label in gold else 0.22, 0.2))), 3)
        if score not in scores.values():
            scores[label] = score
    depth = 0 if number in (7, 50) else random.choice([1, 2, 4, 10, 10, 10, 10])
    best = sorted(scores.items(), key=lambda item: -item[1])[:depth]
    documents.append((f"s{number}", random.choice(["en", "fr", "es", "ar"]), sorted(gold), best))
with open("suggestions.tsv", "w") as out:
    out.write("example\tlanguage\tgold\tscores\n")
    for name, language, gold, best in documents:
        out.write(f"{name}\t{language}\t{','.join(gold)}\t{','.join(f'{label}={score}' for label, score in best)}\n")


class Subject:
    def __init__(self, label):
        self.uri = label
        self.labels = {"en": label}


class Subjects(list):
    """What Annif asks of its vocabulary: length, place, order."""


subjects = Subjects(Subject(label) for label in labels)


def evaluate(chosen, threshold, per_subject=None):
    suggested = [[SubjectSuggestion(labels.index(label), score) for label, score in best] for _, _, _, best in chosen]
    batch = SuggestionBatch.from_sequence(suggested, subjects)
    batch = SuggestionBatch(filter_suggestion(batch.array, threshold=threshold))
    evaluation = EvaluationBatch(subjects)
    evaluation.evaluate_many(batch, [[labels.index(label) for label in gold] for _, _, gold, _ in chosen])
    return evaluation.results(results_file=per_subject, language="en")


with open("annif-expected.tsv", "w") as out:
    out.write("threshold\tgroup\tmeasure\tvalue\n")
    for threshold in (0.0, 0.4):
        for group in ("all", "ar", "en", "es", "fr"):
            chosen = [document for document in documents if group in ("all", document[1])]
            for measure, value in evaluate(chosen, threshold).items():
                out.write(f"{threshold}\t{group}\t{measure}\t{value:.10f}\n")

subject_rows = io.StringIO()
evaluate(documents, 0.4, subject_rows)
with open("concepts-expected.tsv", "w") as out:
    out.write("label\tsupport\ttrue\tfalse\tmissed\tprecision\trecall\tf1\taverage precision\n")
    for row in subject_rows.getvalue().splitlines()[1:]:
        label, _, *figures = row.split("\t")
        counts, rates = [int(float(value)) for value in figures[:4]], [float(value) for value in figures[4:]]
        pairs = [(dict(best)[label], label in gold) for _, _, gold, best in documents if label in dict(best)]
        average = ""
        if counts[0]:
            # scikit-learn knows only what has a score; what was never suggested is never found.
            found = sum(right for _, right in pairs)
            of_scored = average_precision_score([r for _, r in pairs], [s for s, _ in pairs]) if found else 0.0
            average = f"{of_scored * found / counts[0]:.10f}"
        out.write("\t".join([label, *map(str, counts), *(f"{rate:.10f}" for rate in rates), average]) + "\n")

# Too unsure below 0.5 and too sure above, with a gap, many equal ones, and both ends.
points = []
for _ in range(403):
    confidence = random.choice([0.0, 0.3, 0.85, 1.0, round(random.random(), 2), random.random() ** 2])
    if not 0.6 < confidence <= 0.7:
        points.append((confidence, int(random.random() < 0.3 + 0.35 * confidence)))
with open("calibration.tsv", "w") as out:
    out.write("confidence\tright\n")
    for confidence, hit in points:
        out.write(f"{confidence!r}\t{hit}\n")
scores, right = (np.array(column) for column in zip(*points))
with open("calibration-expected.tsv", "w") as out:
    out.write("binning\tfigure\tbin\tvalue\n")
    out.write(f"both\tbrier\t\t{brier_score_loss(right, scores):.10f}\n")
    for name, strategy in (("equal width", "uniform"), ("equal mass", "quantile")):
        edges = np.linspace(0, 1, 11)
        if strategy == "quantile":
            edges = np.percentile(scores, edges * 100)
        places = np.searchsorted(edges[1:-1], scores)
        sizes = np.bincount(places, minlength=10)
        shares, confidences = calibration_curve(right, scores, n_bins=10, strategy=strategy)
        error = 0.0
        for place, share, confidence in zip(np.flatnonzero(sizes), shares, confidences):
            out.write(f"{name}\tcount\t{place}\t{sizes[place]}\n")
            out.write(f"{name}\tshare\t{place}\t{share:.10f}\n")
            out.write(f"{name}\tconfidence\t{place}\t{confidence:.10f}\n")
            error += sizes[place] * abs(share - confidence)
        out.write(f"{name}\terror\t\t{error / len(scores):.10f}\n")
        out.write(f"{name}\tworst\t\t{np.max(np.abs(shares - confidences)):.10f}\n")
