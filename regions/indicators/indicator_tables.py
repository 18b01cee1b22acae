"""Any statistical table as a table of indicators: long, one row per region and year, one column per indicator."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from regions.errors import Fault
from regions.indicators.fact_faults import judge_cells, judge_names, judge_rows, judge_totals, judge_twice, label
from regions.indicators.indicator_dictionary import describe_indicators
from regions.indicators.joined_facts import drop_undated, join_series
from regions.indicators.measured import measure_block
from regions.indicators.series import Series
from regions.layouts.block import Block, Layout
from regions.layouts.title_lines import clean_stem
from regions.messages import say
from regions.tables.checked_table import CheckedTable


@dataclass(frozen=True, slots=True, eq=False)
class Indicators:
    """What the tables of statistics of a layout hold.

    Attributes
    ----------
    tables
        ``indicators`` (``code``: the word for the region, ``year``, a float column each) and ``dictionary``; none when
        no block has regions and numbers.
    used
        Positions of the blocks that gave values.
    faults
        Errors and warnings.
    """

    tables: dict[str, CheckedTable] = field(default_factory=dict)
    used: frozenset[int] = frozenset()
    faults: tuple[Fault, ...] = ()


def read_indicators(layout: Layout, positions: Sequence[int]) -> Indicators:
    """Read the blocks at ``positions`` as indicators.

    Values of one region, year and indicator that stand in several blocks are compared and reported, the first is used.
    Words for a missing value are NaN; a bound (超20000) counts as its number and is named; a text is an error.
    """
    faults: list[Fault] = []
    series: list[tuple[int, Series]] = []
    for position in positions:
        block = layout.blocks[position]
        found = [_name_series(part, block) for part in measure_block(block)]
        faults += judge_cells(block, found)
        kept = [drop_undated(part.in_unit()) for part in found]
        dated = any(len(part.lines) for part, _, _ in kept)
        faults += judge_rows(block, [(outside, undated) for _, outside, undated in kept], dated=dated)
        series += [(position, part) for part, _, _ in kept if len(part.lines)]
    if not series:
        return Indicators(faults=tuple(faults))
    joined = join_series(series)
    frame = joined.frame
    empty = _find_empty_years(frame)
    used = frozenset(position for position, _ in series)
    where = label(layout, used)
    faults += [*judge_totals(layout, sorted(used)), *judge_twice(layout, joined), *judge_names(layout, joined, series)]
    faults += [Fault.of(where, say("W-NOVALUE", years=empty))] if empty else []
    headers = {str(column): str(column) for column in frame.columns}
    table = CheckedTable(where, frame, headers)
    dictionary = CheckedTable(where, describe_indicators(layout, joined), {})
    return Indicators({"indicators": table, "dictionary": dictionary}, used, tuple(faults))


def _name_series(part: Series, block: Block) -> Series:
    """Give a series that nothing names the name of its file, for want of a better one."""
    if part.name:
        return part
    return replace(part, name=clean_stem(block.file.rpartition(".")[0]) or block.file)


def _find_empty_years(frame: pd.DataFrame) -> list[int]:
    """Return the years in which no region has any value: tables of a bureau begin with the year to come."""
    filled = frame.drop(columns=["code", "year"]).notna().any(axis=1)
    return sorted({int(year) for year in frame["year"]} - {int(year) for year in frame.loc[filled, "year"]})
