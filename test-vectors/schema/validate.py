"""Validates every file of test vectors against the schema of its kind; see ../README.md.

`python3 test-vectors/schema/validate.py`, with the package `jsonschema`. A file that is no vectors, a kind without a schema, a
schema without a file and a file without its row in the README are errors.
"""

import json
import sys
from pathlib import Path

from jsonschema import Draft202012Validator
from referencing import Registry, Resource

SCHEMAS = Path(__file__).resolve().parent
FOLDER = SCHEMAS.parent
COMMON = "common.json"
BESIDE = {"README.md", "checker", "schema"}


def no_duplicates(pairs):
    names = [name for name, _ in pairs]
    if len(set(names)) < len(names):
        raise ValueError(f"a field twice: {names}")
    return dict(pairs)


def read(path):
    return json.loads(path.read_text(), object_pairs_hook=no_duplicates)


def row(name, kind, file):
    """The row of a file in the README."""
    verdicts = [vector["verdict"] for vector in file["vectors"]]
    made_by, *_ = file["provenance"]["made_by"].split(",")
    compared_with = ", ".join(file["provenance"]["compared_with"]) or "-"
    counts = f"{verdicts.count('accept')} | {verdicts.count('reject')}"
    return f"| `{name}` | [`{kind}`](schema/{kind}.json) | {counts} | {made_by} | {compared_with} |"


def problems(path, schemas, registry, seen):
    """What is wrong with one file."""
    name = path.relative_to(FOLDER).as_posix()
    if path.suffix != ".json":
        yield f"{name} is no file of vectors"
        return
    try:
        file = read(path)
        kinds = {vector["kind"] for vector in file["vectors"]}
        names = [vector["name"] for vector in file["vectors"]]
    except (ValueError, KeyError, TypeError) as error:
        yield f"{name}: {error!r}"
        return
    if len(set(names)) < len(names):
        yield f"{name}: two vectors have one name"
    if len(kinds) != 1 or not kinds <= schemas.keys():
        yield f"{name}: no schema is that of {sorted(kinds)}"
        return
    (kind,) = kinds
    if name not in schemas[kind]["title"].split(", "):
        yield f"{name}: the schema of {kind} is of another file"
    seen.add(kind)
    errors = list(Draft202012Validator(schemas[kind], registry=registry).iter_errors(file))
    for error in errors:
        yield f"{name}: {'/'.join(map(str, error.absolute_path))}: {error.message[:300]}"
    if not errors and row(name, kind, file) not in (FOLDER / "README.md").read_text().splitlines():
        yield f"{name}: the README lacks the row\n{row(name, kind, file)}"


def main():
    schemas = {path.stem: read(path) for path in SCHEMAS.glob("*.json")}
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)
    registry = Registry().with_resource(COMMON, Resource.from_contents(schemas.pop("common")))
    paths = sorted(path for path in FOLDER.rglob("*") if path.is_file() and path.relative_to(FOLDER).parts[0] not in BESIDE)
    seen = set()
    found = [problem for path in paths for problem in problems(path, schemas, registry, seen)]
    found += [f"no file is of the kind {kind}, which has a schema" for kind in sorted(schemas.keys() - seen)]
    if not paths:
        found.append("no files were found")
    print("\n".join(found) or f"{len(paths)} files are as their {len(schemas)} schemas say")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
