"""Settings for a long table whose headers and words are a funder's own: a small YAML file, one for each funder."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import yaml

from regions.errors import Fault, StudyError
from regions.files.encodings import decode
from regions.files.yaml_text import compose_yaml
from regions.messages import say
from regions.schema.kind_words import map_kind
from regions.schema.suggest import suggest

_LONGEST = 100_000


@dataclass(frozen=True, slots=True)
class TableSettings:
    """How the headers and cells of a long table are to be read.

    Attributes
    ----------
    columns
        Meaning (``record``, ``actor``, ``region``, ``year``, ``actor_kind``, ...) -> header in the files.
    kinds
        Word of the source -> kind of actor; other words are understood as usual.
    cut
        Meaning -> regular expression; what it matches is cut out of a cell (`` CEDEX 12``).
    capitals
        Meanings whose cells are written with capitals at the start of words only, so that LYON is Lyon.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    cut: Mapping[str, re.Pattern[str]] = field(default_factory=dict)
    capitals: tuple[str, ...] = ()

    def clean_cell(self, meaning: str, cell: str) -> str:
        """Return a cell as it is meant."""
        if meaning in self.cut:
            cell = self.cut[meaning].sub("", cell).strip()
        return cell.title() if meaning in self.capitals else cell


def read_table_settings(path: Path, meanings: Collection[str]) -> TableSettings:
    """Read the settings of a long table.

    Parameters
    ----------
    path
        A YAML file with any of the keys ``columns``, ``kinds``, ``cut``, ``capitals``, as ``TableSettings`` has them.
    meanings
        The columns that a long table may have.

    Raises
    ------
    StudyError
        ``E-YAML`` when it is no plain YAML; ``E-CONFIG`` with every key and value that is not understood.
    """
    text, _ = decode(path.read_bytes(), path.name)
    if len(text) > _LONGEST:
        raise StudyError(Fault.of(path.name, say("E-YAML/long", length=len(text))))
    compose_yaml(text, path.name)
    content: dict[str, Any] = yaml.safe_load(text)
    faults = [*_check_keys(content, meanings, path.name), *_check_values(content, path.name)]
    if faults:
        raise StudyError(faults)
    cut = {meaning: re.compile(str(pattern), re.IGNORECASE) for meaning, pattern in content.get("cut", {}).items()}
    columns = {meaning: str(header) for meaning, header in content.get("columns", {}).items()}
    kinds = {str(word).casefold(): str(kind) for word, kind in content.get("kinds", {}).items()}
    return TableSettings(columns, kinds, cut, tuple(content.get("capitals", ())))


def _check_keys(content: Mapping[str, Any], meanings: Collection[str], file: str) -> list[Fault]:
    """Find keys, and columns named under them, that mean nothing."""
    known = [each.name for each in fields(TableSettings)]
    unknown = [(str(key), known) for key in content if key not in known]
    for key in ("columns", "cut", "capitals"):
        unknown += [(str(name), list(meanings)) for name in content.get(key) or () if name not in meanings]
    return [
        Fault.of(file, say("E-CONFIG/unknown-key", key=key).with_hint(suggest(key, dict.fromkeys(allowed, ""))))
        for key, allowed in unknown
    ]


def _check_values(content: Mapping[str, Any], file: str) -> list[Fault]:
    faults = []
    for key in ("columns", "kinds", "cut"):
        value = content.get(key, {})
        if not isinstance(value, dict) or any(isinstance(each, list | dict) or each is None for each in value.values()):
            faults.append(Fault.of(file, say("E-CONFIG/pairs", key=key)))
            continue
        for name, each in value.items():
            if key == "kinds" and map_kind(str(each)) is None:
                faults.append(Fault.of(file, say("E-CONFIG/kind", word=str(name), kind=str(each))))
            if key == "cut" and not _is_pattern(str(each)):
                faults.append(Fault.of(file, say("E-CONFIG/pattern", key=str(name), pattern=str(each))))
    return faults


def _is_pattern(text: str) -> bool:
    try:
        re.compile(text)
    except re.error:
        return False
    return True
