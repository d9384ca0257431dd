"""Trains on 18,000 generated records and suggests with the model; prints time, memory, latency, and the ratio to scikit-learn.

Usage: python3 benchmarks/classification/size.py BINARY [--records N] [--concepts all|200] [--beside] [--keep FOLDER]
  --concepts all   the concepts that generated records bear (145 of 18,000): `sabil train` with the project's taxonomy
  --concepts 200   the most frequent of them parted in two by the kind of record until there are 200: `sabil eval classify`
  --beside         also scikit-learn's LinearSVC on the same texts and labels, in the same run
  --keep           a folder for records and model, used again if they are there

Run it on a quiet machine: seconds on the wall are what is asked for (60 s and 1 GB on two cores; 1 s to load; 5 ms a record).
"""

import argparse
import collections
import json
import os
import pathlib
import sys
import tempfile

from beside_sklearn import measured

HERE = pathlib.Path(__file__).resolve().parent
PROJECT = HERE.parent.parent


def generated(binary, folder, count):
    path = folder / f"records-{count}.jsonl"
    if not path.exists():
        text, *_ = measured([binary, "fixtures", "generate", "--count", str(count), "--seed", "1",
                             "--like", str(PROJECT / "corpus-fixtures/records"), "--taxonomy", str(PROJECT / "taxonomy")])
        path.write_text(text)
    return path


def parted(records, wanted):
    """Labelled lines in which the most frequent concepts are two labels each, by the kind of record, until there are `wanted`."""
    counts = collections.Counter(c["id"] for r in records for c in r["concepts"])
    kinds = sorted({r["type"] for r in records})
    halves = [name for name, _ in counts.most_common(max(0, wanted - len(counts)))]
    for record in records:
        second = kinds.index(record["type"]) % 2 == 1
        labels = [c["id"] + (".second" if second and c["id"] in halves else "") for c in record["concepts"]]
        yield {"_id": record["id"], "title": record["title"], "text": record["abstract"], "lang": record["language"],
               "labels": labels}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("binary")
    parser.add_argument("--records", type=int, default=18_000)
    parser.add_argument("--concepts", choices=["all", "200"], default="all")
    parser.add_argument("--beside", action="store_true")
    parser.add_argument("--keep")
    arguments = parser.parse_args()
    binary = str(pathlib.Path(arguments.binary).resolve())
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(arguments.keep or temporary)
        folder.mkdir(parents=True, exist_ok=True)
        records = generated(binary, folder, arguments.records)
        taxonomy = str(PROJECT / "taxonomy")
        entries = [json.loads(line) for line in records.open()]
        probe = folder / "probe.jsonl"
        probe.write_text("".join(json.dumps(entry) + "\n" for entry in entries[:500]))
        lines = folder / "lines.jsonl"
        lines.write_text("".join(json.dumps(line) + "\n" for line in parted(
            [e for e in entries if e.get("concepts")], 200 if arguments.concepts == "200" else 0)))
        asked = folder / "asked.jsonl"
        asked.write_text("".join(lines.open().readlines()[:500]))
        model = folder / f"model-{arguments.concepts}"
        if arguments.concepts == "all":
            command = [binary, "train", str(records), "--taxonomy", taxonomy, "--model", str(model),
                       "--index", str(folder / "index"), "--decisions", str(folder / "decisions.sqlite")]
        else:
            names = folder / "names.tsv"
            labels = sorted({label for line in lines.open() for label in json.loads(line)["labels"]})
            names.write_text("id\ten\n" + "".join(f"{n}\t{n.replace('-', ' ').replace('.', ' ')}\n" for n in labels))
            command = [binary, "eval", "classify", "--train", str(lines), "--test", str(asked), "--taxonomy", str(names),
                       "--words", taxonomy, "--suggestions", str(folder / "suggestions.jsonl"), "--model", str(model)]
        _, said, wall, cpu, memory = measured(command)
        print(f"training: wall {wall:.1f} s, CPU {cpu:.1f} s, memory {memory:.0f} MB, {os.cpu_count()} cores")
        print("\n".join("  " + line for line in said.strip().splitlines()))
        text, *_ = measured([binary, "eval", "speed", "--suggest", str(probe), "--model", str(model), "--taxonomy", taxonomy])
        speed = json.loads(text)
        print(f"loading: wall {speed['load_seconds']:.2f} s, CPU {speed['load_cpu_seconds']:.2f} s; {speed['concepts']:.0f} concepts")
        print(f"suggestion: CPU {speed['cpu_ms_a_record']:.2f} ms a record; wall p50 {speed['p50_ms']:.2f}, "
              f"p99 {speed['p99_ms']:.2f} ms; ten concepts with evidence")
        if arguments.beside:
            text, _, own_wall, own_cpu, own_memory = measured(
                [sys.executable, str(HERE / "beside_sklearn.py"), "--peer", str(lines), str(asked)])
            trained, asking, _ = map(float, text.split())
            print(f"LinearSVC: training {trained:.1f} s, CPU of the process {own_cpu:.1f} s, memory {own_memory:.0f} MB, "
                  f"suggestion {asking:.2f} ms")
            print(f"ratio Sabil / LinearSVC: CPU {cpu / own_cpu:.2f}, memory {memory / own_memory:.2f}, "
                  f"suggestion {speed['cpu_ms_a_record'] / asking:.2f}")


if __name__ == "__main__":
    main()
