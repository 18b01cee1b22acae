"""Join the series of all blocks by region and year; the same fact twice is compared, never added."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from regions.arrays import Floats, Integers
from regions.frames import choose_frame, recognise
from regions.indicators.series import NO_YEAR, Series
from regions.layouts.unit_words import conversion
from regions.tables.region_words import keep_apart

_YEARS = 10_000
_CLOSE = 1e-6
"""Relative difference up to which two tables say the same: they round alike, as a rule."""
_FEW = 4


@dataclass(slots=True)
class Twice:
    """Facts that two blocks give, or one block gives twice.

    Attributes
    ----------
    equal, different
        How many agree and do not.
    largest
        The fact that differs most: column, region, year, value used, other value.
    lines
        Lines of the different ones.
    """

    equal: int = 0
    different: int = 0
    largest: tuple[str, str, int, float, float] | None = None
    lines: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True, eq=False)
class Joined:
    """All facts.

    Attributes
    ----------
    frame
        ``code`` (word for the region), ``year``, one float column per indicator; index: line in its sheet.
    units
        Indicator -> unit.
    origins
        Indicator -> positions of its blocks.
    twice
        (block used, other block) -> what was compared.
    converted
        Indicator -> units that were brought to its own.
    absorbed
        Former region -> how many of its values are left out, because the region of today (襄阳, once 襄樊) has
        a value of its own in the same year.
    """

    frame: pd.DataFrame
    units: Mapping[str, str]
    origins: Mapping[str, tuple[int, ...]]
    twice: Mapping[tuple[int, int], Twice]
    converted: Mapping[str, tuple[str, ...]]
    absorbed: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class _Column:
    """One indicator of all blocks: arrays of one length, in the order of the blocks."""

    keys: Integers
    amounts: Floats
    blocks: Integers
    lines: Integers


def join_series(series: Sequence[tuple[int, Series]]) -> Joined:
    """Join the series, each with the position of its block; the first block that has a value wins.

    Rows without a region or a year must be left out before.
    """
    words, places = _number_regions(series)
    series, absorbed = _drop_absorbed(series, places)
    named, converted = _name_apart(series)
    twice: dict[tuple[int, int], Twice] = {}
    columns: dict[str, tuple[Integers, Floats]] = {}
    stacked = _stack_all(named, places)
    for name, column in stacked.items():
        columns[name] = _settle(column, twice, name, words)
    keys = np.concatenate([column.keys for column in stacked.values()])
    lines = np.concatenate([column.lines for column in stacked.values()])
    every, first = np.unique(keys, return_index=True)
    frame = _widen(columns, words, every).set_axis(lines[first])
    frame = frame.drop(columns=_find_nameless_twins(frame, named, twice))
    named = {name: parts for name, parts in named.items() if name in frame}
    units = {name: next((part.unit for _, part in parts if part.unit), "") for name, parts in named.items()}
    origins = {name: tuple(dict.fromkeys(block for block, _ in parts)) for name, parts in named.items()}
    return Joined(frame, units, origins, twice, converted, absorbed)


def _number_regions(series: Sequence[tuple[int, Series]]) -> tuple[list[str], dict[str, int]]:
    """Return the regions, each by the word met first, and word -> number; 北京 and 北京市 are one."""
    counts: Counter[str] = Counter()
    for _, part in series:
        counts.update(part.regions.tolist())
    codes = choose_frame(counts).codes
    apart = keep_apart({word: recognise(word) for word in counts})
    first: dict[str, int] = {}
    words: list[str] = []
    places: dict[str, int] = {}
    for word in sorted(counts, key=_is_former):  # the current name stands for the region
        former = apart[word].how == "former" and len(apart[word].codes) == 1
        key = word if apart[word].how == "inside" else apart[word].codes[0] if former else codes.get(word, word)
        if key not in first:
            first[key] = len(words)
            words.append(word)
        places[word] = first[key]
    return words, places


def _is_former(word: str) -> bool:
    return recognise(word).how != ""


def _drop_absorbed(
    series: Sequence[tuple[int, Series]], places: Mapping[str, int]
) -> tuple[list[tuple[int, Series]], dict[str, int]]:
    """Leave out values of former regions where the region that they belong to now has values of that year."""
    former = {word for word in places if _is_former(word)}
    if not former:
        return list(series), {}
    present = {
        (part.name, places[word], year)
        for _, part in series
        for word, year in zip(part.regions, part.years.tolist(), strict=True)
        if word not in former
    }
    kept, lost = [], dict.fromkeys(sorted(former), 0)
    for block, part in series:
        pairs = zip(part.regions, part.years.tolist(), strict=True)
        twice = [word in former and (part.name, places[word], year) in present for word, year in pairs]
        for row in np.flatnonzero(twice):
            lost[part.regions[row]] += not np.isnan(part.amounts[row])
        kept.append((block, part.take(np.flatnonzero(~np.asarray(twice, dtype=bool)))))
    return kept, {word: count for word, count in lost.items() if count}


def _name_apart(
    series: Sequence[tuple[int, Series]],
) -> tuple[dict[str, list[tuple[int, Series]]], dict[str, tuple[str, ...]]]:
    """Group series by name; one in another unit is converted, or has its unit in its name where it cannot be."""
    named: dict[str, list[tuple[int, Series]]] = {}
    units: dict[str, str] = {}
    converted: dict[str, tuple[str, ...]] = {}
    for block, part in series:
        wanted = units.setdefault(part.name, part.unit) or part.unit
        units[part.name] = wanted
        factor = 1.0 if part.unit in {"", wanted} else conversion(part.unit, wanted)
        if factor is None:
            named.setdefault(f"{part.name}({part.unit})", []).append((block, part))
            continue
        if factor != 1:
            converted[part.name] = tuple(dict.fromkeys((*converted.get(part.name, ()), part.unit)))
            part = replace(part, amounts=part.amounts * factor)  # noqa: PLW2901 - the same series in another unit
        named.setdefault(part.name, []).append((block, part))
    return named, converted


def _stack_all(named: Mapping[str, list[tuple[int, Series]]], places: Mapping[str, int]) -> dict[str, _Column]:
    """Put the series of each indicator one below the other; columns of one block share their regions and years."""
    known: dict[tuple[int, int], Integers] = {}

    def number(part: Series) -> Integers:
        key = (id(part.regions), id(part.years))
        if key not in known:
            numbers = np.asarray([places[word] for word in part.regions.tolist()], dtype=np.int64)
            known[key] = numbers * _YEARS + part.years
        return known[key]

    return {
        name: _Column(
            np.concatenate([number(part) for _, part in parts]),
            np.concatenate([part.amounts for _, part in parts]),
            np.concatenate([np.full(len(part.amounts), block, dtype=np.int64) for block, part in parts]),
            np.concatenate([part.lines for _, part in parts]),
        )
        for name, parts in named.items()
    }


def _settle(
    column: _Column, twice: dict[tuple[int, int], Twice], name: str, words: Sequence[str]
) -> tuple[Integers, Floats]:
    """Return every key once with the first value that there is, and compare it with the others."""
    order = np.lexsort((np.arange(len(column.keys)), np.isnan(column.amounts), column.keys))
    keys, values = column.keys[order], column.amounts[order]
    starts = np.flatnonzero(np.append(True, keys[1:] != keys[:-1]))
    first = np.repeat(starts, np.diff(np.append(starts, len(keys))))
    others = np.flatnonzero((np.arange(len(keys)) != first) & ~np.isnan(values))
    used, here = order[first[others]], order[others]
    mine, other = values[first[others]], values[others]
    away = np.abs(mine - other)
    differs = away > _CLOSE * np.maximum(np.abs(mine), np.abs(other))
    pairs = column.blocks[used] * (int(column.blocks.max()) + 1) + column.blocks[here]
    for pair in np.unique(pairs):
        chosen = np.flatnonzero(pairs == pair)
        wrong = chosen[differs[chosen]]
        blocks = (int(column.blocks[used[chosen[0]]]), int(column.blocks[here[chosen[0]]]))
        seen = twice.setdefault(blocks, Twice())
        seen.equal += len(chosen) - len(wrong)
        seen.different += len(wrong)
        seen.lines += [int(line) for line in column.lines[here[wrong]]]
        worst = int(wrong[np.argmax(away[wrong])]) if len(wrong) else None
        if worst is not None and (seen.largest is None or away[worst] > abs(seen.largest[3] - seen.largest[4])):
            region, year = divmod(int(keys[others[worst]]), _YEARS)
            seen.largest = (name, words[region], year, float(mine[worst]), float(other[worst]))
    return keys[starts], values[starts]


def _find_nameless_twins(
    frame: pd.DataFrame, named: Mapping[str, list[tuple[int, Series]]], twice: dict[tuple[int, int], Twice]
) -> list[str]:
    """Return the indicators that no header names and whose values are all those of another one.

    A sheet 汇总 beside a sheet for each year says the same under the name of its file.
    """
    found: list[str] = []
    for name in [name for name, parts in named.items() if not any(part.named for _, part in parts)]:
        mine = frame[name].to_numpy(dtype=float)
        filled = ~np.isnan(mine)
        for other in [other for other in named if other not in {name, *found} and filled.sum() > _FEW]:
            theirs = frame[other].to_numpy(dtype=float)
            if np.allclose(theirs[filled], mine[filled], rtol=_CLOSE, atol=0) and len(set(mine[filled])) > 1:
                pair = (named[other][0][0], named[name][0][0])
                twice[pair] = Twice(equal=int(filled.sum()))
                found.append(name)
                break
    return found


def _widen(
    columns: Mapping[str, tuple[Integers, Floats]],
    words: Sequence[str],
    every: Integers,
) -> pd.DataFrame:
    """Return one row per region and year, in the order of regions and years, and one column per indicator."""
    found: dict[str, object] = {
        "code": pd.array([words[key // _YEARS] for key in every.tolist()], dtype="str"),
        "year": pd.array(every % _YEARS, dtype="Int64"),
    }
    for name, (keys, values) in columns.items():
        full = np.full(len(every), np.nan)
        full[np.searchsorted(every, keys)] = values
        found[name] = full
    return pd.DataFrame(found)


def drop_undated(part: Series) -> tuple[Series, int, int]:
    """Return a series without rows that name no region or no year, and how many values of each kind are lost."""
    blank = {word for word in set(part.regions.tolist()) if not word.strip()}
    placed = (
        np.asarray([word not in blank for word in part.regions.tolist()]) if blank else np.ones(len(part.lines), bool)
    )
    dated = part.years != NO_YEAR
    filled = ~np.isnan(part.amounts)
    kept = np.flatnonzero(placed & dated)
    return part.take(kept), int((filled & ~placed).sum()), int((filled & placed & ~dated).sum())
