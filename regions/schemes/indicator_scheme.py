"""Read a scheme: pillars, their indicators, what each is made of."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path

import numpy as np
import pandas as pd

from regions.errors import MethodError
from regions.messages import say
from regions.schema.cell_values import clean_number
from regions.schema.suggest import suggest
from regions.table_file import is_workbook, read_file
from regions.words import Words
from regions.workbooks.workbook import open_workbook, read_sheet

COLUMNS = ("pillar", "indicator", "value", "per", "direction", "weight")
_DIRECTIONS = {"1": 1, "+1": 1, "+": 1, "正": 1, "正向": 1, "": 1, "-1": -1, "-": -1, "−1": -1, "负": -1, "负向": -1}
_HEADERS = {
    "名称": "name",
    "指标名称": "name",
    "支柱": "pillar",
    "维度": "pillar",
    "指标": "indicator",
    "列": "value",
    "分子": "value",
    "分母": "per",
    "方向": "direction",
    "权重": "weight",
    "下限": "low",
    "上限": "high",
}
_USED = (*COLUMNS, "pillar_zh", "name", "name_zh", "low", "high", "part", "part_zh")
_CHINESE = {"pillar": "维度", "indicator": "指标"}


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator of a scheme.

    Attributes
    ----------
    key
        Short name, the column of results.
    pillar
        Key of its pillar.
    name
        What it is.
    value, per
        Columns of the indicators that may stand for it, the first that a study has; ``per`` is what it is divided by,
        () for nothing.
    direction
        1: more is better; -1: less is.
    weight
        Given weight, > 0.
    goalposts
        Worst and best value that stand for 0 and 1, or None.
    """

    key: str
    pillar: str
    name: Words
    value: tuple[str, ...]
    per: tuple[str, ...] = ()
    direction: int = 1
    weight: float = 1.0
    goalposts: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Scheme:
    """A hierarchy of indicators.

    Attributes
    ----------
    name
        Of the scheme.
    indicators
        In the order of the table.
    pillars
        Key -> name of every pillar, also of those without an indicator, which are shown empty.
    parts
        Key of a pillar -> what it is a part of; left out where the table does not say.
    notes
        Columns and sheets of the file that are not used, by name.
    """

    name: str
    indicators: tuple[Indicator, ...]
    pillars: dict[str, Words]
    parts: dict[str, Words]
    notes: tuple[Words, ...] = ()


def list_schemes() -> list[str]:
    """Return the names of the embedded schemes.

    Examples
    --------
    >>> list_schemes()
    ['conditions', 'five-news']
    """
    return sorted(item.name.removesuffix(".csv") for item in files(__package__).iterdir() if item.name.endswith(".csv"))


def read_scheme(scheme: "str | Path | pd.DataFrame") -> Scheme:
    """Read an embedded scheme by its name, a file (CSV, Excel), or a table.

    Parameters
    ----------
    scheme
        Columns ``pillar``, ``indicator`` (or Chinese headers 支柱/维度, 指标) and, when given, ``name``, ``name_zh``,
        ``value`` (column of the indicators, alternatives with ``|``; by default the indicator itself), ``per``,
        ``direction`` (1 or -1), ``weight``, ``low`` and ``high`` (goalposts), ``pillar_zh``, ``part``. A row without an
        indicator keeps its pillar, empty. Further columns (remarks), columns of one meaning after the first and sheets
        after the first are not used, which `Scheme.notes` tells.

    Raises
    ------
    MethodError
        With every row that is wrong: no pillar, an indicator twice, a direction or weight that is none.

    Examples
    --------
    >>> scheme = read_scheme("five-news")
    >>> [key for key in scheme.pillars if not any(each.pillar == key for each in scheme.indicators)]
    ['business forms', 'models']
    """
    if isinstance(scheme, pd.DataFrame):
        return _build_scheme("own", scheme)
    if str(scheme) in list_schemes():
        with files(__package__).joinpath(f"{scheme}.csv").open(encoding="utf-8") as handle:
            return _build_scheme(str(scheme), pd.read_csv(handle, dtype=str, keep_default_na=False))
    path = Path(scheme)
    if not path.is_file():
        raise MethodError(say("scheme/unknown", scheme=str(scheme), known=list_schemes()))
    table, others = _read_table(path)
    built = _build_scheme(path.stem, table)
    return replace(built, notes=(*built.notes, *_tell_sheets(others)))


def _read_table(path: Path) -> tuple[pd.DataFrame, list[str]]:
    """Return the table, and the sheets that are not read."""
    if not is_workbook(path):
        return read_file("", path).frame, []
    workbook = open_workbook(path)
    first, *others = workbook.sheets
    return read_sheet(workbook, first).frame, others


