"""Kinds and owners of actors: what people write for them, and the terms used here.

All of it stands in ``kind_words.yaml``.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Any

from regions.schema.word_files import read_words
from regions.words import Words


@cache
def _read() -> Mapping[str, Any]:
    found: Mapping[str, Any] = read_words("regions.schema", "kind_words.yaml")
    return found


@cache
def list_kinds() -> Mapping[str, Words]:
    """Return kind of an actor -> its name."""
    return MappingProxyType({kind: Words(kind, facts["zh"]) for kind, facts in _read()["kinds"].items()})


@cache
def list_owners() -> Mapping[str, Words]:
    """Return ownership of an actor -> its name."""
    return MappingProxyType({owner: Words(owner, facts["zh"]) for owner, facts in _read()["ownership"].items()})


def map_kind(word: str) -> str | None:
    """Return the kind that a word means (国有企业 is an ``enterprise``), None where it is unknown.

    Examples
    --------
    >>> [map_kind(word) for word in ("国有企业", "大专院校", "新型研发机构", "个人", "怪物")]
    ['enterprise', 'university', 'institute', 'person', None]
    """
    return _map(word, "kinds", "rules") or ("enterprise" if map_ownership(word) else None)


def map_ownership(word: str) -> str | None:
    """Return the ownership that a word for a kind or an owner tells (国有企业 is ``state``), None where it tells none.

    Examples
    --------
    >>> [map_ownership(word) for word in ("国有企业", "民营", "高校")]
    ['state', 'private', None]
    """
    return _map(word, "ownership", "ownership_rules")


def _map(word: str, table: str, rules: str) -> str | None:
    plain = _fold(word)
    if not plain:
        return None
    whole = _list_words(table).get(plain)
    return whole or next((term for term, parts in _list_rules(rules) if any(part in plain for part in parts)), None)


@cache
def _list_words(table: str) -> Mapping[str, str]:
    known = {_fold(word): term for term, facts in _read()[table].items() for word in facts["words"]}
    return MappingProxyType(known | {term: term for term in _read()[table]})


def _list_rules(rules: str) -> Sequence[tuple[str, Sequence[str]]]:
    found: Sequence[tuple[str, Sequence[str]]] = _read()[rules]
    return found


def _fold(word: str) -> str:
    return "".join(unicodedata.normalize("NFKC", word).split()).casefold()
