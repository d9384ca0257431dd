"""Writes the judgements, runs, predictions and expected figures of this folder. See README.md."""

import random

import ir_measures
import numpy as np
from ir_measures import AP, RR, Judged, P, R, Success, nDCG
from sklearn.metrics import f1_score, ndcg_score, precision_score

import references

random.seed(20261121)
queries = [f"q{number:02d}" for number in range(1, 15)]
with open("qrels.txt", "w") as qrels:
    for query in queries:
        for document in random.sample(range(150), 40):
            # q03 has no relevant document; grades -1 are pooled and not judged by a person.
            grade = random.choice([0, 0, 0, -1]) if query == "q03" else random.choice([0, 0, 0, 0, 1, 1, 2, 3, -1])
            qrels.write(f"{query} 0 d{document:03d} {grade}\n")
for name, bias in (("system", 0.5), ("baseline", 0.2)):
    grades = {tuple(line.split()[::2]): int(line.split()[3]) for line in open("qrels.txt")}
    with open(f"{name}.run", "w") as run:
        # q07 is missing from the system's run, q99 is not judged.
        for query in [q for q in queries if not (q == "q07" and name == "system")] + ["q99"]:
            depth = {"q01": 120, "q05": 3, "q06": 1}.get(query, random.randint(10, 60))
            scored = []
            for document in random.sample(range(150), depth):
                score = random.gauss(0, 1) + bias * grades.get((query, f"d{document:03d}"), 0)
                # One decimal makes many ties; the rank column is wrong on purpose.
                scored.append((f"d{document:03d}", round(score, 1)))
            for document, score in scored:
                run.write(f"{query}\tQ0\t{document}\t1\t{score}\t{name}\n")

measures = [nDCG @ 5, nDCG @ 10, nDCG, AP, AP @ 100, AP @ 10, AP(rel=2) @ 10, RR, P @ 5, P @ 10,
            P(rel=2) @ 5, R @ 10, R @ 100, R(rel=2) @ 10, Success @ 5, Success(rel=3) @ 1]
qrels = list(ir_measures.read_trec_qrels("qrels.txt"))
with open("expected.tsv", "w") as out:
    out.write("run\tmeasure\tquery\tvalue\n")
    for name in ("system", "baseline"):
        run = list(ir_measures.read_trec_run(f"{name}.run"))
        # For Judged and RR with a cutoff ir_measures breaks ties by id ascending, trec_eval (and ir_measures for all
        # other measures) descending: ties are broken here so that both agree.
        untied = []
        for query in sorted({line.query_id for line in run}):
            lines = [line for line in run if line.query_id == query]
            lines.sort(key=lambda line: line.doc_id, reverse=True)
            lines.sort(key=lambda line: -line.score)
            untied += [ir_measures.ScoredDoc(query, line.doc_id, -rank) for rank, line in enumerate(lines)]
        for chosen, source in ((measures, run), ([Judged @ 5, Judged @ 10, RR @ 10, RR(rel=2) @ 10], untied)):
            provider = ir_measures.evaluator(chosen, qrels)
            rows = sorted((str(m.measure), m.query_id, m.value) for m in provider.iter_calc(source))
            for measure, query, value in rows:
                out.write(f"{name}\t{measure}\t{query}\t{value:.10f}\n")
            for measure, value in sorted((str(k), v) for k, v in provider.calc_aggregate(source).items()):
                out.write(f"{name}\t{measure}\tall\t{value:.10f}\n")

# A second collection: grades -2 to 4, scores that differ only beyond single precision, queries without results.
chance = random.Random(20261122)
graded = [f"g{number:02d}" for number in range(1, 19)]
with open("graded-qrels.txt", "w") as out:
    for query in graded:
        # g03 has nothing relevant, all that is judged for g04 is below 0, g08 has nothing that is not relevant.
        grades = {"g03": [0, 0, -1], "g04": [-1, -2], "g08": [1, 2, 3, 4]}.get(query, [0, 0, 0, 0, 1, 1, 2, 3, 4, -1, -2])
        for document in sorted(chance.sample(range(120), {"g06": 1, "g12": 100}.get(query, 35))):
            out.write(f"{query} 0 d{document:03d} {chance.choice(grades)}\n")
