#!/usr/bin/env python3
"""Ten suggestions with their evidence, for records the model has not seen: writes docs/suggestions.md.

Usage: benchmarks/effectiveness/suggestions.py BINARY
The records are those of the test part of the split by date whose ids have the least SHA-256: three English and French ones,
two Spanish and Arabic ones. Model and index hold the other parts alone. What a language model in a
curator's place said of each record, with the record's own concepts in view, stands in suggestions-read.tsv beside this script; a
remark whose suggestions have changed since is left out.
"""
import csv, hashlib, json, os, subprocess, sys, tempfile

WANTED = {"en": 3, "fr": 3, "es": 2, "ar": 2}
LANGUAGES = {"en": "English", "fr": "French", "es": "Spanish", "ar": "Arabic"}
SHOWN = 5
here = os.path.dirname(os.path.abspath(__file__))
root = os.path.dirname(os.path.dirname(here))


def run(*arguments):
    done = subprocess.run(arguments, cwd=root, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(arguments[:2])} failed: {done.stderr}")
    return done.stdout


def isolated(text):
    return f"<bdi>{text.replace('&', '&amp;').replace('<', '&lt;')}</bdi>"


def records():
    for language in WANTED:
        with open(f"{root}/corpus-fixtures/records/{language}.jsonl") as file:
            for line in file:
                yield json.loads(line), line


def evidence(suggestion):
    spoken = [e for e in suggestion["evidence"] if e["kind"] not in ("rest", "prior")]
    words = [f"{isolated(e['term'])} {e['contribution']:+.2f}" for e in spoken[:5]]
    return ", ".join(words)


def near(suggestion):
    found = suggestion.get("nearest") or []
    if not found:
        return "none is like it"
    first = found[0]
    shared = ", ".join(isolated(word) for word in first["shared"][:4])
    return f"{isolated(first['title'])} ({first['language']}, {first['likeness']:.2f}: {shared})"


def main():
    binary = os.path.realpath(sys.argv[1])
    with open(f"{root}/corpus-fixtures/labels/splits.tsv") as file:
        part = {row["id"]: row["by_date"] for row in csv.DictReader(file, delimiter="\t")}
    remarks = {}
    path = f"{here}/suggestions-read.tsv"
    if os.path.exists(path):
        with open(path) as file:
            remarks = {row["id"]: row for row in csv.DictReader(file, delimiter="\t")}
    known, held = [], {language: [] for language in WANTED}
    for record, line in records():
        if part.get(record["id"]) == "test":
            if record.get("concepts"):
                held[record["language"]].append((hashlib.sha256(record["id"].encode()).hexdigest(), record, line))
        else:
            known.append(line)
    chosen = [entry for language in WANTED for entry in sorted(held[language], key=lambda e: e[0])[: WANTED[language]]]
    with tempfile.TemporaryDirectory() as work:
        places = ["--model", f"{work}/model", "--index", f"{work}/index", "--decisions", f"{work}/none.sqlite"]
        with open(f"{work}/known.jsonl", "w") as file:
            file.writelines(known)
        with open(f"{work}/chosen.jsonl", "w") as file:
            file.writelines(entry[2] for entry in chosen)
        run(binary, "train", f"{work}/known.jsonl", *places)
        run(binary, "index", f"{work}/known.jsonl", *places)
        told = run(
            binary, "suggest", "--explain", "--limit", "20", "--format", "json", f"{work}/chosen.jsonl", *places)
    answers = [json.loads(line) for line in told.splitlines()]
    page = [
        "# Ten suggestions, read as a curator would",
        "",
        "Made by `benchmarks/effectiveness/suggestions.py`, from records of the fixtures that the model has not seen "
        f"(it learnt from {len(known)} others). Which records these are is settled by a digest of their ids, not by hand. ✓ is "
        "what the machine would assign by itself; *curator* says whether the record carries the concept or population group in the fixtures. "
        "Numbers behind words are what each added to the score, in logits. The nearest record is the one most like the text "
        "among those that people gave the concept. The remarks under **Read** are of a language model in a curator's place, with the "
        "record's own concepts in view; no person has looked at them, and the Arabic ones need a native reader most.",
        "",
    ]
    right = assigned = labels = 0
    for (_, record, _), answer in zip(chosen, answers):
        gold = {tag["id"] for tag in record["concepts"]} | set(record.get("population_groups", []))
        shown = [s for s in answer["suggestions"] if s["selected"]]
        shown += [s for s in answer["suggestions"] if not s["selected"]][: max(0, SHOWN - len(shown))]
        chosen_labels = [s["concept"] for s in shown if s["selected"]]
        assigned += len(chosen_labels)
        right += len(gold.intersection(chosen_labels))
        labels += len(gold)
        page += [f"## {record['id']} ({LANGUAGES[record['language']]}): {isolated(record['title'])}", ""]
        opening = " ".join(record.get("abstract", "").split())
        page += [f"{isolated(opening[:300] + ('…' if len(opening) > 300 else ''))}", ""]
        page += ["| | concept | confidence | zone | curator | words and names that spoke | nearest record with the concept |"]
        page += ["|---|---|---|---|---|---|---|"]
        for s in shown:
            page.append(
                f"| {'✓' if s['selected'] else ''} | {s['label']} | {s['confidence']:.2f} | {s['zone']} | "
                f"{'yes' if s['concept'] in gold else 'no'} | {evidence(s)} | {near(s)} |")
        listed = {s["concept"] for s in shown}
        missed = sorted(gold - listed)
        if missed:
            page += ["", f"On the record and not above: {', '.join(missed)}."]
        remark = remarks.get(record["id"])
        if remark and remark["assigned"] == " ".join(chosen_labels):
            page += ["", f"**Read:** {remark['remark']}"]
        page.append("")
    page += [
        f"Of {assigned} concepts that the machine would have assigned to the ten, {right} are on the records; the records carry "
        f"{labels}. Ten records show what suggestions look like, not how good they are: for that see "
        "[the figures](../benchmarks/effectiveness/README.md).",
        "",
    ]
    with open(f"{root}/docs/suggestions.md", "w") as file:
        file.write("\n".join(page))


main()
