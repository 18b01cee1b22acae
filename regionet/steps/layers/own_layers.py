"""Make layers of the page of tables by region: numbers become scores, a few words become classes."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from maps import RegionClasses
from maps.page.layers import Layer
from maps.words.column_words import ColumnWords
from maps.words.columns.chain_columns import CHAINS
from maps.words.columns.complexity_columns import COMPLEXITY
from maps.words.columns.role_columns import POSITIONS
from maps.words.columns.scorecard_columns import SCORECARD
from maps.words.columns.spillover_columns import SPILLOVER
from maps.words.pair_words import find_words
from regionet.steps.layers.finished_layers import read_finished
from regionet.steps.layers.region_tables import RegionTable, find_region_tables
from regions.errors import MethodError
from regions.messages import Message, say
from regions.schema.cell_values import parse_numbers
from regions.study import Study
from regions.words import Words

MOST = 40
"""So many layers are made; more would be a list that nobody reads, and a page of several megabytes."""

MOST_CLASSES = 8
_ENDS = ("_low", "_high")
_WORDS: Mapping[str, Mapping[str, ColumnWords]] = {
    "spillover": SPILLOVER,
    "index": SCORECARD,
    "profile": SCORECARD,
    "chains": {**CHAINS, **COMPLEXITY},
    "roles": POSITIONS,
}
"""Command -> words of the columns of its tables."""


@dataclass(frozen=True, slots=True, eq=False)
class OwnLayers:
    """What the page is given.

    Attributes
    ----------
    scores
        Index ``code``, one column per layer of numbers, by its key; NaN where the table has no number.
    words
        Key -> what the layer is called and means.
    layers
        Classes of regions, and finished layers.
    notes
        What was taken from which table, and what was not used.
    """

    scores: pd.DataFrame
    words: Mapping[str, ColumnWords]
    layers: tuple[Layer, ...]
    notes: tuple[Words, ...]


def find_own_layers(study: Study, paths: Sequence[Path], *, taken: Collection[str] = ()) -> OwnLayers:
    """Make layers of everything in some folders and files that is one value per region.

    Parameters
    ----------
    study
        Whose page it is.
    paths
        See `regionet.steps.layers.region_tables.find_region_tables`.
    taken
        Keys that other scores have.

    Raises
    ------
    MethodError
        Nothing in them can be drawn; says why of each.
    """
    found = find_region_tables(study, paths)
    notes = [*found.notes]
    layers: list[Layer] = []
    for file in found.finished:
        made, told = read_finished(file, study)
        layers += made
        notes += told
    builder = _Builder(set(taken) | {layer.key for layer in layers})
    for table in found.tables:
        notes += builder.take(table)
    if not (builder.scores or builder.classes or layers):
        raise MethodError(say("own-layers/nothing", reasons=notes))
    scores = pd.DataFrame(builder.scores, index=study.regions.index)
    return OwnLayers(scores, builder.words, (*layers, *builder.classes), tuple(note.words for note in notes))


class _Builder:
    """Collects layers of one table after the other, until there are enough."""

    def __init__(self, taken: set[str]) -> None:
        self.scores: dict[str, pd.Series[float]] = {}
        self.words: dict[str, ColumnWords] = {}
        self.classes: list[RegionClasses] = []
        self._taken = taken

    def take(self, table: RegionTable) -> list[Message]:
        """Make layers of the columns of a table; return what was made of it, and what was not used and why."""
        used: list[Words] = []
        unused: dict[str, list[str]] = {}
        for column in map(str, table.cells):
            reason = self._find_reason(table, column)
            if reason:
                unused.setdefault(reason, []).append(column)
            elif reason is None:
                self._add(table, column)
                used.append(find_words(column, _WORDS.get(table.command, {})).label)
        notes = [say("own-layers/used", count=len(used), file=table.stem, names=used)] if used else []
        for reason, columns in unused.items():
            why = say(reason)
            notes.append(
                say("own-layers/columns-unused", file=table.stem, count=len(columns), columns=columns, reason=why)
            )
        return notes

    def _find_reason(self, table: RegionTable, column: str) -> str | None:
        """Return why a column is not used, None when it is, "" when another one carries it."""
        base, _, end = column.rpartition("_")
        if end == "zh" and base in table.cells:
            return ""
        if f"_{end}" in _ENDS and base in table.cells:
            return "own-layers/ends"
        cells = table.cells[column]
        values = set(cells) - {""}
        if len(values) < 2:  # noqa: PLR2004 - one value alone makes no map
            return "own-layers/same"
        if parse_numbers(cells[cells != ""]).isna().any() and len(values) > MOST_CLASSES:
            return "own-layers/texts"
        return "own-layers/enough" if len(self.scores) + len(self.classes) >= MOST else None

    def _add(self, table: RegionTable, column: str) -> None:
        cells = table.cells[column]
        numbers = parse_numbers(cells)
        told = find_words(column, _WORDS.get(table.command, {}))
        of = [*([table.stem] if table.stem != column else []), *([str(table.year)] if table.year else [])]
        brackets = (f" ({', '.join(of)})", f"（{'，'.join(of)}）") if of else ("", "")
        label = Words(told.label.en + brackets[0], told.label.zh + brackets[1])
        meaning = say("own-layers/meaning", meaning=told.meaning, file=table.stem).words
        key = self._find_key(table.stem, column)
        if numbers[cells != ""].notna().all():
            self.scores[key] = numbers
            self.words[key] = ColumnWords(label, meaning, "number" if told.form == "text" else told.form)
            return
        other = table.cells.get(f"{column}_zh", cells)
        names = dict(sorted((en, zh) for en, zh in zip(cells, other, strict=True) if en))
        members = {str(code): list(names).index(cell) for code, cell in cells.items() if cell}
        shown = tuple(Words(en, zh or en) for en, zh in names.items())
        self.classes.append(RegionClasses(key, label, shown, members, note=meaning))

    def _find_key(self, stem: str, column: str) -> str:
        """Return a key that no other layer has; names in other letters give a number only."""
        plain = re.sub(r"[^a-z0-9]+", "_", f"{stem}_{column}".lower()).strip("_")[:32]
        key = plain if plain[:1].isalpha() else f"own_{plain}".rstrip("_")
        number = 2
        found = key
        while found in self._taken:
            found, number = f"{key}_{number}", number + 1
        self._taken.add(found)
        return found
