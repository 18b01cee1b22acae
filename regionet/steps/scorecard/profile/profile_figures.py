"""Regions and groups side by side: the same figures, one column each."""

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from regionet.steps.scorecard.figure_units import (
    PERCENT,
    PLAIN,
    FigureUnit,
    find_figure_units,
    find_unit_per_head,
    put_unit,
)
from regionet.steps.scorecard.profile.profile_places import ProfilePlace
from regionet.steps.scorecard.scorecard_result import Scorecard
from regions.schemes.indicator_scheme import read_scheme
from regions.schemes.indicator_values import SchemeValues, compute_indicators
from regions.words import Words

PEERS = 3
"""So many peers stand beside a region where no others are named."""

_SHARE = FigureUnit(1.0, Words("0-1", "0—1"))
_PEOPLE = ("residents", "population")
_Row = list[object]


def choose_beside(card: Scorecard, place: ProfilePlace, named: Sequence[ProfilePlace] = ()) -> list[ProfilePlace]:
    """Return the place and those beside it: the named ones, else the nearest peers of a region."""
    others = list(named)
    if not others and not place.is_group and card.peers is not None:
        names = [card.study.names(language) for language in ("en", "zh")]
        others = [
            ProfilePlace(code, Words(names[0][code], names[1][code]), (code,))
            for code in card.peers.list_peers(place.key)[:PEERS]
        ]
    return list({each.key: each for each in [place, *others]}.values())


def build_profile(card: Scorecard, places: Sequence[ProfilePlace]) -> pd.DataFrame:
    """Return the figures of regions and groups, one column each.

    Parameters
    ----------
    card
        The scorecard of the study.
    places
        From `choose_beside`.

    Returns
    -------
    DataFrame
        ``section``, ``figure``, ``figure_zh``, then a column per place by its key: rank and its interval, pillars,
        coupling, growth, productivity, conditions, each with its unit in its name. Scores of a group are means weighted
        by people, its growth that of its product, its conditions those of its sums; it has no rank, but its members
        have. NaN is not available.
    """
    parts = (_list_size, _list_index, _list_coupling, _list_growth, _list_productivity, _list_conditions)
    rows = [row for part in parts for row in part(card, places)]
    return pd.DataFrame(rows, columns=["section", "figure", "figure_zh", *(each.key for each in places)])


def _write_row(section: str, name: Words, shown: FigureUnit, year: int | str, values: Sequence[float]) -> _Row:
    words = put_unit(name, shown.unit)
    return [section, f"{words.en} {year}", f"{words.zh} {year}", *(float(value) * shown.factor for value in values)]


def _take(
    card: Scorecard, table: pd.DataFrame, places: Sequence[ProfilePlace], columns: dict[str, tuple[Words, FigureUnit]]
) -> list[tuple[Words, FigureUnit, int, list[float]]]:
    """Return the values of the last year, of groups the means weighted by people."""
    year = int(table["year"].max())
    last = table[table["year"] == year].set_index("code")
    people = _find_people(card, year).reindex(last.index)
    even = pd.Series(1.0, index=last.index)
    rows = []
    for column, (name, unit) in columns.items():
        cells = last[column].astype(float)
        weights = people if people[cells.dropna().index].notna().all() else even
        rows.append((name, unit, year, [_average(cells, weights, each) for each in places]))
    return rows


def _average(cells: "pd.Series[float]", weights: "pd.Series[float]", place: ProfilePlace) -> float:
    inside = cells.reindex(place.members).dropna()
    return float(np.average(inside, weights=weights[inside.index])) if len(inside) else np.nan


def _find_people(card: Scorecard, year: int) -> "pd.Series[float]":
    table = card.study.indicators
    column = next((name for name in _PEOPLE if table is not None and name in table), None)
    if table is None or column is None:
        return pd.Series(dtype=float)
    rows = table[table["year"] == year].set_index("code")[column].astype(float)
    return rows[rows.index.isin(card.study.regions.index)]


