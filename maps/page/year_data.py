"""The part of the page's data block that lets it move through the years: links, scores and gaps of each, compactly."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any, cast

import pandas as pd

from analysis.expectation.grades import GRADES
from maps.page.link_data import step_weights, weigh_pairs
from maps.page.plain_values import check_codes, tidy
from regions.errors import MethodError

if TYPE_CHECKING:
    import networkx as nx

CARRIED = 3000
"""So many pairs at most carry their gaps of all years; a pair that is never a gap with evidence carries none."""

GRADE_LETTERS = dict(zip(GRADES, "smwn", strict=True))
NOT_JUDGED = "-"
DETAILS = {"low": 3, "high": 3, "p": 2, "shrunken_ratio": 2, "shortfall_probability": 2}
"""Columns that the page has of a gap with evidence, and how many digits of them."""

Place = tuple[int, int]

_SCORE_DIGITS = 4
_PERCENT = {"percent": "", "low": "_low", "high": "_high"}
_COMPUTED = ("strength", "degree")
_NEEDED = ("year", "source", "target", "observed", "expected", "grade", "priority", *DETAILS)


@dataclass(frozen=True, slots=True, eq=False)
class PageYears:
    """A study year by year, for a page that moves through time.

    Attributes
    ----------
    networks
        Year -> network on codes of the units, two years at least.
    counted
        First and last year of the links that the page shows at first.
    scores
        Year -> scores as of `maps.build_page`; strength and number of partners are counted by the page itself.
    gaps
        Register of `analysis.gaps.registers_side_by_side.find_gaps_by` by year: each year has a model of its own, and
        ``q`` and ``grade`` are of all tests of all years together. None: no gaps by year.
    event
        Weight of one link event, by which chance is judged; 1 where whole collaborations are counted.
    borders
        What crossing each border does to expected collaboration, by year: ``year``, ``barrier``, ``name``, ``name_zh``,
        ``percent``, ``percent_low``, ``percent_high``. None: no prices of borders by year.
    communities
        Year -> number of communities among the regions with links.

    Raises
    ------
    MethodError
        There are fewer than two years, or the register lacks a column; all faults at once.

    Examples
    --------
    >>> import networkx as nx
    >>> years = PageYears({year: nx.Graph([("P", "Q")]) for year in (2019, 2020)}, counted=(2019, 2020))
    >>> sorted(years.networks)
    [2019, 2020]
    """

    networks: "Mapping[int, nx.Graph[str]]"
    counted: tuple[int, int]
    scores: Mapping[int, pd.DataFrame] = field(default_factory=dict)
    gaps: pd.DataFrame | None = None
    event: float = 1.0
    borders: pd.DataFrame | None = None
    communities: Mapping[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        faults = [] if len(self.networks) > 1 else ["a page moves through two years or more"]
        if not any(self.counted[0] <= year <= self.counted[1] for year in self.networks):
            faults.append(f"none of the years lies in those counted, {self.counted[0]}-{self.counted[1]}")
        missing = [] if self.gaps is None else [name for name in _NEEDED if name not in self.gaps]
        if missing:
            faults.append(f"the gaps by year have no column {', '.join(missing)}")
        if faults:
            raise MethodError(f"Years of the page: {'; '.join(faults)}.")


def list_year_data(years: PageYears, units: Sequence[str]) -> dict[str, Any]:
    """Write the years as the data block holds them.

    Returns
    -------
    dict
        ``list`` (the years in order), ``counted`` (places of the first and the last that count at first), ``source``
        and ``target`` (places in the units of every pair that has links in a year or gaps in one), ``links`` (per year
        ``at``, steps from pair to pair, and ``weight``), ``scores`` (name -> a list per year, see `_thin`),
        ``gaps`` (see `_list_gaps`, or None), ``event``, ``borders`` (see `_list_borders`) and ``communities`` (a number
        per year, null where it is not known).

    Raises
    ------
    MethodError
        A network or the register names a region that is no unit.
    """
    order = sorted(years.networks)
    for year in order:
        check_codes(units, years.networks[year].nodes, f"network of {year}")
    directed = years.networks[order[0]].is_directed()
    place = {code: number for number, code in enumerate(units)}
    weights = [weigh_pairs(years.networks[year], place) for year in order]
    gaps = None if years.gaps is None else _choose_pairs(years.gaps, units, place)
    pairs = sorted({*(pair for each in weights for pair in each), *([] if gaps is None else gaps[0])})
    number = {pair: at for at, pair in enumerate(pairs)}
    inside = [at for at, year in enumerate(order) if years.counted[0] <= year <= years.counted[1]]
    return {
        "list": order,
        "counted": [inside[0], inside[-1]],
        "directed": directed,
        "source": [source for source, _ in pairs],
        "target": [target for _, target in pairs],
        "links": [step_weights(each, number) for each in weights],
        "scores": _list_scores([years.scores.get(year) for year in order], units),
        "gaps": None if gaps is None else _list_gaps(gaps, order, number),
        "event": years.event,
        "borders": _list_borders(years.borders, order),
        "communities": [years.communities.get(year) for year in order],
    }


def _list_borders(table: pd.DataFrame | None, order: Sequence[int]) -> list[dict[str, Any]]:
    """Write each border: its name in both languages, and percent, low, high per year, null in one without a model."""
    if table is None or table.empty:
        return []
    listed = []
    for _, rows in table.groupby("barrier", sort=False):
        by_year = rows.set_index("year").reindex(list(order))
        shown = {name: tidy(by_year[f"percent{end}"], digits=4) for name, end in _PERCENT.items()}
        listed.append({"names": [rows["name"].iloc[0], rows["name_zh"].iloc[0]], **shown})
    return listed


def _list_scores(tables: list[pd.DataFrame | None], units: Sequence[str]) -> dict[str, list[list[Any]]]:
    """Return the scores that every year has."""
    known = [None if table is None else table.select_dtypes("number").reindex(list(units)) for table in tables]
    if any(table is None for table in known):
        return {}
    whole = [table for table in known if table is not None]
    names = [str(name) for name in whole[0].columns if name not in _COMPUTED and all(name in table for table in whole)]
    return {name: [_thin(tidy(table[name], digits=_SCORE_DIGITS)) for table in whole] for name in names}


def _thin(values: list[float | int | None]) -> list[Any]:
    """Return the values as they are, or, where one makes more than half, it, steps to each other one, and these.

    Of 369 cities 300 have no links: what they share was most of what the years of a page took.
    """
    common, times = Counter(values).most_common(1)[0] if values else (None, 0)
    if 2 * times <= len(values):
        return values
    places = [place for place, value in enumerate(values) if value != common]
    steps = [here - there for there, here in pairwise([0, *places])]
    return [common, steps, [values[place] for place in places]]


Cell = dict[str, Any]
Chosen = tuple[list[Place], dict[tuple[Place, int], Cell], int, dict[int, int]]


def _choose_pairs(gaps: pd.DataFrame, units: Sequence[str], place: Mapping[str, int]) -> Chosen:
    """Return the pairs that have a gap with evidence in a year, those with the largest first, and their cells.

    With them the number of all such pairs, which may be more, and how many pairs were judged in each year.
    """
    check_codes(units, [*gaps["source"], *gaps["target"]], "register by year")
    counts: dict[int, int] = {}
    largest: dict[Place, float] = {}
    cells = {}
    columns = ["expected", "grade", "priority", *DETAILS]
    rows = cast("list[Cell]", gaps[columns].to_dict("records"))
    ends = (gaps[name].to_list() for name in ("year", "source", "target"))
    for year, source, target, cell in zip(*ends, rows, strict=True):
        pair = (place[source], place[target])
        counts[int(year)] = counts.get(int(year), 0) + 1
        cells[pair, int(year)] = cell
        if cell["grade"] != GRADES[-1]:
            largest[pair] = max(largest.get(pair, 0.0), cell["priority"])
    order = sorted(largest, key=lambda pair: (-largest[pair], pair))
    return order[:CARRIED], cells, len(order), counts


def _list_gaps(chosen: Chosen, order: list[int], number: Mapping[Place, int]) -> dict[str, Any]:
    """Write the gaps of all years.

    ``pairs``: place of each pair; ``all``: so many pairs have evidence in a year, the page may carry fewer;
    ``judged``: pairs with a model in each year; ``expected``: a list per pair of a number per year, null where it was
    not judged; ``grade``: a text per pair with a letter per year (`GRADE_LETTERS`, `NOT_JUDGED`); ``detail``: column ->
    its values of the gaps with evidence, pair after pair and year after year.
    """
    kept, known, every, counts = chosen
    cells = [[known.get((pair, year)) for year in order] for pair in kept]
    letters = [[NOT_JUDGED if cell is None else GRADE_LETTERS[cell["grade"]] for cell in line] for line in cells]
    backed = [cell for line in cells for cell in line if cell is not None and cell["grade"] != GRADES[-1]]
    return {
        "pairs": [number[pair] for pair in kept],
        "all": every,
        "judged": [counts.get(year, 0) for year in order],
        "expected": [tidy((None if cell is None else cell["expected"] for cell in line), digits=3) for line in cells],
        "grade": ["".join(line) for line in letters],
        "detail": {name: tidy((cell[name] for cell in backed), digits=digits) for name, digits in DETAILS.items()},
    }
