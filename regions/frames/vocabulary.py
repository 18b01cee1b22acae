"""Words about regions of China that no table of regions holds: former names, short forms, what is no region.

They stand in ``place_names.yaml``; the names of countries in ``countries.csv``.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from regions.schema.word_files import read_words
from regions.words import Words


@dataclass(frozen=True, slots=True)
class FormerName:
    """A name that a region had.

    Attributes
    ----------
    code
        The region of today.
    year
        The last year of the name.
    how
        ``renamed``: the same area; ``merged``: it went into a larger region; ``split``: most of it did.
    own
        The code that it had, where it was merged or split: its statistics are its own.
    """

    code: str
    year: int
    how: str
    own: str = ""


@cache
def _read() -> Mapping[str, Any]:
    found: Mapping[str, Any] = read_words("regions.frames", "place_names.yaml")
    return found


@cache
def list_former_names() -> Mapping[str, FormerName]:
    """Return former name, without the word for the kind of region -> the region of today."""
    return MappingProxyType({name: FormerName(*facts) for name, *facts in _read()["former"]})


@cache
def list_merged_codes() -> frozenset[str]:
    """Return the codes of regions that were merged into others or split."""
    return frozenset(each.own for each in list_former_names().values() if each.own)


@cache
def list_short_names() -> Mapping[str, str]:
    """Return short form, such as 巴州 -> code."""
    return MappingProxyType(dict(_read()["short"]))


@cache
def list_province_characters() -> Mapping[str, str]:
    """Return the one character of a province, such as 沪 -> code; for questions, not for tables of data."""
    return MappingProxyType(dict(_read()["characters"]))


@cache
def list_old_codes() -> Mapping[str, str]:
    """Return a code that is no longer in use, or means the city of a municipality -> code of today."""
    return MappingProxyType(dict(_read()["codes"]))


@cache
def list_left_out() -> Mapping[str, str]:
    """Return a word that stands among regions and is none, folded -> ``total``, ``country``, ``part`` or ``others``."""
    return MappingProxyType({str(word): kind for kind, words in _read()["left_out"].items() for word in words})


@cache
def list_set_names() -> Mapping[str, str]:
    """Return the name of a set of the embedded studies -> its usual name in Chinese."""
    return MappingProxyType({key: names[0] for key, names in _read()["groups"].items()})


@cache
def list_reasons() -> Mapping[str, Words]:
    """Return ``total``, ``country``, ``part``, ``others``, ``note``, ``abroad`` -> what such a word is."""
    return MappingProxyType({kind: Words(*texts) for kind, texts in _read()["reasons"].items()})


@cache
def list_note_beginnings() -> tuple[str, ...]:
    """Return what the cell of a note begins with."""
    return tuple(_read()["notes"])


@cache
def list_levels() -> Mapping[str, str]:
    """Return a word for a level -> ``country``, ``province``, ``prefecture`` or ``county``."""
    return MappingProxyType({str(word): level for level, words in _read()["levels"].items() for word in words})


@cache
def list_group_names() -> Mapping[str, str]:
    """Return a Chinese name -> the group of the embedded studies that it means (长三角 -> ``yangtze-delta``)."""
    return MappingProxyType({str(word): group for group, words in _read()["groups"].items() for word in words})


@cache
def find_simplified() -> Mapping[int, str]:
    """Return a table for ``str.translate``: traditional characters of names of regions to simplified ones."""
    return MappingProxyType({ord(pair[0]): pair[1] for pair in _read()["traditional"].split()})


@cache
def list_countries() -> tuple[Mapping[str, str], ...]:
    """Return the countries of ISO 3166-1 and 3166-3, each with ``code``, ``name``, ``name_zh`` and ``spellings``."""
    text = files("regions.frames").joinpath("countries.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


@cache
def list_country_names() -> frozenset[str]:
    """Return the usual names of countries in English and Chinese, folded for case."""
    return frozenset(row[column].casefold() for row in list_countries() for column in ("name", "name_zh"))
