"""One register of gaps over several parts of the collaboration: years, fields or synergy paths.

Each part has a model of its own, and all tests of all parts are corrected together: who looks at ten years finds ten
times as many false gaps.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, get_args

import pandas as pd

from analysis.barriers.panel import build_yearly_networks
from analysis.expectation.false_discovery_rate import Correction, measure_q_values
from analysis.expectation.grades import GRADES, grade_pairs
from analysis.expectation.gravity_options import GravityOptions
from analysis.expectation.model import GravityModel
from analysis.gaps.register import GapRegister, build_gap_register, count_grades, sort_gaps
from analysis.networks.network import build_network
from analysis.networks.pair_index import index_pairs
from analysis.networks.synergy import Path, build_path_network, build_path_networks
from regions.errors import MethodError
from regions.messages import say
from regions.records.count_links import Counting
from regions.study import Study
from regions.study_parts.study_selection import select_study

if TYPE_CHECKING:
    import networkx as nx


By = Literal["year", "field", "path"]

MOVES = ("opened", "persistent", "closed", "none", "first")


@dataclass(frozen=True, slots=True, eq=False)
class GapRegisters:
    """The gaps of several years, fields or paths, corrected for all their tests together.

    Attributes
    ----------
    table
        Index (part, source, target), best-founded and largest first over all parts. The part as first column (``year``,
        ``field`` or ``path``), then the columns of `GapRegister`; ``q`` and ``grade`` are of the whole family. By year
        also ``moved`` behind the grade: ``opened`` (at least weak evidence of a gap, none in the year before),
        ``persistent`` (both), ``closed`` (the year before only), ``none`` (neither), ``first`` (the pair was not judged
        in the year before), and ``ratio_change``, the shrunken ratio less that of the year before; the year before is
        the last one that has a model.
    models
        Part as text -> its model, the tally as regraded.
    skipped
        Part as text -> why it has none.
    """

    table: pd.DataFrame
    models: Mapping[str, GravityModel]
    skipped: Mapping[str, str]


def find_gaps_by(
    study: Study,
    distances: pd.DataFrame,
    by: By,
    *,
    counting: Counting = "full",
    options: GravityOptions | None = None,
    window: int = 1,
    networks: "Mapping[int, nx.Graph] | None" = None,
) -> GapRegisters:
    """Find the gaps of every year, field or synergy path, and put them into one register.

    Parameters
    ----------
    study, distances, options
        As in `analysis.find_gaps`.
    by
        ``year``, ``field`` or ``path``.
    counting
        See `analysis.build_network`.
    window
        Years that one network covers, the last of which names it; only with ``by="year"``.
    networks
        What `analysis.build_yearly_networks` gives of the same study, counting and window; None builds them here.

    Returns
    -------
    GapRegisters
        A part that its links do not support is left out; ``skipped`` has the reason.

    Raises
    ------
    MethodError
        When the study has no such parts, or none of them supports a model.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from regionet import analysis
    >>> study, km = analysis.scatter_regions(20)
    >>> years = {year: analysis.simulate_network(study, km, analysis.Truth(), seed=year) for year in (2019, 2020)}
    >>> rows = [(a, b, w, year) for year, network in years.items() for a, b, w in network.edges(data="weight")]
    >>> links = pd.DataFrame(rows, columns=["source", "target", "weight", "year"]).astype({"year": "Int64"})
    >>> options = analysis.GravityOptions(stability=False)
    >>> family = analysis.find_gaps_by(replace(study, links=links), km, "year", options=options)
    >>> list(family.models)
    ['2019', '2020']
    """
    found: dict[int | str, GapRegister] = {}
    skipped: dict[str, str] = {}
    for name, part, network in list_parts(study, by, counting=counting, window=window, networks=networks):
        try:
            found[name] = build_gap_register(part, network, distances, options=options)
        except MethodError as error:  # one thin part must not hide the others
            skipped[str(name)] = str(error)
    return combine_registers(found, by, skipped=skipped)


def list_parts(
    study: Study,
    by: By,
    *,
    counting: Counting = "full",
    window: int = 1,
    path: Path | None = None,
    networks: "Mapping[int, nx.Graph] | None" = None,
) -> Iterator[tuple[int | str, Study, "nx.Graph"]]:
    """Yield name, study and network of every part, in order; a path without actors on both ends has no part.

    With ``path`` a year or a field has the links of that path alone, and none where no actor is on it. ``networks``
    as of `find_gaps_by`.

    Raises
    ------
    MethodError
        When ``by`` is none of the three, the study has no such column, or no actors of known kinds.
    """
    if by not in get_args(By):
        raise MethodError(f"by must be one of {', '.join(get_args(By))}; got {by!r}")
    if by == "year":
        networks = networks or build_yearly_networks(study, counting=counting, window=window)
        for year, network in networks.items():
            part = select_study(study, years=(year - window + 1, year))
            yield year, part, network if path is None else _build_on_path(part, path, counting)
    elif by == "field":
        for field in _list_fields(study):
            part = select_study(study, field=field)
            yield field, part, build_network(part, counting) if path is None else _build_on_path(part, path, counting)
    else:
        yield from _list_paths(study, counting)


def combine_registers(
    registers: Mapping[int | str, GapRegister],
    by: By,
    *,
    correction: Correction = "bh",
    skipped: Mapping[str, str] | None = None,
) -> GapRegisters:
    """Put the registers of several parts into one, corrected for all their tests together.

    Parameters
    ----------
    registers
        Year, field or path -> register of `analysis.build_gap_register`.
    by
        Name of the first column.
    correction
        ``bh`` or ``by``; networks of overlapping years are dependent, which only ``by`` allows for strictly.
    skipped
        Parts left out -> reason.

    Raises
    ------
    MethodError
        When there is no register.
    """
    left_out = dict(skipped or {})
    if not registers:
        why = "; ".join(f"{name}: {reason}" for name, reason in left_out.items())
        raise MethodError(say("gaps/no-part", by=by, why=why))
    family = pd.concat([each.table.assign(**{by: name}) for name, each in registers.items()], ignore_index=True)
    family["q"] = measure_q_values(family["p"].to_numpy(), correction=correction)
    family["grade"] = grade_pairs(family)
    family = family[[by, *(column for column in family.columns if column != by)]]
    if by == "year":
        family = _add_moves(family)
    family = index_pairs(sort_gaps(family), by=by)
    models = {
        str(name): replace(each.model, tally=count_grades(family[family[by] == name]))
        for name, each in registers.items()
    }
    return GapRegisters(family, models, left_out)


def count_moves(register: pd.DataFrame) -> pd.DataFrame:
    """Count how the gaps of each year came about.

    Parameters
    ----------
    register
        Table of what `find_gaps_by` gives by year.

    Returns
    -------
    DataFrame
        Index ``year``; ``pairs``, ``gaps`` (at least weak evidence), ``opened``, ``persistent``, ``closed``.

    Examples
    --------
    >>> register = pd.DataFrame({"year": [2019, 2020], "grade": ["none", "weak"], "moved": ["first", "opened"]})
    >>> count_moves(register)["opened"].to_dict()
    {2019: 0, 2020: 1}
    """
    years = register.groupby("year")
    table = pd.DataFrame(
        {"pairs": years.size(), "gaps": (register["grade"] != GRADES[-1]).groupby(register["year"]).sum()}
    )
    for move in MOVES[:3]:
        table[move] = (register["moved"] == move).groupby(register["year"]).sum()
    return table


def _list_fields(study: Study) -> list[str]:
    tables = [table for table in (study.links, study.records) if table is not None and "field" in table]
    fields = sorted({str(field) for table in tables for field in table["field"].dropna().unique() if str(field)})
    if not fields:
        raise MethodError(say("study/no-fields", study=study.name))
    return fields


def _build_on_path(part: Study, path: Path, counting: Counting) -> "nx.Graph":
    """Return the links on one path; none where nobody of the part is on it, which its model then says."""
    try:
        return build_path_network(part, path, counting=counting)
    except MethodError:
        network = build_network(part, counting)
        network.remove_edges_from(list(network.edges))
        return network


def _list_paths(study: Study, counting: Counting) -> Iterator[tuple[str, Study, "nx.Graph"]]:
    for path, network in build_path_networks(study, counting=counting).items():
        yield path, study, network


def _add_moves(family: pd.DataFrame) -> pd.DataFrame:
    """Compare every pair with the last fitted year before."""
    years = sorted(family["year"].unique())
    before = dict(zip(years[1:], years, strict=False))
    keys = ["year", "source", "target"]
    known = family.set_index(keys)
    ends = family.assign(year=family["year"].map(before)).set_index(keys).index
    grade = known["grade"].reindex(ends).to_numpy(dtype=object)
    now, then = (family["grade"] != GRADES[-1]).to_numpy(), grade != GRADES[-1]
    moved = pd.Series("none", index=family.index, dtype=object)
    for name, chosen in zip(MOVES[:3], (now & ~then, now & then, ~now & then), strict=True):
        moved[chosen] = name
    moved[pd.isna(grade)] = "first"
    place = list(family.columns).index("grade") + 1
    family.insert(place, "moved", moved)
    family.insert(
        place + 1, "ratio_change", family["shrunken_ratio"] - known["shrunken_ratio"].reindex(ends).to_numpy()
    )
    return family
