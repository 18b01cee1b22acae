"""The modified gravity network (修正引力模型): links computed from size and distance, where none are observed.

It is a model, not an observation: like regions get about 0 by construction, whatever they do together.
"""

from typing import Literal, get_args

import networkx as nx
import numpy as np
import pandas as pd

from analysis.loglinear.tolerance import subtract
from regions.arrays import Booleans, Floats
from regions.errors import MethodError
from regions.study import Study
from regions.words import Words

Rule = Literal[">= n-1", "> n-1", ">= n", "> n"]

NOTE = Words(
    "Modelled network: its links were computed from GDP, population and distance, not observed. Regions with like GDP "
    "per head get almost no link by construction.",
    "模型网络：联系由地区生产总值、人口与距离推算，并非实际观测；人均水平相近的地区按公式几乎没有联系。",
)


def build_gravity_network(
    study: Study,
    distances: pd.DataFrame,
    *,
    year: int,
    gdp: str = "gdp",
    population: str = "population",
    rule: Rule = ">= n-1",
) -> nx.DiGraph:
    r"""Build the modified gravity network of the regions of a study.

    .. math:: F_{ij} = K_{ij} \frac{\sqrt{P_i G_i} \sqrt{P_j G_j}}{(D_{ij} / |g_i - g_j|)^2},
       \quad K_{ij} = \frac{G_i}{G_i + G_j}, \quad g = G / P

    A link runs from i to j where :math:`F_{ij} > 0` and reaches the mean of row i. Two regions with the same GDP per
    head have F = 0, so near equals look unrelated: the formula says so, not the world.

    Parameters
    ----------
    study
        With indicators.
    distances
        N x N km, index and columns codes.
    year
        Of the indicators.
    gdp, population
        Columns: G (usually 亿元) and P (usually 万人), both > 0. The units scale F and change no link.
    rule
        The row mean is taken over the ``n-1`` other regions, or over ``n`` (the region itself counts 0; some papers
        do); ``>=`` or ``>`` decides a tie.

    Returns
    -------
    DiGraph
        All units as nodes (``name``, ``name_zh``); links with ``weight`` = F. ``graph``: ``origin`` = ``modelled``
        (gap finding and gravity fitting refuse it), ``study``, ``counting`` = ``modified gravity``, ``force``
        (DataFrame N x N of all F; NaN where a region has no data), ``threshold`` (Series, row means), ``dropped``
        (codes without GDP, population or location; they stay as isolates), ``year``, ``rule``, ``note``.

    Raises
    ------
    MethodError
        When a column or the year is missing, a value is not positive, two regions lie at one point, or fewer than
        two regions have data.

    Examples
    --------
    >>> from regionet import analysis, geodata, regions
    >>> study = regions.load_study("china")
    >>> network = analysis.build_gravity_network(study, geodata.measure_distances(study), year=2020)
    >>> network.graph["origin"]
    'modelled'
    """
    if rule not in get_args(Rule):
        raise MethodError(f"rule must be one of {', '.join(get_args(Rule))}; got {rule!r}")
    codes = study.regions.index
    size, people = (_read_column(study, column, year) for column in (gdp, population))
    space = distances.reindex(index=codes, columns=codes).to_numpy(dtype=float, copy=True)
    known = np.isfinite(size) & np.isfinite(people)
    # A region without a place has no distance to anyone; a pair without a distance among the placed is no force.
    known &= np.isfinite(np.where(np.eye(len(codes), dtype=bool), np.nan, space)).any(axis=1)
    if known.sum() < 2:  # noqa: PLR2004 - a force needs two
        raise MethodError(f"fewer than two regions have {gdp}, {population} of {year} and a location")
    _refuse_same_place(space, codes, known)
    force = np.full(space.shape, np.nan)
    cells = np.ix_(known, known)
    force[cells] = measure_force(size[known], people[known], space[cells])
    mean = np.full(len(codes), np.nan)
    mean[known] = force[cells].sum(axis=1) / (known.sum() - (1 if rule.endswith("n-1") else 0))
    network = _build_graph(study, force, mean, strict=rule.startswith("> "))
    network.graph.update(
        study=study.name,
        counting="modified gravity",
        origin="modelled",
        force=pd.DataFrame(force, index=codes, columns=codes),
        threshold=pd.Series(mean, index=codes, name="threshold"),
        dropped=tuple(codes[~known]),
        year=year,
        rule=rule,
        note=NOTE,
    )
    return network


def measure_force(gdp: Floats, population: Floats, distance: Floats) -> Floats:
    """Measure F of the modified gravity model.

    Parameters
    ----------
    gdp, population
        (n,) > 0.
    distance
        (n, n) km, > 0 off the diagonal.

    Returns
    -------
    ndarray
        (n, n) >= 0, from row to column; 0 on the diagonal. F_ij / F_ji = G_i / G_j.
    """
    share = gdp[:, None] / (gdp[:, None] + gdp)
    mass = np.sqrt(population * gdp)
    per_head = gdp / population
    apart = distance + np.diag(np.full(len(gdp), np.inf))
    # Equals differ by rounding only, and that is no force.
    return np.asarray(share * np.outer(mass, mass) * (subtract(per_head[:, None], per_head) / apart) ** 2)


def _read_column(study: Study, column: str, year: int) -> Floats:
    table = study.indicators
    if table is None or column not in table:
        raise MethodError(f"the study has no indicator {column!r}")
    rows = table[table["year"] == year]
    if rows.empty:
        raise MethodError(f"the indicators have no year {year}; they run {table['year'].min()}-{table['year'].max()}")
    values = rows.set_index("code")[column].reindex(study.regions.index).to_numpy(dtype=float)
    if (values <= 0).any():
        code = study.regions.index[values <= 0][0]
        raise MethodError(f"{column} of {code!r} in {year} is not positive: the model takes its root and divides by it")
    return values


def _refuse_same_place(space: Floats, codes: "pd.Index[str]", known: Booleans) -> None:
    faulty = ~(space > 0) & ~np.eye(len(codes), dtype=bool) & np.outer(known, known)
    if faulty.any():
        a, b = codes[list(np.argwhere(faulty)[0])]
        raise MethodError(
            f"the distance between {a!r} and {b!r} is not known or 0: the force between them has no value"
        )


def _build_graph(study: Study, force: Floats, mean: Floats, *, strict: bool) -> nx.DiGraph:
    network = nx.DiGraph()
    names = zip(study.regions.index, study.regions["name"], study.regions["name_zh"], strict=True)
    network.add_nodes_from((code, {"name": name, "name_zh": name_zh}) for code, name, name_zh in names)
    codes = list(study.regions.index)
    # A sum of equal forces may miss its mean in the last digits; such a tie is a tie.
    slack = 1e-12 * mean[:, None]
    reached = force > mean[:, None] + slack if strict else force >= mean[:, None] - slack
    for i, j in np.argwhere(reached & (force > 0)):
        network.add_edge(codes[i], codes[j], weight=float(force[i, j]))
    return network
