"""Parts of the register of gaps: some regions, two groups of regions, some grades."""

from collections.abc import Collection

import numpy as np
import pandas as pd

from analysis.expectation.false_discovery_rate import Correction, measure_q_values
from analysis.expectation.grades import grade_pairs
from analysis.gaps.register import sort_gaps
from regions.errors import MethodError
from regions.frames.name_index import build_name_index
from regions.frames.vocabulary import list_group_names, list_province_characters
from regions.messages import say
from regions.schema.suggest import suggest
from regions.study import Study


def filter_gaps(
    study: Study,
    gaps: pd.DataFrame,
    *,
    regions: Collection[str] = (),
    between: tuple[str, str] | None = None,
    grades: Collection[str] = (),
) -> pd.DataFrame:
    """Keep the rows of a register that are asked for; expectations stay those of the whole.

    Parameters
    ----------
    study
        Gives names and groups.
    gaps
        As `analysis.find_gaps` returns it.
    regions
        Codes or names (any language, any case) of units: pairs with at least one of them. None of them: all pairs.
    between
        Two groups of the study: pairs with one end in the first and the other in the second. Twice the same group:
        pairs inside it.
    grades
        Any of ``strong``, ``moderate``, ``weak``, ``none``; empty: all.

    Returns
    -------
    DataFrame
        A part of the rows, in their order and with their index; ``attrs`` are kept.

    Raises
    ------
    MethodError
        When a region or a group is not known, or a group has no unit of the study.

    Examples
    --------
    >>> from regionet import analysis
    >>> study, km = analysis.scatter_regions(20)
    >>> network = analysis.simulate_network(study, km, analysis.Truth(), seed=1)
    >>> gaps = analysis.find_gaps(study, network, km, options=analysis.GravityOptions(stability=False))
    >>> len(analysis.filter_gaps(study, gaps, regions=[study.regions.index[0]]))
    19
    """
    keep = pd.Series(data=True, index=gaps.index)
    if regions:
        codes = {find_unit(study, name) for name in regions}
        keep &= gaps["source"].isin(codes) | gaps["target"].isin(codes)
    if between is not None:
        first, second = (find_members(study, name) for name in between)
        there = gaps["source"].isin(first) & gaps["target"].isin(second)
        keep &= there | (gaps["source"].isin(second) & gaps["target"].isin(first))
    if grades:
        keep &= gaps["grade"].isin(grades)
    return gaps[keep]


def correct_within(gaps: pd.DataFrame, *, correction: Correction = "bh") -> pd.DataFrame:
    """Correct for the tests of these pairs alone, for a question that was asked before the register was seen.

    A question about 8 pairs of a region must not pay for the 800 others: q and grade are those of the rows given, p
    and everything else stay. Whoever picks rows after having seen the register must not use it.

    Parameters
    ----------
    gaps
        Rows of a register, such as `filter_gaps` keeps, with ``p``, ``gap`` and ``shortfall_probability``.
    correction
        ``bh`` or ``by``, see ``analysis.expectation.false_discovery_rate``.

    Returns
    -------
    DataFrame
        The rows with ``q`` and ``grade`` anew, sorted as a register is; ``attrs`` are kept.

    Raises
    ------
    MethodError
        The correction is unknown.

    Examples
    --------
    >>> from regionet import analysis
    >>> study, km = analysis.scatter_regions(20)
    >>> network = analysis.simulate_network(study, km, analysis.Truth(), seed=1)
    >>> gaps = analysis.find_gaps(study, network, km, options=analysis.GravityOptions(stability=False))
    >>> asked = analysis.filter_gaps(study, gaps, regions=[study.regions.index[0]])
    >>> bool((correct_within(asked)["q"].min() <= asked["q"].min()))
    True
    """
    q = measure_q_values(gaps["p"].to_numpy(dtype=float), correction=correction)
    corrected = gaps.assign(q=q)
    corrected = sort_gaps(corrected.assign(grade=grade_pairs(corrected)))
    corrected.attrs = gaps.attrs
    return corrected


def pick_largest(gaps: pd.DataFrame, *, each: int = 5) -> pd.Index:
    """Find the largest shortfalls of every region: what somebody who asks for one region wants to see.

    Parameters
    ----------
    gaps
        With ``source``, ``target`` and ``gap``, in the order of the register.
    each
        So many pairs of each region, fewer where fewer are below expectation.

    Returns
    -------
    Index
        Rows of ``gaps`` with ``gap`` > 0 that are among the ``each`` largest of one of their ends, in the order of
        ``gaps``; a tie is won by the row that stands first. NaN is no shortfall.

    Examples
    --------
    >>> gaps = pd.DataFrame({"source": ["A", "A", "B"], "target": ["B", "C", "C"], "gap": [3.0, 2.0, -1.0]})
    >>> list(pick_largest(gaps, each=1))
    [0, 1]
    """
    below = gaps.loc[gaps["gap"] > 0, ["source", "target", "gap"]]
    order = np.argsort(-below["gap"].to_numpy(dtype=float), kind="stable")
    codes, _ = pd.factorize(pd.concat([below["source"], below["target"]], ignore_index=True))
    ends = codes.reshape(2, -1).T[order].ravel()  # both ends of the largest, then of the next
    rank = pd.Series(ends).groupby(ends).cumcount().to_numpy()
    return below.index[np.unique(np.repeat(order, 2)[rank < each])]


def find_unit(study: Study, name: str) -> str:
    """Return the code of the unit that a word means: code, name with or without suffix, or alias, as in tables.

    A province also has its one character (沪, 粤), which no table of data may use.

    Raises
    ------
    MethodError
        When there is none, or several have the name.
    """
    found = build_name_index(study.regions.reset_index()).find(name)
    character = list_province_characters().get(name.strip())
    if not found and character in study.regions.index:
        return str(character)
    if len(found) == 1:
        return found[0]
    if found:
        raise MethodError(say("filters/several-regions", count=len(found), name=name, codes=found))
    known = dict(zip(study.regions.index.astype(str), study.regions["name"], strict=True))
    known |= dict.fromkeys(study.regions["name_zh"], "")
    raise MethodError(say("filters/no-region", study=study.name, name=name).with_hint(suggest(name, known)))


def find_members(study: Study, group: str) -> set[str]:
    """Return the units of a group: its members, the units they lie in, and the units inside them.

    Raises
    ------
    MethodError
        When the study has no such group (those of the embedded studies by their Chinese names too: 苏南), or none of
        its units is in it.
    """
    known = [] if study.groups is None else sorted(set(study.groups["group"]))
    if group not in known and list_group_names().get(group) in known:
        group = list_group_names()[group]
    if study.groups is None or group not in known:
        missing = say("filters/no-group", study=study.name, group=group, known=known)
        raise MethodError(missing.with_hint(suggest(group, dict.fromkeys(known, ""))))
    codes = set(study.groups.loc[study.groups["group"] == group, "code"])
    units = set(study.unit_of.reindex(sorted(codes)).dropna()) & set(study.regions.index)
    units |= set(study.regions.index[study.regions["parent"].isin(codes)])
    if not units:
        raise MethodError(say("filters/empty-group", study=study.name, group=group))
    return units