def _list_size(card: Scorecard, places: Sequence[ProfilePlace]) -> list[_Row]:
    """Tell people and real product per head in the first and the last year, and how many regions a group has."""
    rows: list[_Row] = []
    if any(each.is_group for each in places):
        counts = [float(len(each.members)) for each in places]
        rows.append(["size", "Regions", "地区数", *counts])
    table = card.study.indicators
    people = next((name for name in _PEOPLE if table is not None and name in table), None)
    product = None if card.momentum is None else card.momentum.column
    if table is None or people is None:
        return rows
    units = {column: card.study.describe_indicator(column)[1] for column in (people, product) if column}
    names = {people: Words("People", "人口"), product: Words("Real product", "实际产出")}
    for column, unit in units.items():
        known = table[table["code"].isin(card.study.regions.index)].dropna(subset=[column])
        for year in sorted({int(known["year"].min()), int(known["year"].max())}):
            sums = _sum_up(known[known["year"] == year].set_index("code")[column], places)
            rows.append(_write_row("size", names[column], FigureUnit(1.0, unit), year, sums))
    return rows if product is None else [*rows, *_list_per_head(card, table, (product, people), places)]


def _list_per_head(
    card: Scorecard, table: pd.DataFrame, columns: tuple[str, str], places: Sequence[ProfilePlace]
) -> list[_Row]:
    unit = find_unit_per_head(card.study, *columns)
    known = table[table["code"].isin(card.study.regions.index)].dropna(subset=list(columns))
    rows = []
    for year in sorted({int(known["year"].min()), int(known["year"].max())}):
        cells = known[known["year"] == year].set_index("code")
        top, bottom = (np.array(_sum_up(cells[column], places)) for column in columns)
        name = Words("Real product per head", "人均实际产出")
        rows.append(_write_row("size", name, unit, year, list(top / bottom)))
    return rows


def _sum_up(cells: "pd.Series[float]", places: Sequence[ProfilePlace]) -> list[float]:
    """Return the sum of each place; NaN where one of its members is not known."""
    return [float(cells.reindex(each.members).astype(float).sum(skipna=False)) for each in places]


def _list_index(card: Scorecard, places: Sequence[ProfilePlace]) -> list[_Row]:
    table, pillars = card.tables["index"], card.scheme.pillars
    ranks = {
        "rank": (Words("Rank", "位次"), PLAIN),
        "rank_low": (Words("Best rank", "最好位次"), PLAIN),
        "rank_high": (Words("Worst rank", "最差位次"), PLAIN),
    }
    columns = {"score": (Words("Score", "得分"), _SHARE), **{key: (words, _SHARE) for key, words in pillars.items()}}
    own = [ProfilePlace(each.key, each.name, () if each.is_group else each.members) for each in places]
    rows: list[_Row] = []
    if not all(each.is_group for each in places):
        rows += [_write_row("index", *row) for row in _take(card, table, own, ranks)]
    if any(each.is_group for each in places):
        last = table[table["year"] == table["year"].max()].set_index("code")["rank"]
        ends: tuple[tuple[Words, Callable[..., float]], ...] = (
            (Words("Rank of the best member", "最好成员的位次"), np.nanmin),
            (Words("Rank of the worst member", "最差成员的位次"), np.nanmax),
        )
        year = int(table["year"].max())
        for name, choose in ends:
            cells = [last.reindex(each.members).dropna().to_numpy() for each in places]
            rows.append(_write_row("index", name, PLAIN, year, [choose(x) if len(x) else np.nan for x in cells]))
    return rows + [_write_row("index", *row) for row in _take(card, table, places, columns)]


def _list_coupling(card: Scorecard, places: Sequence[ProfilePlace]) -> list[_Row]:
    if "coupling" not in card.tables:
        return []
    columns = {
        "coordination": (Words("Coordination D", "协调度 D"), _SHARE),
        "coupling": (Words("Coupling C", "耦合度 C"), _SHARE),
    }
    return [_write_row("coupling", *row) for row in _take(card, card.tables["coupling"], places, columns)]


