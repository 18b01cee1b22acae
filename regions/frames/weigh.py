"""How much weight each name of a region has in tables that name none of their own."""

from collections.abc import Mapping
from typing import Protocol

import pandas as pd

from regions.schema.cell_values import parse_numbers
from regions.schema.headers import match_headers

NAMING: Mapping[str, tuple[str, ...]] = {
    "links": ("source", "target"),
    "actors": ("region",),
    "indicators": ("code",),
    "groups": ("code",),
}
"""Tables that name regions, the most telling first -> their columns."""


class Framed(Protocol):
    """A table of text or a checked one."""

    @property
    def frame(self) -> pd.DataFrame:
        """Its columns."""


def weigh_words(tables: Mapping[str, Framed]) -> dict[str, float]:
    """Return word -> weight of the first table that names regions: links by their weight, others by rows.

    A row without a readable weight counts one; both ends of a link have its whole weight.
    """
    for name, columns in NAMING.items():
        if name in tables:
            found = match_headers(name, map(str, tables[name].frame.columns))
            weights = weigh_columns(tables[name].frame.rename(columns={v: k for k, v in found.items()}), columns)
            if weights:
                return weights
    return {}


def weigh_columns(frame: pd.DataFrame, columns: tuple[str, ...]) -> dict[str, float]:
    """Return word -> weight of the columns that are there; ``weight`` is a column of text or numbers, if at all."""
    weight = pd.Series(1.0, index=frame.index)
    if "weight" in frame:
        cells = frame["weight"]
        numbers = cells if pd.api.types.is_numeric_dtype(cells) else parse_numbers(cells)
        weight = numbers.astype(float).fillna(1.0)
    total: dict[str, float] = {}
    for column in columns:
        if column in frame:
            for word, part in weight.groupby(frame[column].astype(str), sort=False).sum().items():
                total[str(word)] = total.get(str(word), 0.0) + float(part)
    return {word: part for word, part in total.items() if word.strip()}
