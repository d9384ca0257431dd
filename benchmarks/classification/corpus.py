"""Suggests for a generated Annif corpus of 50 MB, as a table and as JSON Lines, and for a tenth of it; prints the peak memory of each.

Usage: python3 benchmarks/classification/corpus.py BINARY MODEL [--megabytes N]
  MODEL   a model of the project's taxonomy, such as `sabil train` writes

A corpus that is read document by document needs the same memory whatever its size: what is printed last is the difference
between the large and the small one.
"""

import argparse
import json
import pathlib
import random
import tempfile

from beside_sklearn import measured

HERE = pathlib.Path(__file__).resolve().parent
PROJECT = HERE.parent.parent
WORDS = """cash transfer pension school meals health insurance poverty child grant older persons climate shock work programme
informal economy benefit coverage registry targeting household income disability maternity unemployment care women food""".split()


def documents(size, seed=1):
    """Texts of about 20 kB of the field's words and rare others, until they have `size` bytes."""
    generator = random.Random(seed)
    written = 0
    while written < size:
        words = [generator.choice(WORDS) if generator.random() < 0.7 else f"w{generator.randrange(50_000)}"
                 for _ in range(3_000)]
        text = " ".join(words)
        written += len(text)
        yield text


def write(path, size):
    uri = "http://example.org/none"
    with path.open("w") as file:
        for number, text in enumerate(documents(size)):
            if path.suffix == ".tsv":
                file.write(f"{text}\t<{uri}>\n")
            else:
                file.write(json.dumps({"document_id": str(number), "text": text, "subjects": [{"uri": uri}]}) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("binary")
    parser.add_argument("model")
    parser.add_argument("--megabytes", type=int, default=50)
    arguments = parser.parse_args()
    binary = str(pathlib.Path(arguments.binary).resolve())
    print("corpus\tMB\tdocuments\tpeak memory, MB\twall, s")
    with tempfile.TemporaryDirectory() as folder:
        for ending in ("tsv", "jsonl"):
            peaks = []
            for megabytes in (max(1, arguments.megabytes // 10), arguments.megabytes):
                path = pathlib.Path(folder) / f"corpus.{ending}"
                write(path, megabytes * 1_000_000)
                said, _, wall, _, memory = measured(
                    [binary, "suggest", str(path), "--model", arguments.model, "--taxonomy", str(PROJECT / "taxonomy"),
                     "--limit", "1", "--format", "json"])
                peaks.append(memory)
                size = path.stat().st_size / 1_000_000
                print(f"{ending}\t{size:.1f}\t{len(said.splitlines())}\t{memory:.0f}\t{wall:.1f}")
            print(f"{ending}\t\t\t{peaks[1] - peaks[0]:+.0f} of the large one")


if __name__ == "__main__":
    main()