def _list_growth(card: Scorecard, places: Sequence[ProfilePlace]) -> list[_Row]:
    if card.momentum is None:
        return []
    table = card.tables["momentum"]
    year, first = int(table["year"].max()), int(table["year"].min())
    last, begin = (table[table["year"] == each].set_index("code") for each in (year, first))
    mass, added = _sum_up(last["mass"], places), _sum_up(last["momentum"], places)
    now = np.array(mass) + np.array(added)
    mean = (now / np.array(_sum_up(begin["mass"], places))) ** (1 / (year - first + 1)) - 1
    money = FigureUnit(1.0, card.study.describe_indicator(card.momentum.column)[1])
    share = np.array(added) / last["momentum"].sum()
    rows = [
        _write_row("momentum", Words("Real growth", "实际增速"), PERCENT, year, list(np.array(added) / np.array(mass))),
        _write_row("momentum", Words("Real growth a year", "年均实际增速"), PERCENT, f"{first}-{year}", list(mean)),
        _write_row("momentum", Words("Momentum", "动量"), money, year, added),
        _write_row("momentum", Words("Share of what all added", "占总增量比重"), PERCENT, year, list(share)),
    ]
    received = card.tables.get("received")
    if received is not None:
        rest = received[received["year"] == year].set_index("code")["momentum_received"]
        parts = list(np.array(_sum_up(rest, places)) / np.array(mass))
        name = Words("Growth received from neighbours, by the model", "模型推算来自邻居的增速")
        rows.append(_write_row("momentum", name, PERCENT, year, parts))
    return rows


def _list_productivity(card: Scorecard, places: Sequence[ProfilePlace]) -> list[_Row]:
    table = card.tables.get("productivity")
    if table is None:
        return []
    year, first = int(table["year"].max()), int(table["year"].min()) - 1
    rows = table[table["year"] == year].set_index("code")[["malmquist", "since_first"]].astype(float)
    last = pd.DataFrame(np.log(rows))
    even = pd.Series(1.0, index=last.index)
    names = {
        "malmquist": (Words("Productivity change M", "生产率变化 M"), year),
        "since_first": (Words(f"Productivity, {first} = 1", f"生产率（{first} 年为 1）"), year),
    }
    return [
        _write_row("productivity", name, PLAIN, when, [float(np.exp(_average(last[column], even, p))) for p in places])
        for column, (name, when) in names.items()
    ]


def _list_conditions(card: Scorecard, places: Sequence[ProfilePlace]) -> list[_Row]:
    if "conditions" not in card.tables:
        return []
    values = compute_indicators(card.study, read_scheme("conditions"))
    year = int(card.tables["conditions"]["year"].max())
    units = find_figure_units(card.study, values)
    rows = []
    for each in values.indicators:
        cells = [_pool(card, values, each.key, (place, year)) for place in places]
        rows.append(_write_row("conditions", each.name, units[each.key], year, cells))
    return rows


def _pool(card: Scorecard, values: SchemeValues, key: str, at: tuple[ProfilePlace, int]) -> float:
    """Return a condition of a place: of a group, its sums divided, or the mean weighted by people."""
    place, year = at
    cells = pd.Series(values.table.xs(year, level="year")[key])
    column, _, per = values.made_of[key].partition(" / ")
    if not place.is_group or card.study.indicators is None:
        return float(cells.get(place.key, np.nan))
    if not per:
        people = _find_people(card, year).reindex(cells.index)
        return _average(cells, people if people[list(place.members)].notna().all() else cells * 0 + 1, place)
    rows = card.study.indicators[card.study.indicators["year"] == year].set_index("code")
    top, bottom = (_sum_up(rows[name], [place])[0] for name in (column, per))
    return top / bottom
