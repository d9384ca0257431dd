"""Writes README.md's tables from the *.tsv and the peers' reference figures beside them."""
import csv
import pathlib

here = pathlib.Path(__file__).parent


def rows(name):
    path = here / name
    if not path.exists():
        return []
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def ranking():
    reference = {row["collection"]: row for row in rows("reference-ranking.tsv")}
    yield "| collection | language | queries | **Sabil** nDCG@10 | R@100 | Lucene | difference (95 % interval) | p | tantivy | bm25s | FTS5 | Xapian |"
    yield "|---|---|---|---|---|---|---|---|---|---|---|---|"
    order = list(reference)
    for row in sorted(rows("ranking.tsv"), key=lambda r: order.index(r["collection"]) if r["collection"] in order else 99):
        peer = reference.get(row["collection"], {})
        difference = ""
        if row["difference"]:
            difference = f"{float(row['difference']):+.4f} ({float(row['low']):+.4f} … {float(row['high']):+.4f})"
        cells = [
            row["collection"], peer.get("language", ""), peer.get("queries", ""), f"**{row['nDCG@10']}**", row["R@100"],
            row["Lucene nDCG@10"] or peer.get("Lucene", ""), difference, row["p"], peer.get("tantivy", ""),
            peer.get("bm25s", ""), peer.get("FTS5", ""), peer.get("Xapian", ""),
        ]
        yield "| " + " | ".join(cells) + " |"


def expansion():
    yield "| collection | with the taxonomy | without | difference (95 % interval) | p |"
    yield "|---|---|---|---|---|"
    for row in rows("expansion.tsv"):
        interval = f"{float(row['difference']):+.4f} ({float(row['low']):+.4f} … {float(row['high']):+.4f})"
        yield "| " + " | ".join([row["collection"], row["with"], row["without"], interval, row["p"]]) + " |"


def ablation():
    """The mean over the collections of each language, and over the languages."""
    languages = ["en", "fr", "es", "ar"]
    yield "| left out | mean of the languages | " + " | ".join(languages) + " | collections worse, better (p < .05) |"
    yield "|---" * (3 + len(languages)) + "|"
    table = rows("ablation.tsv")
    for part in dict.fromkeys(row["part"] for row in table):
        own = [row for row in table if row["part"] == part]
        means = []
        for language in languages:
            differences = [float(row["difference"]) for row in own if row["language"] == language]
            means.append(sum(differences) / len(differences))
        shown = [float(row["difference"]) for row in own if float(row["p"]) < 0.05]
        cells = [part, f"**{sum(means) / len(means):+.4f}**"] + [f"{mean:+.4f}" for mean in means]
        cells.append(f"{sum(value < 0 for value in shown)}, {sum(value > 0 for value in shown)} of {len(own)}")
        yield "| " + " | ".join(cells) + " |"


def classification():
    reference = {row["collection"]: row for row in rows("reference-classification.tsv")}
    yield "| collection | **micro F1** | macro F1 | nDCG@5 | P@1 | P@3 | P@5 | F1@5 | seconds | best peer: micro F1, macro F1, nDCG@5 | other peers, micro F1 |"
    yield "|---|---|---|---|---|---|---|---|---|---|---|"
    for row in rows("classification.tsv"):
        peer = reference.get(row["collection"])
        best = f"{peer['best peer']}: {peer['micro F1']}, {peer['macro F1']}, {peer['nDCG@5']}" if peer else "not measured"
        cells = [
            row["collection"], f"**{row['micro F1']}**", row["macro F1"], row["nDCG@5"], row["P@1"], row["P@3"],
            row["P@5"], row["F1@5"], row["seconds"], best, peer["others (micro F1)"] if peer else "",
        ]
        yield "| " + " | ".join(cells) + " |"


def transfer():
    """Micro F1 by collection: a row a language learnt from, a column a language asked."""
    for name in sorted({row["collection"] for row in rows("transfer.tsv")}):
        own = [row for row in rows("transfer.tsv") if row["collection"] == name]
        asked = list(dict.fromkeys(row["asked"] for row in own))
        yield f"| {name}, learnt from | lines | " + " | ".join(f"asked {language}" for language in asked) + " |"
        yield "|---" * (2 + len(asked)) + "|"
        for learnt in dict.fromkeys(row["learnt from"] for row in own):
            cells = {row["asked"]: row for row in own if row["learnt from"] == learnt}
            figures = [f"{float(cells[language]['micro F1']):.3f}" for language in asked]
            yield f"| {learnt} | {next(iter(cells.values()))['lines']} | " + " | ".join(figures) + " |"
        yield ""


def fixtures_ranking():
    yield "| part | queries | expansion | nDCG@10 | AP@100 | R@100 | Judged@10 |"
    yield "|---|---|---|---|---|---|---|"
    table = {}
    for row in rows("fixtures-ranking.tsv"):
        table.setdefault((row["part"], row["group"], row["expand"]), {})[row["measure"]] = row["value"]
    for (part, group, expand), values in sorted(table.items(), key=lambda item: (item[0][0], item[0][1] != "all")):
        cells = [part, group, expand] + [values[name] for name in ("nDCG@10", "AP@100", "R@100", "Judged@10")]
        yield "| " + " | ".join(cells) + " |"


def fixtures_paired():
    yield "| expansion | queries | measure | value | none | difference (95 % interval) | p |"
    yield "|---|---|---|---|---|---|---|"
    for row in rows("fixtures-paired.tsv"):
        interval = f"{float(row['difference']):+.4f} ({float(row['low']):+.4f} … {float(row['high']):+.4f})"
        cells = [row["expand"], row["group"], row["measure"], row["value"], row["none"], interval, row["p"]]
        yield "| " + " | ".join(cells) + " |"


def fixtures_classification():
    yield "| split | part | records | number | micro F1 | macro F1 | nDCG@5 | F1@5 |"
    yield "|---|---|---|---|---|---|---|---|"
    for row in rows("fixtures-classification.tsv"):
        yield "| " + " | ".join(row.values()) + " |"


def zones():
    yield "| collection | wanted | reached (95 % interval) | assigned | asked | of the labels: found by the machine | by people |"
    yield "|---|---|---|---|---|---|---|"
    for row in rows("zones.tsv"):
        if row["group"] != "all" or row["wanted"] not in ("0.8", "0.9", "0.95", "0.98"):
            continue
        reached = f"{row['reached']} ({row['low']} … {row['high']})"
        cells = [row["collection"], row["wanted"], reached, row["assigned"], row["asked"], row["found by machine"], row["found by people"]]
        yield "| " + " | ".join(cells) + " |"


def main():
    readme = here / "README.md"
    text = readme.read_text(encoding="utf-8")
    blocks = {
        "ranking": ranking(), "ablation": ablation(), "expansion": expansion(), "classification": classification(), "zones": zones(), "transfer": transfer(),
        "fixtures-ranking": fixtures_ranking(),
        "fixtures-paired": fixtures_paired(), "fixtures-classification": fixtures_classification(),
    }
    for name, lines in blocks.items():
        begin, end = f"<!-- {name}:begin -->\n", f"<!-- {name}:end -->"
        head, rest = text.split(begin)
        text = head + begin + "\n".join(lines) + "\n" + end + rest.split(end, 1)[1]
    readme.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