grades = {(line.query_id, line.doc_id): line.relevance for line in ir_measures.read_trec_qrels("graded-qrels.txt")}
with open("graded.run", "w") as out:
    # g05 and g11 have no results, g90 is not judged.
    for query in [query for query in graded if query not in ("g05", "g11")] + ["g90"]:
        for document in chance.sample(range(120), {"g01": 120, "g07": 1, "g08": 4}.get(query, chance.randint(5, 60))):
            score = round(chance.gauss(0, 1.2) + 0.4 * grades.get((query, f"d{document:03d}"), 0))
            score += chance.choice([0, 0.5]) + chance.choice([0, 1e-9])
            out.write(f"{query} Q0 d{document:03d} 1 {score!r} graded\n")
names = """nDCG nDCG@1 nDCG@10 nDCG(dcg='exp-log2') nDCG(dcg='exp-log2')@5 nDCG(dcg='exp-log2')@20 AP AP@10 AP(rel=2) AP(rel=3)@20
RR RR@5 RR(rel=3) RR(rel=4)@10 P@1 P@10 P(rel=2)@5 R@10 R@1000 R(rel=3)@20 Rprec Rprec(rel=2) Rprec(rel=4) Bpref Bpref(rel=2)
Bpref(rel=3) Judged Judged@1 Judged@20 Success@1 Success@10 Success(rel=4)@5 ERR ERR@1 ERR@10 ERR@20 RBP RBP@10 RBP(p=0.5)
RBP(rel=1) RBP(rel=2)@5 RBP(p=0.95,rel=1) RBP(p=0.5,rel=3)@20 SetP SetP(rel=2) SetR SetR(rel=3) SetF SetF(rel=2)""".split()
values = references.figures(
    [ir_measures.parse_measure(name) for name in names], ir_measures.read_trec_qrels("graded-qrels.txt"),
    ir_measures.read_trec_run("graded.run"))
with open("graded-expected.tsv", "w") as out:
    out.write("measure\tquery\tvalue\n")
    for name in names:
        for query in graded + ["all"]:
            out.write(f"{name}\t{query}\t{values[name, query]:.12f}\n")

labels = [f"c{number}" for number in range(12)]
examples = 60
truth = (np.random.default_rng(5).random((examples, 12)) < 0.18).astype(int)
truth[7] = 0
truth[20] = 0
truth[:, 11] = 0
scores = np.round(0.35 * truth + 0.65 * np.random.default_rng(6).random((examples, 12)), 4)
threshold = 0.6
with open("predictions.tsv", "w") as out:
    out.write("example\tgold\tscores\n")
    for row in range(examples):
        gold = ",".join(labels[i] for i in range(12) if truth[row, i])
        out.write(f"e{row}\t{gold}\t" + ",".join(f"{labels[i]}={scores[row, i]:.4f}" for i in range(12)) + "\n")
chosen = (scores >= threshold).astype(int)


def top(k):
    result = np.zeros_like(truth)
    for row in range(examples):
        result[row, sorted(range(12), key=lambda i: (-scores[row, i], labels[i]))[:k]] = 1
    return result


gold_rows = truth.sum(axis=1) > 0
expected = {
    "micro F1": f1_score(truth, chosen, average="micro"),
    "macro F1": f1_score(truth, chosen, average="macro", zero_division=0),
    "P@1": precision_score(truth, top(1), average="samples", zero_division=0),
    "P@3": precision_score(truth, top(3), average="samples", zero_division=0),
    "P@5": precision_score(truth, top(5), average="samples", zero_division=0),
    "F1 (doc avg)": f1_score(truth, chosen, average="samples", zero_division=0),
    "F1@5": f1_score(truth, top(5), average="samples", zero_division=0),
    "nDCG@5": ndcg_score(truth[gold_rows], scores[gold_rows], k=5, ignore_ties=True),
    "nDCG@10": ndcg_score(truth[gold_rows], scores[gold_rows], k=10, ignore_ties=True),
}
cuts = np.unique(scores)
best = max((f1_score(truth, (scores >= cut).astype(int), average="micro"), cut) for cut in cuts)
expected["best micro F1"] = best[0]
expected["lowest score chosen"] = best[1]
with open("predictions-expected.tsv", "w") as out:
    out.write("measure\tvalue\n")
    for name, value in expected.items():
        out.write(f"{name}\t{value:.10f}\n")
