#!/usr/bin/env python3
"""Pools six rankings of the records for every query and prints what nobody has judged yet.

Usage: corpus-fixtures/search/pool.py BINARY [--depth 15] [--all]
Prints query, record, and the rankings that brought it, with tabs between; --all prints judged ones too.
Needs scikit-learn. Three rankings are the engine's (expansion none, labels, concepts); three know nothing of it: BM25 over
folded words, the cosine of character n-grams, and latent semantics over whole works, which relates the languages through
the works that stand in several.
"""

import argparse
import collections
import json
import pathlib
import re
import subprocess
import tempfile
import unicodedata

import numpy
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.preprocessing import normalize

arguments = argparse.ArgumentParser()
arguments.add_argument("binary")
arguments.add_argument("--depth", type=int, default=15)
arguments.add_argument("--all", action="store_true")
options = arguments.parse_args()
root = pathlib.Path(__file__).resolve().parent.parent
files = [root / "records" / f"{language}.jsonl" for language in ("en", "fr", "es", "ar")]
records = [json.loads(line) for file in files for line in file.open()]
names = [record["id"] for record in records]
queries = [json.loads(line) for line in (root / "search/queries.jsonl").open()]
pool = collections.defaultdict(lambda: collections.defaultdict(list))


def fold(text):
    """Lower case without marks, and one letter for those that Arabic writers exchange."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    return bare.translate(str.maketrans("أإآىةؤئ", "ااايهوي"))


def add(ranking, scores):
    """Takes the best of each row of scores; zeros are no hits."""
    for query, row in zip(queries, scores):
        for place in numpy.argsort(-row, kind="stable")[: options.depth]:
            if row[place] > 0:
                pool[query["_id"]][names[place]].append(ranking)


with tempfile.TemporaryDirectory() as work:
    for expand in ("none", "labels", "concepts"):
        run = f"{work}/{expand}.trec"
        subprocess.run(
            [options.binary, "eval", "rank", "--queries", root / "search/queries.jsonl", "--run", run]
            + ["--taxonomy", root.parent / "taxonomy", "--top", str(options.depth), "--expand", expand, "--records"]
            + files,
            check=True,
        )
        for line in open(run):
            query, _, record, *_ = line.split()
            pool[query][record].append(expand)

asked = [fold(query["text"]) for query in queries]
texts = [fold(" ".join([r["title"], r["title"], r.get("abstract", ""), r.get("body", "")])) for r in records]

words = CountVectorizer(token_pattern=r"\w+")
counts = words.fit_transform(texts).tocsc().astype(float)
lengths = numpy.asarray(counts.sum(1)).ravel()
holders = numpy.diff(counts.indptr)
rarity = numpy.log(1 + (len(records) - holders + 0.5) / (holders + 0.5))
scores = numpy.zeros((len(queries), len(records)))
for row, text in enumerate(asked):
    for word in set(re.findall(r"\w+", text)) & words.vocabulary_.keys():
        column = words.vocabulary_[word]
        span = slice(counts.indptr[column], counts.indptr[column + 1])
        holding, often = counts.indices[span], counts.data[span]
        norm = 0.9 * (0.25 + 0.75 * lengths[holding] / lengths.mean())
        scores[row, holding] += rarity[column] * often * 1.9 / (often + norm)
add("bm25", scores)

grams = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, min_df=2)
add("characters", (grams.fit_transform(texts) @ grams.transform(asked).T).T.toarray())

works = collections.defaultdict(list)
for record, text in zip(records, texts):
    labels = " ".join(tag["id"].replace("-", "_") for tag in record["concepts"])
    works[record["uuid"]].append(f"{text} {labels}")
terms = TfidfVectorizer(token_pattern=r"\w+", sublinear_tf=True)
space = TruncatedSVD(150, random_state=1).fit(terms.fit_transform([" ".join(parts) for parts in works.values()]))


def place(group):
    return normalize(space.transform(terms.transform(group)))


add("latent", place(asked) @ place(texts).T)

judged = {tuple(line.split()[0:3:2]) for line in (root / "search/qrels/all.trec").open()}
for query in queries:
    for record, rankings in sorted(pool[query["_id"]].items()):
        if options.all or (query["_id"], record) not in judged:
            print(query["_id"], record, ",".join(rankings), sep="\t")
