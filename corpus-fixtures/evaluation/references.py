"""Figures of trec_eval, gdeval, cwl_eval, trectools and ir_measures' own code, under ir_measures names.

Needs: pip install ir_measures pytrec_eval-terrier cwl-eval trectools, and perl for gdeval.

Programs other than trec_eval break ties otherwise, or read scores with more digits, so they are given the same ranking with
scores that all differ, in trec_eval's order.
"""

import pkgutil
import struct
import subprocess
import tempfile
from collections import defaultdict

import ir_measures


def single(score):
    """The score as trec_eval keeps it."""
    return struct.unpack("f", struct.pack("f", score))[0]


def untied(run):
    """The run in trec_eval's order (score, then id descending), with scores that all differ."""
    rankings = defaultdict(list)
    for line in run:
        rankings[line.query_id].append(line)
    result = []
    for query in sorted(rankings):
        lines = sorted(rankings[query], key=lambda line: line.doc_id.encode(), reverse=True)
        lines.sort(key=lambda line: -single(line.score))
        result += [ir_measures.ScoredDoc(query, line.doc_id, float(-rank)) for rank, line in enumerate(lines)]
    return result


def program(measure):
    """Name of the program that is asked for a measure."""
    if measure.NAME == "ERR" or measure.NAME == "nDCG" and measure["dcg"] == "exp-log2":
        return "gdeval"
    if measure.NAME == "RBP":
        return "cwl_eval" if "rel" in measure.params else "trectools"
    if measure.NAME == "Judged":
        return "ir_measures"
    if measure.NAME == "RR" and "cutoff" in measure.params:
        return "msmarco"
    return "trec_eval"


def gdeval(measures, qrels, run):
    """gdeval.pl as ir_measures brings it, made to print twelve decimals instead of five; queries as numbers."""
    source = pkgutil.get_data("ir_measures", "bin/gdeval.pl").decode()
    assert source.count("%.5f") == 2
    source = source.replace("%.5f", "%.12f")
    numbers = {query: number for number, query in enumerate(sorted({line.query_id for line in qrels}), 1)}
    names = {str(number): query for query, number in numbers.items()}
    figures = {}
    with tempfile.TemporaryDirectory() as folder:
        with open(f"{folder}/gdeval.pl", "w") as out:
            out.write(source)
        with open(f"{folder}/qrels", "w") as out:
            for line in qrels:
                out.write(f"{numbers[line.query_id]} 0 {line.doc_id} {line.relevance}\n")
        with open(f"{folder}/run", "w") as out:
            for line in run:
                if line.query_id in numbers:
                    out.write(f"{numbers[line.query_id]} Q0 {line.doc_id} 1 {line.score} run\n")
        for measure in measures:
            depth = measure.params.get("cutoff", 1_000_000)
            command = ["perl", f"{folder}/gdeval.pl", f"{folder}/qrels", f"{folder}/run", str(depth)]
            for row in subprocess.check_output(command, text=True).splitlines()[1:]:
                _, number, ndcg, err = row.split(",")
                figures[str(measure), names[number]] = float(err if measure.NAME == "ERR" else ndcg)
    return figures


def cut(run, depth):
    """The first results of each query of an untied run."""
    return run if depth is None else [line for line in run if -line.score < depth]


def figures(measures, qrels, run):
    """Value by name of measure and query, with the mean over all judged queries as query "all".

    A judged query that a program is silent about has the value 0, as in ir_measures.
    """
    qrels, run = list(qrels), list(run)
    queries = sorted({line.query_id for line in qrels})
    known = set(queries)
    ordered = untied(line for line in run if line.query_id in known)
    values = {}
    for measure in measures:
        who = program(measure)
        # cwl_eval knows no cutoff of RBP.
        depth = measure.params.get("cutoff") if who == "cwl_eval" else None
        asked = ir_measures.RBP(p=measure["p"], rel=measure["rel"]) if depth else measure
        if who == "gdeval":
            values.update(gdeval([measure], qrels, ordered))
            continue
        provider = {
            "trec_eval": ir_measures.pytrec_eval, "cwl_eval": ir_measures.cwl_eval, "trectools": ir_measures.trectools,
            "ir_measures": ir_measures.judged, "msmarco": ir_measures.msmarco,
        }[who]
        given = run if who == "trec_eval" else cut(ordered, depth)
        for figure in provider.iter_calc([asked], qrels, given):
            values[str(measure), figure.query_id] = figure.value
    for measure in measures:
        name = str(measure)
        each = [values.setdefault((name, query), 0.0) for query in queries]
        values[name, "all"] = sum(each) / len(each)
    return values
