#!/usr/bin/python3
"""Writes the indexes and models of this folder anew.

Usage: corpus-fixtures/formats/make.py BINARY
Needs Debian's python3-xapian. Afterwards compare expected.tsv, and run scripts/check-manifest.sh --write.
"""

import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

import xapian

binary = pathlib.Path(sys.argv[1]).resolve()
here = pathlib.Path(__file__).resolve().parent


def sabil(*arguments):
    subprocess.run([binary, *map(str, arguments)], check=True, stdout=subprocess.DEVNULL)


def copy(source, name):
    """A copy under this folder; whatever was there goes."""
    target = here / name
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target)
    (target / "flintlock").unlink(missing_ok=True)
    return target


def with_metadata(source, name, key, value):
    target = copy(source, name)
    database = xapian.WritableDatabase(str(target), xapian.DB_OPEN)
    database.set_metadata(key, value)
    database.close()
    (target / "flintlock").unlink(missing_ok=True)


def changed(source, name, file, change):
    path = copy(source, name) / file
    path.write_bytes(change(path.read_bytes()))


with tempfile.TemporaryDirectory() as work:
    index, models = f"{work}/index", f"{work}/models"
    common = ["--taxonomy", here / "taxonomy", "--decisions", f"{work}/none.sqlite", "--index", index]
    sabil("index", "--rebuild", *common, here / "records.jsonl")
    sabil("train", "--model", models, *common, here / "records.jsonl")
    name = pathlib.Path(models, "current").read_text().strip()
    model = pathlib.Path(models, name)

    copy(index, "index/4")
    with_metadata(index, "index/99", "sabil.schema", "99")
    with_metadata(index, "index/other-analyzer", "sabil.analyzer", "feedfacefeedface")
    with_metadata(index, "index/not-ours", "sabil.schema", "")
    changed(index, "broken-index/cut-postings", "postlist.glass", lambda data: data[: len(data) // 2])
    changed(index, "broken-index/wrong-magic", "iamglass", lambda data: b"\0" * 14 + data[14:])
    changed(index, "broken-index/empty-version", "iamglass", lambda data: b"")
    (copy(index, "broken-index/no-postings") / "postlist.glass").unlink()

    def store(folder, change=lambda path: None):
        """A store of models with this one model, changed."""
        shutil.rmtree(here / folder, ignore_errors=True)
        shutil.copytree(models, here / folder)
        change(here / folder / name)

    def manifest(key, value):
        def change(path):
            content = json.loads((path / "manifest.json").read_text())
            content[key] = value
            (path / "manifest.json").write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n")

        return change

    def weights(edit):
        def change(path):
            file = path / "weights.bin"
            file.write_bytes(edit(file.read_bytes()))

        return change

    store("model/1")
    store("model/99", manifest("format", 99))
    store("model/other-analyzer", manifest("analyzer", "feedfacefeedface"))
    store("broken-model/cut-weights", weights(lambda data: data[: len(data) // 8]))
    store("broken-model/wrong-magic", weights(lambda data: b"ZIP!" + data[4:200]))
    store("broken-model/bent-weights", weights(lambda data: data[:5000] + bytes([data[5000] ^ 0x40]) + data[5001:]))
    store("broken-model/no-weights", lambda path: (path / "weights.bin").unlink())
    store("broken-model/half-a-manifest", lambda path: (path / "manifest.json").write_text('{"format": 1, "id": "'))
    # Those refused before the weights are read need none.
    for folder in ("model/99", "model/other-analyzer", "broken-model/half-a-manifest"):
        (here / folder / name / "weights.bin").write_bytes(b"")
