"""A reader of JSON that keeps what Python's own forgets: which fields came twice, and how numbers were written."""

import json

from basics import Refused, need


class Pairs(list):
    """An object as the list of its fields."""


class OtherNumber(str):
    """A number that is no plain integer, as its text."""


def integer(text):
    """An integer of any size; minus zero is none."""
    return OtherNumber(text) if text == "-0" else int(text) if len(text) < 40 else OtherNumber(text)


def read(text):
    try:
        return json.loads(
            text, object_pairs_hook=Pairs, parse_int=integer, parse_float=OtherNumber, parse_constant=no_number
        )
    except (json.JSONDecodeError, RecursionError):
        raise Refused("no JSON") from None


def no_number(text):
    raise Refused(f"{text} is no JSON")


def pairs_of(value):
    need(isinstance(value, Pairs), "no object")
    return value
