"""The part of the page's data block that tells of gaps: which pairs, why, who could start, how well the model fits."""

import operator
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis.expectation.reason_sentences import name_border
from analysis.gaps.filters import pick_largest
from analysis.gaps.register import GapRegister
from maps.page.own_gaps import OWN
from maps.page.plain_values import Phrases, check_codes, cut_name, tidy
from regions.errors import cut
from regions.schema.field_words import name_field

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
_SHARES = {"ratio", "p", "q", "shrunken_ratio", "shortfall_probability", "stability", "distance_km", "field_overlap"}
"""Columns that need four digits, the others five: as many as any part of the page shows; gaps.csv has them in full."""

FACTOR = "factor_"
_MASSES = ("factor_typical", "factor_source", "factor_target")
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
        So many of the first gaps are carried, and of every region the `OWN` largest; so many of the first, and those
        of every region, with their sentences.

    Returns
    -------
    dict
        ``all`` (fitted pairs), ``listed`` (so many of the first rows are the head of the register, in its order),
        ``significant`` (q < .05; None without q), ``model`` (its sentence in both languages or None), ``fit`` (see
        ``describe_fit``), ``typical`` and ``covariates`` (name, its border in both languages), where the gaps have
        the columns ``factor_...`` of ``analysis.gaps.decomposition.decompose_expected``, ``rows`` (one list per
        column; ``rank`` is the place in the register, from 1), ``fieldNames`` (field -> Chinese name), ``partners``
        (place of the row -> list of names and reason, as places in ``phrases``), ``phrases`` and ``forms`` (as
        `Phrases.pack` writes them).

    Raises
    ------
    MethodError
        The gaps name a region that is not among the units.
    """
    gaps, model = (gaps.table, gaps.model) if isinstance(gaps, GapRegister) else (gaps, gaps.attrs.get("model"))
    for end in ("source", "target"):
        check_codes(units, gaps[end].unique(), "table of gaps")
    places = choose_rows(gaps, listed)
    rows = gaps.iloc[places]
    own = rows.index.isin(pick_largest(gaps, each=OWN))
    head = [place < told for place in places]
    # Where the factors are known, the page words the reason of the others itself.
    read = head if _list_covariates(rows) else [*map(operator.or_, head, own.tolist())]
    shown = [*map(operator.or_, head, own.tolist())]
    fields = _name_fields(rows)
    phrases = Phrases()
    named = _list_partners(rows[shown], np.flatnonzero(shown).tolist(), partners, phrases)
    describe = getattr(model, "describe", None)
    return {
        "all": len(gaps),
        "listed": min(listed, len(gaps)),
        "significant": int((gaps["q"] < _SIGNIFICANT).sum()) if "q" in gaps else None,
        "model": [describe("en"), describe("zh")] if describe else None,
        "fit": describe_fit(model),
        "typical": tidy(rows["factor_typical"].head(1))[0] if "factor_typical" in rows and len(rows) else None,
        "covariates": [[name, name_border(name, "en"), name_border(name, "zh")] for name in _list_covariates(rows)],
        "rows": _list_rows(rows, units, (read, shown)) | {"rank": [place + 1 for place in places]},
        "fieldNames": fields,
        "partners": named,
        **phrases.pack(fields.items() if phrases.listed else ()),
    }


def _name_fields(rows: pd.DataFrame) -> dict[str, str]:
    """Return the Chinese names of the shared fields that have one of their own; the rows name them in English."""
    listed = rows["shared_fields"].dropna() if "shared_fields" in rows else ()
    fields = sorted({cut_name(name) for names in listed for name in str(names).split("\n") if name})
    return {name: name_field(name).zh for name in fields if name_field(name).zh != name}


def choose_rows(gaps: pd.DataFrame, listed: int) -> list[int]:
    """Return the places of the rows that the page carries: the head, then the largest of each region."""
    own = gaps.index.get_indexer(pick_largest(gaps, each=OWN)).tolist()
    return [*range(min(listed, len(gaps))), *(place for place in own if place >= listed)]


def _list_rows(
    rows: pd.DataFrame, units: Sequence[str], told: tuple[Sequence[bool], Sequence[bool]]
) -> dict[str, list[Any]]:
    """Return one list per column; ``told``: which rows carry their sentence, and which their shared fields."""
    read, shown = told
    place = {code: number for number, code in enumerate(units)}
    found: dict[str, list[Any]] = {
        "source": [place[code] for code in rows["source"]],
        "target": [place[code] for code in rows["target"]],
        "grade": rows["grade"].astype(str).tolist() if "grade" in rows else [],
    }
    found |= {
        column: tidy(rows[column], digits=4 if column in _SHARES else 5) for column in GAP_COLUMNS if column in rows
    }
    for name in [*_MASSES[1:], *(f"{FACTOR}{name}" for name in _list_covariates(rows))]:
        if name in rows:
            found[name] = tidy(rows[name], digits=3)
    for name in _list_covariates(rows):
        if name != "ln_distance":
            found[f"value_{name}"] = tidy(rows[name], digits=3)
    if {"reason", "reason_zh"} <= set(rows.columns):
        # Sentences are the largest part of a gap: those that are read are carried.
        words = zip(rows["reason"].astype(str), rows["reason_zh"].astype(str), read, strict=True)
        found["reason"] = [[cut(en), cut(zh)] if carried else None for en, zh, carried in words]
    if "shared_fields" in rows:
        fields = zip(rows["shared_fields"], shown, strict=True)
        found["fields"] = [
            [cut_name(name) for name in str(names).split("\n") if name] if carried else [] for names, carried in fields
        ]
    return found


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


def _split_names(names: object) -> list[str]:
    return [cut_name(name) for name in str(names).split("\n") if name]


def _list_covariates(rows: pd.DataFrame) -> list[str]:
    """Return the covariates of the model whose factor stands beside them."""
    factors = [str(name) for name in rows if str(name).startswith(FACTOR) and name not in _MASSES]
    return [name.removeprefix(FACTOR) for name in factors if name.removeprefix(FACTOR) in rows]


def _list_partners(
    rows: pd.DataFrame, places: Sequence[int], partners: pd.DataFrame | None, phrases: "Phrases"
) -> dict[str, list[list[Any]]]:
    """Return place -> one list per pair of actors: the two names and the clauses of the reason, as `Phrases`.

    Where the partners have a ``path``, its name comes last.
    """
    if partners is None or partners.empty:
        return {}
    found: dict[str, list[list[Any]]] = {}
    ends_of = zip(rows["source"], rows["target"], strict=True)
    place = {ends: str(number) for ends, number in zip(ends_of, places, strict=True)}
    paths = partners["path"] if "path" in partners else [""] * len(partners)
    columns = [partners[f"{name}{tail}"].astype(str) for name in _PARTNER_TEXTS for tail in ("", "_zh")]
    pairs = zip(partners["source"], partners["target"], strict=True)
    for ends, path, *texts in zip(pairs, paths, *columns, strict=True):
        if ends in place:
            names = list(map(cut_name, texts[:4]))
            told = phrases.add_clauses(cut(texts[4]), cut(texts[5]))
            both = [phrases.add(*names[:2]), phrases.add(*names[2:])]
            found.setdefault(place[ends], []).append([*both, told, *([path] if path else [])])
    return found
