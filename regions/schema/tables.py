"""The canonical tables and settings: what a column holds, the headers people give it, what it means.

All of it stands in ``tables.yaml``, which the reader, the workbook to fill in and docs/data.md follow alike.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any, Literal, TypeAlias, get_args

from regions.schema.kind_words import list_kinds
from regions.schema.word_files import read_words
from regions.words import Words

_NOTHING = Words("", "")

Kind: TypeAlias = Literal["code", "text", "number", "year", "lon", "lat", "remark"]


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column of a canonical table.

    Attributes
    ----------
    kind
        What a cell holds: ``code`` (a key, cleaned text), ``text``, ``number`` (finite), ``year`` (four digits),
        ``lon`` or ``lat`` (degrees, EPSG:4326), ``remark`` (for human readers, left out).
    required
        Whether the column must be there and no cell of it may be empty.
    synonyms
        Other headers that mean this column, in lower case.
    label
        Its canonical name and its Chinese header.
    meaning
        What to fill in.
    offered
        Whether the workbook to fill in has it.
    """

    kind: Kind
    required: bool = False
    synonyms: tuple[str, ...] = ()
    label: Words = _NOTHING
    meaning: Words = _NOTHING
    offered: bool = True


@dataclass(frozen=True, slots=True)
class Setting:
    """A key of study.yaml, and of the sheet of settings.

    Attributes
    ----------
    label
        Its key and its Chinese name; "" where a sheet cannot hold it.
    meaning
        What it decides.
    values
        What it may hold; empty when it is free.
    synonyms
        Other names that the sheet of settings may give it.
    offered
        Whether the workbook to fill in has it.
    meant
        What people write for its values, in lower case -> the value.
    """

    label: Words
    meaning: Words
    values: tuple[Words, ...] = ()
    synonyms: tuple[str, ...] = ()
    offered: bool = True
    meant: Mapping[str, str] = field(default_factory=dict)

    def choices(self, language: str) -> list[str]:
        """Return what it may hold in ``zh`` or ``en``."""
        return [value.text(language) for value in self.values]


def _build_column(name: str, facts: Mapping[str, Any]) -> TableColumn:
    if facts["kind"] not in get_args(Kind):
        raise ValueError(f"tables.yaml: column {name} has kind {facts['kind']}")
    return TableColumn(
        facts["kind"],
        required=facts.get("required", False),
        synonyms=tuple(facts.get("headers", ())),
        label=Words(name, facts["zh"]),
        meaning=Words(*facts["meaning"]),
        offered=facts.get("offered", True),
    )


def _build_setting(key: str, facts: Mapping[str, Any]) -> Setting:
    offered = [[str(word) for word in words] for words in facts.get("values", ())]
    values = tuple(Words(*words[:2]) for words in offered)
    meant = MappingProxyType({word.casefold(): words[0] for words in offered for word in words})
    label, meaning = Words(key, facts.get("zh", "")), Words(*facts["meaning"])
    return Setting(label, meaning, values, tuple(facts.get("headers", ())), facts.get("offered", True), meant)


@cache
def _read() -> Mapping[str, Any]:
    found: Mapping[str, Any] = read_words("regions.schema", "tables.yaml")
    return found


TABLES: Mapping[str, Mapping[str, TableColumn]] = MappingProxyType(
    {
        table: MappingProxyType({name: _build_column(name, column) for name, column in facts["columns"].items()})
        for table, facts in _read()["tables"].items()
    }
)
"""Table -> column -> what it is."""

TABLE_NAMES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {table: tuple(facts["names"]) for table, facts in _read()["tables"].items()}
)
"""Other names of a table: what people call a sheet or a file of it."""

SHEETS: Mapping[str, Words] = MappingProxyType(
    {name: Words(name, zh) for name, zh in _read()["sheets"].items()}
    | {table: Words(table, facts["zh"]) for table, facts in _read()["tables"].items()}
)
"""Sheets of the workbook to fill in: those that explain, then the tables."""

SETTINGS: Mapping[str, Setting] = MappingProxyType(
    {key: _build_setting(key, facts) for key, facts in _read()["settings"].items()}
)
"""Key of study.yaml -> what it is."""

GUIDE: tuple[Words, ...] = tuple(Words(*pair) for pair in _read()["guide"])
"""How to fill in the workbook, sentence by sentence."""

LEVELS: tuple[str, ...] = tuple(_read()["levels"])
"""Levels that the workbook offers."""

KINDS: tuple[Words, ...] = tuple(list_kinds().values())
"""Kinds of actors."""
