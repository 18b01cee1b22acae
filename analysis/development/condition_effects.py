"""How conditions go with an outcome once regions and years are set apart, and what more of one might mean."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from regions.arrays import Floats
from regions.errors import MethodError
from regions.messages import say
from regions.schemes.indicator_scheme import read_scheme
from regions.schemes.indicator_values import compute_indicators
from regions.study import Study
from regions.words import Words

SLOW = 0.05
"""Share of the variance within regions under which a condition counts as hardly changing."""

FEWEST_REGIONS, FEWEST_YEARS = 5, 3
_ABSORBED = 1e-12
_HALF = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class ConditionEffects:
    """Partial associations of conditions with an outcome.

    Attributes
    ----------
    table
        Index ``indicator``; ``estimate`` (elasticity: percent of the outcome for one percent more), ``low``, ``high``,
        ``p``, ``within`` (share of the variance of its logarithm that lies within regions over the years, once the
        common course of the years is out), ``slow`` (under 5 %: the effects of regions absorb it).
    outcome, codes, years
        What was explained, where and when.
    logs
        Index (``code``, ``year``); logarithms of the conditions, for `measure_condition_whatif`.
    level
        Coverage of the intervals.
    notes
        What was left out, and what this is not.
    design
        ``within`` regions over the years, or ``between`` regions of one year.
    """

    table: pd.DataFrame
    outcome: str
    codes: "pd.Index[str]"
    years: tuple[int, ...]
    logs: pd.DataFrame
    level: float
    notes: tuple[Words, ...]
    design: Literal["within", "between"] = "within"


def associate_conditions(
    study: Study,
    outcome: str,
    *,
    scheme: str | pd.DataFrame = "conditions",
    conditions: Sequence[str] | None = None,
    level: float = 0.95,
) -> ConditionEffects:
    r"""Associate conditions with an outcome within regions over the years.

    :math:`\ln y_{it}=\sum_k\beta_k\ln x_{kit}+\alpha_i+\gamma_t+u_{it}` by least squares; errors are robust to whatever
    goes on within a region (clusters, t with N - 1 degrees of freedom).

    Parameters
    ----------
    study
        With indicators of several years.
    outcome
        An indicator, such as ``gdp_real`` or ``patents_granted_invention``.
    scheme, conditions
        Conditions of a scheme, and which of them (all that the study has).
    level
        Coverage.

    Returns
    -------
    ConditionEffects
        Only regions and years with a positive value of everything; regions with one year are dropped. A condition that
        never changes within regions has an estimate of NaN; one made of the outcome itself takes no part.

    Raises
    ------
    MethodError
        For an unknown outcome or condition, fewer than five regions or three years, conditions that repeat each other
        or never change, or as many of them as there are observations left.

    Notes
    -----
    The effects of regions absorb conditions that hardly change (roads, colleges): a wide interval on a slow condition
    is want of evidence, not evidence of nothing. Association, not cause: outcome and budgets move each other.

    Examples
    --------
    >>> from regionet import regions
    >>> found = associate_conditions(
    ...     regions.load_study("china"), "patents_granted_invention", conditions=["researchers", "science_budget"]
    ... )
    >>> len(found.codes), bool((found.table["low"] < found.table["high"]).all())
    (31, True)
    """
    values = compute_indicators(study, read_scheme(scheme))
    names, left_out = choose_conditions(values.table) if conditions is None else (list(conditions), [])
    names = [name for name in names if values.made_of.get(name, "").split(" / ")[0] != outcome]
    lacking = [name for name in names if name not in values.table]
    if study.indicators is None or outcome not in study.indicators or lacking or not names:
        raise MethodError(say("conditions/unknown", outcome=outcome, lacking=lacking, known=list(values.table)))
    y = study.indicators.set_index(["code", "year"])[outcome].astype(float)
    rows = values.table[names].join(y.rename("_y"), how="left")
    rows = rows[(rows > 0).all(axis=1)]
    often = rows.groupby(level="code")["_y"].transform("size") > 1
    logs = pd.DataFrame(np.log(rows[often]))
    codes = pd.Index(logs.index.get_level_values("code").unique())
    years = tuple(sorted({int(year) for year in logs.index.get_level_values("year")}))
    words = {each.key: each.name for each in values.scheme.indicators}
    if len(codes) < FEWEST_REGIONS or len(years) < FEWEST_YEARS:
        raise MethodError(say("conditions/few", regions=len(codes), years=len(years)))
    cleared = clear_effects(logs)
    within = pd.Series({name: share_within(logs[name], cleared[name]) for name in names})
    moving = [name for name in names if within[name] > _ABSORBED]
    _check_freedom(len(logs), len(codes) + len(years) - 1, moving)
    table = _fit(cleared, moving, len(codes), level).reindex(pd.Index(names, name="indicator"))
    table["within"] = within
    table["slow"] = table["within"] < SLOW
    notes = [*tell_effects(table, len(logs), words), *tell_left_out(left_out, words)]
    if len(logs) < len(rows):
        lone = len(rows) - len(logs)
        notes.append(Words(f"{lone} regions with one year only are left out.", f"{lone} 个地区只有一年数据，已剔除。"))
    return ConditionEffects(table, outcome, codes, years, logs[names], level, tuple(notes))


def choose_conditions(table: pd.DataFrame) -> tuple[list[str], list[str]]:
    """Choose the conditions that are known together in three years or more.

    Parameters
    ----------
    table
        Index (``code``, ``year``), one column per condition.

    Returns
    -------
    tuple of list
        Those to take; those left out, which are known in the fewest years: for half of the regions, above 0.
    """
    held = (table > 0).groupby(level="year").mean() >= _HALF
    names, left_out = [str(name) for name in held.columns], []
    while len(names) > 1 and held[names].all(axis=1).sum() < FEWEST_YEARS:
        left_out.append(names.pop(int(held[names].sum().to_numpy().argmin())))
    return names, left_out


def _check_freedom(rows: int, effects: int, names: Sequence[str]) -> None:
    """Refuse a fit that nothing is left over to judge by: its errors would be nought."""
    if not names or rows - effects - len(names) < 1:
        raise MethodError(say("conditions/freedom", rows=rows, effects=effects, count=len(names)))


def clear_effects(logs: pd.DataFrame) -> pd.DataFrame:
    """Return logs with the effects of regions and years taken out, also where the panel has holes."""
    code = pd.get_dummies(logs.index.get_level_values("code")).to_numpy(dtype=float)
    year = pd.get_dummies(logs.index.get_level_values("year")).to_numpy(dtype=float)[:, 1:]
    effects = np.column_stack([code, year])
    fitted = effects @ np.linalg.lstsq(effects, logs.to_numpy(), rcond=None)[0]
    return pd.DataFrame(logs - fitted)


def _fit(cleared: pd.DataFrame, names: list[str], regions: int, level: float) -> pd.DataFrame:
    x, y = cleared[names].to_numpy(), cleared["_y"].to_numpy()
    gram = x.T @ x
    if np.linalg.matrix_rank(gram) < len(names):
        raise MethodError(say("conditions/collinear", names=names))
    inverse = np.linalg.inv(gram)
    beta = inverse @ (x.T @ y)
    scores = pd.DataFrame(x * (y - x @ beta)[:, None], index=cleared.index).groupby(level="code").sum().to_numpy()
    n, k = x.shape
    factor = regions / (regions - 1) * (n - 1) / max(n - k, 1)
    error = np.sqrt(np.diag(inverse @ (scores.T @ scores) @ inverse) * factor)
    from scipy import stats  # noqa: PLC0415 - half a second, only where used

    t = stats.t(regions - 1)
    reach = t.ppf((1 + level) / 2) * error
    columns = {"estimate": beta, "low": beta - reach, "high": beta + reach, "p": 2 * t.sf(np.abs(beta / error))}
    return pd.DataFrame(columns, index=pd.Index(names, name="indicator"))


def share_within(logs: "pd.Series[float]", cleared: "pd.Series[float]") -> float:
    """Return the share of the variance within regions, once the common course of the years is out."""
    centred = logs - logs.groupby(level="year").transform("mean")
    whole = float((centred**2).sum())
    return float((cleared**2).sum()) / whole if whole > 0 else 0.0


def tell_effects(table: pd.DataFrame, rows: int, words: Mapping[str, Words]) -> list[Words]:
    """Return what a reader of associations within regions must know; ``words``: condition -> name."""
    notes = [
        Words(
            f"{rows} regions and years with a value above 0 of everything; association within regions, not cause.",
            f"采用各项均大于 0 的 {rows} 个地区年份；为地区内的相关，不是因果。",
        )
    ]
    slow = [words.get(str(name), Words(str(name), str(name))) for name in table.index[table["slow"]]]
    if slow:
        notes.append(
            Words(
                f"Hardly changing, so that the effects of regions absorb them: {', '.join(w.en for w in slow)}; no "
                "evidence is not evidence of nothing.",
                f"几乎不随时间变化、被地区效应吸收的条件：{'、'.join(w.zh for w in slow)}；没有证据不等于没有作用。",
            )
        )
    return notes


def tell_left_out(names: Sequence[str], words: Mapping[str, Words]) -> list[Words]:
    """Return which conditions took no part because they are known too rarely; [] for none."""
    gone = [words.get(name, Words(name, name)) for name in names]
    if not gone:
        return []
    return [
        Words(
            f"Left out, known in too few regions and years: {', '.join(w.en for w in gone)}.",
            f"因数据年份或地区过少而未纳入的条件：{'、'.join(w.zh for w in gone)}。",
        )
    ]


def measure_condition_whatif(effects: ConditionEffects, code: str, changes: dict[str, float]) -> pd.DataFrame:
    """Tell what the association would mean for a region if it had more of some conditions.

    Parameters
    ----------
    effects
        From `associate_conditions`.
    code
        A region of it; its last year is taken.
    changes
        Condition -> factor, such as 1.2 for a fifth more.

    Returns
    -------
    DataFrame
        Index ``indicator``; ``value`` (now), ``changed`` (then), ``effect`` (relative change of the outcome), ``low``,
        ``high``, ``outside`` (beyond what any region had in any year: the line is drawn into the void).

    Raises
    ------
    MethodError
        For a region or condition that is not in the fit, or a factor of 0 or less.

    Examples
    --------
    >>> from regionet import regions
    >>> found = associate_conditions(regions.load_study("china"), "gdp_real", conditions=["researchers"])
    >>> measure_condition_whatif(found, "520000", {"researchers": 100.0})["outside"].tolist()
    [True]
    """
    known = effects.table.index[effects.table["estimate"].notna()]
    unknown = [name for name in changes if name not in known or not changes[name] > 0]
    if code not in effects.codes or unknown:
        raise MethodError(say("conditions/whatif", code=code, unknown=unknown, known=list(known)))
    own = effects.logs.xs(code, level="code").sort_index().iloc[-1]
    rows = {}
    for name, factor in changes.items():
        ends = effects.table.loc[name, ["estimate", "low", "high"]].to_numpy(dtype=float)
        moved: Floats = np.sort(np.expm1(ends[1:] * np.log(factor)))
        then = own[name] + np.log(factor)
        seen = effects.logs[name]
        rows[name] = {
            "value": np.exp(own[name]),
            "changed": np.exp(then),
            "effect": np.expm1(ends[0] * np.log(factor)),
            "low": moved[0],
            "high": moved[1],
            "outside": bool(then > seen.max() + 1e-12 or then < seen.min() - 1e-12),
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("indicator")
