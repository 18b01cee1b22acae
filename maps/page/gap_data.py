"""The part of the page's data block that tells of gaps: which pairs, why, who could start, how well the model fits."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.gaps.register import GapRegister
from maps.page.plain_values import check_codes, cut_name, tidy
from regions.errors import cut

GAP_COLUMNS = (
    "observed",
    "expected",
    "gap",
    "ratio",
    "low",
    "high",
    "p",
    "q",
    "shrunken_ratio",
    "shortfall_probability",
    "stability",
    "distance_km",
    "field_overlap",
    "gain_received_source",
    "gain_received_target",
    "gain_received_all",
    "gain_closeness_source",
    "gain_closeness_target",
)
_SIGNIFICANT = 0.05
_FIT = ("auc", "deviance", "pseudo_r2", "dispersion")
_CALIBRATION = ("pairs", "expected", "observed", "low", "high")
_PARTNER_TEXTS = ("source_name", "target_name", "reason")


def list_gaps(
    gaps: pd.DataFrame | GapRegister, units: Sequence[str], *, partners: pd.DataFrame | None, listed: int, told: int
) -> dict[str, Any]:
    """Collect the gaps for the page.

    Parameters
    ----------
    gaps
        Of ``analysis.find_gaps`` or ``build_gap_register``, in their order; with ``reason`` and ``reason_zh`` where
        they are known.
    units
        Codes of the units; the gaps refer to their places.
    partners
        Pairs of actors that could close a gap: ``source``, ``target`` (regions, as in the gaps), ``source_name``,
        ``target_name``, ``reason`` and each of these in Chinese (``..._zh``); the best first. None: nobody is named.
    listed, told
        So many gaps are carried; so many of the first with their sentences.

    Returns
    -------
    dict
        ``all`` (fitted pairs), ``significant`` (q < .05; None without q), ``model`` (its sentence in both languages or
        None), ``fit`` (see ``describe_fit``), ``rows`` (one list per column), ``partners`` (place of the gap ->
        list of names and reason).

    Raises
    ------
    MethodError
        The gaps name a region that is not among the units.
    """
    gaps, model = (gaps.table, gaps.model) if isinstance(gaps, GapRegister) else (gaps, gaps.attrs.get("model"))
    for end in ("source", "target"):
        check_codes(units, gaps[end], "table of gaps")
    place = {code: number for number, code in enumerate(units)}
    head = gaps.head(listed)
    rows: dict[str, list[Any]] = {
        "source": [place[code] for code in head["source"]],
        "target": [place[code] for code in head["target"]],
        "grade": head["grade"].astype(str).tolist() if "grade" in head else [],
    }
    rows |= {column: tidy(head[column]) for column in GAP_COLUMNS if column in head}
    if {"reason", "reason_zh"} <= set(head.columns):
        # Sentences are the largest part of a gap: those that are read are carried.
        words = zip(head["reason"][:told].astype(str), head["reason_zh"][:told].astype(str), strict=True)
        rows["reason"] = [list(map(cut, each)) for each in words] + [None] * max(0, len(head) - told)
    describe = getattr(model, "describe", None)
    return {
        "all": len(gaps),
        "significant": int((gaps["q"] < _SIGNIFICANT).sum()) if "q" in gaps else None,
        "model": [describe("en"), describe("zh")] if describe else None,
        "fit": describe_fit(model),
        "rows": rows,
        "partners": _list_partners(head[:told], partners),
    }


def describe_fit(model: Any) -> dict[str, Any] | None:  # noqa: ANN401 - whatever travels with a table
    """Return how well a model fits, for a plot: ``auc``, ``deviance``, ``pseudo_r2``, ``dispersion``, ``calibration``.

    ``calibration`` has one list per group of pairs: number of pairs, mean expected, mean observed, and where the
    observed mean should lie. None when the model is no mapping or has no calibration.
    """
    if not isinstance(model, Mapping) or not model.get("calibration"):
        return None
    numbers = dict(zip(_FIT, tidy(model.get(name) for name in _FIT), strict=True))
    groups = [tidy(group.get(name) for name in _CALIBRATION) for group in model["calibration"]]
    return {**numbers, "calibration": [group for group in groups if None not in group[:3]]}


def _list_partners(head: pd.DataFrame, partners: pd.DataFrame | None) -> dict[str, list[Any]]:
    if partners is None or partners.empty:
        return {}
    found: dict[str, list[Any]] = {}
    place = {ends: str(number) for number, ends in enumerate(zip(head["source"], head["target"], strict=True))}
    columns = [partners[f"{name}{tail}"].astype(str) for name in _PARTNER_TEXTS for tail in ("", "_zh")]
    for ends, *texts in zip(zip(partners["source"], partners["target"], strict=True), *columns, strict=True):
        if ends in place:
            names, reason = list(map(cut_name, texts[:4])), list(map(cut, texts[4:6]))
            found.setdefault(place[ends], []).append([names[:2], names[2:], reason])
    return found
