"""Reproduces every vector of this folder without any of cliquet's code; see ../README.md.

`python3 test-vectors/checker` ends with 1 at the first difference, and where a file is not covered. With `--damage` it changes the
vectors, one place at a time, and ends with 1 where a change goes unnoticed. With `--reasons` it tells why each rejected vector is refused.
"""

import json
import sys
import time
from pathlib import Path

sys.dont_write_bytecode = True

import damage
import inputs
from basics import Refused
from kinds import KINDS

FOLDER = Path(__file__).resolve().parent.parent
NO_VECTORS = {"checker", "schema"}


def same(found, expected):
    """Equal, and of the same type: 1 is not true."""
    return json.dumps(found, sort_keys=True) == json.dumps(expected, sort_keys=True)


def outcome_of(vector):
    return inputs.plain(KINDS[vector["kind"]](inputs.read(vector)))


def difference(vector):
    """What is wrong with a vector, or None."""
    try:
        outcome = outcome_of(vector)
    except Refused as refusal:
        return None if vector["verdict"] == "reject" else f"refused: {refusal}"
    if vector["verdict"] != "accept":
        return f"not refused, but {outcome}"
    for name, expected in vector["output"].items():
        if name not in outcome:
            return f"{name} is not computed"
        if not same(outcome[name], expected):
            return f"{name} is {outcome[name]}"
    return None


def files():
    """Every file of vectors; that there is no other file is for the schemas to say."""
    for path in sorted(FOLDER.rglob("*.json")):
        if path.relative_to(FOLDER).parts[0] not in NO_VECTORS:
            yield path.relative_to(FOLDER).as_posix(), json.loads(path.read_text())["vectors"]


def check():
    totals, kinds = [0, 0, 0], set()
    print(f"{'file':<48}{'vectors':>8}{'reproduced':>12}{'refused':>9}{'seconds':>9}")
    for name, vectors in files():
        start = time.monotonic()
        counts = {"accept": 0, "reject": 0}
        for vector in vectors:
            if vector["kind"] not in KINDS:
                return f"{name}: nothing checks the kind {vector['kind']}"
            wrong = difference(vector)
            if wrong:
                return f"{name}: {vector['name']}: {wrong}"
            counts[vector["verdict"]] += 1
            kinds.add(vector["kind"])
        row = [len(vectors), counts["accept"], counts["reject"]]
        if not row[1]:
            return f"{name} has nothing to be reproduced"
        totals = [total + count for total, count in zip(totals, row)]
        print(f"{name:<48}{row[0]:>8}{row[1]:>12}{row[2]:>9}{time.monotonic() - start:>9.2f}")
    print(f"{'all':<48}{totals[0]:>8}{totals[1]:>12}{totals[2]:>9}")
    missing = KINDS.keys() - kinds
    return f"no vector is of the kinds {sorted(missing)}" if missing else None


def tell_reasons():
    for name, vectors in files():
        for vector in vectors:
            try:
                outcome_of(vector)
            except Refused as refusal:
                print(f"{name}: {vector['name']}: {refusal}")


def main(arguments):
    actions = {(): check, ("--damage",): lambda: damage.check(files(), difference), ("--reasons",): tell_reasons}
    action = actions.get(tuple(arguments))
    return action() if action else f"{arguments} is none of the options --damage and --reasons"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