def _tell_sheets(sheets: list[str]) -> list[Words]:
    if not sheets:
        return []
    return [
        Words(
            f"Sheets of the scheme that are not read ({len(sheets)}; the first is): {', '.join(sheets)}.",
            f"指标方案只读第一个工作表，未读 {len(sheets)} 个：{'、'.join(sheets)}。",
        )
    ]


def _build_scheme(name: str, table: pd.DataFrame) -> Scheme:
    meant = [_HEADERS.get(str(header).strip(), str(header).strip()) for header in table]
    used = [key in _USED and key not in meant[:place] for place, key in enumerate(meant)]
    rows = table.set_axis(meant, axis=1).loc[:, used]
    lacking = [column for column in ("pillar", "indicator") if column not in rows]
    if lacking:
        names = [Words(column, f"{_CHINESE[column]}（{column}）") for column in lacking]
        raise MethodError(say("scheme/no-column", lacking=names))
    cells = [{str(key): _text(cell) for key, cell in row.items()} for row in rows.to_dict("records")]
    _refuse_faults(list(_find_faults(cells)))
    pillars = {row["pillar"]: Words(row["pillar"], row.get("pillar_zh") or row["pillar"]) for row in cells}
    parts = {row["pillar"]: Words(row["part"], row.get("part_zh") or row["part"]) for row in cells if row.get("part")}
    notes = _tell_columns(table.loc[:, [not each for each in used]], [key for key in meant if key in _USED])
    return Scheme(name, tuple(_build_indicator(row) for row in cells if row["indicator"]), pillars, parts, tuple(notes))


def _tell_columns(unused: pd.DataFrame, held: list[str]) -> list[Words]:
    """Name the columns that are not used, with their filled cells and what may have been meant; blank ones are none."""
    free = {header: "" for header, key in _HEADERS.items() if key not in held}
    free |= {key: "" for key in _USED if key not in held}
    told = []
    for place, header in enumerate(unused):
        cells = sum(_text(cell) != "" for cell in unused.iloc[:, place])
        hint = suggest(str(header).strip(), free)
        if cells:
            told.append(
                Words(
                    f"{header} ({cells} cells{'; ' + hint.en if hint.en else ''})",
                    f"{header}（{cells} 格{'；' + hint.zh if hint.zh else ''}）",
                )
            )
    if not told:
        return []
    return [
        Words(
            f"Columns of the scheme that are not used ({len(told)}): {', '.join(each.en for each in told)}.",
            f"指标方案中未使用的列 {len(told)} 个：{'、'.join(each.zh for each in told)}。",
        )
    ]


def _text(cell: object) -> str:
    return "" if cell is None or cell != cell else str(cell).strip()  # noqa: PLR0124 - NaN is not itself


def _find_faults(cells: list[dict[str, str]]) -> Iterable[Words]:
    seen: set[str] = set()
    for line, row in enumerate(cells, start=2):
        key = row["indicator"]
        if not row["pillar"]:
            yield Words(f"line {line}: no pillar", f"第 {line} 行：没有维度")
        if key in seen:
            yield Words(f"line {line}: indicator {key} again", f"第 {line} 行：指标“{key}”重复")
        if key:
            seen.add(key)
        direction, weight = row.get("direction", "1"), row.get("weight") or "1"
        if direction.removesuffix(".0") not in _DIRECTIONS:
            yield Words(
                f"line {line}: direction {direction}, not 1 or -1",
                f"第 {line} 行：方向“{direction}”，应为 1 或 -1（正向、负向）",
            )
        if key and not clean_number(weight) > 0:
            yield Words(f"line {line}: weight {weight}, not above 0", f"第 {line} 行：权重“{weight}”，应大于 0")
        posts = [clean_number(row.get(end) or "") for end in ("low", "high")]
        if any(row.get(end) for end in ("low", "high")) and (np.isnan(posts).any() or posts[0] == posts[1]):
            yield Words(f"line {line}: low and high are not two numbers", f"第 {line} 行：下限与上限不是两个不同的数")


def _refuse_faults(faults: list[Words]) -> None:
    if faults:
        raise MethodError(say("scheme/rows", rows=faults))


def _build_indicator(row: dict[str, str]) -> Indicator:
    key = row["indicator"]
    posts = (clean_number(row.get("low") or ""), clean_number(row.get("high") or ""))
    return Indicator(
        key,
        row["pillar"],
        Words(row.get("name") or key, row.get("name_zh") or row.get("name") or key),
        _split(row.get("value") or key),
        _split(row.get("per") or ""),
        _DIRECTIONS[row.get("direction", "1").removesuffix(".0")],
        clean_number(row.get("weight") or "1"),
        posts if posts[0] == posts[0] and posts[1] == posts[1] else None,
    )


def _split(names: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in names.split("|") if name.strip())
