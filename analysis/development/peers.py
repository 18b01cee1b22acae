"""Peers by structure, and the condition that is scarcest beside them."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from regions.arrays import Floats
from regions.errors import MethodError
from regions.messages import say
from regions.schemes.indicator_scheme import read_scheme
from regions.schemes.indicator_values import SchemeValues, compute_indicators
from regions.study import Study
from regions.words import Words

STRUCTURE = pd.DataFrame(
    [
        ("size", "Residents", "常住人口", "residents|population", ""),
        ("wealth", "Product per head", "人均产出", "gdp_real|gdp", "residents|population"),
        ("towns", "Urban share", "城镇化率", "urbanisation", ""),
        ("factories", "Share of secondary industry", "第二产业比重", "va_secondary", "gdp"),
    ],
    columns=["indicator", "name", "name_zh", "value", "per"],
).assign(pillar="structure")
"""What makes regions alike: not what they achieve. Logarithms are compared."""

_HALF = 0.5
_FEWEST = 3
_SHOWN = 8


@dataclass(frozen=True, slots=True, eq=False)
class Peers:
    """Regions of like structure.

    Attributes
    ----------
    table
        Index (``code``, ``place``), 1 the nearest; ``peer``, ``distance`` (root mean square difference of the
        standardised logarithms).
    columns
        What was compared.
    year
        Of the comparison.
    notes
        Regions without peers because a value is missing.
    """

    table: pd.DataFrame
    columns: dict[str, str]
    year: int
    notes: tuple[Words, ...]

    def list_peers(self, code: str) -> list[str]:
        """Return the peers of a region, the nearest first; [] for one that has none."""
        codes = self.table.index.get_level_values("code")
        return [str(peer) for peer in self.table.loc[codes == code, "peer"]]


def find_peers(
    study: Study, *, count: int = 5, year: int | None = None, structure: pd.DataFrame | None = None
) -> Peers:
    """Find the regions that are most alike in size, wealth, towns and industry, not in rank.

    Parameters
    ----------
    study
        With some of the columns of `STRUCTURE`.
    count
        Peers of each region.
    year
        None: the last in which half of the regions have all columns.
    structure
        Another table of what is compared, as of `regions.schemes.read_scheme`.

    Raises
    ------
    MethodError
        When nothing can be compared.

    Examples
    --------
    >>> from regionet import regions
    >>> study = regions.load_study("china")
    >>> [study.names()[code] for code in find_peers(study, count=3).list_peers("320000")]
    ['Zhejiang', 'Fujian', 'Guangdong']
    """
    scheme = read_scheme(STRUCTURE if structure is None else structure)
    values = compute_indicators(study, scheme)
    chosen = choose_year(values.table) if year is None else year
    if chosen not in set(values.table.index.get_level_values("year")):
        raise MethodError(say("peers/year", year=chosen))
    rows = pd.DataFrame(values.table.xs(chosen, level="year")).dropna(axis=1, how="all")
    known = rows[(rows > 0).all(axis=1)]
    if len(known) < _FEWEST:
        raise MethodError(say("peers/few", count=len(known)))
    logs = np.log(known)
    scaled = ((logs - logs.mean()) / logs.std(ddof=0).where(logs.std(ddof=0) > 0, 1.0)).to_numpy()
    table = _list_nearest(scaled, known.index, min(count, len(known) - 1))
    names = {each.key: each.name.en for each in values.indicators if each.key in rows}
    return Peers(table, names, chosen, tuple(_tell_lacking(study, rows.index.difference(known.index))))


def _tell_lacking(study: Study, codes: "pd.Index[str]") -> list[Words]:
    if codes.empty:
        return []
    en, zh = ([study.names(language)[code] for code in codes[:_SHOWN]] for language in ("en", "zh"))
    more = len(codes) - _SHOWN
    tail, tail_zh = (f" and {more} more", f"等 {len(codes)} 个") if more > 0 else ("", "")
    return [
        Words(
            f"Without peers for want of values: {', '.join(en)}{tail}.",
            f"因缺数而无可比地区：{'、'.join(zh)}{tail_zh}。",
        )
    ]


def choose_year(table: pd.DataFrame) -> int:
    """Return the last year in which half of the regions have a value in every column, else the fullest."""
    share = table.notna().groupby(level="year").mean()
    full = share.index[(share >= _HALF).all(axis=1)]
    if len(full):
        return int(full[-1])
    known = pd.Series(share.sum(axis=1))
    return int(known.index[known == known.max()][-1])


def _list_nearest(scaled: Floats, codes: "pd.Index[str]", count: int) -> pd.DataFrame:
    distance = np.sqrt(((scaled[:, None] - scaled[None]) ** 2).mean(axis=2))
    np.fill_diagonal(distance, np.inf)
    order = np.argsort(np.round(distance, 12), axis=1, kind="stable")[:, :count]
    index = pd.MultiIndex.from_product([codes, range(1, count + 1)], names=["code", "place"])
    near = np.take_along_axis(distance, order, axis=1).ravel()
    return pd.DataFrame({"peer": codes.to_numpy()[order.ravel()], "distance": near}, index=index)


def measure_scarcity(
    study: Study, peers: Peers, *, scheme: str | pd.DataFrame = "conditions", year: int | None = None
) -> pd.DataFrame:
    r"""Measure which condition is scarcest for each region beside its peers.

    :math:`g_{ik}=\pm(x_{ik}-\bar x_{\text{peers}(i),k})/s_k` with s the standard deviation over all regions.

    Parameters
    ----------
    study, scheme
        Conditions to look at, see `regions.schemes.read_scheme`.
    peers
        From `find_peers`.
    year
        None: the last in which half of the regions have all conditions.

    Returns
    -------
    DataFrame
        ``code``, ``indicator``, ``pillar``, ``value``, ``peers`` (their mean; missing ones are left out), ``gap``
        (standard deviations, below 0: scarcer than the peers have it), ``order`` (1: the scarcest), ``year``; regions
        in the order of the study, the scarcest first. Conditions that are
        missing for the region or all its peers are absent.

    Examples
    --------
    >>> from regionet import regions
    >>> study = regions.load_study("china")
    >>> found = measure_scarcity(study, find_peers(study))
    >>> found[found["code"] == "440000"].iloc[0]["indicator"]  # Guangdong
    'retail'
    """
    values = compute_indicators(study, read_scheme(scheme))
    chosen = choose_year(values.table) if year is None else year
    if chosen not in set(values.table.index.get_level_values("year")):
        raise MethodError(say("peers/year", year=chosen))
    rows = pd.DataFrame(values.table.xs(chosen, level="year"))
    spread = pd.Series(rows.std(ddof=0))
    parts = [_compare(rows, spread, code, peers.list_peers(code), values) for code in rows.index]
    told = [part for part in parts if len(part)]
    if not told:
        raise MethodError(say("peers/no-scarcity", year=chosen))
    table = pd.concat(told, ignore_index=True)
    return table.assign(year=chosen)


def _compare(
    rows: pd.DataFrame, spread: "pd.Series[float]", code: str, peers: list[str], values: SchemeValues
) -> pd.DataFrame:
    signs = pd.Series({each.key: each.direction for each in values.indicators})
    pillars = {each.key: each.pillar for each in values.indicators}
    mean = rows.reindex(peers).mean()
    gap = pd.Series(signs * (rows.loc[code] - mean) / spread.where(spread > 0)).dropna().sort_values(kind="stable")
    keys = list(gap.index)
    return pd.DataFrame(
        {
            "code": code,
            "indicator": keys,
            "pillar": [pillars[key] for key in keys],
            "value": rows.loc[code, keys].to_numpy(),
            "peers": mean[keys].to_numpy(),
            "gap": gap.to_numpy(),
            "order": range(1, len(keys) + 1),
        }
    )
