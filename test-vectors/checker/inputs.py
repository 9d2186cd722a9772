"""The inputs of vectors as the kinds want them: what the schema of the kind calls bytes is given as bytes, all else as it is."""

import json
from functools import cache
from pathlib import Path

SCHEMAS = Path(__file__).resolve().parent.parent / "schema"
BYTES = "common.json#/$defs/bytes"


@cache
def schema_of(kind):
    """The schema of a kind's input; its output has the other one."""
    schema = json.loads((SCHEMAS / f"{kind}.json").read_text())
    return schema["properties"]["vectors"]["items"]["properties"]["input"]


def convert(value, schema):
    if schema.get("$ref", "").startswith(BYTES):
        return bytes.fromhex(value)
    if isinstance(value, list):
        return [convert(item, schema["items"]) for item in value]
    if isinstance(value, dict) and "properties" in schema:
        return {name: convert(field, schema["properties"][name]) for name, field in value.items()}
    return value


def read(vector):
    return convert(vector["input"], schema_of(vector["kind"]))


def plain(value):
    """Bytes as the files have them, in hex."""
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, dict):
        return {name: plain(field) for name, field in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value
