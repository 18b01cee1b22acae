"""Momentum (动能): product times growth, and the energy of growth; an analogy with mechanics, not a law."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.development.constant_prices import choose_real_column
from analysis.roles.unit_groups import assign_groups
from regions.arrays import Floats
from regions.errors import MethodError
from regions.messages import say
from regions.study import Study
from regions.words import Words

WHOLE = "all"


@dataclass(frozen=True, slots=True, eq=False)
class Momentum:
    """Momentum of the regions of a study, and of their groups.

    Attributes
    ----------
    regions
        Index (``code``, ``year``); ``mass`` (real product of the year before), ``velocity`` (real growth, 1/year),
        ``momentum`` m v, ``energy`` m v^2 sign(v) / 2, each of the last two with ``_low`` and ``_high`` where growth is
        off by ``revision``. NaN where a year or the one before is missing.
    groups
        Index (``group``, ``year``), the whole as `WHOLE`; ``regions``, ``falling`` (of them with negative growth),
        ``mass``, ``velocity``, ``momentum``, ``energy`` (sum of m v^2 / 2 without signs), ``motion`` (M V^2 / 2),
        ``dispersion`` (energy - motion), for the whole ``between`` (of the groups) and ``within`` them.
    column
        What was taken for real product.
    notes
        That it is an analogy; what was left out.
    """

    regions: pd.DataFrame
    groups: pd.DataFrame
    column: str
    notes: tuple[Words, ...]


def measure_momentum(
    study: Study, *, column: str | None = None, by: str | None = None, revision: float = 0.0
) -> Momentum:
    r"""Measure momentum and energy of growth, and how much of it is dispersion inside groups.

    With the mass m the real product of the year before and the velocity v the real growth, :math:`p=mv` is the product
    that was added. :math:`E=\tfrac12mv^2\operatorname{sign}v`. By Koenig's theorem
    :math:`\sum\tfrac12m_iv_i^2=\tfrac12MV^2+\sum\tfrac12m_i(v_i-V)^2` with :math:`M=\sum m_i` and
    :math:`V=\sum m_iv_i/M`, which is the growth of the group.

    Parameters
    ----------
    study
        With a column of real product.
    column
        None: ``gdp_real`` and its kin. A column at current prices is refused.
    by
        Grouping for the split, see `analysis.roles.unit_groups.assign_groups`; None: the whole only.
    revision
        How far growth may be off, in 1/year, such as .003 for the difference of two vintages; makes the intervals.

    Returns
    -------
    Momentum

    Raises
    ------
    MethodError
        For current prices or no column, with what to bring; a product of 0 or less; fewer than two years in a row; or a
        revision below 0.

    Notes
    -----
    Mass and velocity are chosen, not measured as in mechanics, and nothing is conserved: a way to rank what growth of
    large regions adds beside fast growth of small ones.

    Examples
    --------
    >>> from regionet import analysis, regions
    >>> found = analysis.measure_momentum(regions.load_study("china"), by="macro_region")
    >>> whole = found.groups.loc[("all", 2024)]
    >>> bool(abs(whole["motion"] + whole["dispersion"] - whole["energy"]) < 1e-9 * whole["energy"])
    True
    """
    if revision < 0:
        raise MethodError(say("momentum/revision", revision=revision))
    chosen = choose_real_column(study, column)
    product = _read_product(study, chosen)
    table = _measure_regions(product, revision)
    groups = pd.Series(WHOLE, index=product.columns) if by is None else assign_groups(study, by)
    parts = [_split_groups(table, pd.Series(WHOLE, index=product.columns))]
    if by is not None:
        parts.append(_split_groups(table, groups))
        parts[0] = parts[0].join(_split_dispersion(parts[0], parts[1]))
    return Momentum(table, pd.concat(parts), chosen, tuple(_tell(table)))


def _read_product(study: Study, column: str) -> pd.DataFrame:
    """Return real product, one row per year, one column per region, without gaps among the years."""
    table = study.indicators
    if table is None:
        raise MethodError(say("prices/none", study=study.name))
    rows = table[table["code"].isin(study.regions.index)]
    wide = rows.set_index(["year", "code"])[column].unstack().reindex(columns=study.regions.index)  # noqa: PD010
    wide = wide.dropna(how="all").astype(float)
    wide = wide.reindex(range(int(wide.index.min()), int(wide.index.max()) + 1)) if len(wide) else wide
    low = int((wide <= 0).sum().sum())
    growth = wide.notna() & wide.shift().notna()
    if low or not growth.any(axis=None):
        name = study.describe_indicator(column)[0]
        raise MethodError(say("momentum/years", column=name, low=low, years=[int(year) for year in wide.index]))
    return wide.rename_axis("year").rename_axis("code", axis=1)


def _measure_regions(product: pd.DataFrame, revision: float) -> pd.DataFrame:
    mass = product.shift().iloc[1:]
    velocity = product.iloc[1:] / mass - 1
    columns = {"mass": mass, "velocity": velocity, "momentum": mass * velocity, "energy": _find_energy(mass, velocity)}
    if revision:
        for end, moved in (("low", velocity - revision), ("high", velocity + revision)):
            columns[f"momentum_{end}"], columns[f"energy_{end}"] = mass * moved, _find_energy(mass, moved)
    table = pd.concat({name: wide.unstack() for name, wide in columns.items()}, axis=1)  # noqa: PD010 - code, year
    return table.swaplevel().sort_index(level="year", sort_remaining=False).swaplevel()


def _find_energy(mass: pd.DataFrame, velocity: pd.DataFrame) -> pd.DataFrame:
    return 0.5 * mass * velocity * velocity.abs()


def _split_groups(table: pd.DataFrame, groups: "pd.Series[str]") -> pd.DataFrame:
    known = table.dropna(subset=["velocity"])
    keys = [
        known.index.get_level_values("code").map(groups.to_dict()).rename("group"),
        known.index.get_level_values("year"),
    ]
    added = known.assign(squares=0.5 * known["mass"] * known["velocity"] ** 2, falling=known["velocity"] < 0)
    found = added.groupby(keys).agg(
        regions=("mass", "size"),
        falling=("falling", "sum"),
        mass=("mass", "sum"),
        momentum=("momentum", "sum"),
        energy=("squares", "sum"),
    )
    found.insert(3, "velocity", found["momentum"] / found["mass"])
    found["motion"] = 0.5 * found["mass"] * found["velocity"] ** 2
    found["dispersion"] = np.maximum(found["energy"] - found["motion"], 0.0)
    return found


def _split_dispersion(whole: pd.DataFrame, groups: pd.DataFrame) -> pd.DataFrame:
    """Return the dispersion of the whole as that between and that within groups."""
    within = groups.groupby("year")["dispersion"].sum()
    split = whole.reset_index("group")[["dispersion"]].join(within.rename("within"))
    split["between"] = np.maximum(split["dispersion"] - split["within"], 0.0)
    split.index = pd.MultiIndex.from_product([[WHOLE], split.index], names=["group", "year"])
    return split[["between", "within"]]


def split_energy(mass: Floats, velocity: Floats) -> tuple[float, float]:
    """Return the energy of a group as motion of the whole and dispersion inside it.

    Parameters
    ----------
    mass, velocity
        (N,).

    Examples
    --------
    >>> import numpy as np
    >>> motion, inside = split_energy(np.array([10.0, 20, 30]), np.array([0.05, 0.08, 0.03]))
    >>> round(motion + inside, 12)
    0.09
    """
    whole = float(mass @ velocity / mass.sum())
    return 0.5 * float(mass.sum()) * whole**2, 0.5 * float(mass @ (velocity - whole) ** 2)


def _tell(table: pd.DataFrame) -> list[Words]:
    notes = [
        Words(
            "Momentum is an analogy: product times growth. It ranks what growth adds; nothing is conserved, no "
            "force is measured.",
            "“动能”是类比：规模乘增速，用来比较增长带来的增量；并无守恒，也没有测量任何“力”。",
        )
    ]
    lacking = int(table["velocity"].isna().sum())
    if lacking:
        notes.append(
            Words(
                f"{lacking} of {len(table)} regions and years have no growth: the year or the one before is missing.",
                f"{len(table)} 个地区年份中有 {lacking} 个没有增速：当年或上年缺失。",
            )
        )
    falling = int((table["velocity"] < 0).sum())
    if falling:
        notes.append(_tell_falling(falling, len(table) - lacking))
    return notes


def _tell_falling(falling: int, known: int) -> Words:
    return Words(
        f"{falling} of {known} growth rates are negative; their energy has a minus.",
        f"有 {falling} 个负增长，其能量记为负值。",
    )
