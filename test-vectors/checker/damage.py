"""Whether the checker notices anything: vectors of each file are changed in one place at a time.

Another verdict and another output must always be noticed. Of the changed inputs of a file one must be at least: some bits say nothing,
as those that X25519 clears, or a MAC where only the form is looked at.
"""

import copy


def sample(vectors, verdict):
    """The first, the middle and the last with this verdict."""
    found = [vector for vector in vectors if vector["verdict"] == verdict]
    return [found[place] for place in sorted({0, len(found) // 2, len(found) - 1})] if found else []


def changed(value, part=1):
    """Another value of the same kind: of a text another character, at the front (0), in the middle or at the end (2)."""
    if isinstance(value, bool):
        return not value
    if value is None:
        return 0
    if isinstance(value, int):
        return value ^ 1
    if isinstance(value, str):
        place = max(len(value) - 1, 0) * part // 2
        return value[:place] + ("1" if value[place : place + 1] == "0" else "0") + value[place + 1 :]
    if isinstance(value, list):
        return [*value[:-1], changed(value[-1], part)] if value else [0]
    for name in value:
        return {**value, name: changed(value[name], part)}
    raise ValueError("nothing to change")


def variants(vector, side):
    """The vector with each field of its input or output changed, one at a time."""
    for name, value in vector[side].items():
        for part in range(3):
            other = copy.deepcopy(vector)
            other[side][name] = changed(value, part)
            yield name, other


def with_other_verdict(vector):
    other = {**vector, "verdict": "reject" if vector["verdict"] == "accept" else "accept"}
    return {**other, "output": {}} if other["verdict"] == "accept" else other


def notices(difference, vector):
    """A change of an input may make of it what no vector has, and whatever is raised then is noticed."""
    try:
        return difference(vector) is not None
    except Exception:
        return True


def check(files, difference):
    print(f"{'file':<48}{'verdicts':>9}{'outputs':>9}{'inputs noticed':>16}")
    for name, vectors in files:
        accepted, rejected = sample(vectors, "accept"), sample(vectors, "reject")
        for vector in accepted + rejected:
            if difference(with_other_verdict(vector)) is None:
                return f"{name}: {vector['name']}: the other verdict goes unnoticed"
        outputs = 0
        for vector in accepted:
            for field, other in variants(vector, "output"):
                outputs += 1
                if difference(other) is None:
                    return f"{name}: {vector['name']}: another {field} goes unnoticed"
        seen = [notices(difference, other) for vector in accepted for _, other in variants(vector, "input")]
        if not any(seen):
            return f"{name}: no change of an input is noticed"
        print(f"{name:<48}{len(accepted + rejected):>9}{outputs:>9}{f'{sum(seen)} of {len(seen)}':>16}")
    return None
